#pragma once

#include <span>

#include "document/mesh.h"

namespace kiln::modeling {

/// Gives the corners at vertices that were moved the values (UVs, colors, numbers) that their faces
/// had at the new places before, so that patterns stay where they are in space. `mesh` has the
/// topology of `before`; `moved` are the vertices that have another place in it.
///
/// Every face goes on beyond its outline in its own plane, and what moved off the plane counts
/// where it was above. So corners of one vertex may get different values although they had the same
/// one. With `keeps_connected` they stay one: as in the face whose normal the vertex went along
/// most, or the mean of theirs where that face has another value (measured in the reference).
///
/// Mean value coordinates, which exist outside of polygons, too: Hormann and Floater, "Mean value
/// coordinates for arbitrary planar polygons", ACM TOG 2006. Linear in the mesh.
void correct_corners(const Mesh& before, std::span<const int> moved, bool keeps_connected,
                     Mesh& mesh);

}  // namespace kiln::modeling
