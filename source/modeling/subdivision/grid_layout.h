#pragma once

#include "document/mesh.h"

namespace kiln::modeling {

/// How the elements of a subdivided mesh are numbered.
///
/// Every edge becomes `resolution` edges, every quad a grid of resolution x resolution faces, and
/// every other face one grid of half the resolution at each of its corners. A grid has coordinates
/// (i, j) from 0 to its size: i runs from the corner along the corner's edge, j along the edge
/// before it, back. Vertices: the old ones, those within edges, those within faces.
class GridLayout {
public:
  /// `level` is at least 1.
  GridLayout(const Mesh& mesh, int level);

  const Mesh& mesh() const { return mesh_; }
  int resolution() const { return resolution_; }
  std::size_t vertex_count() const { return std::size_t(vertex_offsets_.back()); }
  std::size_t edge_count() const { return std::size_t(edge_offsets_.back()); }
  std::size_t face_count() const { return std::size_t(face_offsets_.back()); }
  std::size_t corner_count() const { return 4 * face_count(); }

  bool is_quad(std::size_t face) const { return mesh_.face_size(face) == 4; }
  int grid_count(std::size_t face) const { return is_quad(face) ? 1 : mesh_.face_size(face); }
  int grid_size(std::size_t face) const { return is_quad(face) ? resolution_ : resolution_ / 2; }
  int first_edge_vertex() const { return int(mesh_.vertex_count()); }
  int first_face(std::size_t face) const { return face_offsets_[face]; }

  /// Vertex `k` (1 to resolution - 1) within an edge, counted from its first vertex.
  int edge_vertex(int edge, int k) const {
    return first_edge_vertex() + edge * (resolution_ - 1) + k - 1;
  }

  /// Numbers of the elements of one grid, indices with j as the slow coordinate.
  struct Grid {
    std::vector<int> vertices;  ///< (size + 1)^2
    std::vector<int> along;     ///< edges (i, j) to (i + 1, j): size * (size + 1)
    std::vector<int> across;    ///< edges (i, j) to (i, j + 1): (size + 1) * size
    std::vector<int> faces;     ///< size^2
  };
  void fill(std::size_t face, int grid, Grid& result) const;

private:
  void fill_quad(std::size_t face, Grid& result) const;
  void fill_corner(std::size_t face, int corner, Grid& result) const;

  const Mesh& mesh_;
  int resolution_;
  std::vector<int> vertex_offsets_, edge_offsets_,
      face_offsets_;                  ///< of what lies within each face
  std::vector<int> quad_face_order_;  ///< number of the face of each cell of a quad
};

}  // namespace kiln::modeling
