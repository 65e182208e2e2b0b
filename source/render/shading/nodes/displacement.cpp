#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

enum class DisplacementSpace : std::uint8_t { Object = 1, World = 2 };
struct DisplacementNode : NodeType<DisplacementNode, ShaderNode> {
  DisplacementSpace space = DisplacementSpace::Object;

  DisplacementNode() {
    add_float("Height", 0.0f, 0.0f, 1000.0f);
    add_float("Midlevel", 0.5f, 0.0f, 1000.0f);
    add_float("Scale", 1.0f, 0.0f, 1000.0f);
    add_vector("Normal").hide_value = true;
    add_output("NodeSocketVector", "Displacement");
  }
  std::string_view static_type() const override { return "DISPLACEMENT"; }
  static const Schema& schema();
};

const Schema& DisplacementNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<DisplacementNode> s("ShaderNodeDisplacement", "Displacement",
                                      &ShaderNode::schema());
    s.add<&DisplacementNode::space>("space", "Space")
        .items({{"OBJECT", "Object Space", 1}, {"WORLD", "World Space", 2}})
        .changes(Change::Shading);
    s.set_tag("ShaderNodeDisplacement");
    return s.build();
  }();
  return schema;
}

enum class VectorDisplacementSpace : std::uint8_t { Tangent, Object, World };
struct VectorDisplacementNode : NodeType<VectorDisplacementNode, ShaderNode> {
  VectorDisplacementSpace space = VectorDisplacementSpace::Tangent;

  VectorDisplacementNode() {
    add_color("Vector", {0.0f, 0.0f, 0.0f, 0.0f}).hide_value = true;
    add_float("Midlevel", 0.0f, 0.0f, 1000.0f);
    add_float("Scale", 1.0f, 0.0f, 1000.0f);
    add_output("NodeSocketVector", "Displacement");
  }
  std::string_view static_type() const override { return "VECTOR_DISPLACEMENT"; }
  static const Schema& schema();
};

const Schema& VectorDisplacementNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<VectorDisplacementNode> s("ShaderNodeVectorDisplacement", "Vector Displacement",
                                            &ShaderNode::schema());
    s.add<&VectorDisplacementNode::space>("space", "Space")
        .items({{"TANGENT", "Tangent Space", 0},
                {"OBJECT", "Object Space", 1},
                {"WORLD", "World Space", 2}})
        .changes(Change::Shading);
    s.set_tag("ShaderNodeVectorDisplacement");
    return s.build();
  }();
  return schema;
}

}  // namespace

void register_displacement(ShaderNodeList& nodes) {
  nodes.add<DisplacementNode>(nullptr);
  nodes.add<VectorDisplacementNode>(nullptr);
}

}  // namespace kiln::render::shading
