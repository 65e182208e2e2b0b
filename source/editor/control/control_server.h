#pragma once

#include <QByteArray>
#include <QObject>
#include <memory>

#include "core/result.h"

class QSocketNotifier;

namespace kiln::editor {

struct EditorContext;
class MainWindow;

/// Answers questions about the window on a local socket that only the same user can open: what lies
/// where, what the document holds. It moves nothing itself: tests and tutorials send real mouse and
/// key events to the screen. One JSON object a line.
class ControlServer : public QObject {
  Q_OBJECT
public:
  ControlServer(EditorContext& context, MainWindow& window);
  ~ControlServer() override;
  Result<void> listen(const Path& path);

private:
  void accept_client();
  void read_client();
  void answer(const QByteArray& line);
  void reply(const QByteArray& json);
  void reply_when_idle(int rounds, int patience);

  EditorContext& context_;
  MainWindow& window_;
  Path path_;
  int listening_ = -1, client_ = -1;
  std::unique_ptr<QSocketNotifier> listening_notifier_, client_notifier_;
  QByteArray buffer_;
};

}  // namespace kiln::editor
