#include "editor/screen/screen_tree.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace kiln::editor {

using Json = nlohmann::json;

namespace {

// What a bar is that others are not.
Json json_of(const AreaBar& bar) {
  Json words = Json::array();
  for (const auto& [word, is_so] :
       {std::pair{"HIDDEN", !bar.is_shown}, std::pair{"BELOW", bar.is_below},
        std::pair{"NO_MENUS", !bar.has_menus}}) {
    if (is_so) {
      words.push_back(word);
    }
  }
  return words;
}

AreaBar bar_from(const Json& words) {
  AreaBar bar;
  for (const Json& word : words.is_array() ? words : Json::array()) {
    bar.is_shown = bar.is_shown && word != "HIDDEN";
    bar.is_below = bar.is_below || word == "BELOW";
    bar.has_menus = bar.has_menus && word != "NO_MENUS";
  }
  return bar;
}

}  // namespace

struct ScreenTree::Node {
  // A leaf has an id; a split has both parts.
  AreaId id = 0;
  std::string editor, state;
  AreaBar bar;
  Axis axis = Axis::Columns;
  float factor = 0.5f;
  std::unique_ptr<Node> first, second;

  bool is_leaf() const { return !first; }
  std::unique_ptr<Node> clone() const {
    auto copy = std::make_unique<Node>();
    copy->id = id;
    copy->editor = editor;
    copy->state = state;
    copy->bar = bar;
    copy->axis = axis;
    copy->factor = factor;
    if (!is_leaf()) {
      copy->first = first->clone();
      copy->second = second->clone();
    }
    return copy;
  }
  Node* find(AreaId area) {
    if (is_leaf()) {
      return id == area ? this : nullptr;
    }
    Node* found = first->find(area);
    return found ? found : second->find(area);
  }
  Node* parent_of(const Node* child) {
    if (is_leaf()) {
      return nullptr;
    }
    if (first.get() == child || second.get() == child) {
      return this;
    }
    Node* found = first->parent_of(child);
    return found ? found : second->parent_of(child);
  }
  // Both parts of a split that lies in `rect`, and the gap between them.
  void cut(Rect rect, int gap, Rect* a, Rect* b, Rect* between) const {
    *a = *b = *between = rect;
    if (axis == Axis::Columns) {
      const int room = std::max(0, rect.width - gap);
      a->width = std::clamp(int(float(room) * factor + 0.5f), 0, room);
      between->x = a->right();
      between->width = gap;
      b->x = between->right();
      b->width = room - a->width;
    } else {
      const int room = std::max(0, rect.height - gap);
      a->height = std::clamp(int(float(room) * factor + 0.5f), 0, room);
      between->y = a->bottom();
      between->height = gap;
      b->y = between->bottom();
      b->height = room - a->height;
    }
  }
  void collect(Rect rect, int gap, std::vector<Area>* areas, std::vector<Gap>* gaps,
               int* count) const {
    if (is_leaf()) {
      if (areas) {
        areas->push_back({id, editor, rect, state, bar});
      }
      return;
    }
    const int index = (*count)++;
    Rect a, b, between;
    cut(rect, gap, &a, &b, &between);
    if (gaps) {
      gaps->push_back({index, axis, between, rect});
    }
    first->collect(a, gap, areas, gaps, count);
    second->collect(b, gap, areas, gaps, count);
  }
  Node* split_at(int* index) {
    if (is_leaf()) {
      return nullptr;
    }
    if ((*index)-- == 0) {
      return this;
    }
    Node* found = first->split_at(index);
    return found ? found : second->split_at(index);
  }
  Json to_json() const {
    if (is_leaf()) {
      Json leaf{{"editor", editor}};
      if (!state.empty()) {
        leaf["state"] = state;
      }
      if (!(bar == AreaBar{})) {
        leaf["bar"] = json_of(bar);
      }
      return leaf;
    }
    return {{"axis", axis == Axis::Columns ? "COLUMNS" : "ROWS"},
            {"factor", factor},
            {"first", first->to_json()},
            {"second", second->to_json()}};
  }
  static std::unique_ptr<Node> from_json(const Json& json, AreaId* next, int depth) {
    if (!json.is_object() || depth > 32) {
      return nullptr;
    }
    auto node = std::make_unique<Node>();
    if (json.contains("editor") && json["editor"].is_string()) {
      node->id = (*next)++;
      node->editor = json["editor"].get<std::string>();
      if (json.contains("state") && json["state"].is_string()) {
        node->state = json["state"].get<std::string>();
      }
      node->bar = bar_from(json.value("bar", Json::array()));
      return node;
    }
    if (!json.contains("axis") || !json.contains("factor") || !json["factor"].is_number() ||
        !json.contains("first") || !json.contains("second")) {
      return nullptr;
    }
    node->axis = json["axis"] == "ROWS" ? Axis::Rows : Axis::Columns;
    node->factor = std::clamp(json["factor"].get<float>(), 0.05f, 0.95f);
    node->first = from_json(json["first"], next, depth + 1);
    node->second = from_json(json["second"], next, depth + 1);
    return node->first && node->second ? std::move(node) : nullptr;
  }
};

