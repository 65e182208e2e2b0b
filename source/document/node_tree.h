#pragma once

#include <memory>
#include <string>

#include "document/data_block.h"

namespace kiln {

struct Image;
struct Material;
struct Object;
struct Collection;
struct Texture;
class NodeTree;

/// What flows through a socket; the values are those of the Python interface.
enum class SocketType : std::int32_t {
  Custom = -1,
  Value,
  Vector,
  Rgba,
  Shader,
  Boolean,
  Int = 6,
  String,
  Object,
  Image,
  Geometry,
  Collection,
  Texture,
  Material,
};
enum class SocketShape : std::uint8_t { Circle, Square, Diamond, CircleDot, SquareDot, DiamondDot };

/// An input or output of a node. Only the value that fits its type counts.
struct NodeSocket {
  std::string name;        ///< shown
  std::string identifier;  ///< unique among the inputs (or outputs) of its node
  std::string kind;        ///< type with its subtype, such as "NodeSocketFloatFactor"
  SocketType type = SocketType::Value;
  bool is_output = false;
  bool hide = false;    ///< by the user, to save room
  bool enabled = true;  ///< false where the settings of the node make it meaningless
  bool hide_value = false;
  bool is_multi_input = false;
  int link_limit = 0;  ///< links that it takes; 0: inputs one (or any, if `is_multi_input`)
  bool show_expanded = false;
  SocketShape display_shape = SocketShape::Circle;
  std::string description;
  std::string label;

  float4 number{};  ///< Value: x; Vector: x, y, z; Rgba: all, scene-linear
  float min = -3.402823466e38f, max = 3.402823466e38f;  ///< soft limits of the number
  int integer = 0;                                      ///< Int and Boolean
  std::string text;
  BlockRef<DataBlock> block;  ///< Object, Image, Collection, Texture, Material
  PropertyBag custom;

  const Schema* script_type = nullptr;  ///< of kinds that scripts define, while they are registered

  /// Links that it takes, at most `max_links`.
  int most_links() const;
  static constexpr int max_links = 4095;
  const Schema& dynamic_schema() const;  ///< by `kind`
  static const Schema& schema();
};
/// Registers the schema of every socket kind.
void register_socket_types(class Registry& registry);
/// The type of a kind such as "NodeSocketFloatFactor"; nothing for an unknown one.
std::optional<SocketType> socket_type_of(std::string_view kind);

/// A node: settings, sockets and where it lies in the editor. Types derive through `NodeType<>`,
/// declare their sockets in the constructor and show in `update` what their settings enable.
class Node {
public:
  std::string name;  ///< unique in its tree
  std::string label;
  float2 location;
  float width = 140.0f, height = 100.0f;
  bool hide = false, mute = false, select = true;
  bool show_options = true;
  bool show_texture = false;  ///< views show its texture; one of a tree, or what scripts say
  bool use_custom_color = false;
  float3 color{0.608f, 0.608f, 0.608f};
  ItemId parent = 0;  ///< id of the frame it lies in
  ItemList<NodeSocket> inputs, outputs;
  PropertyBag custom;

  virtual ~Node() = default;
  virtual const Schema& dynamic_schema() const = 0;
  virtual std::shared_ptr<Node> clone() const = 0;
  /// The type key in the Python interface, such as "MATH" (`Node.type`).
  virtual std::string_view static_type() const { return "CUSTOM"; }
  /// Brings the sockets in line with the settings: which are enabled and what they are called.
  /// Called after every change.
  virtual void update(const NodeTree* /*tree*/, const Document* /*document*/) {}
  /// A tree this node runs (group nodes); empty id otherwise.
  virtual BlockRef<NodeTree> group_tree() const { return {}; }

  const NodeSocket* input(std::string_view identifier) const;
  const NodeSocket* output(std::string_view identifier) const;

  static const Schema& schema();

protected:
  Node() = default;

