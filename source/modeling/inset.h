#pragma once

#include <span>
#include <vector>

#include "modeling/edit_mesh.h"

namespace kiln::modeling {

struct InsetSettings {
  float thickness = 0.0f;       ///< distance of the new border from the old one
  float depth = 0.0f;           ///< along normals
  bool is_even = true;          ///< the distance holds for sides; else for corners
  bool is_relative = false;     ///< both count in lengths of the sides at a corner
  bool insets_boundary = true;  ///< also sides that no other face has
  bool is_outset = false;       ///< the faces around give way instead
};

/// Moves the border of the selected faces inward and fills the gap with a strip of faces, which are
/// returned and not selected. Where parts of the region touch at a vertex only they come apart.
/// Corners of the strip have the values of those beside them. Cost: linear in the mesh.
std::vector<int> inset_selected(EditMesh& mesh, const InsetSettings& settings);

/// Normals of some faces at their vertices, weighted by the angles there, times a factor by which a
/// step along them moves the faces by 1 on average (`is_even`), else unit. By slot of the vertex;
/// zero where none of the faces is.
std::vector<float3> region_normals(EditMesh& mesh, std::span<const int> faces, bool is_even);

}  // namespace kiln::modeling
