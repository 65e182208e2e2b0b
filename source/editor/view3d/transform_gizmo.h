#pragma once

#include <QPoint>
#include <QPolygonF>
#include <QRect>
#include <optional>
#include <vector>

#include "editor/view3d/transform_frame.h"
#include "editor/view3d/transform_tool.h"

class QPainter;

namespace kiln::editor {

struct Theme;

/// Handles around what is selected that move, turn or scale it when dragged: one an axis, one a
/// plane, one for all directions. Made anew for every frame; the size is the same at any distance.
class TransformGizmo {
public:
  struct Handle {
    TransformMode mode = TransformMode::Move;
    int axis_mask = 0;  ///< bit i: axis i changes; 0: all, or about the view
    bool operator==(const Handle&) const = default;
  };
  struct Kinds {
    bool moves = false, rotates = false, scales = false;
  };

  /// `axes_of_modes`: of moving, turning and scaling, where they have others than the frame.
  TransformGizmo(const TransformFrame& frame, Kinds kinds, const render::raster::ViewCamera& camera,
                 int width, int height, float size = 1.0f,
                 const std::array<float3x3, 3>* axes_of_modes = nullptr);

  std::optional<Handle> hit(QPointF at) const;
  void paint(QPainter& painter, const Theme& theme, const std::optional<Handle>& hovered) const;
  /// "handle:move X", "handle:rotate view", "handle:scale XY", at a place that hits them.
  std::vector<std::pair<std::string, QRect>> named_places() const;

private:
  struct Shape {
    Handle handle;
    QPolygonF line;          // stroked
    QPolygonF area;          // filled: a plane handle or the end of an axis
    QPointF end;             // of axes
    bool is_closed = false;  // of `line`
  };
  void add_axes(TransformMode mode, float from, float to);
  void add_planes(TransformMode mode, float from, float to);
  void add_rings(float radius);
  void add_circle(Handle handle, float pixels);
  std::optional<QPointF> on_screen(TransformMode mode, float3 offset) const;
  const float3x3& axes(TransformMode mode) const { return axes_[std::size_t(mode)]; }

  float3 pivot_;
  std::array<float3x3, 3> axes_;  // of modes
  render::raster::ViewCamera camera_;
  int width_, height_;
  float reach_;         // pixels from the pivot to the end of an axis
  float pixel_ = 1.0f;  // size of a pixel at the pivot
  QPointF center_;
  std::vector<Shape> shapes_;
};

}  // namespace kiln::editor
