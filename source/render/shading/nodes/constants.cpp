#include "render/shading/compiler.h"
#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

struct ValueNode : NodeType<ValueNode, ShaderNode> {
  ValueNode() { add_output("NodeSocketFloat", "Value"); }
  std::string_view static_type() const override { return "VALUE"; }
  static const Schema& schema();
};

const Schema& ValueNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<ValueNode> s("ShaderNodeValue", "Value", &ShaderNode::schema());
    s.set_tag("ShaderNodeValue");
    return s.build();
  }();
  return schema;
}

struct RGBNode : NodeType<RGBNode, ShaderNode> {
  RGBNode() { add_output("NodeSocketColor", "Color").number = {0.5f, 0.5f, 0.5f, 1.0f}; }
  std::string_view static_type() const override { return "RGB"; }
  static const Schema& schema();
};

const Schema& RGBNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<RGBNode> s("ShaderNodeRGB", "RGB", &ShaderNode::schema());
    s.set_tag("ShaderNodeRGB");
    return s.build();
  }();
  return schema;
}

void compile_value(NodeCompiler& node) {
  node.set_output(0, constant(node.node().outputs[0].value.x));
}
void compile_rgb(NodeCompiler& node) {
  node.set_output(0, constant(xyz(node.node().outputs[0].value)));
}

}  // namespace

void register_constants(ShaderNodeList& nodes) {
  nodes.add<ValueNode>(compile_value);
  nodes.add<RGBNode>(compile_rgb);
}

}  // namespace kiln::render::shading
