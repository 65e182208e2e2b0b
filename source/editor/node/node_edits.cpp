// What the user does to the nodes of a tree; each is one undo step.
#include <unordered_map>
#include <unordered_set>

#include "document/resolve.h"
#include "document/script_nodes.h"
#include "editor/node/node_model.h"

namespace kiln::editor {
namespace {

bool crosses(float2 a, float2 b, float2 c, float2 d) {
  const float side_c = cross(b - a, c - a), side_d = cross(b - a, d - a);
  const float side_a = cross(d - c, a - c), side_b = cross(d - c, b - c);
  return side_c * side_d <= 0.0f && side_a * side_b <= 0.0f;
}

// Sockets of a copy get numbers of their own, by the old ones.
void renumber(ItemList<NodeSocket>& sockets, std::unordered_map<ItemId, ItemId>& numbers) {
  ItemList<NodeSocket> fresh;
  for (std::int64_t i = 0; i < sockets.size(); ++i) {
    fresh.add(std::make_shared<NodeSocket>(sockets[i]));
    numbers[sockets.id(i)] = fresh.id(i);
  }
  sockets = std::move(fresh);
}

}  // namespace

void NodeModel::select(const std::vector<ItemId>& chosen, std::optional<ItemId> active,
                       bool extends) {
  edit(
      "Select Nodes",
      [&](NodeTree& head, Document&) -> Result<void> {
        for (std::int64_t i = 0; i < head.nodes.size(); ++i) {
          const bool is_chosen =
              std::find(chosen.begin(), chosen.end(), head.nodes.id(i)) != chosen.end();
          const bool is_selected = is_chosen || (extends && head.nodes[i].select);
          if (head.nodes[i].select != is_selected) {
            head.nodes.edit(i).select = is_selected;
          }
        }
        if (active) {
          head.set_active_node(*active);
        }
        return {};
      },
      Change::Selection);
}

float2 NodeModel::snapped(float2 offset, float2 gone, SnapNodeElement element, float reach) const {
  constexpr float grid = 20.0f;
  const NodeView* first = nullptr;
  for (const NodeView& node : nodes_) {
    if (node.is_selected && (!first || node.is_active)) {
      first = &node;
    }
  }
  if (!first) {
    return offset;
  }
  if (element == SnapNodeElement::Grid) {
    const float2 start = first->corner - gone, to = start + offset;
    return float2{std::round(to.x / grid) * grid, std::round(to.y / grid) * grid} - start;
  }
  // The shortest way that brings sides to one line, in either direction.
  float2 best{reach, reach}, way;
  for (const NodeView& moved : nodes_) {
    if (!moved.is_selected || moved.is_frame) {
      continue;
    }
    const float2 low = moved.corner - gone + offset, high = low + moved.size;
    for (const NodeView& other : nodes_) {
      if (other.is_selected || other.is_frame) {
        continue;
      }
      const float2 other_high = other.corner + other.size;
      const auto offer = [](float distance, float& least, float& to) {
        if (std::abs(distance) < least) {
          least = std::abs(distance);
          to = distance;
        }
      };
      for (const float side : {low.x, high.x}) {
        offer(other.corner.x - side, best.x, way.x);
        offer(other_high.x - side, best.x, way.x);
      }
      for (const float side : {low.y, high.y}) {
        offer(other.corner.y - side, best.y, way.y);
        offer(other_high.y - side, best.y, way.y);
      }
    }
  }
  return offset + float2{element != SnapNodeElement::NodeY ? way.x : 0.0f,
                         element != SnapNodeElement::NodeX ? way.y : 0.0f};
}

void NodeModel::move(float2 offset, std::uint64_t merge_key) {
  edit(
      "Move Nodes",
      [&](NodeTree& head, Document&) -> Result<void> {
        for (std::int64_t i = 0; i < head.nodes.size(); ++i) {
          // What lies in a frame that moves goes with it.
          bool is_carried = false;
          const Node* outer = head.find_node(head.nodes[i].parent);
          for (int depth = 0; outer && depth < 64; ++depth) {
            is_carried = is_carried || outer->select;
            outer = head.find_node(outer->parent);
          }
          if (head.nodes[i].select && !is_carried) {
            head.nodes.edit(i).location += float2{offset.x, -offset.y};
          }
        }
        return {};
      },
      Change::Settings, merge_key);
}

bool NodeModel::connect(const NodeSocketView& a, const NodeSocketView& b) {
  if (a.is_output == b.is_output || a.node == b.node) {
    return false;
  }
  return edit(
      "Link",
      [&](NodeTree& head, Document&) -> Result<void> {
        const Result<ItemId> link = head.connect(a.node, a.socket, b.node, b.socket);
        return link ? Result<void>() : Result<void>(link.error());
      },
      Change::Shading);
}

void NodeModel::unlink(ItemId link) {
  edit(
      "Unlink",
      [&](NodeTree& head, Document&) -> Result<void> {
        const std::int64_t at = head.links.index_of(link);
        if (at >= 0) {
          head.links.remove(at);
        }
        return {};
      },
      Change::Shading);
}

void NodeModel::cut(float2 from, float2 to) {
  const std::vector<ItemId> hit = links_across(from, to);
  if (hit.empty()) {
    return;
  }
  edit(
      "Cut Links",
      [&](NodeTree& head, Document&) -> Result<void> {
        for (const ItemId link : hit) {
          const std::int64_t at = head.links.index_of(link);
          if (at >= 0) {
            head.links.remove(at);
          }
        }
        return {};
      },
      Change::Shading);
}

void NodeModel::remove_selected() {
  std::vector<ItemId> gone;
  for (const NodeView& node : nodes_) {
    if (node.is_selected) {
      gone.push_back(node.id);
    }
  }
  if (gone.empty()) {
    return;
  }
  edit(
      "Delete Nodes",
      [&](NodeTree& head, Document& document) -> Result<void> {
        const BlockId id = head.id;
        if (auto* scripts = session_.services().find<ScriptNodes>()) {
          for (const ItemId node : gone) {
            if (dynamic_cast<const ScriptNode*>(document.find<NodeTree>(id)->find_node(node))) {
              scripts->removing(node_handle(*document.find<NodeTree>(id), node));
            }
          }
        }
        // Scripts may have changed the document.
        if (document.find<NodeTree>(id)) {
          auto& tree = document.edit<NodeTree>(id, Change::Shading);
          for (const ItemId node : gone) {
            tree.remove_node(node);
          }
        }
        return {};
      },
      Change::Shading);
}

// As scripts add one, so that those that define nodes are asked and told.
ItemId NodeModel::add(const std::string& type, float2 at) {
  const Function* add_node =
      NodeTree::schema().property("nodes")->collection_schema().function("new");
  ItemId id = 0;
  edit(
      "Add Node",
      [&](NodeTree& head, Document& document) -> Result<void> {
        const Handle self{head.id, {}};
        const Services& services = session_.services();
        const Value wanted(type);
        const Result<Value> made = add_node->call(
            {document, services, self, resolve(document, self, &services),
             [&](Change kinds) { return resolve_for_edit(document, self, kinds, &services); },
             std::span<const Value>(&wanted, 1)});
        if (!made) {
          return made.error();
        }
        id = made->as_handle().steps.back().item;
        auto& tree = document.edit<NodeTree>(self.block, Change::Shading);
        if (const std::int64_t index = tree.nodes.index_of(id); index >= 0) {
          tree.nodes.edit(index).location = {at.x, -at.y};
        }
        return {};
      },
      Change::Shading);
  return id;
}

std::vector<ItemId> NodeModel::links_across(float2 from, float2 to) const {
  std::vector<ItemId> hit;
  for (const NodeLinkView& link : links_) {
    const std::vector<float2> curve = link_curve(link.from, link.to);
    for (std::size_t i = 1; i < curve.size(); ++i) {
      if (crosses(curve[i - 1], curve[i], from, to)) {
        hit.push_back(link.link);
        break;
      }
    }
  }
  return hit;
}

void NodeModel::change_selected(const std::string& label, FunctionRef<void(Node&)> change,
                                Change kinds) {
  const bool has_any = std::any_of(nodes_.begin(), nodes_.end(),
                                   [](const NodeView& node) { return node.is_selected; });
  if (!has_any) {
    return;
  }
  edit(
      label,
      [&](NodeTree& head, Document&) -> Result<void> {
        for (std::int64_t i = 0; i < head.nodes.size(); ++i) {
          if (head.nodes[i].select) {
            change(head.nodes.edit(i));
          }
        }
        return {};
      },
      kinds);
}

void NodeModel::toggle_muted() {
  change_selected(
      "Toggle Node Mute", [](Node& node) { node.mute = !node.mute; }, Change::Shading);
}

void NodeModel::toggle_folded() {
  change_selected(
      "Hide Nodes", [](Node& node) { node.hide = !node.hide; }, Change::Settings);
}

void NodeModel::leave_frame() {
  const NodeTree* now = tree();
  if (!now) {
    return;
  }
  edit(
      "Remove from Frame",
      [&](NodeTree& head, Document&) -> Result<void> {
        for (std::int64_t i = 0; i < head.nodes.size(); ++i) {
          if (head.nodes[i].select && head.nodes[i].parent) {
            const float2 corner = corner_of(head, head.nodes[i]);
            Node& node = head.nodes.edit(i);
            node.parent = 0;
            node.location = {corner.x, -corner.y};
          }
        }
        return {};
      },
      Change::Settings);
}

void NodeModel::join_in_frame() {
  std::vector<ItemId> chosen;
  for (const NodeView& node : nodes_) {
    if (node.is_selected && !node.is_frame) {
      chosen.push_back(node.id);
    }
  }
  const Schema* kind = session_.project().registry.kind(Node::schema(), "NodeFrame");
  if (chosen.empty() || !kind) {
    return;
  }
  edit(
      "Join in Frame",
      [&](NodeTree& head, Document&) -> Result<void> {
        ItemId frame = 0;
        std::shared_ptr<Node> made(static_cast<Node*>(kind->make()));
        head.add_node(std::move(made), &frame);
        for (const ItemId id : chosen) {
          const std::int64_t at = head.nodes.index_of(id);
          const float2 corner = corner_of(head, head.nodes[at]);
          Node& node = head.nodes.edit(at);
          node.parent = frame;
          node.location = {corner.x, -corner.y};
          node.select = false;
        }
        head.set_active_node(frame);
        return {};
      },
      Change::Settings);
}

void NodeModel::duplicate_selected() {
  std::vector<ItemId> chosen;
  for (const NodeView& node : nodes_) {
    if (node.is_selected) {
      chosen.push_back(node.id);
    }
  }
  if (chosen.empty()) {
    return;
  }
  edit(
      "Duplicate Nodes",
      [&](NodeTree& head, Document&) -> Result<void> {
        std::unordered_map<ItemId, ItemId> nodes, sockets;
        for (const ItemId id : chosen) {
          const std::int64_t at = head.nodes.index_of(id);
          std::shared_ptr<Node> copy = head.nodes[at].clone();
          head.nodes.edit(at).select = false;
          renumber(copy->inputs, sockets);
          renumber(copy->outputs, sockets);
          copy->location += float2{24.0f, -24.0f};
          copy->select = true;
          head.add_node(std::move(copy), &nodes[id]);
        }
        // Frames that were copied with what is in them.
        for (const auto& [old_id, fresh] : nodes) {
          const std::int64_t at = head.nodes.index_of(fresh);
          const auto frame = nodes.find(head.nodes[at].parent);
          if (frame != nodes.end()) {
            Node& node = head.nodes.edit(at);
            node.parent = frame->second;
            node.location += float2{-24.0f, 24.0f};
          }
        }
        std::vector<NodeLink> links;
        for (std::int64_t i = 0; i < head.links.size(); ++i) {
          links.push_back(head.links[i]);
        }
        for (const NodeLink& link : links) {
          const auto to = nodes.find(link.to_node), from = nodes.find(link.from_node);
          if (to == nodes.end()) {
            continue;
          }
          const bool is_inner = from != nodes.end();
          static_cast<void>(head.connect(is_inner ? from->second : link.from_node,
                                         is_inner ? sockets[link.from_socket] : link.from_socket,
                                         to->second, sockets[link.to_socket]));
        }
        head.set_active_node(nodes[chosen.back()]);
        return {};
      },
      Change::Shading);
}

void NodeModel::add_reroutes(float2 from, float2 to) {
  const std::vector<ItemId> hit = links_across(from, to);
  const Schema* kind = session_.project().registry.kind(Node::schema(), "NodeReroute");
  if (hit.empty() || !kind) {
    return;
  }
  const float2 middle = (from + to) * 0.5f;
  edit(
      "Add Reroute",
      [&](NodeTree& head, Document&) -> Result<void> {
        std::unordered_map<ItemId, ItemId> reroutes;  // by output
        for (const ItemId link_id : hit) {
          const std::int64_t at = head.links.index_of(link_id);
          if (at < 0) {
            continue;
          }
          const NodeLink link = head.links[at];
          ItemId& reroute = reroutes[link.from_socket];
          if (!reroute) {
            std::shared_ptr<Node> made(static_cast<Node*>(kind->make()));
            made->location = {middle.x, -middle.y - 24.0f * float(reroutes.size() - 1)};
            head.add_node(std::move(made), &reroute);
            const Node& node = *head.find_node(reroute);
            if (node.inputs.empty() || node.outputs.empty()) {
              return Error::invalid("a reroute has no sockets");
            }
            const Result<ItemId> in =
                head.connect(link.from_node, link.from_socket, reroute, node.inputs.id(0));
            if (!in) {
              return in.error();
            }
          }
          const ItemId out = head.find_node(reroute)->outputs.id(0);
          const Result<ItemId> done = head.connect(reroute, out, link.to_node, link.to_socket);
          if (!done) {
            return done.error();
          }
        }
        return {};
      },
      Change::Shading);
}

}  // namespace kiln::editor