ScreenTree::ScreenTree(std::string editor) : root_(std::make_unique<Node>()) {
  root_->id = next_++;
  root_->editor = std::move(editor);
}
ScreenTree::ScreenTree(std::unique_ptr<Node> root) : root_(std::move(root)) {}
ScreenTree::ScreenTree(const ScreenTree& other) : root_(other.root_->clone()), next_(other.next_) {}
ScreenTree& ScreenTree::operator=(const ScreenTree& other) {
  root_ = other.root_->clone();
  next_ = other.next_;
  return *this;
}
ScreenTree::ScreenTree(ScreenTree&&) noexcept = default;
ScreenTree& ScreenTree::operator=(ScreenTree&&) noexcept = default;
ScreenTree::~ScreenTree() = default;

std::optional<AreaId> ScreenTree::split(AreaId area, Axis axis, float factor, bool new_is_first) {
  Node* node = root_->find(area);
  if (!node) {
    return std::nullopt;
  }
  auto kept = std::make_unique<Node>();
  kept->id = node->id;
  kept->editor = node->editor;
  kept->state = node->state;
  kept->bar = node->bar;
  auto added = std::make_unique<Node>();
  added->id = next_++;
  added->editor = node->editor;
  added->state = node->state;
  added->bar = node->bar;
  const AreaId result = added->id;
  node->id = 0;
  node->axis = axis;
  node->factor = std::clamp(factor, 0.05f, 0.95f);
  node->first = new_is_first ? std::move(added) : std::move(kept);
  node->second = new_is_first ? std::move(kept) : std::move(added);
  return result;
}

bool ScreenTree::join(AreaId kept, AreaId taken) {
  Node* gone = root_->find(taken);
  if (!gone || !root_->find(kept) || kept == taken) {
    return false;
  }
  Node* parent = root_->parent_of(gone);
  std::unique_ptr<Node> rest =
      parent->first.get() == gone ? std::move(parent->second) : std::move(parent->first);
  std::unique_ptr<Node> hold = std::move(rest);
  *parent = std::move(*hold);
  return true;
}

bool ScreenTree::swap(AreaId a, AreaId b) {
  Node* one = root_->find(a);
  Node* other = root_->find(b);
  if (!one || !other || one == other) {
    return false;
  }
  std::swap(one->id, other->id);
  std::swap(one->editor, other->editor);
  std::swap(one->state, other->state);
  std::swap(one->bar, other->bar);
  return true;
}

bool ScreenTree::set_editor(AreaId area, const std::string& editor) {
  Node* node = root_->find(area);
  if (!node) {
    return false;
  }
  if (node->editor != editor) {
    node->state.clear();
  }
  node->editor = editor;
  return true;
}

bool ScreenTree::set_state(AreaId area, const std::string& state) {
  Node* node = root_->find(area);
  if (node) {
    node->state = state;
  }
  return node != nullptr;
}

bool ScreenTree::set_bar(AreaId area, const AreaBar& bar) {
  Node* node = root_->find(area);
  if (node) {
    node->bar = bar;
  }
  return node != nullptr;
}

void ScreenTree::set_factor(int split, float factor) {
  if (Node* node = root_->split_at(&split)) {
    node->factor = std::clamp(factor, 0.05f, 0.95f);
  }
}

std::vector<ScreenTree::Area> ScreenTree::areas(Rect window, int gap) const {
  std::vector<Area> out;
  int count = 0;
  root_->collect(window, gap, &out, nullptr, &count);
  return out;
}

std::vector<ScreenTree::Gap> ScreenTree::gaps(Rect window, int gap) const {
  std::vector<Gap> out;
  int count = 0;
  root_->collect(window, gap, nullptr, &out, &count);
  return out;
}

std::string ScreenTree::to_json() const {
  return root_->to_json().dump();
}

std::optional<ScreenTree> ScreenTree::from_json(const std::string& text) {
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  AreaId next = 1;
  std::unique_ptr<Node> root = json.is_discarded() ? nullptr : Node::from_json(json, &next, 0);
  if (!root) {
    return std::nullopt;
  }
  ScreenTree tree(std::move(root));
  tree.next_ = next;
  return tree;
}

}  // namespace kiln::editor
