// What can be asked of a viewport by name.
#include <cmath>

#include "document/scene.h"
#include "editor/preferences/current.h"
#include "editor/view3d/snap_commands.h"
#include "editor/view3d/viewport.h"
#include "evaluation/evaluator.h"

namespace kiln::editor {

std::optional<float3> Viewport::surface_under(QPointF at) {
  if (!renderer_) {
    return std::nullopt;
  }
  makeCurrent();
  const double ratio = devicePixelRatioF();
  const std::optional<float3> place = renderer_->surface_at(
      camera(), int(at.x() * ratio), int(height() * ratio) - 1 - int(at.y() * ratio));
  doneCurrent();
  return place;
}

// On the surface under the mouse, else as deep in the view as the cursor is.
void Viewport::place_cursor(QPointF at) {
  const Scene* scene = context_.session.scene();
  if (!scene) {
    return;
  }
  const auto view = camera();
  const PreferencesEdit& chosen = current_preferences(context_.session).edit;
  std::optional<float3> place = chosen.use_mouse_depth_cursor ? surface_under(at) : std::nullopt;
  if (!place) {
    const Ray ray = ray_at(view, width(), height(), {float(at.x()), float(at.y())});
    const float3 normal{view.view[2].x, view.view[2].y, view.view[2].z};
    const float across = dot(ray.direction, normal);
    if (std::abs(across) < 1e-6f) {
      return;
    }
    float3 deep = scene->cursor.location;
    // A cursor behind the eye says nothing about where to go.
    if (view.is_perspective && dot(deep - ray.origin, normal) > 0.0f) {
      deep = navigation_.pivot();
    }
    place = ray.origin + ray.direction * (dot(deep - ray.origin, normal) / across);
  }
  if (stroke_key_ == 0 || at == press_) {
    stroke_key_ = unique_number();
  }
  if (options.lock_cursor && chosen.use_cursor_lock_adjust) {
    options.lock_offset = navigation_.pivot() - *place;
  }
  set_cursor(context_.session, *place, stroke_key_);
}

// Makes the active object the camera, or brings the camera to where the view is.
void Viewport::use_camera(bool comes_here) {
  Session& session = context_.session;
  const Scene* scene = session.scene();
  const Object* object = !scene ? nullptr : comes_here ? looked_through() : session.active_object();
  if (!object) {
    session.report(InfoLine::Kind::Warning,
                   comes_here ? "the scene has no camera" : "there is no active object");
    return;
  }
  if (!comes_here && options.use_local_camera) {
    options.camera = object->id;
    if (!navigation_.is_camera()) {
      navigation_.toggle_camera();
    }
    return;
  }
  const float4x4 place = inverse(camera().view);
  const bool is_done = session.edit(
      comes_here ? "Align Camera to View" : "Set Active Object as Camera",
      [&](Document& document) -> Result<void> {
        if (!comes_here) {
          document.edit<Scene>(scene->id, Change::Hierarchy).camera = {object->id};
          return {};
        }
        const float4x4 world = evaluation::Evaluator::world_matrix(document, *object);
        const float4x4 to_local = object->local_matrix() * inverse(world);
        Object& edited = document.edit<Object>(object->id, Change::Transform);
        const float3 scale = edited.scale;
        edited.set_local_matrix(to_local * place);
        edited.scale = scale;
        return {};
      },
      0, comes_here ? "bpy.ops.view3d.camera_to_view()" : "bpy.ops.view3d.object_as_camera()");
  if (is_done && !navigation_.is_camera()) {
    navigation_.toggle_camera();
  }
}

// The edit goes by tool settings, which belong to the scene.
void Viewport::snap_toggle() {
  Session& session = context_.session;
  const Scene* scene = session.scene();
  if (const Property* property = ToolSettings::schema().property("use_snap"); scene && property) {
    session.set({scene->id, {PathStep{Scene::schema().property("tool_settings")}}}, *property,
                Value(!scene->tool_settings.use_snap));
  }
}

void Viewport::fly(const std::function<void()>& change) {
  const Navigation from = flight_.shown(navigation_);
  flight_.stop();
  change();
  if (isVisible()) {
    flight_.begin(from, navigation_, current_preferences(context_.session).view.smooth_view);
  }
}

bool Viewport::run_command(const std::string& command, const OperatorSettings& settings) {
  apply_input_preferences();
  bool is_done = false;
  const bool goes_at_once =
      command == "view3d.zoom" || command == "view3d.view_pan" || command == "view3d.dolly";
  if (goes_at_once) {
    flight_.stop();
    return run_any(command, settings);
  }
  fly([&] { is_done = run_any(command, settings); });
  return is_done;
}

bool Viewport::run_any(const std::string& command, const OperatorSettings& settings) {
  Session& session = context_.session;
  if (command == "view3d.view_axis") {
    navigation_.view_axis(text_setting(settings, "type"));
  } else if (command == "view3d.view_orbit") {
    navigate([&](Navigation& n) { n.orbit_step(text_setting(settings, "type")); });
  } else if (command == "view3d.view_pan") {
    const std::string type = text_setting(settings, "type");
    constexpr float step = 32.0f;
    navigation_.pan(type == "PANLEFT"    ? step
                    : type == "PANRIGHT" ? -step
                                         : 0.0f,
                    type == "PANUP"     ? step
                    : type == "PANDOWN" ? -step
                                        : 0.0f,
                    width(), height());
  } else if (command == "view3d.view_roll") {
    navigate([&](Navigation& n) { n.roll_step(text_setting(settings, "type")); });
  } else if (command == "view3d.object_as_camera" || command == "view3d.camera_to_view") {
    use_camera(command == "view3d.camera_to_view");
  } else if (command == "view3d.view_persportho") {
    navigation_.toggle_perspective();
  } else if (command == "view3d.view_camera") {
    if (!looked_through()) {
      session.report(InfoLine::Kind::Warning, "the scene has no camera");
      return true;
    }
    navigation_.toggle_camera();
  } else if (command == "view3d.view_all" && navigation_.is_camera() && !options.lock_camera) {
    navigation_.fit_camera();
  } else if (command == "view3d.view_selected" || command == "view3d.view_all") {
    const std::vector<BlockId> selected = session.selected();
    const std::unique_ptr<TransformTarget> target = make_transform_target(session);
    float3 low, high;
    const bool is_all = command == "view3d.view_all" || selected.empty();
    if (!is_all && !target->is_objects() && !target->empty()) {
      const std::vector<float3> places = target->places();
      low = high = places[0];
      for (const float3& p : places) {
        low = min(low, p);
        high = max(high, p);
      }
      navigation_.frame(low, high);
    } else if (session.evaluated() && render::raster::bounds_of(*session.evaluated(),
                                                                !is_all          ? &selected
                                                                : local_objects_ ? &*local_objects_
                                                                                 : nullptr,
                                                                &low, &high)) {
      navigation_.frame(low, high);
    }
    if (flag_setting(settings, "center")) {
      run_snap_command(session, "view3d.snap_cursor_to_center", false);
    }
  } else if (command == "view3d.view_center_cursor") {
    if (session.scene()) {
      navigation_.center_on(session.scene()->cursor.location);
    }
  } else if (command == "view3d.dolly") {
    navigation_.dolly(text_setting(settings, "delta") == "-1" ? -0.2f : 0.2f);
  } else if (command == "view3d.localview") {
    toggle_local_view();
  } else if (command == "view3d.zoom") {
    navigate([&](Navigation& n) {
      n.zoom(text_setting(settings, "delta") == "-1" ? 1.2f : 1.0f / 1.2f);
    });
  } else if (command == "view3d.toggle_shading") {
    toggle_shading(text_setting(settings, "type"));
  } else if (command == "view3d.toggle_xray") {
    bool& is_on = look_.shading.type == ViewShadingType::Wireframe
                      ? look_.shading.show_xray_wireframe
                      : look_.shading.show_xray;
    is_on = !is_on;
    Q_EMIT look_changed();
  } else if (command == "view3d.toggle_overlays") {
    look_.overlay.show_overlays = !look_.overlay.show_overlays;
    Q_EMIT look_changed();
  } else if (command == "view3d.toggle_toolbar") {
    shows_toolbar_ = !shows_toolbar_;
  } else if (command == "view3d.select_box") {
    is_box_pending_ = true;
    box_use_ = Drag::Box;
  } else if (command == "view3d.select_circle") {
    is_circle_modal_ = true;
    context_.hint_changed.emit(hint());
  } else if (command == "view3d.select_lasso") {
    set_tool(ViewTool::SelectLasso);
  } else if (command == "wm.tool_set_by_id") {
    if (const auto tool = Toolbar::named(text_setting(settings, "name"))) {
      set_tool(*tool);
    }
  } else if (command == "object.load_reference_image" ||
             command == "object.load_background_image") {
    load_picture(command, settings);
  } else if (command == "view3d.toggle_snap") {
    snap_toggle();
  } else if (run_snap_command(session, command, flag_setting(settings, "use_offset"))) {
  } else if (run_view_command(command)) {
  } else if (run_edit_command(command, settings)) {
  } else if (command == "transform.translate" || command == "transform.rotate" ||
             command == "transform.resize") {
    start_transform(command == "transform.translate" ? TransformMode::Move
                    : command == "transform.rotate"  ? TransformMode::Rotate
                                                     : TransformMode::Scale);
  } else if (command == "object.duplicate_move" || command == "object.duplicate_move_linked") {
    if (session.run("object.duplicate",
                    {{"linked", Value(command == "object.duplicate_move_linked")}})) {
      start_transform(TransformMode::Move);
    }
  } else {
    return false;
  }
  update();
  return true;
}

}  // namespace kiln::editor
