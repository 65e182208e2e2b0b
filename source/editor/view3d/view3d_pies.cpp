#include "editor/view3d/view3d_pies.h"

#include "document/resolve.h"
#include "document/scene.h"
#include "editor/view3d/viewport.h"
#include "editor/window/editor.h"

namespace kiln::editor {
namespace {

LayoutItem pie() {
  return {.kind = LayoutItem::Kind::Pie};
}

void add(LayoutItem& root, EditorContext& context, const char* label, const char* command,
         OperatorSettings settings = {}) {
  root.button(label, [&context, command, settings] { context.invoke(command, settings); });
}

LayoutItem shading(EditorContext& context, Viewport& viewport) {
  LayoutItem root = pie();
  const auto kind = [&](const char* label, ViewShadingType type) {
    LayoutItem& button = root.button(label, [&viewport, type] {
      viewport.look().shading.type = type;
      Q_EMIT viewport.look_changed();
    });
    button.is_depressed = viewport.look().shading.type == type;
  };
  kind("Wireframe", ViewShadingType::Wireframe);
  kind("Solid", ViewShadingType::Solid);
  add(root, context, "Toggle X-Ray", "view3d.toggle_xray");
  kind("Rendered", ViewShadingType::Rendered);
  kind("Material Preview", ViewShadingType::Material);
  add(root, context, "Toggle Overlays", "view3d.toggle_overlays");
  return root;
}

LayoutItem view(EditorContext& context) {
  LayoutItem root = pie();
  const auto axis = [&](const char* label, const char* type) {
    add(root, context, label, "view3d.view_axis", {{"type", Value(type)}});
  };
  axis("Left", "LEFT");
  axis("Right", "RIGHT");
  axis("Bottom", "BOTTOM");
  axis("Top", "TOP");
  axis("Front", "FRONT");
  axis("Back", "BACK");
  add(root, context, "View Camera", "view3d.view_camera");
  add(root, context, "View Selected", "view3d.view_selected");
  return root;
}

LayoutItem snap(EditorContext& context) {
  LayoutItem root = pie();
  add(root, context, "Cursor to Grid", "view3d.snap_cursor_to_grid");
  add(root, context, "Selection to Grid", "view3d.snap_selected_to_grid");
  add(root, context, "Cursor to Selected", "view3d.snap_cursor_to_selected");
  add(root, context, "Selection to Cursor", "view3d.snap_selected_to_cursor");
  add(root, context, "Selection to Cursor (Keep Offset)", "view3d.snap_selected_to_cursor",
      {{"use_offset", Value(true)}});
  add(root, context, "Selection to Active", "view3d.snap_selected_to_active");
  add(root, context, "Cursor to World Origin", "view3d.snap_cursor_to_center");
  add(root, context, "Cursor to Active", "view3d.snap_cursor_to_active");
  return root;
}

LayoutItem tool_setting(const Session& session, const char* name) {
  LayoutItem root = pie();
  if (const Scene* scene = session.scene()) {
    root.prop({scene->id, {PathStep{Scene::schema().property("tool_settings")}}},
              *ToolSettings::schema().property(name));
  }
  return root;
}

}  // namespace

std::optional<ViewPie> make_view3d_pie(const std::string& name, EditorContext& context,
                                       Viewport& viewport) {
  Session& session = context.session;
  if (name == "VIEW3D_MT_shading_pie") {
    return ViewPie{QStringLiteral("Shading"), shading(context, viewport)};
  }
  if (name == "VIEW3D_MT_view_pie") {
    return ViewPie{QStringLiteral("View"), view(context)};
  }
  if (name == "VIEW3D_MT_snap_pie") {
    return ViewPie{QStringLiteral("Snap"), snap(context)};
  }
  if (name == "VIEW3D_MT_pivot_pie") {
    LayoutItem root = tool_setting(session, "transform_pivot_point");
    if (const Scene* scene = session.scene()) {
      root.prop({scene->id, {PathStep{Scene::schema().property("tool_settings")}}},
                *ToolSettings::schema().property("use_transform_pivot_point_align"));
    }
    return ViewPie{QStringLiteral("Pivot Point"), std::move(root)};
  }
  if (name == "VIEW3D_MT_orientations_pie") {
    LayoutItem root = pie();
    if (const Scene* scene = session.scene()) {
      PathStep slot{Scene::schema().property("transform_orientation_slots")};
      slot.index = 0;
      const Handle owner{scene->id, {slot}};
      const Property& type = *transform_orientation_slot_schema().property("type");
      const ConstRef ref = resolve(session.document(), owner, &session.services());
      const std::string now = type.get(ref).as_string();
      for (const EnumItem& item : type.dynamic_items(ref)) {
        LayoutItem& button = root.button(item.label, [&session, owner, &type, item] {
          session.set(owner, type, Value(item.identifier));
        });
        button.is_depressed = item.identifier == now;
      }
    }
    return ViewPie{QStringLiteral("Orientation"), std::move(root)};
  }
  if (name == "VIEW3D_MT_proportional_editing_falloff_pie") {
    return ViewPie{QStringLiteral("Proportional Falloff"),
                   tool_setting(session, "proportional_edit_falloff")};
  }
  return std::nullopt;
}

}  // namespace kiln::editor
