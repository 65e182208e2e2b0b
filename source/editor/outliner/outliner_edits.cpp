#include <algorithm>

#include "document/collection.h"
#include "editor/outliner/outliner_model.h"
#include "editor/view3d/selection.h"

namespace kiln::editor {

void OutlinerModel::select(std::size_t row, bool extends, bool is_range) {
  const OutlinerRow at = rows_[row];
  const Scene* scene = session_.scene();
  if (!settings.use_sync_select && at.block) {
    select_rows(row, extends, is_range);
    return;
  }
  if (const Object* object = session_.document().find<Object>(at.block)) {
    if (is_locked_out(session_, at.block)) {
      session_.report(InfoLine::Kind::Info,
                      "\"" + object->name + "\" is in another mode than the active object");
      return;
    }
    // Without the lock the mode that is on ends.
    const Object* active = session_.active_object();
    if (active && active->mode == ObjectMode::Edit && object->mode != ObjectMode::Edit) {
      session_.run("object.mode_set", {{"mode", Value("OBJECT")}});
    }
  }
  if (at.kind == OutlinerRow::Kind::Block && session_.document().find<Object>(at.block)) {
    select_object(at.block, extends);
    return;
  }
  const bool is_collection =
      at.kind == OutlinerRow::Kind::Collection || at.kind == OutlinerRow::Kind::Scene;
  if (!scene || (!is_collection && at.kind != OutlinerRow::Kind::Object)) {
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
  } else {
    select_object(at.block, extends);
    return;
  }
  session_.edit("Select", [&](Document& document) -> Result<void> {
    ViewLayer& layer =
        document.edit<Scene>(scene->id, Change::Selection).view_layers.edit(layer_at);
    layer.selected = IdSet(std::move(chosen));
    layer.active = {at.block};
    return {};
  });
}

void OutlinerModel::select_object(BlockId id, bool extends) {
  const Scene* scene = session_.scene();
  if (!scene || !is_in_layer(session_.document(), *scene, *session_.layer(), id)) {
    return;
  }
  session_.edit("Select", [&](Document& document) -> Result<void> {
    ViewLayer& layer = document.edit<Scene>(scene->id, Change::Selection)
                           .view_layers.edit(active_layer_index(document, *scene));
    if (extends) {
      layer.set_selected(id, !layer.is_selected(id));
    } else {
      layer.selected = IdSet(std::vector<BlockId>{id});
    }
    layer.active = {id};
    return {};
  });
}

void OutlinerModel::select_rows(std::size_t row, bool extends, bool is_range) {
  const BlockId id = rows_[row].block;
  if (is_range) {
    std::size_t from = row;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (selected_.contains(rows_[i].block)) {
        from = i;
        break;
      }
    }
    for (std::size_t i = std::min(from, row); i <= std::max(from, row); ++i) {
      selected_.insert(rows_[i].block);
    }
  } else if (!extends) {
    selected_ = {id};
  } else if (!selected_.erase(id)) {
    selected_.insert(id);
  }
}

void OutlinerModel::rename(std::size_t row, const std::string& name) {
  const OutlinerRow at = rows_[row];
  const bool has_name = at.kind == OutlinerRow::Kind::Collection ||
                        at.kind == OutlinerRow::Kind::Object ||
                        at.kind == OutlinerRow::Kind::Data || at.kind == OutlinerRow::Kind::Block;
  if (has_name && !name.empty()) {
    session_.set({at.block, {}}, *DataBlock::schema().property("name"), Value(name));
  }
}

void OutlinerModel::set_on(std::size_t row, OutlinerColumn column, bool turns_on,
                           std::uint64_t merge_key) {
  const OutlinerRow at = rows_[row];
  const Scene* scene = session_.scene();
  const DataBlock* block = session_.document().find(at.block);
  if (!scene || !block || !has_switch(at, column)) {
    return;
  }
  if (column == OutlinerColumn::Mode) {
    set_edited(at.block, turns_on);
    return;
  }
  const char* property = column == OutlinerColumn::Select     ? "hide_select"
                         : column == OutlinerColumn::Viewport ? "hide_viewport"
                         : column == OutlinerColumn::Render   ? "hide_render"
                                                              : nullptr;
  if (property) {
    session_.set({at.block, {}}, *block->dynamic_schema().property(property), Value(!turns_on),
                 merge_key);
    return;
  }
  const char* label = column == OutlinerColumn::Hide      ? (turns_on ? "Show" : "Hide")
                      : column == OutlinerColumn::Enable  ? (turns_on ? "Include" : "Exclude")
                      : column == OutlinerColumn::Holdout ? "Holdout"
                                                          : "Indirect Only";
  session_.edit(
      label,
      [&](Document& document) -> Result<void> {
        ViewLayer& layer = document.edit<Scene>(scene->id, Change::Visibility)
                               .view_layers.edit(active_layer_index(document, *scene));
        if (at.kind == OutlinerRow::Kind::Object) {
          layer.set_hidden(at.block, !turns_on);
          return {};
        }
        LayerCollectionState& state = layer.edit_state_of(at.block);
        switch (column) {
          case OutlinerColumn::Enable:
            state.exclude = !turns_on;
            break;
          case OutlinerColumn::Holdout:
            state.holdout = turns_on;
            break;
          case OutlinerColumn::IndirectOnly:
            state.indirect_only = turns_on;
            break;
          default:
            state.hide_viewport = !turns_on;
            break;
        }
        return {};
      },
      merge_key);
}

void OutlinerModel::set_edited(BlockId object, bool is_edited) {
  // Whoever is edited is left first.
  if (!session_.run("object.mode_set", {{"mode", Value("OBJECT")}}) || !is_edited) {
    return;
  }
  select_object(object, /*extends=*/false);
  session_.run("object.mode_set", {{"mode", Value("EDIT")}});
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

void OutlinerModel::select_hierarchy() {
  const Scene* scene = session_.scene();
  if (!scene) {
    return;
  }
  std::vector<BlockId> chosen = with_descendants(session_.selected());
  session_.edit("Select Hierarchy", [&](Document& document) -> Result<void> {
    document.edit<Scene>(scene->id, Change::Selection)
        .view_layers.edit(active_layer_index(document, *scene))
        .selected = IdSet(std::move(chosen));
    return {};
  });
}

bool OutlinerModel::walk(bool is_up, bool extends) {
  const ViewLayer* layer = session_.layer();
  if (!layer) {
    return false;
  }
  const int from = row_of(layer->active.id);
  const int step = is_up ? -1 : 1;
  for (int row = from < 0 ? (is_up ? int(rows_.size()) - 1 : 0) : from + step;
       row >= 0 && row < int(rows_.size()); row += step) {
    if (rows_[std::size_t(row)].kind == OutlinerRow::Kind::Object) {
      // What was selected on the way back leaves again.
      select(std::size_t(row), extends && !is_selected(rows_[std::size_t(row)]), false);
      return true;
    }
  }
  return false;
}

}  // namespace kiln::editor
