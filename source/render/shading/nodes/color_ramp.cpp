#include "render/shading/compiler.h"
#include "render/shading/nodes/shader_node.h"
#include "render/shading/sampling.h"

namespace kiln::render::shading {
namespace {

struct ValToRGBNode : NodeType<ValToRGBNode, ShaderNode> {
  ColorRamp color_ramp;

  ValToRGBNode() {
    width = 240.0f;
    add_factor("Fac", 0.5f);
    add_output("NodeSocketColor", "Color");
    add_output("NodeSocketFloat", "Alpha");
  }
  std::string_view static_type() const override { return "VALTORGB"; }
  static const Schema& schema();
};

const Schema& ValToRGBNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<ValToRGBNode> s("ShaderNodeValToRGB", "ColorRamp", &ShaderNode::schema());
    s.add<&ValToRGBNode::color_ramp>("color_ramp", "Color Ramp").not_animatable();
    s.set_tag("ShaderNodeValToRGB");
    return s.build();
  }();
  return schema;
}

constexpr int table_size = 256;

struct Table {
  std::array<float4, table_size> colors;
  bool is_stepped = false;
};

void kernel(const KernelCall& call) {
  const Table& table = call.get<Table>();
  for (int i = 0; i < call.count; ++i) {
    const float at = saturate(call.in(0)[i]) * (table_size - 1);
    const int k = std::min(int(at), table_size - 1);
    const float t = at - float(k);
    float4 c = table.colors[k];
    if (!table.is_stepped && t > 0.0f) {
      c = c * (1.0f - t) + table.colors[std::min(k + 1, table_size - 1)] * t;
    }
    call.set3(0, i, xyz(c));
    call.out(3)[i] = c.w;
  }
}

void compile(NodeCompiler& node) {
  const auto ramp = node.node().object<ColorRamp>("color_ramp");
  if (!ramp) {
    return;
  }
  auto table = std::make_shared<Table>();
  table->is_stepped = ramp->interpolation == ColorRampInterpolation::Constant;
  for (int i = 0; i < table_size; ++i) {
    table->colors[i] = ramp->evaluate(float(i) / (table_size - 1));
  }
  Value3 color;
  Scalar alpha;
  node.emit(kernel, Purity::Pure, {node.input("Fac")}, {&color.x, &color.y, &color.z, &alpha},
            table);
  node.set_output(node.find_output("Color"), color);
  node.set_output(node.find_output("Alpha"), alpha);
}

}  // namespace

void register_color_ramp(ShaderNodeList& nodes) {
  nodes.add<ValToRGBNode>(compile);
}

}  // namespace kiln::render::shading