  // For constructors of node types. The identifier is the name, numbered (`Value_001`) where it
  // repeats.
  NodeSocket& add_input(std::string_view kind, std::string_view socket_name,
                        std::string_view identifier = {});
  NodeSocket& add_output(std::string_view kind, std::string_view socket_name,
                         std::string_view identifier = {});
  NodeSocket& add_float(std::string_view socket_name, float value, float min = -10000.0f,
                        float max = 10000.0f, std::string_view kind = "NodeSocketFloat",
                        std::string_view identifier = {});
  NodeSocket& add_factor(std::string_view socket_name, float value, float min = 0.0f,
                         float max = 1.0f);
  NodeSocket& add_color(std::string_view socket_name, float4 value);
  NodeSocket& add_vector(std::string_view socket_name, float3 value = {}, float min = -10000.0f,
                         float max = 10000.0f, std::string_view kind = "NodeSocketVector");
  NodeSocket& add_shader(std::string_view socket_name);
  /// For `update`.
  void enable_input(std::string_view identifier, bool enabled);
  void enable_output(std::string_view identifier, bool enabled);
  void rename_input(std::string_view identifier, std::string_view shown_name);
};

/// What a node type `Self` with the base `Base` (`ShaderNode`, ...) needs besides settings and
/// sockets.
template <typename Self, typename Base = Node>
class NodeType : public Base {
public:
  const Schema& dynamic_schema() const override { return Self::schema(); }
  std::shared_ptr<Node> clone() const override {
    return std::make_shared<Self>(static_cast<const Self&>(*this));
  }
};

/// A connection from an output to an input, by ids.
struct NodeLink {
  ItemId from_node = 0, from_socket = 0, to_node = 0, to_socket = 0;
  bool is_muted = false;
  bool is_valid = true;  ///< false in a cycle
  static const Schema& schema();
};

/// A socket that a node group shows to the outside.
struct NodeSocketInterface {
  std::string name, identifier, kind, description, attribute_name;
  float4 default_number{};
  float min_value = -3.402823466e38f, max_value = 3.402823466e38f;
  int default_integer = 0;
  bool hide_value = false;
  bool is_output = false;
  static const Schema& schema();
};

enum class NodeTreeKind : std::uint8_t { Shader, Texture, Compositing, Geometry };

/// Nodes and links. Trees in materials, worlds, lights and scenes are embedded blocks; groups are
/// blocks of their own.
class NodeTree : public Block<NodeTree, BlockType::NodeTree> {
public:
  NodeTreeKind kind = NodeTreeKind::Shader;
  ItemList<Node> nodes;
  ItemList<NodeLink> links;
  ItemList<NodeSocketInterface> inputs, outputs;
  int active_input = 0, active_output = 0;  ///< of the lists where groups are edited
  ItemId active_node = 0;
  std::string script_kind;              ///< identifier of the type, where a script defines it
  const Schema* script_type = nullptr;  ///< the type while it is registered

  /// Makes a node the active one; views show it where it is a texture.
  void set_active_node(ItemId id);
  const Node* find_node(ItemId id) const;
  /// The link into an input; null when there is none. Multi-inputs: the first.
  const NodeLink* link_to(ItemId node, ItemId input) const;
  bool is_linked(ItemId socket) const;
  /// Adds a node under a free name; the node is `shared` with nobody else.
  Node& add_node(std::shared_ptr<Node> node, ItemId* id = nullptr);
  void remove_node(ItemId id);
  /// Connects an output with an input (either order), replacing what was there. Item id of the
  /// link, or why not.
  Result<ItemId> connect(ItemId node_a, ItemId socket_a, ItemId node_b, ItemId socket_b);
  /// Lets all nodes bring their sockets up to date, marks links in cycles and drops links whose
  /// ends are gone.
  void update(const Document* document);

  void after_edit(const Document& document) override { update(&document); }
  bool wants_after_edit() const override { return true; }
  const Schema& dynamic_schema() const override;
  static const Schema& schema();
};

/// Names a node, or one of its sockets, in a tree.
Handle node_handle(const NodeTree& tree, ItemId node);
Handle socket_handle(const NodeTree& tree, ItemId node, ItemId socket);

/// Adds NodeTree types, sockets and the nodes every tree has (group, group input and output, frame,
/// reroute).
void register_node_types(Registry& registry);

}  // namespace kiln
