#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

struct AmbientOcclusionNode : NodeType<AmbientOcclusionNode, ShaderNode> {
  int samples = 16;
  bool inside = false;
  bool only_local = false;

  AmbientOcclusionNode() {
    add_color("Color", {1.0f, 1.0f, 1.0f, 1.0f});
    add_float("Distance", 1.0f, 0.0f, 1000.0f);
    add_vector("Normal", {}, -1.0f, 1.0f).hide_value = true;
    add_output("NodeSocketColor", "Color");
    add_output("NodeSocketFloat", "AO");
  }
  std::string_view static_type() const override { return "AMBIENT_OCCLUSION"; }
  static const Schema& schema();
};

const Schema& AmbientOcclusionNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<AmbientOcclusionNode> s("ShaderNodeAmbientOcclusion", "Ambient Occlusion",
                                          &ShaderNode::schema());
    s.add<&AmbientOcclusionNode::samples>("samples", "Samples")
        .subtype(Subtype::Unsigned)
        .default_value(0)
        .range(1, 128)
        .changes(Change::Shading);
    s.add<&AmbientOcclusionNode::inside>("inside", "Inside").changes(Change::Shading);
    s.add<&AmbientOcclusionNode::only_local>("only_local", "Only Local").changes(Change::Shading);
    s.set_tag("ShaderNodeAmbientOcclusion");
    return s.build();
  }();
  return schema;
}

}  // namespace

void register_ambient_occlusion(ShaderNodeList& nodes) {
  nodes.add<AmbientOcclusionNode>(nullptr);
}

}  // namespace kiln::render::shading
