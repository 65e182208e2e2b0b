#include "render/shading/nodes/shader_node.h"
#include "render/shading/nodes/texture_node.h"
#include "render/shading/sampling.h"

namespace kiln::render::shading {
namespace {

enum class TexGradientGradientType : std::uint8_t {
  Linear,
  Quadratic,
  Easing,
  Diagonal,
  Radial,
  QuadraticSphere,
  Spherical
};
struct TexGradientNode : NodeType<TexGradientNode, ShaderNode> {
  TexMapping texture_mapping;
  TexGradientGradientType gradient_type = TexGradientGradientType::Linear;

  TexGradientNode() {
    add_vector("Vector").hide_value = true;
    add_output("NodeSocketColor", "Color");
    add_output("NodeSocketFloat", "Fac");
  }
  std::string_view static_type() const override { return "TEX_GRADIENT"; }
  static const Schema& schema();
};

const Schema& TexGradientNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<TexGradientNode> s("ShaderNodeTexGradient", "Gradient Texture",
                                     &ShaderNode::schema());
    s.add<&TexGradientNode::texture_mapping>("texture_mapping", "Texture Mapping")
        .never_none()
        .not_animatable();
    s.add<&TexGradientNode::gradient_type>("gradient_type", "Gradient Type")
        .items({{"LINEAR", "Linear", 0},
                {"QUADRATIC", "Quadratic", 1},
                {"EASING", "Easing", 2},
                {"DIAGONAL", "Diagonal", 3},
                {"SPHERICAL", "Spherical", 6},
                {"QUADRATIC_SPHERE", "Quadratic Sphere", 5},
                {"RADIAL", "Radial", 4}})
        .changes(Change::Shading | Change::Geometry);
    s.set_tag("ShaderNodeTexGradient");
    return s.build();
  }();
  return schema;
}

enum class Kind : std::uint8_t {
  Linear,
  Quadratic,
  Easing,
  Diagonal,
  Radial,
  QuadraticSphere,
  Spherical
};

float gradient(Kind kind, float3 p) {
  switch (kind) {
    case Kind::Linear:
      return p.x;
    case Kind::Quadratic:
      return square(std::max(p.x, 0.0f));
    case Kind::Easing: {
      const float t = saturate(p.x);
      return t * t * (3.0f - 2.0f * t);
    }
    case Kind::Diagonal:
      return 0.5f * (p.x + p.y);
    case Kind::Radial:
      return std::atan2(p.y, p.x) / (2.0f * pi) + 0.5f;
    case Kind::QuadraticSphere:
      return square(std::max(0.999999f - length(p), 0.0f));
    case Kind::Spherical:
      return std::max(0.999999f - length(p), 0.0f);
  }
  return 0.0f;
}

void kernel(const KernelCall& call) {
  const Kind kind = call.get<Kind>();
  for (int i = 0; i < call.count; ++i) {
    call.out(0)[i] = saturate(gradient(kind, call.in3(0, i)));
  }
}

void compile(NodeCompiler& node) {
  const std::string& type = node.node().text("gradient_type");
  Kind kind = Kind::Linear;
  const std::pair<const char*, Kind> names[] = {{"QUADRATIC", Kind::Quadratic},
                                                {"EASING", Kind::Easing},
                                                {"DIAGONAL", Kind::Diagonal},
                                                {"RADIAL", Kind::Radial},
                                                {"QUADRATIC_SPHERE", Kind::QuadraticSphere},
                                                {"SPHERICAL", Kind::Spherical}};
  for (const auto& [name, k] : names) {
    if (type == name) {
      kind = k;
    }
  }
  Scalar value;
  node.emit(kernel, Purity::Pure, inputs_of({texture_vector(node)}), {&value},
            std::make_shared<Kind>(kind));
  node.set_output(node.find_output("Fac"), value);
  node.set_output(node.find_output("Color"), value);
}

}  // namespace

void register_gradient_texture(ShaderNodeList& nodes) {
  nodes.add<TexGradientNode>(compile);
}

}  // namespace kiln::render::shading
