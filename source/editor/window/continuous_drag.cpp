#include "editor/window/continuous_drag.h"

#include <QCursor>
#include <QWidget>

namespace kiln::editor {
namespace {

// Pixels that the mouse is kept away from the edges.
constexpr double margin = 2.0;

// The place on the other side, where one is at the edge of `length` pixels.
double wrapped(double at, double length) {
  return at <= margin ? length - 2.0 * margin : at >= length - margin ? 2.0 * margin : at;
}

}  // namespace

QPointF ContinuousDrag::moved(QWidget& widget, QPointF at, bool wraps) {
  if (sent_to_) {
    const bool has_arrived = (at - *sent_to_).manhattanLength() < (at - before_).manhattanLength();
    if (has_arrived) {
      offset_ += before_ - *sent_to_;
    }
    sent_to_.reset();
  }
  const QPointF other(wrapped(at.x(), widget.width()), wrapped(at.y(), widget.height()));
  if (wraps && other != at && widget.width() > 40 && widget.height() > 40) {
    before_ = at;
    sent_to_ = other;
    QCursor::setPos(widget.mapToGlobal(other.toPoint()));
  }
  return at + offset_;
}

void ContinuousDrag::restart() {
  offset_ = {};
  sent_to_.reset();
}

}  // namespace kiln::editor
