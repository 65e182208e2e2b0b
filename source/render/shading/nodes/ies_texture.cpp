#include "document/text.h"
#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

enum class TexIESMode : std::uint8_t { Internal, External };
struct TexIESNode : NodeType<TexIESNode, ShaderNode> {
  BlockRef<Text> ies;
  std::string filepath;
  TexIESMode mode = TexIESMode::Internal;

  TexIESNode() {
    add_vector("Vector").hide_value = true;
    add_float("Strength", 1.0f, 0.0f, 1000000.0f);
    add_output("NodeSocketFloat", "Fac");
  }
  std::string_view static_type() const override { return "TEX_IES"; }
  static const Schema& schema();
};

const Schema& TexIESNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<TexIESNode> s("ShaderNodeTexIES", "IES Texture", &ShaderNode::schema());
    s.add<&TexIESNode::ies>("ies", "IES Text")
        .not_animatable()
        .overridable()
        .changes(Change::Shading | Change::Hierarchy);
    s.add<&TexIESNode::filepath>("filepath", "File Path")
        .subtype(Subtype::FilePath)
        .max_bytes(1024)
        .not_animatable()
        .never_none()
        .changes(Change::Shading);
    s.add<&TexIESNode::mode>("mode", "Source")
        .items({{"INTERNAL", "Internal", 0}, {"EXTERNAL", "External", 1}})
        .changes(Change::Shading);
    s.set_tag("ShaderNodeTexIES");
    return s.build();
  }();
  return schema;
}

}  // namespace

void register_ies_texture(ShaderNodeList& nodes) {
  nodes.add<TexIESNode>(nullptr);
}

}  // namespace kiln::render::shading
