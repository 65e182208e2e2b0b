#include "render/shading/nodes/closure_node.h"
#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

struct FresnelNode : NodeType<FresnelNode, ShaderNode> {
  FresnelNode() {
    add_float("IOR", 1.45f, 0.0f, 1000.0f);
    add_vector("Normal").hide_value = true;
    add_output("NodeSocketFloat", "Fac");
  }
  std::string_view static_type() const override { return "FRESNEL"; }
  static const Schema& schema();
};

const Schema& FresnelNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<FresnelNode> s("ShaderNodeFresnel", "Fresnel", &ShaderNode::schema());
    s.set_tag("ShaderNodeFresnel");
    return s.build();
  }();
  return schema;
}

struct LayerWeightNode : NodeType<LayerWeightNode, ShaderNode> {
  LayerWeightNode() {
    add_float("Blend", 0.5f, 0.0f, 1.0f);
    add_vector("Normal").hide_value = true;
    add_output("NodeSocketFloat", "Fresnel");
    add_output("NodeSocketFloat", "Facing");
  }
  std::string_view static_type() const override { return "LAYER_WEIGHT"; }
  static const Schema& schema();
};

const Schema& LayerWeightNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<LayerWeightNode> s("ShaderNodeLayerWeight", "Layer Weight",
                                     &ShaderNode::schema());
    s.set_tag("ShaderNodeLayerWeight");
    return s.build();
  }();
  return schema;
}

enum Input { in_value, in_normal };

void fresnel_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    float ior = std::max(call.in(in_value)[i], 1e-5f);
    if (call.batch.is_backfacing[i]) {
      ior = 1.0f / ior;
    }
    call.out(0)[i] =
        fresnel_dielectric(dot(call.batch.incoming.get(i), call.in3(in_normal, i)), ior);
  }
}

void layer_weight_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    const float blend = call.in(in_value)[i];
    const float cos_angle = dot(call.batch.incoming.get(i), call.in3(in_normal, i));
    float ior = std::max(1.0f - blend, 1e-5f);
    ior = call.batch.is_backfacing[i] ? ior : 1.0f / ior;
    call.out(0)[i] = fresnel_dielectric(cos_angle, ior);
    float facing = std::abs(cos_angle);
    if (blend != 0.5f) {
      const float b = std::clamp(blend, 0.0f, 1.0f - 1e-5f);
      facing = std::pow(facing, b < 0.5f ? 2.0f * b : 0.5f / (1.0f - b));
    }
    call.out(1)[i] = 1.0f - facing;
  }
}

void compile_fresnel(NodeCompiler& node) {
  Scalar value;
  node.emit(fresnel_kernel, Purity::ReadsBatch, inputs_of({node.input("IOR"), normal_input(node)}),
            {&value});
  node.set_output(0, value);
}

void compile_layer_weight(NodeCompiler& node) {
  Scalar fresnel, facing;
  node.emit(layer_weight_kernel, Purity::ReadsBatch,
            inputs_of({node.input("Blend"), normal_input(node)}), {&fresnel, &facing});
  node.set_output(node.find_output("Fresnel"), fresnel);
  node.set_output(node.find_output("Facing"), facing);
}

}  // namespace

void register_fresnel(ShaderNodeList& nodes) {
  nodes.add<FresnelNode>(compile_fresnel);
  nodes.add<LayerWeightNode>(compile_layer_weight);
}

}  // namespace kiln::render::shading
