#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

struct BevelNode : NodeType<BevelNode, ShaderNode> {
  int samples = 4;

  BevelNode() {
    add_float("Radius", 0.05f, 0.0f, 1000.0f);
    add_vector("Normal").hide_value = true;
    add_output("NodeSocketVector", "Normal");
  }
  std::string_view static_type() const override { return "BEVEL"; }
  static const Schema& schema();
};

const Schema& BevelNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<BevelNode> s("ShaderNodeBevel", "Bevel", &ShaderNode::schema());
    s.add<&BevelNode::samples>("samples", "Samples")
        .subtype(Subtype::Unsigned)
        .default_value(0)
        .range(2, 128)
        .soft(2, 16)
        .changes(Change::Shading);
    s.set_tag("ShaderNodeBevel");
    return s.build();
  }();
  return schema;
}

}  // namespace

void register_bevel(ShaderNodeList& nodes) {
  nodes.add<BevelNode>(nullptr);
}

}  // namespace kiln::render::shading
