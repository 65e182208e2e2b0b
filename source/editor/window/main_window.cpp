#include "editor/window/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QSaveFile>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <chrono>
#include <set>

#include "document/scene.h"
#include "editor/search/search_popup.h"
#include "editor/window/history_popup.h"
#include "editor/window/key_names.h"
#include "editor/window/menus.h"
#include "editor/window/redo_popup.h"

namespace kiln::editor {
namespace {

double now_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

const Value* setting(const OperatorSettings& settings, const char* name) {
  for (const auto& [key, value] : settings) {
    if (key == name) {
      return &value;
    }
  }
  return nullptr;
}

}  // namespace

MainWindow::MainWindow(EditorContext& context, const EditorRegistry& editors,
                       const QString& settings_file)
    : context_(context),
      editors_(editors),
      settings_file_(settings_file),
      workspaces_(Workspaces::standard()) {
  QFile file(settings_file_);
  if (!settings_file_.isEmpty() && file.open(QIODevice::ReadOnly)) {
    if (auto stored = Workspaces::from_json(file.readAll().toStdString())) {
      workspaces_ = std::move(*stored);
    }
  }
  context_.theme = workspaces_.is_dark ? Theme::dark() : Theme::light();
  context_.theme.apply(*qApp);
  context_.invoke = [this](const std::string& command, const OperatorSettings& settings) {
    invoke(command, settings);
  };
  resize(1440, 900);
  add_commands();

  auto* central = new QWidget(this);
  auto* layout = new QVBoxLayout(central);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  stack_ = new QStackedWidget;
  layout->addWidget(stack_);
  setCentralWidget(central);
  build_menus();
  build_status_bar();
  for (std::size_t i = 0; i < workspaces_.list.size(); ++i) {
    screens_.push_back(nullptr);
    tabs_->addTab(QString::fromStdString(workspaces_.list[i].name));
  }
  connect(tabs_, &QTabBar::currentChanged, this, &MainWindow::set_workspace);
  tabs_->setCurrentIndex(workspaces_.active);
  set_workspace(workspaces_.active);

  Session& session = context_.session;
  connections_.push_back(session.changed.connect([this](const ChangeSet&) { update_title(); }));
  connections_.push_back(session.scene_evaluated.connect([this] { update_statistics(); }));
  connections_.push_back(session.reported.connect([this](const InfoLine& line) {
    const Theme& t = context_.theme;
    const QColor color = line.kind == InfoLine::Kind::Error     ? t.error
                         : line.kind == InfoLine::Kind::Warning ? t.warning
                                                                : t.text;
    message_->setStyleSheet(QStringLiteral("color: %1;").arg(color.name()));
    message_->setText(QString::fromStdString(line.text.substr(0, line.text.find('\n'))));
    message_->setToolTip(QString::fromStdString(line.text));
    message_timer_->start(8000);
  }));
  connections_.push_back(
      context_.hint_changed.connect([this](const QString& hint) { hint_->setText(hint); }));
  connections_.push_back(context_.render.started.connect([this] {
    show_editor("IMAGE_EDITOR");
    job_timer_->start(100);
    update_job();
  }));
  connections_.push_back(context_.render.ended.connect([this] { update_job(); }));
  qApp->installEventFilter(this);
  update_title();
  update_statistics();
}

MainWindow::~MainWindow() {
  qApp->removeEventFilter(this);
}

void MainWindow::add_commands() {
  Commands& commands = context_.commands;
  Session& session = context_.session;
  const auto add = [&](const char* identifier, const char* label,
                       std::function<void(const OperatorSettings&)> run,
                       std::function<std::optional<std::string>()> why_not = {}) {
    commands.add({identifier, label, std::move(run), std::move(why_not)});
  };
  add("wm.search_menu", "Search",
      [this](const OperatorSettings&) { (new SearchPopup(context_, this))->show(); });
  add(
      "ed.undo", "Undo", [&session](const OperatorSettings&) { session.undo(); },
      [&session]() -> std::optional<std::string> {
        return session.project().undo.can_undo()
                   ? std::nullopt
                   : std::optional<std::string>("there is nothing to undo");
      });
  add(
      "ed.redo", "Redo", [&session](const OperatorSettings&) { session.redo(); },
      [&session]() -> std::optional<std::string> {
        return session.project().undo.can_redo()
                   ? std::nullopt
                   : std::optional<std::string>("there is nothing to redo");
      });
  add("ed.undo_history", "Undo History",
      [this](const OperatorSettings&) { (new HistoryPopup(context_, this))->show(); });
  add(
      "screen.redo_last", "Adjust Last Operation",
      [this](const OperatorSettings&) { (new RedoPopup(context_, this))->show(); },
      [&session]() -> std::optional<std::string> {
        return session.last_operation()
                   ? std::nullopt
                   : std::optional<std::string>("the last step has no settings to change");
      });
  add(
      "render.render", "Render Image", [this](const OperatorSettings&) { context_.render.start(); },
      [this]() -> std::optional<std::string> {
        return context_.render.is_running() ? std::optional<std::string>("a render is running")
                                            : std::nullopt;
      });
  add(
      "render.cancel", "Cancel Render",
      [this](const OperatorSettings&) { context_.render.cancel(); },
      [this]() -> std::optional<std::string> {
        return context_.render.is_running() ? std::nullopt
                                            : std::optional<std::string>("no render is running");
      });
  add("render.view_show", "Show Render",
      [this](const OperatorSettings&) { show_editor("IMAGE_EDITOR"); });
  add("screen.screen_full_area", "Maximize Area", [this](const OperatorSettings&) {
    if (AreaWidget* area = screen()->active_area()) {
      screen()->toggle_maximized(area->id());
    }
  });
  add("screen.space_type_set_or_cycle", "Change Editor", [this](const OperatorSettings& settings) {
    const Value* type = setting(settings, "space_type");
    AreaWidget* area = screen()->active_area();
    if (type && area && editors_.find(type->as_string())) {
      Q_EMIT area->editor_chosen(area->id(), QString::fromStdString(type->as_string()));
    }
  });
  add("screen.frame_offset", "Next or Previous Frame", [this](const OperatorSettings& settings) {
    const Value* delta = setting(settings, "delta");
    set_frame(int(context_.session.frame()) + (delta ? int(delta->as_int()) : 1));
  });
  add("screen.frame_jump", "Jump to Start or End", [this](const OperatorSettings& settings) {
    const Scene* scene = context_.session.scene();
    const Value* end = setting(settings, "end");
    if (scene) {
      set_frame(end && end->as_bool() ? scene->frame_end : scene->frame_start);
    }
  });
  add("screen.animation_play", "Play Animation",
      [this](const OperatorSettings&) { toggle_playback(); });
  add("screen.animation_cancel", "Stop Animation", [this](const OperatorSettings&) {
    if (play_timer_ && play_timer_->isActive()) {
      play_timer_->stop();
      context_.session.set_playback_frame(std::nullopt);
    }
  });
  add("wm.theme", "Toggle Dark and Light Theme",
      [this](const OperatorSettings&) { set_theme(!context_.theme.is_dark); });
  add("wm.quit_blender", "Quit", [this](const OperatorSettings&) { close(); });
  add("wm.read_homefile", "New File", [this](const OperatorSettings&) {
    if (may_discard()) {
      context_.session.run("wm.read_homefile");
      update_title();
    }
  });
  add("wm.open_mainfile", "Open", [this](const OperatorSettings& settings) {
    const Value* given = setting(settings, "filepath");
    const QString path =
        given ? QString::fromStdString(given->as_string())
              : QFileDialog::getOpenFileName(this, QStringLiteral("Open"), {},
                                             QStringLiteral("Kiln files (*.kiln);;All files (*)"));
    if (!path.isEmpty() && may_discard()) {
      context_.session.open(path.toStdString());
      update_title();
    }
  });
  const auto save_as = [this](const OperatorSettings&) {
    const QString path = QFileDialog::getSaveFileName(this, QStringLiteral("Save As"),
                                                      QStringLiteral("untitled.kiln"),
                                                      QStringLiteral("Kiln files (*.kiln)"));
    if (!path.isEmpty()) {
      context_.session.save(path.toStdString());
      update_title();
    }
  };
  add("wm.save_as_mainfile", "Save As", save_as);
  add("wm.save_mainfile", "Save", [this, save_as](const OperatorSettings& settings) {
    if (context_.session.project().path.empty()) {
      save_as(settings);
      return;
    }
    context_.session.run("wm.save_mainfile");
    update_title();
  });
  const auto picked_file = [this](const char* identifier, const char* label, const char* filter,
                                  bool saves) {
    context_.commands.add(
        {identifier,
         label,
         [this, identifier, filter, saves, label](const OperatorSettings& settings) {
           const Value* given = setting(settings, "filepath");
           const QString path = given   ? QString::fromStdString(given->as_string())
                                : saves ? QFileDialog::getSaveFileName(this, label, {}, filter)
                                        : QFileDialog::getOpenFileName(this, label, {}, filter);
           if (!path.isEmpty()) {
             context_.session.run(identifier, {{"filepath", Value(path.toStdString())}});
           }
         },
         {}});
  };
  picked_file("wm.obj_import", "Import Wavefront OBJ", "Wavefront OBJ (*.obj)", false);
  picked_file("wm.obj_export", "Export Wavefront OBJ", "Wavefront OBJ (*.obj)", true);
}

void MainWindow::build_menus() {
  auto* bar = new QWidget;
  bar->setAttribute(Qt::WA_StyledBackground);
  bar->setObjectName(QStringLiteral("topbar"));
  auto* layout = new QHBoxLayout(bar);
  layout->setContentsMargins(4, 2, 8, 0);
  layout->setSpacing(8);
  auto* menus = new QMenuBar;
  menus->setNativeMenuBar(false);
  const auto menu = [&](const QString& title, std::function<void(QMenu&)> fill) {
    QMenu* entry = menus->addMenu(title);
    connect(entry, &QMenu::aboutToShow, entry, [entry, fill] {
      entry->clear();
      fill(*entry);
    });
  };
  menu(QStringLiteral("File"), [this](QMenu& m) {
    for (const char* command : {"wm.read_homefile", "wm.open_mainfile"}) {
      add_menu_item(m, context_, command);
    }
    m.addSeparator();
    add_menu_item(m, context_, "wm.save_mainfile");
    add_menu_item(m, context_, "wm.save_as_mainfile");
    m.addSeparator();
    add_menu_item(m, context_, "wm.obj_import");
    add_menu_item(m, context_, "wm.obj_export");
    m.addSeparator();
    add_menu_item(m, context_, "wm.quit_blender");
  });
  menu(QStringLiteral("Edit"), [this](QMenu& m) {
    for (const char* command : {"ed.undo", "ed.redo", "ed.undo_history"}) {
      add_menu_item(m, context_, command);
    }
    m.addSeparator();
    add_menu_item(m, context_, "screen.redo_last");
    add_menu_item(m, context_, "wm.search_menu");
  });
  menu(QStringLiteral("Render"), [this](QMenu& m) {
    for (const char* command : {"render.render", "render.view_show", "render.cancel"}) {
      add_menu_item(m, context_, command);
    }
  });
  menu(QStringLiteral("Window"), [this](QMenu& m) {
    add_menu_item(m, context_, "screen.screen_full_area");
    add_menu_item(m, context_, "wm.theme");
    m.addAction(QStringLiteral("Reset Workspaces"), [this] {
      workspaces_ = Workspaces::standard();
      workspaces_.is_dark = context_.theme.is_dark;
      while (tabs_->count() > 0) {
        tabs_->removeTab(0);
      }
      for (ScreenWidget* screen : screens_) {
        delete screen;
      }
      screens_.assign(workspaces_.list.size(), nullptr);
      for (const Workspace& workspace : workspaces_.list) {
        tabs_->addTab(QString::fromStdString(workspace.name));
      }
      set_workspace(0);
    });
  });
  layout->addWidget(menus);
  tabs_ = new QTabBar;
  tabs_->setDrawBase(false);
  tabs_->setExpanding(false);
  layout->addWidget(tabs_);
  layout->addStretch(1);
  static_cast<QVBoxLayout*>(centralWidget()->layout())->insertWidget(0, bar);
  bar->setStyleSheet(
      QStringLiteral("#topbar { background: %1; }").arg(context_.theme.header.name()));
  connections_.push_back(context_.theme_changed.connect([this, bar] {
    bar->setStyleSheet(
        QStringLiteral("#topbar { background: %1; }").arg(context_.theme.header.name()));
  }));
}

void MainWindow::build_status_bar() {
  auto* bar = new QStatusBar;
  bar->setSizeGripEnabled(false);
  hint_ = new QLabel;
  hint_->setContentsMargins(8, 0, 8, 0);
  message_ = new QLabel;
  message_->setContentsMargins(8, 0, 8, 0);
  statistics_ = new QLabel;
  statistics_->setContentsMargins(8, 0, 8, 0);
  job_bar_ = new QProgressBar;
  job_bar_->setFixedWidth(220);
  job_bar_->hide();
  job_cancel_ = new QToolButton;
  job_cancel_->setText(QStringLiteral("✕"));
  job_cancel_->setToolTip(QStringLiteral("Cancel the render"));
  job_cancel_->hide();
  connect(job_cancel_, &QToolButton::clicked, this, [this] { context_.render.cancel(); });
  hint_->setMinimumWidth(50);
  hint_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  bar->addWidget(hint_, 1);
  bar->addPermanentWidget(message_);
  bar->addPermanentWidget(job_bar_);
  bar->addPermanentWidget(job_cancel_);
  bar->addPermanentWidget(statistics_);
  setStatusBar(bar);
  job_timer_ = new QTimer(this);
  connect(job_timer_, &QTimer::timeout, this, &MainWindow::update_job);
  message_timer_ = new QTimer(this);
  message_timer_->setSingleShot(true);
  connect(message_timer_, &QTimer::timeout, this, [this] { message_->clear(); });
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
    hint_->setText(area->editor()->hint());
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

void MainWindow::update_statistics() {
  const auto& scene = context_.session.evaluated();
  if (!scene) {
    statistics_->clear();
    return;
  }
  std::size_t vertices = 0, faces = 0, objects = 0;
  for (const evaluation::Instance& instance : scene->instances) {
    const evaluation::EvaluatedObject& object = scene->objects[std::size_t(instance.object)];
    if (!instance.is_visible) {
      continue;
    }
    ++objects;
    if (object.mesh) {
      vertices += object.mesh->vertex_count();
      faces += object.mesh->face_count();
    }
  }
  const QLocale locale = QLocale::c();
  statistics_->setText(QStringLiteral("Objects %1   Vertices %2   Faces %3")
                           .arg(locale.toString(qulonglong(objects)),
                                locale.toString(qulonglong(vertices)),
                                locale.toString(qulonglong(faces))));
}

void MainWindow::update_job() {
  const RenderJob& job = context_.render;
  job_bar_->setVisible(job.is_running());
  job_cancel_->setVisible(job.is_running());
  if (!job.is_running()) {
    job_timer_->stop();
    return;
  }
  job_bar_->setRange(0, 1000);
  job_bar_->setValue(int(job.fraction() * 1000.0f));
  job_bar_->setFormat(
      job.fraction() > 0.0f
          ? QStringLiteral("Render %p%   %1 s left").arg(job.seconds_left(), 0, 'f', 1)
          : QStringLiteral("Render: preparing"));
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
  context_.theme.apply(*qApp);
  message_->clear();
  context_.theme_changed.emit();
  update();
  for (QWidget* widget : findChildren<QWidget*>()) {
    widget->update();
  }
  save_settings();
}

void MainWindow::set_frame(int frame) {
  Session& session = context_.session;
  const Scene* scene = session.scene();
  if (const Property* property = scene ? Scene::schema().property("frame_current") : nullptr) {
    session.set_playback_frame(std::nullopt);
    session.set({scene->id, {}}, *property, Value(frame),
                /*merge_key=*/std::uint64_t(scene->id.serial) << 8 | 1);
  }
}

void MainWindow::toggle_playback() {
  Session& session = context_.session;
  if (play_timer_ && play_timer_->isActive()) {
    play_timer_->stop();
    set_frame(int(session.frame()));
    return;
  }
  if (!play_timer_) {
    play_timer_ = new QTimer(this);
    connect(play_timer_, &QTimer::timeout, this, [this] {
      const Scene* scene = context_.session.scene();
      if (!scene || context_.session.is_evaluating()) {
        return;  // frames that come too late are left out
      }
      const double rate =
          double(scene->render.fps) / std::max(1e-3, double(scene->render.fps_base));
      const int length = std::max(1, scene->frame_end - scene->frame_start + 1);
      const int elapsed = int((now_seconds() - play_start_) * rate);
      const int offset = ((play_from_ - scene->frame_start + elapsed) % length + length) % length;
      const float frame = float(scene->frame_start + offset);
      if (frame != context_.session.frame()) {
        context_.session.set_playback_frame(frame);
      }
    });
  }
  play_from_ = int(session.frame());
  play_start_ = now_seconds();
  play_timer_->start(8);
}

bool MainWindow::may_discard() {
  if (!context_.session.project().is_dirty() || qEnvironmentVariableIsSet("KILN_NO_QUESTIONS")) {
    return true;
  }
  QMessageBox box(QMessageBox::Question, QStringLiteral("Unsaved changes"),
                  QStringLiteral("The document has changes that are not saved."),
                  QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
  const int answer = box.exec();
  if (answer == QMessageBox::Save) {
    context_.commands.run("wm.save_mainfile");
    return !context_.session.project().is_dirty();
  }
  return answer == QMessageBox::Discard;
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (!may_discard()) {
    event->ignore();
    return;
  }
  context_.render.cancel();
  save_settings();
  event->accept();
}

void MainWindow::invoke(const std::string& command, const OperatorSettings& settings) {
  AreaWidget* area = screen()->active_area();
  if (area && area->editor()->run_command(command, settings)) {
    return;
  }
  context_.commands.run(command, settings);
}

bool MainWindow::handle_key(QKeyEvent& event) {
  const KeyStroke stroke = stroke_of(event);
  AreaWidget* area = screen()->active_area();
  if (stroke.key.empty() && event.text().isEmpty()) {
    return false;
  }
  if (area && area->editor()->modal_key(stroke, event.text())) {
    return true;
  }
  std::vector<std::string> maps = area ? area->editor()->keymaps() : std::vector<std::string>();
  maps.insert(maps.end(), {"Frames", "Screen", "Window"});
  const KeyBinding* binding = context_.commands.keymap.find(maps, stroke);
  if (!binding) {
    return false;
  }
  invoke(binding->command, binding->settings);
  return true;
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
  switch (event->type()) {
    case QEvent::MouseMove:
    case QEvent::MouseButtonPress:
      if (auto* widget = qobject_cast<QWidget*>(watched);
          widget && widget->window() == this && QApplication::mouseButtons() == Qt::NoButton) {
        screen()->note_mouse(static_cast<QMouseEvent*>(event)->globalPosition().toPoint());
      } else if (event->type() == QEvent::MouseButtonPress && widget && widget->window() == this) {
        screen()->note_mouse(static_cast<QMouseEvent*>(event)->globalPosition().toPoint());
        // Clicking elsewhere ends typing.
        QWidget* focus = QApplication::focusWidget();
        if (focus && focus != widget && !focus->isAncestorOf(widget) &&
            focus->focusPolicy() != Qt::NoFocus && widget->focusPolicy() == Qt::NoFocus) {
          focus->clearFocus();
        }
      }
      break;
    case QEvent::Enter:
      if (auto* widget = qobject_cast<QWidget*>(watched);
          widget && widget->window() == this && QApplication::mouseButtons() == Qt::NoButton) {
        screen()->note_mouse(QCursor::pos());
      }
      break;
    case QEvent::KeyPress: {
      // A field that is being typed into has its keys for itself; so has whatever lies over the
      // window.
      QWidget* focus = QApplication::focusWidget();
      bool is_typing = focus && (qobject_cast<QLineEdit*>(focus) ||
                                 (qobject_cast<QPlainTextEdit*>(focus) &&
                                  !static_cast<QPlainTextEdit*>(focus)->isReadOnly()));
      // Consoles and texts have the keys only while the mouse is over them, fields until typing is
      // over.
      AreaWidget* under = screen()->active_area();
      if (is_typing && under && focus->property("follows_mouse").toBool() &&
          !under->isAncestorOf(focus)) {
        is_typing = false;
      }
      if (QApplication::activePopupWidget() || QApplication::activeModalWidget() ||
          !isActiveWindow()) {
        break;
      }
      auto& key = static_cast<QKeyEvent&>(*event);
      if (is_typing) {
        // Function keys and shortcuts of the window hold everywhere, those of editing in the field.
        const KeyStroke stroke = stroke_of(key);
        const bool is_function = stroke.key.size() >= 2 && stroke.key[0] == 'F' &&
                                 std::isdigit(static_cast<unsigned char>(stroke.key[1]));
        const bool is_run = stroke.alt && stroke.key == "P";
        if (!is_function && !is_run &&
            !(stroke.ctrl && (stroke.key == "S" || stroke.key == "Q" || stroke.key == "O"))) {
          break;
        }
      }
      if (qobject_cast<QWidget*>(watched) && handle_key(key)) {
        return true;
      }
      break;
    }
    case QEvent::ShortcutOverride:
      break;
    default:
      break;
  }
  return QMainWindow::eventFilter(watched, event);
}

}  // namespace kiln::editor
