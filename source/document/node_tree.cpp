#include "document/node_tree.h"

#include <unordered_map>
#include <unordered_set>

#include "document/document.h"

namespace kiln {
namespace {

const NodeSocket* find_socket(const ItemList<NodeSocket>& sockets, std::string_view identifier) {
  for (const NodeSocket& socket : sockets) {
    if (socket.identifier == identifier) {
      return &socket;
    }
  }
  return nullptr;
}

void set_enabled(ItemList<NodeSocket>& sockets, std::string_view identifier, bool enabled) {
  for (std::int64_t i = 0; i < sockets.size(); ++i) {
    if (sockets[i].identifier == identifier && sockets[i].enabled != enabled) {
      sockets.edit(i).enabled = enabled;
    }
  }
}

NodeSocket& add_socket(ItemList<NodeSocket>& sockets, bool is_output, std::string_view kind,
                       std::string_view name, std::string_view identifier) {
  NodeSocket socket;
  socket.name = name;
  socket.kind = kind;
  socket.type = socket_type_of(kind).value_or(SocketType::Custom);
  socket.is_output = is_output;
  socket.identifier = unique_item_name(
      identifier.empty() ? name : identifier,
      [&](std::string_view candidate) { return find_socket(sockets, candidate) != nullptr; }, '_');
  return sockets.add(socket);
}

}  // namespace

const NodeSocket* Node::input(std::string_view identifier) const {
  return find_socket(inputs, identifier);
}
const NodeSocket* Node::output(std::string_view identifier) const {
  return find_socket(outputs, identifier);
}

NodeSocket& Node::add_input(std::string_view kind, std::string_view socket_name,
                            std::string_view identifier) {
  return add_socket(inputs, false, kind, socket_name, identifier);
}

NodeSocket& Node::add_output(std::string_view kind, std::string_view socket_name,
                             std::string_view identifier) {
  return add_socket(outputs, true, kind, socket_name, identifier);
}

NodeSocket& Node::add_float(std::string_view socket_name, float value, float min, float max,
                            std::string_view kind, std::string_view identifier) {
  NodeSocket& socket = add_input(kind, socket_name, identifier);
  socket.number.x = value;
  socket.min = min;
  socket.max = max;
  return socket;
}

NodeSocket& Node::add_factor(std::string_view socket_name, float value, float min, float max) {
  return add_float(socket_name, value, min, max, "NodeSocketFloatFactor");
}

NodeSocket& Node::add_color(std::string_view socket_name, float4 value) {
  NodeSocket& socket = add_input("NodeSocketColor", socket_name);
  socket.number = value;
  return socket;
}

NodeSocket& Node::add_vector(std::string_view socket_name, float3 value, float min, float max,
                             std::string_view kind) {
  NodeSocket& socket = add_input(kind, socket_name);
  socket.number = {value.x, value.y, value.z, 0.0f};
  socket.min = min;
  socket.max = max;
  return socket;
}

NodeSocket& Node::add_shader(std::string_view socket_name) {
  return add_input("NodeSocketShader", socket_name);
}

void Node::enable_input(std::string_view identifier, bool enabled) {
  set_enabled(inputs, identifier, enabled);
}
void Node::enable_output(std::string_view identifier, bool enabled) {
  set_enabled(outputs, identifier, enabled);
}

void Node::rename_input(std::string_view identifier, std::string_view shown_name) {
  for (std::int64_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].identifier == identifier && inputs[i].name != shown_name) {
      inputs.edit(i).name = shown_name;
    }
  }
}

const Node* NodeTree::find_node(ItemId node_id) const {
  const std::int64_t i = nodes.index_of(node_id);
  return i < 0 ? nullptr : &nodes[i];
}

const NodeLink* NodeTree::link_to(ItemId node, ItemId input) const {
  for (const NodeLink& link : links) {
    if (link.to_node == node && link.to_socket == input) {
      return &link;
    }
  }
  return nullptr;
}

bool NodeTree::is_linked(ItemId socket) const {
  for (const NodeLink& link : links) {
    if (link.to_socket == socket || link.from_socket == socket) {
      return true;
    }
  }
  return false;
}

Node& NodeTree::add_node(std::shared_ptr<Node> node, ItemId* added) {
  const std::string wanted = node->name.empty() ? node->dynamic_schema().label : node->name;
  node->name =
      unique_item_name(wanted, [&](std::string_view taken) { return nodes.find(taken) >= 0; });
  Node& result = nodes.add(std::move(node));
  if (added) {
    *added = nodes.id(nodes.size() - 1);
  }
  return result;
}

