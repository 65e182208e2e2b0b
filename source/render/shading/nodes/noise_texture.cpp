#include "render/shading/nodes/shader_node.h"
#include "render/shading/nodes/texture_node.h"
#include "render/shading/noise.h"

namespace kiln::render::shading {
namespace {

enum class TexNoiseNoiseDimensions : std::uint8_t { D1 = 1, D2 = 2, D3 = 3, D4 = 4 };
struct TexNoiseNode : NodeType<TexNoiseNode, ShaderNode> {
  TexMapping texture_mapping;
  TexNoiseNoiseDimensions noise_dimensions = TexNoiseNoiseDimensions::D3;

  TexNoiseNode() {
    add_vector("Vector").hide_value = true;
    add_float("W", 0.0f, -1000.0f, 1000.0f).enabled = false;
    add_float("Scale", 5.0f, -1000.0f, 1000.0f);
    add_float("Detail", 2.0f, 0.0f, 15.0f);
    add_factor("Roughness", 0.5f);
    add_float("Distortion", 0.0f, -1000.0f, 1000.0f);
    add_output("NodeSocketFloat", "Fac");
    add_output("NodeSocketColor", "Color");
  }
  std::string_view static_type() const override { return "TEX_NOISE"; }
  void update(const NodeTree*, const Document*) override {
    if (noise_dimensions == TexNoiseNoiseDimensions::D1) {
      show({"W", "Scale", "Detail", "Roughness", "Distortion"}, {"Fac", "Color"});
    } else if (noise_dimensions == TexNoiseNoiseDimensions::D4) {
      show({"Vector", "W", "Scale", "Detail", "Roughness", "Distortion"}, {"Fac", "Color"});
    } else {
      show({"Vector", "Scale", "Detail", "Roughness", "Distortion"}, {"Fac", "Color"});
    }
  }
  static const Schema& schema();
};

const Schema& TexNoiseNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<TexNoiseNode> s("ShaderNodeTexNoise", "Noise Texture", &ShaderNode::schema());
    s.add<&TexNoiseNode::texture_mapping>("texture_mapping", "Texture Mapping")
        .never_none()
        .not_animatable();
    s.add<&TexNoiseNode::noise_dimensions>("noise_dimensions", "Dimensions")
        .items({{"1D", "1D", 1}, {"2D", "2D", 2}, {"3D", "3D", 3}, {"4D", "4D", 4}})
        .default_value("1D")
        .changes(Change::Shading | Change::Geometry);
    s.set_tag("ShaderNodeTexNoise");
    return s.build();
  }();
  return schema;
}

enum Input { in_vector, in_w = 3, in_scale, in_detail, in_roughness, in_distortion };

/// Far-off starting point number `index`, so that the channels of colours and distortions have
/// nothing in common.
NoisePoint far_point(float index, int dimensions) {
  const auto at = [&](float k) { return 100.0f + hash_unit(index, k) * 100.0f; };
  switch (dimensions) {
    case 1:
      return {100.0f + hash_unit(index) * 100.0f, 0, 0, 0};
    case 2:
      return {at(0), at(1), 0, 0};
    case 3:
      return {at(0), at(1), at(2), 0};
    default:
      return {at(0), at(1), at(2), at(3)};
  }
}

template <int dimensions>
void kernel(const KernelCall& call) {
  // Four distortions at most, then two more colour channels.
  NoisePoint offsets[dimensions + 2];
  for (int k = 0; k < dimensions + 2; ++k) {
    offsets[k] = far_point(float(k), dimensions);
  }
  const bool wants_color = call.wants(1) || call.wants(2) || call.wants(3);
  for (int i = 0; i < call.count; ++i) {
    const float3 v = call.in3(in_vector, i);
    const float w = call.in(in_w)[i], scale = call.in(in_scale)[i];
    NoisePoint p;
    if (dimensions == 1) {
      p = {w * scale, 0, 0, 0};
    } else {
      p = {v.x * scale, v.y * scale, dimensions > 2 ? v.z * scale : 0.0f,
           dimensions > 3 ? w * scale : 0.0f};
    }
    const float distortion = call.in(in_distortion)[i];
    if (distortion != 0.0f) {
      float shift[4] = {};
      for (int k = 0; k < dimensions; ++k) {
        shift[k] = gradient_noise(p + offsets[k], dimensions) * distortion;
      }
      p = p + NoisePoint{shift[0], shift[1], shift[2], shift[3]};
    }
    const float detail = call.in(in_detail)[i], roughness = call.in(in_roughness)[i];
    const float value = fractal_noise(p, dimensions, detail, roughness);
    call.out(0)[i] = value;
    if (wants_color) {
      call.set3(1, i,
                {value, fractal_noise(p + offsets[dimensions], dimensions, detail, roughness),
                 fractal_noise(p + offsets[dimensions + 1], dimensions, detail, roughness)});
    }
  }
}

void compile(NodeCompiler& node) {
  constexpr Kernel kernels[] = {kernel<1>, kernel<2>, kernel<3>, kernel<4>};
  const int dimensions = dimensions_of(node.node().text("noise_dimensions"));
  const int color_socket = node.find_output("Color");
  Scalar value;
  Value3 color;
  const bool wants_color = node.wants_output(color_socket);
  node.emit(kernels[dimensions - 1], Purity::Pure,
            inputs_of({texture_vector(node), node.input("W"), node.input("Scale"),
                       node.input("Detail"), node.input("Roughness"), node.input("Distortion")}),
            {&value, wants_color ? &color.x : nullptr, wants_color ? &color.y : nullptr,
             wants_color ? &color.z : nullptr});
  node.set_output(node.find_output("Fac"), value);
  node.set_output(color_socket, color);
}

}  // namespace

void register_noise_texture(ShaderNodeList& nodes) {
  nodes.add<TexNoiseNode>(compile);
}

}  // namespace kiln::render::shading
