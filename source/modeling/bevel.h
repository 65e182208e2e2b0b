#pragma once

#include "document/mesh.h"

namespace kiln::modeling {

/// How widths of bevels are measured. Values as in the Python interface.
enum class BevelOffset : std::uint8_t {
  Offset = 0,   ///< distance of new edges from the old one
  Width = 1,    ///< width of the new faces
  Depth = 2,    ///< distance of the new face from the old edge
  Percent = 3,  ///< of the length of neighbouring edges
  Absolute = 4  ///< along neighbouring edges
};

struct BevelSettings {
  BevelOffset offset = BevelOffset::Offset;
  float width = 0.1f;    ///< per cent with `Percent`
  int segments = 1;      ///< strips of faces across an edge
  float profile = 0.5f;  ///< 0 concave, 0.25 flat, 0.5 round, 1 as before
  bool clamps_overlap = true;
  bool affects_vertices = false;
  int material = -1;  ///< slot of new faces; -1: of a neighbour
  bool marks_seam = false, marks_sharp = false;
};

/// Replaces edges by strips of faces, or vertices by faces. `amounts` scales the width of every
/// edge (of every vertex when these are affected); 0 leaves it. Edges without exactly two faces
/// that agree, and vertices whose faces form no single fan, stay. New faces come after the old
/// ones. Old edges keep their attributes where they go on.
///
/// Around a vertex every gap between two bevelled edges gets one new vertex: where their offset
/// lines meet in the plane of a face, or on the edge between them. Corners of three or more
/// bevelled edges are filled with a grid.
Mesh bevel(const Mesh& mesh, std::span<const float> amounts, const BevelSettings& settings);

}  // namespace kiln::modeling