void NodeTree::remove_node(ItemId node_id) {
  const std::int64_t at = nodes.index_of(node_id);
  if (at < 0) {
    return;
  }
  for (std::int64_t i = links.size() - 1; i >= 0; --i) {
    if (links[i].from_node == node_id || links[i].to_node == node_id) {
      links.remove(i);
    }
  }
  for (std::int64_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].parent == node_id) {
      nodes.edit(i).parent = 0;
    }
  }
  nodes.remove(at);
  if (active_node == node_id) {
    active_node = 0;
  }
}

void NodeTree::set_active_node(ItemId id) {
  active_node = id;
  const Node* active = find_node(id);
  if (!active || !active->static_type().starts_with("TEX_")) {
    return;
  }
  for (std::int64_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].show_texture != (nodes.id(i) == id)) {
      nodes.edit(i).show_texture = nodes.id(i) == id;
    }
  }
}

Result<ItemId> NodeTree::connect(ItemId node_a, ItemId socket_a, ItemId node_b, ItemId socket_b) {
  const Node *a = find_node(node_a), *b = find_node(node_b);
  if (!a || !b) {
    return Error::invalid("node tree \"{}\": the link names a node of another tree", name);
  }
  if (a->outputs.index_of(socket_a) < 0) {
    std::swap(a, b);
    std::swap(node_a, node_b);
    std::swap(socket_a, socket_b);
  }
  if (a->outputs.index_of(socket_a) < 0 || b->inputs.index_of(socket_b) < 0) {
    return Error::invalid("node tree \"{}\": a link needs one output and one input", name);
  }
  // The oldest links make room for this one.
  int room = b->inputs[b->inputs.index_of(socket_b)].most_links() - 1;
  for (std::int64_t i = links.size() - 1; i >= 0; --i) {
    if (links[i].to_node == node_b && links[i].to_socket == socket_b && room-- <= 0) {
      links.remove(i);
    }
  }
  links.add(NodeLink{node_a, socket_a, node_b, socket_b});
  return links.id(links.size() - 1);
}

void NodeTree::update(const Document* document) {
  for (std::int64_t i = 0; i < nodes.size(); ++i) {
    nodes.edit(i).update(this, document);
  }
  for (std::int64_t i = links.size() - 1; i >= 0; --i) {
    const Node *from = find_node(links[i].from_node), *to = find_node(links[i].to_node);
    if (!from || !to || from->outputs.index_of(links[i].from_socket) < 0 ||
        to->inputs.index_of(links[i].to_socket) < 0) {
      links.remove(i);
    }
  }
  // A link is invalid when its source can be reached from its target: depth-first search with three
  // colours.
  std::unordered_map<ItemId, std::vector<std::int64_t>> outgoing;
  for (std::int64_t i = 0; i < links.size(); ++i) {
    outgoing[links[i].from_node].push_back(i);
  }
  enum class Mark { New, Open, Done };
  std::unordered_map<ItemId, Mark> marks;
  std::unordered_set<std::int64_t> in_cycle;
  std::vector<std::pair<ItemId, std::size_t>> stack;
  for (std::int64_t n = 0; n < nodes.size(); ++n) {
    if (marks[nodes.id(n)] != Mark::New) {
      continue;
    }
    stack.emplace_back(nodes.id(n), 0);
    marks[nodes.id(n)] = Mark::Open;
    while (!stack.empty()) {
      auto& [node, next] = stack.back();
      const auto& out = outgoing[node];
      if (next == out.size()) {
        marks[node] = Mark::Done;
        stack.pop_back();
        continue;
      }
      const std::int64_t link = out[next++];
      const ItemId target = links[link].to_node;
      if (marks[target] == Mark::Open) {
        in_cycle.insert(link);
      } else if (marks[target] == Mark::New) {
        marks[target] = Mark::Open;
        stack.emplace_back(target, 0);
      }
    }
  }
  for (std::int64_t i = 0; i < links.size(); ++i) {
    const bool is_valid = !in_cycle.contains(i);
    if (links[i].is_valid != is_valid) {
      links.edit(i).is_valid = is_valid;
    }
  }
}

}  // namespace kiln
