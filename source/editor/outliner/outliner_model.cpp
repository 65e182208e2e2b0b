#include "editor/outliner/outliner_model.h"

#include <algorithm>

#include "document/collection.h"

namespace kiln::editor {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return char(std::tolower(c)); });
  return text;
}

}  // namespace

void OutlinerModel::set_filter(const std::string& text) {
  filter_ = lower(text);
  rebuild();
}

bool OutlinerModel::matches(const std::string& name) const {
  return filter_.empty() || lower(name).find(filter_) != std::string::npos;
}

void OutlinerModel::rebuild() {
  rows_.clear();
  children_.clear();
  const Document& document = session_.document();
  const Scene* scene = session_.scene();
  const Collection* root = scene ? document.find(scene->collection) : nullptr;
  if (!root) {
    return;
  }
  for (const BlockId id : document.all(BlockType::Object)) {
    const Object* object = document.find<Object>(id);
    if (object->parent) {
      children_[object->parent.id].push_back(id);
    }
  }
  rows_.push_back({OutlinerRow::Kind::Scene, root->id, {}, 0, true, true});
  add_collection_rows(*root, 1);
}

void OutlinerModel::add_collection_rows(const Collection& collection, int depth) {
  if (depth > 64) {
    return;
  }
  const Document& document = session_.document();
  for (const BlockRef<Collection>& ref : collection.children) {
    const Collection* child = document.find(ref);
    if (!child) {
      continue;
    }
    const bool is_open = !closed_.contains(child->id) || !filter_.empty();
    rows_.push_back({OutlinerRow::Kind::Collection, child->id, collection.id, depth,
                     !child->children.empty() || !child->objects.empty(), is_open});
    if (is_open) {
      add_collection_rows(*child, depth + 1);
    }
  }
  std::unordered_set<BlockId> here;
  for (const BlockRef<Object>& ref : collection.objects) {
    here.insert(ref.id);
  }
  for (const BlockRef<Object>& ref : collection.objects) {
    const Object* object = document.find(ref);
    // Children are shown below their parents where both are in the collection.
    if (object && (!here.contains(object->parent.id) || !filter_.empty())) {
      add_object_rows(*object, collection.id, depth);
    }
  }
}

void OutlinerModel::add_object_rows(const Object& object, BlockId collection, int depth) {
  const Document& document = session_.document();
  if (!filter_.empty()) {
    if (matches(object.name)) {
      rows_.push_back({OutlinerRow::Kind::Object, object.id, collection, depth, false, false});
    }
    return;
  }
  const auto children = children_.find(object.id);
  const DataBlock* data = document.find(object.data.id);
  const bool has_children = children != children_.end() || data;
  const bool is_open = open_.contains(object.id);
  rows_.push_back({OutlinerRow::Kind::Object, object.id, collection, depth, has_children, is_open});
  if (!is_open || depth > 256) {
    return;
  }
  if (data) {
    rows_.push_back({OutlinerRow::Kind::Data, data->id, collection, depth + 1, false, false});
  }
  if (children != children_.end()) {
    for (const BlockId id : children->second) {
      add_object_rows(*document.find<Object>(id), collection, depth + 1);
    }
  }
}

void OutlinerModel::toggle(std::size_t row) {
  const OutlinerRow& at = rows_[row];
  if (at.kind == OutlinerRow::Kind::Collection) {
    if (!closed_.erase(at.block)) {
      closed_.insert(at.block);
    }
  } else if (at.kind == OutlinerRow::Kind::Object) {
    if (!open_.erase(at.block)) {
      open_.insert(at.block);
    }
  }
  rebuild();
}

int OutlinerModel::row_of(BlockId block) const {
  const auto found = std::find_if(rows_.begin(), rows_.end(),
                                  [&](const OutlinerRow& row) { return row.block == block; });
  return found == rows_.end() ? -1 : int(found - rows_.begin());
}

std::string OutlinerModel::name_of(const OutlinerRow& row) const {
  if (row.kind == OutlinerRow::Kind::Scene) {
    return "Scene Collection";
  }
  const DataBlock* block = session_.document().find(row.block);
  return block ? block->name : std::string();
}

