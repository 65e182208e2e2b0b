#pragma once

#include "editor/view3d/transform_target.h"
#include "render/raster/draw_list.h"

namespace kiln::editor {

/// Adds the vertices, edges and selected faces of the mesh in edit mode to what a viewport draws,
/// and takes the outline from its object, or makes it look like the background. Cost: linear in the
/// mesh.
void add_edit_overlay(const Session& session, const render::raster::ViewLook& look,
                      render::raster::DrawList& list);

}  // namespace kiln::editor
