#pragma once

#include <vector>

#include "modeling/edit_mesh.h"

/// Walks over edit meshes from one edge on. Results hold slots, in the order of the walk.
namespace kiln::modeling {

/// The edges in line with one: straight across vertices of four edges; of a border along that;
/// of wire across vertices of two edges. Begins at one end where it is open.
std::vector<int> edge_loop(EditMesh& mesh, int edge);

/// The edges side by side with one: from side to opposite side of faces of four corners. Begins at
/// one end where it is open.
std::vector<int> edge_ring(EditMesh& mesh, int edge);
/// Whether the last edge of a ring is beside its first.
bool is_closed_ring(EditMesh& mesh, const std::vector<int>& ring);

/// The faces that an edge ring crosses.
std::vector<int> face_loop(EditMesh& mesh, int edge);

/// Elements of one kind from one to another, both included, over the least of what lies between:
/// vertices along edges by their length, edges and faces by the distances of their middles. Empty
/// where there is no way. Dijkstra, "A note on two problems in connexion with graphs", 1959.
std::vector<int> shortest_path(EditMesh& mesh, ElementKind kind, int from, int to);

}  // namespace kiln::modeling
