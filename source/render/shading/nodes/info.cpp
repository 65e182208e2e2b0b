#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

struct HairInfoNode : NodeType<HairInfoNode, ShaderNode> {
  HairInfoNode() {
    add_output("NodeSocketFloat", "Is Strand");
    add_output("NodeSocketFloat", "Intercept");
    add_output("NodeSocketFloat", "Length");
    add_output("NodeSocketFloat", "Thickness");
    add_output("NodeSocketVector", "Tangent Normal");
    add_output("NodeSocketFloat", "Random");
  }
  std::string_view static_type() const override { return "HAIR_INFO"; }
  static const Schema& schema();
};

const Schema& HairInfoNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<HairInfoNode> s("ShaderNodeHairInfo", "Curves Info", &ShaderNode::schema());
    s.set_tag("ShaderNodeHairInfo");
    return s.build();
  }();
  return schema;
}

struct ParticleInfoNode : NodeType<ParticleInfoNode, ShaderNode> {
  ParticleInfoNode() {
    add_output("NodeSocketFloat", "Index");
    add_output("NodeSocketFloat", "Random");
    add_output("NodeSocketFloat", "Age");
    add_output("NodeSocketFloat", "Lifetime");
    add_output("NodeSocketVector", "Location");
    add_output("NodeSocketFloat", "Size");
    add_output("NodeSocketVector", "Velocity");
    add_output("NodeSocketVector", "Angular Velocity");
  }
  std::string_view static_type() const override { return "PARTICLE_INFO"; }
  static const Schema& schema();
};

const Schema& ParticleInfoNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<ParticleInfoNode> s("ShaderNodeParticleInfo", "Particle Info",
                                      &ShaderNode::schema());
    s.set_tag("ShaderNodeParticleInfo");
    return s.build();
  }();
  return schema;
}

struct PointInfoNode : NodeType<PointInfoNode, ShaderNode> {
  PointInfoNode() {
    add_output("NodeSocketVector", "Position");
    add_output("NodeSocketFloat", "Radius");
    add_output("NodeSocketFloat", "Random");
  }
  std::string_view static_type() const override { return "POINT_INFO"; }
  static const Schema& schema();
};

const Schema& PointInfoNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<PointInfoNode> s("ShaderNodePointInfo", "Point Info", &ShaderNode::schema());
    s.set_tag("ShaderNodePointInfo");
    return s.build();
  }();
  return schema;
}

struct VolumeInfoNode : NodeType<VolumeInfoNode, ShaderNode> {
  VolumeInfoNode() {
    add_output("NodeSocketColor", "Color");
    add_output("NodeSocketFloat", "Density");
    add_output("NodeSocketFloat", "Flame");
    add_output("NodeSocketFloat", "Temperature");
  }
  std::string_view static_type() const override { return "VOLUME_INFO"; }
  static const Schema& schema();
};

const Schema& VolumeInfoNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<VolumeInfoNode> s("ShaderNodeVolumeInfo", "Volume Info", &ShaderNode::schema());
    s.set_tag("ShaderNodeVolumeInfo");
    return s.build();
  }();
  return schema;
}

}  // namespace

void register_info(ShaderNodeList& nodes) {
  nodes.add<HairInfoNode>(nullptr);
  nodes.add<ParticleInfoNode>(nullptr);
  nodes.add<PointInfoNode>(nullptr);
  nodes.add<VolumeInfoNode>(nullptr);
}

}  // namespace kiln::render::shading
