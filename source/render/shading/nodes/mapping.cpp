#include "render/shading/compiler.h"
#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

enum class MappingVectorType : std::uint8_t { Point, Texture, Vector, Normal };
struct MappingNode : NodeType<MappingNode, ShaderNode> {
  MappingVectorType vector_type = MappingVectorType::Point;

  MappingNode() {
    add_vector("Vector");
    add_vector("Location", {}, -10000.0f, 10000.0f, "NodeSocketVectorTranslation");
    add_vector("Rotation", {}, -10000.0f, 10000.0f, "NodeSocketVectorEuler");
    add_vector("Scale", {1.0f, 1.0f, 1.0f}, -10000.0f, 10000.0f, "NodeSocketVectorXYZ");
    add_output("NodeSocketVector", "Vector");
  }
  std::string_view static_type() const override { return "MAPPING"; }
  void update(const NodeTree*, const Document*) override {
    if ((vector_type == MappingVectorType::Point || vector_type == MappingVectorType::Texture)) {
      show({"Vector", "Location", "Rotation", "Scale"}, {"Vector"});
    } else {
      show({"Vector", "Rotation", "Scale"}, {"Vector"});
    }
  }
  static const Schema& schema();
};

const Schema& MappingNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<MappingNode> s("ShaderNodeMapping", "Mapping", &ShaderNode::schema());
    s.add<&MappingNode::vector_type>("vector_type", "Type")
        .items({{"POINT", "Point", 0},
                {"TEXTURE", "Texture", 1},
                {"VECTOR", "Vector", 2},
                {"NORMAL", "Normal", 3}})
        .changes(Change::Shading);
    s.set_tag("ShaderNodeMapping");
    return s.build();
  }();
  return schema;
}

enum class Kind : std::uint8_t { Point, Texture, Vector, Normal };
enum Input { in_vector, in_location = 3, in_rotation = 6, in_scale = 9 };

float3 divide(float3 a, float3 b) {
  return {b.x != 0.0f ? a.x / b.x : 0.0f, b.y != 0.0f ? a.y / b.y : 0.0f,
          b.z != 0.0f ? a.z / b.z : 0.0f};
}

void kernel(const KernelCall& call) {
  const Kind kind = call.get<Kind>();
  float3 last_rotation{1e30f, 0, 0};
  float3x3 turn;
  for (int i = 0; i < call.count; ++i) {
    const float3 v = call.in3(in_vector, i), location = call.in3(in_location, i),
                 scale = call.in3(in_scale, i);
    const float3 rotation = call.in3(in_rotation, i);
    if (!(rotation == last_rotation)) {
      turn = euler_to_matrix(rotation);
      last_rotation = rotation;
    }
    switch (kind) {
      case Kind::Point:
        call.set3(0, i, turn * (v * scale) + location);
        break;
      case Kind::Texture:
        call.set3(0, i, divide(transpose(turn) * (v - location), scale));
        break;
      case Kind::Vector:
        call.set3(0, i, turn * (v * scale));
        break;
      case Kind::Normal:
        call.set3(0, i, normalize(turn * divide(v, scale)));
        break;
    }
  }
}

void compile(NodeCompiler& node) {
  const std::string& type = node.node().text("vector_type");
  const Kind kind = type == "TEXTURE"  ? Kind::Texture
                    : type == "VECTOR" ? Kind::Vector
                    : type == "NORMAL" ? Kind::Normal
                                       : Kind::Point;
  Value3 out;
  node.emit(kernel, Purity::Pure,
            inputs_of({node.input3("Vector"), node.input3("Location"), node.input3("Rotation"),
                       node.input3("Scale")}),
            {&out.x, &out.y, &out.z}, std::make_shared<Kind>(kind));
  node.set_output(0, out);
}

}  // namespace

void register_mapping(ShaderNodeList& nodes) {
  nodes.add<MappingNode>(compile);
}

}  // namespace kiln::render::shading
