#include "render/shading/compiler.h"
#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

struct CameraDataNode : NodeType<CameraDataNode, ShaderNode> {
  CameraDataNode() {
    add_output("NodeSocketVector", "View Vector");
    add_output("NodeSocketFloat", "View Z Depth");
    add_output("NodeSocketFloat", "View Distance");
  }
  std::string_view static_type() const override { return "CAMERA"; }
  static const Schema& schema();
};

const Schema& CameraDataNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<CameraDataNode> s("ShaderNodeCameraData", "Camera Data", &ShaderNode::schema());
    s.set_tag("ShaderNodeCameraData");
    return s.build();
  }();
  return schema;
}

void kernel(const KernelCall& call) {
  const float4x4 to_camera = call.batch.geometry->world_to_camera();
  for (int i = 0; i < call.count; ++i) {
    float3 p = transform_point(to_camera, call.batch.position.get(i));
    p.z = -p.z;
    call.set3(0, i, normalize(p));
    call.out(3)[i] = p.z;
    call.out(4)[i] = length(p);
  }
}

void compile(NodeCompiler& node) {
  Value3 direction;
  Scalar depth, reach;
  node.emit(kernel, Purity::ReadsBatch, {},
            {&direction.x, &direction.y, &direction.z, &depth, &reach});
  node.set_output(0, direction);
  node.set_output(1, depth);
  node.set_output(2, reach);
}

}  // namespace

void register_camera_data(ShaderNodeList& nodes) {
  nodes.add<CameraDataNode>(compile);
}

}  // namespace kiln::render::shading
