#pragma once

#include <span>
#include <vector>

#include "modeling/edit_mesh.h"

namespace kiln::modeling {

struct SubdivideEdgesSettings {
  int cuts = 1;  ///< new vertices on every edge, 1 to 10000
  /// What becomes of a face of four corners of which two sides that meet are cut.
  enum class Corner : std::uint8_t { InnerVert, Path, StraightCut, Fan };
  Corner corner = Corner::StraightCut;
  /// Faces with one cut side stay whole; else the new vertices are joined to the far corners.
  bool keeps_ngons = true;
};

/// Puts vertices at equal distances onto edges and cuts the faces beside them: into grids where all
/// sides are cut, across where opposite sides are, around corners where neighbours are. Faces of
/// more than four corners only get the vertices. Attributes are interpolated along the cuts. What
/// is new on cut edges and in between is selected if the edge was. Returns the edges across faces,
/// and those that the cut edges became.
/// Cost: linear in what is made.
struct SubdividedEdges {
  std::vector<int> inner;  ///< across faces
  std::vector<int> split;  ///< the pieces of the edges themselves
};
SubdividedEdges subdivide_edges(EditMesh& mesh, std::span<const int> edges,
                                const SubdivideEdgesSettings& settings);

}  // namespace kiln::modeling
