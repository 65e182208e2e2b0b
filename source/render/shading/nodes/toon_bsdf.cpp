#include "render/shading/nodes/closure_node.h"

namespace kiln::render::shading {
namespace {

enum Input { in_weight, in_color, in_size = 4, in_smooth, in_normal };

template <ClosureKind kind>
void kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    if (Closure* c = call.batch.closures[i].add(call.in3(in_color, i) * call.in(in_weight)[i])) {
      c->kind = kind;
      c->normal = closure_normal(call, in_normal, i);
      c->alpha_x = saturate(call.in(in_size)[i]);
      c->alpha_y = saturate(call.in(in_smooth)[i]);
    }
  }
}

void compile(NodeCompiler& node) {
  if (wants_scattering(node)) {
    const bool is_glossy = node.node().text("component") == "GLOSSY";
    node.emit(is_glossy ? kernel<ClosureKind::ToonGlossy> : kernel<ClosureKind::ToonDiffuse>,
              Purity::ReadsBatch,
              inputs_of({node.weight(), node.input3("Color"), node.input("Size"),
                         node.input("Smooth"), normal_input(node)}),
              {});
  }
}

}  // namespace

void register_toon_bsdf(NodeRegistry& registry) {
  registry.add("ShaderNodeBsdfToon", compile);
}

}  // namespace kiln::render::shading
