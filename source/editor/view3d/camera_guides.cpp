#include "editor/view3d/camera_guides.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "document/camera.h"
#include "document/object.h"
#include "document/scene.h"

namespace kiln::editor {
namespace {

// Lines by places in the frame: 0 to 1 from left to right and from top to bottom.
class Guides {
public:
  Guides(QPainter& painter, const QRectF& frame) : painter_(painter), frame_(frame) {}

  QPointF at(double x, double y) const {
    return {frame_.left() + x * frame_.width(), frame_.top() + y * frame_.height()};
  }
  void line(double x0, double y0, double x1, double y1) {
    painter_.drawLine(at(x0, y0), at(x1, y1));
  }
  // Lines that cut off a share at all four sides.
  void shares(double share) {
    for (const double s : {share, 1.0 - share}) {
      line(s, 0.0, s, 1.0);
      line(0.0, s, 1.0, s);
    }
  }
  // A rectangle inside by margins, which are shares of half the size.
  void margins(float2 by) {
    const double x = 0.5 * double(by.x), y = 0.5 * double(by.y);
    painter_.drawRect(QRectF(at(x, y), at(1.0 - x, 1.0 - y)));
  }
  // A diagonal with the perpendiculars that meet it from the other corners.
  void harmony(bool falls) {
    const double y0 = falls ? 0.0 : 1.0, y1 = 1.0 - y0;
    line(0.0, y0, 1.0, y1);
    const double w = frame_.width(), h = frame_.height();
    const double share = h * h / std::max(w * w + h * h, 1e-9);
    const double foot_y = y0 + (y1 - y0) * share;
    line(0.0, y1, share, foot_y);
    line(1.0, y0, 1.0 - share, 1.0 - foot_y);
  }
  // A diagonal, and lines from the other corners to the golden cut of the sides.
  void golden_triangle(bool falls) {
    constexpr double cut = 0.381966;
    const double y0 = falls ? 0.0 : 1.0, y1 = 1.0 - y0;
    line(0.0, y0, 1.0, y1);
    line(0.0, y1, cut, y0);
    line(1.0, y0, 1.0 - cut, y1);
  }

private:
  QPainter& painter_;
  QRectF frame_;
};

// The sensor in the space of its picture, which shows all of its fitted side.
QRectF sensor_in(const QRectF& frame, const Camera& camera) {
  const double aspect = double(camera.sensor_width) / std::max(1e-3, double(camera.sensor_height));
  const bool fits_width =
      camera.sensor_fit == CameraSensorFit::Horizontal ||
      (camera.sensor_fit == CameraSensorFit::Auto && frame.width() >= frame.height());
  const double width = fits_width ? frame.width() : frame.height() * aspect;
  const double height = fits_width ? frame.width() / aspect : frame.height();
  QRectF sensor(0, 0, width, height);
  sensor.moveCenter(frame.center());
  return sensor;
}

}  // namespace

void paint_camera_guides(QPainter& painter, const QRectF& frame, const Camera& camera,
                         const Object& object, const Scene& scene) {
  Guides guides(painter, frame);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(QColor(255, 255, 255, 110), 1));
  if (camera.show_composition_center) {
    guides.line(0.5, 0.0, 0.5, 1.0);
    guides.line(0.0, 0.5, 1.0, 0.5);
  }
  if (camera.show_composition_center_diagonal) {
    guides.line(0.0, 0.0, 1.0, 1.0);
    guides.line(0.0, 1.0, 1.0, 0.0);
  }
  if (camera.show_composition_thirds) {
    guides.shares(1.0 / 3.0);
  }
  if (camera.show_composition_golden) {
    guides.shares(0.381966);
  }
  if (camera.show_composition_golden_tria_a) {
    guides.golden_triangle(false);
  }
  if (camera.show_composition_golden_tria_b) {
    guides.golden_triangle(true);
  }
  if (camera.show_composition_harmony_tri_a) {
    guides.harmony(false);
  }
  if (camera.show_composition_harmony_tri_b) {
    guides.harmony(true);
  }
  painter.setPen(QPen(QColor(255, 220, 160, 140), 1, Qt::DashLine));
  if (camera.show_safe_areas) {
    guides.margins(scene.safe_areas.title);
    guides.margins(scene.safe_areas.action);
  }
  if (camera.show_safe_areas && camera.show_safe_center) {
    guides.margins(scene.safe_areas.title_center);
    guides.margins(scene.safe_areas.action_center);
  }
  if (camera.show_sensor) {
    const QRectF sensor = sensor_in(frame, camera);
    painter.drawRect(sensor);
    painter.drawText(sensor.bottomLeft() + QPointF(4, 14), QStringLiteral("%1 × %2 mm")
                                                               .arg(double(camera.sensor_width))
                                                               .arg(double(camera.sensor_height)));
  }
  if (camera.show_name) {
    painter.setPen(QColor(255, 255, 255, 200));
    painter.drawText(frame.topLeft() + QPointF(4, -6), QString::fromStdString(object.name));
  }
}

}  // namespace kiln::editor
