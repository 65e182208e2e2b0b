#include "render/shading/color.h"
#include "render/shading/compiler.h"
#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

struct SeparateXYZNode : NodeType<SeparateXYZNode, ShaderNode> {
  SeparateXYZNode() {
    add_vector("Vector");
    add_output("NodeSocketFloat", "X");
    add_output("NodeSocketFloat", "Y");
    add_output("NodeSocketFloat", "Z");
  }
  std::string_view static_type() const override { return "SEPXYZ"; }
  static const Schema& schema();
};

const Schema& SeparateXYZNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<SeparateXYZNode> s("ShaderNodeSeparateXYZ", "Separate XYZ",
                                     &ShaderNode::schema());
    s.set_tag("ShaderNodeSeparateXYZ");
    return s.build();
  }();
  return schema;
}

struct SeparateRGBNode : NodeType<SeparateRGBNode, ShaderNode> {
  SeparateRGBNode() {
    add_color("Image", {0.8f, 0.8f, 0.8f, 1.0f});
    add_output("NodeSocketFloat", "R");
    add_output("NodeSocketFloat", "G");
    add_output("NodeSocketFloat", "B");
  }
  std::string_view static_type() const override { return "SEPRGB"; }
  static const Schema& schema();
};

const Schema& SeparateRGBNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<SeparateRGBNode> s("ShaderNodeSeparateRGB", "Separate RGB",
                                     &ShaderNode::schema());
    s.set_tag("ShaderNodeSeparateRGB");
    return s.build();
  }();
  return schema;
}

struct SeparateHSVNode : NodeType<SeparateHSVNode, ShaderNode> {
  SeparateHSVNode() {
    add_color("Color", {0.8f, 0.8f, 0.8f, 1.0f});
    add_output("NodeSocketFloat", "H");
    add_output("NodeSocketFloat", "S");
    add_output("NodeSocketFloat", "V");
  }
  std::string_view static_type() const override { return "SEPHSV"; }
  static const Schema& schema();
};

const Schema& SeparateHSVNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<SeparateHSVNode> s("ShaderNodeSeparateHSV", "Separate HSV",
                                     &ShaderNode::schema());
    s.set_tag("ShaderNodeSeparateHSV");
    return s.build();
  }();
  return schema;
}

enum class SeparateColorMode : std::uint8_t { Rgb, Hsv, Hsl };
struct SeparateColorNode : NodeType<SeparateColorNode, ShaderNode> {
  SeparateColorMode mode = SeparateColorMode::Rgb;

  SeparateColorNode() {
    add_color("Color", {0.8f, 0.8f, 0.8f, 1.0f});
    add_output("NodeSocketFloat", "Red").label = "Red";
    add_output("NodeSocketFloat", "Green").label = "Green";
    add_output("NodeSocketFloat", "Blue").label = "Blue";
  }
  std::string_view static_type() const override { return "SEPARATE_COLOR"; }
  void update(const NodeTree*, const Document*) override {
    if (mode == SeparateColorMode::Rgb) {
      show({"Color"}, {"Red", "Green", "Blue"});
    } else if (mode == SeparateColorMode::Hsv) {
      show({"Color"}, {"Red", "Green", "Blue"});
      relabel("Red", "Hue");
      relabel("Green", "Saturation");
      relabel("Blue", "Value");
    } else {
      show({"Color"}, {"Red", "Green", "Blue"});
      relabel("Red", "Hue");
      relabel("Green", "Saturation");
      relabel("Blue", "Lightness");
    }
  }
  static const Schema& schema();
};

const Schema& SeparateColorNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<SeparateColorNode> s("ShaderNodeSeparateColor", "Separate Color",
                                       &ShaderNode::schema());
    s.add<&SeparateColorNode::mode>("mode", "Mode")
        .items({{"RGB", "RGB", 0}, {"HSV", "HSV", 1}, {"HSL", "HSL", 2}})
        .changes(Change::Shading);
    s.set_tag("ShaderNodeSeparateColor");
    return s.build();
  }();
  return schema;
}

struct CombineXYZNode : NodeType<CombineXYZNode, ShaderNode> {
  CombineXYZNode() {
    add_float("X", 0.0f);
    add_float("Y", 0.0f);
    add_float("Z", 0.0f);
    add_output("NodeSocketVector", "Vector");
  }
  std::string_view static_type() const override { return "COMBXYZ"; }
  static const Schema& schema();
};

