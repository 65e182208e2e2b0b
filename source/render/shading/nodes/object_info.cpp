#include "render/shading/compiler.h"

namespace kiln::render::shading {
namespace {

template <ObjectValue value>
void kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.set3(0, i, call.batch.geometry->object_value(call.batch, i, value));
  }
}

void compile(NodeCompiler& node) {
  const auto set = [&](const char* output, Kernel k) {
    const int socket = node.find_output(output);
    if (node.wants_output(socket)) {
      Value3 value;
      node.emit(k, Purity::ReadsBatch, {}, {&value.x, &value.y, &value.z});
      node.set_output(socket, value);
    }
  };
  set("Location", kernel<ObjectValue::Location>);
  set("Color", kernel<ObjectValue::Color>);
  set("Alpha", kernel<ObjectValue::Alpha>);
  set("Object Index", kernel<ObjectValue::ObjectIndex>);
  set("Material Index", kernel<ObjectValue::MaterialIndex>);
  set("Random", kernel<ObjectValue::Random>);
}

}  // namespace

void register_object_info(NodeRegistry& registry) {
  registry.add("ShaderNodeObjectInfo", compile);
}

}  // namespace kiln::render::shading
