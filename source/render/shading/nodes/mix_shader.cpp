#include "render/shading/nodes/closure_node.h"

namespace kiln::render::shading {
namespace {

void compile_mix(NodeCompiler& node) {
  const Scalar factor = node.saturate(node.input(0));
  node.compile_shader(1, node.multiply(node.weight(), node.one_minus(factor)));
  node.compile_shader(2, node.multiply(node.weight(), factor));
}

void compile_add(NodeCompiler& node) {
  node.compile_shader(0, node.weight());
  node.compile_shader(1, node.weight());
}

}  // namespace

void register_mix_shader(NodeRegistry& registry) {
  registry.add("ShaderNodeMixShader", compile_mix);
  registry.add("ShaderNodeAddShader", compile_add);
}

}  // namespace kiln::render::shading
