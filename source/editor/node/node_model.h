#pragma once

#include <optional>
#include <string>
#include <vector>

#include "document/editor_spaces.h"
#include "document/node_tree.h"
#include "document/tool_settings.h"
#include "editor/session/session.h"

namespace kiln::editor {

/// One socket of a drawn node. Places are in the tree's own units, y downward.
struct NodeSocketView {
  ItemId node = 0, socket = 0;
  bool is_output = false;
  std::string label, value;  ///< value: what an unlinked input holds, as text
  SocketType type = SocketType::Value;
  float2 at;
  SocketShape shape = SocketShape::Circle;
};

struct NodeView {
  ItemId id = 0;
  std::string title;
  float2 corner, size;  ///< top left
  bool is_selected = false, is_active = false, is_muted = false, is_folded = false;
  bool is_frame = false, is_reroute = false;
  std::optional<float3> own_color;  ///< as shown, in place of the color of its kind
  int label_size = 20;              ///< of frames, tree units
  std::string text;                 ///< of frames: what stands in the box
  std::vector<NodeSocketView> sockets;
};

struct NodeLinkView {
  ItemId link = 0;
  float2 from, to;
  SocketType type = SocketType::Value;
  bool is_valid = true;
};

/// The shader tree of what is active, as it is drawn, and the edits that the node editor offers.
class NodeModel {
public:
  static constexpr float header = 26, row = 21, socket_radius = 5;

  explicit NodeModel(Session& session) : session_(session) {}

  /// Which tree: of the active object's active material or its light, of the world, or one of a
  /// kind that scripts define.
  struct Wish {
    std::string tree_type = "ShaderNodeTree";
    NodeSubject subject = NodeSubject::Object;
    BlockId tree;            ///< of trees of scripts, and of what is pinned
    bool is_pinned = false;  ///< this tree, whatever is active
  };
  const Wish& wish() const { return wish_; }
  void set_wish(Wish wish);
  bool is_shader() const { return wish_.tree_type == "ShaderNodeTree"; }
  /// The tree that is asked for; null where there is none.
  const NodeTree* root() const;
  /// The same, or the group in it that is open.
  const NodeTree* tree() const;
  /// Opens the active node where it is a group, or goes back to the tree it lies in.
  bool enter_group();
  bool leave_group();
  bool is_in_group() const { return !path_.empty(); }
  /// A tree on the way from the outermost one, and the name of the node that it was opened from.
  struct PathStep {
    BlockId tree;
    std::string node;
    bool is_given = false;  ///< by a script: the outer tree need not use it
  };
  /// The trees within the outermost one that are open, as far as they are there.
  std::vector<PathStep> path() const;
  void set_path(std::vector<PathStep> path) { path_ = std::move(path); }
  /// Keeps the present tree, or follows what is active again.
  void set_pinned(bool is_pinned);
  /// A new tree of a kind of scripts.
  void add_tree();
  /// Names from the data-block that has the tree to the group that is open.
  std::string title() const;
  void rebuild();
  const std::vector<NodeView>& nodes() const { return nodes_; }
  const std::vector<NodeLinkView>& links() const { return links_; }

  /// The topmost node under a point; -1 when there is none. Sockets within `reach`.
  int node_at(float2 at) const;
  const NodeSocketView* socket_at(float2 at, float reach) const;
  std::vector<ItemId> selected() const;
  /// The link that comes into an input; 0: none.
  ItemId link_into(const NodeSocketView& input) const;

  // Each is one undo step.

  void select(const std::vector<ItemId>& nodes, std::optional<ItemId> active, bool extends);
  /// How far the selected nodes have to go so that they go as far as `offset` from where they were
  /// (`gone` ago) and snap: the active one, else the first, to a grid of 20 units, or their sides to
  /// those of other nodes that are nearer than `reach`.
  float2 snapped(float2 offset, float2 gone, SnapNodeElement element, float reach) const;
  /// Moves the selected nodes, `offset` in units with y downward. Calls with one key make one step.
  void move(float2 offset, std::uint64_t merge_key);
  /// False, with a report, where the ends do not fit.
  bool connect(const NodeSocketView& a, const NodeSocketView& b);
  void unlink(ItemId link);
  /// Removes links that cross a line.
  void cut(float2 from, float2 to);
  void remove_selected();
  /// What came into them goes on to where they led.
  void remove_selected_reconnecting();
  /// Links the selected nodes from left to right, first fitting output to first fitting input:
  /// those that are free, or any (`replaces`).
  bool link_selected(bool replaces);
  /// A link that runs below a node that nothing is linked with; 0: none.
  ItemId link_under(ItemId node) const;
  /// How nodes make room for one that is put between them.
  struct InsertOffset {
    bool is_on = false;
    InsertOffsetDirection direction = InsertOffsetDirection::Right;
    float margin = 80.0f;  ///< least distance of the node from its neighbors
  };
  bool insert_into_link(ItemId node, ItemId link, const InsertOffset& offset);
  /// Adds the nodes that the selected ones get something from, or give something to.
  void select_linked(bool is_upstream);
  void select_same_type(bool extends);
  /// Hides the sockets of the selected nodes that nothing is linked with, or shows all again.
  void toggle_unused_sockets();
  /// Copies of the selected nodes, selected instead, with the links among them and into them.
  void duplicate_selected();
  void toggle_muted();
  void toggle_folded();
  /// A frame around the selected nodes.
  void join_in_frame();
  /// Takes the selected nodes out of their frames.
  void leave_frame();
  /// Puts a reroute into every output whose links cross a line.
  void add_reroutes(float2 from, float2 to);
  /// Adds a node of a type by the identifier of its schema.
  ItemId add(const std::string& type, float2 at);
  /// Types that can be added, as (identifier, label).
  std::vector<std::pair<std::string, std::string>> types() const;

private:
  /// Place of a node in the tree, whatever frames it lies in, y downward.
  static float2 corner_of(const NodeTree& tree, const Node& node);
  void make_room(NodeTree& head, const NodeLink& link, ItemId node,
                 const InsertOffset& offset) const;
  void place_frames();
  std::vector<ItemId> links_across(float2 from, float2 to) const;
  void change_selected(const std::string& label, FunctionRef<void(Node&)> change, Change kinds);
  bool edit(const std::string& label, FunctionRef<Result<void>(NodeTree&, Document&)> change,
            Change kinds, std::uint64_t merge_key = 0);
  /// Tells scripts that define nodes.
  void tell_changed();
  Session& session_;
  Wish wish_;
  std::vector<PathStep> path_;  ///< groups that are open, from the outside
  std::vector<NodeView> nodes_;
  std::vector<NodeLinkView> links_;
};

/// Points of a link's curve, from an output to an input.
std::vector<float2> link_curve(float2 from, float2 to);

}  // namespace kiln::editor
