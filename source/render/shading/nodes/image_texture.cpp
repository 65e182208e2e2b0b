#include "document/image.h"
#include "render/shading/nodes/closure_node.h"
#include "render/shading/nodes/shader_node.h"
#include "render/shading/nodes/texture_node.h"

namespace kiln::render::shading {
namespace {

enum class TexImageProjection : std::uint8_t { Flat, Box, Sphere, Tube };
enum class TexImageInterpolation : std::uint8_t { Linear, Closest, Cubic, Smart };
enum class TexImageExtension : std::uint8_t { Repeat, Extend, Clip };
struct TexImageNode : NodeType<TexImageNode, ShaderNode> {
  BlockRef<Image> image;
  TexMapping texture_mapping;
  TexImageProjection projection = TexImageProjection::Flat;
  TexImageInterpolation interpolation = TexImageInterpolation::Linear;
  float projection_blend = 0.0f;
  TexImageExtension extension = TexImageExtension::Repeat;
  ImageUser image_user;

  TexImageNode() {
    width = 240.0f;
    add_vector("Vector").hide_value = true;
    add_output("NodeSocketColor", "Color");
    add_output("NodeSocketFloat", "Alpha");
  }
  std::string_view static_type() const override { return "TEX_IMAGE"; }
  static const Schema& schema();
};

const Schema& TexImageNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<TexImageNode> s("ShaderNodeTexImage", "Image Texture", &ShaderNode::schema());
    s.add<&TexImageNode::image>("image", "Image")
        .not_animatable()
        .overridable()
        .changes(Change::Shading | Change::Hierarchy);
    s.add<&TexImageNode::texture_mapping>("texture_mapping", "Texture Mapping")
        .never_none()
        .not_animatable();
    s.add<&TexImageNode::projection>("projection", "Projection")
        .items(
            {{"FLAT", "Flat", 0}, {"BOX", "Box", 1}, {"SPHERE", "Sphere", 2}, {"TUBE", "Tube", 3}})
        .changes(Change::Shading);
    s.add<&TexImageNode::interpolation>("interpolation", "Interpolation")
        .items({{"Linear", "Linear", 0},
                {"Closest", "Closest", 1},
                {"Cubic", "Cubic", 2},
                {"Smart", "Smart", 3}})
        .changes(Change::Shading);
    s.add<&TexImageNode::projection_blend>("projection_blend", "Projection Blend")
        .subtype(Subtype::Factor)
        .range(0, 1)
        .changes(Change::Shading);
    s.add<&TexImageNode::extension>("extension", "Extension")
        .items({{"REPEAT", "Repeat", 0}, {"EXTEND", "Extend", 1}, {"CLIP", "Clip", 2}})
        .changes(Change::Shading);
    s.add<&TexImageNode::image_user>("image_user", "Image User").never_none().not_animatable();
    s.set_tag("ShaderNodeTexImage");
    return s.build();
  }();
  return schema;
}

enum class TexEnvironmentProjection : std::uint8_t { Equirectangular, MirrorBall };
enum class TexEnvironmentInterpolation : std::uint8_t { Linear, Closest, Cubic, Smart };
struct TexEnvironmentNode : NodeType<TexEnvironmentNode, ShaderNode> {
  BlockRef<Image> image;
  TexMapping texture_mapping;
  TexEnvironmentProjection projection = TexEnvironmentProjection::Equirectangular;
  TexEnvironmentInterpolation interpolation = TexEnvironmentInterpolation::Linear;
  ImageUser image_user;

  TexEnvironmentNode() {
    width = 240.0f;
    add_vector("Vector").hide_value = true;
    add_output("NodeSocketColor", "Color");
  }
  std::string_view static_type() const override { return "TEX_ENVIRONMENT"; }
  static const Schema& schema();
};

const Schema& TexEnvironmentNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<TexEnvironmentNode> s("ShaderNodeTexEnvironment", "Environment Texture",
                                        &ShaderNode::schema());
    s.add<&TexEnvironmentNode::image>("image", "Image")
        .not_animatable()
        .overridable()
        .changes(Change::Shading | Change::Hierarchy);
    s.add<&TexEnvironmentNode::texture_mapping>("texture_mapping", "Texture Mapping")
        .never_none()
        .not_animatable();
    s.add<&TexEnvironmentNode::projection>("projection", "Projection")
        .items({{"EQUIRECTANGULAR", "Equirectangular", 0}, {"MIRROR_BALL", "Mirror Ball", 1}})
        .changes(Change::Shading);
    s.add<&TexEnvironmentNode::interpolation>("interpolation", "Interpolation")
        .items({{"Linear", "Linear", 0},
                {"Closest", "Closest", 1},
                {"Cubic", "Cubic", 2},
                {"Smart", "Smart", 3}})
        .changes(Change::Shading);
    s.add<&TexEnvironmentNode::image_user>("image_user", "Image User")
        .never_none()
        .not_animatable();
    s.set_tag("ShaderNodeTexEnvironment");
    return s.build();
  }();
  return schema;
}

