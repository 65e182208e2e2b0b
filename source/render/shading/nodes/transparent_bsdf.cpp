#include "render/shading/nodes/closure_node.h"

namespace kiln::render::shading {
namespace {

void transparent_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.batch.closures[i].transparency += max(call.in3(1, i) * call.in(0)[i], float3{});
  }
}

void holdout_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.batch.closures[i].holdout += call.in(0)[i];
  }
}

void compile_transparent(NodeCompiler& node) {
  if (node.program_kind() != ProgramKind::Emission) {
    node.emit(transparent_kernel, Purity::ReadsBatch,
              inputs_of({node.weight(), node.input3("Color")}), {});
  }
}

void compile_holdout(NodeCompiler& node) {
  if (wants_scattering(node)) {
    node.emit(holdout_kernel, Purity::ReadsBatch, {node.weight()}, {});
  }
}

}  // namespace

void register_transparent_bsdf(NodeRegistry& registry) {
  registry.add("ShaderNodeBsdfTransparent", compile_transparent);
  registry.add("ShaderNodeHoldout", compile_holdout);
}

}  // namespace kiln::render::shading
