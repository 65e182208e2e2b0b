#include "render/shading/compiler.h"
#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

enum class MathOperation : std::uint8_t {
  Add,
  Subtract,
  Multiply,
  Divide,
  Sine,
  Cosine,
  Tangent,
  Arcsine,
  Arccosine,
  Arctangent,
  Power,
  Logarithm,
  Minimum,
  Maximum,
  Round,
  LessThan,
  GreaterThan,
  Modulo,
  Absolute,
  Arctan2,
  Floor,
  Ceil,
  Fract,
  Sqrt,
  InverseSqrt,
  Sign,
  Exponent,
  Radians,
  Degrees,
  Sinh,
  Cosh,
  Tanh,
  Trunc,
  Snap,
  Wrap,
  Compare,
  MultiplyAdd,
  Pingpong,
  SmoothMin,
  SmoothMax
};
struct MathNode : NodeType<MathNode, ShaderNode> {
  MathOperation operation = MathOperation::Add;
  bool use_clamp = false;

  MathNode() {
    add_float("Value", 0.5f);
    add_float("Value", 0.5f);
    add_float("Value", 0.5f).enabled = false;
    add_output("NodeSocketFloat", "Value");
  }
  std::string_view static_type() const override { return "MATH"; }
  void update(const NodeTree*, const Document*) override {
    if (operation == MathOperation::MultiplyAdd) {
      show({"Value", "Value_001", "Value_002"}, {"Value"});
      relabel("Value_001", "Multiplier");
      relabel("Value_002", "Addend");
    } else if (operation == MathOperation::Power) {
      show({"Value", "Value_001"}, {"Value"});
      relabel("Value", "Base");
      relabel("Value_001", "Exponent");
    } else if (operation == MathOperation::Logarithm) {
      show({"Value", "Value_001"}, {"Value"});
      relabel("Value_001", "Base");
    } else if (operation == MathOperation::Compare) {
      show({"Value", "Value_001", "Value_002"}, {"Value"});
      relabel("Value_002", "Epsilon");
    } else if (operation == MathOperation::Wrap) {
      show({"Value", "Value_001", "Value_002"}, {"Value"});
      relabel("Value_001", "Max");
      relabel("Value_002", "Min");
    } else if (operation == MathOperation::Snap) {
      show({"Value", "Value_001"}, {"Value"});
      relabel("Value_001", "Increment");
    } else if (operation == MathOperation::Pingpong) {
      show({"Value", "Value_001"}, {"Value"});
      relabel("Value_001", "Scale");
    } else if (operation == MathOperation::Radians) {
      show({"Value"}, {"Value"});
      relabel("Value", "Degrees");
    } else if (operation == MathOperation::Degrees) {
      show({"Value"}, {"Value"});
      relabel("Value", "Radians");
    } else if ((operation == MathOperation::LessThan || operation == MathOperation::GreaterThan)) {
      show({"Value", "Value_001"}, {"Value"});
      relabel("Value_001", "Threshold");
    } else if ((operation == MathOperation::SmoothMin || operation == MathOperation::SmoothMax)) {
      show({"Value", "Value_001", "Value_002"}, {"Value"});
      relabel("Value_002", "Distance");
    } else if ((operation == MathOperation::Add || operation == MathOperation::Subtract ||
                operation == MathOperation::Multiply || operation == MathOperation::Divide ||
                operation == MathOperation::Minimum || operation == MathOperation::Maximum ||
                operation == MathOperation::Modulo || operation == MathOperation::Arctan2)) {
      show({"Value", "Value_001"}, {"Value"});
    } else {
      show({"Value"}, {"Value"});
    }
  }
  static const Schema& schema();
};

