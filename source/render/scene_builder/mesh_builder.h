#pragma once

#include "document/mesh.h"
#include "render/pathtracer/scene.h"

namespace kiln::render {

/// Triangles, normals and attributes of a mesh. `base` is the mesh before modifiers: it tells where
/// generated coordinates start and end; null: `mesh` itself.
TraceMesh make_trace_mesh(const Mesh& mesh, const Mesh* base, const Fingerprint& fingerprint);

}  // namespace kiln::render
