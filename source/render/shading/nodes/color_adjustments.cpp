#include "render/shading/color.h"
#include "render/shading/compiler.h"
#include "render/shading/sampling.h"

/// Nodes that change one colour by a few numbers.
namespace kiln::render::shading {
namespace {

/// Inputs: factor, hue, saturation, value, colour.
void hue_saturation_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    const float3 in = call.in3(4, i);
    float3 hsv = rgb_to_hsv(in);
    const float hue = hsv.x + call.in(1)[i] + 0.5f;
    hsv.x = hue - std::floor(hue);
    hsv.y = saturate(hsv.y * call.in(2)[i]);
    hsv.z *= call.in(3)[i];
    const float t = call.in(0)[i];
    call.set3(0, i, max(hsv_to_rgb(hsv) * t + in * (1.0f - t), float3{}));
  }
}

/// Inputs: colour, bright, contrast.
void bright_contrast_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    const float contrast = call.in(4)[i];
    const float a = 1.0f + contrast, b = call.in(3)[i] - contrast * 0.5f;
    const float3 in = call.in3(0, i);
    call.set3(0, i, max(in * a + float3{b, b, b}, float3{}));
  }
}

/// Inputs: colour, gamma.
void gamma_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    float3 c = call.in3(0, i);
    const float gamma = call.in(3)[i];
    for (int k = 0; k < 3; ++k) {
      c[k] = gamma == 0.0f ? 1.0f : c[k] > 0.0f ? std::pow(c[k], gamma) : c[k];
    }
    call.set3(0, i, c);
  }
}

/// Inputs: factor, colour.
void invert_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    const float3 in = call.in3(1, i);
    call.set3(0, i, lerp(in, float3{1, 1, 1} - in, call.in(0)[i]));
  }
}

void bw_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.out(0)[i] = luminance(call.in3(0, i));
  }
}

void emit_color(NodeCompiler& node, Kernel kernel, const std::vector<Scalar>& inputs) {
  Value3 out;
  node.emit(kernel, Purity::Pure, inputs, {&out.x, &out.y, &out.z});
  node.set_output(0, out);
}

void compile_hue_saturation(NodeCompiler& node) {
  emit_color(node, hue_saturation_kernel,
             inputs_of({node.input("Fac"), node.input("Hue"), node.input("Saturation"),
                        node.input("Value"), node.input3("Color")}));
}
void compile_bright_contrast(NodeCompiler& node) {
  emit_color(node, bright_contrast_kernel,
             inputs_of({node.input3("Color"), node.input("Bright"), node.input("Contrast")}));
}
void compile_gamma(NodeCompiler& node) {
  emit_color(node, gamma_kernel, inputs_of({node.input3("Color"), node.input("Gamma")}));
}
void compile_invert(NodeCompiler& node) {
  emit_color(node, invert_kernel, inputs_of({node.input("Fac"), node.input3("Color")}));
}
void compile_bw(NodeCompiler& node) {
  const Value3 in = node.input3(0);
  Scalar out;
  node.emit(bw_kernel, Purity::Pure, {in.x, in.y, in.z}, {&out});
  node.set_output(0, out);
}

}  // namespace

void register_color_adjustments(NodeRegistry& registry) {
  registry.add("ShaderNodeHueSaturation", compile_hue_saturation);
  registry.add("ShaderNodeBrightContrast", compile_bright_contrast);
  registry.add("ShaderNodeGamma", compile_gamma);
  registry.add("ShaderNodeInvert", compile_invert);
  registry.add("ShaderNodeRGBToBW", compile_bw);
}

}  // namespace kiln::render::shading
