#include "editor/window/script_host.h"

#include <QApplication>
#include <QCursor>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QTimer>

#include "document/window_layout.h"
#include "editor/window/commands.h"
#include "editor/window/key_names.h"
#include "editor/window/main_window.h"

namespace kiln::editor {
namespace {

constexpr int longest_wait_ms = 1000, soon_ms = 5;

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

}  // namespace

ScriptHost::ScriptHost(EditorContext& context, MainWindow& window, ScriptWindow& scripts)
    : context_(context), window_(window), scripts_(scripts), timer_(new QTimer(this)) {
  timer_->setSingleShot(true);
  if (auto* layout = context_.session.services().find<WindowLayout>()) {
    layout->exchange = [this] { exchange(); };
    layout->edited = [this] {
      QMetaObject::invokeMethod(
          this, [this] { serve(); }, Qt::QueuedConnection);
    };
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
    layout->edited = nullptr;
  }
}

QPoint ScriptHost::to_script(QPoint global) const {
  const QPoint local = window_.mapFromGlobal(global);
  return QPoint(local.x(), window_.height() - 1 - local.y());
}

void ScriptHost::prepare() {
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
