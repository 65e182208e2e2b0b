#include "render/shading/nodes/texture_node.h"

namespace kiln::render::shading {
namespace {

void mean_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.out(0)[i] = (call.in(0)[i] + call.in(1)[i] + call.in(2)[i]) / 3.0f;
  }
}

void compile_named(NodeCompiler& node, const std::string& name) {
  Scalar alpha;
  const Value3 value = attribute_value(node, name, &alpha);
  node.set_output(node.find_output("Color"), value);
  node.set_output(node.find_output("Vector"), value);
  node.set_output(node.find_output("Alpha"), alpha);
  if (const int socket = node.find_output("Fac"); node.wants_output(socket)) {
    Scalar mean;
    node.emit(mean_kernel, Purity::Pure, {value.x, value.y, value.z}, {&mean});
    node.set_output(socket, mean);
  }
}

void compile_attribute(NodeCompiler& node) {
  compile_named(node, node.node().text("attribute_name"));
}
void compile_color(NodeCompiler& node) {
  compile_named(node, node.node().text("layer_name"));
}

}  // namespace

void register_attribute(NodeRegistry& registry) {
  registry.add("ShaderNodeAttribute", compile_attribute);
  registry.add("ShaderNodeVertexColor", compile_color);
}

}  // namespace kiln::render::shading
