#include "document/object.h"
#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

enum class TexPointDensityPointSource : std::uint8_t { ParticleSystem, Object };
enum class TexPointDensitySpace : std::uint8_t { Object, World };
enum class TexPointDensityInterpolation : std::uint8_t { Linear, Closest, Cubic };
enum class TexPointDensityParticleColorSource : std::uint8_t {
  ParticleAge = 1,
  ParticleSpeed = 2,
  ParticleVelocity = 3
};
enum class TexPointDensityVertexColorSource : std::uint8_t {
  VertexColor,
  VertexWeight,
  VertexNormal
};
struct TexPointDensityNode : NodeType<TexPointDensityNode, ShaderNode> {
  BlockRef<Object> object;
  TexPointDensityPointSource point_source = TexPointDensityPointSource::ParticleSystem;
  int resolution = 100;
  float radius = 0.3f;
  TexPointDensitySpace space = TexPointDensitySpace::Object;
  TexPointDensityInterpolation interpolation = TexPointDensityInterpolation::Linear;
  TexPointDensityParticleColorSource particle_color_source =
      TexPointDensityParticleColorSource::ParticleAge;
  TexPointDensityVertexColorSource vertex_color_source =
      TexPointDensityVertexColorSource::VertexColor;
  std::string vertex_attribute_name;

  TexPointDensityNode() {
    add_vector("Vector").hide_value = true;
    add_output("NodeSocketColor", "Color");
    add_output("NodeSocketFloat", "Density");
  }
  std::string_view static_type() const override { return "TEX_POINTDENSITY"; }
  static const Schema& schema();
};

const Schema& TexPointDensityNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<TexPointDensityNode> s("ShaderNodeTexPointDensity", "Point Density",
                                         &ShaderNode::schema());
    s.add<&TexPointDensityNode::object>("object", "Object")
        .not_animatable()
        .overridable()
        .changes(Change::Shading | Change::Hierarchy);
    s.add<&TexPointDensityNode::point_source>("point_source", "Point Source")
        .items({{"PARTICLE_SYSTEM", "Particle System", 0}, {"OBJECT", "Object Vertices", 1}})
        .changes(Change::Shading);
    s.add<&TexPointDensityNode::resolution>("resolution", "Resolution")
        .default_value(0)
        .range(1, 32768)
        .changes(Change::Shading);
    s.add<&TexPointDensityNode::radius>("radius", "Radius")
        .default_value(0.0)
        .range(0.001, infinity)
        .changes(Change::Shading);
    s.add<&TexPointDensityNode::space>("space", "Space")
        .items({{"OBJECT", "Object Space", 0}, {"WORLD", "World Space", 1}})
        .changes(Change::Shading);
    s.add<&TexPointDensityNode::interpolation>("interpolation", "Interpolation")
        .items({{"Closest", "Closest", 1}, {"Linear", "Linear", 0}, {"Cubic", "Cubic", 2}})
        .changes(Change::Shading);
    s.add<&TexPointDensityNode::particle_color_source>("particle_color_source", "Color Source")
        .items({{"PARTICLE_AGE", "Particle Age", 1},
                {"PARTICLE_SPEED", "Particle Speed", 2},
                {"PARTICLE_VELOCITY", "Particle Velocity", 3}})
        .changes(Change::Shading);
    s.add<&TexPointDensityNode::vertex_color_source>("vertex_color_source", "Color Source")
        .items({{"VERTEX_COLOR", "Vertex Color", 0},
                {"VERTEX_WEIGHT", "Vertex Weight", 1},
                {"VERTEX_NORMAL", "Vertex Normal", 2}})
        .changes(Change::Shading);
    s.add<&TexPointDensityNode::vertex_attribute_name>("vertex_attribute_name",
                                                       "Vertex Attribute Name")
        .max_bytes(64)
        .not_animatable()
        .never_none()
        .changes(Change::Shading);
    s.set_tag("ShaderNodeTexPointDensity");
    return s.build();
  }();
  return schema;
}

}  // namespace

void register_point_density_texture(ShaderNodeList& nodes) {
  nodes.add<TexPointDensityNode>(nullptr);
}

}  // namespace kiln::render::shading
