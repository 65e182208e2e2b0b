#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

enum class SubsurfaceScatteringFalloff : std::uint8_t {
  Burley = 3,
  RandomWalkFixedRadius = 4,
  RandomWalk = 5
};
struct SubsurfaceScatteringNode : NodeType<SubsurfaceScatteringNode, ShaderNode> {
  SubsurfaceScatteringFalloff falloff = SubsurfaceScatteringFalloff::RandomWalk;

  SubsurfaceScatteringNode() {
    width = 150.0f;
    add_color("Color", {0.8f, 0.8f, 0.8f, 1.0f});
    add_float("Scale", 1.0f, 0.0f, 1000.0f);
    add_vector("Radius", {1.0f, 0.2f, 0.1f}, 0.0f, 100.0f);
    add_factor("IOR", 1.4f, 1.01f, 3.8f);
    add_factor("Anisotropy", 0.0f);
    add_vector("Normal").hide_value = true;
    add_float("Weight", 0.0f).enabled = false;
    add_output("NodeSocketShader", "BSSRDF");
  }
  std::string_view static_type() const override { return "SUBSURFACE_SCATTERING"; }
  void update(const NodeTree*, const Document*) override {
    if (falloff == SubsurfaceScatteringFalloff::Burley) {
      show({"Color", "Scale", "Radius", "Normal"}, {"BSSRDF"});
    } else {
      show({"Color", "Scale", "Radius", "IOR", "Anisotropy", "Normal"}, {"BSSRDF"});
    }
  }
  static const Schema& schema();
};

const Schema& SubsurfaceScatteringNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<SubsurfaceScatteringNode> s("ShaderNodeSubsurfaceScattering",
                                              "Subsurface Scattering", &ShaderNode::schema());
    s.add<&SubsurfaceScatteringNode::falloff>("falloff", "Method")
        .items({{"BURLEY", "Christensen-Burley", 3},
                {"RANDOM_WALK_FIXED_RADIUS", "Random Walk (Fixed Radius)", 4},
                {"RANDOM_WALK", "Random Walk", 5}})
        .default_value("BURLEY")
        .changes(Change::Shading);
    s.set_tag("ShaderNodeSubsurfaceScattering");
    return s.build();
  }();
  return schema;
}

}  // namespace

void register_subsurface_scattering(ShaderNodeList& nodes) {
  nodes.add<SubsurfaceScatteringNode>(nullptr);
}

}  // namespace kiln::render::shading
