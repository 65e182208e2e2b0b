#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

struct LightFalloffNode : NodeType<LightFalloffNode, ShaderNode> {
  LightFalloffNode() {
    width = 150.0f;
    add_float("Strength", 100.0f, 0.0f, 1000000.0f);
    add_float("Smooth", 0.0f, 0.0f, 1000.0f);
    add_output("NodeSocketFloat", "Quadratic");
    add_output("NodeSocketFloat", "Linear");
    add_output("NodeSocketFloat", "Constant");
  }
  std::string_view static_type() const override { return "LIGHT_FALLOFF"; }
  static const Schema& schema();
};

const Schema& LightFalloffNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<LightFalloffNode> s("ShaderNodeLightFalloff", "Light Falloff",
                                      &ShaderNode::schema());
    s.set_tag("ShaderNodeLightFalloff");
    return s.build();
  }();
  return schema;
}

}  // namespace

void register_light_falloff(ShaderNodeList& nodes) {
  nodes.add<LightFalloffNode>(nullptr);
}

}  // namespace kiln::render::shading
