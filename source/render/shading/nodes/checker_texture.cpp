#include "core/to_int.h"
#include "render/shading/nodes/shader_node.h"
#include "render/shading/nodes/texture_node.h"

namespace kiln::render::shading {
namespace {

struct TexCheckerNode : NodeType<TexCheckerNode, ShaderNode> {
  TexMapping texture_mapping;

  TexCheckerNode() {
    add_vector("Vector").hide_value = true;
    add_color("Color1", {0.8f, 0.8f, 0.8f, 1.0f});
    add_color("Color2", {0.2f, 0.2f, 0.2f, 1.0f});
    add_float("Scale", 5.0f);
    add_output("NodeSocketColor", "Color");
    add_output("NodeSocketFloat", "Fac");
  }
  std::string_view static_type() const override { return "TEX_CHECKER"; }
  static const Schema& schema();
};

const Schema& TexCheckerNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<TexCheckerNode> s("ShaderNodeTexChecker", "Checker Texture",
                                    &ShaderNode::schema());
    s.add<&TexCheckerNode::texture_mapping>("texture_mapping", "Texture Mapping")
        .never_none()
        .not_animatable();
    s.set_tag("ShaderNodeTexChecker");
    return s.build();
  }();
  return schema;
}

enum Input { in_vector, in_color1 = 3, in_color2 = 6, in_scale = 9 };

void kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    const float3 p = call.in3(in_vector, i) * call.in(in_scale)[i];
    // A little off the lattice, where flat faces tend to lie.
    const auto cell = [](float x) { return to_int(std::floor((x + 0.000001f) * 0.999999f)) & 1; };
    const bool is_first = (cell(p.x) == cell(p.y)) == (cell(p.z) == 1);
    call.out(0)[i] = is_first ? 1.0f : 0.0f;
    call.set3(1, i, call.in3(is_first ? in_color1 : in_color2, i));
  }
}

void compile(NodeCompiler& node) {
  Scalar value;
  Value3 color;
  node.emit(kernel, Purity::Pure,
            inputs_of({texture_vector(node), node.input3("Color1"), node.input3("Color2"),
                       node.input("Scale")}),
            {&value, &color.x, &color.y, &color.z});
  node.set_output(node.find_output("Fac"), value);
  node.set_output(node.find_output("Color"), color);
}

}  // namespace

void register_checker_texture(ShaderNodeList& nodes) {
  nodes.add<TexCheckerNode>(compile);
}

}  // namespace kiln::render::shading
