#include "render/shading/nodes/closure_node.h"
#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

struct NewGeometryNode : NodeType<NewGeometryNode, ShaderNode> {
  NewGeometryNode() {
    add_output("NodeSocketVector", "Position");
    add_output("NodeSocketVector", "Normal");
    add_output("NodeSocketVector", "Tangent");
    add_output("NodeSocketVector", "True Normal");
    add_output("NodeSocketVector", "Incoming");
    add_output("NodeSocketVector", "Parametric");
    add_output("NodeSocketFloat", "Backfacing");
    add_output("NodeSocketFloat", "Pointiness");
    add_output("NodeSocketFloat", "Random Per Island");
  }
  std::string_view static_type() const override { return "NEW_GEOMETRY"; }
  static const Schema& schema();
};

const Schema& NewGeometryNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<NewGeometryNode> s("ShaderNodeNewGeometry", "Geometry", &ShaderNode::schema());
    s.set_tag("ShaderNodeNewGeometry");
    return s.build();
  }();
  return schema;
}

void position_kernel(const KernelCall& call) {
  const Shift shift = call.get<Shift>();
  for (int i = 0; i < call.count; ++i) {
    float3 p = call.batch.position.get(i);
    if (shift != Shift::None && !call.batch.is_background) {
      float3 right, up;
      make_basis(call.batch.geometric_normal.get(i), right, up);
      p += (shift == Shift::X ? right : up) * call.batch.footprint.v[i];
    }
    call.set3(0, i, p);
  }
}

template <Lane3 ShadingBatch::*field>
void field_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.set3(0, i, (call.batch.*field).get(i));
  }
}

void parametric_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    const float u = call.batch.u.v[i], v = call.batch.v.v[i];
    call.set3(0, i, {1.0f - u - v, u, 0.0f});
  }
}

void backfacing_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.out(0)[i] = call.batch.is_backfacing[i] ? 1.0f : 0.0f;
  }
}

void compile(NodeCompiler& node) {
  const auto set = [&](const char* output, Kernel kernel,
                       std::shared_ptr<const void> settings = nullptr) {
    const int socket = node.find_output(output);
    if (node.wants_output(socket)) {
      Value3 value;
      node.emit(kernel, Purity::ReadsBatch, {}, {&value.x, &value.y, &value.z},
                std::move(settings));
      node.set_output(socket, value);
    }
  };
  set("Position", position_kernel, std::make_shared<Shift>(node.shift()));
  set("Normal", field_kernel<&ShadingBatch::normal>);
  set("True Normal", field_kernel<&ShadingBatch::geometric_normal>);
  set("Incoming", field_kernel<&ShadingBatch::incoming>);
  set("Parametric", parametric_kernel);
  if (const int socket = node.find_output("Tangent"); node.wants_output(socket)) {
    node.set_output(socket, tangent_input(node, ""));
  }
  if (const int socket = node.find_output("Backfacing"); node.wants_output(socket)) {
    Scalar value;
    node.emit(backfacing_kernel, Purity::ReadsBatch, {}, {&value});
    node.set_output(socket, value);
  }
}

}  // namespace

void register_geometry(ShaderNodeList& nodes) {
  nodes.add<NewGeometryNode>(compile);
}

}  // namespace kiln::render::shading
