#include "editor/view3d/view3d_menus.h"

#include "document/resolve.h"
#include "document/scene.h"
#include "editor/view3d/edit_menus.h"
#include "editor/view3d/object_menus.h"
#include "editor/view3d/viewport.h"
#include "editor/window/commands.h"
#include "editor/window/menus.h"

namespace kiln::editor {
namespace {

void fill_mesh_add_menu(QMenu& menu, EditorContext& context) {
  const std::pair<const char*, const char*> meshes[] = {{"Plane", "plane"},
                                                        {"Cube", "cube"},
                                                        {"Circle", "circle"},
                                                        {"UV Sphere", "uv_sphere"},
                                                        {"Ico Sphere", "ico_sphere"},
                                                        {"Cylinder", "cylinder"},
                                                        {"Cone", "cone"},
                                                        {"Torus", "torus"},
                                                        {"Grid", "grid"},
                                                        {"Monkey", "monkey"}};
  for (const auto& [label, name] : meshes) {
    add_menu_item(menu, context, fmt::format("mesh.primitive_{}_add", name), {}, label);
  }
}

void fill_image_add_menu(QMenu& menu, EditorContext& context) {
  const auto add = [&](const char* label, const char* command) {
    menu.addAction(QString::fromUtf8(label), [&context, command] { context.invoke(command, {}); });
  };
  add("Reference", "object.load_reference_image");
  add("Background", "object.load_background_image");
}

void fill_add_menu(QMenu& menu, EditorContext& context) {
  fill_mesh_add_menu(*menu.addMenu(QStringLiteral("Mesh")), context);
  QMenu* light = menu.addMenu(QStringLiteral("Light"));
  for (const char* type : {"POINT", "SUN", "SPOT", "AREA"}) {
    std::string label = type;
    std::transform(label.begin() + 1, label.end(), label.begin() + 1,
                   [](unsigned char c) { return char(std::tolower(c)); });
    add_menu_item(*light, context, "object.light_add", {{"type", Value(type)}}, label);
  }
  add_menu_item(menu, context, "object.camera_add", {}, "Camera");
  QMenu* empty = menu.addMenu(QStringLiteral("Empty"));
  for (const EnumItem& item : Object::schema().property("empty_display_type")->items) {
    if (item.identifier != "IMAGE") {
      add_menu_item(*empty, context, "object.empty_add", {{"type", Value(item.identifier)}},
                    item.label);
    }
  }
  fill_image_add_menu(*menu.addMenu(QStringLiteral("Image")), context);
}

// The items of an enumeration, which may depend on the document.
std::vector<EnumItem> items_of(const Session& session, const Handle& owner,
                               const Property& property) {
  return property.dynamic_items
             ? property.dynamic_items(resolve(session.document(), owner, &session.services()))
             : property.items;
}

// Items of an enumeration as actions that write it.
void fill_choice(QMenu& menu, Session& session, const Handle& owner, const Property& property) {
  const Result<Value> now = get_value(session.document(), owner, property, session.services());
  for (const EnumItem& item : items_of(session, owner, property)) {
    QAction* action =
        menu.addAction(QString::fromStdString(item.label), [&session, owner, &property, item] {
          session.set(owner, property, Value(item.identifier));
        });
    action->setCheckable(true);
    action->setChecked(now && std::holds_alternative<std::string>(now->data) &&
                       now->as_string() == item.identifier);
  }
}

Handle tool_settings_of(const Scene& scene) {
  return {scene.id, {PathStep{Scene::schema().property("tool_settings")}}};
}

void fill_snap_menu(QMenu& menu, EditorContext& context) {
  const auto add = [&](const char* label, const char* command, OperatorSettings settings = {}) {
    menu.addAction(QString::fromUtf8(label),
                   [&context, command, settings] { context.invoke(command, settings); });
  };
  add("Selection to Grid", "view3d.snap_selected_to_grid");
  add("Selection to Cursor", "view3d.snap_selected_to_cursor");
  add("Selection to Cursor, Keep Offsets", "view3d.snap_selected_to_cursor",
      {{"use_offset", Value(true)}});
  add("Selection to Active", "view3d.snap_selected_to_active");
  menu.addSeparator();
  add("Cursor to World Origin", "view3d.snap_cursor_to_center");
  add("Cursor to Grid", "view3d.snap_cursor_to_grid");
  add("Cursor to Selected", "view3d.snap_cursor_to_selected");
  add("Cursor to Active", "view3d.snap_cursor_to_active");
}

void fill_shading_menu(QMenu& menu, EditorContext& context, Viewport& viewport) {
  const std::pair<const char*, ViewShadingType> kinds[] = {
      {"Wireframe", ViewShadingType::Wireframe},
      {"Solid", ViewShadingType::Solid},
      {"Material Preview", ViewShadingType::Material},
      {"Rendered", ViewShadingType::Rendered}};
  for (const auto& [label, type] : kinds) {
    QAction* action = menu.addAction(QString::fromUtf8(label), [&viewport, type = type] {
      viewport.look().shading.type = type;
      Q_EMIT viewport.look_changed();
    });
    action->setCheckable(true);
    action->setChecked(viewport.look().shading.type == type);
  }
  menu.addSeparator();
  const auto run = [&](const char* label, const char* command) {
    menu.addAction(QString::fromUtf8(label), [&context, command] { context.invoke(command, {}); });
  };
  run("Toggle X-Ray", "view3d.toggle_xray");
  run("Toggle Overlays", "view3d.toggle_overlays");
}

void fill_snapping_menu(QMenu& menu, EditorContext& context) {
  Session& session = context.session;
  const Scene* scene = session.scene();
  if (!scene) {
    return;
  }
  const Handle owner = tool_settings_of(*scene);
  // Several elements may be on at a time.
  const Property& elements = *ToolSettings::schema().property("snap_elements");
  for (const EnumItem& item : elements.items) {
    QAction* action =
        menu.addAction(QString::fromStdString(item.label), [&session, owner, &elements, item] {
          const Scene* now = session.scene();
          Value::List chosen;
          for (const EnumItem& other : elements.items) {
            const bool was_on = now && (int(now->tool_settings.snap_elements) & other.value) != 0;
            if (was_on != (other.value == item.value)) {
              chosen.emplace_back(other.identifier);
            }
          }
          if (!chosen.empty()) {
            session.set(owner, elements, Value(chosen));
          }
        });
    action->setCheckable(true);
    action->setChecked((int(scene->tool_settings.snap_elements) & item.value) != 0);
  }
  menu.addSeparator();
  QMenu* steps = menu.addMenu(QStringLiteral("Face Nearest Steps"));
  for (const int count : {1, 2, 5, 10, 20, 50, 100}) {
    QAction* action = steps->addAction(QString::number(count), [&session, owner, count] {
      session.set(owner, *ToolSettings::schema().property("snap_face_nearest_steps"), Value(count));
    });
    action->setCheckable(true);
    action->setChecked(scene->tool_settings.snap_face_nearest_steps == count);
  }
  fill_choice(*menu.addMenu(QStringLiteral("Snap With")), session, owner,
              *ToolSettings::schema().property("snap_target"));
  for (const char* name :
       {"use_snap_grid_absolute", "use_snap_self", "use_snap_translate", "use_snap_rotate",
        "use_snap_scale", "use_snap_backface_culling", "use_snap_align_rotation",
        "use_snap_peel_object", "use_snap_project", "use_snap_to_same_target", "use_snap_edit",
        "use_snap_nonedit", "use_snap_selectable"}) {
    const Property& property = *ToolSettings::schema().property(name);
    const Result<Value> now = get_value(session.document(), owner, property, session.services());
    QAction* action =
        menu.addAction(QString::fromStdString(property.label), [&session, owner, &property, now] {
          session.set(owner, property, Value(!(now && now->as_bool())));
        });
    action->setCheckable(true);
    action->setChecked(now && now->as_bool());
  }
}

void fill_pivot_menu(QMenu& menu, EditorContext& context) {
  Session& session = context.session;
  const Scene* scene = session.scene();
  if (!scene) {
    return;
  }
  const Handle owner = tool_settings_of(*scene);
  fill_choice(menu, session, owner, *ToolSettings::schema().property("transform_pivot_point"));
  menu.addSeparator();
  QAction* action = menu.addAction(QStringLiteral("Only Locations"), [&session, owner] {
    const Scene* now = session.scene();
    session.set(owner, *ToolSettings::schema().property("use_transform_pivot_point_align"),
                Value(!(now && now->tool_settings.use_transform_pivot_point_align)));
  });
  action->setCheckable(true);
  action->setChecked(scene->tool_settings.use_transform_pivot_point_align);
}

void fill_orientation_menu(QMenu& menu, EditorContext& context) {
  Session& session = context.session;
  if (const Scene* scene = session.scene()) {
    PathStep slot{Scene::schema().property("transform_orientation_slots")};
    slot.index = 0;
    fill_choice(menu, session, {scene->id, {slot}},
                *transform_orientation_slot_schema().property("type"));
    menu.addSeparator();
    const auto add = [&](const char* label, const char* command, OperatorSettings settings) {
      return menu.addAction(QString::fromUtf8(label),
                            [&context, command, settings] { context.invoke(command, settings); });
    };
    add("Create Orientation", "transform.create_orientation", {{"use", Value(true)}});
    add("Create from View", "transform.create_orientation",
        {{"use", Value(true)}, {"use_view", Value(true)}});
    if (scene->custom_orientation(scene->orientation_slots[0])) {
      add("Delete Orientation", "transform.delete_orientation", {});
    }
  }
}

}  // namespace

void fill_view_menu(QMenu& menu, EditorContext& context) {
  const Keymap& keys = context.commands.keymap;
  const auto add = [&](const char* label, const char* command, OperatorSettings settings = {},
                       const char* key = nullptr) {
    const std::string stroke = key ? key : keys.strokes_of(command);
    menu.addAction(
        QString(label) + (stroke.empty() ? QString() : "\t" + QString::fromStdString(stroke)),
        [&context, command, settings] { context.invoke(command, settings); });
  };
  add("Frame Selected", "view3d.view_selected");
  add("Frame All", "view3d.view_all");
  add("Center on Cursor", "view3d.view_center_cursor");
  add("Perspective/Orthographic", "view3d.view_persportho");
  add("Camera", "view3d.view_camera");
  QMenu* cameras = menu.addMenu(QStringLiteral("Cameras and Regions"));
  const auto add_to = [&](const char* label, const char* command) {
    const std::string stroke = keys.strokes_of(command);
    cameras->addAction(
        QString(label) + (stroke.empty() ? QString() : "\t" + QString::fromStdString(stroke)),
        [&context, command] { context.invoke(command, {}); });
  };
  add_to("Set Active Object as Camera", "view3d.object_as_camera");
  add_to("Align Camera to View", "view3d.camera_to_view");
  add_to("Frame Camera Bounds", "view3d.view_center_camera");
  add_to("Lock Camera to View", "view3d.toggle_camera_lock");
  cameras->addSeparator();
  add_to("Lock View to Active", "view3d.view_lock_to_active");
  add_to("Lock View Clear", "view3d.view_lock_clear");
  cameras->addSeparator();
  add_to("Clipping Region...", "view3d.clip_border");
  add_to("Render Region...", "view3d.render_border");
  add_to("Clear Render Region", "view3d.clear_render_border");
  menu.addSeparator();
  add("Front", "view3d.view_axis", {{"type", Value("FRONT")}}, "Numpad 1");
  add("Right", "view3d.view_axis", {{"type", Value("RIGHT")}}, "Numpad 3");
  add("Top", "view3d.view_axis", {{"type", Value("TOP")}}, "Numpad 7");
  add("Back", "view3d.view_axis", {{"type", Value("BACK")}}, "Ctrl Numpad 1");
  add("Left", "view3d.view_axis", {{"type", Value("LEFT")}}, "Ctrl Numpad 3");
  add("Bottom", "view3d.view_axis", {{"type", Value("BOTTOM")}}, "Ctrl Numpad 7");
  menu.addSeparator();
  add("Local View", "view3d.localview");
  menu.addSeparator();
  add("Toolbar", "view3d.toggle_toolbar");
  add("Tool Settings", "view3d.toggle_tool_header");
  add("Sidebar", "view3d.toggle_sidebar");
  add("Overlays", "view3d.toggle_overlays");
}

bool fill_view3d_menu(const std::string& name, QMenu& menu, EditorContext& context,
                      Viewport& viewport) {
  if (fill_edit_menu(name, menu, context) || fill_object_menu(name, menu, context)) {
    return true;
  }
  if (name == "VIEW3D_MT_add") {
    fill_add_menu(menu, context);
  } else if (name == "VIEW3D_MT_mesh_add") {
    fill_mesh_add_menu(menu, context);
  } else if (name == "VIEW3D_MT_image_add") {
    fill_image_add_menu(menu, context);
  } else if (name == "VIEW3D_MT_snap_pie" || name == "VIEW3D_MT_snap") {
    fill_snap_menu(menu, context);
  } else if (name == "VIEW3D_MT_shading_pie") {
    fill_shading_menu(menu, context, viewport);
  } else if (name == "VIEW3D_MT_pivot_pie") {
    fill_pivot_menu(menu, context);
  } else if (name == "VIEW3D_MT_orientations_pie") {
    fill_orientation_menu(menu, context);
  } else if (name == "VIEW3D_MT_view_pie" || name == "VIEW3D_MT_view") {
    fill_view_menu(menu, context);
  } else if (name == "VIEW3D_PT_snapping") {
    fill_snapping_menu(menu, context);
  } else {
    return false;
  }
  return true;
}

}  // namespace kiln::editor
