#include "render/shading/compiler.h"
#include "render/shading/nodes/closure_node.h"
#include "render/shading/nodes/shader_node.h"
#include "render/shading/sampling.h"

namespace kiln::render::shading {
namespace {

enum class TangentDirection : std::uint8_t { Radial, UvMap };
enum class TangentAxis : std::uint8_t { X, Y, Z };
struct TangentNode : NodeType<TangentNode, ShaderNode> {
  TangentDirection direction_type = TangentDirection::Radial;
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
        .never_none()
        .not_animatable()
        .changes(Change::Shading);
    s.set_tag("ShaderNodeTangent");
    return s.build();
  }();
  return schema;
}

struct Settings {
  bool is_radial = true;
  int axis = 2;
  std::string uv_map;
};

void kernel(const KernelCall& call) {
  const auto& s = call.get<Settings>();
  Lane3 tangents;
  Lane signs;
  if (s.is_radial) {
    call.batch.geometry->radial_tangent(call.batch, s.axis, tangents);
  } else {
    call.batch.geometry->tangent(call.batch, s.uv_map, tangents, signs);
  }
  for (int i = 0; i < call.count; ++i) {
    // Across the shading normal.
    const float3 n = call.batch.normal.get(i), t = tangents.get(i);
    call.set3(0, i, normalize(t - n * dot(t, n)));
  }
}

void compile(NodeCompiler& node) {
  const std::string& axis = node.node().text("axis");
  Value3 out;
  node.emit(kernel, Purity::ReadsBatch, {}, {&out.x, &out.y, &out.z},
            std::make_shared<Settings>(Settings{node.node().text("direction_type") != "UV_MAP",
                                                axis == "X"   ? 0
                                                : axis == "Y" ? 1
                                                              : 2,
                                                node.node().text("uv_map")}));
  node.set_output(0, out);
}

}  // namespace

void register_tangent(ShaderNodeList& nodes) {
  nodes.add<TangentNode>(compile);
}

}  // namespace kiln::render::shading
