#include "editor/view3d/view3d_panels.h"

#include "document/scene.h"
#include "document/view3d_space.h"
#include "editor/view3d/transform_target.h"
#include "editor/view3d/vertex_median.h"

namespace kiln::editor {
namespace {

// Properties of a struct by their names; those it does not have are left out.
void props(LayoutItem& panel, const Handle& owner, const Schema& schema,
           std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (const Property* property = schema.property(name)) {
      panel.prop(owner, *property);
    }
  }
}

void add_item(LayoutItem& root, const Session& session,
              const std::shared_ptr<VertexMedian>& median) {
  const Object* object = session.active_object();
  LayoutItem& panel = root.panel("view3d.transform", "Transform");
  if (!object) {
    panel.label("There is no active object");
    return;
  }
  if (edited_mesh(session).mesh) {
    static_cast<void>(median->find());
    if (median->vertex_count() == 0) {
      panel.label("Nothing is selected");
      return;
    }
    const auto add = [&](const char* name) {
      LayoutItem item{.kind = LayoutItem::Kind::Property};
      item.script_owner = median;
      item.property = VertexMedian::Values::schema().property(name);
      panel.add(std::move(item));
    };
    add("median");
    if (median->edge_count() > 0) {
      add("crease");
      add("bevel_weight");
    }
    return;
  }
  const Handle owner{object->id, {}};
  const bool is_quaternion = object->rotation_mode == RotationMode::Quaternion;
  const bool is_axis_angle = object->rotation_mode == RotationMode::AxisAngle;
  props(panel, owner, Object::schema(),
        {"location",
         is_quaternion   ? "rotation_quaternion"
         : is_axis_angle ? "rotation_axis_angle"
                         : "rotation_euler",
         "rotation_mode", "scale", "dimensions"});
}

void add_tool(LayoutItem& root, const Scene& scene, bool is_editing) {
  const Handle owner{scene.id, {PathStep{Scene::schema().property("tool_settings")}}};
  LayoutItem& transform = root.panel("view3d.tool_transform", "Transform");
  PathStep slot{Scene::schema().property("transform_orientation_slots")};
  slot.index = 0;
  transform.prop({scene.id, {slot}}, *transform_orientation_slot_schema().property("type"),
                 "Orientation");
  for (const auto& [index, label] :
       {std::pair{1, "Of Moving"}, std::pair{2, "Of Turning"}, std::pair{3, "Of Scaling"}}) {
    slot.index = index;
    transform.prop({scene.id, {slot}}, *transform_orientation_slot_schema().property("type"),
                   label);
  }
  if (scene.custom_orientation(scene.orientation_slots[0])) {
    PathStep custom{Scene::schema().property("stored_custom_orientations")};
    custom.index = scene.orientation_slots[0].custom;
    custom.item = scene.custom_orientations.id(custom.index);
    transform.prop({scene.id, {custom}}, *CustomOrientation::schema().property("name"), "Name");
  }
  props(transform, owner, ToolSettings::schema(),
        {"transform_pivot_point", "use_transform_pivot_point_align"});
  LayoutItem& snapping = root.panel("view3d.tool_snapping", "Snapping");
  props(snapping, owner, ToolSettings::schema(),
        {"use_snap", "snap_target", "use_snap_grid_absolute", "use_snap_translate",
         "use_snap_rotate", "use_snap_scale", "use_snap_project", "snap_face_nearest_steps",
         "use_snap_to_same_target"});
  LayoutItem& proportional = root.panel("view3d.tool_proportional", "Proportional Editing");
  props(proportional, owner, ToolSettings::schema(),
        {is_editing ? "use_proportional_edit" : "use_proportional_edit_objects",
         "proportional_edit_falloff", "proportional_size"});
  if (is_editing) {
    props(proportional, owner, ToolSettings::schema(),
          {"use_proportional_connected", "use_proportional_projected"});
  }
  if (is_editing) {
    LayoutItem& options = root.panel("view3d.tool_options", "Options");
    props(options, owner, ToolSettings::schema(),
          {"use_transform_correct_face_attributes", "use_transform_correct_keep_connected",
           "use_mesh_automerge", "use_mesh_automerge_and_split", "double_threshold"});
    LayoutItem& normals = root.panel("view3d.tool_normals", "Normals");
    props(normals, owner, ToolSettings::schema(), {"normal_vector"});
  }
}

}  // namespace

std::vector<std::string> view3d_tabs() {
  return {"Item", "Tool", "View"};
}

void add_view3d_panels(LayoutItem& root, const Session& session,
                       const std::shared_ptr<VertexMedian>& median, const std::string& tab) {
  const Scene* scene = session.scene();
  if (!scene) {
    return;
  }
  if (tab == "Item") {
    add_item(root, session, median);
  } else if (tab == "Tool") {
    add_tool(root, *scene, edited_mesh(session).mesh != nullptr);
  } else if (tab == "View") {
    LayoutItem& cursor = root.panel("view3d.cursor", "3D Cursor");
    props(cursor, {scene->id, {PathStep{Scene::schema().property("cursor")}}}, Cursor3D::schema(),
          {"location", "rotation_euler"});
    LayoutItem& camera = root.panel("view3d.camera", "Scene Camera");
    props(camera, {scene->id, {}}, Scene::schema(), {"camera"});
  }
}

void add_view_settings(LayoutItem& root, const std::shared_ptr<ScriptOwner>& owner) {
  const auto add = [&](LayoutItem& panel, const char* name) {
    LayoutItem item{.kind = LayoutItem::Kind::Property};
    item.script_owner = owner;
    item.property = SpaceView3D::schema().property(name);
    panel.add(std::move(item));
  };
  LayoutItem& view = root.panel("view3d.view", "View");
  for (const char* name :
       {"lens", "clip_start", "clip_end", "use_local_camera", "camera", "use_render_border"}) {
    add(view, name);
  }
  LayoutItem& lock = root.panel("view3d.view_lock", "View Lock");
  for (const char* name : {"lock_object", "lock_cursor", "lock_camera"}) {
    add(lock, name);
  }
}

}  // namespace kiln::editor
