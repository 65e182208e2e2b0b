#include "editor/preferences/preferences_window.h"

#include <QApplication>
#include <QColorDialog>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QSaveFile>
#include <QScrollArea>
#include <QVBoxLayout>

#include "core/script_panels.h"
#include "editor/layout/script_layout.h"
#include "editor/window/commands.h"
#include "editor/window/editor.h"
#include "editor/window/key_names.h"

namespace kiln::editor {
namespace {

constexpr const char* section_names[] = {"Interface", "Lights", "Editing", "Navigation", "Input",
                                         "Add-ons",   "Keymap", "System",  "File Paths"};
constexpr PreferencesSection sections_of_scripts[] = {
    PreferencesSection::Interface,  PreferencesSection::Lights, PreferencesSection::Editing,
    PreferencesSection::Navigation, PreferencesSection::Input,  PreferencesSection::Addons,
    PreferencesSection::Keymap,     PreferencesSection::System, PreferencesSection::FilePaths};

// Those that change what the program does; the rest is kept for scripts.
void add_properties(LayoutItem& panel, const Schema& schema,
                    std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (const Property* property = schema.property(name)) {
      panel.prop({}, *property);
    }
  }
}

}  // namespace

PreferencesWindow::PreferencesWindow(EditorContext& context, Preferences& preferences,
                                     const Path& file, QWidget* parent)
    : QDialog(parent, Qt::Window),
      context_(context),
      preferences_(preferences),
      file_(file),
      access_(context.session, preferences),
      sections_(new QListWidget),
      filter_(new QLineEdit) {
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(QStringLiteral("Preferences"));
  resize(760, 560);
  auto* row = new QHBoxLayout(this);
  sections_->setFixedWidth(130);
  sections_->setFrameShape(QFrame::NoFrame);
  for (const char* name : section_names) {
    sections_->addItem(name);
  }
  row->addWidget(sections_);
  auto* column = new QVBoxLayout;
  filter_->setPlaceholderText(QStringLiteral("Search"));
  filter_->setClearButtonEnabled(true);
  column->addWidget(filter_);
  view_ = new LayoutView(
      context, [this] { return make(); }, access_);
  auto* scroll = new QScrollArea;
  scroll->setWidget(view_);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  column->addWidget(scroll);
  row->addLayout(column, 1);
  connect(sections_, &QListWidget::currentRowChanged, this,
          [this](int index) { show_section(Section(std::max(0, index))); });
  connect(filter_, &QLineEdit::textChanged, this, [this] { view_->rebuild(); });
  connect(view_, &LayoutView::used, this, [this] {
    store();
    if (has_lamps_ != preferences_.system.use_studio_light_edit) {
      view_->rebuild();
    }
  });
  reported_ = context.session.reported.connect([this](const InfoLine& line) {
    if (line.kind == InfoLine::Kind::Error) {
      last_problem_ = line.text;
    }
  });
  const auto* shown = std::find(std::begin(sections_of_scripts), std::end(sections_of_scripts),
                                preferences.active_section);
  sections_->setCurrentRow(
      shown == std::end(sections_of_scripts) ? 0 : int(shown - std::begin(sections_of_scripts)));
  qApp->installEventFilter(this);
}

void PreferencesWindow::show_section(Section section) {
  section_ = section;
  preferences_.active_section = sections_of_scripts[int(section)];
  sections_->setCurrentRow(int(section));
  filter_->setVisible(section == Section::Addons || section == Section::Keymap);
  filter_->clear();
  if (section == Section::Addons) {
    reload_addons();
  }
  view_->rebuild();
}

void PreferencesWindow::reload_addons() {
  addons_ = context_.scripts ? list_addons(*context_.scripts) : std::vector<AddonFacts>();
}

