#include "render/shading/bsdf/bsdf.h"
#include "render/shading/nodes/closure_node.h"

namespace kiln::render::shading {
namespace {

enum class Kind : std::uint8_t { Sharp, Beckmann, Ggx, AshikhminShirley, MultiGgx };

Kind kind_of(const std::string& distribution) {
  if (distribution == "SHARP") {
    return Kind::Sharp;
  }
  if (distribution == "BECKMANN") {
    return Kind::Beckmann;
  }
  if (distribution == "ASHIKHMIN_SHIRLEY") {
    return Kind::AshikhminShirley;
  }
  return distribution == "MULTI_GGX" ? Kind::MultiGgx : Kind::Ggx;
}

enum Input {
  in_weight,
  in_color,
  in_roughness = 4,
  in_anisotropy,
  in_rotation,
  in_tangent,
  in_normal = 10
};

void kernel(const KernelCall& call) {
  const Kind kind = call.get<Kind>();
  for (int i = 0; i < call.count; ++i) {
    float3 color = call.in3(in_color, i);
    const float roughness = kind == Kind::Sharp ? 0.0f : square(saturate(call.in(in_roughness)[i]));
    const float3 normal = closure_normal(call, in_normal, i);
    if (kind == Kind::MultiGgx && roughness > 0.0f) {
      // Light that leaves after n bounces has the colour n times: a geometric series over the share
      // that stays.
      const float kept = ggx_albedo(dot(normal, call.batch.incoming.get(i)), roughness);
      for (int k = 0; k < 3; ++k) {
        color[k] /= std::max(1.0f - saturate(color[k]) * (1.0f - kept), 1e-3f);
      }
    }
    Closure* c = call.batch.closures[i].add(color * call.in(in_weight)[i]);
    if (!c) {
      continue;
    }
    c->normal = normal;
    c->kind = kind == Kind::Sharp              ? ClosureKind::SharpReflection
              : kind == Kind::AshikhminShirley ? ClosureKind::AshikhminShirley
                                               : ClosureKind::Microfacet;
    c->distribution = kind == Kind::Beckmann ? Distribution::Beckmann : Distribution::Ggx;
    c->alpha_x = c->alpha_y = roughness;
    const float anisotropy = std::clamp(call.in(in_anisotropy)[i], -0.99f, 0.99f);
    if (anisotropy != 0.0f) {
      c->tangent =
          rotate_tangent(normalize(call.in3(in_tangent, i)), normal, call.in(in_rotation)[i]);
      if (anisotropy < 0.0f) {
        c->alpha_x = roughness / (1.0f + anisotropy);
        c->alpha_y = roughness * (1.0f + anisotropy);
      } else {
        c->alpha_x = roughness * (1.0f - anisotropy);
        c->alpha_y = roughness / (1.0f - anisotropy);
      }
    }
    if (kind == Kind::AshikhminShirley) {
      c->alpha_x = std::clamp(c->alpha_x, 1e-4f, 1.0f);
      c->alpha_y = std::clamp(c->alpha_y, 1e-4f, 1.0f);
    }
  }
}

void compile_as(NodeCompiler& node, bool is_anisotropic) {
  if (!wants_scattering(node)) {
    return;
  }
  const Scalar none = constant(0.0f);
  node.emit(
      kernel, Purity::ReadsBatch,
      inputs_of({node.weight(), node.input3("Color"), node.input("Roughness"),
                 is_anisotropic ? node.input("Anisotropy") : none,
                 is_anisotropic ? node.input("Rotation") : none,
                 is_anisotropic ? tangent_input(node) : constant(float3{}), normal_input(node)}),
      {}, std::make_shared<Kind>(kind_of(node.node().text("distribution"))));
}

void compile_glossy(NodeCompiler& node) {
  compile_as(node, false);
}
void compile_anisotropic(NodeCompiler& node) {
  compile_as(node, true);
}

}  // namespace

void register_glossy_bsdf(NodeRegistry& registry) {
  registry.add("ShaderNodeBsdfGlossy", compile_glossy);
  registry.add("ShaderNodeBsdfAnisotropic", compile_anisotropic);
}

}  // namespace kiln::render::shading
