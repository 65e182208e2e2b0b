#include "render/shading/compiler.h"
#include "render/shading/nodes/closure_node.h"
#include "render/shading/nodes/shader_node.h"
#include "render/shading/sampling.h"

namespace kiln::render::shading {
namespace {

struct LightFalloffNode : NodeType<LightFalloffNode, ShaderNode> {
  LightFalloffNode() {
    width = 150.0f;
    add_float("Strength", 100.0f, 0.0f, 1000000.0f);
    add_float("Smooth", 0.0f, 0.0f, 1000.0f);
    add_output("NodeSocketFloat", "Quadratic");
    add_output("NodeSocketFloat", "Linear");
    add_output("NodeSocketFloat", "Constant");
  }
  std::string_view static_type() const override { return "LIGHT_FALLOFF"; }
  static const Schema& schema();
};

const Schema& LightFalloffNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<LightFalloffNode> s("ShaderNodeLightFalloff", "Light Falloff",
                                      &ShaderNode::schema());
    s.set_tag("ShaderNodeLightFalloff");
    return s.build();
  }();
  return schema;
}

/// Light falls off with the square of the distance by itself; the other outputs make up for it.
void kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    const float smooth = call.in(1)[i], distance = call.batch.ray_length.v[i];
    const float square_distance = distance * distance;
    float strength = call.in(0)[i];
    if (smooth > 0.0f) {
      strength *= square_distance / (smooth + square_distance);
    }
    call.out(0)[i] = strength;
    call.out(1)[i] = strength * distance;
    call.out(2)[i] = strength * square_distance;
  }
}

void compile(NodeCompiler& node) {
  Scalar quadratic, linear, constant_one;
  node.emit(kernel, Purity::ReadsBatch, {node.input("Strength"), node.input("Smooth")},
            {&quadratic, &linear, &constant_one});
  node.set_output(0, quadratic);
  node.set_output(1, linear);
  node.set_output(2, constant_one);
}

}  // namespace

void register_light_falloff(ShaderNodeList& nodes) {
  nodes.add<LightFalloffNode>(compile);
}

}  // namespace kiln::render::shading
