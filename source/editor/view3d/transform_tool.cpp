#include "editor/view3d/transform_tool.h"

#include <bit>
#include <numbers>

#include "core/units.h"

namespace kiln::editor {
namespace {

constexpr float pi = std::numbers::pi_v<float>;

constexpr const char* mode_names[] = {"Move", "Rotate", "Scale"};
constexpr const char* operator_names[] = {"transform.translate", "transform.rotate",
                                          "transform.resize"};
constexpr const char axis_names[] = "XYZ";

UnitSystem unit_system(const Session& session) {
  const Scene* scene = session.scene();
  return scene ? UnitSystem(int(scene->unit_settings.system)) : UnitSystem::Metric;
}

}  // namespace

bool NumberInput::is_empty() const {
  return texts_[0].empty() && texts_[1].empty() && texts_[2].empty() &&
         is_negative_ == std::array<bool, 3>{};
}

bool NumberInput::key(const KeyStroke& stroke, const std::string& text) {
  std::string& field = texts_[std::size_t(field_)];
  if (stroke.key == "BACK_SPACE") {
    if (field.empty()) {
      is_negative_[std::size_t(field_)] = false;
    } else {
      field.pop_back();
    }
    return true;
  }
  if (stroke.key == "TAB" && !is_empty()) {
    field_ = (field_ + 1) % fields_;
    return true;
  }
  if (text.size() != 1 || stroke.ctrl || stroke.alt) {
    return false;
  }
  const char c = text[0];
  if (c == '-' && (field.empty() || std::isdigit(static_cast<unsigned char>(field.back())))) {
    is_negative_[std::size_t(field_)] = !is_negative_[std::size_t(field_)];
    return true;
  }
  // Letters only go on with what a digit began, so that axis keys stay axis keys.
  const bool is_number = std::isdigit(static_cast<unsigned char>(c)) || c == '.' || c == '(' ||
                         c == ')' || c == '*' || c == '/' || c == '+';
  const bool is_unit = std::isalpha(static_cast<unsigned char>(c)) && !field.empty() && c != 'x' &&
                       c != 'y' && c != 'z' && c != 'X' && c != 'Y' && c != 'Z' && c != 'g' &&
                       c != 'r' && c != 's';
  if (is_number || is_unit) {
    field += c;
    return true;
  }
  return false;
}

std::optional<double> NumberInput::value(int field, UnitCategory category,
                                         UnitSystem system) const {
  const std::string& text = texts_[std::size_t(field)];
  const double sign = is_negative_[std::size_t(field)] ? -1.0 : 1.0;
  if (text.empty()) {
    return is_negative_[std::size_t(field)] ? std::optional<double>(sign) : std::nullopt;
  }
  const Result<double> parsed = parse_with_unit(system, category, text);
  return parsed ? std::optional<double>(sign * *parsed) : std::nullopt;
}

TransformTool::TransformTool(Session& session, TransformMode mode,
                             const render::raster::ViewCamera& camera, int width, int height,
                             float2 mouse)
    : session_(session),
      mode_(mode),
      camera_(camera),
      width_(width),
      height_(height),
      start_(mouse),
      mouse_(mouse),
      effective_(mouse),
      transform_(session.document(), session.selected()),
      before_(session.document()) {
  is_active_ = !transform_.empty();
  pivot_ = transform_.median();
  if (const Object* active = session.active_object()) {
    local_axes_ = rotation_part(evaluation::Evaluator::world_matrix(session.document(), *active));
  }
  numbers_.set_fields(mode == TransformMode::Rotate ? 1 : 3);
  const float2 center = project(camera_, width_, height_, pivot_).value_or(mouse);
  last_mouse_angle_ = std::atan2(mouse.y - center.y, mouse.x - center.x);
}

float3x3 TransformTool::axes() const {
  return is_local_ ? local_axes_ : float3x3();
}

float3 TransformTool::mouse_offset() const {
  const Ray from = ray_at(camera_, width_, height_, start_),
            to = ray_at(camera_, width_, height_, effective_);
  const float3 view_z = normalize(float3{camera_.view[2].x, camera_.view[2].y, camera_.view[2].z});
  const float3x3 m = axes();
  const auto axis_at = [&](int i) { return float3{m[0][i], m[1][i], m[2][i]}; };
  const auto on_plane = [&](const Ray& ray, float3 normal) {
    const float across = dot(ray.direction, normal);
    return std::abs(across) < 1e-5f
               ? pivot_
               : ray.origin + ray.direction * (dot(pivot_ - ray.origin, normal) / across);
  };
  const int count = std::popcount(unsigned(axis_mask_));
  if (count == 1) {
    // The plane through the axis that faces the view most.
    const float3 axis = axis_at(std::countr_zero(unsigned(axis_mask_)));
    const float3 normal = normalize(cross(axis, cross(view_z, axis)));
    if (length(cross(view_z, axis)) < 0.02f) {
      const float pixel = pixel_size_at(camera_, width_, height_, pivot_);
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
  snaps_ = snaps;
  const float2 center = project(camera_, width_, height_, pivot_).value_or(start_);
  const float now = std::atan2(mouse.y - center.y, mouse.x - center.x);
  turned_ += std::remainder(now - last_mouse_angle_, 2.0f * pi) * (is_precise ? 0.1f : 1.0f);
  last_mouse_angle_ = now;
  update();
}

void TransformTool::update() {
  if (!is_active_) {
    return;
  }
  const UnitSystem system = unit_system(session_);
  Document& document = session_.project().document;
  const float3x3 m = axes();
  switch (mode_) {
    case TransformMode::Move: {
      // In the axes of the constraint.
      float3 along = transpose(m) * mouse_offset();
      if (snaps_) {
        for (int i = 0; i < 3; ++i) {
          along[i] = std::round(along[i]);
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
      transform_.translate(document, m * along);
      break;
    }
    case TransformMode::Rotate: {
      float angle = -turned_;
      const int single =
          std::popcount(unsigned(axis_mask_)) == 1 ? std::countr_zero(unsigned(axis_mask_)) : -1;
      const float3 view_z =
          normalize(float3{camera_.view[2].x, camera_.view[2].y, camera_.view[2].z});
      float3 axis = view_z;
      if (single >= 0) {
        axis = {m[0][single], m[1][single], m[2][single]};
        angle = dot(axis, view_z) < 0.0f ? -angle : angle;
      }
      if (snaps_) {
        const float step = 5.0f * pi / 180.0f;
        angle = std::round(angle / step) * step;
      }
      if (const auto typed = numbers_.value(0, UnitCategory::Rotation, system);
          typed && !numbers_.is_empty()) {
        angle = float(*typed);
      }
      angle_ = angle;
      transform_.rotate(document, {pivot_}, axis, angle);
      break;
    }
    case TransformMode::Scale: {
      const float2 center = project(camera_, width_, height_, pivot_).value_or(start_);
      float factor = length(effective_ - center) / std::max(1.0f, length(start_ - center));
      factor = dot(effective_ - center, start_ - center) < 0.0f ? -factor : factor;
      if (snaps_) {
        factor = std::round(factor * 10.0f) / 10.0f;
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
      transform_.resize(document, {pivot_}, m, factors_);
      break;
    }
  }
  session_.announce();
}

bool TransformTool::key(const KeyStroke& stroke, const std::string& text) {
  if (stroke.key == "X" || stroke.key == "Y" || stroke.key == "Z") {
    const int bit = 1 << (stroke.key[0] - 'X');
    const int mask = stroke.shift && mode_ != TransformMode::Rotate ? 7 & ~bit : bit;
    // The same key again: local axes, then free.
    if (axis_mask_ == mask && !is_local_) {
      is_local_ = true;
    } else if (axis_mask_ == mask) {
      axis_mask_ = 0;
      is_local_ = false;
    } else {
      axis_mask_ = mask;
      is_local_ = false;
    }
    numbers_.set_fields(mode_ == TransformMode::Rotate ? 1
                        : axis_mask_                   ? std::popcount(unsigned(axis_mask_))
                                                       : 3);
    update();
    return true;
  }
  const char* modes = "GRS";
  for (int i = 0; i < 3; ++i) {
    if (stroke.key == std::string(1, modes[i]) && !stroke.ctrl && !stroke.alt && !stroke.shift) {
      session_.project().document.restore(before_);
      mode_ = TransformMode(i);
      start_ = effective_ = mouse_;
      turned_ = 0.0f;
      numbers_ = {};
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
  if (is_local_) {
    out.emplace_back("orient_type", Value("LOCAL"));
  }
  if (axis_mask_ != 0) {
    out.emplace_back("constraint_axis", constraint());
  }
  return out;
}

void TransformTool::confirm() {
  if (!is_active_) {
    return;
  }
  is_active_ = false;
  const OperatorSettings with = settings();
  // A free rotation is about the view, which the operator does not know: its result is kept, but
  // cannot be repeated.
  const bool is_repeatable =
      mode_ != TransformMode::Rotate || std::popcount(unsigned(axis_mask_)) == 1;
  const std::uint64_t key = unique_number();
  session_.keep(mode_names[int(mode_)], python_call(operator_names[int(mode_)], with), key);
  if (is_repeatable) {
    session_.set_last_operation(
        {session_.operators().find(operator_names[int(mode_)]), with, before_, key});
  }
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
    text += is_local_ ? "  along local " : "  along global ";
    for (int i = 0; i < 3; ++i) {
      if (axis_mask_ >> i & 1) {
        text += axis_names[i];
      }
    }
  }
  return text;
}

}  // namespace kiln::editor
