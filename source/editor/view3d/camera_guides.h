#pragma once

#include <QRectF>

class QPainter;

namespace kiln {
struct Camera;
struct Object;
struct Scene;
}  // namespace kiln

namespace kiln::editor {

/// Draws what a camera shows within its picture (`frame`, in pixels of the widget): lines that help
/// to compose, margins for titles, the size of the sensor and its object's name, each as its
/// settings say.
void paint_camera_guides(QPainter& painter, const QRectF& frame, const Camera& camera,
                         const Object& object, const Scene& scene);

}  // namespace kiln::editor
