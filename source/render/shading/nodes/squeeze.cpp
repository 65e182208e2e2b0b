#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

struct SqueezeNode : NodeType<SqueezeNode, ShaderNode> {
  SqueezeNode() {
    add_float("Value", 0.0f, -100.0f, 100.0f);
    add_float("Width", 1.0f, -100.0f, 100.0f);
    add_float("Center", 0.0f, -100.0f, 100.0f);
    add_output("NodeSocketFloat", "Value");
  }
  std::string_view static_type() const override { return "SQUEEZE"; }
  static const Schema& schema();
};

const Schema& SqueezeNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<SqueezeNode> s("ShaderNodeSqueeze", "Squeeze Value", &ShaderNode::schema());
    s.set_tag("ShaderNodeSqueeze");
    return s.build();
  }();
  return schema;
}

}  // namespace

void register_squeeze(ShaderNodeList& nodes) {
  nodes.add<SqueezeNode>(nullptr);
}

}  // namespace kiln::render::shading
