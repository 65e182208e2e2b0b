#include "core/to_int.h"
#include "render/shading/nodes/shader_node.h"
#include "render/shading/nodes/texture_node.h"
#include "render/shading/sampling.h"

namespace kiln::render::shading {
namespace {

struct TexBrickNode : NodeType<TexBrickNode, ShaderNode> {
  TexMapping texture_mapping;
  int offset_frequency = 2;
  int squash_frequency = 2;
  float offset = 0.5f;
  float squash = 1.0f;

  TexBrickNode() {
    width = 150.0f;
    add_vector("Vector").hide_value = true;
    add_color("Color1", {0.8f, 0.8f, 0.8f, 1.0f});
    add_color("Color2", {0.2f, 0.2f, 0.2f, 1.0f});
    add_color("Mortar", {0.0f, 0.0f, 0.0f, 1.0f});
    add_float("Scale", 5.0f, -1000.0f, 1000.0f);
    add_float("Mortar Size", 0.02f, 0.0f, 0.125f);
    add_float("Mortar Smooth", 0.1f, 0.0f, 1.0f);
    add_float("Bias", 0.0f, -1.0f, 1.0f);
    add_float("Brick Width", 0.5f, 0.01f, 100.0f);
    add_float("Row Height", 0.25f, 0.01f, 100.0f);
    add_output("NodeSocketColor", "Color");
    add_output("NodeSocketFloat", "Fac");
  }
  std::string_view static_type() const override { return "TEX_BRICK"; }
  static const Schema& schema();
};

const Schema& TexBrickNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<TexBrickNode> s("ShaderNodeTexBrick", "Brick Texture", &ShaderNode::schema());
    s.add<&TexBrickNode::texture_mapping>("texture_mapping", "Texture Mapping")
        .never_none()
        .not_animatable();
    s.add<&TexBrickNode::offset_frequency>("offset_frequency", "Offset Frequency")
        .range(1, 99)
        .changes(Change::Shading | Change::Geometry);
    s.add<&TexBrickNode::squash_frequency>("squash_frequency", "Squash Frequency")
        .range(1, 99)
        .changes(Change::Shading | Change::Geometry);
    s.add<&TexBrickNode::offset>("offset", "Offset Amount")
        .range(0, 1)
        .changes(Change::Shading | Change::Geometry);
    s.add<&TexBrickNode::squash>("squash", "Squash Amount")
        .range(0, 99)
        .changes(Change::Shading | Change::Geometry);
    s.set_tag("ShaderNodeTexBrick");
    return s.build();
  }();
  return schema;
}

struct Settings {
  float offset, squash;
  int offset_frequency, squash_frequency;
};

enum Input {
  in_vector,
  in_color1 = 3,
  in_color2 = 6,
  in_mortar = 9,
  in_scale = 12,
  in_mortar_size,
  in_mortar_smooth,
  in_bias,
  in_width,
  in_height
};

/// A number in [0, 1) for each brick; Hugo Elias' integer noise.
float brick_shade(int row, int column) {
  std::uint32_t n = (std::uint32_t(row) << 16) + (std::uint32_t(column) & 0xffffu);
  n = (n + 1013u) & 0x7fffffffu;
  n = (n >> 13) ^ n;
  const std::uint32_t m = (n * (n * n * 60493u + 19990303u) + 1376312589u) & 0x7fffffffu;
  return 0.5f * (float(m) / 1073741824.0f);
}

void kernel(const KernelCall& call) {
  const Settings& s = call.get<Settings>();
  for (int i = 0; i < call.count; ++i) {
    const float3 p = call.in3(in_vector, i) * call.in(in_scale)[i];
    float width = call.in(in_width)[i];
    const float height = call.in(in_height)[i];
    const int row = to_int(std::floor(p.y / height));
    float offset = 0.0f;
    if (s.offset_frequency && s.squash_frequency) {
      width *= row % s.squash_frequency ? 1.0f : s.squash;
      offset = row % s.offset_frequency ? 0.0f : width * s.offset;
    }
    const int column = to_int(std::floor((p.x + offset) / width));
    const float x = p.x + offset - width * float(column), y = p.y - height * float(row);
    const float tint = saturate(brick_shade(row, column) + call.in(in_bias)[i]);
    const float edge = std::min(std::min(x, y), std::min(width - x, height - y));
    const float mortar_size = call.in(in_mortar_size)[i], smooth = call.in(in_mortar_smooth)[i];
    float mortar = 0.0f;
    if (edge < mortar_size) {
      mortar = 1.0f;
      if (smooth != 0.0f) {
        const float t = saturate((1.0f - edge / mortar_size) / smooth);
        mortar = t * t * (3.0f - 2.0f * t);
      }
    }
    const float3 brick = lerp(call.in3(in_color1, i), call.in3(in_color2, i), tint);
    call.out(0)[i] = mortar;
    call.set3(1, i, lerp(brick, call.in3(in_mortar, i), mortar));
  }
}

void compile(NodeCompiler& node) {
  const GraphNode& n = node.node();
  Scalar value;
  Value3 color;
  node.emit(kernel, Purity::Pure,
            inputs_of({texture_vector(node), node.input3("Color1"), node.input3("Color2"),
                       node.input3("Mortar"), node.input("Scale"), node.input("Mortar Size"),
                       node.input("Mortar Smooth"), node.input("Bias"), node.input("Brick Width"),
                       node.input("Row Height")}),
            {&value, &color.x, &color.y, &color.z},
            std::make_shared<Settings>(Settings{n.number("offset", 0.5f), n.number("squash", 1.0f),
                                                n.integer("offset_frequency", 2),
                                                n.integer("squash_frequency", 2)}));
  node.set_output(node.find_output("Fac"), value);
  node.set_output(node.find_output("Color"), color);
}

}  // namespace

void register_brick_texture(ShaderNodeList& nodes) {
  nodes.add<TexBrickNode>(compile);
}

}  // namespace kiln::render::shading
