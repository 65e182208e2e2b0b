// Selecting in a viewport: objects by their pixels or origins, parts of a mesh in edit mode.
#include "editor/preferences/current.h"
#include "editor/view3d/viewport.h"

namespace kiln::editor {
namespace {

float2 to_float2(QPointF p) {
  return {float(p.x()), float(p.y())};
}

}  // namespace

// Everything under the mouse, hidden or not, the object with the nearest origin first.
Result<std::vector<render::raster::PickHit>> Viewport::pick_by_middle(
    QPointF at, const render::raster::PixelRect& rect, const std::vector<std::uint32_t>& ignored) {
  const double ratio = devicePixelRatioF();
  const Result<std::vector<std::uint32_t>> numbers = renderer_->pick_all(
      list_, camera(), look_, int(width() * ratio), int(height() * ratio), rect);
  if (!numbers) {
    return numbers.error();
  }
  const float4x4 projection = camera().view_projection();
  std::vector<render::raster::PickHit> hits;
  for (const std::uint32_t number : *numbers) {
    if (std::find(ignored.begin(), ignored.end(), number) != ignored.end()) {
      continue;
    }
    const evaluation::EvaluatedObject* object =
        list_->scene ? list_->scene->find(list_->objects[number - 1]) : nullptr;
    float distance = 1e9f;
    if (object) {
      const float3 p = translation(object->world_matrix);
      const auto row = [&](int i) {
        return projection[i].x * p.x + projection[i].y * p.y + projection[i].z * p.z +
               projection[i].w;
      };
      if (row(3) > 0.0f) {
        const double x = (0.5 + 0.5 * double(row(0) / row(3))) * width();
        const double y = (0.5 - 0.5 * double(row(1) / row(3))) * height();
        distance = float(std::hypot(x - at.x(), y - at.y()));
      }
    }
    hits.push_back({number, distance});
  }
  std::sort(hits.begin(), hits.end(),
            [](const auto& a, const auto& b) { return a.distance < b.distance; });
  return hits;
}

std::vector<render::raster::PickHit> Viewport::pick(QPointF at,
                                                    const std::vector<std::uint32_t>& ignored) {
  if (!renderer_) {
    return {};
  }
  makeCurrent();
  const double ratio = devicePixelRatioF();
  const int reach = int(7 * ratio), w = int(width() * ratio), h = int(height() * ratio);
  const render::raster::PixelRect rect{int(at.x() * ratio) - reach,
                                       h - 1 - int(at.y() * ratio) - reach, 2 * reach + 1,
                                       2 * reach + 1};
  const bool has_depth = current_preferences(context_.session).system.use_select_pick_depth;
  Result<std::vector<render::raster::PickHit>> hits =
      has_depth ? renderer_->pick(list_, camera(), look_, w, h, rect, ignored)
                : pick_by_middle(at, rect, ignored);
  doneCurrent();
  if (!hits) {
    context_.session.report(InfoLine::Kind::Error, hits.error().message);
    return {};
  }
  return *hits;
}

// The depths of the view as it was drawn last; empty where everything can be reached.
DepthAt Viewport::depth_reader() {
  const View3DShading& shading = look_.shading;
  const bool is_through = shading.type == ViewShadingType::Wireframe ? shading.show_xray_wireframe
                          : shading.type == ViewShadingType::Solid   ? shading.show_xray
                                                                     : !look_.overlay.show_overlays;
  if (is_through || !renderer_) {
    return {};
  }
  makeCurrent();
  auto depths = std::make_shared<const render::raster::DepthPicture>(renderer_->depths());
  doneCurrent();
  const double ratio = devicePixelRatioF();
  return [depths, ratio](float2 at) {
    const int x = int(double(at.x) * ratio), y = depths->height - 1 - int(double(at.y) * ratio);
    return x >= 0 && y >= 0 && x < depths->width && y < depths->height
               ? depths->values[std::size_t(y) * std::size_t(depths->width) + std::size_t(x)]
               : 1.0f;
  };
}

bool Viewport::is_selectable(BlockId id) const {
  if (is_locked_out(context_.session, id)) {
    return false;
  }
  const std::uint32_t kinds = look_.hidden_kinds | unselectable_kinds;
  const Document& document = context_.session.document();
  // What lies behind, of another scene, is only seen.
  if (const Scene* scene = context_.session.scene();
      scene && scene->background_set &&
      !is_in_layer(document, *scene, *context_.session.layer(), id)) {
    return false;
  }
  const Object* object = kinds != 0 ? document.find<Object>(id) : nullptr;
  return !object || (kinds & object_kind_bit(object_type(document, *object))) == 0;
}

void Viewport::select_at(QPointF place, SelectMode mode) {
  Session& session = context_.session;
  const Scene* scene = session.scene();
  if (const EditedMesh edited = edited_mesh(session); edited.mesh && scene) {
    const EditPicker picker(edited, camera(), width(), height(), depth_reader());
    const auto hit = picker.nearest(to_float2(place), scene->tool_settings.mesh_select_mode);
    if (hit) {
      select_elements(session, hit->domain, {hit->index}, mode, "Select");
    } else if (mode == SelectMode::Set) {
      select_elements(session, Domain::Point, {}, mode, "Deselect All");
    }
    return;
  }
  // Clicks at the same place go through what lies there, the nearest first.
  if ((place - cycle_place_).manhattanLength() >
      current_preferences(session).inputs.move_threshold) {
    cycled_.clear();
    cycle_place_ = place;
  }
  std::vector<render::raster::PickHit> hits = pick(place, cycled_);
  if (hits.empty() && !cycled_.empty()) {
    cycled_.clear();
    hits = pick(place);
  }
  if (hits.empty()) {
    if (mode == SelectMode::Set && !session.selected().empty()) {
      set_selected_objects(session, {}, std::nullopt, "Deselect All");
    }
    return;
  }
  while (!hits.empty() && !is_selectable(list_->objects[hits.front().number - 1])) {
    hits.erase(hits.begin());
  }
  if (hits.empty()) {
    return;
  }
  const std::uint32_t number = hits.front().number;
  cycled_.push_back(number);
  select_object(session, list_->objects[number - 1], mode);
}

void Viewport::select_box(QRect box, SelectMode mode) {
  Session& session = context_.session;
  box = box.intersected(rect());
  const Scene* scene = session.scene();
  if (edited_mesh(session).mesh && scene) {
    const QRectF area(box);
    select_shape([area](float2 p) { return area.contains(QPointF(p.x, p.y)); }, mode, "Box Select",
                 0);
    return;
  }
  if (!renderer_) {
    return;
  }
  makeCurrent();
  const double ratio = devicePixelRatioF();
  const int h = int(height() * ratio);
  const render::raster::PixelRect rect{int(box.x() * ratio),
                                       h - int((box.y() + box.height()) * ratio),
                                       int(box.width() * ratio), int(box.height() * ratio)};
  const Result<std::vector<std::uint32_t>> hits =
      renderer_->pick_all(list_, camera(), look_, int(width() * ratio), h, rect);
  doneCurrent();
  if (!hits) {
    session.report(InfoLine::Kind::Error, hits.error().message);
    return;
  }
  std::vector<BlockId> inside;
  for (const std::uint32_t number : *hits) {
    if (is_selectable(list_->objects[number - 1])) {
      inside.push_back(list_->objects[number - 1]);
    }
  }
  select_objects(session, inside, mode, "Box Select");
}

void Viewport::select_shape(const ScreenTest& test, SelectMode mode, const std::string& label,
                            std::uint64_t merge_key) {
  Session& session = context_.session;
  const Scene* scene = session.scene();
  if (const EditedMesh edited = edited_mesh(session); edited.mesh && scene) {
    const Domain domain = modeling::selected_domain(scene->tool_settings.mesh_select_mode);
    const EditPicker picker(edited, camera(), width(), height(), depth_reader());
    select_elements(session, domain, picker.inside(domain, test), mode, label, merge_key);
    return;
  }
  std::vector<BlockId> inside = objects_inside(session, camera(), width(), height(), test);
  std::erase_if(inside, [this](BlockId id) { return !is_selectable(id); });
  select_objects(session, inside, mode, label, merge_key);
}

// One place of a stroke of circles; the first may replace what was selected, the rest add to it.
void Viewport::paint_circle(QPointF at, SelectMode mode) {
  if (mode == SelectMode::Set && !std::exchange(is_stroke_set_, false)) {
    mode = SelectMode::Add;
  }
  select_shape(inside_circle(to_float2(at), float(circle_radius_)), mode, "Circle Select",
               stroke_key_);
}

}  // namespace kiln::editor