const Schema& MathNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<MathNode> s("ShaderNodeMath", "Math", &ShaderNode::schema());
    s.add<&MathNode::operation>("operation", "Operation")
        .items({{"ADD", "Add", 0},
                {"SUBTRACT", "Subtract", 1},
                {"MULTIPLY", "Multiply", 2},
                {"DIVIDE", "Divide", 3},
                {"MULTIPLY_ADD", "Multiply Add", 36},
                {"POWER", "Power", 10},
                {"LOGARITHM", "Logarithm", 11},
                {"SQRT", "Square Root", 23},
                {"INVERSE_SQRT", "Inverse Square Root", 24},
                {"ABSOLUTE", "Absolute", 18},
                {"EXPONENT", "Exponent", 26},
                {"MINIMUM", "Minimum", 12},
                {"MAXIMUM", "Maximum", 13},
                {"LESS_THAN", "Less Than", 15},
                {"GREATER_THAN", "Greater Than", 16},
                {"SIGN", "Sign", 25},
                {"COMPARE", "Compare", 35},
                {"SMOOTH_MIN", "Smooth Minimum", 38},
                {"SMOOTH_MAX", "Smooth Maximum", 39},
                {"ROUND", "Round", 14},
                {"FLOOR", "Floor", 20},
                {"CEIL", "Ceil", 21},
                {"TRUNC", "Truncate", 32},
                {"FRACT", "Fraction", 22},
                {"MODULO", "Modulo", 17},
                {"WRAP", "Wrap", 34},
                {"SNAP", "Snap", 33},
                {"PINGPONG", "Ping-Pong", 37},
                {"SINE", "Sine", 4},
                {"COSINE", "Cosine", 5},
                {"TANGENT", "Tangent", 6},
                {"ARCSINE", "Arcsine", 7},
                {"ARCCOSINE", "Arccosine", 8},
                {"ARCTANGENT", "Arctangent", 9},
                {"ARCTAN2", "Arctan2", 19},
                {"SINH", "Hyperbolic Sine", 29},
                {"COSH", "Hyperbolic Cosine", 30},
                {"TANH", "Hyperbolic Tangent", 31},
                {"RADIANS", "To Radians", 27},
                {"DEGREES", "To Degrees", 28}})
        .changes(Change::Shading | Change::Geometry);
    s.add<&MathNode::use_clamp>("use_clamp", "Clamp").changes(Change::Shading | Change::Geometry);
    s.set_tag("ShaderNodeMath");
    return s.build();
  }();
  return schema;
}

enum class Op : std::uint8_t {
  Add,
  Subtract,
  Multiply,
  Divide,
  MultiplyAdd,
  Power,
  Logarithm,
  Sqrt,
  InverseSqrt,
  Absolute,
  Exponent,
  Minimum,
  Maximum,
  LessThan,
  GreaterThan,
  Sign,
  Compare,
  SmoothMin,
  SmoothMax,
  Round,
  Floor,
  Ceil,
  Trunc,
  Fract,
  Modulo,
  Wrap,
  Snap,
  PingPong,
  Sine,
  Cosine,
  Tangent,
  Arcsine,
  Arccosine,
  Arctangent,
  Arctan2,
  Sinh,
  Cosh,
  Tanh,
  Radians,
  Degrees
};

constexpr const char* names[] = {
    "ADD",        "SUBTRACT",  "MULTIPLY",     "DIVIDE",     "MULTIPLY_ADD", "POWER",
    "LOGARITHM",  "SQRT",      "INVERSE_SQRT", "ABSOLUTE",   "EXPONENT",     "MINIMUM",
    "MAXIMUM",    "LESS_THAN", "GREATER_THAN", "SIGN",       "COMPARE",      "SMOOTH_MIN",
    "SMOOTH_MAX", "ROUND",     "FLOOR",        "CEIL",       "TRUNC",        "FRACT",
    "MODULO",     "WRAP",      "SNAP",         "PINGPONG",   "SINE",         "COSINE",
    "TANGENT",    "ARCSINE",   "ARCCOSINE",    "ARCTANGENT", "ARCTAN2",      "SINH",
    "COSH",       "TANH",      "RADIANS",      "DEGREES"};

float smooth_minimum(float a, float b, float c) {
  if (c == 0.0f) {
    return std::min(a, b);
  }
  const float h = std::max(c - std::abs(a - b), 0.0f) / c;
  return std::min(a, b) - h * h * h * c * (1.0f / 6.0f);
}

float power(float a, float b) {
  if (a == 0.0f && b == 0.0f) {
    return 1.0f;
  }
  // Negative bases have no real power but at whole exponents.
  return a < 0.0f && b != std::floor(b) ? 0.0f : std::pow(a, b);
}

