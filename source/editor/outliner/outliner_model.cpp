#include "editor/outliner/outliner_model.h"

#include <algorithm>
#include <cctype>

#include "document/collection.h"

namespace kiln::editor {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return char(std::tolower(c)); });
  return text;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

bool natural_less(std::string_view a, std::string_view b) {
  std::size_t i = 0, k = 0;
  while (i < a.size() && k < b.size()) {
    if (is_digit(a[i]) && is_digit(b[k])) {
      // Whole numbers: without zeros in front the longer one is larger.
      const auto number = [](std::string_view text, std::size_t& at) {
        while (at < text.size() && text[at] == '0') {
          ++at;
        }
        const std::size_t from = at;
        while (at < text.size() && is_digit(text[at])) {
          ++at;
        }
        return text.substr(from, at - from);
      };
      const std::string_view x = number(a, i), y = number(b, k);
      if (x.size() != y.size()) {
        return x.size() < y.size();
      }
      if (x != y) {
        return x < y;
      }
      continue;
    }
    const int x = std::tolower(static_cast<unsigned char>(a[i])),
              y = std::tolower(static_cast<unsigned char>(b[k]));
    if (x != y) {
      return x < y;
    }
    ++i;
    ++k;
  }
  return a.size() - i < b.size() - k;
}

void OutlinerModel::set_filter(const std::string& text) {
  settings.filter_text = text;
  rebuild();
}

bool OutlinerModel::matches(const std::string& name) const {
  if (!is_filtering()) {
    return true;
  }
  const bool is_exact = settings.use_filter_case_sensitive;
  const std::string text = is_exact ? settings.filter_text : lower(settings.filter_text);
  const std::string shown = is_exact ? name : lower(name);
  return settings.use_filter_complete ? shown == text : shown.find(text) != std::string::npos;
}

void OutlinerModel::toggle(std::size_t row) {
  const OutlinerRow at = rows_[row];
  if (!at.key.empty()) {
    if (!open_parts_.erase(at.key)) {
      open_parts_.insert(at.key);
    }
  } else if (at.kind == OutlinerRow::Kind::Collection) {
    if (!closed_.erase(at.block)) {
      closed_.insert(at.block);
    }
  } else if (at.kind != OutlinerRow::Kind::Scene) {
    if (!open_.erase(at.block)) {
      open_.insert(at.block);
    }
  }
  rebuild();
}

void OutlinerModel::open_all(bool opens) {
  // One level of what is seen now.
  for (const OutlinerRow& row : rows_) {
    if (!row.has_children || row.kind == OutlinerRow::Kind::Scene) {
      continue;
    }
    if (!row.key.empty()) {
      opens ? void(open_parts_.insert(row.key)) : void(open_parts_.erase(row.key));
    } else if (row.kind == OutlinerRow::Kind::Collection) {
      opens ? void(closed_.erase(row.block)) : void(closed_.insert(row.block));
    } else {
      opens ? void(open_.insert(row.block)) : void(open_.erase(row.block));
    }
  }
  rebuild();
}

bool OutlinerModel::open_active(bool opens) {
  const ViewLayer* layer = session_.layer();
  const int row = layer ? row_of(layer->active.id) : -1;
  if (row < 0 || !rows_[std::size_t(row)].has_children ||
      rows_[std::size_t(row)].is_open == opens) {
    return false;
  }
  toggle(std::size_t(row));
  return true;
}

void OutlinerModel::show_hierarchy() {
  closed_.clear();
  open_.clear();
  open_parts_.clear();
  rebuild();
}

int OutlinerModel::row_of(BlockId block) const {
  const auto found = std::find_if(rows_.begin(), rows_.end(),
                                  [&](const OutlinerRow& row) { return row.block == block; });
  return found == rows_.end() ? -1 : int(found - rows_.begin());
}

std::vector<BlockId> OutlinerModel::with_descendants(std::vector<BlockId> objects) const {
  std::unordered_set<BlockId> known(objects.begin(), objects.end());
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const auto children = children_.find(objects[i]);
    if (children == children_.end()) {
      continue;
    }
    for (const BlockId child : children->second) {
      if (known.insert(child).second) {
        objects.push_back(child);
      }
    }
  }
  return objects;
}

std::string OutlinerModel::name_of(const OutlinerRow& row) const {
  if (!row.text.empty()) {
    return row.text;
  }
  const DataBlock* block = session_.document().find(row.block);
  return block ? block->name : std::string();
}

