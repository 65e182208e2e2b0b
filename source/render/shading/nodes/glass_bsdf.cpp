#include "render/shading/nodes/closure_node.h"
#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

enum class BsdfGlassDistribution : std::uint8_t { Beckmann = 0, Sharp = 1, Ggx = 2, MultiGgx = 4 };
struct BsdfGlassNode : NodeType<BsdfGlassNode, ShaderNode> {
  BsdfGlassDistribution distribution = BsdfGlassDistribution::Beckmann;

  BsdfGlassNode() {
    width = 150.0f;
    add_color("Color", {1.0f, 1.0f, 1.0f, 1.0f});
    add_factor("Roughness", 0.0f);
    add_float("IOR", 1.45f, 0.0f, 1000.0f);
    add_vector("Normal").hide_value = true;
    add_float("Weight", 0.0f).enabled = false;
    add_output("NodeSocketShader", "BSDF");
  }
  std::string_view static_type() const override { return "BSDF_GLASS"; }
  static const Schema& schema();
};

const Schema& BsdfGlassNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<BsdfGlassNode> s("ShaderNodeBsdfGlass", "Glass BSDF", &ShaderNode::schema());
    s.add<&BsdfGlassNode::distribution>("distribution", "Distribution")
        .items({{"SHARP", "Sharp", 1},
                {"BECKMANN", "Beckmann", 0},
                {"GGX", "GGX", 2},
                {"MULTI_GGX", "Multiscatter GGX", 4}})
        .changes(Change::Shading);
    s.set_tag("ShaderNodeBsdfGlass");
    return s.build();
  }();
  return schema;
}

enum class BsdfRefractionDistribution : std::uint8_t { Beckmann, Sharp, Ggx };
struct BsdfRefractionNode : NodeType<BsdfRefractionNode, ShaderNode> {
  BsdfRefractionDistribution distribution = BsdfRefractionDistribution::Beckmann;

  BsdfRefractionNode() {
    width = 150.0f;
    add_color("Color", {1.0f, 1.0f, 1.0f, 1.0f});
    add_factor("Roughness", 0.0f);
    add_float("IOR", 1.45f, 0.0f, 1000.0f);
    add_vector("Normal").hide_value = true;
    add_float("Weight", 0.0f).enabled = false;
    add_output("NodeSocketShader", "BSDF");
  }
  std::string_view static_type() const override { return "BSDF_REFRACTION"; }
  static const Schema& schema();
};

const Schema& BsdfRefractionNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<BsdfRefractionNode> s("ShaderNodeBsdfRefraction", "Refraction BSDF",
                                        &ShaderNode::schema());
    s.add<&BsdfRefractionNode::distribution>("distribution", "Distribution")
        .items({{"SHARP", "Sharp", 1}, {"BECKMANN", "Beckmann", 0}, {"GGX", "GGX", 2}})
        .changes(Change::Shading);
    s.set_tag("ShaderNodeBsdfRefraction");
    return s.build();
  }();
  return schema;
}

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

void register_glass_bsdf(ShaderNodeList& nodes) {
  nodes.add<BsdfGlassNode>(compile_glass);
  nodes.add<BsdfRefractionNode>(compile_refraction);
}

}  // namespace kiln::render::shading
