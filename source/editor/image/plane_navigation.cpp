#include "editor/image/plane_navigation.h"

#include <QMouseEvent>
#include <QPainter>
#include <cmath>

#include "editor/window/theme.h"

namespace kiln::editor {
namespace {

constexpr int button = 28, gap = 6;
constexpr double pixels_to_double = 80.0;  ///< that the mouse moves up for twice the size

QRectF place_of(int which) {
  return QRectF(0, which * (button + gap), button, button);
}

int button_at(QPointF at) {
  for (const int which : {0, 1}) {
    const QPointF from = at - place_of(which).center();
    if (std::hypot(from.x(), from.y()) <= button * 0.5) {
      return which;
    }
  }
  return -1;
}

}  // namespace

PlaneNavigation::PlaneNavigation(const Theme& theme, Actions actions, QWidget* parent)
    : QWidget(parent), theme_(theme), actions_(std::move(actions)) {
  setFixedSize(button, 2 * button + gap);
  setMouseTracking(true);
  setToolTip(QStringLiteral("Drag to zoom, or to move"));
}

void PlaneNavigation::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  for (const int which : {0, 1}) {
    const QRectF place = place_of(which).adjusted(1, 1, -1, -1);
    QColor fill = which == held_ ? theme_.accent : theme_.panel;
    fill.setAlpha(which == hovered_ || which == held_ ? 235 : 140);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawEllipse(place);
    painter.setPen(QPen(which == held_ ? theme_.text_on_accent : theme_.text, 1.6));
    painter.setBrush(Qt::NoBrush);
    const QPointF c = place.center();
    if (which == 0) {
      // A magnifying glass.
      painter.drawEllipse(c + QPointF(-1.5, -1.5), 4.5, 4.5);
      painter.drawLine(c + QPointF(2, 2), c + QPointF(6, 6));
    } else {
      // Arrows to all sides.
      for (const QPointF d : {QPointF(7, 0), QPointF(-7, 0), QPointF(0, 7), QPointF(0, -7)}) {
        const QPointF across(d.y() * 0.3, -d.x() * 0.3);
        painter.drawLine(c, c + d);
        painter.drawLine(c + d, c + d * 0.7 + across);
        painter.drawLine(c + d, c + d * 0.7 - across);
      }
    }
  }
}

void PlaneNavigation::mousePressEvent(QMouseEvent* event) {
  held_ = event->button() == Qt::LeftButton ? button_at(event->position()) : -1;
  last_ = event->globalPosition();
  event->setAccepted(held_ >= 0);
  update();
}

void PlaneNavigation::mouseMoveEvent(QMouseEvent* event) {
  const QPointF step = event->globalPosition() - last_;
  last_ = event->globalPosition();
  if (held_ == 0) {
    actions_.zoom(std::pow(2.0, -step.y() / pixels_to_double));
  } else if (held_ == 1) {
    actions_.move(step);
  } else if (const int now = button_at(event->position()); now != hovered_) {
    hovered_ = now;
    update();
  }
}

void PlaneNavigation::mouseReleaseEvent(QMouseEvent*) {
  held_ = -1;
  update();
}

void PlaneNavigation::leaveEvent(QEvent*) {
  hovered_ = -1;
  update();
}

std::vector<std::pair<std::string, QRect>> PlaneNavigation::named_places() const {
  return {{"zoom_button", place_of(0).toRect()}, {"pan_button", place_of(1).toRect()}};
}

}  // namespace kiln::editor
