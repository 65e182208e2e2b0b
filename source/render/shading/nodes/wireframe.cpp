#include "render/shading/compiler.h"
#include "render/shading/nodes/closure_node.h"
#include "render/shading/nodes/shader_node.h"
#include "render/shading/sampling.h"

namespace kiln::render::shading {
namespace {

struct WireframeNode : NodeType<WireframeNode, ShaderNode> {
  bool use_pixel_size = false;

  WireframeNode() {
    add_float("Size", 0.01f, 0.0f, 100.0f);
    add_output("NodeSocketFloat", "Fac");
  }
  std::string_view static_type() const override { return "WIREFRAME"; }
  static const Schema& schema();
};

const Schema& WireframeNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<WireframeNode> s("ShaderNodeWireframe", "Wireframe", &ShaderNode::schema());
    s.add<&WireframeNode::use_pixel_size>("use_pixel_size", "Pixel Size").changes(Change::Shading);
    s.set_tag("ShaderNodeWireframe");
    return s.build();
  }();
  return schema;
}

/// 1 where an edge of the triangle is nearer than half the size, else 0.
void kernel(const KernelCall& call) {
  const bool is_in_pixels = call.get<bool>();
  for (int i = 0; i < call.count; ++i) {
    float half = 0.5f * call.in(0)[i];
    if (is_in_pixels) {
      half *= 2.0f * call.batch.footprint.v[i];
    }
    float3 corners[3];
    call.batch.geometry->corners(call.batch, i, corners);
    const float3 p = call.batch.position.get(i);
    float result = 0.0f;
    for (int k = 0; k < 3; ++k) {
      const float3 edge = corners[(k + 1) % 3] - corners[k];
      const float3 off = cross(edge, p - corners[k]);
      if (dot(off, off) < dot(edge, edge) * half * half) {
        result = 1.0f;
      }
    }
    call.out(0)[i] = result;
  }
}

void compile(NodeCompiler& node) {
  Scalar out;
  node.emit(kernel, Purity::ReadsBatch, {node.input("Size")}, {&out},
            std::make_shared<bool>(node.node().flag("use_pixel_size")));
  node.set_output(0, out);
}

}  // namespace

void register_wireframe(ShaderNodeList& nodes) {
  nodes.add<WireframeNode>(compile);
}

}  // namespace kiln::render::shading
