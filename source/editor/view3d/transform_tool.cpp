#include "editor/view3d/transform_tool.h"

#include <algorithm>
#include <bit>
#include <numbers>
#include <unordered_set>

#include "core/tracking.h"
#include "core/units.h"
#include "editor/preferences/current.h"
#include "evaluation/evaluator.h"
#include "operators/edit_mode.h"

namespace kiln::editor {
namespace {

constexpr float pi = std::numbers::pi_v<float>;

constexpr const char* mode_names[] = {"Move", "Rotate", "Scale"};
constexpr const char* operator_names[] = {"transform.translate", "transform.rotate",
                                          "transform.resize"};
constexpr const char axis_names[] = "XYZ";

operators::Proportional proportional_of(const Session& session,
                                        const render::raster::ViewCamera& camera) {
  const Scene* scene = session.scene();
  operators::Proportional settings = operators::Proportional::of(
      scene ? scene->tool_settings : ToolSettings(), edited_mesh(session).mesh == nullptr);
  settings.view_direction = normalize(float3{camera.view[2].x, camera.view[2].y, camera.view[2].z});
  return settings;
}

UnitSystem unit_system(const Session& session) {
  const Scene* scene = session.scene();
  return scene ? UnitSystem(int(scene->unit_settings.system)) : UnitSystem::Metric;
}

}  // namespace

TransformTool::TransformTool(Session& session, TransformMode mode,
                             const render::raster::ViewCamera& camera, int width, int height,
                             float2 mouse, int axis_mask)
    : session_(session),
      mode_(mode),
      camera_(camera),
      width_(width),
      height_(height),
      start_(mouse),
      mouse_(mouse),
      effective_(mouse),
      proportional_(proportional_of(session, camera)),
      target_(make_transform_target(session, proportional_)),
      places_(target_->places()),
      before_(session.document()),
      snapper_(session, camera, width, height),
      axis_mask_(axis_mask) {
  is_active_ = !target_->empty();
  const float3x3 view = transpose(upper3x3(camera.view));
  frame_ = transform_frame(session, *target_, view, int(mode) + 1);
  other_orientation_ = frame_.orientation == TransformOrientation::Global
                           ? TransformOrientation::Local
                           : TransformOrientation::Global;
  other_axes_ = orientation_axes(session, other_orientation_, view);
  numbers_.begin_with_expressions(current_preferences(session).inputs.use_numeric_input_advanced);
  numbers_.set_fields(mode == TransformMode::Rotate ? 1
                      : axis_mask_                  ? std::popcount(unsigned(axis_mask_))
                                                    : 3);
  const float2 center = project(camera_, width_, height_, pivot()).value_or(mouse);
  last_mouse_angle_ = std::atan2(mouse.y - center.y, mouse.x - center.x);
}

float3x3 TransformTool::axes() const {
  return is_other_ ? other_axes_ : frame_.axes;
}

float3 TransformTool::view_z() const {
  return normalize(float3{camera_.view[2].x, camera_.view[2].y, camera_.view[2].z});
}

float3 TransformTool::mouse_offset() const {
  const Ray from = ray_at(camera_, width_, height_, start_),
            to = ray_at(camera_, width_, height_, effective_);
  const float3 view_z = this->view_z();
  const float3x3 m = axes();
  const auto axis_at = [&](int i) { return float3{m[0][i], m[1][i], m[2][i]}; };
  const auto on_plane = [&](const Ray& ray, float3 normal) {
    const float across = dot(ray.direction, normal);
    return std::abs(across) < 1e-5f
               ? pivot()
               : ray.origin + ray.direction * (dot(pivot() - ray.origin, normal) / across);
  };
  const int count = std::popcount(unsigned(axis_mask_));
  if (count == 1) {
    // The plane through the axis that faces the view most.
    const float3 axis = axis_at(std::countr_zero(unsigned(axis_mask_)));
    const float3 normal = normalize(cross(axis, cross(view_z, axis)));
    if (length(cross(view_z, axis)) < 0.02f) {
      const float pixel = pixel_size_at(camera_, width_, height_, pivot());
      return axis * ((effective_.x - start_.x) - (effective_.y - start_.y)) * pixel;
    }
    return axis * dot(axis, on_plane(to, normal) - on_plane(from, normal));
  }
  if (count == 2) {
    const float3 normal = axis_at(std::countr_zero(unsigned(~axis_mask_ & 7)));
    if (std::abs(dot(normal, view_z)) > 0.05f) {
      return on_plane(to, normal) - on_plane(from, normal);
    }
  }
  float3 offset = on_plane(to, view_z) - on_plane(from, view_z);
  if (count == 2) {
    const float3 normal = axis_at(std::countr_zero(unsigned(~axis_mask_ & 7)));
    offset -= normal * dot(offset, normal);
  }
  return offset;
}

void TransformTool::mouse_moved(float2 mouse, bool snaps, bool is_precise) {
  const float2 step = mouse - mouse_;
  mouse_ = mouse;
  effective_ += step * (is_precise ? 0.1f : 1.0f);
  toggles_snap_ = snaps;
  is_precise_ = is_precise;
  const float2 center = project(camera_, width_, height_, pivot()).value_or(start_);
  const float now = std::atan2(mouse.y - center.y, mouse.x - center.x);
  turned_ += std::remainder(now - last_mouse_angle_, 2.0f * pi) * (is_precise ? 0.1f : 1.0f);
  last_mouse_angle_ = now;
  update();
}

namespace {

// Turns the Z axis of objects along a direction; those below another one of them go along with it.
void align_objects(Document& document, const std::vector<BlockId>& objects, float3 direction) {
  const std::unordered_set<BlockId> all(objects.begin(), objects.end());
  for (const BlockId id : objects) {
    const Object* object = document.find<Object>(id);
    const Object* above = object ? document.find(object->parent) : nullptr;
    while (above && !all.contains(above->id)) {
      above = document.find(above->parent);
    }
    if (!object || above) {
      continue;
    }
    const float4x4 world = evaluation::Evaluator::world_matrix(document, *object);
    const float3 z{world[0][2], world[1][2], world[2][2]};
    if (length(z) < 1e-12f) {
      continue;
    }
    const float3x3 turn = quaternion_to_matrix(smallest_rotation(normalize(z), direction));
    const float4x4 turned = to_float4x4(turn * upper3x3(world), translation(world));
    const float4x4 local = object->local_matrix() * inverse(world) * turned;
    Object& edited = document.edit<Object>(id, Change::Transform);
    const float3 scale = edited.scale;
    edited.set_local_matrix(local);
    edited.scale = scale;
  }
}

}  // namespace

namespace {

// Whether things go onto surfaces one by one: onto those behind them, or those nearest to them.
bool projects_each(const ToolSettings& tools) {
  return tools.use_snap_project && tools.snaps_to(SnapElements::Face);
}
bool is_each(const ToolSettings& tools) {
  return projects_each(tools) || tools.snaps_to(SnapElements::FaceNearest);
}
// What is looked for under the mouse.
SnapElements under_mouse(const ToolSettings& tools) {
  return SnapElements(int(tools.snap_elements) & ~int(SnapElements::FaceNearest) &
                      ~int(SnapElements::Increment) &
                      ~(tools.use_snap_project ? int(SnapElements::Face) : 0));
}

}  // namespace

void TransformTool::put_onto_surfaces(Document& document, const ToolSettings& tools,
                                      bool is_on_for_mode) const {
  const bool snaps = toggles_snap_ != (tools.use_snap && is_on_for_mode);
  if (!snaps || !is_each(tools) || !numbers_.is_empty() || snap_) {
    return;
  }
  const SurfaceSnap& surfaces = snapper_.surfaces();
  const auto find = [&](float3 start, float3 now) -> std::optional<SurfaceSnap::Point> {
    if (projects_each(tools)) {
      if (const auto at = project(camera_, width_, height_, now)) {
        const Ray ray = ray_at(camera_, width_, height_, *at);
        if (const auto hit =
                surfaces.first_along(ray.origin, ray.direction, tools.use_snap_backface_culling)) {
          return hit;
        }
      }
    }
    if (!tools.snaps_to(SnapElements::FaceNearest)) {
      return std::nullopt;
    }
    int target = -1;
    if (tools.use_snap_to_same_target) {
      const auto first = surfaces.nearest(start);
      target = first ? first->target : -1;
    }
    return surfaces.nearest_along(start, now, tools.snap_face_nearest_steps, target);
  };
  target_->settle(document, [&](float3 start, float3 now) {
    const auto point = find(start, now);
    return point ? point->place : now;
  });
  if (tools.use_snap_align_rotation && target_->is_objects() && mode_ == TransformMode::Move) {
    for (const BlockId id : session_.selected()) {
      const Object* object = document.find<Object>(id);
      const auto point =
          object ? surfaces.nearest(
                       translation(evaluation::Evaluator::world_matrix(document, *object)))
                 : std::nullopt;
      if (point) {
        align_objects(document, {id}, point->normal);
      }
    }
  }
}

// Which point of what is moved goes to the target.
float3 TransformTool::snap_source(float3 target) const {
  const Scene* scene = session_.scene();
  switch (scene ? scene->tool_settings.snap_target : SnapTarget::Center) {
    case SnapTarget::Center:
      return pivot();
    case SnapTarget::Median: {
      float3 sum;
      for (const float3& place : places_) {
        sum += place;
      }
      return sum / float(std::max<std::size_t>(places_.size(), 1));
    }
    case SnapTarget::Active:
      if (const Object* active = before_.find(session_.layer()->active);
          active && target_->is_objects()) {
        return translation(evaluation::Evaluator::world_matrix(before_, *active));
      }
      return pivot();
    case SnapTarget::Closest:
      break;
  }
  float3 best = pivot();
  float nearest = 1e30f;
  for (const float3& place : places_) {
    const float distance = length(place - target);
    if (distance < nearest) {
      nearest = distance;
      best = place;
    }
  }
  return best;
}

bool TransformTool::snaps_increments(bool is_on_for_mode) const {
  const Scene* scene = session_.scene();
  return toggles_snap_ != (scene && scene->tool_settings.use_snap && is_on_for_mode);
}

void TransformTool::update() {
  if (!is_active_) {
    return;
  }
  const UnitSystem system = unit_system(session_);
  const Scene* scene = session_.scene();
  const ToolSettings tools = scene ? scene->tool_settings : ToolSettings();
  Document& document = session_.project().document;
  const float3x3 m = axes();
  snap_ = std::nullopt;
  switch (mode_) {
    case TransformMode::Move: {
      float3 offset = mouse_offset();
      const bool snaps = snaps_increments(tools.use_snap_translate);
      if (snaps && int(under_mouse(tools)) != 0) {
        snap_ = snapper_.find(mouse_, {.wanted = under_mouse(tools),
                                       .culls_backfaces = tools.use_snap_backface_culling,
                                       .peels_objects = tools.use_snap_peel_object,
                                       .start = pivot()});
      }
      // In the axes of the constraint.
      float3 along = transpose(m) * offset;
      if (snap_) {
        along = transpose(m) * (snap_->place - snap_source(snap_->place));
        for (int i = 0; i < 3; ++i) {
          if (axis_mask_ != 0 && !(axis_mask_ >> i & 1)) {
            along[i] = 0.0f;
          }
        }
      } else if (snaps && (tools.snaps_to(SnapElements::Increment) ||
                           (toggles_snap_ && !is_each(tools)))) {
        const float step = is_precise_ ? 0.1f : 1.0f;
        for (int i = 0; i < 3; ++i) {
          const bool is_kept = axis_mask_ != 0 && !(axis_mask_ >> i & 1);
          const float from = tools.use_snap_grid_absolute ? (transpose(m) * pivot())[i] : 0.0f;
          along[i] = is_kept ? 0.0f : std::round((from + along[i]) / step) * step - from;
        }
      }
      if (!numbers_.is_empty()) {
        along = {};
        int field = 0;
        for (int i = 0; i < 3; ++i) {
          if (axis_mask_ == 0 || (axis_mask_ >> i & 1)) {
            along[i] = float(numbers_.value(field++, UnitCategory::Length, system).value_or(0.0));
          }
        }
      }
      offset_ = along;
      if (tools.use_snap_align_rotation) {
        document.restore(before_);  // how objects were turned
      }
      target_->translate(document, m * along);
      if (snap_ && snap_->normal && tools.use_snap_align_rotation && target_->is_objects() &&
          numbers_.is_empty()) {
        align_objects(document, session_.selected(), *snap_->normal);
      }
      put_onto_surfaces(document, tools, tools.use_snap_translate);
      break;
    }
    case TransformMode::Rotate: {
      float angle = -turned_;
      const int single =
          std::popcount(unsigned(axis_mask_)) == 1 ? std::countr_zero(unsigned(axis_mask_)) : -1;
      float3 axis = view_z();
      if (single >= 0) {
        axis = {m[0][single], m[1][single], m[2][single]};
        angle = dot(axis, view_z()) < 0.0f ? -angle : angle;
      }
      if (snaps_increments(tools.use_snap_rotate)) {
        const float step = (is_precise_ ? 1.0f : 5.0f) * pi / 180.0f;
        angle = std::round(angle / step) * step;
      }
      if (const auto typed = numbers_.value(0, UnitCategory::Rotation, system);
          typed && !numbers_.is_empty()) {
        angle = float(*typed);
      }
      angle_ = angle;
      target_->rotate(document, frame_.center, axis, angle);
      put_onto_surfaces(document, tools, tools.use_snap_rotate);
      break;
    }
    case TransformMode::Scale: {
      const float2 center = project(camera_, width_, height_, pivot()).value_or(start_);
      float factor = length(effective_ - center) / std::max(1.0f, length(start_ - center));
      factor = dot(effective_ - center, start_ - center) < 0.0f ? -factor : factor;
      if (snaps_increments(tools.use_snap_scale)) {
        const float steps = is_precise_ ? 100.0f : 10.0f;
        factor = std::round(factor * steps) / steps;
      }
      factors_ = {1, 1, 1};
      int field = 0;
      for (int i = 0; i < 3; ++i) {
        if (axis_mask_ == 0 || (axis_mask_ >> i & 1)) {
          factors_[i] = factor;
          if (!numbers_.is_empty()) {
            // One number stands for all axes.
            const auto typed = numbers_.value(field, UnitCategory::None, UnitSystem::None);
            factors_[i] = float(typed.value_or(
                field > 0 && numbers_.text(1).empty() && numbers_.text(2).empty()
                    ? numbers_.value(0, UnitCategory::None, UnitSystem::None).value_or(1.0)
                    : 1.0));
            ++field;
          }
        }
      }
      target_->resize(document, frame_.center, m, factors_);
      put_onto_surfaces(document, tools, tools.use_snap_scale);
      break;
    }
  }
  session_.announce();
}

// What moves along has changed: everything goes back, and from there on again.
void TransformTool::remake_target() {
  session_.project().document.restore(before_);
  target_ = make_transform_target(session_, proportional_);
  update();
}

bool TransformTool::wheel(int steps) {
  if (!proportional_.is_on) {
    return false;
  }
  proportional_.size =
      std::clamp(proportional_.size * std::pow(1.1f, float(-steps)), 1e-5f, 5000.0f);
  remake_target();
  return true;
}

bool TransformTool::key(const KeyStroke& stroke, const std::string& text) {
  if (stroke.key == "X" || stroke.key == "Y" || stroke.key == "Z") {
    const int bit = 1 << (stroke.key[0] - 'X');
    const int mask = stroke.shift && mode_ != TransformMode::Rotate ? 7 & ~bit : bit;
    // The same key again: the other orientation, then free.
    if (axis_mask_ == mask && !is_other_) {
      is_other_ = true;
    } else if (axis_mask_ == mask) {
      axis_mask_ = 0;
      is_other_ = false;
    } else {
      axis_mask_ = mask;
      is_other_ = false;
    }
    numbers_.set_fields(mode_ == TransformMode::Rotate ? 1
                        : axis_mask_                   ? std::popcount(unsigned(axis_mask_))
                                                       : 3);
    update();
    return true;
  }
  if (stroke.key == "O" && !stroke.ctrl && !stroke.alt) {
    // On and off, and with Shift the next falloff.
    if (stroke.shift && proportional_.is_on) {
      const auto count = proportional_falloff_items().size();
      proportional_.falloff = ProportionalFalloff((std::size_t(proportional_.falloff) + 1) % count);
    } else {
      proportional_.is_on = !proportional_.is_on;
    }
    remake_target();
    return true;
  }
  if (stroke.key == "PAGE_UP" || stroke.key == "PAGE_DOWN") {
    return wheel(stroke.key == "PAGE_UP" ? -1 : 1);
  }
  const char* modes = "GRS";
  for (int i = 0; i < 3; ++i) {
    if (stroke.key == std::string(1, modes[i]) && !stroke.ctrl && !stroke.alt && !stroke.shift) {
      session_.project().document.restore(before_);
      mode_ = TransformMode(i);
      frame_ = transform_frame(session_, *target_, transpose(upper3x3(camera_.view)), i + 1);
      start_ = effective_ = mouse_;
      turned_ = 0.0f;
      numbers_.clear();
      numbers_.set_fields(mode_ == TransformMode::Rotate ? 1 : 3);
      update();
      return true;
    }
  }
  if (numbers_.key(stroke, text)) {
    update();
    return true;
  }
  return false;
}

std::string TransformTool::orientation() const {
  return is_other_ ? orientation_name(other_orientation_) : frame_.name;
}

OperatorSettings TransformTool::settings() const {
  OperatorSettings out;
  const auto numbers = [](float3 v) { return Value(Value::Numbers{v.x, v.y, v.z}); };
  const auto constraint = [&] {
    return Value(Value::Numbers{double(axis_mask_ & 1), double(axis_mask_ >> 1 & 1),
                                double(axis_mask_ >> 2 & 1)});
  };
  switch (mode_) {
    case TransformMode::Move:
      out.emplace_back("value", numbers(offset_));
      break;
    case TransformMode::Rotate:
      out.emplace_back("value", Value(double(angle_)));
      out.emplace_back(
          "orient_axis",
          Value(
              std::string(1, axis_names[std::countr_zero(unsigned(axis_mask_ ? axis_mask_ : 4))])));
      break;
    case TransformMode::Scale:
      out.emplace_back("value", numbers(factors_));
      break;
  }
  if (frame_.orientation == TransformOrientation::Custom && !is_other_) {
    // One of the user's may be gone when this is run again: its axes, one after the other.
    const float3x3 m = frame_.axes;
    Value::List axes;
    for (int i = 0; i < 3; ++i) {
      axes.emplace_back(Value::Numbers{m[0][i], m[1][i], m[2][i]});
    }
    out.emplace_back("orient_matrix", Value(axes));
  } else if (orientation() != "global") {
    std::string type = orientation();
    std::transform(type.begin(), type.end(), type.begin(),
                   [](unsigned char c) { return char(std::toupper(c)); });
    out.emplace_back("orient_type", Value(type));
  }
  if (axis_mask_ != 0) {
    out.emplace_back("constraint_axis", constraint());
  }
  add_proportional_settings(out);
  return out;
}

void TransformTool::add_proportional_settings(OperatorSettings& out) const {
  if (!proportional_.is_on) {
    return;
  }
  out.emplace_back("use_proportional_edit", Value(true));
  out.emplace_back(
      "proportional_edit_falloff",
      Value(proportional_falloff_items()[std::size_t(proportional_.falloff)].identifier));
  out.emplace_back("proportional_size", Value(proportional_.size));
  if (proportional_.is_connected) {
    out.emplace_back("use_proportional_connected", Value(true));
  }
}

void TransformTool::confirm() {
  if (!is_active_) {
    return;
  }
  is_active_ = false;
  const OperatorSettings with = settings();
  // The operator knows the median, and the axes of the world or the active object. What refers to
  // anything else is kept, but cannot be repeated.
  const Scene* scene = session_.scene();
  const bool is_onto_surfaces = scene && numbers_.is_empty() && is_each(scene->tool_settings) &&
                                toggles_snap_ != scene->tool_settings.use_snap;
  const bool is_repeatable =
      !is_onto_surfaces && !proportional_.is_projected && !(snap_ && scene->tool_settings.use_snap_align_rotation) &&
      (mode_ != TransformMode::Rotate || std::popcount(unsigned(axis_mask_)) == 1) &&
      (mode_ == TransformMode::Move ||
       (scene && scene->tool_settings.transform_pivot_point == TransformPivot::MedianPoint &&
        !frame_.center.only_locations)) &&
      (orientation() == "global" || orientation() == "local");
  // What was chosen while moving holds for the next time.
  if (scene && proportional_.is_on) {
    ToolSettings tools = scene->tool_settings;
    tools.proportional_size = proportional_.size;
    tools.proportional_edit_falloff = proportional_.falloff;
    (target_->is_objects() ? tools.use_proportional_edit_objects : tools.use_proportional_edit) =
        true;
    session_.project().document.edit<Scene>(scene->id, Change::Selection).tool_settings = tools;
  }
  if (!target_->is_objects()) {
    Progress progress;
    operators::Context context(session_.project(), progress);
    if (const Result<void> merged = operators::merge_moved_vertices(context); !merged) {
      session_.report(InfoLine::Kind::Error, merged.error().message);
    }
  }
  const std::uint64_t key = unique_number();
  session_.keep(mode_names[int(mode_)], python_call(operator_names[int(mode_)], with), key);
  if (is_repeatable) {
    session_.set_last_operation(
        {session_.operators().find(operator_names[int(mode_)]), with, before_, key});
  }
}

void TransformTool::keep_to_normal() {
  frame_.orientation = TransformOrientation::Normal;
  frame_.axes =
      orientation_axes(session_, TransformOrientation::Normal, transpose(upper3x3(camera_.view)));
  axis_mask_ = 4;
  numbers_.set_fields(1);
}

void TransformTool::cancel() {
  if (is_active_) {
    is_active_ = false;
    session_.project().document.restore(before_);
    session_.announce();
  }
}

std::string TransformTool::status() const {
  const UnitSystem system = unit_system(session_);
  std::string text = mode_names[int(mode_)];
  const auto typed = [&](int field, const std::string& shown) {
    return numbers_.is_empty()
               ? shown
               : fmt::format("[{}{}]", numbers_.text(field), numbers_.field() == field ? "|" : "");
  };
  int field = 0;
  if (mode_ == TransformMode::Rotate) {
    text += ": " + typed(0, fmt::format("{:.2f}°", angle_ * 180.0f / pi));
  } else {
    for (int i = 0; i < 3; ++i) {
      if (axis_mask_ == 0 || (axis_mask_ >> i & 1)) {
        const std::string shown = mode_ == TransformMode::Move
                                      ? format_with_unit(system, UnitCategory::Length,
                                                         double(offset_[i]), {.precision = 4})
                                      : fmt::format("{:.4f}", factors_[i]);
        text += fmt::format("  {}: {}", axis_names[i], typed(field++, shown));
      }
    }
  }
  if (axis_mask_ != 0) {
    text += "  along " + orientation() + " ";
    for (int i = 0; i < 3; ++i) {
      if (axis_mask_ >> i & 1) {
        text += axis_names[i];
      }
    }
  }
  if (proportional_.is_on) {
    text += fmt::format("  {}: {:.2f}",
                        proportional_falloff_items()[std::size_t(proportional_.falloff)].label,
                        proportional_.size);
  }
  if (snap_) {
    text += snap_->element == SnapElements::Vertex              ? "  at a vertex"
            : snap_->element == SnapElements::Edge              ? "  at an edge"
            : snap_->element == SnapElements::EdgeMidpoint      ? "  at the middle of an edge"
            : snap_->element == SnapElements::EdgePerpendicular ? "  across from an edge"
            : snap_->element == SnapElements::Volume            ? "  inside"
                                                                : "  on a face";
  }
  return text;
}

}  // namespace kiln::editor
