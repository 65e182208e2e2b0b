#pragma once

#include "document/mesh.h"

namespace kiln {

/// Tangents per corner for a UV map: the direction in which U grows, at right angles to the corner
/// normal, unit, and in w the sign of the bitangent: bitangent = w * cross(normal, tangent). Faces
/// need three or four corners; corners of others get (1, 0, 0, 1).
///
/// The same for any order of faces, and for any split of quads that the UVs do not decide.
/// Mikkelsen, "Simulation of Wrinkled Surfaces Revisited", 2008: corners with equal position,
/// normal and UV are one; triangles around it that are connected by edges and mapped with the same
/// orientation share a tangent, each weighted by its angle there.
Array<float4> corner_tangents(const Mesh& mesh, const Array<float2>& uvs,
                              const Array<float3>& normals);

}  // namespace kiln