std::optional<PropertiesContext> OutlinerModel::context_of(const OutlinerRow& row) const {
  const DataBlock* block = session_.document().find(row.block);
  if (!block) {
    return std::nullopt;
  }
  switch (row.kind) {
    case OutlinerRow::Kind::Scene:
      return PropertiesContext::Scene;
    case OutlinerRow::Kind::Object:
      return PropertiesContext::Object;
    case OutlinerRow::Kind::Part:
      return block->type() == BlockType::Scene ? PropertiesContext::ViewLayer
                                               : PropertiesContext::Modifier;
    case OutlinerRow::Kind::Data:
    case OutlinerRow::Kind::Block:
      break;
    default:
      return std::nullopt;
  }
  switch (block->type()) {
    case BlockType::Scene:
      return PropertiesContext::Scene;
    case BlockType::World:
      return PropertiesContext::World;
    case BlockType::Material:
      return PropertiesContext::Material;
    case BlockType::Mesh:
    case BlockType::Light:
    case BlockType::Camera:
      return PropertiesContext::Data;
    default:
      return std::nullopt;
  }
}

bool OutlinerModel::is_selected(const OutlinerRow& row) const {
  if (!settings.use_sync_select) {
    return row.block && row.text.empty() && selected_.contains(row.block);
  }
  const bool is_object =
      row.kind == OutlinerRow::Kind::Object || row.kind == OutlinerRow::Kind::Block;
  return is_object && session_.layer() && session_.layer()->is_selected(row.block);
}

bool OutlinerModel::is_active(const OutlinerRow& row) const {
  const ViewLayer* layer = session_.layer();
  if (!layer) {
    return false;
  }
  if (row.kind == OutlinerRow::Kind::Object) {
    return layer->active.id == row.block;
  }
  return row.kind == OutlinerRow::Kind::Collection && layer->active_collection.id == row.block;
}

bool OutlinerModel::is_shown(const OutlinerRow& row) const {
  const bool is_object = row.kind == OutlinerRow::Kind::Object;
  if (!is_object && row.kind != OutlinerRow::Kind::Collection) {
    return true;
  }
  return is_on(row, OutlinerColumn::Hide) && is_on(row, OutlinerColumn::Viewport) &&
         (is_object || is_on(row, OutlinerColumn::Enable));
}

std::vector<OutlinerColumn> OutlinerModel::columns() const {
  std::vector<OutlinerColumn> shown;
  if (settings.display_mode != OutlinerMode::ViewLayer &&
      settings.display_mode != OutlinerMode::Scenes) {
    return shown;
  }
  const bool is_layer = settings.display_mode == OutlinerMode::ViewLayer;
  const std::pair<OutlinerColumn, bool> all[] = {
      {OutlinerColumn::Mode, settings.show_mode_column && is_layer},
      {OutlinerColumn::Enable, settings.show_restrict_column_enable && is_layer},
      {OutlinerColumn::Select, settings.show_restrict_column_select},
      {OutlinerColumn::Hide, settings.show_restrict_column_hide && is_layer},
      {OutlinerColumn::Viewport, settings.show_restrict_column_viewport},
      {OutlinerColumn::Render, settings.show_restrict_column_render},
      {OutlinerColumn::Holdout, settings.show_restrict_column_holdout && is_layer},
      {OutlinerColumn::IndirectOnly, settings.show_restrict_column_indirect_only && is_layer}};
  for (const auto& [column, is_there] : all) {
    if (is_there) {
      shown.push_back(column);
    }
  }
  return shown;
}

bool OutlinerModel::has_switch(const OutlinerRow& row, OutlinerColumn column) const {
  if (column == OutlinerColumn::Mode) {
    const auto* object = session_.document().find<Object>(row.block);
    const DataBlock* data = object ? session_.document().find(object->data.id) : nullptr;
    return row.kind == OutlinerRow::Kind::Object && data && data->type() == BlockType::Mesh &&
           !object->is_linked();
  }
  if (row.kind == OutlinerRow::Kind::Collection) {
    return true;
  }
  return row.kind == OutlinerRow::Kind::Object && column != OutlinerColumn::Enable &&
         column != OutlinerColumn::Holdout && column != OutlinerColumn::IndirectOnly;
}

bool OutlinerModel::is_on(const OutlinerRow& row, OutlinerColumn column) const {
  const ViewLayer* layer = session_.layer();
  const auto* object = session_.document().find<Object>(row.block);
  const auto* collection = session_.document().find<Collection>(row.block);
  if (!layer || (!object && !collection)) {
    return true;
  }
  const LayerCollectionState state =
      collection ? layer->state_of(row.block) : LayerCollectionState();
  switch (column) {
    case OutlinerColumn::Mode:
      return object && object->mode == ObjectMode::Edit;
    case OutlinerColumn::Enable:
      return !state.exclude;
    case OutlinerColumn::Select:
      return object ? !object->hide_select : !collection->hide_select;
    case OutlinerColumn::Hide:
      return object ? !layer->is_hidden(row.block) : !state.hide_viewport;
    case OutlinerColumn::Viewport:
      return object ? !object->hide_viewport : !collection->hide_viewport;
    case OutlinerColumn::Render:
      return object ? !object->hide_render : !collection->hide_render;
    case OutlinerColumn::Holdout:
      return state.holdout;
    case OutlinerColumn::IndirectOnly:
      return state.indirect_only;
  }
  return true;
}

}  // namespace kiln::editor
