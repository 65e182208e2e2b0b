#include "render/shading/nodes/texture_node.h"
#include "render/shading/noise.h"

namespace kiln::render::shading {
namespace {

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

void register_white_noise_texture(NodeRegistry& registry) {
  registry.add("ShaderNodeTexWhiteNoise", compile);
}

}  // namespace kiln::render::shading
