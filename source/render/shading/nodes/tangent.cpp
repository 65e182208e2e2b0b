#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

enum class TangentDirectionType : std::uint8_t { Radial, UvMap };
enum class TangentAxis : std::uint8_t { X, Y, Z };
struct TangentNode : NodeType<TangentNode, ShaderNode> {
  TangentDirectionType direction_type = TangentDirectionType::Radial;
  TangentAxis axis = TangentAxis::Z;
  std::string uv_map;

  TangentNode() {
    width = 150.0f;
    add_output("NodeSocketVector", "Tangent");
  }
  std::string_view static_type() const override { return "TANGENT"; }
  static const Schema& schema();
};

const Schema& TangentNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<TangentNode> s("ShaderNodeTangent", "Tangent", &ShaderNode::schema());
    s.add<&TangentNode::direction_type>("direction_type", "Direction")
        .items({{"RADIAL", "Radial", 0}, {"UV_MAP", "UV Map", 1}})
        .changes(Change::Shading);
    s.add<&TangentNode::axis>("axis", "Axis")
        .items({{"X", "X", 0}, {"Y", "Y", 1}, {"Z", "Z", 2}})
        .default_value("X")
        .changes(Change::Shading);
    s.add<&TangentNode::uv_map>("uv_map", "UV Map")
        .max_bytes(64)
        .not_animatable()
        .never_none()
        .changes(Change::Shading);
    s.set_tag("ShaderNodeTangent");
    return s.build();
  }();
  return schema;
}

}  // namespace

void register_tangent(ShaderNodeList& nodes) {
  nodes.add<TangentNode>(nullptr);
}

}  // namespace kiln::render::shading
