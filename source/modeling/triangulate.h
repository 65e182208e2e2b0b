#pragma once

#include "document/mesh.h"

namespace kiln::modeling {

enum class QuadMethod : std::uint8_t {
  Beauty,
  Fixed,
  FixedAlternate,
  ShortestDiagonal,
  LongestDiagonal
};
enum class NgonMethod : std::uint8_t { Beauty, Clip };
std::vector<EnumItem> quad_method_items();
std::vector<EnumItem> ngon_method_items();

struct TriangulateSettings {
  QuadMethod quad_method = QuadMethod::ShortestDiagonal;
  NgonMethod ngon_method = NgonMethod::Beauty;
  int min_vertices = 4;  ///< faces with fewer corners stay as they are
  bool keep_custom_normals =
      false;  ///< corners keep the normals they have now, where auto smooth is on
};

/// Cuts faces into triangles along diagonals, which become new edges at the end; vertices stay. The
/// triangles of a face take its place and attributes. `is_included` has a true entry for each face
/// to be cut, or none for all.
Mesh triangulate(const Mesh& mesh, const TriangulateSettings& settings,
                 std::span<const std::uint8_t> is_included = {});

}  // namespace kiln::modeling
