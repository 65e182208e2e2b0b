#include "editor/view3d/view3d_icons.h"

#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

#include "editor/window/theme.h"

namespace kiln::editor {
namespace {

// About (0, 0), 16 units wide.
void paint_sign(QPainter& painter, ViewIcon icon, const QColor& color, const Theme& theme) {
  painter.setPen(QPen(color, 1.4, Qt::SolidLine, Qt::RoundCap));
  painter.setBrush(Qt::NoBrush);
  const QRectF ball(-6.5, -6.5, 13, 13);
  switch (icon) {
    case ViewIcon::Orientation:
      painter.setPen(QPen(theme.axis_z, 1.8));
      painter.drawLine(QPointF(-2, 2), QPointF(-2, -7));
      painter.setPen(QPen(theme.axis_x, 1.8));
      painter.drawLine(QPointF(-2, 2), QPointF(7, 4));
      painter.setPen(QPen(theme.axis_y, 1.8));
      painter.drawLine(QPointF(-2, 2), QPointF(-7, 6));
      break;
    case ViewIcon::Pivot:
      painter.drawEllipse(QPointF(0, 0), 6, 6);
      painter.setBrush(color);
      painter.drawEllipse(QPointF(0, 0), 1.8, 1.8);
      break;
    case ViewIcon::Snap: {
      QPainterPath magnet(QPointF(-5, -6));
      magnet.lineTo(-5, 0);
      magnet.arcTo(QRectF(-5, -5, 10, 10), 180, 180);
      magnet.lineTo(5, -6);
      painter.setPen(QPen(color, 3.2, Qt::SolidLine, Qt::FlatCap));
      painter.drawPath(magnet);
      break;
    }
    case ViewIcon::Proportional:
      painter.drawEllipse(QPointF(0, 0), 6.5, 6.5);
      painter.drawEllipse(QPointF(0, 0), 3.5, 3.5);
      painter.setBrush(color);
      painter.drawEllipse(QPointF(0, 0), 1.2, 1.2);
      break;
    case ViewIcon::Vertices:
    case ViewIcon::Edges:
    case ViewIcon::Faces: {
      // A square of which the parts that are meant stand out.
      painter.setPen(QPen(color, icon == ViewIcon::Edges ? 2.6 : 0.9));
      painter.setBrush(icon == ViewIcon::Faces ? QBrush(color) : QBrush(Qt::NoBrush));
      painter.drawRect(QRectF(-5, -5, 10, 10));
      painter.setPen(Qt::NoPen);
      painter.setBrush(color);
      for (const QPointF corner :
           {QPointF(-5, -5), QPointF(5, -5), QPointF(5, 5), QPointF(-5, 5)}) {
        if (icon == ViewIcon::Vertices) {
          painter.drawEllipse(corner, 2.4, 2.4);
        }
      }
      break;
    }
    case ViewIcon::Overlays:
      painter.drawEllipse(QPointF(-2.2, -1.5), 4.5, 4.5);
      painter.setBrush(QColor(color.red(), color.green(), color.blue(), 110));
      painter.drawEllipse(QPointF(2.2, 1.5), 4.5, 4.5);
      break;
    case ViewIcon::XRay:
      painter.drawRect(QRectF(-6, -3, 9, 9));
      painter.setPen(QPen(color, 1.2, Qt::DotLine));
      painter.drawRect(QRectF(-3, -6, 9, 9));
      break;
    case ViewIcon::Wireframe:
      painter.setPen(QPen(color, 1.1));
      painter.drawEllipse(ball);
      painter.drawEllipse(QRectF(-3, -6.5, 6, 13));
      painter.drawEllipse(QRectF(-6.5, -3, 13, 6));
      break;
    case ViewIcon::Solid:
      painter.setPen(Qt::NoPen);
      painter.setBrush(color);
      painter.drawEllipse(ball);
      break;
    case ViewIcon::Material: {
      QConicalGradient quarters(QPointF(0, 0), 45);
      quarters.setColorAt(0.0, color);
      quarters.setColorAt(0.5, color.darker(260));
      quarters.setColorAt(1.0, color);
      painter.setPen(QPen(color, 1.2));
      painter.setBrush(quarters);
      painter.drawEllipse(ball);
      break;
    }
    case ViewIcon::Gizmos:
      painter.drawLine(QPointF(-5, 5), QPointF(-5, -5));
      painter.drawLine(QPointF(-5, 5), QPointF(5, 5));
      painter.setBrush(color);
      painter.drawPolygon(QPolygonF({QPointF(-7, -4), QPointF(-3, -4), QPointF(-5, -8)}));
      painter.drawPolygon(QPolygonF({QPointF(4, 3), QPointF(4, 7), QPointF(8, 5)}));
      break;
    case ViewIcon::Rendered: {
      QRadialGradient light(QPointF(-2.5, -3), 10);
      light.setColorAt(0.0, QColor(Qt::white));
      light.setColorAt(0.35, color);
      light.setColorAt(1.0, color.darker(320));
      painter.setPen(Qt::NoPen);
      painter.setBrush(light);
      painter.drawEllipse(ball);
      break;
    }
    case ViewIcon::Options:
      painter.setPen(QPen(color, 1.6, Qt::SolidLine, Qt::RoundCap));
      painter.drawPolyline(QPolygonF({QPointF(-3, -1.5), QPointF(0, 1.8), QPointF(3, -1.5)}));
      break;
  }
}

}  // namespace

QIcon view3d_icon(ViewIcon icon, const Theme& theme) {
  QIcon out;
  for (const bool is_on : {false, true}) {
    QPixmap pixmap(32, 32);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(16, 16);
    painter.scale(2, 2);
    paint_sign(painter, icon, is_on ? theme.text_on_accent : theme.text, theme);
    painter.end();
    out.addPixmap(pixmap, QIcon::Normal, is_on ? QIcon::On : QIcon::Off);
  }
  return out;
}

}  // namespace kiln::editor
