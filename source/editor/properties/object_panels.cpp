#include "document/camera.h"
#include "document/image.h"
#include "document/mesh.h"
#include "document/modifier.h"
#include "document/modifier_names.h"
#include "editor/properties/panel_parts.h"

namespace kiln::editor {

void add_object_panels(LayoutItem& root, const Document& document, const Object& object) {
  const Handle handle{object.id, {}};
  const Schema& schema = Object::schema();
  LayoutItem& transform = root.panel("object.transform", "Transform");
  add_properties(transform, handle, schema, {"location"});
  transform.separator();
  const char* rotation = object.rotation_mode == RotationMode::Quaternion  ? "rotation_quaternion"
                         : object.rotation_mode == RotationMode::AxisAngle ? "rotation_axis_angle"
                                                                           : "rotation_euler";
  add_properties(transform, handle, schema, {rotation, "rotation_mode"});
  transform.separator();
  add_properties(transform, handle, schema, {"scale"});
  LayoutItem& delta = transform.panel("object.delta", "Delta Transform", false);
  add_properties(delta, handle, schema,
                 {"delta_location",
                  object.rotation_mode == RotationMode::Quaternion ? "delta_rotation_quaternion"
                                                                   : "delta_rotation_euler",
                  "delta_scale"});
  LayoutItem& locks = transform.panel("object.locks", "Locks", false);
  add_properties(locks, handle, schema, {"lock_location", "lock_rotation", "lock_scale"});
  if (object.rotation_mode == RotationMode::Quaternion ||
      object.rotation_mode == RotationMode::AxisAngle) {
    add_properties(locks, handle, schema, {"lock_rotations_4d", "lock_rotation_w"});
  }
  LayoutItem& relations = root.panel("object.relations", "Relations", false);
  add_properties(relations, handle, schema,
                 {"parent", "parent_type", "track_axis", "up_axis", "pass_index"});
  LayoutItem& instancing = root.panel("object.instancing", "Instancing", false);
  add_properties(instancing, handle, schema, {"instance_type"});
  if (object.instance_type == ObjectInstanceType::Collection) {
    add_properties(instancing, handle, schema, {"instance_collection"});
  } else if (object.instance_type == ObjectInstanceType::Faces) {
    add_properties(instancing, handle, schema,
                   {"use_instance_faces_scale", "instance_faces_scale"});
  } else if (object.instance_type == ObjectInstanceType::Verts) {
    add_properties(instancing, handle, schema, {"use_instance_vertices_rotation"});
  }
  if (object.instance_type == ObjectInstanceType::Faces ||
      object.instance_type == ObjectInstanceType::Verts) {
    add_properties(instancing, handle, schema,
                   {"show_instancer_for_viewport", "show_instancer_for_render"});
  }
  LayoutItem& visibility = root.panel("object.visibility", "Visibility", true);
  add_properties(visibility, handle, schema, {"hide_select", "hide_viewport", "hide_render"});
  LayoutItem& rays = visibility.panel("object.rays", "Ray Visibility", false);
  add_properties(rays, handle, schema,
                 {"visible_camera", "visible_diffuse", "visible_glossy", "visible_transmission",
                  "visible_shadow", "is_shadow_catcher", "is_holdout"});
  const Handle cycles = handle_inside(handle, schema, "cycles");
  const Schema& cycles_schema = CyclesObjectSettings::schema();
  add_properties(visibility.panel("object.culling", "Culling", false), cycles, cycles_schema,
                 {"use_camera_cull", "use_distance_cull"});
  add_properties(root.panel("object.motion", "Motion Blur", false), cycles, cycles_schema,
                 {"use_motion_blur", "use_deform_motion", "motion_steps"});
  LayoutItem& shading = root.panel("object.shading", "Shading", false);
  add_properties(shading, cycles, cycles_schema,
                 {"shadow_terminator_geometry_offset", "shadow_terminator_offset", "ao_distance"});
  add_properties(shading, handle, schema, {"lightgroup"});
  LayoutItem& display = root.panel("object.display", "Viewport Display", false);
  add_properties(display, handle, schema,
                 {"show_name", "show_axis", "show_wire", "show_in_front", "show_texture_space",
                  "show_bounds"});
  if (object.show_bounds) {
    add_properties(display, handle, schema, {"display_bounds_type"});
  }
  add_properties(display, handle, schema, {"display_type", "color"});
  if (document.find<Mesh>(object.data.id)) {
    add_properties(display, handle, schema, {"show_all_edges", "show_transparent"});
  }
  if (document.find<Camera>(object.data.id)) {
    add_properties(display, handle, schema, {"use_camera_lock_parent"});
  }
}

void add_empty_panels(LayoutItem& root, const Document& document, const Object& object) {
  const Handle handle{object.id, {}};
  const Schema& schema = Object::schema();
  LayoutItem& empty = root.panel("object.empty", "Empty");
  add_properties(empty, handle, schema, {"empty_display_type", "empty_display_size"});
  if (!shows_picture(object)) {
    return;
  }
  LayoutItem& shown = root.panel("object.empty_image", "Image");
  add_properties(shown, handle, schema,
                 {"data", "empty_image_offset", "empty_image_depth", "empty_image_side",
                  "show_empty_image_orthographic", "show_empty_image_perspective",
                  "show_empty_image_only_axis_aligned", "use_empty_image_alpha"});
  if (object.use_empty_image_alpha) {
    add_properties(shown, handle, schema, {"color"});
  }
  const Image* image = document.find<Image>(object.data.id);
  if (image) {
    add_properties(shown, {image->id, {}}, Image::schema(), {"source", "filepath", "alpha_mode"});
  }
  if (image && image->source == ImageSource::Sequence) {
    add_image_user(shown, handle_inside(handle, schema, "image_user"));
  }
}

void add_image_user(LayoutItem& layout, const Handle& user) {
  add_properties(
      layout, user, ImageUser::schema(),
      {"frame_duration", "frame_start", "frame_offset", "use_cyclic", "use_auto_refresh"});
}

void add_modifier_panels(LayoutItem& root, Session& session, const Object& object) {
  const Schema& schema = Object::schema();
  const Property& list = *schema.property("modifiers");
  LayoutItem& add = root.add({.kind = LayoutItem::Kind::Menu, .text = "Add Modifier"});
  for (const Schema* kind : session.project().registry.kinds_of(Modifier::schema())) {
    add.button(modifier_label(*kind), "object.modifier_add", {{"type", Value(kind->tag)}});
  }
  for (std::int64_t i = 0; i < object.modifiers.size(); ++i) {
    const Modifier& modifier = object.modifiers[i];
    const Handle handle{object.id, {PathStep{&list, object.modifiers.id(i), i}}};
    LayoutItem& panel =
        root.panel(fmt::format("modifier.{}", object.modifiers.id(i)), modifier.name);
    const Schema& own = modifier.dynamic_schema();
    panel.prop(handle, *own.property("name"));
    LayoutItem& row = panel.row();
    for (const auto& [name, shown] :
         {std::pair{"show_viewport", "Viewport"}, std::pair{"show_render", "Render"}}) {
      if (const Property* property = own.property(name)) {
        row.add({.kind = LayoutItem::Kind::Property,
                 .text = shown,
                 .owner = handle,
                 .property = property,
                 .is_toggle = true});
      }
    }
    const OperatorSettings named{{"modifier", Value(modifier.name)}};
    LayoutItem& actions = panel.row();
    actions.button("Apply", "object.modifier_apply", named);
    actions.button("Remove", "object.modifier_remove", named);
    LayoutItem& more = actions.add({.kind = LayoutItem::Kind::Menu, .text = "More"});
    more.button("Duplicate", "object.modifier_copy", named);
    const auto move_to = [&](std::int64_t index) {
      return OperatorSettings{{"modifier", Value(modifier.name)}, {"index", Value(index)}};
    };
    more.button("Move Up", "object.modifier_move_up", named);
    more.button("Move Down", "object.modifier_move_down", named);
    more.button("Move to First", "object.modifier_move_to_index", move_to(0));
    more.button("Move to Last", "object.modifier_move_to_index",
                move_to(object.modifiers.size() - 1));
    panel.separator();
    add_all_properties(panel, session.document(), handle, own, panel.identifier,
                       &Modifier::schema());
    if (const evaluation::EvaluatedObject* evaluated =
            session.evaluated() ? session.evaluated()->find(object.id) : nullptr) {
      for (const std::string& warning : evaluated->warnings) {
        if (warning.starts_with("\"" + modifier.name) || warning.starts_with(modifier.name)) {
          panel.label(warning, /*warns=*/true);
        }
      }
    }
  }
  if (object.modifiers.empty()) {
    root.label("This object has no modifiers");
  }
}

}  // namespace kiln::editor
