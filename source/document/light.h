#pragma once

#include "document/data_block.h"

namespace kiln {

class NodeTree;

enum class LightType : std::uint8_t { Point = 0, Sun = 1, Spot = 2, Area = 4 };
enum class LightShape : std::uint8_t { Square = 0, Rectangle = 1, Disk = 4, Ellipse = 5 };

struct CyclesLightSettings {
  bool cast_shadow = true;
  int max_bounces = 1024;
  bool use_multiple_importance_sampling = true;
  bool is_portal = false;  ///< shines on nothing
  static const Schema& schema();
};

/// A light source. Energy is in watts of radiant flux, or watts per square metre for the sun; sizes
/// in scene units, angles in radians. Shines along -Z of its object.
struct Light : Block<Light, BlockType::Light> {
  LightType kind = LightType::Point;
  float3 color{1.0f, 1.0f, 1.0f};
  float energy = 10.0f;
  float shadow_soft_size = 0.25f;
  bool use_shadow = true;  ///< for engines other than Cycles
  float spot_size = 0.7853982f;
  float spot_blend = 0.15f;
  bool show_cone = false;
  float angle = 0.009180432f;
  LightShape shape = LightShape::Square;
  float size = 0.25f;
  float size_y = 0.25f;
  float spread = 3.1415927f;
  bool use_nodes = false;
  BlockRef<NodeTree> node_tree;  ///< embedded; made when `use_nodes` is first switched on
  CyclesLightSettings cycles;

  const Schema& dynamic_schema() const override;  ///< by `type`
  static const Schema& schema();
};

void register_light_types(class Registry& registry);

}  // namespace kiln
