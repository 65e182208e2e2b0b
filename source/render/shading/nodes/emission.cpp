#include "render/shading/nodes/closure_node.h"
#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

struct EmissionNode : NodeType<EmissionNode, ShaderNode> {
  EmissionNode() {
    add_color("Color", {1.0f, 1.0f, 1.0f, 1.0f});
    add_float("Strength", 1.0f, 0.0f, 1000000.0f);
    add_float("Weight", 0.0f).enabled = false;
    add_output("NodeSocketShader", "Emission");
  }
  std::string_view static_type() const override { return "EMISSION"; }
  static const Schema& schema();
};

const Schema& EmissionNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<EmissionNode> s("ShaderNodeEmission", "Emission", &ShaderNode::schema());
    s.set_tag("ShaderNodeEmission");
    return s.build();
  }();
  return schema;
}

struct BackgroundNode : NodeType<BackgroundNode, ShaderNode> {
  BackgroundNode() {
    add_color("Color", {0.8f, 0.8f, 0.8f, 1.0f});
    add_float("Strength", 1.0f, 0.0f, 1000000.0f);
    add_float("Weight", 0.0f).enabled = false;
    add_output("NodeSocketShader", "Background");
  }
  std::string_view static_type() const override { return "BACKGROUND"; }
  static const Schema& schema();
};

const Schema& BackgroundNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<BackgroundNode> s("ShaderNodeBackground", "Background", &ShaderNode::schema());
    s.set_tag("ShaderNodeBackground");
    return s.build();
  }();
  return schema;
}

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

void register_emission(ShaderNodeList& nodes) {
  nodes.add<EmissionNode>(compile);
  nodes.add<BackgroundNode>(compile);
}

}  // namespace kiln::render::shading
