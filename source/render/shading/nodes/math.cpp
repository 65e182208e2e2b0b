#include "render/shading/compiler.h"

namespace kiln::render::shading {
namespace {

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
      return a >= -1.0f && a <= 1.0f ? std::asin(a) : 0.0f;
    case Op::Arccosine:
      return a >= -1.0f && a <= 1.0f ? std::acos(a) : 0.0f;
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

void register_math(NodeRegistry& registry) {
  registry.add("ShaderNodeMath", compile);
}

}  // namespace kiln::render::shading
