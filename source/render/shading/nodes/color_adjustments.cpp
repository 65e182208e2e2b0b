#include "render/shading/color.h"
#include "render/shading/compiler.h"
#include "render/shading/nodes/shader_node.h"
#include "render/shading/sampling.h"

/// Nodes that change one colour by a few numbers.
namespace kiln::render::shading {
namespace {

struct HueSaturationNode : NodeType<HueSaturationNode, ShaderNode> {
  HueSaturationNode() {
    width = 150.0f;
    add_float("Hue", 0.5f, 0.0f, 1.0f);
    add_float("Saturation", 1.0f, 0.0f, 2.0f);
    add_float("Value", 1.0f, 0.0f, 2.0f);
    add_factor("Fac", 1.0f);
    add_color("Color", {0.8f, 0.8f, 0.8f, 1.0f});
    add_output("NodeSocketColor", "Color");
  }
  std::string_view static_type() const override { return "HUE_SAT"; }
  static const Schema& schema();
};

const Schema& HueSaturationNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<HueSaturationNode> s("ShaderNodeHueSaturation", "Hue Saturation Value",
                                       &ShaderNode::schema());
    s.set_tag("ShaderNodeHueSaturation");
    return s.build();
  }();
  return schema;
}

struct BrightContrastNode : NodeType<BrightContrastNode, ShaderNode> {
  BrightContrastNode() {
    add_color("Color", {1.0f, 1.0f, 1.0f, 1.0f});
    add_float("Bright", 0.0f, -100.0f, 100.0f);
    add_float("Contrast", 0.0f, -100.0f, 100.0f);
    add_output("NodeSocketColor", "Color");
  }
  std::string_view static_type() const override { return "BRIGHTCONTRAST"; }
  static const Schema& schema();
};

const Schema& BrightContrastNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<BrightContrastNode> s("ShaderNodeBrightContrast", "Bright Contrast",
                                        &ShaderNode::schema());
    s.set_tag("ShaderNodeBrightContrast");
    return s.build();
  }();
  return schema;
}

struct GammaNode : NodeType<GammaNode, ShaderNode> {
  GammaNode() {
    add_color("Color", {1.0f, 1.0f, 1.0f, 1.0f});
    add_float("Gamma", 1.0f, 0.001f, 10.0f, "NodeSocketFloatUnsigned");
    add_output("NodeSocketColor", "Color");
  }
  std::string_view static_type() const override { return "GAMMA"; }
  static const Schema& schema();
};

const Schema& GammaNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<GammaNode> s("ShaderNodeGamma", "Gamma", &ShaderNode::schema());
    s.set_tag("ShaderNodeGamma");
    return s.build();
  }();
  return schema;
}

struct InvertNode : NodeType<InvertNode, ShaderNode> {
  InvertNode() {
    add_factor("Fac", 1.0f);
    add_color("Color", {0.0f, 0.0f, 0.0f, 1.0f});
    add_output("NodeSocketColor", "Color");
  }
  std::string_view static_type() const override { return "INVERT"; }
  static const Schema& schema();
};

const Schema& InvertNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<InvertNode> s("ShaderNodeInvert", "Invert", &ShaderNode::schema());
    s.set_tag("ShaderNodeInvert");
    return s.build();
  }();
  return schema;
}

struct RGBToBWNode : NodeType<RGBToBWNode, ShaderNode> {
  RGBToBWNode() {
    add_color("Color", {0.5f, 0.5f, 0.5f, 1.0f});
    add_output("NodeSocketFloat", "Val");
  }
  std::string_view static_type() const override { return "RGBTOBW"; }
  static const Schema& schema();
};

const Schema& RGBToBWNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<RGBToBWNode> s("ShaderNodeRGBToBW", "RGB to BW", &ShaderNode::schema());
    s.set_tag("ShaderNodeRGBToBW");
    return s.build();
  }();
  return schema;
}

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

void register_color_adjustments(ShaderNodeList& nodes) {
  nodes.add<HueSaturationNode>(compile_hue_saturation);
  nodes.add<BrightContrastNode>(compile_bright_contrast);
  nodes.add<GammaNode>(compile_gamma);
  nodes.add<InvertNode>(compile_invert);
  nodes.add<RGBToBWNode>(compile_bw);
}

}  // namespace kiln::render::shading
