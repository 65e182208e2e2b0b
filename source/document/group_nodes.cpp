#include "document/group_nodes.h"

#include "core/schema/registry.h"
#include "document/document.h"
#include "document/text.h"

namespace kiln {
void follow_interface(ItemList<NodeSocket>& sockets, const ItemList<NodeSocketInterface>& interface,
                      bool is_output) {
  for (std::int64_t i = sockets.size() - 1; i >= 0; --i) {
    bool is_known = false;
    for (const NodeSocketInterface& wanted : interface) {
      is_known = is_known ||
                 (wanted.identifier == sockets[i].identifier && wanted.kind == sockets[i].kind);
    }
    if (!is_known) {
      sockets.remove(i);
    }
  }
  for (std::int64_t at = 0; at < interface.size(); ++at) {
    const NodeSocketInterface& wanted = interface[at];
    std::int64_t found = -1;
    for (std::int64_t i = 0; i < sockets.size(); ++i) {
      if (sockets[i].identifier == wanted.identifier) {
        found = i;
      }
    }
    if (found < 0) {
      NodeSocket socket;
      socket.identifier = wanted.identifier;
      socket.kind = wanted.kind;
      socket.type = socket_type_of(wanted.kind).value_or(SocketType::Custom);
      socket.is_output = is_output;
      socket.number = wanted.default_number;
      socket.integer = wanted.default_integer;
      sockets.add(socket);
      found = sockets.size() - 1;
    }
    if (found != at) {
      sockets.move(found, at);
    }
    NodeSocket& socket = sockets.edit(at);
    socket.name = wanted.name;
    socket.hide_value = wanted.hide_value;
    socket.min = wanted.min_value;
    socket.max = wanted.max_value;
  }
}

RerouteNode::RerouteNode() {
  width = 16.0f;
  add_color("Input", {});
  add_output("NodeSocketColor", "Output");
}

void GroupInputNode::update(const NodeTree* tree, const Document*) {
  if (tree) {
    follow_interface(outputs, tree->inputs, true);
  }
}

void GroupOutputNode::update(const NodeTree* tree, const Document*) {
  if (tree) {
    follow_interface(inputs, tree->outputs, false);
  }
}

void ShaderGroupNode::update(const NodeTree*, const Document* document) {
  const NodeTree* group = document ? document->find(node_tree) : nullptr;
  if (group) {
    follow_interface(inputs, group->inputs, false);
    follow_interface(outputs, group->outputs, true);
  }
}

const Schema& FrameNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<FrameNode> s("NodeFrame", "Frame", &Node::schema());
    s.add<&FrameNode::shrink>("shrink", "Shrink").default_value(false);
    s.add<&FrameNode::label_size>("label_size", "Label Font Size").range(8, 64).default_value(0);
    s.add<&FrameNode::text>("text", "Text").not_animatable();
    s.set_tag("NodeFrame");
    return s.build();
  }();
  return schema;
}

const Schema& RerouteNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<RerouteNode> s("NodeReroute", "Reroute", &Node::schema());
    s.set_tag("NodeReroute");
    return s.build();
  }();
  return schema;
}

const Schema& GroupInputNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<GroupInputNode> s("NodeGroupInput", "Group Input", &Node::schema());
    s.set_tag("NodeGroupInput");
    return s.build();
  }();
  return schema;
}

const Schema& GroupOutputNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<GroupOutputNode> s("NodeGroupOutput", "Group Output", &Node::schema());
    s.add<&GroupOutputNode::is_active_output>("is_active_output", "Active Output")
        .default_value(false);
    s.set_tag("NodeGroupOutput");
    return s.build();
  }();
  return schema;
}

const Schema& ShaderGroupNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<ShaderGroupNode> s("ShaderNodeGroup", "Group", &Node::schema());
    s.add<&ShaderGroupNode::node_tree>("node_tree", "Node Tree")
        .not_animatable()
        .overridable()
        .changes(Change::Shading | Change::Hierarchy);
    s.set_tag("ShaderNodeGroup");
    return s.build();
  }();
  return schema;
}

void register_group_nodes(Registry& registry) {
  registry.add(FrameNode::schema());
  registry.add(RerouteNode::schema());
  registry.add(GroupInputNode::schema());
  registry.add(GroupOutputNode::schema());
  registry.add(ShaderGroupNode::schema());
}

}  // namespace kiln
