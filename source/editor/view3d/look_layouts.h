#pragma once

#include "document/view3d_settings.h"
#include "editor/layout/layout.h"

namespace kiln::editor {

/// What can be chosen of the kind of shading that is shown.
LayoutItem shading_layout(const View3DShading& shading);
/// What can be drawn over the scene. `has_extras`: also what only helps those who write scripts.
LayoutItem overlay_layout(bool has_extras);
/// Which handles there are; of a `SpaceView3D`.
LayoutItem gizmo_layout();

}  // namespace kiln::editor
