#include "render/shading/color.h"
#include "render/shading/compiler.h"

namespace kiln::render::shading {
namespace {

template <float3 (*convert)(float3)>
void convert_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.set3(0, i, convert(call.in3(0, i)));
  }
}

Value3 converted(NodeCompiler& node, const Value3& v, Kernel kernel) {
  Value3 out;
  node.emit(kernel, Purity::Pure, {v.x, v.y, v.z}, {&out.x, &out.y, &out.z});
  return out;
}

void set_parts(NodeCompiler& node, const Value3& v) {
  node.set_output(0, v.x);
  node.set_output(1, v.y);
  node.set_output(2, v.z);
}

Value3 parts(NodeCompiler& node) {
  return {node.input(0), node.input(1), node.input(2)};
}

void compile_separate(NodeCompiler& node) {
  set_parts(node, node.input3(0));
}
void compile_combine(NodeCompiler& node) {
  node.set_output(0, parts(node));
}
void compile_separate_hsv(NodeCompiler& node) {
  set_parts(node, converted(node, node.input3(0), convert_kernel<rgb_to_hsv>));
}
void compile_combine_hsv(NodeCompiler& node) {
  node.set_output(0, converted(node, parts(node), convert_kernel<hsv_to_rgb>));
}

void compile_separate_color(NodeCompiler& node) {
  const std::string& mode = node.node().text("mode");
  const Value3 in = node.input3(0);
  set_parts(node, mode == "HSV"   ? converted(node, in, convert_kernel<rgb_to_hsv>)
                  : mode == "HSL" ? converted(node, in, convert_kernel<rgb_to_hsl>)
                                  : in);
}

void compile_combine_color(NodeCompiler& node) {
  const std::string& mode = node.node().text("mode");
  const Value3 in = parts(node);
  node.set_output(0, mode == "HSV"   ? converted(node, in, convert_kernel<hsv_to_rgb>)
                     : mode == "HSL" ? converted(node, in, convert_kernel<hsl_to_rgb>)
                                     : in);
}

}  // namespace

void register_separate_combine(NodeRegistry& registry) {
  registry.add("ShaderNodeSeparateXYZ", compile_separate);
  registry.add("ShaderNodeSeparateRGB", compile_separate);
  registry.add("ShaderNodeSeparateHSV", compile_separate_hsv);
  registry.add("ShaderNodeSeparateColor", compile_separate_color);
  registry.add("ShaderNodeCombineXYZ", compile_combine);
  registry.add("ShaderNodeCombineRGB", compile_combine);
  registry.add("ShaderNodeCombineHSV", compile_combine_hsv);
  registry.add("ShaderNodeCombineColor", compile_combine_color);
}

}  // namespace kiln::render::shading
