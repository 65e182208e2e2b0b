#include "editor/control/control_server.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMenu>
#include <QSocketNotifier>
#include <QTimer>
#include <cerrno>
#include <cstring>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "editor/layout/layout_popup.h"
#include "editor/layout/pie_popup.h"
#include "editor/layout/settings_popover.h"
#include "editor/preferences/preferences_window.h"
#include "editor/window/main_window.h"
#include "editor/window/redo_popup.h"
#include "editor/window/splash.h"
#include "editor/window/watchdog.h"

namespace kiln::editor {
namespace {

OperatorSettings settings_of(const QJsonObject& json) {
  OperatorSettings settings;
  for (auto entry = json.begin(); entry != json.end(); ++entry) {
    const QJsonValue value = entry.value();
    settings.emplace_back(entry.key().toStdString(), value.isBool() ? Value(value.toBool())
                                                     : value.isDouble()
                                                         ? Value(value.toDouble())
                                                         : Value(value.toString().toStdString()));
  }
  return settings;
}

// What can be clicked in what lies over the window.
std::vector<std::pair<std::string, QRect>> places_of_popup(QWidget& widget) {
  if (const auto* layout = qobject_cast<LayoutPopup*>(&widget)) {
    return layout->named_places();
  }
  if (const auto* preferences = qobject_cast<PreferencesWindow*>(&widget)) {
    return preferences->named_places();
  }
  if (const auto* redo = qobject_cast<RedoPopup*>(&widget)) {
    return redo->named_places();
  }
  if (const auto* splash = qobject_cast<const Splash*>(&widget)) {
    return splash->named_places();
  }
  if (const auto* pie = qobject_cast<PiePopup*>(&widget)) {
    return pie->named_places();
  }
  if (const auto* settings = qobject_cast<SettingsPopover*>(&widget)) {
    return settings->named_places();
  }
  std::vector<std::pair<std::string, QRect>> places;
  if (const auto* menu = qobject_cast<QMenu*>(&widget)) {
    for (QAction* action : menu->actions()) {
      const std::string text = action->text().section('\t', 0, 0).remove('&').toStdString();
      places.emplace_back("item:" + text, menu->actionGeometry(action));
    }
  } else if (const auto* tip = qobject_cast<QLabel*>(&widget)) {
    places.emplace_back("tip:" + tip->text().toStdString(), widget.rect());
  } else {
    places.emplace_back("popup:" + widget.windowTitle().toStdString(), widget.rect());
  }
  return places;
}

}  // namespace

ControlServer::ControlServer(EditorContext& context, MainWindow& window)
    : context_(context), window_(window) {}

ControlServer::~ControlServer() {
  listening_notifier_.reset();
  client_notifier_.reset();
  if (client_ >= 0) {
    ::close(client_);
  }
  if (listening_ >= 0) {
    ::close(listening_);
    ::unlink(path_.c_str());
  }
}

Result<void> ControlServer::listen(const Path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string name = path.string();
  if (name.size() >= sizeof(address.sun_path)) {
    return Error::invalid("\"{}\" is too long for the path of a socket", name);
  }
  std::memcpy(address.sun_path, name.c_str(), name.size());
  listening_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  ::unlink(name.c_str());
  const mode_t mask = ::umask(0077);
  const bool is_bound =
      listening_ >= 0 &&
      ::bind(listening_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0 &&
      ::listen(listening_, 1) == 0;
  ::umask(mask);
  if (!is_bound) {
    return Error::unreadable(path,
                             std::string("no socket can be opened there: ") + std::strerror(errno));
  }
  path_ = path;
  listening_notifier_ = std::make_unique<QSocketNotifier>(listening_, QSocketNotifier::Read);
  connect(listening_notifier_.get(), &QSocketNotifier::activated, this,
          [this] { accept_client(); });
  return {};
}

void ControlServer::accept_client() {
  const int fresh = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
  if (fresh < 0) {
    return;
  }
  client_notifier_.reset();
  if (client_ >= 0) {
    ::close(client_);
  }
  client_ = fresh;
  buffer_.clear();
  client_notifier_ = std::make_unique<QSocketNotifier>(client_, QSocketNotifier::Read);
  connect(client_notifier_.get(), &QSocketNotifier::activated, this, [this] { read_client(); });
}

void ControlServer::read_client() {
  char bytes[4096];
  const ssize_t count = ::recv(client_, bytes, sizeof(bytes), MSG_DONTWAIT);
  if (count <= 0) {
    client_notifier_->setEnabled(false);
    return;
  }
  buffer_.append(bytes, qsizetype(count));
  for (qsizetype end = buffer_.indexOf('\n'); end >= 0; end = buffer_.indexOf('\n')) {
    const QByteArray line = buffer_.left(end);
    buffer_.remove(0, end + 1);
    answer(line);
  }
  if (buffer_.size() > (1 << 20)) {
    buffer_.clear();
  }
}

void ControlServer::reply(const QByteArray& json) {
  const QByteArray line = json + '\n';
  qsizetype sent = 0;
  while (sent < line.size()) {
    const ssize_t count =
        ::send(client_, line.constData() + sent, std::size_t(line.size() - sent), MSG_NOSIGNAL);
    if (count <= 0) {
      return;
    }
    sent += count;
  }
}

// Idle means: nothing is being evaluated, read or written, no view is on its way, and events have
// had time to be painted. While an animation plays that never comes.
void ControlServer::reply_when_idle(int rounds, int patience) {
  const bool is_busy =
      (context_.session.is_evaluating() || context_.job.is_running() || context_.flights > 0) &&
      patience > 0;
  if (is_busy || rounds > 0) {
    QElapsedTimer passed;
    passed.start();
    QTimer::singleShot(15, this, [this, is_busy, rounds, patience, passed] {
      const int spent = context_.job.is_running() ? 0 : int(passed.elapsed());
      reply_when_idle(is_busy ? 3 : rounds - 1, patience - spent);
    });
    return;
  }
  reply(R"({"idle":true})");
}

void ControlServer::answer(const QByteArray& line) {
  const QJsonObject request = QJsonDocument::fromJson(line).object();
  const QString what = request[QStringLiteral("do")].toString();
  QJsonObject out;
  if (what == QStringLiteral("run")) {
    if (!context_.scripts) {
      out[QStringLiteral("error")] = QStringLiteral("no scripting");
    } else {
      const Result<std::string> output = context_.scripts->run(
          request[QStringLiteral("code")].toString().toStdString(), "control");
      out[output ? QStringLiteral("output") : QStringLiteral("error")] =
          QString::fromStdString(output ? *output : output.error().message);
      context_.session.announce();
      context_.session.changed.emit({});  // panels and properties may have been registered
    }
  } else if (what == QStringLiteral("places")) {
    QJsonArray places;
    const auto add = [&](int area, const std::string& editor, const std::string& name, QPoint at,
                         QSize size) {
      places.append(QJsonObject{{"area", area},
                                {"editor", QString::fromStdString(editor)},
                                {"name", QString::fromStdString(name)},
                                {"x", at.x()},
                                {"y", at.y()},
                                {"width", size.width()},
                                {"height", size.height()}});
    };
    for (AreaWidget* area : window_.screen()->areas()) {
      if (!area->isVisible()) {
        continue;
      }
      add(area->id(), area->editor_type(), "area", area->mapToGlobal(QPoint(0, 0)), area->size());
      for (const auto& [name, rect] : area->named_places()) {
        add(area->id(), area->editor_type(), name, area->mapToGlobal(rect.topLeft()), rect.size());
      }
    }
    for (const auto& [name, rect] : window_.named_places()) {
      add(0, "WINDOW", name, window_.mapToGlobal(rect.topLeft()), rect.size());
    }
    for (QWidget* widget : QApplication::topLevelWidgets()) {
      if (!widget->isVisible() || widget == &window_) {
        continue;
      }
      for (const auto& [name, rect] : places_of_popup(*widget)) {
        add(0, "POPUP", name, widget->mapToGlobal(rect.topLeft()), rect.size());
      }
    }
    out[QStringLiteral("places")] = places;
  } else if (what == QStringLiteral("state")) {
    const UndoStack& undo = context_.session.project().undo;
    QJsonArray steps, lines;
    for (const UndoStack::Step& step : undo.steps()) {
      steps.append(QString::fromStdString(step.label));
    }
    for (const InfoLine& entry : context_.session.log.lines()) {
      lines.append(QString::fromStdString(entry.text));
    }
    out = {{"undo", steps},
           {"present", int(undo.present())},
           {"log", lines},
           {"working", context_.job.is_running()},
           {"rendering", context_.render.is_running()},
           {"rendered", context_.render.picture().is_finished}};
    if (context_.watchdog) {
      QJsonArray slow;
      for (const Watchdog::Slow& entry : context_.watchdog->slow()) {
        slow.append(QJsonObject{{"what", QString::fromStdString(entry.what)},
                                {"milliseconds", entry.milliseconds}});
      }
      out[QStringLiteral("slow")] = slow;
    }
  } else if (what == QStringLiteral("figures")) {
    for (AreaWidget* area : window_.screen()->areas()) {
      for (const auto& [name, value] : area->editor()->figures(/*forgets=*/true)) {
        out[QString::fromStdString(area->editor_type() + "." + name)] = value;
      }
    }
  } else if (what == QStringLiteral("idle")) {
    reply_when_idle(3, /*patience=*/3000);
    return;
  } else if (what == QStringLiteral("command")) {
    out[QStringLiteral("done")] = true;
    // Dialogs have loops of their own, so the answer goes before.
    QTimer::singleShot(0, this,
                       [this, name = request[QStringLiteral("name")].toString().toStdString(),
                        settings = settings_of(request[QStringLiteral("settings")].toObject())] {
                         context_.invoke(name, settings);
                       });
  } else {
    out[QStringLiteral("error")] = QStringLiteral("unknown request \"%1\"").arg(what);
  }
  reply(QJsonDocument(out).toJson(QJsonDocument::Compact));
}

}  // namespace kiln::editor
