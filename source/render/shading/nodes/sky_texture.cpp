#include "render/shading/nodes/shader_node.h"

namespace kiln::render::shading {
namespace {

enum class TexSkySkyType : std::uint8_t { Preetham, HosekWilkie, Nishita };
struct TexSkyNode : NodeType<TexSkyNode, ShaderNode> {
  TexMapping texture_mapping;
  ColorMapping color_mapping;
  TexSkySkyType sky_type = TexSkySkyType::Nishita;
  float3 sun_direction{0.0f, 0.0f, 1.0f};
  float turbidity = 2.2f;
  float ground_albedo = 0.3f;
  bool sun_disc = true;
  float sun_size = 0.0095120445f;
  float sun_intensity = 1.0f;
  float sun_elevation = 0.2617994f;
  float sun_rotation = 0.0f;
  float altitude = 0.0f;
  float air_density = 1.0f;
  float dust_density = 1.0f;
  float ozone_density = 1.0f;

  TexSkyNode() {
    width = 150.0f;
    {
      NodeSocket& socket = add_vector("Vector");
      socket.enabled = false;
      socket.hide_value = true;
    }
    add_output("NodeSocketColor", "Color");
  }
  std::string_view static_type() const override { return "TEX_SKY"; }
  void update(const NodeTree*, const Document*) override {
    if (!sun_disc) {
      show({"Vector"}, {"Color"});
    } else if (sky_type == TexSkySkyType::Nishita && sun_disc) {
      show({}, {"Color"});
    } else {
      show({"Vector"}, {"Color"});
    }
  }
  static const Schema& schema();
};

const Schema& TexSkyNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<TexSkyNode> s("ShaderNodeTexSky", "Sky Texture", &ShaderNode::schema());
    s.add<&TexSkyNode::texture_mapping>("texture_mapping", "Texture Mapping")
        .never_none()
        .not_animatable();
    s.add<&TexSkyNode::color_mapping>("color_mapping", "Color Mapping")
        .never_none()
        .not_animatable();
    s.add<&TexSkyNode::sky_type>("sky_type", "Sky Type")
        .items({{"PREETHAM", "Preetham", 0},
                {"HOSEK_WILKIE", "Hosek / Wilkie", 1},
                {"NISHITA", "Nishita", 2}})
        .default_value("PREETHAM")
        .changes(Change::Shading);
    s.add<&TexSkyNode::sun_direction>("sun_direction", "Sun Direction")
        .subtype(Subtype::Direction)
        .soft(-10000, 10000)
        .changes(Change::Shading);
    s.add<&TexSkyNode::turbidity>("turbidity", "Turbidity")
        .default_value(0.0)
        .range(1, 10)
        .changes(Change::Shading);
    s.add<&TexSkyNode::ground_albedo>("ground_albedo", "Ground Albedo")
        .subtype(Subtype::Factor)
        .default_value(0.0)
        .range(0, 1)
        .changes(Change::Shading);
    s.add<&TexSkyNode::sun_disc>("sun_disc", "Sun Disc").changes(Change::Shading);
    s.add<&TexSkyNode::sun_size>("sun_size", "Sun Size")
        .subtype(Subtype::Angle)
        .range(0, 1.5707964)
        .changes(Change::Shading);
    s.add<&TexSkyNode::sun_intensity>("sun_intensity", "Sun Intensity")
        .range(0, 1000)
        .changes(Change::Shading);
    s.add<&TexSkyNode::sun_elevation>("sun_elevation", "Sun Elevation")
        .subtype(Subtype::Angle)
        .default_value(1.5707964)
        .soft(-10000, 10000)
        .changes(Change::Shading);
    s.add<&TexSkyNode::sun_rotation>("sun_rotation", "Sun Rotation")
        .subtype(Subtype::Angle)
        .soft(-10000, 10000)
        .changes(Change::Shading);
    s.add<&TexSkyNode::altitude>("altitude", "Altitude")
        .subtype(Subtype::Distance)
        .range(0, 60000)
        .step(10, 1)
        .changes(Change::Shading);
    s.add<&TexSkyNode::air_density>("air_density", "Air")
        .subtype(Subtype::Factor)
        .range(0, 10)
        .changes(Change::Shading);
    s.add<&TexSkyNode::dust_density>("dust_density", "Dust")
        .subtype(Subtype::Factor)
        .range(0, 10)
        .changes(Change::Shading);
    s.add<&TexSkyNode::ozone_density>("ozone_density", "Ozone")
        .subtype(Subtype::Factor)
        .range(0, 10)
        .changes(Change::Shading);
    s.set_tag("ShaderNodeTexSky");
    return s.build();
  }();
  return schema;
}

}  // namespace

void register_sky_texture(ShaderNodeList& nodes) {
  nodes.add<TexSkyNode>(nullptr);
}

}  // namespace kiln::render::shading
