#pragma once

#include "document/mesh.h"

namespace kiln::modeling {

struct CollapseSettings {
  float ratio = 1;  ///< of triangles to keep
  /// Per vertex, or nothing: larger ones make edges collapse later.
  std::vector<float> weights;
  float weight_factor = 1;
  bool keeps_triangles = false;  ///< else pairs that were one quad become one again
};

/// Collapses edges, the least noticeable first, until a part of the triangles is left. Borders are
/// kept in shape by planes at right angles to their faces. O(n log n).
///
/// Garland and Heckbert, "Surface Simplification Using Quadric Error Metrics", SIGGRAPH 1997.
Mesh collapse_edges(const Mesh& mesh, const CollapseSettings& settings);

}  // namespace kiln::modeling
