#pragma once

#include <QRect>
#include <optional>
#include <string>
#include <vector>

#include "editor/view3d/navigation.h"

class QPainter;

namespace kiln::editor {

struct Theme;

/// The balls at the upper right of a viewport that show where the axes are, and the buttons below
/// them. Device-independent pixels from the top left.
class NavigationGizmo {
public:
  enum class Part { Axis, Turn, Zoom, Move, Camera, Perspective };
  struct Hit {
    Part part = Part::Turn;
    int axis = -1;  ///< of `Axis`: 0 to 2 for +X, +Y, +Z, 3 to 5 for the other ends
    bool operator==(const Hit&) const = default;
  };

  /// What of it there is, and how large.
  struct Look {
    bool has_axes = true, has_buttons = true;
    float size = 1.0f;
  };
  /// For a view of this size; small ones have none.
  NavigationGizmo(const float4x4& view, int width, int height, const Look& look);
  NavigationGizmo(const float4x4& view, int width, int height)
      : NavigationGizmo(view, width, height, Look()) {}

  std::optional<Hit> hit(QPointF at) const;
  /// The view that a click on an axis asks for: "RIGHT".
  static const char* view_name(int axis);
  void paint(QPainter& painter, const Theme& theme, const std::optional<Hit>& hovered,
             const Navigation& navigation) const;
  /// "gizmo:X", "gizmo:-X", "gizmo:turn", "gizmo:zoom", "gizmo:move", "gizmo:camera",
  /// "gizmo:perspective".
  std::vector<std::pair<std::string, QRect>> named_places() const;

private:
  struct End {
    QPointF at;
    float depth = 0.0f;  ///< towards the viewer
    int axis = 0;
  };
  QPointF button(int i) const;

  bool is_shown_ = false;
  Look look_;
  QPointF center_;
  std::vector<End> ends_;  // the farthest first
};

}  // namespace kiln::editor
