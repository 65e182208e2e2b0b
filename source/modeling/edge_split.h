#pragma once

#include "document/mesh.h"

namespace kiln {
class Registry;
}

namespace kiln::modeling {

/// Parts faces along edges: a true entry in `is_split` cuts that edge, so that each of its faces
/// has an edge of its own. Vertices are doubled where the faces around them fall apart; a cut that
/// ends within the surface leaves its last vertex whole. Old elements keep their places, new ones
/// follow.
Mesh split_edges(const Mesh& mesh, std::span<const std::uint8_t> is_split);

/// Edges across which corner normals break: those of flat faces, marked sharp, or sharper than the
/// auto smooth angle.
std::vector<std::uint8_t> edges_with_split_normals(const Mesh& mesh);

/// Adds `split_faces` to `bpy.types.Mesh`.
void register_edge_split_functions(Registry& registry);

}  // namespace kiln::modeling
