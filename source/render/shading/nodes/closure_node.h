#pragma once

#include "render/shading/compiler.h"
#include "render/shading/sampling.h"

/// What nodes that make closures share.
namespace kiln::render::shading {

/// The value of a node's normal input, or the surface's own normal where nothing is linked.
Value3 normal_input(NodeCompiler& node, const std::string& name = "Normal");
/// The same for a tangent: around the object's Z axis where nothing is linked.
Value3 tangent_input(NodeCompiler& node, const std::string& name = "Tangent");

/// `normal`, turned toward `geometric_normal` as far as needed for a mirror to reflect `incoming`
/// away from the true surface.
float3 valid_normal(float3 geometric_normal, float3 incoming, float3 normal);

/// Turns `tangent` about `normal` by `turns` of a full turn.
float3 rotate_tangent(float3 tangent, float3 normal, float turns);

inline bool wants_scattering(const NodeCompiler& node) {
  return node.program_kind() == ProgramKind::Surface;
}

/// The normal of a lane as a closure takes it: unit length, valid for reflection.
inline float3 closure_normal(const KernelCall& call, int input, int lane) {
  const float3 n = normalize(call.in3(input, lane));
  const float3 own = call.batch.normal.get(lane);
  return valid_normal(call.batch.geometric_normal.get(lane), call.batch.incoming.get(lane),
                      is_black(n) ? own : n);
}

}  // namespace kiln::render::shading
