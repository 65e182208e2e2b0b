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

/// Curves of red, green and blue after the combined one (fourth).
void color_kernel(const KernelCall& call) {
  const std::vector<CurveTable>& curves = call.get<CurveTables>().curves;
  for (int i = 0; i < call.count; ++i) {
    const float3 in = call.in3(1, i);
    float3 out;
    for (int k = 0; k < 3; ++k) {
      out[k] = curves[k].evaluate(curves[3].evaluate(in[k]));
    }
    call.set3(0, i, lerp(in, out, call.in(0)[i]));
  }
}

void vector_kernel(const KernelCall& call) {
  const std::vector<CurveTable>& curves = call.get<CurveTables>().curves;
  for (int i = 0; i < call.count; ++i) {
    const float3 in = call.in3(1, i);
    const float3 out{curves[0].evaluate(in.x), curves[1].evaluate(in.y), curves[2].evaluate(in.z)};
    call.set3(0, i, lerp(in, out, call.in(0)[i]));
  }
}

void float_kernel(const KernelCall& call) {
  const std::vector<CurveTable>& curves = call.get<CurveTables>().curves;
  for (int i = 0; i < call.count; ++i) {
    const float in = call.in(1)[i];
    call.out(0)[i] = lerp(in, curves[0].evaluate(in), call.in(0)[i]);
  }
}

template <Kernel kernel, std::size_t curve_count>
void compile(NodeCompiler& node) {
  const auto table = node.node().object<CurveTables>("mapping");
  if (!table || table->curves.size() < curve_count) {
    return;
  }
  Value3 out;
  node.emit(kernel, Purity::Pure, inputs_of({node.input(0), node.input3(1)}),
            {&out.x, &out.y, &out.z}, table);
  node.set_output(0, out);
}

void compile_float(NodeCompiler& node) {
  const auto table = node.node().object<CurveTables>("mapping");
  if (!table || table->curves.empty()) {
    return;
  }
  Scalar out;
  node.emit(float_kernel, Purity::Pure, {node.input(0), node.input(1)}, {&out}, table);
  node.set_output(0, out);
}

}  // namespace

void register_curves(ShaderNodeList& nodes) {
  nodes.add<RGBCurveNode>(compile<color_kernel, 4>);
  nodes.add<VectorCurveNode>(compile<vector_kernel, 3>);
  nodes.add<FloatCurveNode>(compile_float);
}

}  // namespace kiln::render::shading
