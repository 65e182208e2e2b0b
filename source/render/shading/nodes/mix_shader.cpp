#include "render/shading/nodes/closure_node.h"
#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

struct MixShaderNode : NodeType<MixShaderNode, ShaderNode> {
  MixShaderNode() {
    add_factor("Fac", 0.5f);
    add_shader("Shader");
    add_shader("Shader");
    add_output("NodeSocketShader", "Shader");
  }
  std::string_view static_type() const override { return "MIX_SHADER"; }
  static const Schema& schema();
};

const Schema& MixShaderNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<MixShaderNode> s("ShaderNodeMixShader", "Mix Shader", &ShaderNode::schema());
    s.set_tag("ShaderNodeMixShader");
    return s.build();
  }();
  return schema;
}

struct AddShaderNode : NodeType<AddShaderNode, ShaderNode> {
  AddShaderNode() {
    add_shader("Shader");
    add_shader("Shader");
    add_output("NodeSocketShader", "Shader");
  }
  std::string_view static_type() const override { return "ADD_SHADER"; }
  static const Schema& schema();
};

const Schema& AddShaderNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<AddShaderNode> s("ShaderNodeAddShader", "Add Shader", &ShaderNode::schema());
    s.set_tag("ShaderNodeAddShader");
    return s.build();
  }();
  return schema;
}

void compile_mix(NodeCompiler& node) {
  const Scalar factor = node.saturate(node.input(0));
  node.compile_shader(1, node.multiply(node.weight(), node.one_minus(factor)));
  node.compile_shader(2, node.multiply(node.weight(), factor));
}

void compile_add(NodeCompiler& node) {
  node.compile_shader(0, node.weight());
  node.compile_shader(1, node.weight());
}

}  // namespace

void register_mix_shader(ShaderNodeList& nodes) {
  nodes.add<MixShaderNode>(compile_mix);
  nodes.add<AddShaderNode>(compile_add);
}

}  // namespace kiln::render::shading
