#include "modeling/mesh_builder.h"

namespace kiln::modeling {

Mesh MeshBuilder::build(std::string_view uv_map) && {
  Mesh mesh;
  mesh.set_positions(Array<float3>(std::move(positions)));
  const bool has_faces = face_offsets.size() > 1;
  mesh.set_topology(Array<int2>(std::move(edges)),
                    has_faces ? Array<int>(std::move(face_offsets)) : Array<int>(),
                    Array<int>(std::move(corner_vertices)));
  if (!uv_map.empty()) {
    uvs.resize(mesh.corner_count());
    mesh.add_uv_map(uv_map, Array<float2>(std::move(uvs)));
  }
  return mesh;
}

}  // namespace kiln::modeling
