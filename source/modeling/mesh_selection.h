#pragma once

#include <array>
#include <vector>

#include "document/mesh.h"

namespace kiln::modeling {

/// What of a mesh is selected in edit mode: one byte an element, 0 or 1. Kept in the attributes
/// ".select_vert", ".select_edge" and ".select_poly".
struct MeshSelection {
  std::vector<std::uint8_t> verts, edges, faces;
  bool operator==(const MeshSelection&) const = default;
};

/// Everything has its size; what the mesh says nothing about is not selected.
MeshSelection read_selection(const Mesh& mesh);
void write_selection(Mesh& mesh, const MeshSelection& selection);

/// Makes the rest follow from the elements of one kind: `domain` is that of the lowest select mode
/// that is on. Vertices select the edges and faces they surround; edges select their ends and the
/// faces they surround; faces select their edges and vertices. What is hidden is not selected.
void flush_selection(const Mesh& mesh, MeshSelection& selection, Domain domain);

/// The domain of the lowest of three select modes (vertices, edges, faces) that is on.
Domain selected_domain(const std::array<bool, 3>& modes);

}  // namespace kiln::modeling
