#include "editor/node/node_model.h"

#include <unordered_map>

#include "document/light.h"
#include "document/material.h"
#include "document/world.h"

namespace kiln::editor {
namespace {

std::string value_text(const NodeSocket& socket) {
  switch (socket.type) {
    case SocketType::Value:
      return fmt::format("{:.3f}", socket.number.x);
    case SocketType::Int:
      return fmt::format("{}", socket.integer);
    case SocketType::Vector:
      return socket.hide_value ? ""
                               : fmt::format("{:.2f} {:.2f} {:.2f}", socket.number.x,
                                             socket.number.y, socket.number.z);
    default:
      return {};
  }
}

bool crosses(float2 a, float2 b, float2 c, float2 d) {
  const float side_c = cross(b - a, c - a), side_d = cross(b - a, d - a);
  const float side_a = cross(d - c, a - c), side_b = cross(d - c, b - c);
  return side_c * side_d <= 0.0f && side_a * side_b <= 0.0f;
}

}  // namespace

std::vector<float2> link_curve(float2 from, float2 to) {
  const float reach = std::max(30.0f, std::abs(to.x - from.x) * 0.5f);
  const float2 a{from.x + reach, from.y}, b{to.x - reach, to.y};
  std::vector<float2> points;
  for (int i = 0; i <= 24; ++i) {
    const float t = float(i) / 24.0f, s = 1.0f - t;
    points.push_back(from * (s * s * s) + a * (3 * s * s * t) + b * (3 * s * t * t) +
                     to * (t * t * t));
  }
  return points;
}

const NodeTree* NodeModel::tree() const {
  const Document& document = session_.document();
  if (subject_ == Subject::World) {
    const World* world = session_.scene() ? document.find(session_.scene()->world) : nullptr;
    return world && world->use_nodes ? document.find(world->node_tree) : nullptr;
  }
  const Object* object = session_.active_object();
  if (!object) {
    return nullptr;
  }
  if (const Light* light = document.find<Light>(object->data.id)) {
    return light->use_nodes ? document.find(light->node_tree) : nullptr;
  }
  const Material* material =
      document.find(slot_material(document, *object, object->active_material_index));
  return material && material->use_nodes ? document.find(material->node_tree) : nullptr;
}

std::string NodeModel::title() const {
  const NodeTree* now = tree();
  const DataBlock* owner = now ? session_.document().find(now->owner) : nullptr;
  return owner ? owner->name : std::string();
}

void NodeModel::rebuild() {
  nodes_.clear();
  links_.clear();
  const NodeTree* now = tree();
  if (!now) {
    return;
  }
  std::unordered_map<ItemId, float2> places;
  std::unordered_map<ItemId, SocketType> types;
  for (std::int64_t i = 0; i < now->nodes.size(); ++i) {
    const Node& node = now->nodes[i];
    NodeView view;
    view.id = now->nodes.id(i);
    view.title =
        node.label.empty()
            ? (node.dynamic_schema().label.empty() ? node.name : node.dynamic_schema().label)
            : node.label;
    view.corner = {node.location.x, -node.location.y};
    view.is_selected = node.select;
    view.is_active = now->active_node == view.id;
    view.is_muted = node.mute;
    view.is_folded = node.hide;
    float y = view.is_folded ? header * 0.5f : header + row * 0.6f;
    const auto add = [&](const ItemList<NodeSocket>& sockets, bool is_output) {
      for (std::int64_t k = 0; k < sockets.size(); ++k) {
        const NodeSocket& socket = sockets[k];
        const ItemId id = sockets.id(k);
        const bool is_linked = now->is_linked(id);
        if (!socket.enabled || (socket.hide && !is_linked)) {
          continue;
        }
        NodeSocketView shown{
            view.id, id,          is_output, socket.label.empty() ? socket.name : socket.label,
            {},      socket.type, {}};
        if (!is_output && !is_linked && !socket.hide_value) {
          shown.value = value_text(socket);
        }
        shown.at = view.corner + float2{is_output ? node.width : 0.0f, y};
        places[id] = shown.at;
        types[id] = socket.type;
        view.sockets.push_back(std::move(shown));
        if (!view.is_folded) {
          y += row;
        }
      }
    };
    add(node.outputs, true);
    add(node.inputs, false);
    view.size = {node.width,
                 view.is_folded ? header : std::max(header + row * 0.5f, y - row * 0.1f)};
    nodes_.push_back(std::move(view));
  }
  for (std::int64_t i = 0; i < now->links.size(); ++i) {
    const NodeLink& link = now->links[i];
    const auto from = places.find(link.from_socket), to = places.find(link.to_socket);
    if (from != places.end() && to != places.end()) {
      links_.push_back({now->links.id(i), from->second, to->second, types[link.from_socket],
                        link.is_valid && !link.is_muted});
    }
  }
}

int NodeModel::node_at(float2 at) const {
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    const NodeView& node = nodes_[i];
    if (at.x >= node.corner.x && at.y >= node.corner.y && at.x < node.corner.x + node.size.x &&
        at.y < node.corner.y + node.size.y) {
      return int(i);
    }
  }
  return -1;
}

