#pragma once

#include "document/data_block.h"

namespace kiln {

class NodeTree;

enum class LightType : std::uint8_t { Point = 0, Sun = 1, Spot = 2, Area = 4 };
enum class LightShape : std::uint8_t { Square = 0, Rectangle = 1, Disk = 4, Ellipse = 5 };

enum class LightFalloffType : std::uint8_t {
  Constant = 0,
  InverseLinear = 1,
  InverseSquare = 2,
  InverseCoefficients = 5,
  CustomCurve = 3,
  LinearQuadraticWeighted = 4
};

struct CyclesLightSettings {
  bool cast_shadow = true;
  int max_bounces = 1024;
  bool use_multiple_importance_sampling = true;
  bool is_portal = false;
  static const Schema& schema();
};

/// A light source. Energy is in watts of radiant flux, or watts per square metre for the sun; sizes
/// in scene units, angles in radians. Shines along -Z of its object.
struct Light : Block<Light, BlockType::Light> {
  LightType kind = LightType::Point;
  float3 color{1.0f, 1.0f, 1.0f};
  float distance = 25.0f;
  float specular_factor = 1.0f;
  float diffuse_factor = 1.0f;
  float volume_factor = 1.0f;
  bool use_custom_distance = false;
  float cutoff_distance = 40.0f;
  float energy = 10.0f;
  float shadow_soft_size = 0.25f;
  bool use_shadow = true;
  float spot_size = 0.7853982f;
  float spot_blend = 0.15f;
  bool show_cone = false;
  bool use_square = false;
  float angle = 0.009180432f;
  LightShape shape = LightShape::Square;
  float size = 0.25f;
  float size_y = 0.25f;
  float spread = 3.1415927f;
  // Of approximate shadows and older lamps: kept for exporters and scripts, the path tracer has
  // exact ones.
  int shadow_buffer_size = 512;
  float shadow_buffer_clip_start = 0.05f;
  float shadow_buffer_bias = 1.0f;
  int shadow_buffer_samples = 3;
  float3 shadow_color;
  bool use_contact_shadow = false;
  float contact_shadow_distance = 0.2f;
  float contact_shadow_bias = 0.03f;
  float contact_shadow_thickness = 0.2f;
  LightFalloffType falloff_type = LightFalloffType::InverseSquare;
  float linear_attenuation = 0.0f;
  float quadratic_attenuation = 1.0f;
  float constant_coefficient = 1.0f;
  float linear_coefficient = 0.0f;
  float quadratic_coefficient = 0.0f;
  int shadow_cascade_count = 4;
  float shadow_cascade_exponent = 0.8f;
  float shadow_cascade_fade = 0.1f;
  float shadow_cascade_max_distance = 200.0f;
  bool use_nodes = false;
  BlockRef<NodeTree> node_tree;  ///< embedded; made when `use_nodes` is first switched on
  CyclesLightSettings cycles;

  const Schema& dynamic_schema() const override;  ///< by `type`
  static const Schema& schema();
};

void register_light_types(class Registry& registry);

}  // namespace kiln
