#pragma once

#include <array>
#include <span>
#include <utility>
#include <vector>

#include "core/math.h"

namespace kiln {

/// What is kept of a constrained triangulation; named and ordered as in
/// `mathutils.geometry.delaunay_2d_cdt`.
enum class DelaunayOutput : std::uint8_t {
  Full,             ///< all triangles of the convex hull
  Inside,           ///< triangles that constraints separate from the outside
  InsideWithHoles,  ///< those that an odd number of constraints separates from it
  Constraints,      ///< only the constraints, and the faces between them, as their outer boundaries
  ConstraintsValid,  ///< and as many edges more as it takes for every face to be a simple polygon
  ConstraintsValidWithHoles,  ///< the same without the holes
};

/// A triangulation, and from which input its parts stem.
struct DelaunayResult {
  std::vector<double> x,
      y;  ///< of the vertices: those of the input first, then crossings of constraints
  std::vector<std::array<int, 2>> edges;
  std::vector<std::vector<int>> faces;  ///< counter-clockwise
  std::vector<std::vector<int>> original_vertices;
  /// Input edges by their index; edge `i` of face `f` as (f + 1) * face_edge_offset + i.
  std::vector<std::vector<int>> original_edges;
  std::vector<std::vector<int>> original_faces;
  int face_edge_offset = 0;
};

/// Constrained Delaunay triangulation of points, edges and faces in the plane. Points less than
/// `epsilon` apart become one; constraints that cross are cut. Edges and faces that name no point
/// are left out, also the parts of faces that do.
///
/// Points are added from left to right and joined to what they see of the hull, then edges are
/// flipped until the empty circle property holds (Lawson, "Software for C1 surface interpolation",
/// 1977); constraints are inserted by flipping what crosses them (Sloan, "A fast algorithm for
/// generating constrained Delaunay triangulations", 1993).
DelaunayResult constrained_delaunay(std::span<const float2> points,
                                    std::span<const std::array<int, 2>> edges,
                                    std::span<const std::vector<int>> faces, DelaunayOutput output,
                                    double epsilon);

}  // namespace kiln