bool OutlinerModel::is_selected(const OutlinerRow& row) const {
  return row.kind == OutlinerRow::Kind::Object && session_.layer() &&
         session_.layer()->is_selected(row.block);
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
  const ViewLayer* layer = session_.layer();
  if (row.kind == OutlinerRow::Kind::Object) {
    const Object* object = session_.document().find<Object>(row.block);
    return object && !object->hide_viewport && layer && !layer->is_hidden(row.block);
  }
  if (row.kind == OutlinerRow::Kind::Collection) {
    const Collection* collection = session_.document().find<Collection>(row.block);
    return collection && !collection->hide_viewport && layer &&
           !layer->state_of(row.block).hide_viewport && !layer->state_of(row.block).exclude;
  }
  return true;
}

bool OutlinerModel::is_rendered(const OutlinerRow& row) const {
  if (row.kind == OutlinerRow::Kind::Object) {
    const Object* object = session_.document().find<Object>(row.block);
    return object && !object->hide_render;
  }
  const Collection* collection = session_.document().find<Collection>(row.block);
  return !collection || !collection->hide_render;
}

void OutlinerModel::select(std::size_t row, bool extends, bool is_range) {
  const OutlinerRow at = rows_[row];
  const Scene* scene = session_.scene();
  if (!scene || at.kind == OutlinerRow::Kind::Data) {
    return;
  }
  const std::int64_t layer_at = active_layer_index(session_.document(), *scene);
  if (at.kind != OutlinerRow::Kind::Object) {
    session_.edit("Active Collection", [&](Document& document) -> Result<void> {
      document.edit<Scene>(scene->id, Change::Selection)
          .view_layers.edit(layer_at)
          .active_collection = {at.kind == OutlinerRow::Kind::Scene ? BlockId{} : at.block};
      return {};
    });
    return;
  }
  std::vector<BlockId> chosen;
  if (is_range) {
    const int from = row_of(session_.layer()->active.id);
    const std::size_t first = std::min<std::size_t>(row, from < 0 ? row : std::size_t(from)),
                      last = std::max<std::size_t>(row, from < 0 ? row : std::size_t(from));
    for (std::size_t i = first; i <= last; ++i) {
      if (rows_[i].kind == OutlinerRow::Kind::Object) {
        chosen.push_back(rows_[i].block);
      }
    }
  } else if (extends) {
    chosen = session_.layer()->selected.to_vector();
    const auto found = std::find(chosen.begin(), chosen.end(), at.block);
    if (found != chosen.end()) {
      chosen.erase(found);
    } else {
      chosen.push_back(at.block);
    }
  } else {
    chosen = {at.block};
  }
  session_.edit("Select", [&](Document& document) -> Result<void> {
    ViewLayer& layer =
        document.edit<Scene>(scene->id, Change::Selection).view_layers.edit(layer_at);
    layer.selected = IdSet(std::move(chosen));
    layer.active = {at.block};
    return {};
  });
}

void OutlinerModel::rename(std::size_t row, const std::string& name) {
  const OutlinerRow at = rows_[row];
  if (at.kind != OutlinerRow::Kind::Scene && !name.empty()) {
    session_.set({at.block, {}}, *DataBlock::schema().property("name"), Value(name));
  }
}

void OutlinerModel::toggle_shown(std::size_t row) {
  const OutlinerRow at = rows_[row];
  const Scene* scene = session_.scene();
  if (!scene || at.kind == OutlinerRow::Kind::Data || at.kind == OutlinerRow::Kind::Scene) {
    return;
  }
  const bool is_shown_now = is_shown(at);
  session_.edit(is_shown_now ? "Hide" : "Show", [&](Document& document) -> Result<void> {
    ViewLayer& layer = document.edit<Scene>(scene->id, Change::Visibility)
                           .view_layers.edit(active_layer_index(document, *scene));
    if (at.kind == OutlinerRow::Kind::Object) {
      layer.set_hidden(at.block, is_shown_now);
      if (!is_shown_now && document.find<Object>(at.block)->hide_viewport) {
        document.edit<Object>(at.block, Change::Visibility).hide_viewport = false;
      }
    } else {
      layer.edit_state_of(at.block).hide_viewport = is_shown_now;
    }
    return {};
  });
}

