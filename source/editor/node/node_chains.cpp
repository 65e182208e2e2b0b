// What the user does to nodes as parts of chains: links that close gaps, and what leads where.
#include <cmath>
#include <unordered_set>

#include "editor/node/node_model.h"

namespace kiln::editor {
namespace {

// The first pair of an output and an input of one type; the first pair at all where none agree.
std::optional<std::pair<ItemId, ItemId>> best_pair(const NodeTree& tree, const Node& from,
                                                   const Node& to, bool replaces) {
  std::optional<std::pair<ItemId, ItemId>> any;
  for (std::int64_t o = 0; o < from.outputs.size(); ++o) {
    for (std::int64_t i = 0; i < to.inputs.size(); ++i) {
      const NodeSocket &output = from.outputs[o], &input = to.inputs[i];
      if (!output.enabled || !input.enabled || output.hide || input.hide ||
          (!replaces && tree.is_linked(to.inputs.id(i)))) {
        continue;
      }
      const std::pair<ItemId, ItemId> pair{from.outputs.id(o), to.inputs.id(i)};
      if (output.type == input.type) {
        return pair;
      }
      const bool is_convertible =
          (output.type == SocketType::Shader) == (input.type == SocketType::Shader);
      any = any || !is_convertible ? any : std::optional(pair);
    }
  }
  return any;
}

// Output that a node passes on when it is taken out: what comes into the first input of the type.
const NodeLink* passed_on(const NodeTree& tree, ItemId id, const Node& node, SocketType type) {
  for (std::int64_t i = 0; i < node.inputs.size(); ++i) {
    const NodeLink* link =
        node.inputs[i].type == type ? tree.link_to(id, node.inputs.id(i)) : nullptr;
    if (link) {
      return link;
    }
  }
  return nullptr;
}

void remove_reconnecting(NodeTree& tree, ItemId id) {
  const Node& node = *tree.find_node(id);
  std::vector<NodeLink> bridges;
  for (std::int64_t l = 0; l < tree.links.size(); ++l) {
    const NodeLink& out = tree.links[l];
    const std::int64_t socket = out.from_node == id ? node.outputs.index_of(out.from_socket) : -1;
    const NodeLink* in =
        socket < 0 ? nullptr : passed_on(tree, id, node, node.outputs[socket].type);
    if (in) {
      NodeLink bridge = *in;
      bridge.to_node = out.to_node;
      bridge.to_socket = out.to_socket;
      bridges.push_back(bridge);
    }
  }
  tree.remove_node(id);
  for (const NodeLink& bridge : bridges) {
    static_cast<void>(
        tree.connect(bridge.from_node, bridge.from_socket, bridge.to_node, bridge.to_socket));
  }
}

}  // namespace

std::vector<ItemId> NodeModel::selected() const {
  std::vector<ItemId> chosen;
  for (const NodeView& node : nodes_) {
    if (node.is_selected) {
      chosen.push_back(node.id);
    }
  }
  return chosen;
}

void NodeModel::remove_selected_reconnecting() {
  const std::vector<ItemId> gone = selected();
  if (gone.empty()) {
    return;
  }
  edit(
      "Delete with Reconnect",
      [&](NodeTree& head, Document&) -> Result<void> {
        for (const ItemId node : gone) {
          remove_reconnecting(head, node);
        }
        return {};
      },
      Change::Shading);
}

bool NodeModel::link_selected(bool replaces) {
  // From left to right, as the user reads them.
  std::vector<const NodeView*> chain;
  for (const NodeView& node : nodes_) {
    if (node.is_selected && !node.is_frame) {
      chain.push_back(&node);
    }
  }
  std::sort(chain.begin(), chain.end(),
            [](const NodeView* a, const NodeView* b) { return a->corner.x < b->corner.x; });
  if (chain.size() < 2) {
    return false;
  }
  std::vector<ItemId> ids;
  for (const NodeView* node : chain) {
    ids.push_back(node->id);
  }
  return edit(
      "Make Links",
      [&](NodeTree& head, Document&) -> Result<void> {
        for (std::size_t i = 1; i < ids.size(); ++i) {
          const auto pair =
              best_pair(head, *head.find_node(ids[i - 1]), *head.find_node(ids[i]), replaces);
          if (pair) {
            const Result<ItemId> done = head.connect(ids[i - 1], pair->first, ids[i], pair->second);
            if (!done) {
              return done.error();
            }
          }
        }
        return {};
      },
      Change::Shading);
}

ItemId NodeModel::link_under(ItemId id) const {
  const auto node = std::find_if(nodes_.begin(), nodes_.end(),
                                 [&](const NodeView& view) { return view.id == id; });
  const NodeTree* now = tree();
  if (node == nodes_.end() || node->is_frame || !now) {
    return 0;
  }
  // Only nodes that nothing is linked with go into links.
  for (const NodeSocketView& socket : node->sockets) {
    if (now->is_linked(socket.socket)) {
      return 0;
    }
  }
  for (const NodeLinkView& link : links_) {
    for (const float2 p : link_curve(link.from, link.to)) {
      if (p.x > node->corner.x && p.y > node->corner.y && p.x < node->corner.x + node->size.x &&
          p.y < node->corner.y + node->size.y) {
        return link.link;
      }
    }
  }
  return 0;
}

namespace {

// A node and all that follow it along links, or come before it; in the order in which they are found.
std::vector<ItemId> chain_of(const NodeTree& tree, ItemId first, bool is_downstream) {
  std::vector<ItemId> found{first};
  for (std::size_t at = 0; at < found.size(); ++at) {
    for (std::int64_t i = 0; i < tree.links.size(); ++i) {
      const NodeLink& link = tree.links[i];
      const ItemId here = is_downstream ? link.from_node : link.to_node,
                   next = is_downstream ? link.to_node : link.from_node;
      if (here == found[at] && std::find(found.begin(), found.end(), next) == found.end()) {
        found.push_back(next);
      }
    }
  }
  return found;
}

}  // namespace

// The node keeps the margin from the one behind it, and what lies before it from the node.
void NodeModel::make_room(NodeTree& head, const NodeLink& link, ItemId node,
                          const InsertOffset& offset) const {
  const auto view_of = [&](ItemId id) {
    return std::find_if(nodes_.begin(), nodes_.end(),
                        [&](const NodeView& view) { return view.id == id; });
  };
  const auto from = view_of(link.from_node), to = view_of(link.to_node), put = view_of(node);
  if (from == nodes_.end() || to == nodes_.end() || put == nodes_.end()) {
    return;
  }
  const auto shift = [&](ItemId id, float by) {
    if (const std::int64_t at = head.nodes.index_of(id); at >= 0 && by != 0.0f) {
      head.nodes.edit(at).location.x += by;
    }
  };
  const bool is_right = offset.direction == InsertOffsetDirection::Right;
  const float before = put->corner.x - (from->corner.x + from->size.x),
              after = to->corner.x - (put->corner.x + put->size.x);
  const float own = std::max(0.0f, offset.margin - (is_right ? before : after));
  const float rest = std::max(0.0f, offset.margin - (is_right ? after : before) + own);
  const float sign = is_right ? 1.0f : -1.0f;
  shift(node, sign * own);
  for (const ItemId id :
       chain_of(head, is_right ? link.to_node : link.from_node, is_right)) {
    if (id != node) {
      shift(id, sign * rest);
    }
  }
}

bool NodeModel::insert_into_link(ItemId id, ItemId link_id, const InsertOffset& offset) {
  return edit(
      "Insert Node into Link",
      [&](NodeTree& head, Document&) -> Result<void> {
        const std::int64_t at = head.links.index_of(link_id);
        const Node* node = head.find_node(id);
        if (at < 0 || !node) {
          return {};
        }
        const NodeLink link = head.links[at];
        const std::int64_t source =
            head.find_node(link.from_node)->outputs.index_of(link.from_socket);
        const SocketType type = head.find_node(link.from_node)->outputs[source].type;
        const auto takes = [&](const ItemList<NodeSocket>& sockets) -> ItemId {
          for (std::int64_t i = 0; i < sockets.size(); ++i) {
            if (sockets[i].enabled && sockets[i].type == type) {
              return sockets.id(i);
            }
          }
          return 0;
        };
        const ItemId input = takes(node->inputs), output = takes(node->outputs);
        if (!input || !output) {
          return Error::invalid("the node has no input and output of the kind of the link");
        }
        static_cast<void>(head.connect(link.from_node, link.from_socket, id, input));
        static_cast<void>(head.connect(id, output, link.to_node, link.to_socket));
        if (offset.is_on) {
          make_room(head, link, id, offset);
        }
        return {};
      },
      Change::Shading);
}

void NodeModel::select_linked(bool is_upstream) {
  const NodeTree* now = tree();
  const std::vector<ItemId> from = selected();
  if (!now || from.empty()) {
    return;
  }
  std::vector<ItemId> found;
  for (std::int64_t i = 0; i < now->links.size(); ++i) {
    const NodeLink& link = now->links[i];
    const ItemId near = is_upstream ? link.to_node : link.from_node;
    if (std::find(from.begin(), from.end(), near) != from.end()) {
      found.push_back(is_upstream ? link.from_node : link.to_node);
    }
  }
  select(found, std::nullopt, true);
}

void NodeModel::select_same_type(bool extends) {
  const NodeTree* now = tree();
  const Node* active = now ? now->find_node(now->active_node) : nullptr;
  if (!active) {
    return;
  }
  std::vector<ItemId> found;
  for (std::int64_t i = 0; i < now->nodes.size(); ++i) {
    if (&now->nodes[i].dynamic_schema() == &active->dynamic_schema()) {
      found.push_back(now->nodes.id(i));
    }
  }
  select(found, std::nullopt, extends);
}

void NodeModel::toggle_unused_sockets() {
  const NodeTree* now = tree();
  if (!now) {
    return;
  }
  std::unordered_set<ItemId> linked;
  for (std::int64_t i = 0; i < now->links.size(); ++i) {
    linked.insert(now->links[i].from_socket);
    linked.insert(now->links[i].to_socket);
  }
  change_selected(
      "Toggle Hidden Node Sockets",
      [&](Node& node) {
        bool has_hidden = false;
        for (const auto* sockets : {&node.inputs, &node.outputs}) {
          for (const NodeSocket& socket : *sockets) {
            has_hidden = has_hidden || socket.hide;
          }
        }
        for (auto* sockets : {&node.inputs, &node.outputs}) {
          for (std::int64_t i = 0; i < sockets->size(); ++i) {
            const bool hides = !has_hidden && !linked.contains(sockets->id(i));
            if ((*sockets)[i].hide != hides) {
              sockets->edit(i).hide = hides;
            }
          }
        }
      },
      Change::Settings);
}

}  // namespace kiln::editor
