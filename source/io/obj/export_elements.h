#pragma once

#include <unordered_map>
#include <vector>

#include "io/obj/export.h"

namespace kiln::io::obj {

/// The UVs of a mesh as the format wants them: corners of one vertex that agree share one.
struct SharedUvs {
  std::vector<float2> uvs;
  std::vector<int> corner_indices;
};
SharedUvs shared_uvs(const Mesh& mesh, const Array<float2>& corner_uvs);

/// The normals of a mesh in file space, equal ones (to four digits) once, in the order of their
/// first use.
struct SharedNormals {
  std::vector<float3> normals;
  std::vector<int> corner_indices;
};
SharedNormals shared_normals(const Mesh& mesh, const float3x3& normal_matrix);

/// For each face the number of its smooth group, 0 for flat ones. Smooth faces that meet at an edge
/// that is not sharp are in one group. With bit flags each group gets one bit, other than those of
/// the groups that it touches.
std::vector<std::uint32_t> smooth_groups(const Mesh& mesh, bool use_bitflags);

/// For each face the vertex group that its vertices weigh most in, -1 where there is none.
std::vector<int> dominant_vertex_groups(const Mesh& mesh);

/// Display values of the active color attribute for each vertex; empty when there is none.
std::vector<float3> vertex_colors(const Mesh& mesh);

}  // namespace kiln::io::obj
