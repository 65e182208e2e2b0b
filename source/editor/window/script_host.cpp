#include "editor/window/script_host.h"

#include <QApplication>
#include <QCursor>
#include <QFileDialog>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QTimer>

#include "document/window_layout.h"
#include "editor/layout/choice_popup.h"
#include "editor/layout/layout_popup.h"
#include "editor/layout/pie_popup.h"
#include "editor/layout/script_layout.h"
#include "editor/window/commands.h"
#include "editor/window/key_names.h"
#include "editor/window/main_window.h"
#include "editor/window/menus.h"

namespace kiln::editor {
namespace {

constexpr int longest_wait_ms = 1000, soon_ms = 5;
constexpr int header_height = 28;  ///< of areas, as scripts are told

const char* button_name(Qt::MouseButton button) {
  switch (button) {
    case Qt::LeftButton:
      return "LEFTMOUSE";
    case Qt::MiddleButton:
      return "MIDDLEMOUSE";
    case Qt::RightButton:
      return "RIGHTMOUSE";
    case Qt::BackButton:
      return "BUTTON4MOUSE";
    case Qt::ForwardButton:
      return "BUTTON5MOUSE";
    default:
      return "NONE";
  }
}

const LayoutItem* find_pie(const LayoutItem& item) {
  if (item.kind == LayoutItem::Kind::Pie) {
    return &item;
  }
  for (const LayoutItem& child : item.children) {
    if (const LayoutItem* found = find_pie(child)) {
      return found;
    }
  }
  return nullptr;
}

}  // namespace

ScriptHost::ScriptHost(EditorContext& context, MainWindow& window, ScriptWindow& scripts)
    : context_(context), window_(window), scripts_(scripts), timer_(new QTimer(this)) {
  timer_->setSingleShot(true);
  if (auto* layout = context_.session.services().find<WindowLayout>()) {
    layout->exchange = [this] { exchange(); };
  }
  connect(timer_, &QTimer::timeout, this, &ScriptHost::tick);
  timer_->start(50);
  connections_.push_back(context_.session.changed.connect([this](const ChangeSet&) {
    // Buttons, panels and the console may have asked for something, timers among it.
    QMetaObject::invokeMethod(
        this,
        [this] {
          serve();
          timer_->start(soon_ms);
        },
        Qt::QueuedConnection);
  }));
}

ScriptHost::~ScriptHost() {
  if (auto* layout = context_.session.services().find<WindowLayout>()) {
    layout->exchange = nullptr;
  }
}

QPoint ScriptHost::to_script(QPoint global) const {
  const QPoint local = window_.mapFromGlobal(global);
  return QPoint(local.x(), window_.height() - 1 - local.y());
}

void ScriptHost::exchange() {
  auto* layout = context_.session.services().find<WindowLayout>();
  if (!layout) {
    return;
  }
  if (std::exchange(layout->is_edited, false)) {
    if (layout->active_screen != window_.workspaces().active) {
      wanted_workspace_ = layout->active_screen;
      layout->active_screen = window_.workspaces().active;
    }
    take_layout(*layout);
  }
  fill_layout(*layout);
}

// What scripts wrote goes to the editors. Other kinds of editors come later, in `serve`.
void ScriptHost::take_layout(const WindowLayout& layout) {
  const Screen& screen = layout.screens[layout.active_screen];
  for (std::int64_t i = 0; i < screen.areas.size(); ++i) {
    const ScreenArea& area = screen.areas[i];
    const AreaWidget* widget = window_.screen()->area(AreaId(area.number));
    if (widget && widget->editor() && widget->editor_type() == area.kind && !area.spaces.empty()) {
      widget->editor()->take_space(area.spaces[0]);
    }
  }
}

void ScriptHost::fill_layout(WindowLayout& layout) {
  const Workspaces& workspaces = window_.workspaces();
  while (layout.screens.size() < std::int64_t(workspaces.list.size())) {
    layout.screens.add(std::make_shared<Screen>());
  }
  while (layout.screens.size() > std::max<std::int64_t>(1, std::int64_t(workspaces.list.size()))) {
    layout.screens.remove(layout.screens.size() - 1);
  }
  for (std::size_t i = 0; i < workspaces.list.size(); ++i) {
    if (layout.screens[std::int64_t(i)].name != workspaces.list[i].name) {
      layout.screens.edit(std::int64_t(i)).name = workspaces.list[i].name;
    }
  }
  if (layout.active_screen != workspaces.active) {
    layout.edit_screen().areas.clear();  // areas are told of the screen that is shown
    layout.active_screen = std::clamp(workspaces.active, 0, int(layout.screens.size()) - 1);
  }
  Screen& screen = layout.edit_screen();
  screen.show_fullscreen = window_.screen()->is_maximized();
  std::vector<const AreaWidget*> widgets;
  for (const AreaWidget* widget : window_.screen()->areas()) {
    if (widget->isVisible() && widget->editor()) {
      widgets.push_back(widget);
    }
  }
  const auto widget_of = [&](const ScreenArea& area) {
    return std::any_of(widgets.begin(), widgets.end(), [&](const AreaWidget* widget) {
      return std::int64_t(widget->id()) == area.number;
    });
  };
  for (std::int64_t i = screen.areas.size() - 1; i >= 0; --i) {
    if (!is_filled_ || !widget_of(screen.areas[i])) {
      screen.areas.remove(i);
    }
  }
  is_filled_ = true;
  const AreaWidget* active = window_.screen()->active_area();
  layout.active_area = -1;
  layout.width = window_.width();
  layout.height = window_.height();
  for (const AreaWidget* widget : widgets) {
    std::int64_t at = 0;
    while (at < screen.areas.size() && screen.areas[at].number != std::int64_t(widget->id())) {
      ++at;
    }
    const bool is_new = at == screen.areas.size();
    ScreenArea& area =
        is_new ? screen.areas.add(std::make_shared<ScreenArea>()) : screen.areas.edit(at);
    if (is_new) {
      area.number = std::int64_t(widget->id());
      area.kind = widget->editor_type();
      area.regions.add(ScreenRegion{"HEADER", "TOP"});
      area.regions.add(ScreenRegion{"WINDOW", "NONE"});
      area.spaces.add(make_space(area.kind));
    }
    const QPoint low = to_script(widget->mapToGlobal(QPoint(0, widget->height() - 1)));
    area.x = low.x();
    area.y = low.y();
    area.width = widget->width();
    area.height = widget->height();
    const int header = std::min(area.height, header_height);
    ScreenRegion& top = area.regions.edit(0);
    top.x = area.x;
    top.y = area.y + area.height - header;
    top.width = area.width;
    top.height = header;
    ScreenRegion& rest = area.regions.edit(1);
    rest.x = area.x;
    rest.y = area.y;
    rest.width = area.width;
    rest.height = area.height - header;
    if (widget == active) {
      layout.active_area = int(at);
    }
    // A script may have asked for another kind of editor, which comes when scripts are done.
    if (!wants_other_editor(area, widget->editor_type())) {
      if (!is_new && area.kind != widget->editor_type()) {
        area.spaces.clear();
        area.spaces.add(make_space(widget->editor_type()));
      }
      area.kind = widget->editor_type();
      widget->editor()->fill_space(area.spaces.edit(0));
    }
  }
}

bool ScriptHost::wants_other_editor(const ScreenArea& area, const std::string& shown) const {
  const auto known = shown_.find(area.number);
  return area.kind != shown && known != shown_.end() && known->second == shown;
}

// Editors of the kinds that scripts wrote, with the state they wrote.
void ScriptHost::change_editors() {
  auto* layout = context_.session.services().find<WindowLayout>();
  if (!layout || !is_filled_) {
    return;
  }
  if (const std::optional<int> wanted = std::exchange(wanted_workspace_, std::nullopt);
      wanted && *wanted >= 0 && *wanted < int(window_.workspaces().list.size())) {
    window_.set_workspace(*wanted);
    return;
  }
  const Screen screen = layout->screens[layout->active_screen];
  for (std::int64_t i = 0; i < screen.areas.size(); ++i) {
    const ScreenArea& area = screen.areas[i];
    AreaWidget* widget = window_.screen()->area(AreaId(area.number));
    if (widget && wants_other_editor(area, widget->editor_type())) {
      if (!window_.editors().find(area.kind)) {
        layout->edit_screen().areas.edit(i).kind = widget->editor_type();
      } else {
        Q_EMIT widget->editor_chosen(widget->id(), QString::fromStdString(area.kind));
        if (widget->editor_type() == area.kind && !area.spaces.empty()) {
          widget->editor()->take_space(area.spaces[0]);
        }
      }
    }
  }
  shown_.clear();
  for (const AreaWidget* widget : window_.screen()->areas()) {
    shown_[std::int64_t(widget->id())] = widget->editor_type();
  }
  exchange();
}

void ScriptHost::prepare() {
  shown_.clear();
  for (const AreaWidget* widget : window_.screen()->areas()) {
    shown_[std::int64_t(widget->id())] = widget->editor_type();
  }
  exchange();
  const QPoint at = to_script(QCursor::pos());
  last_event_.x = at.x();
  last_event_.y = at.y();
  scripts_.set_event(last_event_);
}

ScriptEvent ScriptHost::make_event(const QEvent& event) const {
  ScriptEvent out;
  Qt::KeyboardModifiers modifiers = QApplication::keyboardModifiers();
  QPoint at = QCursor::pos();
  switch (event.type()) {
    case QEvent::MouseMove:
      out.type = "MOUSEMOVE";
      break;
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::MouseButtonDblClick:
      out.type = button_name(static_cast<const QMouseEvent&>(event).button());
      out.value = event.type() == QEvent::MouseButtonPress     ? "PRESS"
                  : event.type() == QEvent::MouseButtonRelease ? "RELEASE"
                                                               : "DOUBLE_CLICK";
      break;
    case QEvent::Wheel:
      out.type = static_cast<const QWheelEvent&>(event).angleDelta().y() > 0 ? "WHEELUPMOUSE"
                                                                             : "WHEELDOWNMOUSE";
      out.value = "PRESS";
      break;
    case QEvent::KeyPress:
    case QEvent::KeyRelease: {
      const auto& key = static_cast<const QKeyEvent&>(event);
      out.type = script_name_of(key);
      out.value = event.type() == QEvent::KeyPress ? "PRESS" : "RELEASE";
      out.text = event.type() == QEvent::KeyPress ? key.text().toStdString() : "";
      out.is_repeat = key.isAutoRepeat();
      modifiers = key.modifiers();
      break;
    }
    default:
      break;
  }
  if (event.isPointerEvent()) {
    at = static_cast<const QSinglePointEvent&>(event).globalPosition().toPoint();
    modifiers = static_cast<const QPointerEvent&>(event).modifiers();
  }
  const QPoint place = to_script(at);
  out.x = place.x();
  out.y = place.y();
  out.shift = modifiers.testFlag(Qt::ShiftModifier);
  out.ctrl = modifiers.testFlag(Qt::ControlModifier);
  out.alt = modifiers.testFlag(Qt::AltModifier);
  out.meta = modifiers.testFlag(Qt::MetaModifier);
  return out;
}

bool ScriptHost::handle(const QEvent& event, bool is_key_free) {
  const bool is_press =
      event.type() == QEvent::KeyPress || event.type() == QEvent::MouseButtonPress ||
      event.type() == QEvent::MouseButtonDblClick || event.type() == QEvent::Wheel;
  const bool is_key = event.type() == QEvent::KeyPress || event.type() == QEvent::KeyRelease;
  const bool is_waited_for = scripts_.has_waiting();
  if (is_press) {
    last_event_ = make_event(event);
  }
  if (is_waited_for && (!is_key || is_key_free)) {
    const ScriptEvent happened = make_event(event);
    prepare();
    const ScriptWindow::Answer answer = scripts_.handle(happened);
    take(answer);
    context_.session.announce();
    serve();
    if (answer.is_taken) {
      return true;
    }
  }
  if (!is_press || (is_key && !is_key_free) || (!is_key && !scripts_.binds_mouse())) {
    return false;
  }
  const auto bound = scripts_.binding(window_.keymaps(), last_event_);
  if (!bound) {
    return false;
  }
  context_.invoke(bound->first, bound->second);
  return true;
}

void ScriptHost::tick() {
  double seconds = -1.0;
  const ScriptWindow::Answer answer = scripts_.tick(&seconds);
  take(answer);
  context_.session.announce();
  serve();
  const int wait =
      seconds < 0.0 ? longest_wait_ms : std::clamp(int(seconds * 1000.0 + 0.5), 1, longest_wait_ms);
  timer_->start(wait);
}

void ScriptHost::take(const ScriptWindow::Answer& answer) {
  for (const ScriptOutcome& outcome : answer.ended) {
    context_.session.operator_ended(outcome);
  }
}

void ScriptHost::end(const std::optional<ScriptOutcome>& outcome) {
  if (outcome) {
    context_.session.operator_ended(*outcome);
  } else {
    context_.session.announce();
  }
  serve();
}

void ScriptHost::serve() {
  if (is_serving_) {
    return;
  }
  is_serving_ = true;
  change_editors();
  for (const ScriptRequest& request : scripts_.take_requests()) {
    do_request(request);
  }
  is_serving_ = false;
  if (scripts_.has_waiting() && timer_->remainingTime() > 20) {
    timer_->start(1);  // a timer may have been added
  }
}

void ScriptHost::do_request(const ScriptRequest& request) {
  const std::string& kind = request.kind;
  if (kind == "POPUP" || kind == "DIALOG") {
    show_popup(request, kind == "DIALOG");
  } else if (kind == "MENU") {
    show_menu(request.token);
  } else if (kind == "PIE") {
    show_pie(request.token);
  } else if (kind == "SEARCH") {
    show_search(request.token);
  } else if (kind == "FILE") {
    choose_file(request);
  } else if (kind == "CALL_MENU") {
    call_menu(request.name);
  } else if (kind == "CALL_PIE") {
    call_pie(request.name);
  } else if (kind == "CALL_PANEL") {
    show_panel(request.name, QCursor::pos() - QPoint(40, 14));
  } else if (kind == "STATUS") {
    window_.set_script_text(QString::fromStdString(request.text));
  } else if (kind == "PROGRESS") {
    window_.set_script_progress(float(request.value));
  } else if (kind == "REDRAW") {
    window_.screen()->update_all();
  } else if (kind == "CURSOR") {
    QApplication::restoreOverrideCursor();
    if (!request.name.empty() && request.name != "DEFAULT") {
      QApplication::setOverrideCursor(request.name == "WAIT"        ? Qt::WaitCursor
                                      : request.name == "CROSSHAIR" ? Qt::CrossCursor
                                                                    : Qt::SizeAllCursor);
    }
  }
}

void ScriptHost::show_popup(const ScriptRequest& request, bool has_buttons) {
  const int token = request.token;
  const std::optional<ScriptPanel> first = scripts_.popup_content(token);
  if (!first) {
    return;
  }
  LayoutPopup::Content content;
  content.title = QString::fromStdString(first->title);
  content.width = std::clamp(request.width, 120, 1200);
  content.has_buttons = has_buttons;
  content.make = [this, token] {
    LayoutItem root;
    if (const std::optional<ScriptPanel> drawn = scripts_.popup_content(token)) {
      root.add(from_script(drawn->content, context_.session));
    }
    return root;
  };
  content.changed = [this, token] { end(scripts_.popup_changed(token)); };
  content.done = [this, token](bool is_accepted) {
    end(scripts_.popup_done(token, is_accepted, ""));
  };
  auto* popup = new LayoutPopup(context_, std::move(content), &window_);
  popups_.emplace_back(popup);
  popup->show_at(QCursor::pos() - QPoint(40, 14));
}

void ScriptHost::show_menu(int token) {
  const std::optional<ScriptPanel> drawn = scripts_.popup_content(token);
  if (!drawn) {
    return;
  }
  auto* menu = new QMenu(&window_);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  if (!drawn->title.empty()) {
    menu->addAction(QString::fromStdString(drawn->title))->setEnabled(false);
    menu->addSeparator();
  }
  LayoutItem root;
  root.add(from_script(drawn->content, context_.session));
  fill_menu(*menu, context_, root);
  connect(menu, &QMenu::aboutToHide, this,
          [this, token] { end(scripts_.popup_done(token, true, "")); });
  popups_.emplace_back(menu);
  menu->popup(QCursor::pos());
}

void ScriptHost::show_pie(int token) {
  const std::optional<ScriptPanel> drawn = scripts_.popup_content(token);
  if (!drawn) {
    return;
  }
  const LayoutItem root = from_script(drawn->content, context_.session);
  const LayoutItem* pie = find_pie(root);
  auto* popup =
      new PiePopup(context_, QString::fromStdString(drawn->title), pie ? *pie : root, &window_);
  popups_.emplace_back(popup);
  popup->show();
  end(scripts_.popup_done(token, true, ""));
}

void ScriptHost::show_search(int token) {
  auto* popup = new ChoicePopup(
      context_, QStringLiteral("Search"),
      [choices = scripts_.popup_choices(token)](const QString& text) {
        std::vector<Choice> found;
        for (const auto& [identifier, label] : choices) {
          const QString shown = QString::fromStdString(label);
          if (shown.contains(text, Qt::CaseInsensitive)) {
            found.push_back({shown, {}, true, QString::fromStdString(identifier)});
          }
        }
        return found;
      },
      [this, token](const Choice& choice) {
        end(scripts_.popup_done(token, true, choice.key.toStdString()));
      },
      &window_);
  popups_.emplace_back(popup);
  popup->show();
}

void ScriptHost::choose_file(const ScriptRequest& request) {
  auto* dialog = new QFileDialog(&window_, QString::fromStdString(request.text));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  QString glob = QString::fromStdString(request.filter);
  glob.replace(QLatin1Char(';'), QLatin1Char(' '));
  dialog->setNameFilters(
      {QStringLiteral("Wanted files (%1)").arg(glob), QStringLiteral("All files (*)")});
  dialog->setAcceptMode(request.saves ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
  dialog->setFileMode(request.saves       ? QFileDialog::AnyFile
                      : request.width > 0 ? QFileDialog::ExistingFiles
                                          : QFileDialog::ExistingFile);
  if (!request.name.empty()) {
    dialog->selectFile(QString::fromStdString(request.name));
  }
  connect(dialog, &QDialog::finished, this, [this, dialog, token = request.token](int result) {
    end(scripts_.popup_done(token, result == QDialog::Accepted,
                            dialog->selectedFiles().join(QLatin1Char('\n')).toStdString()));
  });
  popups_.emplace_back(dialog);
  dialog->open();
}

bool ScriptHost::call_menu(const std::string& name) {
  auto* menu = new QMenu(&window_);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  prepare();
  if (!fill_named_menu(*menu, context_, name) || menu->isEmpty()) {
    delete menu;
    return false;
  }
  popups_.emplace_back(menu);
  menu->popup(QCursor::pos());
  return true;
}

void ScriptHost::call_pie(const std::string& name) {
  auto* panels = context_.session.services().find<ScriptPanels>();
  prepare();
  const std::optional<ScriptPanel> drawn = panels ? panels->draw_menu(name) : std::nullopt;
  if (!drawn || drawn->is_refused) {
    context_.session.report(InfoLine::Kind::Warning,
                            fmt::format("there is no pie menu \"{}\" here", name));
    return;
  }
  const LayoutItem root = from_script(drawn->content, context_.session);
  const LayoutItem* pie = find_pie(root);
  auto* popup =
      new PiePopup(context_, QString::fromStdString(drawn->title), pie ? *pie : root, &window_);
  popups_.emplace_back(popup);
  popup->show();
}

void ScriptHost::show_panel(const std::string& name, QPoint at) {
  auto* panels = context_.session.services().find<ScriptPanels>();
  prepare();
  const std::optional<ScriptPanel> first = panels ? panels->draw_panel(name) : std::nullopt;
  if (!first || first->is_refused) {
    context_.session.report(InfoLine::Kind::Warning,
                            fmt::format("the panel \"{}\" is not shown here", name));
    return;
  }
  LayoutPopup::Content content;
  content.title = QString::fromStdString(first->title);
  content.width = first->width > 0 ? std::clamp(first->width, 120, 1200) : 260;
  content.make = [this, panels, name] {
    LayoutItem root;
    if (const std::optional<ScriptPanel> drawn = panels->draw_panel(name)) {
      root.add(from_script(drawn->content, context_.session));
      for (const ScriptPanel& inner : drawn->panels) {
        add_script_panel(root, inner, context_.session);
      }
    }
    return root;
  };
  auto* popup = new LayoutPopup(context_, std::move(content), &window_);
  popups_.emplace_back(popup);
  popup->show_at(at);
}

std::vector<QWidget*> ScriptHost::popups() const {
  std::vector<QWidget*> open;
  for (const QPointer<QWidget>& popup : popups_) {
    if (popup && popup->isVisible()) {
      open.push_back(popup);
    }
  }
  return open;
}

}  // namespace kiln::editor
