#include "render/shading/color.h"
#include "render/shading/compiler.h"
#include "render/shading/nodes/shader_node.h"
#include "render/shading/sampling.h"

namespace kiln::render::shading {
namespace {

enum class MixRGBBlendType : std::uint8_t {
  Mix,
  Add,
  Multiply,
  Subtract,
  Screen,
  Divide,
  Difference,
  Darken,
  Lighten,
  Overlay,
  Dodge,
  Burn,
  Hue,
  Saturation,
  Value,
  Color,
  SoftLight,
  LinearLight
};
struct MixRGBNode : NodeType<MixRGBNode, ShaderNode> {
  MixRGBBlendType blend_type = MixRGBBlendType::Mix;
  bool use_alpha = false;
  bool use_clamp = false;

  MixRGBNode() {
    add_factor("Fac", 0.5f);
    add_color("Color1", {0.5f, 0.5f, 0.5f, 1.0f});
    add_color("Color2", {0.5f, 0.5f, 0.5f, 1.0f});
    add_output("NodeSocketColor", "Color");
  }
  std::string_view static_type() const override { return "MIX_RGB"; }
  static const Schema& schema();
};

const Schema& MixRGBNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<MixRGBNode> s("ShaderNodeMixRGB", "MixRGB", &ShaderNode::schema());
    s.add<&MixRGBNode::blend_type>("blend_type", "Blending Mode")
        .items({{"MIX", "Mix", 0},
                {"DARKEN", "Darken", 7},
                {"MULTIPLY", "Multiply", 2},
                {"BURN", "Color Burn", 11},
                {"LIGHTEN", "Lighten", 8},
                {"SCREEN", "Screen", 4},
                {"DODGE", "Color Dodge", 10},
                {"ADD", "Add", 1},
                {"OVERLAY", "Overlay", 9},
                {"SOFT_LIGHT", "Soft Light", 16},
                {"LINEAR_LIGHT", "Linear Light", 17},
                {"DIFFERENCE", "Difference", 6},
                {"SUBTRACT", "Subtract", 3},
                {"DIVIDE", "Divide", 5},
                {"HUE", "Hue", 12},
                {"SATURATION", "Saturation", 13},
                {"COLOR", "Color", 15},
                {"VALUE", "Value", 14}})
        .changes(Change::Shading | Change::Geometry);
    s.add<&MixRGBNode::use_alpha>("use_alpha", "Alpha").changes(Change::Shading | Change::Geometry);
    s.add<&MixRGBNode::use_clamp>("use_clamp", "Clamp").changes(Change::Shading | Change::Geometry);
    s.set_tag("ShaderNodeMixRGB");
    return s.build();
  }();
  return schema;
}

enum class MixDataType : std::uint8_t { Float, Vector, Rgba };
enum class MixFactorMode : std::uint8_t { Uniform, NonUniform };
enum class MixBlendType : std::uint8_t {
  Mix,
  Add,
  Multiply,
  Subtract,
  Screen,
  Divide,
  Difference,
  Darken,
  Lighten,
  Overlay,
  Dodge,
  Burn,
  Hue,
  Saturation,
  Value,
  Color,
  SoftLight,
  LinearLight
};
struct MixNode : NodeType<MixNode, ShaderNode> {
  MixDataType data_type = MixDataType::Float;
  MixFactorMode factor_mode = MixFactorMode::Uniform;
  MixBlendType blend_type = MixBlendType::Mix;
  bool clamp_factor = true;
  bool clamp_result = false;

  MixNode() {
    add_float("Factor", 0.5f, 0.0f, 1.0f, "NodeSocketFloatFactor", "Factor_Float");
    {
      NodeSocket& socket = add_input("NodeSocketVector", "Factor", "Factor_Vector");
      socket.enabled = false;
      socket.number = {0.5f, 0.5f, 0.5f};
    }
    add_float("A", 0.0f, -10000.0f, 10000.0f, "NodeSocketFloat", "A_Float");
    add_float("B", 0.0f, -10000.0f, 10000.0f, "NodeSocketFloat", "B_Float");
    add_input("NodeSocketVector", "A", "A_Vector").enabled = false;
    add_input("NodeSocketVector", "B", "B_Vector").enabled = false;
    {
      NodeSocket& socket = add_input("NodeSocketColor", "A", "A_Color");
      socket.enabled = false;
      socket.number = {0.5f, 0.5f, 0.5f, 1.0f};
    }
    {
      NodeSocket& socket = add_input("NodeSocketColor", "B", "B_Color");
      socket.enabled = false;
      socket.number = {0.5f, 0.5f, 0.5f, 1.0f};
    }
    add_output("NodeSocketFloat", "Result", "Result_Float");
    add_output("NodeSocketVector", "Result", "Result_Vector").enabled = false;
    add_output("NodeSocketColor", "Result", "Result_Color").enabled = false;
  }
  std::string_view static_type() const override { return "MIX"; }
  void update(const NodeTree*, const Document*) override {
    if (data_type == MixDataType::Float) {
      show({"Factor_Float", "A_Float", "B_Float"}, {"Result_Float"});
    } else if (data_type == MixDataType::Rgba) {
      show({"Factor_Float", "A_Color", "B_Color"}, {"Result_Color"});
    } else if (data_type == MixDataType::Vector && factor_mode == MixFactorMode::Uniform) {
      show({"Factor_Float", "A_Vector", "B_Vector"}, {"Result_Vector"});
    } else {
      show({"Factor_Vector", "A_Vector", "B_Vector"}, {"Result_Vector"});
    }
  }
  static const Schema& schema();
};

