#include "render/shading/compiler.h"
#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

struct ObjectInfoNode : NodeType<ObjectInfoNode, ShaderNode> {
  ObjectInfoNode() {
    add_output("NodeSocketVector", "Location");
    add_output("NodeSocketColor", "Color");
    add_output("NodeSocketFloat", "Alpha");
    add_output("NodeSocketFloat", "Object Index");
    add_output("NodeSocketFloat", "Material Index");
    add_output("NodeSocketFloat", "Random");
  }
  std::string_view static_type() const override { return "OBJECT_INFO"; }
  static const Schema& schema();
};

const Schema& ObjectInfoNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<ObjectInfoNode> s("ShaderNodeObjectInfo", "Object Info", &ShaderNode::schema());
    s.set_tag("ShaderNodeObjectInfo");
    return s.build();
  }();
  return schema;
}

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

void register_object_info(ShaderNodeList& nodes) {
  nodes.add<ObjectInfoNode>(compile);
}

}  // namespace kiln::render::shading
