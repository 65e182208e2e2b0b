#pragma once

#include "document/mesh.h"

namespace kiln {

/// What follows from positions and topology.
struct Mesh::Derived {
  Lazy<Array<float3>> face_normals, vertex_normals;
  Lazy<Triangles> triangles;
  Lazy<Array<int3>> triangle_vertices;
  bool is_empty() const {
    return !face_normals.has_value() && !vertex_normals.has_value() && !triangles.has_value();
  }  // triangle_vertices need triangles
};

/// What follows from topology alone, and thus stays when vertices move.
struct Mesh::DerivedTopology {
  Lazy<Array<int>> corner_faces, face_sizes;
  Lazy<Adjacency> vertex_corners, edge_corners, vertex_edges;
  bool is_empty() const {
    return !corner_faces.has_value() && !face_sizes.has_value() && !vertex_corners.has_value() &&
           !edge_corners.has_value() && !vertex_edges.has_value();
  }
};

struct Mesh::Shown {
  Lazy<Array<float3>> corner_normals;
  Lazy<Array<float4>> corner_tangents;
};

}  // namespace kiln
