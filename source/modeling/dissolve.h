#pragma once

#include "document/mesh.h"

namespace kiln::modeling {

struct DissolveSettings {
  float angle = 0.0872665f;  ///< radians: faces and edges that differ less fall together
  bool dissolves_boundaries =
      false;  ///< vertices between two edges of joined faces go whatever their angle
  bool keeps_material = false, keeps_seam = false, keeps_sharp = false, keeps_uv = false;
};

/// Joins faces that lie almost in a plane, the flattest pairs first, then removes vertices between
/// two edges that are almost in line. Faces keep the attributes of the first of them. O(n log n):
/// only the smaller face of a pair is walked.
Mesh dissolve_planar(const Mesh& mesh, const DissolveSettings& settings);

}  // namespace kiln::modeling