const NodeSocketView* NodeModel::socket_at(float2 at, float reach) const {
  const NodeSocketView* best = nullptr;
  for (const NodeView& node : nodes_) {
    for (const NodeSocketView& socket : node.sockets) {
      const float d = length(socket.at - at);
      if (d <= reach && (!best || d < length(best->at - at))) {
        best = &socket;
      }
    }
  }
  return best;
}

ItemId NodeModel::link_into(const NodeSocketView& input) const {
  const NodeTree* now = tree();
  for (std::int64_t i = 0; now && i < now->links.size(); ++i) {
    if (now->links[i].to_socket == input.socket && now->links[i].to_node == input.node) {
      return now->links.id(i);
    }
  }
  return 0;
}

bool NodeModel::edit(const std::string& label,
                     FunctionRef<Result<void>(NodeTree&, Document&)> change, Change kinds,
                     std::uint64_t merge_key) {
  const NodeTree* now = tree();
  if (!now) {
    return false;
  }
  return session_.edit(
      label,
      [&](Document& document) -> Result<void> {
        auto& head = document.edit<NodeTree>(now->id, kinds);
        const Result<void> done = change(head, document);
        if (done && any(kinds & Change::Shading)) {
          head.update(&document);
        }
        return done;
      },
      merge_key);
}

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
          head.active_node = *active;
        }
        return {};
      },
      Change::Selection);
}

void NodeModel::move(float2 offset, std::uint64_t merge_key) {
  edit(
      "Move Nodes",
      [&](NodeTree& head, Document&) -> Result<void> {
        for (std::int64_t i = 0; i < head.nodes.size(); ++i) {
          if (head.nodes[i].select) {
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
      [&](NodeTree& head, Document&) -> Result<void> {
        for (const ItemId node : gone) {
          head.remove_node(node);
        }
        return {};
      },
      Change::Shading);
}

ItemId NodeModel::add(const std::string& type, float2 at) {
  const Schema* kind = session_.project().registry.kind(Node::schema(), type);
  ItemId id = 0;
  if (kind) {
    edit(
        "Add Node",
        [&](NodeTree& head, Document& document) -> Result<void> {
          for (std::int64_t i = 0; i < head.nodes.size(); ++i) {
            if (head.nodes[i].select) {
              head.nodes.edit(i).select = false;
            }
          }
          std::shared_ptr<Node> node(static_cast<Node*>(kind->make()));
          node->location = {at.x, -at.y};
          head.add_node(std::move(node), &id).update(&head, &document);
          head.active_node = id;
          return {};
        },
        Change::Shading);
  }
  return id;
}

std::vector<std::pair<std::string, std::string>> NodeModel::types() const {
  std::vector<std::pair<std::string, std::string>> out;
  for (const Schema* kind : session_.project().registry.kinds_of(Node::schema())) {
    if (kind->identifier.starts_with("ShaderNode")) {
      out.emplace_back(kind->identifier,
                       kind->label.empty() ? kind->identifier.substr(10) : kind->label);
    }
  }
  std::sort(out.begin(), out.end(),
            [](const auto& a, const auto& b) { return a.second < b.second; });
  return out;
}

}  // namespace kiln::editor