const Schema& CombineXYZNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<CombineXYZNode> s("ShaderNodeCombineXYZ", "Combine XYZ", &ShaderNode::schema());
    s.set_tag("ShaderNodeCombineXYZ");
    return s.build();
  }();
  return schema;
}

struct CombineRGBNode : NodeType<CombineRGBNode, ShaderNode> {
  CombineRGBNode() {
    add_float("R", 0.0f, 0.0f, 1.0f);
    add_float("G", 0.0f, 0.0f, 1.0f);
    add_float("B", 0.0f, 0.0f, 1.0f);
    add_output("NodeSocketColor", "Image");
  }
  std::string_view static_type() const override { return "COMBRGB"; }
  static const Schema& schema();
};

const Schema& CombineRGBNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<CombineRGBNode> s("ShaderNodeCombineRGB", "Combine RGB", &ShaderNode::schema());
    s.set_tag("ShaderNodeCombineRGB");
    return s.build();
  }();
  return schema;
}

struct CombineHSVNode : NodeType<CombineHSVNode, ShaderNode> {
  CombineHSVNode() {
    add_float("H", 0.0f, 0.0f, 1.0f, "NodeSocketFloatUnsigned");
    add_float("S", 0.0f, 0.0f, 1.0f, "NodeSocketFloatUnsigned");
    add_float("V", 0.0f, 0.0f, 1.0f, "NodeSocketFloatUnsigned");
    add_output("NodeSocketColor", "Color");
  }
  std::string_view static_type() const override { return "COMBHSV"; }
  static const Schema& schema();
};

const Schema& CombineHSVNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<CombineHSVNode> s("ShaderNodeCombineHSV", "Combine HSV", &ShaderNode::schema());
    s.set_tag("ShaderNodeCombineHSV");
    return s.build();
  }();
  return schema;
}

enum class CombineColorMode : std::uint8_t { Rgb, Hsv, Hsl };
struct CombineColorNode : NodeType<CombineColorNode, ShaderNode> {
  CombineColorMode mode = CombineColorMode::Rgb;

  CombineColorNode() {
    add_factor("Red", 0.0f).label = "Red";
    add_factor("Green", 0.0f).label = "Green";
    add_factor("Blue", 0.0f).label = "Blue";
    add_output("NodeSocketColor", "Color");
  }
  std::string_view static_type() const override { return "COMBINE_COLOR"; }
  void update(const NodeTree*, const Document*) override {
    if (mode == CombineColorMode::Rgb) {
      show({"Red", "Green", "Blue"}, {"Color"});
    } else if (mode == CombineColorMode::Hsv) {
      show({"Red", "Green", "Blue"}, {"Color"});
      relabel("Red", "Hue");
      relabel("Green", "Saturation");
      relabel("Blue", "Value");
    } else {
      show({"Red", "Green", "Blue"}, {"Color"});
      relabel("Red", "Hue");
      relabel("Green", "Saturation");
      relabel("Blue", "Lightness");
    }
  }
  static const Schema& schema();
};

const Schema& CombineColorNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<CombineColorNode> s("ShaderNodeCombineColor", "Combine Color",
                                      &ShaderNode::schema());
    s.add<&CombineColorNode::mode>("mode", "Mode")
        .items({{"RGB", "RGB", 0}, {"HSV", "HSV", 1}, {"HSL", "HSL", 2}})
        .changes(Change::Shading);
    s.set_tag("ShaderNodeCombineColor");
    return s.build();
  }();
  return schema;
}

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

void register_separate_combine(ShaderNodeList& nodes) {
  nodes.add<SeparateXYZNode>(compile_separate);
  nodes.add<SeparateRGBNode>(compile_separate);
  nodes.add<SeparateHSVNode>(compile_separate_hsv);
  nodes.add<SeparateColorNode>(compile_separate_color);
  nodes.add<CombineXYZNode>(compile_combine);
  nodes.add<CombineRGBNode>(compile_combine);
  nodes.add<CombineHSVNode>(compile_combine_hsv);
  nodes.add<CombineColorNode>(compile_combine_color);
}

}  // namespace kiln::render::shading
