#pragma once

#include <QObject>

#include "editor/session/session.h"

class QTimer;

namespace kiln::editor {

/// Plays the animation at the scene's frame rate, leaving out frames that come too late, without
/// changing the document.
class Playback : public QObject {
  Q_OBJECT
public:
  explicit Playback(Session& session);
  bool is_playing() const;
  /// Starts, or stops at the frame that is shown.
  void toggle(bool goes_back = false);
  bool goes_back() const { return step_ < 0; }
  /// Back to the frame where it started.
  void cancel();
  /// Makes a frame the scene's current one, as one undo step for many in a row.
  void set_frame(int frame);

Q_SIGNALS:
  /// It began or ended.
  void changed();

private:
  void show_next();
  Session& session_;
  QTimer* timer_;
  double start_ = 0.0;
  int from_ = 1;
  int step_ = 1;  ///< -1: backwards
};

}  // namespace kiln::editor
