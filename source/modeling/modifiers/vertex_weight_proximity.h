#pragma once

#include "modeling/modifiers/weight_mask.h"

namespace kiln::modeling {

/// Sets weights by the distance from another object.
struct VertexWeightProximityModifier : ModifierType<VertexWeightProximityModifier> {
  enum class ProximityMode : std::uint8_t { Object = 1, Geometry = 2 };
  enum class ProximityGeometry : std::uint8_t { Vertex = 1, Edge = 2, Face = 4 };  ///< flags

  std::string vertex_group;
  ProximityMode proximity_mode = ProximityMode::Object;
  ProximityGeometry proximity_geometry = ProximityGeometry::Vertex;
  BlockRef<Object> target;
  float min_dist = 0;
  float max_dist = 1;
  WeightFalloff falloff_type = WeightFalloff::Linear;
  bool invert_falloff = false;
  bool normalize = false;
  CurveMapping map_curve{1, 0, 1};
  float mask_constant = 1;
  std::string mask_vertex_group;
  bool invert_mask_vertex_group = false;
  BlockRef<Texture> mask_texture;
  TextureChannel mask_tex_use_channel = TextureChannel::Int;
  TextureSpace mask_tex_mapping = TextureSpace::Local;
  std::string mask_tex_uv_layer;
  BlockRef<Object> mask_tex_map_object;
  std::string mask_tex_map_bone;

  WeightMask mask() const {
    return {mask_constant,        mask_vertex_group, invert_mask_vertex_group, mask_texture,
            mask_tex_use_channel, mask_tex_mapping,  mask_tex_uv_layer,        mask_tex_map_object};
  }
  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