const Schema& MixNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<MixNode> s("ShaderNodeMix", "Mix", &ShaderNode::schema());
    s.add<&MixNode::data_type>("data_type", "Data Type")
        .items({{"FLOAT", "Float", 0}, {"VECTOR", "Vector", 1}, {"RGBA", "Color", 2}})
        .changes(Change::Shading | Change::Geometry);
    s.add<&MixNode::factor_mode>("factor_mode", "Factor Mode")
        .items({{"UNIFORM", "Uniform", 0}, {"NON_UNIFORM", "Non-Uniform", 1}})
        .changes(Change::Shading | Change::Geometry);
    s.add<&MixNode::blend_type>("blend_type", "Blending Mode")
        .items({{"MIX", "Mix", 0},
                {"DARKEN", "Darken", 7},
                {"MULTIPLY", "Multiply", 2},
                {"BURN", "Color Burn", 11},
                {"LIGHTEN", "Lighten", 8},
                {"SCREEN", "Screen", 4},
                {"DODGE", "Color Dodge", 10},
                {"ADD", "Add", 1},
                {"OVERLAY", "Overlay", 9},
                {"SOFT_LIGHT", "Soft Light", 16},
                {"LINEAR_LIGHT", "Linear Light", 17},
                {"DIFFERENCE", "Difference", 6},
                {"SUBTRACT", "Subtract", 3},
                {"DIVIDE", "Divide", 5},
                {"HUE", "Hue", 12},
                {"SATURATION", "Saturation", 13},
                {"COLOR", "Color", 15},
                {"VALUE", "Value", 14}})
        .changes(Change::Shading | Change::Geometry);
    s.add<&MixNode::clamp_factor>("clamp_factor", "Clamp Factor")
        .default_value(false)
        .changes(Change::Shading | Change::Geometry);
    s.add<&MixNode::clamp_result>("clamp_result", "Clamp Result")
        .changes(Change::Shading | Change::Geometry);
    s.set_tag("ShaderNodeMix");
    return s.build();
  }();
  return schema;
}

enum class Blend : std::uint8_t {
  Mix,
  Darken,
  Multiply,
  Burn,
  Lighten,
  Screen,
  Dodge,
  Add,
  Overlay,
  SoftLight,
  LinearLight,
  Difference,
  Exclusion,
  Subtract,
  Divide,
  Hue,
  Saturation,
  Color,
  Value
};
constexpr const char* names[] = {
    "MIX",    "DARKEN",  "MULTIPLY",   "BURN",         "LIGHTEN",    "SCREEN",    "DODGE",
    "ADD",    "OVERLAY", "SOFT_LIGHT", "LINEAR_LIGHT", "DIFFERENCE", "EXCLUSION", "SUBTRACT",
    "DIVIDE", "HUE",     "SATURATION", "COLOR",        "VALUE"};

/// Blends that work on each channel.
float blend_channel(Blend blend, float t, float a, float b) {
  const float s = 1.0f - t;
  switch (blend) {
    case Blend::Mix:
      return a * s + b * t;
    case Blend::Darken:
      return std::min(a, b) * t + a * s;
    case Blend::Multiply:
      return a * (s + t * b);
    case Blend::Burn: {
      const float d = s + t * b;
      return d <= 0.0f ? 0.0f : saturate(1.0f - (1.0f - a) / d);
    }
    case Blend::Lighten:
      return std::max(a, b) * t + a * s;
    case Blend::Screen:
      return 1.0f - (s + t * (1.0f - b)) * (1.0f - a);
    case Blend::Dodge: {
      if (a == 0.0f) {
        return a;
      }
      const float d = 1.0f - t * b;
      return d <= 0.0f ? 1.0f : std::min(a / d, 1.0f);
    }
    case Blend::Add:
      return a + t * b;
    case Blend::Overlay:
      return a < 0.5f ? a * (s + 2.0f * t * b) : 1.0f - (s + 2.0f * t * (1.0f - b)) * (1.0f - a);
    case Blend::SoftLight: {
      const float screen = 1.0f - (1.0f - b) * (1.0f - a);
      return s * a + t * ((1.0f - a) * b * a + a * screen);
    }
    case Blend::LinearLight:
      return a + t * (2.0f * b - 1.0f);
    case Blend::Difference:
      return s * a + t * std::abs(a - b);
    case Blend::Exclusion:
      return std::max(s * a + t * (a + b - 2.0f * a * b), 0.0f);
    case Blend::Subtract:
      return a - t * b;
    case Blend::Divide:
      return b != 0.0f ? s * a + t * a / b : a;
    default:
      return a;
  }
}