inline float apply(Op op, float a, float b, float c) {
  constexpr float pi = 3.14159265358979f;
  switch (op) {
    case Op::Add:
      return a + b;
    case Op::Subtract:
      return a - b;
    case Op::Multiply:
      return a * b;
    case Op::Divide:
      return b != 0.0f ? a / b : 0.0f;
    case Op::MultiplyAdd:
      return a * b + c;
    case Op::Power:
      return power(a, b);
    case Op::Logarithm:
      return a > 0.0f && b > 0.0f && b != 1.0f ? std::log(a) / std::log(b) : 0.0f;
    case Op::Sqrt:
      return a > 0.0f ? std::sqrt(a) : 0.0f;
    case Op::InverseSqrt:
      return a > 0.0f ? 1.0f / std::sqrt(a) : 0.0f;
    case Op::Absolute:
      return std::abs(a);
    case Op::Exponent:
      return std::exp(a);
    case Op::Minimum:
      return std::min(a, b);
    case Op::Maximum:
      return std::max(a, b);
    case Op::LessThan:
      return a < b ? 1.0f : 0.0f;
    case Op::GreaterThan:
      return a > b ? 1.0f : 0.0f;
    case Op::Sign:
      return a > 0.0f ? 1.0f : a < 0.0f ? -1.0f : 0.0f;
    case Op::Compare:
      return a == b || std::abs(a - b) <= std::max(c, 1.1920929e-7f) ? 1.0f : 0.0f;
    case Op::SmoothMin:
      return smooth_minimum(a, b, c);
    case Op::SmoothMax:
      return -smooth_minimum(-a, -b, c);
    case Op::Round:
      return std::floor(a + 0.5f);
    case Op::Floor:
      return std::floor(a);
    case Op::Ceil:
      return std::ceil(a);
    case Op::Trunc:
      return a >= 0.0f ? std::floor(a) : std::ceil(a);
    case Op::Fract:
      return a - std::floor(a);
    case Op::Modulo:
      return b != 0.0f ? std::fmod(a, b) : 0.0f;
    case Op::Wrap: {
      const float range = b - c;
      return range != 0.0f ? a - range * std::floor((a - c) / range) : c;
    }
    case Op::Snap:
      return b != 0.0f ? std::floor(a / b) * b : 0.0f;
    case Op::PingPong: {
      if (b == 0.0f) {
        return 0.0f;
      }
      const float t = (a - b) / (b * 2.0f);
      return std::abs((t - std::floor(t)) * b * 2.0f - b);
    }
    case Op::Sine:
      return std::sin(a);
    case Op::Cosine:
      return std::cos(a);
    case Op::Tangent:
      return std::tan(a);
    case Op::Arcsine:
      return std::asin(std::clamp(a, -1.0f, 1.0f));
    case Op::Arccosine:
      return std::acos(std::clamp(a, -1.0f, 1.0f));
    case Op::Arctangent:
      return std::atan(a);
    case Op::Arctan2:
      return std::atan2(a, b);
    case Op::Sinh:
      return std::sinh(a);
    case Op::Cosh:
      return std::cosh(a);
    case Op::Tanh:
      return std::tanh(a);
    case Op::Radians:
      return a * (pi / 180.0f);
    case Op::Degrees:
      return a * (180.0f / pi);
  }
  return 0.0f;
}

/// One loop per operation, so that it is chosen once a batch and the loop vectorizes.
template <Op op>
void kernel(const KernelCall& call) {
  const float* a = call.in(0);
  const float* b = call.in(1);
  const float* c = call.in(2);
  float* out = call.out(0);
  for (int i = 0; i < call.count; ++i) {
    out[i] = apply(op, a[i], b[i], c[i]);
  }
}

template <std::size_t... ops>
constexpr std::array<Kernel, sizeof...(ops)> make_kernels(std::index_sequence<ops...>) {
  return {kernel<Op(ops)>...};
}
constexpr auto kernels = make_kernels(std::make_index_sequence<std::size(names)>());

void compile(NodeCompiler& node) {
  const std::string& operation = node.node().text("operation");
  std::size_t op = 0;
  for (std::size_t i = 0; i < std::size(names); ++i) {
    if (operation == names[i]) {
      op = i;
    }
  }
  Scalar value;
  node.emit(kernels[op], Purity::Pure, {node.input(0), node.input(1), node.input(2)}, {&value});
  node.set_output(0, node.node().flag("use_clamp") ? node.saturate(value) : value);
}

}  // namespace

void register_math(ShaderNodeList& nodes) {
  nodes.add<MathNode>(compile);
}

}  // namespace kiln::render::shading
