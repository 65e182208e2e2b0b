#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

struct EeveeSpecularNode : NodeType<EeveeSpecularNode, ShaderNode> {
  EeveeSpecularNode() {
    add_color("Base Color", {0.8f, 0.8f, 0.8f, 1.0f});
    add_color("Specular", {0.03f, 0.03f, 0.03f, 1.0f});
    add_factor("Roughness", 0.2f);
    add_color("Emissive Color", {0.0f, 0.0f, 0.0f, 1.0f});
    add_factor("Transparency", 0.0f);
    add_vector("Normal").hide_value = true;
    add_factor("Clear Coat", 0.0f);
    add_factor("Clear Coat Roughness", 0.0f);
    add_vector("Clear Coat Normal").hide_value = true;
    add_float("Ambient Occlusion", 0.0f).hide_value = true;
    add_float("Weight", 0.0f).enabled = false;
    add_output("NodeSocketShader", "BSDF");
  }
  std::string_view static_type() const override { return "EEVEE_SPECULAR"; }
  static const Schema& schema();
};

const Schema& EeveeSpecularNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<EeveeSpecularNode> s("ShaderNodeEeveeSpecular", "Specular BSDF",
                                       &ShaderNode::schema());
    s.set_tag("ShaderNodeEeveeSpecular");
    return s.build();
  }();
  return schema;
}

struct ShaderToRGBNode : NodeType<ShaderToRGBNode, ShaderNode> {
  ShaderToRGBNode() {
    add_shader("Shader");
    add_output("NodeSocketColor", "Color");
    add_output("NodeSocketFloat", "Alpha");
  }
  std::string_view static_type() const override { return "SHADERTORGB"; }
  static const Schema& schema();
};

const Schema& ShaderToRGBNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<ShaderToRGBNode> s("ShaderNodeShaderToRGB", "Shader to RGB",
                                     &ShaderNode::schema());
    s.set_tag("ShaderNodeShaderToRGB");
    return s.build();
  }();
  return schema;
}

}  // namespace

void register_eevee(ShaderNodeList& nodes) {
  nodes.add<EeveeSpecularNode>(nullptr);
  nodes.add<ShaderToRGBNode>(nullptr);
}

}  // namespace kiln::render::shading
