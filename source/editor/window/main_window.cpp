#include "editor/window/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenu>
#include <QMenuBar>
#include <QSaveFile>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include "document/window_layout.h"
#include "editor/preferences/current.h"
#include "editor/preferences/fonts.h"
#include "editor/preferences/preferences_window.h"
#include "editor/window/file_commands.h"
#include "editor/window/input_filter.h"
#include "editor/window/menus.h"
#include "editor/window/playback.h"
#include "editor/window/script_header.h"
#include "editor/window/script_host.h"
#include "editor/window/status_bar.h"
#include "editor/window/window_commands.h"
#include "editor/window/window_menus.h"

namespace kiln::editor {

MainWindow::MainWindow(EditorContext& context, const EditorRegistry& editors,
                       const QString& settings_file)
    : context_(context),
      editors_(editors),
      settings_file_(settings_file),
      workspaces_(Workspaces::standard()),
      playback_(std::make_unique<Playback>(context.session)),
      files_(std::make_unique<FileCommands>(context, *this)) {
  QFile file(settings_file_);
  if (!settings_file_.isEmpty() && file.open(QIODevice::ReadOnly)) {
    if (auto stored = Workspaces::from_json(file.readAll().toStdString())) {
      workspaces_ = std::move(*stored);
    }
  }
  context_.theme = workspaces_.is_dark ? Theme::dark() : Theme::light();
  context_.interface.apply(context_.theme);
  context_.theme.apply(*qApp);
  context_.invoke = [this](const std::string& command, const OperatorSettings& settings) {
    invoke(command, settings);
  };
  context_.commands.run_beside = [this](const operators::OperatorType& type,
                                        const OperatorSettings& settings) {
    files_->run_beside(type, settings);
  };
  resize(1440, 900);
  add_window_commands(context_, *this, *playback_);

  auto* central = new QWidget(this);
  auto* layout = new QVBoxLayout(central);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  stack_ = new QStackedWidget;
  layout->addWidget(stack_);
  setCentralWidget(central);
  build_menus();
  status_ = new StatusBar(context_);
  setStatusBar(status_);
  for (const Workspace& workspace : workspaces_.list) {
    screens_.push_back(nullptr);
    tabs_->addTab(QString::fromStdString(workspace.name));
  }
  connect(tabs_, &QTabBar::currentChanged, this, &MainWindow::set_workspace);
  tabs_->setCurrentIndex(workspaces_.active);
  set_workspace(workspaces_.active);

  connect(playback_.get(), &Playback::changed, this, &MainWindow::apply_screen_settings);
  connections_.push_back(
      context_.session.changed.connect([this](const ChangeSet&) { update_title(); }));
  connections_.push_back(context_.render.started.connect([this] { show_render(); }));
  context_.fill_native_menu = [this](const std::string& name, QMenu& menu) {
    return fill_menu_of_window(name, menu);
  };
  if (auto* scripts = context_.session.services().find<ScriptWindow>()) {
    scripts_ = std::make_unique<ScriptHost>(context_, *this, *scripts);
  }
  context_.show_panel = [this](const std::string& name, QPoint at) {
    if (scripts_) {
      scripts_->show_panel(name, at);
    }
  };
  input_ = std::make_unique<InputFilter>(context_, *this);
  context_.commands.add({"screen.userpref_show", "Preferences",
                         [this](const OperatorSettings&) { show_preferences(); }});
  // After the window is there.
  QMetaObject::invokeMethod(this, &MainWindow::load_preferences, Qt::QueuedConnection);
  update_title();
}

MainWindow::~MainWindow() = default;

void MainWindow::build_menus() {
  auto* bar = new QWidget;
  bar->setAttribute(Qt::WA_StyledBackground);
  bar->setObjectName(QStringLiteral("topbar"));
  auto* layout = new QHBoxLayout(bar);
  layout->setContentsMargins(4, 2, 8, 0);
  layout->setSpacing(8);
  auto* menus = new QMenuBar;
  menus->setNativeMenuBar(false);
  for (const auto& [title, name] :
       {std::pair{"File", "TOPBAR_MT_file"}, std::pair{"Edit", "TOPBAR_MT_edit"},
        std::pair{"Render", "TOPBAR_MT_render"}, std::pair{"Window", "TOPBAR_MT_window"},
        std::pair{"Help", "TOPBAR_MT_help"}}) {
    QMenu* entry = menus->addMenu(title);
    connect(entry, &QMenu::aboutToShow, entry, [this, entry, name = std::string(name)] {
      entry->clear();
      static_cast<void>(fill_named_menu(*entry, context_, name));
    });
  }
  layout->addWidget(menus);
  tabs_ = new QTabBar;
  tabs_->setDrawBase(false);
  tabs_->setExpanding(false);
  layout->addWidget(tabs_);
  layout->addWidget(new ScriptHeader(context_, "TOPBAR"));
  layout->addStretch(1);
  static_cast<QVBoxLayout*>(centralWidget()->layout())->insertWidget(0, bar);
  bar->setStyleSheet(
      QStringLiteral("#topbar { background: %1; }").arg(context_.theme.header.name()));
  connections_.push_back(context_.theme_changed.connect([this, bar] {
    bar->setStyleSheet(
        QStringLiteral("#topbar { background: %1; }").arg(context_.theme.header.name()));
  }));
}

bool MainWindow::fill_menu_of_window(const std::string& name, QMenu& menu) {
  if (AreaWidget* area = screen()->active_area();
      area && area->editor()->fill_native_menu(name, menu)) {
    return true;
  }
  for (AreaWidget* area : screen()->areas()) {
    if (area->editor()->fill_native_menu(name, menu)) {
      return true;
    }
  }
  if (name == "TOPBAR_MT_window") {
    add_menu_item(menu, context_, "screen.screen_full_area");
    add_menu_item(menu, context_, "wm.window_fullscreen_toggle");
    add_menu_item(menu, context_, "wm.theme");
    menu.addSeparator();
    menu.addAction(QStringLiteral("Reset Workspaces"), [this] { reset_workspaces(); });
    return true;
  }
  return fill_window_menu(name, menu, context_);
}

Path MainWindow::preferences_file() const {
  return settings_file_.isEmpty()
             ? Path()
             : Path(settings_file_.toStdString()).parent_path() / "preferences.json";
}

// What is kept of the preferences, and the add-ons that were enabled.
void MainWindow::load_preferences() {
  auto* preferences = context_.session.services().find<Preferences>();
  if (preferences) {
    preferences->system.pixel_size = float(devicePixelRatioF());
    preferences->system.ui_scale = float(logicalDpiX()) / 96.0f;
    preferences->system.dpi = int(72.0 * devicePixelRatioF() * logicalDpiX() / 96.0 + 0.5);
  }
  QFile file(QString::fromStdString(preferences_file().string()));
  if (preferences && !settings_file_.isEmpty() && file.open(QIODevice::ReadOnly)) {
    take_preferences(file.readAll().toStdString(), *preferences);
  }
  if (begins_with_splash_ && current_preferences(context_.session).view.show_splash &&
      context_.session.project().path.empty()) {
    context_.commands.run("wm.splash");
  }
}

void MainWindow::take_preferences(const std::string& text, Preferences& preferences) {
  for (const std::string& module :
       preferences_from_json(text, preferences, context_.session.services())) {
    context_.session.run("preferences.addon_enable", {{"module", Value(module)}});
  }
  preferences.view.ui_scale = context_.interface.scale;
  preferences.is_dirty = false;
  apply_preferences();
}

void MainWindow::apply_preferences() {
  const Preferences& now = current_preferences(context_.session);
  const auto font_of = [](const Preferences& of) {
    return std::tie(of.view.font_path_ui, of.view.use_text_antialiasing, of.view.text_hinting);
  };
  const Preferences untouched;
  const Preferences& before = applied_ ? *applied_ : untouched;
  if (font_of(now) != font_of(before)) {
    QApplication::setFont(interface_font(now.view));
    context_.theme.apply(*qApp);
  }
  if (!applied_ || now.inputs.drag_threshold_mouse != before.inputs.drag_threshold_mouse ||
      now.inputs.mouse_double_click_time != before.inputs.mouse_double_click_time) {
    QApplication::setStartDragDistance(now.inputs.drag_threshold_mouse);
    QApplication::setDoubleClickInterval(now.inputs.mouse_double_click_time);
  }
  if (now.view.ui_scale != context_.interface.scale) {
    context_.interface.scale = std::clamp(now.view.ui_scale, 0.5f, 3.0f);
    context_.interface.store(context_.user_folder);
  }
  if (!applied_ || now.view.show_statusbar_stats != before.view.show_statusbar_stats ||
      now.view.show_statusbar_memory != before.view.show_statusbar_memory) {
    status_->update_statistics();
  }
  for (ScreenWidget* screen : screens_) {
    if (screen) {
      screen->apply_preferences();
    }
  }
  if (auto* preferences = context_.session.services().find<Preferences>()) {
    preferences->system.ui_line_width = line_width_of(now);
  }
  applied_ = std::make_unique<Preferences>(now);
}

// Where the user wants to see renders.
void MainWindow::show_render() {
  const RenderDisplayType where = current_preferences(context_.session).view.render_display_type;
  if (where == RenderDisplayType::None) {
    return;
  }
  if (where != RenderDisplayType::Window) {
    show_editor("IMAGE_EDITOR");
    if (where == RenderDisplayType::Screen && !screen()->is_maximized()) {
      for (const AreaWidget* area : screen()->areas()) {
        if (area->editor_type() == "IMAGE_EDITOR") {
          screen()->toggle_maximized(area->id());
          break;
        }
      }
    }
    return;
  }
  const EditorType* type = editors_.find("IMAGE_EDITOR");
  if (!render_window_ && type) {
    render_window_ = new QDialog(this, Qt::Window);
    render_window_->setAttribute(Qt::WA_DeleteOnClose);
    render_window_->setWindowTitle(QStringLiteral("Render"));
    render_window_->resize(960, 640);
    auto* layout = new QVBoxLayout(render_window_);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(type->make(context_));
  }
  if (render_window_) {
    render_window_->show();
  }
}

void MainWindow::show_preferences() {
  if (auto* preferences = context_.session.services().find<Preferences>()) {
    QDir().mkpath(QFileInfo(settings_file_).path());
    (new PreferencesWindow(context_, *preferences, preferences_file(), this))->show();
  }
}

// The status bar, and which editors are drawn while the animation plays.
void MainWindow::apply_screen_settings() {
  auto* layout = context_.session.services().find<WindowLayout>();
  if (!layout || screens_.empty()) {
    return;
  }
  const Screen& settings = layout->screens[layout->active_screen];
  status_->setVisible(settings.show_statusbar);
  const bool is_playing = playback_->is_playing();
  const AreaWidget* first = nullptr;
  for (const AreaWidget* area : screen()->areas()) {
    const auto distance = [](const AreaWidget& of) { return of.pos().manhattanLength(); };
    if (area->editor_type() == "VIEW_3D" && (!first || distance(*area) < distance(*first))) {
      first = area;
    }
  }
  for (const AreaWidget* area : screen()->areas()) {
    const std::string& type = area->editor_type();
    const bool is_drawn = type == "VIEW_3D"
                              ? settings.use_play_3d_editors ||
                                    (settings.use_play_top_left_3d_editor && area == first)
                          : type == "TIMELINE"     ? settings.use_play_animation_editors
                          : type == "PROPERTIES"   ? settings.use_play_properties_editors
                          : type == "IMAGE_EDITOR" ? settings.use_play_image_editors
                          : type == "NODE_EDITOR"  ? settings.use_play_node_editors
                                                   : true;
    if (area->editor()->updatesEnabled() != (is_drawn || !is_playing)) {
      area->editor()->setUpdatesEnabled(is_drawn || !is_playing);
    }
  }
}

void MainWindow::set_script_text(const QString& text) {
  status_->set_script_text(text);
}

void MainWindow::set_script_progress(float fraction) {
  status_->set_script_progress(fraction);
}

void MainWindow::reset_workspaces() {
  workspaces_ = Workspaces::standard();
  workspaces_.is_dark = context_.theme.is_dark;
  while (tabs_->count() > 0) {
    tabs_->removeTab(0);
  }
  for (ScreenWidget* screen : screens_) {
    if (screen) {
      // A button in it may be what asked for this.
      disconnect(screen, nullptr, this, nullptr);
      screen->hide();
      screen->deleteLater();
    }
  }
  screens_.assign(workspaces_.list.size(), nullptr);
  for (const Workspace& workspace : workspaces_.list) {
    tabs_->addTab(QString::fromStdString(workspace.name));
  }
  set_workspace(0);
}

ScreenWidget* MainWindow::screen() const {
  return screens_[std::size_t(workspaces_.active)];
}

void MainWindow::set_workspace(int index) {
  if (index < 0 || index >= int(screens_.size())) {
    return;
  }
  workspaces_.active = index;
  ScreenWidget*& widget = screens_[std::size_t(index)];
  if (!widget) {
    widget = new ScreenWidget(context_, editors_, workspaces_.list[std::size_t(index)].screen);
    stack_->addWidget(widget);
    connect(widget, &ScreenWidget::tree_changed, this, [this, index] {
      workspaces_.list[std::size_t(index)].screen = screens_[std::size_t(index)]->tree();
      save_settings();
    });
  }
  stack_->setCurrentWidget(widget);
  tabs_->setCurrentIndex(index);
  if (AreaWidget* area = widget->active_area()) {
    status_->set_hint(area->editor()->hint());
  }
}

Editor* MainWindow::show_editor(const std::string& type) {
  AreaWidget* largest = nullptr;
  for (AreaWidget* area : screen()->areas()) {
    if (area->editor_type() == type) {
      return area->editor();
    }
    if (!largest || area->width() * area->height() > largest->width() * largest->height()) {
      largest = area;
    }
  }
  if (largest) {
    const AreaId id = largest->id();
    Q_EMIT largest->editor_chosen(id, QString::fromStdString(type));
    AreaWidget* area = screen()->area(id);
    return area ? area->editor() : nullptr;
  }
  return nullptr;
}

std::vector<std::pair<std::string, QRect>> MainWindow::named_places() const {
  std::vector<std::pair<std::string, QRect>> places;
  const QPoint offset = tabs_->mapTo(const_cast<MainWindow*>(this), QPoint(0, 0));
  for (int i = 0; i < tabs_->count(); ++i) {
    places.emplace_back("workspace:" + tabs_->tabText(i).toStdString(),
                        tabs_->tabRect(i).translated(offset));
  }
  for (QMenuBar* bar : findChildren<QMenuBar*>()) {
    for (QAction* action : bar->actions()) {
      places.emplace_back("menu:" + action->text().toStdString(),
                          bar->actionGeometry(action).translated(
                              bar->mapTo(const_cast<MainWindow*>(this), QPoint(0, 0))));
    }
  }
  for (const auto& [name, rect] : status_->named_places()) {
    places.emplace_back(name, rect.translated(status_->pos()));
  }
  return places;
}

void MainWindow::update_title() {
  const Project& project = context_.session.project();
  const QString name = project.path.empty()
                           ? QStringLiteral("Untitled")
                           : QString::fromStdString(project.path.filename().string());
  setWindowTitle(QStringLiteral("%1%2 – Kiln")
                     .arg(name, project.is_dirty() ? QStringLiteral("*") : QString()));
}

void MainWindow::save_settings() const {
  if (settings_file_.isEmpty()) {
    return;
  }
  QDir().mkpath(QFileInfo(settings_file_).path());
  QSaveFile file(settings_file_);
  if (file.open(QIODevice::WriteOnly)) {
    file.write(QByteArray::fromStdString(workspaces_.to_json()));
    file.commit();
  }
}

void MainWindow::set_theme(bool is_dark) {
  workspaces_.is_dark = is_dark;
  context_.theme = is_dark ? Theme::dark() : Theme::light();
  context_.interface.apply(context_.theme);
  context_.theme.apply(*qApp);
  status_->clear_message();
  context_.theme_changed.emit();
  update();
  for (QWidget* widget : findChildren<QWidget*>()) {
    widget->update();
  }
  save_settings();
}

void MainWindow::closeEvent(QCloseEvent* event) {
  const Preferences& preferences = current_preferences(context_.session);
  if (!may_close_ && !preferences.view.use_save_prompt) {
    may_close_ = true;
  }
  if (!may_close_) {
    files_->when_discardable([this] {
      may_close_ = true;
      // After a save, which may end later, the window has to be closed again.
      QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection);
    });
  }
  if (!may_close_) {
    event->ignore();
    return;
  }
  context_.render.cancel();
  context_.job.cancel();
  save_settings();
  if (preferences.use_preferences_save) {
    store_preferences(preferences_file(), preferences, context_.scripts);
  }
  event->accept();
}

std::vector<std::string> MainWindow::keymaps() const {
  const AreaWidget* area = screen()->active_area();
  std::vector<std::string> maps = area ? area->editor()->keymaps() : std::vector<std::string>();
  maps.insert(maps.end(), {"Frames", "Screen", "Window"});
  return maps;
}

void MainWindow::invoke(const std::string& command, const OperatorSettings& settings) {
  AreaWidget* area = screen()->active_area();
  const Value* name = find_setting(settings, "name");
  if (command == "wm.call_menu" && name && scripts_ && scripts_->call_menu(name->as_string())) {
    return;
  }
  if (area && area->editor()->run_command(command, settings)) {
    return;
  }
  if (scripts_) {
    scripts_->prepare();
  }
  context_.commands.run(command, settings);
  if (scripts_) {
    scripts_->serve();
  }
}

}  // namespace kiln::editor
