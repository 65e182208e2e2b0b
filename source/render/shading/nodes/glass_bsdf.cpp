#include "render/shading/nodes/closure_node.h"

namespace kiln::render::shading {
namespace {

struct Settings {
  bool is_sharp = false, is_beckmann = false, has_reflection = true;
};

enum Input { in_weight, in_color, in_roughness = 4, in_ior, in_normal };

void kernel(const KernelCall& call) {
  const Settings& settings = call.get<Settings>();
  for (int i = 0; i < call.count; ++i) {
    const float3 color = call.in3(in_color, i) * call.in(in_weight)[i];
    const float alpha = settings.is_sharp ? 0.0f : square(saturate(call.in(in_roughness)[i]));
    const float3 normal = closure_normal(call, in_normal, i);
    float ior = std::max(call.in(in_ior)[i], 1e-5f);
    if (call.batch.is_backfacing[i]) {
      ior = 1.0f / ior;
    }
    const float fresnel = settings.has_reflection
                              ? fresnel_dielectric(dot(normal, call.batch.incoming.get(i)), ior)
                              : 0.0f;
    for (const bool is_refraction : {false, true}) {
      Closure* c = call.batch.closures[i].add(color * (is_refraction ? 1.0f - fresnel : fresnel));
      if (c) {
        c->kind = is_refraction ? ClosureKind::MicrofacetRefraction : ClosureKind::Microfacet;
        c->distribution = settings.is_beckmann ? Distribution::Beckmann : Distribution::Ggx;
        c->normal = normal;
        c->alpha_x = c->alpha_y = alpha;
        c->ior = ior;
      }
    }
  }
}

void compile_as(NodeCompiler& node, bool has_reflection) {
  if (wants_scattering(node)) {
    const std::string& distribution = node.node().text("distribution");
    node.emit(kernel, Purity::ReadsBatch,
              inputs_of({node.weight(), node.input3("Color"), node.input("Roughness"),
                         node.input("IOR"), normal_input(node)}),
              {},
              std::make_shared<Settings>(
                  Settings{distribution == "SHARP", distribution == "BECKMANN", has_reflection}));
  }
}

void compile_glass(NodeCompiler& node) {
  compile_as(node, true);
}
void compile_refraction(NodeCompiler& node) {
  compile_as(node, false);
}

}  // namespace

void register_glass_bsdf(NodeRegistry& registry) {
  registry.add("ShaderNodeBsdfGlass", compile_glass);
  registry.add("ShaderNodeBsdfRefraction", compile_refraction);
}

}  // namespace kiln::render::shading
