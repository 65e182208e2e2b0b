#include "render/shading/compiler.h"

namespace kiln::render::shading {
namespace {

void compile_value(NodeCompiler& node) {
  node.set_output(0, constant(node.node().outputs[0].value.x));
}
void compile_rgb(NodeCompiler& node) {
  node.set_output(0, constant(xyz(node.node().outputs[0].value)));
}

}  // namespace

void register_constants(NodeRegistry& registry) {
  registry.add("ShaderNodeValue", compile_value);
  registry.add("ShaderNodeRGB", compile_rgb);
}

}  // namespace kiln::render::shading
