// Facts about particles, strands and points. Meshes are none of these: all outputs are 0 on them.
#include "render/shading/compiler.h"
#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

struct ParticleInfoNode : NodeType<ParticleInfoNode, ShaderNode> {
  ParticleInfoNode() {
    for (const char* name : {"Index", "Random", "Age", "Lifetime"}) {
      add_output("NodeSocketFloat", name);
    }
    add_output("NodeSocketVector", "Location");
    add_output("NodeSocketFloat", "Size");
    add_output("NodeSocketVector", "Velocity");
    add_output("NodeSocketVector", "Angular Velocity");
  }
  std::string_view static_type() const override { return "PARTICLE_INFO"; }
  static const Schema& schema();
};

struct HairInfoNode : NodeType<HairInfoNode, ShaderNode> {
  HairInfoNode() {
    for (const char* name : {"Is Strand", "Intercept", "Length", "Thickness"}) {
      add_output("NodeSocketFloat", name);
    }
    add_output("NodeSocketVector", "Tangent Normal");
    add_output("NodeSocketFloat", "Random");
  }
  std::string_view static_type() const override { return "HAIR_INFO"; }
  static const Schema& schema();
};

struct PointInfoNode : NodeType<PointInfoNode, ShaderNode> {
  PointInfoNode() {
    add_output("NodeSocketVector", "Position");
    add_output("NodeSocketFloat", "Radius");
    add_output("NodeSocketFloat", "Random");
  }
  std::string_view static_type() const override { return "POINT_INFO"; }
  static const Schema& schema();
};

template <typename Node>
Schema plain_schema(const char* identifier, const char* label) {
  SchemaBuilder<Node> s(identifier, label, &ShaderNode::schema());
  s.set_tag(identifier);
  return s.build();
}

const Schema& ParticleInfoNode::schema() {
  static const Schema schema =
      plain_schema<ParticleInfoNode>("ShaderNodeParticleInfo", "Particle Info");
  return schema;
}

const Schema& HairInfoNode::schema() {
  static const Schema schema = plain_schema<HairInfoNode>("ShaderNodeHairInfo", "Curves Info");
  return schema;
}

const Schema& PointInfoNode::schema() {
  static const Schema schema = plain_schema<PointInfoNode>("ShaderNodePointInfo", "Point Info");
  return schema;
}

}  // namespace

void register_particle_info(ShaderNodeList& nodes) {
  nodes.add<ParticleInfoNode>(nullptr);
  nodes.add<HairInfoNode>(nullptr);
  nodes.add<PointInfoNode>(nullptr);
}

}  // namespace kiln::render::shading
