#pragma once

#include <QPointF>
#include <optional>

class QWidget;

namespace kiln::editor {

/// Lets a movement of the mouse go on where it meets the edge of a widget: the mouse is set to the
/// other side, and places are counted on.
class ContinuousDrag {
public:
  /// A place as if the mouse had never been set back. `wraps`: whether it may be now.
  QPointF moved(QWidget& widget, QPointF at, bool wraps);
  /// Where the mouse is in the widget when it is counted to be at `place`.
  QPointF unwrapped(QPointF place) const { return place - offset_; }
  /// Another movement begins.
  void restart();

private:
  QPointF offset_, before_;
  /// The mouse was sent here from `before_`; that is seen with its next movement. Some screens do
  /// not allow it.
  std::optional<QPointF> sent_to_;
};

}  // namespace kiln::editor
