#include "render/shading/compiler.h"
#include "render/shading/nodes/closure_node.h"
#include "render/shading/nodes/shader_node.h"
#include "render/shading/sampling.h"

namespace kiln::render::shading {
namespace {

enum class DisplacementSpace : std::uint8_t { Object, World };
struct DisplacementNode : NodeType<DisplacementNode, ShaderNode> {
  DisplacementSpace space = DisplacementSpace::Object;

  DisplacementNode() {
    add_float("Height", 0.0f, 0.0f, 1000.0f);
    add_float("Midlevel", 0.5f, 0.0f, 1000.0f);
    add_float("Scale", 1.0f, 0.0f, 1000.0f);
    add_vector("Normal").hide_value = true;
    add_output("NodeSocketVector", "Displacement");
  }
  std::string_view static_type() const override { return "DISPLACEMENT"; }
  static const Schema& schema();
};

const Schema& DisplacementNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<DisplacementNode> s("ShaderNodeDisplacement", "Displacement",
                                      &ShaderNode::schema());
    s.add<&DisplacementNode::space>("space", "Space")
        .items({{"OBJECT", "Object Space", 0}, {"WORLD", "World Space", 1}})
        .changes(Change::Shading);
    s.set_tag("ShaderNodeDisplacement");
    return s.build();
  }();
  return schema;
}

enum class VectorSpace : std::uint8_t { Tangent, Object, World };
struct VectorDisplacementNode : NodeType<VectorDisplacementNode, ShaderNode> {
  VectorSpace space = VectorSpace::Tangent;

  VectorDisplacementNode() {
    add_color("Vector", {0.0f, 0.0f, 0.0f, 0.0f}).hide_value = true;
    add_float("Midlevel", 0.0f, 0.0f, 1000.0f);
    add_float("Scale", 1.0f, 0.0f, 1000.0f);
    add_output("NodeSocketVector", "Displacement");
  }
  std::string_view static_type() const override { return "VECTOR_DISPLACEMENT"; }
  static const Schema& schema();
};

const Schema& VectorDisplacementNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<VectorDisplacementNode> s("ShaderNodeVectorDisplacement", "Vector Displacement",
                                            &ShaderNode::schema());
    s.add<&VectorDisplacementNode::space>("space", "Space")
        .items({{"TANGENT", "Tangent Space", 0},
                {"OBJECT", "Object Space", 1},
                {"WORLD", "World Space", 2}})
        .changes(Change::Shading);
    s.set_tag("ShaderNodeVectorDisplacement");
    return s.build();
  }();
  return schema;
}

struct Settings {
  bool is_object_space = true;
  bool has_normal = false;
};

/// Inputs: height, midlevel, scale, normal. The offset is a world space vector.
void displacement_kernel(const KernelCall& call) {
  const auto& s = call.get<Settings>();
  for (int i = 0; i < call.count; ++i) {
    // Outward, whichever side is seen.
    const float side = call.batch.is_backfacing[i] ? -1.0f : 1.0f;
    const float3 normal = s.has_normal ? call.in3(3, i) : call.batch.normal.get(i) * side;
    const float amount = (call.in(0)[i] - call.in(1)[i]) * call.in(2)[i];
    if (!s.is_object_space) {
      call.set3(0, i, normal * amount);
      continue;
    }
    const float4x4 to_world = call.batch.geometry->object_to_world(call.batch, i);
    const float3 local = normalize(transform_normal(to_world, normal));
    call.set3(0, i, transform_direction(to_world, local * amount));
  }
}

void compile_displacement(NodeCompiler& node) {
  const bool has_normal = node.is_linked("Normal");
  Value3 out;
  node.emit(displacement_kernel, Purity::ReadsBatch,
            inputs_of({node.input("Height"), node.input("Midlevel"), node.input("Scale"),
                       has_normal ? node.input3("Normal") : constant(float3{})}),
            {&out.x, &out.y, &out.z},
            std::make_shared<Settings>(Settings{node.node().text("space") != "WORLD", has_normal}));
  node.set_output(0, out);
}

/// Inputs: vector, midlevel, scale.
void vector_kernel(const KernelCall& call) {
  const auto space = call.get<VectorSpace>();
  Lane3 tangents;
  Lane signs;
  if (space == VectorSpace::Tangent) {
    call.batch.geometry->tangent(call.batch, "", tangents, signs);
  }
  for (int i = 0; i < call.count; ++i) {
    const float middle = call.in(3)[i];
    float3 offset = (call.in3(0, i) - float3{middle, middle, middle}) * call.in(4)[i];
    if (space == VectorSpace::World) {
      call.set3(0, i, offset);
      continue;
    }
    const float4x4 to_world = call.batch.geometry->object_to_world(call.batch, i);
    if (space == VectorSpace::Tangent) {
      const float side = call.batch.is_backfacing[i] ? -1.0f : 1.0f;
      const float3 normal = normalize(transform_normal(to_world, call.batch.normal.get(i) * side));
      const float4x4 to_object = call.batch.geometry->world_to_object(call.batch, i);
      const float3 tangent = normalize(transform_direction(to_object, tangents.get(i)));
      const float3 bitangent = normalize(cross(normal, tangent)) * signs.v[i];
      offset = tangent * offset.x + normal * offset.y + bitangent * offset.z;
    }
    call.set3(0, i, transform_direction(to_world, offset));
  }
}

void compile_vector(NodeCompiler& node) {
  const std::string& space = node.node().text("space");
  Value3 out;
  node.emit(vector_kernel, Purity::ReadsBatch,
            inputs_of({node.input3("Vector"), node.input("Midlevel"), node.input("Scale")}),
            {&out.x, &out.y, &out.z},
            std::make_shared<VectorSpace>(space == "WORLD"    ? VectorSpace::World
                                          : space == "OBJECT" ? VectorSpace::Object
                                                              : VectorSpace::Tangent));
  node.set_output(0, out);
}

}  // namespace

void register_displacement(ShaderNodeList& nodes) {
  nodes.add<DisplacementNode>(compile_displacement);
  nodes.add<VectorDisplacementNode>(compile_vector);
}

}  // namespace kiln::render::shading
