#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

struct WireframeNode : NodeType<WireframeNode, ShaderNode> {
  bool use_pixel_size = false;

  WireframeNode() {
    add_float("Size", 0.01f, 0.0f, 100.0f);
    add_output("NodeSocketFloat", "Fac");
  }
  std::string_view static_type() const override { return "WIREFRAME"; }
  static const Schema& schema();
};

const Schema& WireframeNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<WireframeNode> s("ShaderNodeWireframe", "Wireframe", &ShaderNode::schema());
    s.add<&WireframeNode::use_pixel_size>("use_pixel_size", "Pixel Size").changes(Change::Shading);
    s.set_tag("ShaderNodeWireframe");
    return s.build();
  }();
  return schema;
}

}  // namespace

void register_wireframe(ShaderNodeList& nodes) {
  nodes.add<WireframeNode>(nullptr);
}

}  // namespace kiln::render::shading
