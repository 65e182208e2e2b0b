#pragma once

#include <span>
#include <vector>

#include "modeling/edit_mesh.h"

namespace kiln::modeling {

/// Where a vertex of a chain of edges may slide to, on either side of the chain: offsets to the
/// other ends of the edges there. Zero where there is none.
struct SlideSides {
  int vert = -1;
  float3 left, right;
};

/// The vertices of chains of edges and where they may slide. Sides are the same along a chain; of
/// single edges and closed chains the direction of the first edge tells which is the left one.
/// Vertices of more than two of the edges stay.
std::vector<SlideSides> slide_sides(EditMesh& mesh, std::span<const int> edges);

/// Moves them: `factor` -1 all the way to the left, 1 to the right.
void slide(EditMesh& mesh, std::span<const SlideSides> sides, float factor);

}  // namespace kiln::modeling
