#pragma once

#include <QStatusBar>
#include <vector>

#include "editor/session/signal.h"

class QLabel;
class QProgressBar;
class QTimer;
class QToolButton;

namespace kiln::editor {

struct EditorContext;

/// The bar below the areas: keys that do something now, the last message, work that runs beside the
/// window with its progress and a way to end it, and counts of the scene.
class StatusBar : public QStatusBar {
  Q_OBJECT
public:
  explicit StatusBar(EditorContext& context);
  void set_hint(const QString& hint);
  /// Text of a script in place of the hints; empty: the hints again.
  void set_script_text(const QString& text);
  /// Share done of work of a script; less than 0: none.
  void set_script_progress(float fraction);
  void clear_message();
  void update_statistics();
  /// For tests: the button that cancels, in this widget.
  std::vector<std::pair<std::string, QRect>> named_places() const;

private:
  void update_work();
  EditorContext& context_;
  QLabel *hint_, *message_, *statistics_;
  QProgressBar* bar_;
  QToolButton* cancel_;
  QTimer *work_timer_, *message_timer_;
  float script_progress_ = -1.0f;
  QString hint_text_, script_text_;
  std::vector<Connection> connections_;
};

}  // namespace kiln::editor
