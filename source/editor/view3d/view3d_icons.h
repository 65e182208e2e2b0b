#pragma once

#include <QIcon>

namespace kiln::editor {

struct Theme;

/// Signs on the buttons of the viewport's bar, in the theme's colors.
enum class ViewIcon {
  Orientation,
  Pivot,
  Snap,
  Proportional,
  Vertices,
  Edges,
  Faces,
  Overlays,
  XRay,
  Wireframe,
  Solid,
  Material,
  Rendered,
  Gizmos,
  Options
};
QIcon view3d_icon(ViewIcon icon, const Theme& theme);

}  // namespace kiln::editor