enum class Projection : std::uint8_t { Flat, Box, Sphere, Tube };
struct Settings {
  std::shared_ptr<const TextureImage> image;
  TextureInterpolation interpolation = TextureInterpolation::Linear;
  TextureExtension extension = TextureExtension::Repeat;
  Projection projection = Projection::Flat;
  float blend = 0.0f;
  bool is_mirror_ball = false;
};

TextureInterpolation interpolation_of(const std::string& name) {
  return name == "Closest"                    ? TextureInterpolation::Closest
         : name == "Cubic" || name == "Smart" ? TextureInterpolation::Cubic
                                              : TextureInterpolation::Linear;
}

float2 map_tube(float3 p) {
  p = p - float3{0.5f, 0.5f, 0.5f};
  const float l = std::sqrt(p.x * p.x + p.y * p.y);
  const float u = l > 0.0f ? (1.0f - std::atan2(p.x / l, p.y / l) * inverse_pi) * 0.5f : 0.0f;
  return {u, (p.z * 2.0f + 1.0f) * 0.5f};
}

float2 map_sphere(float3 p) {
  p = p - float3{0.5f, 0.5f, 0.5f};
  const float l = length(p);
  if (l <= 0.0f) {
    return {0.0f, 0.0f};
  }
  const float u =
      p.x == 0.0f && p.y == 0.0f ? 0.0f : (1.0f - std::atan2(p.x, p.y) * inverse_pi) * 0.5f;
  return {u, 1.0f - std::acos(std::clamp(p.z / l, -1.0f, 1.0f)) * inverse_pi};
}

/// Colours leave with alpha divided out.
void put(const KernelCall& call, int lane, float4 c) {
  const bool is_partial = c.w != 1.0f && c.w != 0.0f;
  call.set3(0, lane, is_partial ? xyz(c) * (1.0f / c.w) : xyz(c));
  call.out(3)[lane] = c.w;
}

void image_kernel(const KernelCall& call) {
  const Settings& s = call.get<Settings>();
  for (int i = 0; i < call.count; ++i) {
    const float3 p = call.in3(0, i);
    float2 at{p.x, p.y};
    if (s.projection == Projection::Sphere) {
      at = map_sphere(p);
    } else if (s.projection == Projection::Tube) {
      at = map_tube(p);
    }
    put(call, i, sample_image(*s.image, at.x, at.y, s.interpolation, s.extension));
  }
}

/// Three projections along the object's axes, blended where the normal lies between them. Inputs:
/// vector, object normal.
void box_kernel(const KernelCall& call) {
  const Settings& s = call.get<Settings>();
  for (int i = 0; i < call.count; ++i) {
    const float3 p = call.in3(0, i);
    const float3 signed_normal = normalize(
        transform_normal(call.batch.geometry->object_to_world(call.batch, i),
                         call.batch.normal.get(i) * (call.batch.is_backfacing[i] ? -1.0f : 1.0f)));
    float3 n{std::abs(signed_normal.x), std::abs(signed_normal.y), std::abs(signed_normal.z)};
    n = n * (1.0f / std::max(n.x + n.y + n.z, 1e-20f));
    const float limit = 0.5f * (1.0f + s.blend);
    float3 weight;
    if (n.x > limit * (n.x + n.y) && n.x > limit * (n.x + n.z)) {
      weight.x = 1.0f;
    } else if (n.y > limit * (n.x + n.y) && n.y > limit * (n.y + n.z)) {
      weight.y = 1.0f;
    } else if (n.z > limit * (n.x + n.z) && n.z > limit * (n.y + n.z)) {
      weight.z = 1.0f;
    } else if (s.blend > 0.0f) {
      // Between two, then between all three.
      const auto share = [&](float a, float b) {
        return saturate((a / (a + b) - (1.0f - limit)) / s.blend);
      };
      if (n.z < (1.0f - limit) * (n.y + n.x)) {
        weight.x = share(n.x, n.y);
        weight.y = 1.0f - weight.x;
      } else if (n.x < (1.0f - limit) * (n.y + n.z)) {
        weight.y = share(n.y, n.z);
        weight.z = 1.0f - weight.y;
      } else if (n.y < (1.0f - limit) * (n.x + n.z)) {
        weight.x = share(n.x, n.z);
        weight.z = 1.0f - weight.x;
      } else {
        weight = (n * (2.0f - limit) + float3{1, 1, 1} * (limit - 1.0f)) *
                 (1.0f / (2.0f * limit - 1.0f));
      }
    } else {
      weight.x = 1.0f;
    }
    float4 c;
    if (weight.x > 0.0f) {
      c += sample_image(*s.image, signed_normal.x < 0.0f ? 1.0f - p.y : p.y, p.z, s.interpolation,
                        s.extension) *
           weight.x;
    }
    if (weight.y > 0.0f) {
      c += sample_image(*s.image, signed_normal.y > 0.0f ? 1.0f - p.x : p.x, p.z, s.interpolation,
                        s.extension) *
           weight.y;
    }
    if (weight.z > 0.0f) {
      c += sample_image(*s.image, signed_normal.z > 0.0f ? 1.0f - p.y : p.y, p.x, s.interpolation,
                        s.extension) *
           weight.z;
    }
    put(call, i, c);
  }
}

