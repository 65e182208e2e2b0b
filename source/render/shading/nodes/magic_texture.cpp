#include "render/shading/nodes/shader_node.h"
#include "render/shading/nodes/texture_node.h"
#include "render/shading/sampling.h"

namespace kiln::render::shading {
namespace {

struct TexMagicNode : NodeType<TexMagicNode, ShaderNode> {
  TexMapping texture_mapping;
  int turbulence_depth = 2;

  TexMagicNode() {
    add_vector("Vector").hide_value = true;
    add_float("Scale", 5.0f, -1000.0f, 1000.0f);
    add_float("Distortion", 1.0f, -1000.0f, 1000.0f);
    add_output("NodeSocketColor", "Color");
    add_output("NodeSocketFloat", "Fac");
  }
  std::string_view static_type() const override { return "TEX_MAGIC"; }
  static const Schema& schema();
};

const Schema& TexMagicNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<TexMagicNode> s("ShaderNodeTexMagic", "Magic Texture", &ShaderNode::schema());
    s.add<&TexMagicNode::texture_mapping>("texture_mapping", "Texture Mapping")
        .never_none()
        .not_animatable();
    s.add<&TexMagicNode::turbulence_depth>("turbulence_depth", "Depth")
        .default_value(0)
        .range(0, 10)
        .changes(Change::Shading | Change::Geometry);
    s.set_tag("ShaderNodeTexMagic");
    return s.build();
  }();
  return schema;
}

enum Input { in_vector, in_scale = 3, in_distortion };

/// Sines of sines, `depth` deep.
float3 magic(float3 p, float distortion, int depth) {
  float x = std::sin((p.x + p.y + p.z) * 5.0f);
  float y = std::cos((-p.x + p.y - p.z) * 5.0f);
  float z = -std::cos((-p.x - p.y + p.z) * 5.0f);
  const float d = distortion;
  if (depth > 0) {
    x *= d;
    y *= d;
    z *= d;
    y = -std::cos(x - y + z) * d;
  }
  if (depth > 1) {
    x = std::cos(x - y - z) * d;
  }
  if (depth > 2) {
    z = std::sin(-x - y - z) * d;
  }
  if (depth > 3) {
    x = -std::cos(-x + y - z) * d;
  }
  if (depth > 4) {
    y = -std::sin(-x + y + z) * d;
  }
  if (depth > 5) {
    y = -std::cos(-x + y + z) * d;
  }
  if (depth > 6) {
    x = std::cos(x + y + z) * d;
  }
  if (depth > 7) {
    z = std::sin(x + y - z) * d;
  }
  if (depth > 8) {
    x = -std::cos(-x - y + z) * d;
  }
  if (depth > 9) {
    y = -std::sin(x - y + z) * d;
  }
  if (d != 0.0f) {
    const float s = 1.0f / (2.0f * d);
    x *= s;
    y *= s;
    z *= s;
  }
  return {0.5f - x, 0.5f - y, 0.5f - z};
}

void kernel(const KernelCall& call) {
  const int depth = call.get<int>();
  for (int i = 0; i < call.count; ++i) {
    float3 p = call.in3(in_vector, i) * call.in(in_scale)[i];
    // Whole periods drop out before sines lose their digits.
    for (int k = 0; k < 3; ++k) {
      p[k] = std::fmod(p[k], 2.0f * pi);
    }
    const float3 color = magic(p, call.in(in_distortion)[i], depth);
    call.out(0)[i] = mean(color);
    call.set3(1, i, color);
  }
}

void compile(NodeCompiler& node) {
  Scalar value;
  Value3 color;
  node.emit(kernel, Purity::Pure,
            inputs_of({texture_vector(node), node.input("Scale"), node.input("Distortion")}),
            {&value, &color.x, &color.y, &color.z},
            std::make_shared<int>(node.node().integer("turbulence_depth", 2)));
  node.set_output(node.find_output("Fac"), value);
  node.set_output(node.find_output("Color"), color);
}

}  // namespace

void register_magic_texture(ShaderNodeList& nodes) {
  nodes.add<TexMagicNode>(compile);
}

}  // namespace kiln::render::shading
