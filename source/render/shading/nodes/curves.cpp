#include "render/shading/compiler.h"
#include "render/shading/sampling.h"

namespace kiln::render::shading {
namespace {

float look_up(const CurveTable& table, int curve, float x) {
  const std::vector<float>& y = table.curves[curve];
  const int last = int(y.size()) - 1;
  const float at = (x - table.minimum) / (table.maximum - table.minimum) * float(last);
  if (at <= 0.0f) {
    return table.extends ? y[0] + at * (y[1] - y[0]) : y[0];
  }
  if (at >= float(last)) {
    return table.extends ? y[last] + (at - float(last)) * (y[last] - y[last - 1]) : y[last];
  }
  const int i = std::min(int(at), last - 1);
  return lerp(y[i], y[i + 1], at - float(i));
}

/// Curves of red, green and blue after the combined one (fourth).
void color_kernel(const KernelCall& call) {
  const CurveTable& table = call.get<CurveTable>();
  for (int i = 0; i < call.count; ++i) {
    const float3 in = call.in3(1, i);
    float3 out;
    for (int k = 0; k < 3; ++k) {
      out[k] = look_up(table, k, look_up(table, 3, in[k]));
    }
    call.set3(0, i, lerp(in, out, call.in(0)[i]));
  }
}

void vector_kernel(const KernelCall& call) {
  const CurveTable& table = call.get<CurveTable>();
  for (int i = 0; i < call.count; ++i) {
    const float3 in = call.in3(1, i);
    const float3 out{look_up(table, 0, in.x), look_up(table, 1, in.y), look_up(table, 2, in.z)};
    call.set3(0, i, lerp(in, out, call.in(0)[i]));
  }
}

void float_kernel(const KernelCall& call) {
  const CurveTable& table = call.get<CurveTable>();
  for (int i = 0; i < call.count; ++i) {
    const float in = call.in(1)[i];
    call.out(0)[i] = lerp(in, look_up(table, 0, in), call.in(0)[i]);
  }
}

template <Kernel kernel, std::size_t curve_count>
void compile(NodeCompiler& node) {
  const auto table = node.node().object<CurveTable>("mapping");
  if (!table || table->curves.size() < curve_count) {
    return;
  }
  Value3 out;
  node.emit(kernel, Purity::Pure, inputs_of({node.input(0), node.input3(1)}),
            {&out.x, &out.y, &out.z}, table);
  node.set_output(0, out);
}

void compile_float(NodeCompiler& node) {
  const auto table = node.node().object<CurveTable>("mapping");
  if (!table || table->curves.empty()) {
    return;
  }
  Scalar out;
  node.emit(float_kernel, Purity::Pure, {node.input(0), node.input(1)}, {&out}, table);
  node.set_output(0, out);
}

}  // namespace

void register_curves(NodeRegistry& registry) {
  registry.add("ShaderNodeRGBCurve", compile<color_kernel, 4>);
  registry.add("ShaderNodeVectorCurve", compile<vector_kernel, 3>);
  registry.add("ShaderNodeFloatCurve", compile_float);
}

}  // namespace kiln::render::shading