void environment_kernel(const KernelCall& call) {
  const Settings& s = call.get<Settings>();
  for (int i = 0; i < call.count; ++i) {
    const float3 d = normalize(call.in3(0, i));
    float2 at;
    if (s.is_mirror_ball) {
      // The ball is seen along +Y.
      const float3 h{d.x, d.y - 1.0f, d.z};
      const float div = 2.0f * safe_sqrt(std::max(-0.5f * h.y, 0.0f));
      at = {0.5f * (div > 0.0f ? h.x / div : h.x) + 0.5f,
            0.5f * (div > 0.0f ? h.z / div : h.z) + 0.5f};
    } else {
      at = {0.5f - std::atan2(d.y, d.x) * 0.5f * inverse_pi,
            0.5f + std::atan2(d.z, std::sqrt(d.x * d.x + d.y * d.y)) * inverse_pi};
    }
    put(call, i, sample_image(*s.image, at.x, at.y, s.interpolation, s.extension));
  }
}

void emit_texture(NodeCompiler& node, Kernel kernel, const Value3& vector, Settings settings) {
  Value3 color;
  Scalar alpha;
  node.emit(kernel, kernel == box_kernel ? Purity::ReadsBatch : Purity::Pure,
            {vector.x, vector.y, vector.z}, {&color.x, &color.y, &color.z, &alpha},
            std::make_shared<Settings>(std::move(settings)));
  node.set_output(node.find_output("Color"), color);
  node.set_output(node.find_output("Alpha"), alpha);
}

/// What is seen where the picture is missing.
void set_missing(NodeCompiler& node) {
  node.set_output(node.find_output("Color"), constant(float3{1.0f, 0.0f, 1.0f}));
  node.set_output(node.find_output("Alpha"), constant(1.0f));
}

void compile_image(NodeCompiler& node) {
  const GraphNode& n = node.node();
  Settings settings;
  settings.image = n.object<TextureImage>("image");
  if (!settings.image) {
    set_missing(node);
    return;
  }
  settings.interpolation = interpolation_of(n.text("interpolation"));
  const std::string& extension = n.text("extension");
  settings.extension = extension == "CLIP"     ? TextureExtension::Clip
                       : extension == "EXTEND" ? TextureExtension::Extend
                                               : TextureExtension::Repeat;
  const std::string& projection = n.text("projection");
  settings.projection = projection == "BOX"      ? Projection::Box
                        : projection == "SPHERE" ? Projection::Sphere
                        : projection == "TUBE"   ? Projection::Tube
                                                 : Projection::Flat;
  settings.blend = n.number("projection_blend");
  const bool is_box = settings.projection == Projection::Box;
  emit_texture(node, is_box ? box_kernel : image_kernel,
               texture_vector(node, DefaultCoordinates::Uv), std::move(settings));
}

void compile_environment(NodeCompiler& node) {
  const GraphNode& n = node.node();
  Settings settings;
  settings.image = n.object<TextureImage>("image");
  if (!settings.image) {
    set_missing(node);
    return;
  }
  settings.interpolation = interpolation_of(n.text("interpolation"));
  settings.is_mirror_ball = n.text("projection") == "MIRROR_BALL";
  emit_texture(node, environment_kernel, texture_vector(node, DefaultCoordinates::Direction),
               std::move(settings));
}

}  // namespace

void register_image_texture(ShaderNodeList& nodes) {
  nodes.add<TexImageNode>(compile_image);
  nodes.add<TexEnvironmentNode>(compile_environment);
}

}  // namespace kiln::render::shading
