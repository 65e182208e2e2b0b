#include "render/shading/nodes/closure_node.h"

namespace kiln::render::shading {
namespace {

void normal_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.set3(0, i, call.batch.normal.get(i));
  }
}

void tangent_kernel(const KernelCall& call) {
  Lane3 tangent;
  call.batch.geometry->radial_tangent(call.batch, 2, tangent);
  for (int i = 0; i < call.count; ++i) {
    call.set3(0, i, tangent.get(i));
  }
}

Value3 linked_or(NodeCompiler& node, const std::string& name, Kernel kernel) {
  const int socket = node.find_input(name);
  if (socket >= 0 && node.is_linked(socket)) {
    return node.input3(socket);
  }
  Value3 value;
  node.emit(kernel, Purity::ReadsBatch, {}, {&value.x, &value.y, &value.z});
  return value;
}

}  // namespace

Value3 normal_input(NodeCompiler& node, const std::string& name) {
  return linked_or(node, name, normal_kernel);
}
Value3 tangent_input(NodeCompiler& node, const std::string& name) {
  return linked_or(node, name, tangent_kernel);
}

float3 valid_normal(float3 geometric_normal, float3 incoming, float3 normal) {
  const float i_z = dot(incoming, geometric_normal);
  const float least = std::min(0.9f * i_z, 0.01f);
  const float3 mirrored = reflect(incoming, normal);
  if (dot(mirrored, geometric_normal) >= least) {
    return normal;
  }
  // In the plane of both normals, with a the angle from the true one, the mirrored direction rises
  // by i_x sin 2a + i_z cos 2a: the largest a that still rises by `least`.
  const float3 side = normal - geometric_normal * dot(normal, geometric_normal);
  const float l = length(side);
  if (l < 1e-6f) {
    return geometric_normal;
  }
  const float3 x = side * (1.0f / l);
  const float i_x = dot(incoming, x);
  const float amplitude = std::sqrt(i_x * i_x + i_z * i_z);
  const float a = 0.5f * (std::atan2(i_x, i_z) +
                          std::acos(std::clamp(least / std::max(amplitude, 1e-12f), -1.0f, 1.0f)));
  return normalize(x * std::sin(a) + geometric_normal * std::cos(a));
}

float3 rotate_tangent(float3 tangent, float3 normal, float turns) {
  if (turns == 0.0f) {
    return tangent;
  }
  const float angle = 2.0f * pi * turns;
  const float c = std::cos(angle), s = std::sin(angle);
  return tangent * c + cross(normal, tangent) * s + normal * (dot(normal, tangent) * (1.0f - c));
}

}  // namespace kiln::render::shading
