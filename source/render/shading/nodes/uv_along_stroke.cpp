#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

struct UVAlongStrokeNode : NodeType<UVAlongStrokeNode, ShaderNode> {
  bool use_tips = false;

  UVAlongStrokeNode() { add_output("NodeSocketVector", "UV"); }
  std::string_view static_type() const override { return "UVALONGSTROKE"; }
  static const Schema& schema();
};

const Schema& UVAlongStrokeNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<UVAlongStrokeNode> s("ShaderNodeUVAlongStroke", "UV Along Stroke",
                                       &ShaderNode::schema());
    s.add<&UVAlongStrokeNode::use_tips>("use_tips", "Use Tips").changes(Change::Shading);
    s.set_tag("ShaderNodeUVAlongStroke");
    return s.build();
  }();
  return schema;
}

}  // namespace

void register_uv_along_stroke(ShaderNodeList& nodes) {
  nodes.add<UVAlongStrokeNode>(nullptr);
}

}  // namespace kiln::render::shading
