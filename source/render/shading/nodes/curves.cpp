#include <array>

#include "core/to_int.h"
#include "render/shading/compiler.h"
#include "render/shading/nodes/shader_node.h"
#include "render/shading/sampling.h"

namespace kiln::render::shading {
namespace {

struct RGBCurveNode : NodeType<RGBCurveNode, ShaderNode> {
  CurveMapping mapping{4, 0.0f, 1.0f};

  RGBCurveNode() {
    width = 240.0f;
    add_factor("Fac", 1.0f);
    add_color("Color", {1.0f, 1.0f, 1.0f, 1.0f});
    add_output("NodeSocketColor", "Color");
  }
  std::string_view static_type() const override { return "CURVE_RGB"; }
  static const Schema& schema();
};

const Schema& RGBCurveNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<RGBCurveNode> s("ShaderNodeRGBCurve", "RGB Curves", &ShaderNode::schema());
    s.add<&RGBCurveNode::mapping>("mapping", "Mapping").not_animatable();
    s.set_tag("ShaderNodeRGBCurve");
    return s.build();
  }();
  return schema;
}

struct VectorCurveNode : NodeType<VectorCurveNode, ShaderNode> {
  CurveMapping mapping{3, -1.0f, 1.0f};

  VectorCurveNode() {
    width = 240.0f;
    add_factor("Fac", 1.0f);
    add_vector("Vector", {}, -1.0f, 1.0f);
    add_output("NodeSocketVector", "Vector");
  }
  std::string_view static_type() const override { return "CURVE_VEC"; }
  static const Schema& schema();
};

const Schema& VectorCurveNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<VectorCurveNode> s("ShaderNodeVectorCurve", "Vector Curves",
                                     &ShaderNode::schema());
    s.add<&VectorCurveNode::mapping>("mapping", "Mapping").not_animatable();
    s.set_tag("ShaderNodeVectorCurve");
    return s.build();
  }();
  return schema;
}

struct FloatCurveNode : NodeType<FloatCurveNode, ShaderNode> {
  CurveMapping mapping{1, 0.0f, 1.0f};

  FloatCurveNode() {
    width = 240.0f;
    add_factor("Factor", 1.0f);
    add_float("Value", 1.0f);
    add_output("NodeSocketFloat", "Value");
  }
  std::string_view static_type() const override { return "CURVE_FLOAT"; }
  static const Schema& schema();
};

const Schema& FloatCurveNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<FloatCurveNode> s("ShaderNodeFloatCurve", "Float Curve", &ShaderNode::schema());
    s.add<&FloatCurveNode::mapping>("mapping", "Mapping").not_animatable();
    s.set_tag("ShaderNodeFloatCurve");
    return s.build();
  }();
  return schema;
}

/// Curves in samples at equal steps over the range of all of them; values in between are blended
/// linearly, those beyond lie on the lines of the outermost steps.
struct SampledCurves {
  static constexpr int steps = 255;
  std::vector<std::array<float, steps + 1>> channels;
  float minimum = 0.0f, maximum = 1.0f;
  bool extends = false;

  float evaluate(std::size_t channel, float x) const {
    const std::array<float, steps + 1>& samples = channels[channel];
    const float at = (x - minimum) / (maximum - minimum) * float(steps);
    if (at <= 0.0f || at >= float(steps)) {
      const bool is_before = at <= 0.0f;
      const float edge = is_before ? samples[0] : samples[steps];
      const float inner = is_before ? samples[1] : samples[steps - 1];
      return extends ? edge + (edge - inner) * (is_before ? -at : at - float(steps)) : edge;
    }
    // A NaN gets here and takes the first sample.
    const int i = at > 0.0f ? std::min(to_int(at), steps - 1) : 0;
    return lerp(samples[std::size_t(i)], samples[std::size_t(i) + 1], at - float(i));
  }
};

/// Each channel through its own curve; with four of them, through the last one before.
std::shared_ptr<const SampledCurves> sampled(const CurveTables& tables, std::size_t channels) {
  auto result = std::make_shared<SampledCurves>();
  const std::vector<CurveTable>& curves = tables.curves;
  result->minimum = curves[0].minimum();
  result->maximum = curves[0].maximum();
  for (const CurveTable& curve : curves) {
    result->minimum = std::min(result->minimum, curve.minimum());
    result->maximum = std::max(result->maximum, curve.maximum());
    result->extends =
        result->extends || curve.slope_before() != 0.0f || curve.slope_after() != 0.0f;
  }
  if (!(result->maximum > result->minimum)) {
    result->maximum = result->minimum + 1.0f;
  }
  const bool has_combined = channels == 3 && curves.size() > 3;
  result->channels.resize(channels);
  for (std::size_t c = 0; c < channels; ++c) {
    for (int i = 0; i <= SampledCurves::steps; ++i) {
      const float x = lerp(result->minimum, result->maximum, float(i) / SampledCurves::steps);
      result->channels[c][std::size_t(i)] =
          curves[c].evaluate(has_combined ? curves[3].evaluate(x) : x);
    }
  }
  return result;
}

void color_kernel(const KernelCall& call) {
  const auto& curves = call.get<SampledCurves>();
  for (int i = 0; i < call.count; ++i) {
    const float3 in = call.in3(1, i);
    const float3 out{curves.evaluate(0, in.x), curves.evaluate(1, in.y), curves.evaluate(2, in.z)};
    call.set3(0, i, lerp(in, out, call.in(0)[i]));
  }
}

void float_kernel(const KernelCall& call) {
  const auto& curves = call.get<SampledCurves>();
  for (int i = 0; i < call.count; ++i) {
    const float in = call.in(1)[i];
    call.out(0)[i] = lerp(in, curves.evaluate(0, in), call.in(0)[i]);
  }
}

template <std::size_t curve_count>
void compile(NodeCompiler& node) {
  const auto table = node.node().object<CurveTables>("mapping");
  if (!table || table->curves.size() < curve_count) {
    return;
  }
  Value3 out;
  node.emit(color_kernel, Purity::Pure, inputs_of({node.input(0), node.input3(1)}),
            {&out.x, &out.y, &out.z}, sampled(*table, 3));
  node.set_output(0, out);
}

void compile_float(NodeCompiler& node) {
  const auto table = node.node().object<CurveTables>("mapping");
  if (!table || table->curves.empty()) {
    return;
  }
  Scalar out;
  node.emit(float_kernel, Purity::Pure, {node.input(0), node.input(1)}, {&out}, sampled(*table, 1));
  node.set_output(0, out);
}

}  // namespace

void register_curves(ShaderNodeList& nodes) {
  nodes.add<RGBCurveNode>(compile<4>);
  nodes.add<VectorCurveNode>(compile<3>);
  nodes.add<FloatCurveNode>(compile_float);
}

}  // namespace kiln::render::shading
