#include "core/tasks.h"
#include "core/triangulate.h"
#include "document/mesh.h"
#include "document/mesh_derived.h"

namespace kiln {
namespace {

/// Whether the diagonal from the first to the third corner lies outside, so that the other one must
/// be taken.
bool must_flip(float3 a, float3 b, float3 c, float3 d) {
  const float3 diagonal = c - a;
  return dot(cross(diagonal, b - a), cross(diagonal, d - a)) > 0.0f;
}

void triangulate_face(const Mesh& mesh, std::size_t face, int3* out) {
  const std::span<const int> vertices = mesh.face_vertices(face);
  const float3* p = mesh.positions().data();
  const int first = mesh.face_offsets().data()[face];
  if (vertices.size() == 3) {
    out[0] = {first, first + 1, first + 2};
  } else if (vertices.size() == 4) {
    if (must_flip(p[vertices[0]], p[vertices[1]], p[vertices[2]], p[vertices[3]])) {
      out[0] = {first, first + 1, first + 3};
      out[1] = {first + 1, first + 2, first + 3};
    } else {
      out[0] = {first, first + 1, first + 2};
      out[1] = {first, first + 2, first + 3};
    }
  } else if (vertices.size() > 4) {
    float3 u, v;
    plane_basis(mesh.face_normals().data()[face], &u, &v);
    std::vector<float2> flat(vertices.size());
    for (std::size_t i = 0; i < vertices.size(); ++i) {
      flat[i] = {dot(p[vertices[i]], u), dot(p[vertices[i]], v)};
    }
    std::vector<int3> cut;
    triangulate_polygon(flat, cut);
    for (std::size_t i = 0; i < cut.size(); ++i) {
      out[i] = {first + cut[i].x, first + cut[i].y, first + cut[i].z};
    }
  }
}

}  // namespace

const Triangles& Mesh::triangles() const {
  return derived_->triangles.get([&] {
    std::vector<int> offsets(face_count() + 1, 0);
    for (std::size_t f = 0; f < face_count(); ++f) {
      offsets[f + 1] = offsets[f] + std::max(face_size(f) - 2, 0);
    }
    Triangles result{Array<int3>(std::size_t(offsets.back())),
                     Array<int>(std::size_t(offsets.back()))};
    const std::span<int3> corners = result.corners.edit();
    const std::span<int> faces = result.faces.edit();
    face_normals();
    parallel_for(face_count(), 1 << 13, [&](std::size_t begin, std::size_t end) {
      for (std::size_t f = begin; f < end; ++f) {
        triangulate_face(*this, f, corners.data() + offsets[f]);
        std::fill(faces.begin() + offsets[f], faces.begin() + offsets[f + 1], int(f));
      }
    });
    return result;
  });
}

const Array<int3>& Mesh::triangle_vertices() const {
  return derived_->triangle_vertices.get([&] {
    const Array<int3>& corners = triangles().corners;
    Array<int3> result(corners.size());
    const std::span<int3> vertices = result.edit();
    const int* of = corner_vertices_.data();
    for (std::size_t t = 0; t < vertices.size(); ++t) {
      vertices[t] = {of[corners.data()[t].x], of[corners.data()[t].y], of[corners.data()[t].z]};
    }
    return result;
  });
}

bool Mesh::has_triangles() const {
  return derived_->triangles.has_value();
}

}  // namespace kiln
