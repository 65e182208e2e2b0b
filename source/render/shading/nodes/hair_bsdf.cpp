#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

enum class BsdfHairComponent : std::uint8_t { Reflection, Transmission };
struct BsdfHairNode : NodeType<BsdfHairNode, ShaderNode> {
  BsdfHairComponent component = BsdfHairComponent::Reflection;

  BsdfHairNode() {
    width = 150.0f;
    add_color("Color", {0.8f, 0.8f, 0.8f, 1.0f});
    add_float("Offset", 0.0f, -1.5707964f, 1.5707964f, "NodeSocketFloatAngle");
    add_factor("RoughnessU", 0.1f);
    add_factor("RoughnessV", 1.0f);
    add_vector("Tangent").hide_value = true;
    add_float("Weight", 0.0f).enabled = false;
    add_output("NodeSocketShader", "BSDF");
  }
  std::string_view static_type() const override { return "BSDF_HAIR"; }
  static const Schema& schema();
};

const Schema& BsdfHairNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<BsdfHairNode> s("ShaderNodeBsdfHair", "Hair BSDF", &ShaderNode::schema());
    s.add<&BsdfHairNode::component>("component", "Component")
        .items({{"Reflection", "Reflection", 0}, {"Transmission", "Transmission", 1}})
        .changes(Change::Shading);
    s.set_tag("ShaderNodeBsdfHair");
    return s.build();
  }();
  return schema;
}

enum class BsdfHairPrincipledParametrization : std::uint8_t { Color, Melanin, Absorption };
struct BsdfHairPrincipledNode : NodeType<BsdfHairPrincipledNode, ShaderNode> {
  BsdfHairPrincipledParametrization parametrization = BsdfHairPrincipledParametrization::Color;

  BsdfHairPrincipledNode() {
    width = 240.0f;
    add_color("Color", {0.017513f, 0.005763f, 0.002059f, 1.0f});
    add_factor("Melanin", 0.8f).enabled = false;
    add_factor("Melanin Redness", 1.0f).enabled = false;
    add_color("Tint", {1.0f, 1.0f, 1.0f, 1.0f}).enabled = false;
    add_vector("Absorption Coefficient", {0.245531f, 0.52f, 1.365f}, 0.0f, 1000.0f).enabled = false;
    add_factor("Roughness", 0.3f);
    add_factor("Radial Roughness", 0.3f);
    add_factor("Coat", 0.0f);
    add_float("IOR", 1.55f, 0.0f, 1000.0f);
    add_float("Offset", 0.034906585f, -1.5707964f, 1.5707964f, "NodeSocketFloatAngle");
    add_factor("Random Color", 0.0f).enabled = false;
    add_factor("Random Roughness", 0.0f);
    add_float("Random", 0.0f).hide_value = true;
    add_float("Weight", 0.0f).enabled = false;
    add_output("NodeSocketShader", "BSDF");
  }
  std::string_view static_type() const override { return "BSDF_HAIR_PRINCIPLED"; }
  void update(const NodeTree*, const Document*) override {
    if (parametrization == BsdfHairPrincipledParametrization::Absorption) {
      show({"Absorption Coefficient", "Roughness", "Radial Roughness", "Coat", "IOR", "Offset",
            "Random Roughness", "Random"},
           {"BSDF"});
    } else if (parametrization == BsdfHairPrincipledParametrization::Melanin) {
      show({"Melanin", "Melanin Redness", "Tint", "Roughness", "Radial Roughness", "Coat", "IOR",
            "Offset", "Random Color", "Random Roughness", "Random"},
           {"BSDF"});
    } else {
      show({"Color", "Roughness", "Radial Roughness", "Coat", "IOR", "Offset", "Random Roughness",
            "Random"},
           {"BSDF"});
    }
  }
  static const Schema& schema();
};

const Schema& BsdfHairPrincipledNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<BsdfHairPrincipledNode> s("ShaderNodeBsdfHairPrincipled", "Principled Hair BSDF",
                                            &ShaderNode::schema());
    s.add<&BsdfHairPrincipledNode::parametrization>("parametrization", "Color Parametrization")
        .items({{"ABSORPTION", "Absorption Coefficient", 2},
                {"MELANIN", "Melanin Concentration", 1},
                {"COLOR", "Direct Coloring", 0}})
        .changes(Change::Shading);
    s.set_tag("ShaderNodeBsdfHairPrincipled");
    return s.build();
  }();
  return schema;
}

}  // namespace

void register_hair_bsdf(ShaderNodeList& nodes) {
  nodes.add<BsdfHairNode>(nullptr);
  nodes.add<BsdfHairPrincipledNode>(nullptr);
}

}  // namespace kiln::render::shading
