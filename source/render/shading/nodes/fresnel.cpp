#include "render/shading/nodes/closure_node.h"

namespace kiln::render::shading {
namespace {

enum Input { in_value, in_normal };

void fresnel_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    float ior = std::max(call.in(in_value)[i], 1e-5f);
    if (call.batch.is_backfacing[i]) {
      ior = 1.0f / ior;
    }
    call.out(0)[i] =
        fresnel_dielectric(dot(call.batch.incoming.get(i), call.in3(in_normal, i)), ior);
  }
}

void layer_weight_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    const float blend = call.in(in_value)[i];
    const float cos_angle = dot(call.batch.incoming.get(i), call.in3(in_normal, i));
    float ior = std::max(1.0f - blend, 1e-5f);
    ior = call.batch.is_backfacing[i] ? ior : 1.0f / ior;
    call.out(0)[i] = fresnel_dielectric(cos_angle, ior);
    float facing = std::abs(cos_angle);
    if (blend != 0.5f) {
      const float b = std::clamp(blend, 0.0f, 1.0f - 1e-5f);
      facing = std::pow(facing, b < 0.5f ? 2.0f * b : 0.5f / (1.0f - b));
    }
    call.out(1)[i] = 1.0f - facing;
  }
}

void compile_fresnel(NodeCompiler& node) {
  Scalar value;
  node.emit(fresnel_kernel, Purity::ReadsBatch, inputs_of({node.input("IOR"), normal_input(node)}),
            {&value});
  node.set_output(0, value);
}

void compile_layer_weight(NodeCompiler& node) {
  Scalar fresnel, facing;
  node.emit(layer_weight_kernel, Purity::ReadsBatch,
            inputs_of({node.input("Blend"), normal_input(node)}), {&fresnel, &facing});
  node.set_output(node.find_output("Fresnel"), fresnel);
  node.set_output(node.find_output("Facing"), facing);
}

}  // namespace

void register_fresnel(NodeRegistry& registry) {
  registry.add("ShaderNodeFresnel", compile_fresnel);
  registry.add("ShaderNodeLayerWeight", compile_layer_weight);
}

}  // namespace kiln::render::shading
