#include "editor/view3d/view3d_editor.h"

#include <QButtonGroup>
#include <QCursor>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include "document/scene.h"
#include "editor/view3d/viewport.h"
#include "editor/window/commands.h"
#include "editor/window/menus.h"

namespace kiln::editor {

View3DEditor::View3DEditor(EditorContext& context)
    : Editor(context), viewport_(new Viewport(context, *this)) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(viewport_);
}

bool View3DEditor::modal_key(const KeyStroke& stroke, const QString& text) {
  return viewport_->modal_key(stroke, text);
}
QString View3DEditor::hint() const {
  return viewport_->hint();
}

bool View3DEditor::run_command(const std::string& command, const OperatorSettings& settings) {
  if (command == "wm.call_menu") {
    for (const auto& [name, value] : settings) {
      if (name == "name" && value.as_string() == "VIEW3D_MT_add") {
        show_add_menu();
        return true;
      }
      if (name == "name" && value.as_string() == "VIEW3D_MT_object_context_menu") {
        show_context_menu();
        return true;
      }
    }
    return false;
  }
  return viewport_->run_command(command, settings);
}

std::vector<std::pair<std::string, QRect>> View3DEditor::named_places() const {
  return {{"viewport", viewport_->geometry()}};
}

namespace {

void fill_add_menu(QMenu& menu, EditorContext& context) {
  QMenu* mesh = menu.addMenu(QStringLiteral("Mesh"));
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
    add_menu_item(*mesh, context, fmt::format("mesh.primitive_{}_add", name), {}, label);
  }
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
}

void fill_object_menu(QMenu& menu, EditorContext& context) {
  add_menu_item(menu, context, "transform.translate", {}, "Move");
  add_menu_item(menu, context, "transform.rotate", {}, "Rotate");
  add_menu_item(menu, context, "transform.resize", {}, "Scale");
  menu.addSeparator();
  QMenu* apply = menu.addMenu(QStringLiteral("Apply"));
  const auto parts = [](bool location, bool rotation, bool scale) {
    return OperatorSettings{{"location", location}, {"rotation", rotation}, {"scale", scale}};
  };
  add_menu_item(*apply, context, "object.transform_apply", parts(true, false, false), "Location");
  add_menu_item(*apply, context, "object.transform_apply", parts(false, true, false), "Rotation");
  add_menu_item(*apply, context, "object.transform_apply", parts(false, false, true), "Scale");
  add_menu_item(*apply, context, "object.transform_apply", parts(true, true, true),
                "All Transforms");
  QMenu* parent = menu.addMenu(QStringLiteral("Parent"));
  add_menu_item(*parent, context, "object.parent_set", {}, "Make Parent");
  add_menu_item(*parent, context, "object.parent_set", {{"keep_transform", true}},
                "Make Parent, Keep Transform");
  add_menu_item(*parent, context, "object.parent_clear", {}, "Clear Parent");
  add_menu_item(*parent, context, "object.parent_clear", {{"type", Value("CLEAR_KEEP_TRANSFORM")}},
                "Clear Parent, Keep Transform");
  menu.addSeparator();
  add_menu_item(menu, context, "object.shade_smooth", {}, "Shade Smooth");
  add_menu_item(menu, context, "object.shade_flat", {}, "Shade Flat");
  menu.addSeparator();
  add_menu_item(menu, context, "object.duplicate_move", {}, "Duplicate");
  add_menu_item(menu, context, "object.delete", {}, "Delete");
}

}  // namespace

void View3DEditor::show_add_menu() {
  QMenu menu(this);
  fill_add_menu(menu, context());
  menu.exec(QCursor::pos());
}

void View3DEditor::show_context_menu() {
  QMenu menu(this);
  fill_object_menu(menu, context());
  menu.exec(QCursor::pos());
}

