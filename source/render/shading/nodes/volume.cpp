#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

struct VolumeAbsorptionNode : NodeType<VolumeAbsorptionNode, ShaderNode> {
  VolumeAbsorptionNode() {
    add_color("Color", {0.8f, 0.8f, 0.8f, 1.0f});
    add_float("Density", 1.0f, 0.0f, 1000.0f);
    add_float("Weight", 0.0f).enabled = false;
    add_output("NodeSocketShader", "Volume");
  }
  std::string_view static_type() const override { return "VOLUME_ABSORPTION"; }
  static const Schema& schema();
};

const Schema& VolumeAbsorptionNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<VolumeAbsorptionNode> s("ShaderNodeVolumeAbsorption", "Volume Absorption",
                                          &ShaderNode::schema());
    s.set_tag("ShaderNodeVolumeAbsorption");
    return s.build();
  }();
  return schema;
}

struct VolumeScatterNode : NodeType<VolumeScatterNode, ShaderNode> {
  VolumeScatterNode() {
    add_color("Color", {0.8f, 0.8f, 0.8f, 1.0f});
    add_float("Density", 1.0f, 0.0f, 1000.0f);
    add_factor("Anisotropy", 0.0f, -1.0f, 1.0f);
    add_float("Weight", 0.0f).enabled = false;
    add_output("NodeSocketShader", "Volume");
  }
  std::string_view static_type() const override { return "VOLUME_SCATTER"; }
  static const Schema& schema();
};

const Schema& VolumeScatterNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<VolumeScatterNode> s("ShaderNodeVolumeScatter", "Volume Scatter",
                                       &ShaderNode::schema());
    s.set_tag("ShaderNodeVolumeScatter");
    return s.build();
  }();
  return schema;
}

struct VolumePrincipledNode : NodeType<VolumePrincipledNode, ShaderNode> {
  VolumePrincipledNode() {
    width = 240.0f;
    add_color("Color", {0.5f, 0.5f, 0.5f, 1.0f});
    add_input("NodeSocketString", "Color Attribute");
    add_float("Density", 1.0f, 0.0f, 1000.0f);
    add_input("NodeSocketString", "Density Attribute").text = "density";
    add_factor("Anisotropy", 0.0f, -1.0f, 1.0f);
    add_color("Absorption Color", {0.0f, 0.0f, 0.0f, 1.0f});
    add_float("Emission Strength", 0.0f, 0.0f, 1000.0f);
    add_color("Emission Color", {1.0f, 1.0f, 1.0f, 1.0f});
    add_factor("Blackbody Intensity", 0.0f);
    add_color("Blackbody Tint", {1.0f, 1.0f, 1.0f, 1.0f});
    add_float("Temperature", 1000.0f, 0.0f, 6500.0f);
    add_input("NodeSocketString", "Temperature Attribute").text = "temperature";
    add_float("Weight", 0.0f).enabled = false;
    add_output("NodeSocketShader", "Volume");
  }
  std::string_view static_type() const override { return "PRINCIPLED_VOLUME"; }
  static const Schema& schema();
};

const Schema& VolumePrincipledNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<VolumePrincipledNode> s("ShaderNodeVolumePrincipled", "Principled Volume",
                                          &ShaderNode::schema());
    s.set_tag("ShaderNodeVolumePrincipled");
    return s.build();
  }();
  return schema;
}

}  // namespace

void register_volume(ShaderNodeList& nodes) {
  nodes.add<VolumeAbsorptionNode>(nullptr);
  nodes.add<VolumeScatterNode>(nullptr);
  nodes.add<VolumePrincipledNode>(nullptr);
}

}  // namespace kiln::render::shading
