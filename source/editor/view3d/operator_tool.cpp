#include "editor/view3d/operator_tool.h"

#include <algorithm>
#include <cmath>

#include "editor/preferences/current.h"
#include "modeling/edge_slide.h"

namespace kiln::editor {
namespace {

using From = ToolValue::From;

const std::vector<OperatorToolKind>& kinds() {
  static const std::vector<OperatorToolKind> all = [] {
    std::vector<OperatorToolKind> made;
    made.push_back({.command = "mesh.inset",
                    .label = "Inset Faces",
                    .value = {"thickness", From::Inward, UnitCategory::Length, 0.0f},
                    .second = {"depth", From::Up, UnitCategory::Length},
                    .keys = {{"O", "use_outset"},
                             {"B", "use_boundary"},
                             {"I", "use_individual"},
                             {"E", "use_even_offset"}},
                    .hint = "Ctrl depth  ·  O outset  ·  I individual  ·  B boundary  ·  E even"});
    made.push_back(
        {.command = "mesh.bevel",
         .label = "Bevel",
         .value = {"offset", From::Outward, UnitCategory::Length, 0.0f},
         .second = {"profile", From::Right, UnitCategory::None, 0.0f, 1.0f},
         .keys = {{"V", "affect", {"EDGES", "VERTICES"}},
                  {"C", "clamp_overlap"},
                  {"M", "offset_type", {"OFFSET", "WIDTH", "DEPTH", "ABSOLUTE"}}},
         .wheel = "segments",
         .hint = "Wheel segments  ·  Ctrl profile  ·  V vertices  ·  C clamp  ·  M width"});
    made.push_back({.command = "transform.shrink_fatten",
                    .label = "Shrink/Fatten",
                    .value = {"value", From::Up, UnitCategory::Length},
                    .keys = {{"E", "use_even_offset"}},
                    .is_proportional = true,
                    .hint = "E even"});
    made.push_back({.command = "transform.push_pull",
                    .label = "Push/Pull",
                    .value = {"value", From::Up, UnitCategory::Length},
                    .is_proportional = true});
    made.push_back({.command = "transform.tosphere",
                    .label = "To Sphere",
                    .value = {"value", From::Right, UnitCategory::None, 0.0f, 1.0f},
                    .is_proportional = true});
    made.push_back({.command = "transform.shear",
                    .label = "Shear",
                    .value = {"value", From::Right, UnitCategory::None},
                    .keys = {{"X", "orient_axis_ortho", {"X"}}, {"Y", "orient_axis_ortho", {"Y"}}},
                    .is_proportional = true,
                    .has_view_axes = true,
                    .hint = "X Y direction"});
    made.push_back({.command = "transform.edge_crease",
                    .label = "Edge Crease",
                    .value = {"value", From::Spread, UnitCategory::None, -1.0f, 1.0f}});
    made.push_back({.command = "transform.edge_bevelweight",
                    .label = "Edge Bevel Weight",
                    .value = {"value", From::Spread, UnitCategory::None, -1.0f, 1.0f}});
    made.push_back({.command = "transform.edge_slide",
                    .label = "Edge Slide",
                    .value = {"value", From::Slide, UnitCategory::None, -1.0f, 1.0f},
                    .keys = {{"F", "flipped"}},
                    .hint = "F flip"});
    made.push_back({.command = "mesh.vertices_smooth",
                    .label = "Smooth Vertices",
                    .value = {"factor", From::Right, UnitCategory::None, 0.0f, 1.0f},
                    .wheel = "repeat",
                    .hint = "Wheel repeats"});
    return made;
  }();
  return all;
}

// Where the first selected edge slides to, in pixels for a factor of 1.
float2 slide_direction(const Session& session, const render::raster::ViewCamera& camera, int width,
                       int height) {
  const EditedMesh edited = edited_mesh(session);
  if (!edited.mesh) {
    return {1, 0};
  }
  modeling::EditMesh mesh;
  mesh.add_mesh(*edited.mesh);
  std::vector<int> edges;
  for (int e = mesh.edges.at_or_after(0); e >= 0; e = mesh.edges.at_or_after(e + 1)) {
    if (mesh.has_flag({modeling::ElementKind::Edge, e}, modeling::ElementFlag::Select)) {
      edges.push_back(e);
    }
  }
  for (const modeling::SlideSides& side : modeling::slide_sides(mesh, edges)) {
    const float3 at = mesh.verts[side.vert].co;
    const float3 by = length(side.right) > 0.0f ? side.right : side.left * -1.0f;
    const auto from = project(camera, width, height, transform_point(edited.world, at)),
               to = project(camera, width, height, transform_point(edited.world, at + by));
    if (from && to && length(*to - *from) > 4.0f) {
      return *to - *from;
    }
  }
  return {100, 0};
}

}  // namespace

const OperatorToolKind* find_operator_tool(const std::string& command) {
  for (const OperatorToolKind& kind : kinds()) {
    if (command == kind.command) {
      return &kind;
    }
  }
  return nullptr;
}

OperatorTool::OperatorTool(Session& session, const OperatorToolKind& kind,
                           const render::raster::ViewCamera& camera, int width, int height,
                           float2 mouse, const OperatorSettings& settings)
    : session_(session),
      kind_(kind),
      camera_(camera),
      width_(width),
      height_(height),
      start_(mouse),
      effective_(mouse),
      mouse_(mouse),
      before_(session.document()),
      settings_(settings) {
  const operators::OperatorType* type = session.operators().find(kind.command);
  if (!type) {
    problem_ = "there is no such operator";
    return;
  }
  if (const std::optional<std::string> reason = session.why_not(*type)) {
    problem_ = *reason;
    return;
  }
  const std::unique_ptr<TransformTarget> target = make_transform_target(session);
  if (target->empty()) {
    problem_ = "nothing is selected";
    return;
  }
  pivot_ = transform_frame(session, *target, transpose(upper3x3(camera.view))).center.pivot;
  if (kind.value.from == From::Slide) {
    slide_direction_ = slide_direction(session, camera, width, height);
  }
  if (kind.has_view_axes) {
    const float3x3 axes = transpose(upper3x3(camera.view));
    Value::Numbers numbers;
    for (int row = 0; row < 3; ++row) {
      for (int column = 0; column < 3; ++column) {
        numbers.push_back(axes[row][column]);
      }
    }
    setting("orient_type") = Value("VIEW");
    setting("orient_matrix") = Value(numbers);
  }
  const Scene* scene = session.scene();
  const ToolSettings tools = scene ? scene->tool_settings : ToolSettings();
  if (kind.is_proportional &&
      (target->is_objects() ? tools.use_proportional_edit_objects : tools.use_proportional_edit)) {
    setting("use_proportional_edit") = Value(true);
    setting("proportional_edit_falloff") = Value(
        proportional_falloff_items()[std::size_t(tools.proportional_edit_falloff)].identifier);
    setting("proportional_size") = Value(tools.proportional_size);
    setting("use_proportional_connected") =
        Value(!target->is_objects() && tools.use_proportional_connected);
  }
  numbers_.begin_with_expressions(current_preferences(session).inputs.use_numeric_input_advanced);
  numbers_.set_fields(kind.second.setting ? 2 : 1);
  // What was asked for with a value begins with that.
  if (const Value* given = find(kind.second.setting ? kind.second.setting : "")) {
    second_ = float(given->as_float());
  } else if (kind.second.setting) {
    second_ = float(default_of(kind.second.setting).as_float());
  }
  update();
}

Value OperatorTool::default_of(const char* name) const {
  const operators::OperatorType* type = session_.operators().find(kind_.command);
  const Property* property = type ? type->settings->property(name) : nullptr;
  if (!property) {
    return {};
  }
  const PreparedSettings plain(*type->settings);
  return read({type->settings, plain.data()}, *property);
}

const Value* OperatorTool::find(const char* name) const {
  return find_setting(settings_, name);
}

Value& OperatorTool::setting(const char* name) {
  for (auto& [key, value] : settings_) {
    if (key == name) {
      return value;
    }
  }
  return settings_.emplace_back(name, Value()).second;
}

float OperatorTool::reach() const {
  const Value* is_on = find("use_proportional_edit");
  const Value* size = find("proportional_size");
  return is_on && is_on->as_bool() && size ? float(size->as_float()) : 0.0f;
}

float OperatorTool::measure(const ToolValue& value, float2 from, float2 to) const {
  const float2 center = project(camera_, width_, height_, pivot_).value_or(from);
  const float pixel = pixel_size_at(camera_, width_, height_, pivot_);
  switch (value.from) {
    case From::Inward:
      return (length(from - center) - length(to - center)) * pixel;
    case From::Outward:
      return (length(to - center) - length(from - center)) * pixel;
    case From::Up:
      return (from.y - to.y) * pixel;
    case From::Right:
      return (to.x - from.x) / 200.0f;
    case From::Spread:
      return length(to - center) / std::max(length(from - center), 1.0f) - 1.0f;
    case From::Slide:
      return dot(to - from, slide_direction_) /
             std::max(dot(slide_direction_, slide_direction_), 1.0f);
  }
  return 0.0f;
}

void OperatorTool::mouse_moved(float2 mouse, bool is_ctrl, bool is_precise) {
  effective_ += (mouse - mouse_) * (is_precise ? 0.1f : 1.0f);
  mouse_ = mouse;
  if (kind_.second.setting && is_ctrl != is_second_) {
    // From here on the other value changes; the first stays what it is.
    is_second_ = is_ctrl;
    start_ = effective_;
    base_ = is_second_ ? second_ : first_;
  }
  const ToolValue& value = is_second_ ? kind_.second : kind_.value;
  float now = base_ + measure(value, start_, effective_);
  if (is_ctrl && !kind_.second.setting) {
    now = std::round(now * 10.0f) / 10.0f;
  }
  (is_second_ ? second_ : first_) = std::clamp(now, value.least, value.most);
  update();
}

void OperatorTool::update() {
  if (!is_active()) {
    return;
  }
  const Scene* scene = session_.scene();
  const UnitSystem system =
      scene ? UnitSystem(int(scene->unit_settings.system)) : UnitSystem::Metric;
  const auto typed = [&](const ToolValue& value, int field, float by_mouse) {
    if (numbers_.is_empty()) {
      return by_mouse;
    }
    return std::clamp(float(numbers_.value(field, value.unit, system)
                                .value_or(field == 0 ? 0.0 : double(by_mouse))),
                      value.least, value.most);
  };
  setting(kind_.value.setting) = Value(typed(kind_.value, 0, first_));
  if (kind_.second.setting) {
    setting(kind_.second.setting) = Value(typed(kind_.second, 1, second_));
  }
  const Result<void> done =
      session_.preview(*session_.operators().find(kind_.command), settings_, before_);
  note_ = done ? std::string() : done.error().message;
}

bool OperatorTool::key(const KeyStroke& stroke, const std::string& text) {
  if (stroke.key == "O" && kind_.is_proportional && !stroke.ctrl && !stroke.alt) {
    const bool is_on = reach() > 0.0f;
    setting("use_proportional_edit") = Value(!is_on);
    if (!find("proportional_size")) {
      setting("proportional_size") = Value(1.0);
    }
    update();
    return true;
  }
  if (kind_.wheel && (stroke.key == "NUMPAD_PLUS" || stroke.key == "NUMPAD_MINUS")) {
    wheel(stroke.key == "NUMPAD_PLUS" ? 1 : -1);
    return true;
  }
  for (const ToolKey& one : kind_.keys) {
    if (stroke.key != one.key || stroke.ctrl || stroke.alt || stroke.shift) {
      continue;
    }
    const Value now = find(one.setting) ? *find(one.setting) : default_of(one.setting);
    if (one.values.empty()) {
      setting(one.setting) = Value(!now.as_bool());
    } else {
      std::size_t next = 0;
      for (std::size_t i = 0; i < one.values.size(); ++i) {
        if (now.as_string() == one.values[i]) {
          next = (i + 1) % one.values.size();
        }
      }
      setting(one.setting) = Value(one.values[next]);
    }
    update();
    return true;
  }
  if (numbers_.key(stroke, text)) {
    update();
    return true;
  }
  return false;
}

void OperatorTool::wheel(int steps) {
  if (reach() > 0.0f) {
    setting("proportional_size") = Value(double(reach()) * std::pow(1.1, double(-steps)));
  } else if (kind_.wheel) {
    const Value now = find(kind_.wheel) ? *find(kind_.wheel) : default_of(kind_.wheel);
    setting(kind_.wheel) = Value(std::clamp<std::int64_t>(now.as_int() + steps, 1, 100));
  } else {
    return;
  }
  update();
}

void OperatorTool::confirm() {
  if (!is_active()) {
    return;
  }
  problem_ = "it has ended";
  session_.project().document.restore(before_);
  if (!session_.run(kind_.command, settings_)) {
    session_.announce();
  }
}

void OperatorTool::cancel() {
  if (!is_active()) {
    return;
  }
  problem_ = "it has ended";
  session_.project().document.restore(before_);
  session_.announce();
}

std::string OperatorTool::status() const {
  const Scene* scene = session_.scene();
  const UnitSystem system =
      scene ? UnitSystem(int(scene->unit_settings.system)) : UnitSystem::Metric;
  const operators::OperatorType* type = session_.operators().find(kind_.command);
  std::string text = kind_.label;
  const auto add = [&](const ToolValue& value, int field) {
    const Property* property = type->settings->property(value.setting);
    const Value* now = find(value.setting);
    const std::string shown =
        !numbers_.is_empty() && (field == numbers_.field() || !numbers_.text(field).empty())
            ? fmt::format("[{}{}]", numbers_.text(field), numbers_.field() == field ? "|" : "")
        : value.unit == UnitCategory::Length
            ? format_with_unit(system, value.unit, now ? now->as_float() : 0.0, {.precision = 4})
            : fmt::format("{:.3f}", now ? now->as_float() : 0.0);
    text += fmt::format("  {}: {}", property ? property->label : value.setting, shown);
  };
  add(kind_.value, 0);
  if (kind_.second.setting) {
    add(kind_.second, 1);
  }
  if (kind_.wheel) {
    const Property* property = type->settings->property(kind_.wheel);
    const Value now = find(kind_.wheel) ? *find(kind_.wheel) : default_of(kind_.wheel);
    text += fmt::format("  {}: {}", property ? property->label : kind_.wheel, now.as_int());
  }
  if (reach() > 0.0f) {
    text += fmt::format("  Reach: {:.2f}", reach());
  }
  return note_.empty() ? text : text + "  –  " + note_;
}

}  // namespace kiln::editor
