#include "render/shading/nodes/closure_node.h"
#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

enum class BsdfToonComponent : std::uint8_t { Diffuse, Glossy };
struct BsdfToonNode : NodeType<BsdfToonNode, ShaderNode> {
  BsdfToonComponent component = BsdfToonComponent::Diffuse;

  BsdfToonNode() {
    width = 150.0f;
    add_color("Color", {0.8f, 0.8f, 0.8f, 1.0f});
    add_factor("Size", 0.5f);
    add_factor("Smooth", 0.0f);
    add_vector("Normal").hide_value = true;
    add_float("Weight", 0.0f).enabled = false;
    add_output("NodeSocketShader", "BSDF");
  }
  std::string_view static_type() const override { return "BSDF_TOON"; }
  static const Schema& schema();
};

const Schema& BsdfToonNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<BsdfToonNode> s("ShaderNodeBsdfToon", "Toon BSDF", &ShaderNode::schema());
    s.add<&BsdfToonNode::component>("component", "Component")
        .items({{"DIFFUSE", "Diffuse", 0}, {"GLOSSY", "Glossy", 1}})
        .changes(Change::Shading);
    s.set_tag("ShaderNodeBsdfToon");
    return s.build();
  }();
  return schema;
}

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

void register_toon_bsdf(ShaderNodeList& nodes) {
  nodes.add<BsdfToonNode>(compile);
}

}  // namespace kiln::render::shading