LayoutItem PreferencesWindow::make() {
  LayoutItem root;
  if (!view_) {
    return root;
  }
  switch (section_) {
    case Section::Interface:
      interface(root);
      break;
    case Section::Editing:
      add_properties(root.panel("preferences.undo", "Undo"), PreferencesEdit::schema(),
                     {"undo_steps", "use_global_undo"});
      add_properties(root.panel("preferences.cursor", "3D Cursor"), PreferencesEdit::schema(),
                     {"use_mouse_depth_cursor", "use_cursor_lock_adjust"});
      add_properties(root.panel("preferences.texts", "Text Editor"), PreferencesEdit::schema(),
                     {"use_text_edit_auto_close"});
      add_properties(root.panel("preferences.nodes", "Node Editor"), PreferencesEdit::schema(),
                     {"node_margin"});
      add_properties(root.panel("preferences.new_objects", "New Objects"),
                     PreferencesEdit::schema(), {"object_align", "use_enter_edit_mode"});
      add_properties(root.panel("preferences.duplicates", "Duplicate Data"),
                     PreferencesEdit::schema(),
                     {"use_duplicate_mesh", "use_duplicate_camera", "use_duplicate_light"});
      break;
    case Section::Navigation:
      navigation(root);
      break;
    case Section::Input:
      add_properties(root.panel("preferences.mouse", "Mouse"), PreferencesInput::schema(),
                     {"use_mouse_emulate_3_button", "mouse_emulate_3_button_modifier",
                      "use_mouse_continuous", "use_drag_immediately", "drag_threshold_mouse",
                      "move_threshold", "mouse_double_click_time"});
      add_properties(root.panel("preferences.keyboard", "Keyboard"), PreferencesInput::schema(),
                     {"use_emulate_numpad", "use_numeric_input_advanced"});
      break;
    case Section::Addons:
      addons(root);
      break;
    case Section::Keymap:
      keymap(root);
      break;
    case Section::Lights:
      lights(root);
      break;
    case Section::System:
      add_properties(root.panel("preferences.display", "Display"), PreferencesSystem::schema(),
                     {"viewport_aa", "use_overlay_smooth_wire", "use_edit_mode_smooth_wire",
                      "image_draw_method", "use_select_pick_depth"});
      add_properties(root.panel("preferences.card", "Graphics Card"), PreferencesSystem::schema(),
                     {"gl_texture_limit", "anisotropic_filter", "gl_clip_alpha", "vbo_time_out",
                      "vbo_collection_rate", "texture_time_out", "texture_collection_rate"});
      add_properties(root.panel("preferences.console", "Console"), PreferencesSystem::schema(),
                     {"scrollback"});
      break;
    case Section::FilePaths:
      file_paths(root);
      break;
  }
  return root;
}

void PreferencesWindow::interface(LayoutItem& root) {
  LayoutItem& panel = root.panel("preferences.theme", "Theme");
  LayoutItem& row = panel.row();
  for (const bool is_dark : {true, false}) {
    LayoutItem& button = row.button(is_dark ? "Dark" : "Light", [this, is_dark] {
      if (context_.theme.is_dark != is_dark) {
        context_.commands.run("wm.theme");
      }
      view_->rebuild();
    });
    button.is_depressed = context_.theme.is_dark == is_dark;
  }
  LayoutItem& scale = root.panel("preferences.scale", "Size of the Interface");
  LayoutItem& sizes = scale.row();
  for (const float size : {0.75f, 1.0f, 1.25f, 1.5f, 2.0f}) {
    LayoutItem& button = sizes.button(fmt::format("{:.0f} %", size * 100), [this, size] {
      preferences_.view.ui_scale = context_.interface.scale = size;
      store_interface();
    });
    button.is_depressed = context_.interface.scale == size;
  }
  scale.label("Holds from the next start on");
  const Schema& view = PreferencesView::schema();
  add_properties(root.panel("preferences.help", "Help"), view,
                 {"show_tooltips", "show_tooltips_python", "show_developer_ui", "show_splash",
                  "use_save_prompt"});
  add_properties(root.panel("preferences.editors", "Editors"), view,
                 {"header_align", "ui_line_width", "render_display_type", "view2d_grid_spacing_min",
                  "color_picker_type", "factor_display_type"});
  add_properties(root.panel("preferences.views", "3D Views"), view,
                 {"show_view_name", "show_object_info", "show_playback_fps", "show_gizmo",
                  "gizmo_size", "show_navigate_ui", "mini_axis_type", "gizmo_size_navigate_v3d",
                  "mini_axis_size", "mini_axis_brightness"});
  add_properties(root.panel("preferences.status", "Status Bar"), view,
                 {"show_statusbar_stats", "show_statusbar_memory", "show_statusbar_vram",
                  "show_statusbar_version"});
  add_properties(root.panel("preferences.menus", "Menus"), view,
                 {"use_mouse_over_open", "open_toplevel_delay", "open_sublevel_delay"});
  add_properties(root.panel("preferences.pies", "Pie Menus"), view,
                 {"pie_animation_timeout", "pie_initial_timeout", "pie_menu_radius",
                  "pie_menu_threshold", "pie_menu_confirm", "pie_tap_timeout"});
  add_properties(root.panel("preferences.text", "Text"), view,
                 {"use_text_antialiasing", "text_hinting", "font_path_ui", "font_path_ui_mono"});
  theme_colors_panel(root);
}

