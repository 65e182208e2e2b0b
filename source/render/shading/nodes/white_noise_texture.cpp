#include "render/shading/nodes/shader_node.h"
#include "render/shading/nodes/texture_node.h"
#include "render/shading/noise.h"

namespace kiln::render::shading {
namespace {

enum class TexWhiteNoiseNoiseDimensions : std::uint8_t { D1 = 1, D2 = 2, D3 = 3, D4 = 4 };
struct TexWhiteNoiseNode : NodeType<TexWhiteNoiseNode, ShaderNode> {
  TexWhiteNoiseNoiseDimensions noise_dimensions = TexWhiteNoiseNoiseDimensions::D3;

  TexWhiteNoiseNode() {
    add_vector("Vector").hide_value = true;
    add_float("W", 0.0f).enabled = false;
    add_output("NodeSocketFloat", "Value");
    add_output("NodeSocketColor", "Color");
  }
  std::string_view static_type() const override { return "TEX_WHITE_NOISE"; }
  void update(const NodeTree*, const Document*) override {
    if (noise_dimensions == TexWhiteNoiseNoiseDimensions::D1) {
      show({"W"}, {"Value", "Color"});
    } else if (noise_dimensions == TexWhiteNoiseNoiseDimensions::D4) {
      show({"Vector", "W"}, {"Value", "Color"});
    } else {
      show({"Vector"}, {"Value", "Color"});
    }
  }
  static const Schema& schema();
};

const Schema& TexWhiteNoiseNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<TexWhiteNoiseNode> s("ShaderNodeTexWhiteNoise", "White Noise Texture",
                                       &ShaderNode::schema());
    s.add<&TexWhiteNoiseNode::noise_dimensions>("noise_dimensions", "Dimensions")
        .items({{"1D", "1D", 1}, {"2D", "2D", 2}, {"3D", "3D", 3}, {"4D", "4D", 4}})
        .default_value("1D")
        .changes(Change::Shading | Change::Geometry);
    s.set_tag("ShaderNodeTexWhiteNoise");
    return s.build();
  }();
  return schema;
}

template <int dimensions>
void kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    const float3 v = call.in3(0, i);
    const float w = call.in(3)[i];
    float3 color;
    switch (dimensions) {
      case 1:
        color = hash_color(w);
        break;
      case 2:
        color = hash_color(v.x, v.y);
        break;
      case 3:
        color = hash_color(v.x, v.y, v.z);
        break;
      default:
        color = hash_color(v.x, v.y, v.z, w);
        break;
    }
    call.out(0)[i] = color.x;
    call.set3(1, i, color);
  }
}

void compile(NodeCompiler& node) {
  constexpr Kernel kernels[] = {kernel<1>, kernel<2>, kernel<3>, kernel<4>};
  Scalar value;
  Value3 color;
  node.emit(kernels[dimensions_of(node.node().text("noise_dimensions")) - 1], Purity::Pure,
            inputs_of({node.input3("Vector"), node.input("W")}),
            {&value, &color.x, &color.y, &color.z});
  node.set_output(node.find_output("Value"), value);
  node.set_output(node.find_output("Color"), color);
}

}  // namespace

void register_white_noise_texture(ShaderNodeList& nodes) {
  nodes.add<TexWhiteNoiseNode>(compile);
}

}  // namespace kiln::render::shading
