#include "render/shading/compiler.h"
#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

struct LightPathNode : NodeType<LightPathNode, ShaderNode> {
  LightPathNode() {
    add_output("NodeSocketFloat", "Is Camera Ray");
    add_output("NodeSocketFloat", "Is Shadow Ray");
    add_output("NodeSocketFloat", "Is Diffuse Ray");
    add_output("NodeSocketFloat", "Is Glossy Ray");
    add_output("NodeSocketFloat", "Is Singular Ray");
    add_output("NodeSocketFloat", "Is Reflection Ray");
    add_output("NodeSocketFloat", "Is Transmission Ray");
    add_output("NodeSocketFloat", "Ray Length");
    add_output("NodeSocketFloat", "Ray Depth");
    add_output("NodeSocketFloat", "Diffuse Depth");
    add_output("NodeSocketFloat", "Glossy Depth");
    add_output("NodeSocketFloat", "Transparent Depth");
    add_output("NodeSocketFloat", "Transmission Depth");
  }
  std::string_view static_type() const override { return "LIGHT_PATH"; }
  static const Schema& schema();
};

const Schema& LightPathNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<LightPathNode> s("ShaderNodeLightPath", "Light Path", &ShaderNode::schema());
    s.set_tag("ShaderNodeLightPath");
    return s.build();
  }();
  return schema;
}

template <std::uint32_t flag>
void flag_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.out(0)[i] = call.batch.ray_flags[i] & flag ? 1.0f : 0.0f;
  }
}

template <Lane ShadingBatch::*field>
void field_kernel(const KernelCall& call) {
  std::copy_n((call.batch.*field).v, call.count, call.out(0));
}

void compile(NodeCompiler& node) {
  const auto set = [&](const char* output, Kernel kernel) {
    const int socket = node.find_output(output);
    if (node.wants_output(socket)) {
      Scalar value;
      node.emit(kernel, Purity::ReadsBatch, {}, {&value});
      node.set_output(socket, value);
    }
  };
  set("Is Camera Ray", flag_kernel<ray_camera>);
  set("Is Shadow Ray", flag_kernel<ray_shadow>);
  set("Is Diffuse Ray", flag_kernel<ray_diffuse>);
  set("Is Glossy Ray", flag_kernel<ray_glossy>);
  set("Is Singular Ray", flag_kernel<ray_singular>);
  set("Is Reflection Ray", flag_kernel<ray_reflection>);
  set("Is Transmission Ray", flag_kernel<ray_transmission>);
  set("Ray Length", field_kernel<&ShadingBatch::ray_length>);
  set("Ray Depth", field_kernel<&ShadingBatch::ray_depth>);
  set("Diffuse Depth", field_kernel<&ShadingBatch::diffuse_depth>);
  set("Glossy Depth", field_kernel<&ShadingBatch::glossy_depth>);
  set("Transmission Depth", field_kernel<&ShadingBatch::transmission_depth>);
  set("Transparent Depth", field_kernel<&ShadingBatch::transparent_depth>);
}

}  // namespace

void register_light_path(ShaderNodeList& nodes) {
  nodes.add<LightPathNode>(compile);
}

}  // namespace kiln::render::shading