void PreferencesWindow::navigation(LayoutItem& root) {
  const Schema& input = PreferencesInput::schema();
  add_properties(root.panel("preferences.orbit", "Orbit"), input,
                 {"view_rotate_method",
                  preferences_.inputs.view_rotate_method == ViewRotateMethod::Trackball
                      ? "view_rotate_sensitivity_trackball"
                      : "view_rotate_sensitivity_turntable",
                  "use_rotate_around_active", "use_mouse_depth_navigate", "use_auto_perspective"});
  add_properties(root.panel("preferences.orbit_keys", "Keys"), PreferencesView::schema(),
                 {"rotation_angle", "smooth_view"});
  add_properties(root.panel("preferences.zoom", "Zoom"), input,
                 {"view_zoom_method", "view_zoom_axis", "use_zoom_to_mouse", "invert_mouse_zoom",
                  "invert_zoom_wheel"});
}

void PreferencesWindow::switch_addon(const AddonFacts& addon) {
  last_problem_.clear();
  const bool was_enabled = addon.is_enabled;
  context_.session.run(was_enabled ? "preferences.addon_disable" : "preferences.addon_enable",
                       {{"module", Value(addon.module)}});
  problems_[addon.module] = last_problem_;
  reload_addons();
  store();
  view_->rebuild();
}

void PreferencesWindow::install_addon() {
  const QString path = QFileDialog::getOpenFileName(this, QStringLiteral("Install Add-on"), {},
                                                    QStringLiteral("Add-ons (*.py *.zip)"));
  if (!path.isEmpty()) {
    context_.session.run("preferences.addon_install", {{"filepath", Value(path.toStdString())}});
    reload_addons();
    view_->rebuild();
  }
}

void PreferencesWindow::addons(LayoutItem& root) {
  LayoutItem& row = root.row();
  row.button("Install…", [this] { install_addon(); });
  row.button("Refresh", [this] {
    context_.session.run("preferences.addon_refresh");
    reload_addons();
    view_->rebuild();
  });
  row.prop({}, *PreferencesView::schema().property("show_addons_enabled_only"));
  const std::string wanted = filter_->text().toLower().toStdString();
  auto* panels = context_.session.services().find<ScriptPanels>();
  for (const AddonFacts& addon : addons_) {
    const std::string title =
        addon.category.empty() ? addon.name : addon.category + ": " + addon.name;
    if (QString::fromStdString(title).toLower().toStdString().find(wanted) == std::string::npos ||
        (preferences_.view.show_addons_enabled_only && !addon.is_enabled)) {
      continue;
    }
    LayoutItem& entry =
        root.panel("addon." + addon.module, (addon.is_enabled ? "☑  " : "☐  ") + title, false);
    LayoutItem& button = entry.button(addon.is_enabled ? "Disable" : "Enable",
                                      [this, addon] { switch_addon(addon); });
    button.is_depressed = addon.is_enabled;
    for (const auto& [label, text] :
         {std::pair{"", &addon.description}, std::pair{"Author: ", &addon.author},
          std::pair{"Version: ", &addon.version}, std::pair{"File: ", &addon.file}}) {
      if (!text->empty()) {
        entry.label(label + *text);
      }
    }
    if (const std::string& problem = problems_[addon.module]; !problem.empty()) {
      entry.is_open = true;
      for (std::size_t at = 0; at < problem.size();) {
        const std::size_t end = std::min(problem.find('\n', at), problem.size());
        entry.label(problem.substr(at, end - at), /*warns=*/true);
        at = end + 1;
      }
    }
    if (addon.is_of_user) {
      entry.button("Remove", [this, module = addon.module] {
        context_.session.run("preferences.addon_remove", {{"module", Value(module)}});
        reload_addons();
        view_->rebuild();
      });
    }
    if (const auto drawn =
            addon.is_enabled && panels ? panels->draw_preferences(addon.module) : std::nullopt) {
      entry.box().add(from_script(drawn->content, context_.session));
    }
  }
}

