#pragma once

#include "modeling/subdivision/surface.h"

namespace kiln::modeling {

/// The mesh with every face cut into a grid (see `GridLayout`), its vertices on the Catmull-Clark
/// surface. UV maps follow `settings.uv_smooth`, other attributes and weights are interpolated
/// linearly; what is known of edges goes to their parts. Edges without faces become smooth curves.
/// Level 0 returns the mesh.
Mesh subdivide_surface(const Mesh& mesh, int level, const SurfaceSettings& settings);

}  // namespace kiln::modeling
