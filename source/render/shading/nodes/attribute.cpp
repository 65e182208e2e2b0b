#include "render/shading/nodes/shader_node.h"
#include "render/shading/nodes/texture_node.h"

namespace kiln::render::shading {
namespace {

enum class AttributeAttributeType : std::uint8_t { Geometry, Object, Instancer, ViewLayer };
struct AttributeNode : NodeType<AttributeNode, ShaderNode> {
  AttributeAttributeType attribute_type = AttributeAttributeType::Geometry;
  std::string attribute_name;

  AttributeNode() {
    add_output("NodeSocketColor", "Color");
    add_output("NodeSocketVector", "Vector");
    add_output("NodeSocketFloat", "Fac");
    add_output("NodeSocketFloat", "Alpha");
  }
  std::string_view static_type() const override { return "ATTRIBUTE"; }
  static const Schema& schema();
};

const Schema& AttributeNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<AttributeNode> s("ShaderNodeAttribute", "Attribute", &ShaderNode::schema());
    s.add<&AttributeNode::attribute_type>("attribute_type", "Attribute Type")
        .items({{"GEOMETRY", "Geometry", 0},
                {"OBJECT", "Object", 1},
                {"INSTANCER", "Instancer", 2},
                {"VIEW_LAYER", "View Layer", 3}})
        .changes(Change::Shading);
    s.add<&AttributeNode::attribute_name>("attribute_name", "Attribute Name")
        .max_bytes(64)
        .not_animatable()
        .never_none()
        .changes(Change::Shading);
    s.set_tag("ShaderNodeAttribute");
    return s.build();
  }();
  return schema;
}

struct VertexColorNode : NodeType<VertexColorNode, ShaderNode> {
  std::string layer_name;

  VertexColorNode() {
    add_output("NodeSocketColor", "Color");
    add_output("NodeSocketFloat", "Alpha");
  }
  std::string_view static_type() const override { return "VERTEX_COLOR"; }
  static const Schema& schema();
};

const Schema& VertexColorNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<VertexColorNode> s("ShaderNodeVertexColor", "Color Attribute",
                                     &ShaderNode::schema());
    s.add<&VertexColorNode::layer_name>("layer_name", "Color Attribute")
        .max_bytes(64)
        .not_animatable()
        .never_none()
        .changes(Change::Shading);
    s.set_tag("ShaderNodeVertexColor");
    return s.build();
  }();
  return schema;
}

void mean_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.out(0)[i] = (call.in(0)[i] + call.in(1)[i] + call.in(2)[i]) / 3.0f;
  }
}

struct NamedSettings {
  ValueScope scope;
  std::string name;
};

void named_kernel(const KernelCall& call) {
  const auto& settings = call.get<NamedSettings>();
  Lane3 out;
  Lane alpha;
  call.batch.geometry->named_value(call.batch, settings.scope, settings.name, out, alpha);
  for (int i = 0; i < call.count; ++i) {
    call.set3(0, i, out.get(i));
    call.out(3)[i] = alpha.v[i];
  }
}

void set_outputs(NodeCompiler& node, const Value3& value, const Scalar& alpha) {
  node.set_output(node.find_output("Color"), value);
  node.set_output(node.find_output("Vector"), value);
  node.set_output(node.find_output("Alpha"), alpha);
  if (const int socket = node.find_output("Fac"); node.wants_output(socket)) {
    Scalar mean;
    node.emit(mean_kernel, Purity::Pure, {value.x, value.y, value.z}, {&mean});
    node.set_output(socket, mean);
  }
}

void compile_of_mesh(NodeCompiler& node, const std::string& name) {
  Scalar alpha;
  const Value3 value = attribute_value(node, name, &alpha);
  set_outputs(node, value, alpha);
}

void compile_attribute(NodeCompiler& node) {
  const std::string &type = node.node().text("attribute_type"),
                    &name = node.node().text("attribute_name");
  if (type == "GEOMETRY") {
    compile_of_mesh(node, name);
    return;
  }
  const ValueScope scope = type == "OBJECT"      ? ValueScope::Object
                           : type == "INSTANCER" ? ValueScope::Instancer
                                                 : ValueScope::ViewLayer;
  Value3 value;
  Scalar alpha;
  node.emit(named_kernel, Purity::ReadsBatch, {}, {&value.x, &value.y, &value.z, &alpha},
            std::make_shared<NamedSettings>(NamedSettings{scope, name}));
  set_outputs(node, value, alpha);
}
void compile_color(NodeCompiler& node) {
  compile_of_mesh(node, node.node().text("layer_name"));
}

}  // namespace

void register_attribute(ShaderNodeList& nodes) {
  nodes.add<AttributeNode>(compile_attribute);
  nodes.add<VertexColorNode>(compile_color);
}

}  // namespace kiln::render::shading
