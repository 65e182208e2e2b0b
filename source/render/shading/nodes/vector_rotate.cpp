#include "render/shading/compiler.h"
#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

enum class VectorRotateRotationType : std::uint8_t { AxisAngle, XAxis, YAxis, ZAxis, EulerXyz };
struct VectorRotateNode : NodeType<VectorRotateNode, ShaderNode> {
  VectorRotateRotationType rotation_type = VectorRotateRotationType::AxisAngle;
  bool invert = false;

  VectorRotateNode() {
    add_vector("Vector", {}, 0.0f, 1.0f).hide_value = true;
    add_vector("Center");
    add_vector("Axis", {0.0f, 0.0f, 1.0f}, -1.0f, 1.0f);
    add_float("Angle", 0.0f, -10000.0f, 10000.0f, "NodeSocketFloatAngle");
    add_vector("Rotation", {}, -10000.0f, 10000.0f, "NodeSocketVectorEuler").enabled = false;
    add_output("NodeSocketVector", "Vector");
  }
  std::string_view static_type() const override { return "VECTOR_ROTATE"; }
  void update(const NodeTree*, const Document*) override {
    if (rotation_type == VectorRotateRotationType::AxisAngle) {
      show({"Vector", "Center", "Axis", "Angle"}, {"Vector"});
    } else if (rotation_type == VectorRotateRotationType::EulerXyz) {
      show({"Vector", "Center", "Rotation"}, {"Vector"});
    } else {
      show({"Vector", "Center", "Angle"}, {"Vector"});
    }
  }
  static const Schema& schema();
};

const Schema& VectorRotateNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<VectorRotateNode> s("ShaderNodeVectorRotate", "Vector Rotate",
                                      &ShaderNode::schema());
    s.add<&VectorRotateNode::rotation_type>("rotation_type", "Type")
        .items({{"AXIS_ANGLE", "Axis Angle", 0},
                {"X_AXIS", "X Axis", 1},
                {"Y_AXIS", "Y Axis", 2},
                {"Z_AXIS", "Z Axis", 3},
                {"EULER_XYZ", "Euler", 4}})
        .changes(Change::Shading | Change::Geometry);
    s.add<&VectorRotateNode::invert>("invert", "Invert")
        .changes(Change::Shading | Change::Geometry);
    s.set_tag("ShaderNodeVectorRotate");
    return s.build();
  }();
  return schema;
}

enum class Kind : std::uint8_t { Axis, X, Y, Z, Euler };
struct Settings {
  Kind kind = Kind::Axis;
  bool is_inverted = false;
};
enum Input { in_vector, in_center = 3, in_axis = 6, in_angle = 9, in_rotation };

void kernel(const KernelCall& call) {
  const Settings& s = call.get<Settings>();
  for (int i = 0; i < call.count; ++i) {
    const float3 center = call.in3(in_center, i), v = call.in3(in_vector, i) - center;
    float3x3 turn;
    if (s.kind == Kind::Euler) {
      turn = euler_to_matrix(call.in3(in_rotation, i));
      if (s.is_inverted) {
        turn = transpose(turn);
      }
    } else {
      const float3 axis = s.kind == Kind::X   ? float3{1, 0, 0}
                          : s.kind == Kind::Y ? float3{0, 1, 0}
                          : s.kind == Kind::Z ? float3{0, 0, 1}
                                              : call.in3(in_axis, i);
      const float angle = call.in(in_angle)[i];
      turn = quaternion_to_matrix(axis_angle_to_quaternion(axis, s.is_inverted ? -angle : angle));
    }
    call.set3(0, i, turn * v + center);
  }
}

void compile(NodeCompiler& node) {
  const std::string& type = node.node().text("rotation_type");
  const Kind kind = type == "X_AXIS"      ? Kind::X
                    : type == "Y_AXIS"    ? Kind::Y
                    : type == "Z_AXIS"    ? Kind::Z
                    : type == "EULER_XYZ" ? Kind::Euler
                                          : Kind::Axis;
  Value3 out;
  node.emit(kernel, Purity::Pure,
            inputs_of({node.input3("Vector"), node.input3("Center"), node.input3("Axis"),
                       node.input("Angle"), node.input3("Rotation")}),
            {&out.x, &out.y, &out.z},
            std::make_shared<Settings>(Settings{kind, node.node().flag("invert")}));
  node.set_output(0, out);
}

}  // namespace

void register_vector_rotate(ShaderNodeList& nodes) {
  nodes.add<VectorRotateNode>(compile);
}

}  // namespace kiln::render::shading
