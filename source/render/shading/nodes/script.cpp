#include "document/text.h"
#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

enum class ScriptMode : std::uint8_t { Internal, External };
struct ScriptNode : NodeType<ScriptNode, ShaderNode> {
  BlockRef<Text> script;
  std::string filepath;
  ScriptMode mode = ScriptMode::Internal;
  bool use_auto_update = false;
  std::string bytecode;
  std::string bytecode_hash;
  std::string_view static_type() const override { return "SCRIPT"; }
  static const Schema& schema();
};

const Schema& ScriptNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<ScriptNode> s("ShaderNodeScript", "Script", &ShaderNode::schema());
    s.add<&ScriptNode::script>("script", "Script")
        .not_animatable()
        .overridable()
        .changes(Change::Shading | Change::Hierarchy);
    s.add<&ScriptNode::filepath>("filepath", "File Path")
        .subtype(Subtype::FilePath)
        .max_bytes(1024)
        .not_animatable()
        .never_none()
        .changes(Change::Shading);
    s.add<&ScriptNode::mode>("mode", "Script Source")
        .items({{"INTERNAL", "Internal", 0}, {"EXTERNAL", "External", 1}})
        .changes(Change::Shading);
    s.add<&ScriptNode::use_auto_update>("use_auto_update", "Auto Update").changes(Change::Shading);
    s.add<&ScriptNode::bytecode>("bytecode", "Bytecode")
        .not_animatable()
        .never_none()
        .changes(Change::Shading);
    s.add<&ScriptNode::bytecode_hash>("bytecode_hash", "Bytecode Hash")
        .max_bytes(64)
        .not_animatable()
        .never_none()
        .changes(Change::Shading);
    s.set_tag("ShaderNodeScript");
    return s.build();
  }();
  return schema;
}

}  // namespace

void register_script(ShaderNodeList& nodes) {
  nodes.add<ScriptNode>(nullptr);
}

}  // namespace kiln::render::shading
