#include "editor/view3d/selection.h"

#include <algorithm>
#include <unordered_set>

namespace kiln::editor {

ScreenTest inside_circle(float2 center, float radius) {
  return [center, radius](float2 p) { return length(p - center) <= radius; };
}

ScreenTest inside_polygon(const QPolygonF& polygon) {
  return [polygon, box = polygon.boundingRect()](float2 p) {
    const QPointF at(p.x, p.y);
    return box.contains(at) && polygon.containsPoint(at, Qt::OddEvenFill);
  };
}

bool is_locked_out(const Session& session, BlockId object) {
  const Scene* scene = session.scene();
  const Object* active = session.active_object();
  const Object* wanted = session.document().find<Object>(object);
  return scene && scene->tool_settings.lock_object_mode && active && wanted &&
         active->mode != wanted->mode;
}

void set_selected_objects(Session& session, const std::vector<BlockId>& objects,
                          std::optional<BlockId> active, const std::string& label,
                          std::uint64_t merge_key) {
  const Scene* scene = session.scene();
  if (!scene) {
    return;
  }
  session.edit(
      label,
      [&](Document& document) -> Result<void> {
        const std::int64_t at = active_layer_index(document, *scene);
        ViewLayer& layer = document.edit<Scene>(scene->id, Change::Selection).view_layers.edit(at);
        std::vector<BlockId> ordered;
        for (const BlockId id : objects) {
          const Object* object = document.find<Object>(id);
          if (object && !object->hide_select) {
            ordered.push_back(id);
          }
        }
        layer.selected = IdSet(std::move(ordered));
        if (active) {
          layer.active = {*active};
        }
        return {};
      },
      merge_key);
}

void select_objects(Session& session, const std::vector<BlockId>& pointed_at, SelectMode mode,
                    const std::string& label, std::uint64_t merge_key) {
  const std::vector<BlockId> before = session.selected();
  std::unordered_set<BlockId> chosen;
  if (mode != SelectMode::Set) {
    chosen.insert(before.begin(), before.end());
  }
  for (const BlockId id : pointed_at) {
    if (mode == SelectMode::Subtract) {
      chosen.erase(id);
    } else {
      chosen.insert(id);
    }
  }
  if (chosen == std::unordered_set<BlockId>(before.begin(), before.end())) {
    return;
  }
  set_selected_objects(session, {chosen.begin(), chosen.end()}, std::nullopt, label, merge_key);
}

void select_object(Session& session, BlockId object, SelectMode mode) {
  if (mode == SelectMode::Set) {
    set_selected_objects(session, {object}, object, "Select");
    return;
  }
  std::vector<BlockId> selected = session.selected();
  const auto found = std::find(selected.begin(), selected.end(), object);
  const bool is_active = session.layer() && session.layer()->active.id == object;
  if (found != selected.end() && (is_active || mode == SelectMode::Subtract)) {
    selected.erase(found);
  } else if (found == selected.end() && mode != SelectMode::Subtract) {
    selected.push_back(object);
  }
  set_selected_objects(session, selected, object, "Select");
}

std::vector<BlockId> objects_inside(const Session& session,
                                    const render::raster::ViewCamera& camera, int width, int height,
                                    const ScreenTest& test) {
  std::vector<BlockId> inside;
  const auto evaluated = session.evaluated();
  if (!evaluated) {
    return inside;
  }
  for (const evaluation::Instance& instance : evaluated->instances) {
    if (!instance.is_visible || instance.instancer >= 0) {
      continue;
    }
    const auto at = project(camera, width, height, translation(instance.world_matrix));
    if (at && test(*at)) {
      inside.push_back(evaluated->objects[std::size_t(instance.object)].id);
    }
  }
  return inside;
}

}  // namespace kiln::editor
