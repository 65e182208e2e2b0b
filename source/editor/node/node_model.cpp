#include "editor/node/node_model.h"

#include <unordered_map>

#include "core/schema/ref.h"
#include "document/group_nodes.h"
#include "document/light.h"
#include "document/material.h"
#include "document/script_nodes.h"
#include "document/text.h"
#include "document/world.h"

namespace kiln::editor {
namespace {

constexpr float reroute_size = 14.0f;
constexpr std::size_t longest_frame_text = 4000;  // bytes

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

void NodeModel::set_wish(Wish wish) {
  const bool is_other =
      wish.tree_type != wish_.tree_type || wish.subject != wish_.subject || wish.tree != wish_.tree;
  wish_ = std::move(wish);
  if (is_other) {
    path_.clear();
  }
}

const NodeTree* NodeModel::root() const {
  const Document& document = session_.document();
  if (!is_shader()) {
    const auto* chosen = document.find<NodeTree>(wish_.tree);
    if (chosen && chosen->script_kind == wish_.tree_type) {
      return chosen;
    }
    for (const BlockId id : document.all(BlockType::NodeTree)) {
      const auto* tree = document.find<NodeTree>(id);
      if (tree && tree->script_kind == wish_.tree_type) {
        return tree;
      }
    }
    return nullptr;
  }
  if (const auto* pinned = document.find<NodeTree>(wish_.tree); wish_.is_pinned && pinned) {
    return pinned;
  }
  if (wish_.subject == NodeSubject::World) {
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

// Only as deep as the trees still have the groups.
std::vector<NodeModel::PathStep> NodeModel::path() const {
  std::vector<PathStep> found;
  const NodeTree* now = root();
  for (const PathStep& step : path_) {
    const NodeTree* inner = now ? session_.document().find<NodeTree>(step.tree) : nullptr;
    bool is_there = step.is_given;
    for (std::int64_t i = 0; inner && !is_there && i < now->nodes.size(); ++i) {
      is_there = now->nodes[i].group_tree().id == step.tree;
    }
    if (!inner || !is_there) {
      break;
    }
    found.push_back(step);
    now = inner;
  }
  return found;
}

const NodeTree* NodeModel::tree() const {
  const std::vector<PathStep> inner = path();
  return inner.empty() ? root() : session_.document().find<NodeTree>(inner.back().tree);
}

bool NodeModel::enter_group() {
  const NodeTree* now = tree();
  const Node* node = now ? now->find_node(now->active_node) : nullptr;
  const BlockId group = node ? node->group_tree().id : BlockId{};
  if (!session_.document().find<NodeTree>(group)) {
    return false;
  }
  // What could not be followed any more is forgotten.
  path_ = path();
  path_.push_back({group, node->name});
  return true;
}

bool NodeModel::leave_group() {
  if (path_.empty()) {
    return false;
  }
  path_.pop_back();
  return true;
}

void NodeModel::set_pinned(bool is_pinned) {
  const NodeTree* now = root();
  wish_.is_pinned = is_pinned && now;
  if (is_shader()) {
    wish_.tree = wish_.is_pinned ? now->id : BlockId{};
  }
}

void NodeModel::add_tree() {
  const Schema* kind = session_.project().registry.find(wish_.tree_type);
  if (is_shader() || !kind || !kind->is_a(NodeTree::schema())) {
    return;
  }
  BlockId made;
  session_.edit("New Node Tree", [&](Document& document) -> Result<void> {
    auto& tree = document.add<NodeTree>("NodeTree");
    tree.script_kind = kind->identifier;
    tree.script_type = kind;
    tree.use_fake_user = true;
    made = tree.id;
    return {};
  });
  wish_.tree = made;
}

std::string NodeModel::title() const {
  const NodeTree* now = root();
  const DataBlock* owner = now ? session_.document().find(now->owner) : nullptr;
  std::string text = owner ? owner->name : now ? now->name : std::string();
  for (const PathStep& step : path_) {
    if (const DataBlock* block = session_.document().find(step.tree)) {
      text += "  ▸  " + block->name;
    }
  }
  return text;
}

void NodeModel::tell_changed() {
  const NodeTree* now = tree();
  if (auto* scripts = session_.services().find<ScriptNodes>(); scripts && now) {
    scripts->changed(now->id);
  }
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
    view.corner = corner_of(*now, node);
    view.is_frame = node.dynamic_schema().identifier == "NodeFrame";
    view.is_reroute = node.dynamic_schema().identifier == "NodeReroute";
    view.is_selected = node.select;
    view.is_active = now->active_node == view.id;
    view.is_muted = node.mute;
    view.is_folded = node.hide;
    if (node.use_custom_color) {
      view.own_color = node.color;
    }
    if (const Property* label =
            view.is_frame ? node.dynamic_schema().property("label_size") : nullptr) {
      const auto* frame = dynamic_cast<const FrameNode*>(&node);
      if (const Text* text = frame ? session_.document().find(frame->text) : nullptr) {
        view.text = text->as_string().substr(0, longest_frame_text);
      }
      view.label_size = int(read({&node.dynamic_schema(), &node}, *label).as_int());
    }
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
            {},      socket.type, {},        socket.display_shape};
        if (!is_output && !is_linked && !socket.hide_value && node.show_options) {
          shown.value = value_text(socket);
        }
        shown.at = view.is_reroute ? view.corner + float2{reroute_size, reroute_size} * 0.5f
                                   : view.corner + float2{is_output ? node.width : 0.0f, y};
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
    if (view.is_reroute) {
      view.size = {reroute_size, reroute_size};
    } else if (view.is_frame) {
      view.size = {node.width, node.height};
    }
    nodes_.push_back(std::move(view));
  }
  place_frames();
  for (std::int64_t i = 0; i < now->links.size(); ++i) {
    const NodeLink& link = now->links[i];
    const auto from = places.find(link.from_socket), to = places.find(link.to_socket);
    if (from != places.end() && to != places.end()) {
      links_.push_back({now->links.id(i), from->second, to->second, types[link.from_socket],
                        link.is_valid && !link.is_muted});
    }
  }
}

float2 NodeModel::corner_of(const NodeTree& tree, const Node& node) {
  float2 place = node.location;
  // Frames may lie in frames; a broken file may have them in a circle.
  const Node* outer = tree.find_node(node.parent);
  for (int depth = 0; outer && depth < 64; ++depth) {
    place += outer->location;
    outer = tree.find_node(outer->parent);
  }
  return {place.x, -place.y};
}

// Frames lie below all other nodes, around what is in them, inner ones above outer ones.
void NodeModel::place_frames() {
  constexpr float margin = 24.0f;
  const NodeTree& now = *tree();
  std::unordered_map<ItemId, NodeView*> views;
  for (NodeView& view : nodes_) {
    views[view.id] = &view;
  }
  const auto depth_of = [&](const NodeView& view) {
    int depth = 0;
    for (const Node* node = now.find_node(view.id); node && node->parent && depth < 64; ++depth) {
      node = now.find_node(node->parent);
    }
    return depth;
  };
  std::vector<NodeView*> inner_first;
  for (NodeView& view : nodes_) {
    inner_first.push_back(&view);
  }
  std::stable_sort(
      inner_first.begin(), inner_first.end(),
      [&](const NodeView* a, const NodeView* b) { return depth_of(*a) > depth_of(*b); });
  std::unordered_map<ItemId, std::pair<float2, float2>> inside;
  for (NodeView* view : inner_first) {
    if (const auto box = inside.find(view->id); view->is_frame && box != inside.end()) {
      view->corner = box->second.first - float2{margin, margin + header * 0.5f};
      view->size =
          box->second.second - box->second.first + float2{2 * margin, 2 * margin + header * 0.5f};
    }
    const Node* node = now.find_node(view->id);
    if (!node || !node->parent) {
      continue;
    }
    const float2 high = view->corner + view->size;
    auto [entry, is_new] = inside.try_emplace(node->parent, view->corner, high);
    if (!is_new) {
      auto& [low, top] = entry->second;
      low = {std::min(low.x, view->corner.x), std::min(low.y, view->corner.y)};
      top = {std::max(top.x, high.x), std::max(top.y, high.y)};
    }
  }
  std::stable_sort(nodes_.begin(), nodes_.end(), [&](const NodeView& a, const NodeView& b) {
    return a.is_frame != b.is_frame ? a.is_frame : a.is_frame && depth_of(a) < depth_of(b);
  });
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
        const BlockId id = now->id;
        const Result<void> done = change(document.edit<NodeTree>(id, kinds), document);
        // Scripts that are told may do anything to the document.
        if (done && any(kinds & Change::Shading) && document.find<NodeTree>(id)) {
          document.edit<NodeTree>(id, kinds).update(&document);
          tell_changed();
        }
        return done;
      },
      merge_key);
}

std::vector<std::pair<std::string, std::string>> NodeModel::types() const {
  std::vector<std::pair<std::string, std::string>> out;
  auto* scripts = session_.services().find<ScriptNodes>();
  const NodeTree* now = tree();
  for (const Schema* kind : session_.project().registry.kinds_of(Node::schema())) {
    const bool is_any = kind->identifier == "NodeFrame" || kind->identifier == "NodeReroute";
    const bool is_of_script =
        kind->is_runtime && scripts && now && !scripts->refuses(*kind, now->id);
    const bool is_of_shader =
        is_shader() && !kind->is_runtime && kind->identifier.starts_with("ShaderNode");
    if (is_any || is_of_script) {
      out.emplace_back(kind->identifier, kind->label);
    } else if (is_of_shader) {
      out.emplace_back(kind->identifier,
                       kind->label.empty() ? kind->identifier.substr(10) : kind->label);
    }
  }
  std::sort(out.begin(), out.end(),
            [](const auto& a, const auto& b) { return a.second < b.second; });
  return out;
}

}  // namespace kiln::editor
