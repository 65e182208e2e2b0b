#pragma once

#include "document/node_tree.h"

namespace kiln {

struct Text;

/// A box around nodes, for the eye only.
struct FrameNode : NodeType<FrameNode> {
  bool shrink = true;
  int label_size = 20;
  BlockRef<Text> text;  ///< shown in the box
  std::string_view static_type() const override { return "FRAME"; }
  static const Schema& schema();
};

/// A bend in a link: hands its input on.
struct RerouteNode : NodeType<RerouteNode> {
  RerouteNode();
  std::string_view static_type() const override { return "REROUTE"; }
  static const Schema& schema();
};

/// Inside a group: what comes in from outside, one output for each input of the tree.
struct GroupInputNode : NodeType<GroupInputNode> {
  std::string_view static_type() const override { return "GROUP_INPUT"; }
  void update(const NodeTree* tree, const Document* document) override;
  static const Schema& schema();
};

/// Inside a group: what goes out, one input for each output of the tree.
struct GroupOutputNode : NodeType<GroupOutputNode> {
  bool is_active_output = true;
  std::string_view static_type() const override { return "GROUP_OUTPUT"; }
  void update(const NodeTree* tree, const Document* document) override;
  static const Schema& schema();
};

/// Runs another tree in place of one node.
struct ShaderGroupNode : NodeType<ShaderGroupNode> {
  BlockRef<NodeTree> node_tree;
  std::string_view static_type() const override { return "GROUP"; }
  BlockRef<NodeTree> group_tree() const override { return node_tree; }
  void update(const NodeTree* tree, const Document* document) override;
  static const Schema& schema();
};

/// Makes the sockets of a node follow the interface of the tree it runs: kept by identifier with
/// their values, so that links survive.
void follow_interface(ItemList<NodeSocket>& sockets, const ItemList<NodeSocketInterface>& interface,
                      bool is_output);

void register_group_nodes(Registry& registry);

}  // namespace kiln
