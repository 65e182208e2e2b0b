#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/math.h"
#include "document/mesh.h"

namespace kiln::render::raster {

/// A mesh as the graphics card gets it.
struct DrawGeometry {
  /// Where normals come from: computed per pixel from the triangle (all faces flat), or given per
  /// vertex.
  bool is_flat = true;
  std::vector<float3> positions;
  std::vector<std::uint32_t> normals;    ///< 10 bits a component, signed; empty where flat
  std::vector<std::uint32_t> triangles;  ///< three a triangle, sorted by material slot
  std::vector<std::uint32_t> edges;      ///< two an edge
  /// Triangles of one material slot: a run of `triangles`.
  struct Part {
    int slot = 0;
    std::uint32_t first = 0, count = 0;  ///< in indices
  };
  std::vector<Part> parts;
  float3 low, high;  ///< bounds, object space
};

/// The triangles of a mesh with what is painted on their corners, three corners a triangle, in the
/// order of `DrawGeometry::triangles`.
struct PaintedGeometry {
  std::vector<float3> positions;
  std::vector<std::uint32_t> normals;  ///< empty where flat
  std::vector<std::uint32_t> colors;   ///< display-referred, packed; empty: no active attribute
  std::vector<float2> uvs;             ///< of the active map; empty: none
};

/// Edges of a mesh ordered by the angle of their faces, the sharp ones first.
struct SharpEdges {
  std::vector<std::uint32_t> edges;  ///< two vertices of the drawing form an edge
  /// How many edges are at least that sharp: 0 is flat, 255 a right angle or more, or a border.
  std::array<std::uint32_t, 256> counts{};

  /// How many are shown with a threshold in [0, 1]: 1 shows all.
  std::uint32_t count_for(float threshold) const;
};
SharpEdges make_sharp_edges(const Mesh& mesh);

/// Vertices are shared where all faces are flat, or all smooth without sharp edges; else every
/// corner is a vertex.
DrawGeometry make_draw_geometry(const Mesh& mesh);
PaintedGeometry make_painted_geometry(const Mesh& mesh);

}  // namespace kiln::render::raster
