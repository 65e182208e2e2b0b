#pragma once

#include <map>

#include "document/mesh.h"

namespace kiln::modeling {

/// Volume of a closed mesh by the divergence theorem; faces are cut into fans.
inline double signed_volume(const Mesh& mesh) {
  double volume = 0;
  for (std::size_t f = 0; f < mesh.face_count(); ++f) {
    const std::span<const int> v = mesh.face_vertices(f);
    for (std::size_t i = 1; i + 1 < v.size(); ++i) {
      volume +=
          dot(mesh.positions()[std::size_t(v[0])],
              cross(mesh.positions()[std::size_t(v[i])], mesh.positions()[std::size_t(v[i + 1])])) /
          6.0;
    }
  }
  return volume;
}

inline double total_area(const Mesh& mesh) {
  double area = 0;
  for (std::size_t f = 0; f < mesh.face_count(); ++f) {
    area += mesh.face_area(f);
  }
  return area;
}

/// Every edge has exactly two faces, which turn the same way.
inline bool is_closed_and_oriented(const Mesh& mesh) {
  for (std::size_t e = 0; e < mesh.edge_count(); ++e) {
    const std::span<const int> corners = mesh.edge_corners()[e];
    if (corners.size() != 2 || mesh.corner_vertices()[std::size_t(corners[0])] ==
                                   mesh.corner_vertices()[std::size_t(corners[1])]) {
      return false;
    }
  }
  return true;
}

inline int euler_characteristic(const Mesh& mesh) {
  return int(mesh.vertex_count()) - int(mesh.edge_count()) + int(mesh.face_count());
}

/// Whether the arrays agree with each other, as every result must.
inline bool is_consistent(const Mesh& mesh) {
  Mesh copy = mesh;
  return bool(copy.finish_reading()) && !copy.validate();
}

}  // namespace kiln::modeling
