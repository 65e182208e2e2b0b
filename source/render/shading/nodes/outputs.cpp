#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

enum class OutputMaterialTarget : std::uint8_t { All, Eevee, Cycles };
struct OutputMaterialNode : NodeType<OutputMaterialNode, ShaderNode> {
  bool is_active_output = true;
  OutputMaterialTarget target = OutputMaterialTarget::All;

  OutputMaterialNode() {
    add_shader("Surface");
    add_shader("Volume");
    add_vector("Displacement").hide_value = true;
    {
      NodeSocket& socket = add_float("Thickness", 0.0f);
      socket.enabled = false;
      socket.hide_value = true;
    }
  }
  std::string_view static_type() const override { return "OUTPUT_MATERIAL"; }
  static const Schema& schema();
};

const Schema& OutputMaterialNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<OutputMaterialNode> s("ShaderNodeOutputMaterial", "Material Output",
                                        &ShaderNode::schema());
    s.add<&OutputMaterialNode::is_active_output>("is_active_output", "Active Output")
        .default_value(false)
        .changes(Change::Shading);
    s.add<&OutputMaterialNode::target>("target", "Target")
        .items({{"ALL", "All", 0}, {"EEVEE", "Eevee", 1}, {"CYCLES", "Cycles", 2}})
        .changes(Change::Shading);
    s.set_tag("ShaderNodeOutputMaterial");
    return s.build();
  }();
  return schema;
}

enum class OutputWorldTarget : std::uint8_t { All, Eevee, Cycles };
struct OutputWorldNode : NodeType<OutputWorldNode, ShaderNode> {
  bool is_active_output = true;
  OutputWorldTarget target = OutputWorldTarget::All;

  OutputWorldNode() {
    add_shader("Surface");
    add_shader("Volume");
  }
  std::string_view static_type() const override { return "OUTPUT_WORLD"; }
  static const Schema& schema();
};

const Schema& OutputWorldNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<OutputWorldNode> s("ShaderNodeOutputWorld", "World Output",
                                     &ShaderNode::schema());
    s.add<&OutputWorldNode::is_active_output>("is_active_output", "Active Output")
        .default_value(false)
        .changes(Change::Shading);
    s.add<&OutputWorldNode::target>("target", "Target")
        .items({{"ALL", "All", 0}, {"EEVEE", "Eevee", 1}, {"CYCLES", "Cycles", 2}})
        .changes(Change::Shading);
    s.set_tag("ShaderNodeOutputWorld");
    return s.build();
  }();
  return schema;
}

enum class OutputLightTarget : std::uint8_t { All, Eevee, Cycles };
struct OutputLightNode : NodeType<OutputLightNode, ShaderNode> {
  bool is_active_output = true;
  OutputLightTarget target = OutputLightTarget::All;

  OutputLightNode() { add_shader("Surface"); }
  std::string_view static_type() const override { return "OUTPUT_LIGHT"; }
  static const Schema& schema();
};

const Schema& OutputLightNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<OutputLightNode> s("ShaderNodeOutputLight", "Light Output",
                                     &ShaderNode::schema());
    s.add<&OutputLightNode::is_active_output>("is_active_output", "Active Output")
        .default_value(false)
        .changes(Change::Shading);
    s.add<&OutputLightNode::target>("target", "Target")
        .items({{"ALL", "All", 0}, {"EEVEE", "Eevee", 1}, {"CYCLES", "Cycles", 2}})
        .changes(Change::Shading);
    s.set_tag("ShaderNodeOutputLight");
    return s.build();
  }();
  return schema;
}

struct OutputAOVNode : NodeType<OutputAOVNode, ShaderNode> {
  OutputAOVNode() {
    add_color("Color", {0.0f, 0.0f, 0.0f, 1.0f});
    add_float("Value", 0.0f, 0.0f, 1.0f);
  }
  std::string_view static_type() const override { return "OUTPUT_AOV"; }
  static const Schema& schema();
};

const Schema& OutputAOVNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<OutputAOVNode> s("ShaderNodeOutputAOV", "AOV Output", &ShaderNode::schema());
    s.set_tag("ShaderNodeOutputAOV");
    return s.build();
  }();
  return schema;
}

enum class OutputLineStyleTarget : std::uint8_t { All, Eevee, Cycles };
enum class OutputLineStyleBlendType : std::uint8_t {
  Mix,
  Add,
  Multiply,
  Subtract,
  Screen,
  Divide,
  Difference,
  Darken,
  Lighten,
  Overlay,
  Dodge,
  Burn,
  Hue,
  Saturation,
  Value,
  Color,
  SoftLight,
  LinearLight
};
struct OutputLineStyleNode : NodeType<OutputLineStyleNode, ShaderNode> {
  bool is_active_output = true;
  OutputLineStyleTarget target = OutputLineStyleTarget::All;
  OutputLineStyleBlendType blend_type = OutputLineStyleBlendType::Mix;
  bool use_alpha = false;
  bool use_clamp = false;

  OutputLineStyleNode() {
    add_color("Color", {1.0f, 0.0f, 1.0f, 1.0f});
    add_factor("Color Fac", 1.0f);
    add_factor("Alpha", 1.0f);
    add_factor("Alpha Fac", 1.0f);
  }
  std::string_view static_type() const override { return "OUTPUT_LINESTYLE"; }
  static const Schema& schema();
};

const Schema& OutputLineStyleNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<OutputLineStyleNode> s("ShaderNodeOutputLineStyle", "Line Style Output",
                                         &ShaderNode::schema());
    s.add<&OutputLineStyleNode::is_active_output>("is_active_output", "Active Output")
        .default_value(false)
        .changes(Change::Shading);
    s.add<&OutputLineStyleNode::target>("target", "Target")
        .items({{"ALL", "All", 0}, {"EEVEE", "Eevee", 1}, {"CYCLES", "Cycles", 2}})
        .changes(Change::Shading);
    s.add<&OutputLineStyleNode::blend_type>("blend_type", "Blending Mode")
        .items({{"MIX", "Mix", 0},
                {"DARKEN", "Darken", 7},
                {"MULTIPLY", "Multiply", 2},
                {"BURN", "Color Burn", 11},
                {"LIGHTEN", "Lighten", 8},
                {"SCREEN", "Screen", 4},
                {"DODGE", "Color Dodge", 10},
                {"ADD", "Add", 1},
                {"OVERLAY", "Overlay", 9},
                {"SOFT_LIGHT", "Soft Light", 16},
                {"LINEAR_LIGHT", "Linear Light", 17},
                {"DIFFERENCE", "Difference", 6},
                {"SUBTRACT", "Subtract", 3},
                {"DIVIDE", "Divide", 5},
                {"HUE", "Hue", 12},
                {"SATURATION", "Saturation", 13},
                {"COLOR", "Color", 15},
                {"VALUE", "Value", 14}})
        .changes(Change::Shading);
    s.add<&OutputLineStyleNode::use_alpha>("use_alpha", "Alpha").changes(Change::Shading);
    s.add<&OutputLineStyleNode::use_clamp>("use_clamp", "Clamp").changes(Change::Shading);
    s.set_tag("ShaderNodeOutputLineStyle");
    return s.build();
  }();
  return schema;
}

}  // namespace

void register_outputs(ShaderNodeList& nodes) {
  nodes.add<OutputMaterialNode>(nullptr);
  nodes.add<OutputWorldNode>(nullptr);
  nodes.add<OutputLightNode>(nullptr);
  nodes.add<OutputAOVNode>(nullptr);
  nodes.add<OutputLineStyleNode>(nullptr);
}

}  // namespace kiln::render::shading
