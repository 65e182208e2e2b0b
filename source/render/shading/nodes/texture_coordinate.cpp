#include "document/object.h"
#include "render/shading/nodes/shader_node.h"
#include "render/shading/nodes/texture_node.h"
#include "render/shading/sampling.h"

namespace kiln::render::shading {
namespace {

struct TexCoordNode : NodeType<TexCoordNode, ShaderNode> {
  BlockRef<Object> object;
  bool from_instancer = false;

  TexCoordNode() {
    add_output("NodeSocketVector", "Generated");
    add_output("NodeSocketVector", "Normal");
    add_output("NodeSocketVector", "UV");
    add_output("NodeSocketVector", "Object");
    add_output("NodeSocketVector", "Camera");
    add_output("NodeSocketVector", "Window");
    add_output("NodeSocketVector", "Reflection");
  }
  std::string_view static_type() const override { return "TEX_COORD"; }
  static const Schema& schema();
};

const Schema& TexCoordNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<TexCoordNode> s("ShaderNodeTexCoord", "Texture Coordinate",
                                  &ShaderNode::schema());
    s.add<&TexCoordNode::object>("object", "Object")
        .not_animatable()
        .overridable()
        .changes(Change::Shading | Change::Hierarchy);
    s.add<&TexCoordNode::from_instancer>("from_instancer", "From Instancer")
        .changes(Change::Shading);
    s.set_tag("ShaderNodeTexCoord");
    return s.build();
  }();
  return schema;
}

struct UVMapNode : NodeType<UVMapNode, ShaderNode> {
  bool from_instancer = false;
  std::string uv_map;

  UVMapNode() {
    width = 150.0f;
    add_output("NodeSocketVector", "UV");
  }
  std::string_view static_type() const override { return "UVMAP"; }
  static const Schema& schema();
};

const Schema& UVMapNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<UVMapNode> s("ShaderNodeUVMap", "UV Map", &ShaderNode::schema());
    s.add<&UVMapNode::from_instancer>("from_instancer", "From Instancer").changes(Change::Shading);
    s.add<&UVMapNode::uv_map>("uv_map", "UV Map")
        .max_bytes(64)
        .not_animatable()
        .never_none()
        .changes(Change::Shading);
    s.set_tag("ShaderNodeUVMap");
    return s.build();
  }();
  return schema;
}

void normal_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    if (call.batch.is_background) {
      call.set3(0, i, call.batch.position.get(i));
      continue;
    }
    // In object space, on the side the surface has itself.
    const float3 n = call.batch.normal.get(i) * (call.batch.is_backfacing[i] ? -1.0f : 1.0f);
    call.set3(0, i,
              normalize(transform_normal(call.batch.geometry->object_to_world(call.batch, i), n)));
  }
}

void reflection_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    const float3 incoming = call.batch.incoming.get(i);
    call.set3(0, i,
              call.batch.is_background ? -incoming : reflect(incoming, call.batch.normal.get(i)));
  }
}

void compile(NodeCompiler& node) {
  const auto set = [&](const char* output, Kernel kernel) {
    const int socket = node.find_output(output);
    if (node.wants_output(socket)) {
      Value3 value;
      node.emit(kernel, Purity::ReadsBatch, {}, {&value.x, &value.y, &value.z});
      node.set_output(socket, value);
    }
  };
  const auto set_coordinates = [&](const char* output, CoordinateKind kind) {
    const int socket = node.find_output(output);
    if (node.wants_output(socket)) {
      node.set_output(socket, coordinates(node, kind));
    }
  };
  const bool from_instancer = node.node().flag("from_instancer");
  set_coordinates("Generated",
                  from_instancer ? CoordinateKind::InstancerGenerated : CoordinateKind::Generated);
  set_coordinates("Object", CoordinateKind::Object);
  set_coordinates("Camera", CoordinateKind::Camera);
  set_coordinates("Window", CoordinateKind::Window);
  set("Normal", normal_kernel);
  set("Reflection", reflection_kernel);
  if (const int socket = node.find_output("UV"); node.wants_output(socket)) {
    node.set_output(socket, from_instancer ? coordinates(node, CoordinateKind::InstancerUv)
                                           : attribute_value(node, ""));
  }
}

void compile_uv_map(NodeCompiler& node) {
  node.set_output(0, node.node().flag("from_instancer")
                         ? coordinates(node, CoordinateKind::InstancerUv)
                         : attribute_value(node, node.node().text("uv_map")));
}

}  // namespace

void register_texture_coordinate(ShaderNodeList& nodes) {
  nodes.add<TexCoordNode>(compile);
  nodes.add<UVMapNode>(compile_uv_map);
}

}  // namespace kiln::render::shading
