#include "render/shading/nodes/closure_node.h"

namespace kiln::render::shading {
namespace {

enum Input { in_weight, in_color, in_roughness = 4, in_normal };

template <ClosureKind kind>
void kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    if (Closure* c = call.batch.closures[i].add(call.in3(in_color, i) * call.in(in_weight)[i])) {
      c->kind = kind;
      c->normal = closure_normal(call, in_normal, i);
      c->alpha_x = call.in(in_roughness)[i];
    }
  }
}

template <ClosureKind kind>
void compile(NodeCompiler& node, const Scalar& roughness) {
  if (wants_scattering(node)) {
    node.emit(kernel<kind>, Purity::ReadsBatch,
              inputs_of({node.weight(), node.input3("Color"), roughness, normal_input(node)}), {});
  }
}

void compile_diffuse(NodeCompiler& node) {
  compile<ClosureKind::OrenNayar>(node, node.saturate(node.input("Roughness")));
}
void compile_translucent(NodeCompiler& node) {
  compile<ClosureKind::Translucent>(node, constant(0.0f));
}
void compile_velvet(NodeCompiler& node) {
  compile<ClosureKind::Velvet>(node, node.saturate(node.input("Sigma")));
}

}  // namespace

void register_diffuse_bsdf(NodeRegistry& registry) {
  registry.add("ShaderNodeBsdfDiffuse", compile_diffuse);
  registry.add("ShaderNodeBsdfTranslucent", compile_translucent);
  registry.add("ShaderNodeBsdfVelvet", compile_velvet);
}

}  // namespace kiln::render::shading
