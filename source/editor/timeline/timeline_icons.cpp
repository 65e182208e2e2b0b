#include "editor/timeline/timeline_icons.h"

#include <QPainter>
#include <QPixmap>

namespace kiln::editor {
namespace {

constexpr int side = 16, density = 3;

void triangle(QPainter& painter, double tip, double base, double height) {
  const QPointF corners[3] = {{tip, 0.0}, {base, -height}, {base, height}};
  painter.drawPolygon(corners, 3);
}

}  // namespace

QIcon timeline_icon(TimelineIcon icon, const Theme& theme) {
  QPixmap picture(side * density, side * density);
  picture.setDevicePixelRatio(density);
  picture.fill(Qt::transparent);
  QPainter painter(&picture);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.translate(side / 2.0, side / 2.0);
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme.text);
  // Those that go back are the others seen in a mirror.
  if (icon == TimelineIcon::First || icon == TimelineIcon::Back || icon == TimelineIcon::Reverse) {
    painter.scale(-1.0, 1.0);
  }
  switch (icon) {
    case TimelineIcon::First:
    case TimelineIcon::Last:
      triangle(painter, 3.0, -5.0, 5.5);
      painter.drawRect(QRectF(3.5, -5.5, 2.0, 11.0));
      break;
    case TimelineIcon::Back:
    case TimelineIcon::On:
      painter.drawRect(QRectF(-5.0, -4.5, 1.8, 9.0));
      triangle(painter, 5.0, -2.0, 4.5);
      break;
    case TimelineIcon::Reverse:
    case TimelineIcon::Play:
      triangle(painter, 6.0, -4.5, 6.5);
      break;
    case TimelineIcon::Stop:
      painter.drawRect(QRectF(-5.0, -5.5, 3.5, 11.0));
      painter.drawRect(QRectF(1.5, -5.5, 3.5, 11.0));
      break;
  }
  return QIcon(picture);
}

}  // namespace kiln::editor
