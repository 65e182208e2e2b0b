#include "render/shading/bsdf/bsdf.h"
#include "render/shading/nodes/closure_node.h"
#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

enum class BsdfGlossyDistribution : std::uint8_t {
  Beckmann,
  Sharp,
  Ggx,
  AshikhminShirley,
  MultiGgx
};
struct BsdfGlossyNode : NodeType<BsdfGlossyNode, ShaderNode> {
  BsdfGlossyDistribution distribution = BsdfGlossyDistribution::Ggx;

  BsdfGlossyNode() {
    width = 150.0f;
    add_color("Color", {0.8f, 0.8f, 0.8f, 1.0f});
    add_factor("Roughness", 0.5f);
    add_vector("Normal").hide_value = true;
    add_float("Weight", 0.0f).enabled = false;
    add_output("NodeSocketShader", "BSDF");
  }
  std::string_view static_type() const override { return "BSDF_GLOSSY"; }
  static const Schema& schema();
};

const Schema& BsdfGlossyNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<BsdfGlossyNode> s("ShaderNodeBsdfGlossy", "Glossy BSDF", &ShaderNode::schema());
    s.add<&BsdfGlossyNode::distribution>("distribution", "Distribution")
        .items({{"SHARP", "Sharp", 1},
                {"BECKMANN", "Beckmann", 0},
                {"GGX", "GGX", 2},
                {"ASHIKHMIN_SHIRLEY", "Ashikhmin-Shirley", 3},
                {"MULTI_GGX", "Multiscatter GGX", 4}})
        .default_value("BECKMANN")
        .changes(Change::Shading);
    s.set_tag("ShaderNodeBsdfGlossy");
    return s.build();
  }();
  return schema;
}

enum class BsdfAnisotropicDistribution : std::uint8_t {
  Beckmann = 0,
  Ggx = 2,
  AshikhminShirley = 3,
  MultiGgx = 4
};
struct BsdfAnisotropicNode : NodeType<BsdfAnisotropicNode, ShaderNode> {
  BsdfAnisotropicDistribution distribution = BsdfAnisotropicDistribution::Ggx;

  BsdfAnisotropicNode() {
    width = 150.0f;
    add_color("Color", {0.8f, 0.8f, 0.8f, 1.0f});
    add_factor("Roughness", 0.5f);
    add_float("Anisotropy", 0.5f, -1.0f, 1.0f);
    add_factor("Rotation", 0.0f);
    add_vector("Normal").hide_value = true;
    add_vector("Tangent").hide_value = true;
    add_float("Weight", 0.0f).enabled = false;
    add_output("NodeSocketShader", "BSDF");
  }
  std::string_view static_type() const override { return "BSDF_ANISOTROPIC"; }
  static const Schema& schema();
};

const Schema& BsdfAnisotropicNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<BsdfAnisotropicNode> s("ShaderNodeBsdfAnisotropic", "Anisotropic BSDF",
                                         &ShaderNode::schema());
    s.add<&BsdfAnisotropicNode::distribution>("distribution", "Distribution")
        .items({{"BECKMANN", "Beckmann", 0},
                {"GGX", "GGX", 2},
                {"MULTI_GGX", "Multiscatter GGX", 4},
                {"ASHIKHMIN_SHIRLEY", "Ashikhmin-Shirley", 3}})
        .default_value("BECKMANN")
        .changes(Change::Shading);
    s.set_tag("ShaderNodeBsdfAnisotropic");
    return s.build();
  }();
  return schema;
}

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

void register_glossy_bsdf(ShaderNodeList& nodes) {
  nodes.add<BsdfGlossyNode>(compile_glossy);
  nodes.add<BsdfAnisotropicNode>(compile_anisotropic);
}

}  // namespace kiln::render::shading
