#pragma once

#include "document/scene.h"
#include "document/view3d_settings.h"
#include "editor/layout/layout.h"

namespace kiln::editor {

/// What can be chosen of the kind of shading that is shown.
LayoutItem shading_layout(const View3DShading& shading);
/// What can be drawn over the scene, and what is measured of the mesh that is edited, which the
/// scene says (null: nothing). `is_editing`: what belongs to that mesh comes first. `has_extras`:
/// also what only helps those who write scripts.
LayoutItem overlay_layout(const View3DOverlay& shown, const Scene* scene, bool is_editing,
                          bool has_extras);
/// Which handles there are; of a `SpaceView3D`.
LayoutItem gizmo_layout();

}  // namespace kiln::editor
