#include "render/shading/compiler.h"
#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

enum class VectorTransformVectorType : std::uint8_t { Vector, Point, Normal };
enum class VectorTransformConvertFrom : std::uint8_t { World, Object, Camera };
enum class VectorTransformConvertTo : std::uint8_t { World, Object, Camera };
struct VectorTransformNode : NodeType<VectorTransformNode, ShaderNode> {
  VectorTransformVectorType vector_type = VectorTransformVectorType::Vector;
  VectorTransformConvertFrom convert_from = VectorTransformConvertFrom::World;
  VectorTransformConvertTo convert_to = VectorTransformConvertTo::Object;

  VectorTransformNode() {
    add_vector("Vector", {0.5f, 0.5f, 0.5f});
    add_output("NodeSocketVector", "Vector");
  }
  std::string_view static_type() const override { return "VECT_TRANSFORM"; }
  static const Schema& schema();
};

const Schema& VectorTransformNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<VectorTransformNode> s("ShaderNodeVectorTransform", "Vector Transform",
                                         &ShaderNode::schema());
    s.add<&VectorTransformNode::vector_type>("vector_type", "Type")
        .items({{"POINT", "Point", 1}, {"VECTOR", "Vector", 0}, {"NORMAL", "Normal", 2}})
        .changes(Change::Shading);
    s.add<&VectorTransformNode::convert_from>("convert_from", "Convert From")
        .items({{"WORLD", "World", 0}, {"OBJECT", "Object", 1}, {"CAMERA", "Camera", 2}})
        .changes(Change::Shading);
    s.add<&VectorTransformNode::convert_to>("convert_to", "Convert To")
        .items({{"WORLD", "World", 0}, {"OBJECT", "Object", 1}, {"CAMERA", "Camera", 2}})
        .default_value("WORLD")
        .changes(Change::Shading);
    s.set_tag("ShaderNodeVectorTransform");
    return s.build();
  }();
  return schema;
}

enum class Kind : std::uint8_t { Point, Vector, Normal };
enum class Space : std::uint8_t { World, Object, Camera };
struct Settings {
  Kind kind = Kind::Vector;
  Space from = Space::World, to = Space::Object;
};

float4x4 to_world(const ShadingBatch& batch, int lane, Space space) {
  return space == Space::Object ? batch.geometry->object_to_world(batch, lane)
         : space == Space::Camera
             ? inverse(batch.geometry->world_to_camera()) * scale_matrix({1, 1, -1})
             : float4x4{};
}
float4x4 from_world(const ShadingBatch& batch, int lane, Space space) {
  return space == Space::Object   ? batch.geometry->world_to_object(batch, lane)
         : space == Space::Camera ? scale_matrix({1, 1, -1}) * batch.geometry->world_to_camera()
                                  : float4x4{};
}

void kernel(const KernelCall& call) {
  const Settings& s = call.get<Settings>();
  for (int i = 0; i < call.count; ++i) {
    const float4x4 m = from_world(call.batch, i, s.to) * to_world(call.batch, i, s.from);
    const float3 v = call.in3(0, i);
    if (s.kind == Kind::Normal) {
      const float4x4 back = from_world(call.batch, i, s.from) * to_world(call.batch, i, s.to);
      call.set3(0, i, normalize(transform_normal(back, v)));
    } else {
      call.set3(0, i, s.kind == Kind::Point ? transform_point(m, v) : transform_direction(m, v));
    }
  }
}

void compile(NodeCompiler& node) {
  const auto space_of = [](const std::string& name) {
    return name == "OBJECT" ? Space::Object : name == "CAMERA" ? Space::Camera : Space::World;
  };
  const GraphNode& n = node.node();
  const std::string& type = n.text("vector_type");
  const Settings settings{type == "POINT"    ? Kind::Point
                          : type == "NORMAL" ? Kind::Normal
                                             : Kind::Vector,
                          space_of(n.text("convert_from")), space_of(n.text("convert_to"))};
  const Value3 in = node.input3(0);
  Value3 out;
  node.emit(kernel, Purity::ReadsBatch, {in.x, in.y, in.z}, {&out.x, &out.y, &out.z},
            std::make_shared<Settings>(settings));
  node.set_output(0, out);
}

}  // namespace

void register_vector_transform(ShaderNodeList& nodes) {
  nodes.add<VectorTransformNode>(compile);
}

}  // namespace kiln::render::shading