void OutlinerModel::toggle_rendered(std::size_t row) {
  const OutlinerRow at = rows_[row];
  const DataBlock* block = session_.document().find(at.block);
  if (at.kind == OutlinerRow::Kind::Object || at.kind == OutlinerRow::Kind::Collection) {
    session_.set({at.block, {}}, *block->dynamic_schema().property("hide_render"),
                 Value(is_rendered(at)));
  }
}

bool OutlinerModel::drop(std::size_t dragged, std::size_t onto) {
  const OutlinerRow from = rows_[dragged], to = rows_[onto];
  const Document& document = session_.document();
  if (from.block == to.block) {
    return false;
  }
  const bool onto_collection =
      to.kind == OutlinerRow::Kind::Collection || to.kind == OutlinerRow::Kind::Scene;
  if (from.kind == OutlinerRow::Kind::Object && to.kind == OutlinerRow::Kind::Object) {
    if (is_descendant(document, to.block, from.block)) {
      session_.report(InfoLine::Kind::Warning, "an object cannot be below itself");
      return false;
    }
    // As Make Parent does with these two: the child stays where it is.
    return session_.edit("Make Parent", [&](Document& head) -> Result<void> {
      const float4x4 parent_world =
          evaluation::Evaluator::world_matrix(head, *head.find<Object>(to.block));
      const float4x4 world =
          evaluation::Evaluator::world_matrix(head, *head.find<Object>(from.block));
      auto& object = head.edit<Object>(from.block, Change::Transform | Change::Hierarchy);
      object.parent = {to.block};
      object.parent_type = ObjectParentType::Object;
      object.matrix_parent_inverse = inverse(parent_world);
      object.set_local_matrix(world);
      return {};
    });
  }
  if (from.kind == OutlinerRow::Kind::Object && onto_collection) {
    return session_.edit("Move to Collection", [&](Document& head) -> Result<void> {
      if (head.find<Object>(from.block)->parent && from.collection == to.block) {
        const float4x4 world =
            evaluation::Evaluator::world_matrix(head, *head.find<Object>(from.block));
        auto& object = head.edit<Object>(from.block, Change::Transform | Change::Hierarchy);
        object.parent = {};
        object.matrix_parent_inverse = float4x4();
        object.set_local_matrix(world);
        return {};
      }
      head.edit<Collection>(from.collection, Change::Hierarchy | Change::Visibility)
          .objects.erase({from.block});
      auto& target = head.edit<Collection>(to.block, Change::Hierarchy | Change::Visibility);
      if (!target.contains({from.block})) {
        target.objects.push_back({from.block});
      }
      return {};
    });
  }
  if (from.kind == OutlinerRow::Kind::Collection && onto_collection) {
    if (is_within(document, to.block, from.block)) {
      session_.report(InfoLine::Kind::Warning, "a collection cannot be inside itself");
      return false;
    }
    return session_.edit("Move Collection", [&](Document& head) -> Result<void> {
      std::erase(
          head.edit<Collection>(from.collection, Change::Hierarchy | Change::Visibility).children,
          BlockRef<Collection>{from.block});
      head.edit<Collection>(to.block, Change::Hierarchy | Change::Visibility)
          .children.push_back({from.block});
      return {};
    });
  }
  return false;
}

void OutlinerModel::add_collection() {
  const Scene* scene = session_.scene();
  if (!scene) {
    return;
  }
  const BlockId active = session_.layer()->active_collection.id;
  const BlockId parent = session_.document().find(active) ? active : scene->collection.id;
  session_.edit("New Collection", [&](Document& document) -> Result<void> {
    const BlockId made = document.add<Collection>("Collection").id;
    document.edit<Collection>(parent, Change::Hierarchy | Change::Visibility)
        .children.push_back({made});
    return {};
  });
}

}  // namespace kiln::editor
