#include "render/shading/nodes/closure_node.h"

namespace kiln::render::shading {
namespace {

void kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.batch.closures[i].emission += call.in3(1, i) * (call.in(0)[i] * call.in(4)[i]);
  }
}

void compile(NodeCompiler& node) {
  const Value3 color = node.input3("Color");
  const Scalar strength = node.input("Strength");
  const bool is_dark =
      (strength.is_constant && strength.constant == 0.0f) ||
      (color.x.is_constant && color.x.constant == 0.0f && color.y.is_constant &&
       color.y.constant == 0.0f && color.z.is_constant && color.z.constant == 0.0f);
  if (node.program_kind() != ProgramKind::Transparency && !is_dark) {
    node.emit(kernel, Purity::ReadsBatch, inputs_of({node.weight(), color, strength}), {});
  }
}

}  // namespace

void register_emission(NodeRegistry& registry) {
  registry.add("ShaderNodeEmission", compile);
  registry.add("ShaderNodeBackground", compile);
}

}  // namespace kiln::render::shading
