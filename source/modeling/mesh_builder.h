#pragma once

#include <initializer_list>

#include "document/mesh.h"

namespace kiln::modeling {

/// Collects vertices and faces one by one, for shapes that are described rather than computed.
struct MeshBuilder {
  std::vector<float3> positions;
  std::vector<int2> edges;  ///< those without faces
  std::vector<int> face_offsets{0};
  std::vector<int> corner_vertices;
  std::vector<float2> uvs;  ///< one per corner, or none

  int add_vertex(float3 position) {
    positions.push_back(position);
    return int(positions.size()) - 1;
  }
  void add_face(std::span<const int> vertices, std::span<const float2> corner_uvs = {}) {
    corner_vertices.insert(corner_vertices.end(), vertices.begin(), vertices.end());
    uvs.insert(uvs.end(), corner_uvs.begin(), corner_uvs.end());
    face_offsets.push_back(int(corner_vertices.size()));
  }
  void add_face(std::initializer_list<int> vertices,
                std::initializer_list<float2> corner_uvs = {}) {
    add_face(std::span<const int>(vertices.begin(), vertices.size()),
             std::span<const float2>(corner_uvs.begin(), corner_uvs.size()));
  }
  /// The mesh, with its edges found; `uv_map` names the map to be made, none if empty.
  Mesh build(std::string_view uv_map = {}) &&;
};

}  // namespace kiln::modeling
