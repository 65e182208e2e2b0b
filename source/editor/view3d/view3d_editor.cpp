#include "editor/view3d/view3d_editor.h"

#include <QButtonGroup>
#include <QCursor>
#include <QHBoxLayout>
#include <QMenu>
#include <QPointer>
#include <QToolButton>
#include <QVBoxLayout>

#include "document/scene.h"
#include "document/view3d_space.h"
#include "editor/layout/layout_view.h"
#include "editor/layout/pie_popup.h"
#include "editor/layout/settings_popover.h"
#include "editor/preferences/current.h"
#include "editor/view3d/look_layouts.h"
#include "editor/view3d/operation_panel.h"
#include "editor/view3d/tool_header.h"
#include "editor/view3d/vertex_median.h"
#include "editor/view3d/view3d_icons.h"
#include "editor/view3d/view3d_menus.h"
#include "editor/view3d/view3d_panels.h"
#include "editor/view3d/view3d_pies.h"
#include "editor/view3d/view_state.h"
#include "editor/view3d/viewport.h"
#include "editor/window/commands.h"
#include "editor/window/menus.h"
#include "editor/window/sidebar.h"
#include "editor/window/space_owner.h"

namespace kiln::editor {
namespace {

QToolButton* add_button(QHBoxLayout& header, const QString& text, const QString& tip,
                        bool is_checkable) {
  auto* button = new QToolButton;
  button->setText(text);
  button->setToolTip(tip);
  button->setCheckable(is_checkable);
  header.addWidget(button);
  return button;
}

// Buttons with a sign are as narrow as it; their text stays as their name.
void set_sign(QToolButton& button, ViewIcon icon, const Theme& theme) {
  button.setIcon(view3d_icon(icon, theme));
  button.setIconSize(QSize(16, 16));
  button.setFixedWidth(icon == ViewIcon::Options ? 18 : 28);
  button.setStyleSheet(QStringLiteral("padding: 2px;"));
}

}  // namespace

View3DEditor::View3DEditor(EditorContext& context)
    : Editor(context),
      viewport_(new Viewport(context, *this)),
      median_(std::make_shared<VertexMedian>(context.session)),
      space_owner_(std::make_shared<SpaceOwner>(*this, std::make_shared<SpaceView3D>())) {
  auto* rows = new QVBoxLayout(this);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(0);
  tool_header_ = new ToolHeader(
      context, [this] { return viewport_->tool(); }, this);
  tool_header_->hide();
  rows->addWidget(tool_header_);
  auto* layout = new QHBoxLayout;
  layout->setSpacing(0);
  rows->addLayout(layout, 1);
  layout->addWidget(viewport_, 1);
  sidebar_ = new Sidebar(
      context, "VIEW_3D", view3d_tabs(),
      [this](const std::string& tab, LayoutItem& root) {
        add_view3d_panels(root, session(), median_, tab);
        if (tab == "View") {
          add_view_settings(root, space_owner_);
        }
      },
      this);
  sidebar_->hide();
  layout->addWidget(sidebar_);
  operation_ = new OperationPanel(context, viewport_);
  connections_.push_back(
      context.session.changed.connect([this](const ChangeSet&) { update_header(); }));
  connections_.push_back(context.theme_changed.connect([this] { update_signs(); }));
}

bool View3DEditor::is_edit_mode() const {
  return edited_mesh(session()).mesh != nullptr;
}

std::vector<std::string> View3DEditor::keymaps() const {
  if (is_edit_mode()) {
    return {"Mesh", "3D View", "Object Non-modal"};
  }
  return {"Object Mode", "3D View", "Object Non-modal"};
}

bool View3DEditor::modal_key(const KeyStroke& stroke, const QString& text) {
  return viewport_->modal_key(stroke, text);
}
QString View3DEditor::hint() const {
  return viewport_->hint();
}

bool View3DEditor::run_command(const std::string& command, const OperatorSettings& settings) {
  if (command == "view3d.toggle_sidebar") {
    sidebar_->setVisible(sidebar_->isHidden());
    sidebar_->rebuild();
    return true;
  }
  if (command == "view3d.toggle_tool_header") {
    tool_header_->setVisible(tool_header_->isHidden());
    return true;
  }
  if (command == "wm.call_menu_pie" && show_pie(text_setting(settings, "name"))) {
    return true;
  }
  if (command == "wm.call_menu" || command == "wm.call_menu_pie") {
    const std::string name = text_setting(settings, "name");
    QMenu probe;
    if (!fill_view3d_menu(name, probe, context(), *viewport_)) {
      return false;
    }
    show_menu(name);
    return true;
  }
  return viewport_->run_command(command, settings);
}

bool View3DEditor::show_pie(const std::string& name) {
  const std::optional<ViewPie> pie = make_view3d_pie(name, context(), *viewport_);
  if (pie) {
    (new PiePopup(context(), pie->title, pie->content, this))->show();
  }
  return pie.has_value();
}

void View3DEditor::show_menu(const std::string& name) {
  QMenu menu(this);
  fill_view3d_menu(name, menu, context(), *viewport_);
  menu.exec(QCursor::pos());
}

std::vector<std::pair<std::string, QRect>> View3DEditor::named_places() const {
  std::vector<std::pair<std::string, QRect>> places;
  const QPoint offset = viewport_->pos();
  for (const auto& [name, place] : viewport_->named_places()) {
    places.emplace_back(name, place.translated(offset));
  }
  if (operation_->isVisible()) {
    for (const auto& [name, place] : operation_->named_places()) {
      places.emplace_back(name, place.translated(offset + operation_->pos()));
    }
  }
  if (!tool_header_->isHidden()) {
    for (const auto& [name, place] : tool_header_->named_places()) {
      places.emplace_back(name, place.translated(tool_header_->pos()));
    }
  }
  for (const auto& place : sidebar_->named_places(*this)) {
    places.push_back(place);
  }
  return places;
}

std::vector<std::pair<std::string, double>> View3DEditor::figures(bool forgets) {
  const auto now = viewport_->figures();
  if (forgets) {
    viewport_->forget_figures();
  }
  return now;
}

void View3DEditor::update_header() {
  for (const auto& change : updates_) {
    change();
  }
}

void View3DEditor::update_signs() {
  for (const auto& change : signs_) {
    change();
  }
}

bool View3DEditor::fill_native_menu(const std::string& name, QMenu& menu) {
  return fill_view3d_menu(name, menu, context(), *viewport_);
}

void View3DEditor::build_header(QHBoxLayout& header) {
  updates_.clear();
  signs_.clear();
  add_mode_buttons(header);
  add_header_menu(header, context(), QStringLiteral("View"), "VIEW3D_MT_view");
  add_header_menu(header, QStringLiteral("Select"), [this](QMenu& menu) {
    static_cast<void>(
        fill_named_menu(menu, context(),
                        is_edit_mode() ? "VIEW3D_MT_select_edit_mesh" : "VIEW3D_MT_select_object"));
  });
  add_header_menu(header, context(), QStringLiteral("Add"), "VIEW3D_MT_add");
  QToolButton* things = add_header_menu(header, QStringLiteral("Object"), [this](QMenu& menu) {
    static_cast<void>(fill_named_menu(menu, context(),
                                      is_edit_mode() ? "VIEW3D_MT_edit_mesh" : "VIEW3D_MT_object"));
  });
  for (const auto& [label, name] : {std::pair{"Vertex", "VIEW3D_MT_edit_mesh_vertices"},
                                    std::pair{"Edge", "VIEW3D_MT_edit_mesh_edges"},
                                    std::pair{"Face", "VIEW3D_MT_edit_mesh_faces"}}) {
    QToolButton* parts = add_header_menu(header, context(), QString::fromUtf8(label), name);
    updates_.push_back([this, parts] { parts->setVisible(is_edit_mode()); });
  }
  updates_.push_back([this, things] {
    things->setText(is_edit_mode() ? QStringLiteral("Mesh") : QStringLiteral("Object"));
  });
  header.addStretch(1);
  add_tool_settings(header);
  header.addStretch(1);
  add_look_buttons(header);
  update_header();
  update_signs();
}

// Object or edit mode, and what is selected in edit mode.
void View3DEditor::add_mode_buttons(QHBoxLayout& header) {
  QToolButton* mode = add_header_menu(header, QStringLiteral("Object Mode"), [this](QMenu& menu) {
    for (const auto& [label, name] :
         {std::pair<const char*, const char*>{"Object Mode", "OBJECT"}, {"Edit Mode", "EDIT"}}) {
      add_menu_item(menu, context(), "object.mode_set", {{"mode", Value(name)}}, label);
    }
  });
  updates_.push_back([this, mode] {
    mode->setText(is_edit_mode() ? QStringLiteral("Edit Mode") : QStringLiteral("Object Mode"));
  });
  static constexpr const char* types[] = {"VERT", "EDGE", "FACE"};
  static constexpr const char* labels[] = {"Vertices", "Edges", "Faces"};
  for (int i = 0; i < 3; ++i) {
    QToolButton* button =
        add_button(header, QString::fromUtf8(labels[i]),
                   QStringLiteral("Select these (%1); with Shift in addition").arg(i + 1), true);
    connect(button, &QToolButton::clicked, this, [this, i] {
      const bool adds = QGuiApplication::keyboardModifiers().testFlag(Qt::ShiftModifier);
      session().run("mesh.select_mode", {{"type", Value(types[i])}, {"use_extend", Value(adds)}});
      update_header();
    });
    signs_.push_back([this, button, i] {
      static constexpr ViewIcon icons[] = {ViewIcon::Vertices, ViewIcon::Edges, ViewIcon::Faces};
      set_sign(*button, icons[i], theme());
    });
    updates_.push_back([this, button, i] {
      const Scene* scene = session().scene();
      button->setVisible(is_edit_mode());
      button->setChecked(scene && scene->tool_settings.mesh_select_mode[std::size_t(i)]);
    });
  }
}

// Orientation, pivot and snapping.
void View3DEditor::add_tool_settings(QHBoxLayout& header) {
  const auto add = [&](const char* menu_name, const char* tip, ViewIcon icon,
                       std::function<QString()> text) {
    QToolButton* button =
        add_header_menu(header, text(), [this, name = std::string(menu_name)](QMenu& menu) {
          fill_view3d_menu(name, menu, context(), *viewport_);
        });
    updates_.push_back([button, text, tip] {
      button->setText(text());
      button->setToolTip(QString::fromUtf8(tip) + QStringLiteral(": ") + text());
    });
    signs_.push_back([this, button, icon] { set_sign(*button, icon, theme()); });
  };
  add("VIEW3D_MT_orientations_pie", "What X, Y and Z are while transforming (Comma)",
      ViewIcon::Orientation, [this] {
        const Scene* scene = session().scene();
        if (!scene) {
          return QString();
        }
        const OrientationSlot& slot = scene->orientation_slots[0];
        QString name = QString::fromStdString(orientation_name(*scene, slot));
        if (!scene->custom_orientation(slot)) {
          name[0] = name[0].toUpper();
        }
        return name;
      });
  add("VIEW3D_MT_pivot_pie", "What things turn about and scale from (Period)", ViewIcon::Pivot,
      [this] {
        const Scene* scene = session().scene();
        const Property& property = *ToolSettings::schema().property("transform_pivot_point");
        const EnumItem* item =
            scene ? property.item_of_value(int(scene->tool_settings.transform_pivot_point))
                  : nullptr;
        return item ? QString::fromStdString(item->label) : QString();
      });
  QToolButton* snap = add_button(header, QStringLiteral("Snap"),
                                 QStringLiteral("Snap while transforming (Shift Tab)"), true);
  connect(snap, &QToolButton::clicked, this, [this] { run_command("view3d.toggle_snap", {}); });
  updates_.push_back([this, snap] {
    const Scene* scene = session().scene();
    snap->setChecked(scene && scene->tool_settings.use_snap);
  });
  signs_.push_back([this, snap] { set_sign(*snap, ViewIcon::Snap, theme()); });
  QToolButton* proportional =
      add_button(header, QStringLiteral("Proportional"),
                 QStringLiteral("What is near moves along (O); Shift O for how much"), true);
  connect(proportional, &QToolButton::clicked, this,
          [this] { run_command("view3d.toggle_proportional", {}); });
  updates_.push_back([this, proportional] {
    const Scene* scene = session().scene();
    proportional->setChecked(scene &&
                             (is_edit_mode() ? scene->tool_settings.use_proportional_edit
                                             : scene->tool_settings.use_proportional_edit_objects));
  });
  signs_.push_back(
      [this, proportional] { set_sign(*proportional, ViewIcon::Proportional, theme()); });
  add("VIEW3D_PT_snapping", "What things snap to", ViewIcon::Options, [this] {
    const Scene* scene = session().scene();
    const Property& property = *ToolSettings::schema().property("snap_elements");
    QString text;
    for (const EnumItem& item : property.items) {
      if (scene && (int(scene->tool_settings.snap_elements) & item.value)) {
        text = text.isEmpty() ? QString::fromStdString(item.label) : QStringLiteral("Mix");
      }
    }
    return text;
  });
}

// Handles, overlays, x-ray, kinds of shading, and what can be chosen of them.
void View3DEditor::add_look_buttons(QHBoxLayout& header) {
  QToolButton* gizmos = add_button(header, QStringLiteral("Gizmos"),
                                   QStringLiteral("Handles in the view (Ctrl ')"), true);
  connect(gizmos, &QToolButton::clicked, this, [this](bool is_on) {
    viewport_->options.show_gizmo = is_on;
    Q_EMIT viewport_->look_changed();
  });
  updates_.push_back([this, gizmos] { gizmos->setChecked(viewport_->options.show_gizmo); });
  signs_.push_back([this, gizmos] { set_sign(*gizmos, ViewIcon::Gizmos, theme()); });
  QToolButton* gizmo_options =
      add_button(header, QStringLiteral("Gizmo Options"), QStringLiteral("Gizmo Options"), false);
  signs_.push_back([this, gizmo_options] { set_sign(*gizmo_options, ViewIcon::Options, theme()); });
  connect(gizmo_options, &QToolButton::clicked, this, [this, gizmo_options] {
    // The settings are copied out and back with every use.
    const auto space = std::make_shared<SpaceView3D>();
    (new SettingsPopover(
         context(),
         [this, space] {
           fill_space(*space);
           return std::vector<MutableRef>{{&SpaceView3D::schema(), space.get()}};
         },
         [] { return gizmo_layout(); }, [this, space] { take_space(*space); }, this))
        ->show_below(*gizmo_options);
  });
  const auto popover_button = [&](bool is_overlays) {
    const QString name =
        is_overlays ? QStringLiteral("Overlay Options") : QStringLiteral("Shading Options");
    QToolButton* button = add_button(header, name, name, false);
    signs_.push_back([this, button] { set_sign(*button, ViewIcon::Options, theme()); });
    connect(button, &QToolButton::clicked, this,
            [this, is_overlays, button] { show_popover(is_overlays, button); });
  };
  QToolButton* overlays = add_button(header, QStringLiteral("Overlays"),
                                     QStringLiteral("Grid, outlines, lights and cameras"), true);
  connect(overlays, &QToolButton::clicked, this,
          [this] { run_command("view3d.toggle_overlays", {}); });
  updates_.push_back(
      [this, overlays] { overlays->setChecked(viewport_->look().overlay.show_overlays); });
  signs_.push_back([this, overlays] { set_sign(*overlays, ViewIcon::Overlays, theme()); });
  popover_button(true);
  QToolButton* xray = add_button(header, QStringLiteral("X-Ray"),
                                 QStringLiteral("See and select through surfaces (Alt Z)"), true);
  connect(xray, &QToolButton::clicked, this, [this] { run_command("view3d.toggle_xray", {}); });
  updates_.push_back([this, xray] {
    const View3DShading& shading = viewport_->look().shading;
    xray->setChecked(shading.type == ViewShadingType::Wireframe ? shading.show_xray_wireframe
                                                                : shading.show_xray);
    xray->setEnabled(!shading.is_traced());
  });
  signs_.push_back([this, xray] { set_sign(*xray, ViewIcon::XRay, theme()); });
  const struct {
    const char* label;
    const char* tip;
    ViewShadingType type;
    ViewIcon icon;
  } kinds[] = {
      {"Wire", "Show edges only (Shift Z)", ViewShadingType::Wireframe, ViewIcon::Wireframe},
      {"Solid", "Show surfaces in the light of a studio", ViewShadingType::Solid, ViewIcon::Solid},
      {"Material", "Show materials in the light of a studio", ViewShadingType::Material,
       ViewIcon::Material},
      {"Rendered", "Show the scene as it will be rendered", ViewShadingType::Rendered,
       ViewIcon::Rendered}};
  for (const auto& kind : kinds) {
    QToolButton* button =
        add_button(header, QString::fromUtf8(kind.label), QString::fromUtf8(kind.tip), true);
    connect(button, &QToolButton::clicked, this, [this, type = kind.type] {
      viewport_->look().shading.type = type;
      Q_EMIT viewport_->look_changed();
    });
    updates_.push_back([this, button, type = kind.type] {
      button->setChecked(viewport_->look().shading.type == type);
    });
    signs_.push_back([this, button, icon = kind.icon] { set_sign(*button, icon, theme()); });
  }
  popover_button(false);
  connect(viewport_, &Viewport::look_changed, this, [this] {
    update_header();
    viewport_->refresh();
    state_changed.emit();
  });
}

std::string View3DEditor::state() const {
  return write_view_state(viewport_->look().shading, viewport_->look().overlay);
}

void View3DEditor::restore(const std::string& state) {
  read_view_state(state, viewport_->look().shading, viewport_->look().overlay);
  update_header();
  viewport_->refresh();
}

std::vector<std::pair<std::string, QRect>> View3DEditor::regions() const {
  std::vector<std::pair<std::string, QRect>> all{{"WINDOW", viewport_->geometry()}};
  if (viewport_->shows_toolbar()) {
    all.emplace_back("TOOLS", viewport_->toolbar_rect());
  }
  if (!tool_header_->isHidden()) {
    all.emplace_back("TOOL_HEADER", tool_header_->geometry());
  }
  if (!sidebar_->isHidden()) {
    all.emplace_back("UI", sidebar_->geometry());
  }
  if (!operation_->isHidden()) {
    all.emplace_back("HUD", operation_->geometry().translated(viewport_->pos()));
  }
  return all;
}

void View3DEditor::fill_space(Space& space) const {
  auto* view = dynamic_cast<SpaceView3D*>(&space);
  if (!view) {
    return;
  }
  const Navigation& navigation = viewport_->navigation();
  const render::raster::ViewCamera camera = viewport_->seen_by();
  view->shading = viewport_->look().shading;
  view->overlay = viewport_->look().overlay;
  view->hidden_kinds = viewport_->look().hidden_kinds;
  view->unselectable_kinds = viewport_->unselectable_kinds;
  view->show_region_toolbar = viewport_->shows_toolbar();
  view->tool = Toolbar::identifier(viewport_->tool());
  view->show_region_ui = !sidebar_->isHidden();
  view->show_region_tool_header = !tool_header_->isHidden();
  view->show_region_hud = operation_->is_wanted();
  view->is_local_view = viewport_->is_local_view();
  view->lens = navigation.lens();
  view->clip_start = navigation.clip_start();
  view->clip_end = navigation.clip_end();
  view->region.view_location = navigation.pivot();
  view->region.view_rotation = navigation.turn();
  view->region.view_distance = navigation.distance();
  view->region.view_perspective = navigation.is_camera()        ? ViewPerspective::Camera
                                  : navigation.is_perspective() ? ViewPerspective::Persp
                                                                : ViewPerspective::Ortho;
  view->region.is_perspective = camera.is_perspective;
  view->region.is_orthographic_side_view = navigation.is_axis_view();
  view->region.lock_rotation = navigation.is_rotation_locked;
  view->region.use_clip_planes = viewport_->look().clip_planes.has_value();
  if (viewport_->look().clip_planes) {
    view->region.clip_planes = *viewport_->look().clip_planes;
  }
  view->region.view_camera_zoom =
      navigation.camera_zoom(viewport_->width(), viewport_->height(), session().evaluated().get());
  view->region.view_camera_offset = navigation.camera_offset();
  const ViewOptions& options = viewport_->options;
  const Scene* scene = session().scene();
  view->camera = {options.use_local_camera ? options.camera : scene ? scene->camera.id : BlockId{}};
  view->use_local_camera = options.use_local_camera;
  view->use_render_border = options.use_render_border;
  view->render_border_min_x = options.render_border.x;
  view->render_border_min_y = options.render_border.y;
  view->render_border_max_x = options.render_border.z;
  view->render_border_max_y = options.render_border.w;
  view->lock_object = {options.lock_object};
  view->lock_cursor = options.lock_cursor;
  view->lock_camera = options.lock_camera;
  view->show_gizmo = options.show_gizmo;
  view->show_gizmo_navigate = options.show_gizmo_navigate;
  view->show_gizmo_context = options.show_gizmo_context;
  view->show_gizmo_tool = options.show_gizmo_tool;
  view->show_gizmo_object_translate = options.show_gizmo_object_translate;
  view->show_gizmo_object_rotate = options.show_gizmo_object_rotate;
  view->show_gizmo_object_scale = options.show_gizmo_object_scale;
  view->show_gizmo_light_size = options.show_gizmo_light_size;
  view->show_gizmo_light_look_at = options.show_gizmo_light_look_at;
  view->show_gizmo_camera_lens = options.show_gizmo_camera_lens;
  view->show_gizmo_camera_dof_distance = options.show_gizmo_camera_dof_distance;
  view->show_gizmo_empty_image = options.show_gizmo_empty_image;
  view->region.window_matrix = camera.projection;
  view->region.shown_view_matrix = camera.view;
}

void View3DEditor::take_space(const Space& space) {
  const auto* view = dynamic_cast<const SpaceView3D*>(&space);
  if (!view) {
    return;
  }
  const RegionView3D& region = view->region;
  render::raster::ViewLook& look = viewport_->look();
  look.shading = view->shading;
  look.overlay = view->overlay;
  look.hidden_kinds = view->hidden_kinds;
  viewport_->unselectable_kinds = view->unselectable_kinds;
  viewport_->show_toolbar(view->show_region_toolbar);
  if (const std::optional<ViewTool> tool = Toolbar::named(view->tool);
      tool && *tool != viewport_->tool()) {
    viewport_->set_tool(*tool);
  }
  operation_->set_wanted(view->show_region_hud);
  tool_header_->setVisible(view->show_region_tool_header);
  if (view->show_region_ui == sidebar_->isHidden()) {
    run_command("view3d.toggle_sidebar", {});
  }
  viewport_->navigation().set_lens(view->lens, view->clip_start, view->clip_end);
  viewport_->navigation().set_view(region.view_location, region.view_rotation, region.view_distance,
                                   region.view_perspective == ViewPerspective::Camera
                                       ? viewport_->navigation().is_perspective()
                                       : region.view_perspective == ViewPerspective::Persp,
                                   region.view_perspective == ViewPerspective::Camera);
  Navigation& navigation = viewport_->navigation();
  navigation.is_rotation_locked = region.lock_rotation;
  if (region.use_clip_planes) {
    look.clip_planes = region.clip_planes;
  } else {
    look.clip_planes.reset();
  }
  const float zoom =
      navigation.camera_zoom(viewport_->width(), viewport_->height(), session().evaluated().get());
  if (region.view_camera_zoom != zoom ||
      !(region.view_camera_offset == navigation.camera_offset())) {
    navigation.set_camera_frame(region.view_camera_zoom, region.view_camera_offset);
  }
  ViewOptions& options = viewport_->options;
  options.use_local_camera = view->use_local_camera;
  options.camera = view->use_local_camera ? view->camera.id : options.camera;
  options.use_render_border = view->use_render_border;
  options.render_border = {view->render_border_min_x, view->render_border_min_y,
                           std::max(view->render_border_max_x, view->render_border_min_x),
                           std::max(view->render_border_max_y, view->render_border_min_y)};
  options.lock_object = view->lock_object.id;
  if (view->lock_cursor && !options.lock_cursor) {
    options.lock_offset = {};
  }
  options.lock_cursor = view->lock_cursor;
  options.lock_camera = view->lock_camera;
  options.show_gizmo = view->show_gizmo;
  options.show_gizmo_navigate = view->show_gizmo_navigate;
  options.show_gizmo_context = view->show_gizmo_context;
  options.show_gizmo_tool = view->show_gizmo_tool;
  options.show_gizmo_object_translate = view->show_gizmo_object_translate;
  options.show_gizmo_object_rotate = view->show_gizmo_object_rotate;
  options.show_gizmo_object_scale = view->show_gizmo_object_scale;
  options.show_gizmo_light_size = view->show_gizmo_light_size;
  options.show_gizmo_light_look_at = view->show_gizmo_light_look_at;
  options.show_gizmo_camera_lens = view->show_gizmo_camera_lens;
  options.show_gizmo_camera_dof_distance = view->show_gizmo_camera_dof_distance;
  options.show_gizmo_empty_image = view->show_gizmo_empty_image;
  const Scene* scene = session().scene();
  if (!view->use_local_camera && scene && view->camera && !(view->camera.id == scene->camera.id)) {
    session().set({scene->id, {}}, *Scene::schema().property("camera"),
                  Value(Handle{view->camera.id, {}}));
  }
  Q_EMIT viewport_->look_changed();
}

void View3DEditor::show_popover(bool is_overlays, QToolButton* button) {
  render::raster::ViewLook& look = viewport_->look();
  auto* popover = new SettingsPopover(
      context(),
      [&look] {
        return std::vector<MutableRef>{
            {&View3DShading::schema(), &look.shading},
            {&CyclesView3DShadingSettings::schema(), &look.shading.cycles},
            {&View3DOverlay::schema(), &look.overlay}};
      },
      [this, &look, is_overlays] {
        return is_overlays ? overlay_layout(look.overlay, session().scene(), is_edit_mode(),
                                            current_preferences(session()).view.show_developer_ui)
                           : shading_layout(look.shading);
      },
      [this] { Q_EMIT viewport_->look_changed(); }, this);
  popover->show_below(*button);
}

void register_view3d(EditorRegistry& registry) {
  registry.add({"VIEW_3D", QStringLiteral("3D Viewport"),
                [](EditorContext& context) -> Editor* { return new View3DEditor(context); }});
}

}  // namespace kiln::editor