void PreferencesWindow::add_binding(LayoutItem& panel, std::size_t index) {
  const Keymap& keymap = context_.commands.keymap;
  const KeyBinding& binding = keymap.bindings()[index];
  const Command* command = context_.commands.find(binding.command);
  const operators::OperatorType* type = context_.session.operators().find(binding.command);
  const std::string label = command ? command->label : type ? type->label : binding.command;
  LayoutItem& row = panel.add({.kind = LayoutItem::Kind::Split, .factor = 0.5f});
  row.label(label +
            (binding.settings.empty() ? "" : "   " + python_literal(binding.settings[0].second)));
  LayoutItem& keys = row.row();
  const bool waits = waiting_ == index;
  const std::string stroke = binding.stroke.label();
  LayoutItem& button = keys.button(waits            ? "Press a key…"
                                   : stroke.empty() ? "–"
                                                    : stroke,
                                   [this, index] {
                                     waiting_ = index;
                                     view_->rebuild();
                                   });
  button.is_depressed = waits;
  button.tip = binding.command + ": press for another key; Backspace takes it away";
  if (binding.is_changed()) {
    keys.button("Reset", [this, index] {
      context_.commands.keymap.reset(index);
      store_keymap();
    });
  }
  if (const KeyBinding* other = keymap.conflict(index)) {
    panel.label("The same key: " + other->command, /*warns=*/true);
  }
}

void PreferencesWindow::keymap(LayoutItem& root) {
  const QString wanted = filter_->text();
  const std::vector<KeyBinding>& bindings = context_.commands.keymap.bindings();
  const bool has_changes = std::any_of(bindings.begin(), bindings.end(),
                                       [](const KeyBinding& b) { return b.is_changed(); });
  if (has_changes) {
    root.button("Reset All", [this] {
      for (std::size_t i = 0; i < context_.commands.keymap.bindings().size(); ++i) {
        context_.commands.keymap.reset(i);
      }
      store_keymap();
    });
  }
  for (std::size_t i = 0; i < bindings.size(); ++i) {
    const KeyBinding& binding = bindings[i];
    const Command* command = context_.commands.find(binding.command);
    const operators::OperatorType* type = context_.session.operators().find(binding.command);
    const std::string label = command ? command->label : type ? type->label : binding.command;
    const QString all =
        QString::fromStdString(label + " " + binding.stroke.label() + " " + binding.command);
    if (!all.contains(wanted, Qt::CaseInsensitive)) {
      continue;
    }
    LayoutItem* panel = nullptr;
    for (LayoutItem& child : root.children) {
      panel = child.text == binding.map ? &child : panel;
    }
    panel = panel ? panel : &root.panel("keymap." + binding.map, binding.map, !wanted.isEmpty());
    add_binding(*panel, i);
  }
}

bool PreferencesWindow::eventFilter(QObject* watched, QEvent* event) {
  if (!waiting_ || !isVisible()) {
    return QDialog::eventFilter(watched, event);
  }
  if (event->type() == QEvent::ShortcutOverride) {
    event->accept();
    return true;
  }
  if (event->type() != QEvent::KeyPress) {
    return QDialog::eventFilter(watched, event);
  }
  KeyStroke stroke = stroke_of(static_cast<const QKeyEvent&>(*event));
  if (stroke.key.empty()) {
    return true;  // a modifier alone
  }
  if (stroke.key != "ESC") {
    context_.commands.keymap.assign(*waiting_, stroke.key == "BACK_SPACE" ? KeyStroke() : stroke);
  }
  waiting_.reset();
  store_keymap();
  return true;
}

// The button that asked for it is part of what is made anew.
void PreferencesWindow::store_keymap() {
  if (!context_.user_folder.empty()) {
    QDir().mkpath(QString::fromStdString(context_.user_folder.string()));
    QSaveFile file(QString::fromStdString((context_.user_folder / "keymap.json").string()));
    if (file.open(QIODevice::WriteOnly)) {
      file.write(QByteArray::fromStdString(context_.commands.keymap.changes()));
      file.commit();
    }
  }
  QMetaObject::invokeMethod(
      this, [this] { view_->rebuild(); }, Qt::QueuedConnection);
}

void PreferencesWindow::store_interface() {
  context_.interface.store(context_.user_folder);
  QMetaObject::invokeMethod(
      this, [this] { view_->rebuild(); }, Qt::QueuedConnection);
}