void View3DEditor::fill_view_menu(QMenu& menu) {
  const auto run = [this](const char* command, OperatorSettings settings = {}) {
    return [this, command, settings] { run_command(command, settings); };
  };
  const Keymap& keys = context().commands.keymap;
  const auto add = [&](const char* label, const char* command, OperatorSettings settings = {},
                       const char* key = nullptr) {
    const std::string stroke = key ? key : keys.strokes_of(command);
    menu.addAction(
        QString(label) + (stroke.empty() ? QString() : "\t" + QString::fromStdString(stroke)),
        run(command, settings));
  };
  add("Frame Selected", "view3d.view_selected");
  add("Frame All", "view3d.view_all");
  add("Perspective/Orthographic", "view3d.view_persportho");
  add("Camera", "view3d.view_camera");
  menu.addSeparator();
  add("Front", "view3d.view_axis", {{"type", Value("FRONT")}}, "Numpad 1");
  add("Right", "view3d.view_axis", {{"type", Value("RIGHT")}}, "Numpad 3");
  add("Top", "view3d.view_axis", {{"type", Value("TOP")}}, "Numpad 7");
  add("Back", "view3d.view_axis", {{"type", Value("BACK")}}, "Ctrl Numpad 1");
  add("Left", "view3d.view_axis", {{"type", Value("LEFT")}}, "Ctrl Numpad 3");
  add("Bottom", "view3d.view_axis", {{"type", Value("BOTTOM")}}, "Ctrl Numpad 7");
}

bool View3DEditor::fill_native_menu(const std::string& name, QMenu& menu) {
  if (name == "VIEW3D_MT_view") {
    fill_view_menu(menu);
  } else if (name == "VIEW3D_MT_select_object") {
    add_menu_item(menu, context(), "object.select_all", {{"action", Value("SELECT")}}, "All");
    add_menu_item(menu, context(), "object.select_all", {{"action", Value("DESELECT")}}, "None");
    add_menu_item(menu, context(), "object.select_all", {{"action", Value("INVERT")}}, "Invert");
    menu.addAction(QStringLiteral("Box Select\tB"),
                   [this] { run_command("view3d.select_box", {}); });
  } else if (name == "VIEW3D_MT_add") {
    fill_add_menu(menu, context());
  } else if (name == "VIEW3D_MT_object" || name == "VIEW3D_MT_object_context_menu") {
    fill_object_menu(menu, context());
  } else {
    return false;
  }
  return true;
}

void View3DEditor::build_header(QHBoxLayout& header) {
  for (const auto& [title, name] :
       {std::pair{"View", "VIEW3D_MT_view"}, std::pair{"Select", "VIEW3D_MT_select_object"},
        std::pair{"Add", "VIEW3D_MT_add"}, std::pair{"Object", "VIEW3D_MT_object"}}) {
    add_header_menu(header, context(), title, name);
  }
  header.addStretch(1);
  const auto toggle = [&](const QString& text, const QString& tip, bool is_on, auto&& apply) {
    auto* button = new QToolButton;
    button->setText(text);
    button->setToolTip(tip);
    button->setCheckable(true);
    button->setChecked(is_on);
    connect(button, &QToolButton::toggled, this, apply);
    header.addWidget(button);
    return button;
  };
  using render::raster::ShadingMode;
  toggle(QStringLiteral("Overlays"), QStringLiteral("Grid, outlines, lights and cameras"), true,
         [this](bool on) {
           viewport_->look().has_overlays = on;
           viewport_->refresh();
         });
  toggle(QStringLiteral("Cavity"), QStringLiteral("Emphasize ridges and valleys"), true,
         [this](bool on) {
           viewport_->look().has_cavity = on;
           viewport_->refresh();
         });
  auto* group = new QButtonGroup(this);
  auto* wire = toggle(QStringLiteral("Wire"), QStringLiteral("Show edges only (Shift Z)"), false,
                      [this](bool on) {
                        if (on) {
                          viewport_->look().shading = ShadingMode::Wireframe;
                          viewport_->refresh();
                        }
                      });
  auto* solid = toggle(QStringLiteral("Solid"), QStringLiteral("Show surfaces in studio light"),
                       true, [this](bool on) {
                         if (on) {
                           viewport_->look().shading = ShadingMode::Solid;
                           viewport_->refresh();
                         }
                       });
  group->addButton(wire);
  group->addButton(solid);
  connect(viewport_, &Viewport::look_changed, this, [this, wire, solid] {
    (viewport_->look().shading == ShadingMode::Wireframe ? wire : solid)->setChecked(true);
    viewport_->refresh();
  });
}

void register_view3d(EditorRegistry& registry) {
  registry.add({"VIEW_3D", QStringLiteral("3D Viewport"),
                [](EditorContext& context) -> Editor* { return new View3DEditor(context); }});
}

}  // namespace kiln::editor