float3 blend_color(Blend blend, float t, float3 a, float3 b) {
  if (blend < Blend::Hue) {
    return {blend_channel(blend, t, a.x, b.x), blend_channel(blend, t, a.y, b.y),
            blend_channel(blend, t, a.z, b.z)};
  }
  float3 first = rgb_to_hsv(a);
  const float3 second = rgb_to_hsv(b);
  switch (blend) {
    case Blend::Hue:
      if (second.y == 0.0f) {
        return a;
      }
      first.x = second.x;
      return lerp(a, hsv_to_rgb(first), t);
    case Blend::Saturation:
      if (first.y == 0.0f) {
        return a;
      }
      first.y = (1.0f - t) * first.y + t * second.y;
      return hsv_to_rgb(first);
    case Blend::Color:
      if (second.y == 0.0f) {
        return a;
      }
      first.x = second.x;
      first.y = second.y;
      return lerp(a, hsv_to_rgb(first), t);
    default:
      first.z = (1.0f - t) * first.z + t * second.z;
      return hsv_to_rgb(first);
  }
}

enum Input { in_factor, in_a, in_b = 4 };

template <Blend blend>
void kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.set3(0, i,
              blend_color(blend, call.in(in_factor)[i], call.in3(in_a, i), call.in3(in_b, i)));
  }
}

template <std::size_t... blends>
constexpr std::array<Kernel, sizeof...(blends)> make_kernels(std::index_sequence<blends...>) {
  return {kernel<Blend(blends)>...};
}
constexpr auto kernels = make_kernels(std::make_index_sequence<std::size(names)>());

void lerp_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    const float t = call.in(0)[i];
    call.out(0)[i] = (1.0f - t) * call.in(1)[i] + t * call.in(2)[i];
  }
}

Value3 blend(NodeCompiler& node, const std::string& type, const Scalar& factor, const Value3& a,
             const Value3& b, bool is_clamped) {
  std::size_t index = 0;
  for (std::size_t i = 0; i < std::size(names); ++i) {
    if (type == names[i]) {
      index = i;
    }
  }
  Value3 out;
  node.emit(kernels[index], Purity::Pure, inputs_of({factor, a, b}), {&out.x, &out.y, &out.z});
  return is_clamped ? Value3{node.saturate(out.x), node.saturate(out.y), node.saturate(out.z)}
                    : out;
}

void compile_mix_rgb(NodeCompiler& node) {
  node.set_output(0, blend(node, node.node().text("blend_type"), node.saturate(node.input(0)),
                           node.input3(1), node.input3(2), node.node().flag("use_clamp")));
}

Scalar mix(NodeCompiler& node, const Scalar& t, const Scalar& a, const Scalar& b) {
  Scalar out;
  node.emit(lerp_kernel, Purity::Pure, {t, a, b}, {&out});
  return out;
}

/// The Mix node has the sockets of all its data types: factor float and vector, then A and B as
/// float, vector, colour.
void compile_mix(NodeCompiler& node) {
  const GraphNode& n = node.node();
  const std::string& type = n.text("data_type");
  const bool is_clamped = n.flag("clamp_factor");
  const auto limited = [&](const Scalar& s) { return is_clamped ? node.saturate(s) : s; };
  if (type == "VECTOR") {
    const bool is_uniform = n.text("factor_mode") != "NON_UNIFORM";
    const Scalar t = limited(node.input(0));
    const Value3 f = is_uniform ? Value3{t, t, t} : node.input3(1);
    const Value3 t3 = is_uniform ? f : Value3{limited(f.x), limited(f.y), limited(f.z)};
    const Value3 a = node.input3(4), b = node.input3(5);
    node.set_output(
        1, Value3{mix(node, t3.x, a.x, b.x), mix(node, t3.y, a.y, b.y), mix(node, t3.z, a.z, b.z)});
  } else if (type == "RGBA") {
    node.set_output(2, blend(node, n.text("blend_type"), limited(node.input(0)), node.input3(6),
                             node.input3(7), n.flag("clamp_result")));
  } else {
    node.set_output(0, mix(node, limited(node.input(0)), node.input(2), node.input(3)));
  }
}

}  // namespace

void register_mix(ShaderNodeList& nodes) {
  nodes.add<MixRGBNode>(compile_mix_rgb);
  nodes.add<MixNode>(compile_mix);
}

}  // namespace kiln::render::shading