void PreferencesWindow::choose_color(const std::string& name, const QColor& now) {
  const QColor chosen =
      QColorDialog::getColor(now, this, QStringLiteral("Color"), QColorDialog::DontUseNativeDialog);
  if (!chosen.isValid()) {
    return;
  }
  auto& colors = context_.theme.is_dark ? context_.interface.dark : context_.interface.light;
  colors[name] = chosen.name().toStdString();
  store_interface();
  context_.commands.run("wm.theme", {{"keeps", Value(true)}});
}

void PreferencesWindow::theme_colors_panel(LayoutItem& root) {
  LayoutItem& panel = root.panel("preferences.colors", "Colors");
  const auto& changed = context_.theme.is_dark ? context_.interface.dark : context_.interface.light;
  for (const ThemeColor& color : theme_colors()) {
    LayoutItem& row = panel.add({.kind = LayoutItem::Kind::Split, .factor = 0.5f});
    row.label(color.label);
    LayoutItem& choice = row.row();
    const QColor now = context_.theme.*color.member;
    choice.button(now.name().toStdString(),
                  [this, name = std::string(color.name), now] { choose_color(name, now); });
    if (changed.contains(color.name)) {
      choice.button("Reset", [this, name = std::string(color.name)] {
        (context_.theme.is_dark ? context_.interface.dark : context_.interface.light).erase(name);
        store_interface();
        context_.commands.run("wm.theme", {{"keeps", Value(true)}});
      });
    }
  }
}

void PreferencesWindow::file_paths(LayoutItem& root) {
  LayoutItem& kept = root.panel("preferences.kept", "Kept In");
  kept.label(file_.empty() ? "Nothing is kept in this session" : file_.parent_path().string());
  const Schema& schema = PreferencesFilePaths::schema();
  add_properties(kept, Preferences::schema(), {"use_preferences_save"});
  add_properties(
      root.panel("preferences.files", "Save & Load"), schema,
      {"use_relative_paths", "save_version", "use_scripts_auto_execute", "use_tabs_as_spaces"});
  add_properties(
      root.panel("preferences.folders", "Folders"), schema,
      {"render_output_directory", "texture_directory", "script_directory", "temporary_directory"});
  add_properties(root.panel("preferences.pictures", "Pictures of Files"), schema,
                 {"file_preview_type"});
  add_properties(root.panel("preferences.programs", "Programs"), schema, {"image_editor"});
  add_properties(root.panel("preferences.file_dialogs", "File Dialogs"), schema,
                 {"use_filter_files", "show_hidden_files_datablocks", "show_recent_locations",
                  "show_system_bookmarks"});
  LayoutItem& excluded = root.panel("preferences.excluded", "Scripts Never Run From");
  for (std::int64_t i = 0; i < preferences_.autoexec_paths.size(); ++i) {
    LayoutItem& row = excluded.row();
    row.label(preferences_.autoexec_paths[i].path);
    row.button("Remove", [this, i] {
      preferences_.autoexec_paths.remove(i);
      store();
      view_->rebuild();
    });
  }
  excluded.button("Add Folder…", [this] {
    const QString folder =
        QFileDialog::getExistingDirectory(this, QStringLiteral("Scripts Never Run From"));
    if (!folder.isEmpty()) {
      preferences_.autoexec_paths.add(PathCompare{folder.toStdString(), false});
      store();
      view_->rebuild();
    }
  });
  LayoutItem& recent = root.panel("preferences.recent", "Recent Files");
  for (const Path& path : context_.recent.paths()) {
    recent.label(path.string());
  }
  recent.button("Clear", [this] {
    context_.recent.clear();
    view_->rebuild();
  });
}

void PreferencesWindow::store() {
  store_preferences(file_, preferences_, context_.scripts);
  preferences_.is_dirty = false;
}

std::vector<std::pair<std::string, QRect>> PreferencesWindow::named_places() const {
  std::vector<std::pair<std::string, QRect>> places;
  for (int i = 0; i < sections_->count(); ++i) {
    const QRect rect = sections_->visualItemRect(sections_->item(i));
    places.emplace_back("section:" + sections_->item(i)->text().toStdString(),
                        rect.translated(sections_->viewport()->mapTo(
                            const_cast<PreferencesWindow*>(this), QPoint(0, 0))));
  }
  places.emplace_back("search", filter_->isVisible() ? filter_->geometry() : QRect());
  const QPoint offset = view_->mapTo(const_cast<PreferencesWindow*>(this), QPoint(0, 0));
  for (const auto& [name, rect] : view_->named_places()) {
    places.emplace_back(name, rect.translated(offset));
  }
  return places;
}

}  // namespace kiln::editor
