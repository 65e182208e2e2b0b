#pragma once

#include "modeling/modifiers/weight_mask.h"

namespace kiln::modeling {

/// Bends the weights of a vertex group, and lets vertices join or leave it.
struct VertexWeightEditModifier : ModifierType<VertexWeightEditModifier> {
  std::string vertex_group;
  WeightFalloff falloff_type = WeightFalloff::Linear;
  bool invert_falloff = false;
  bool normalize = false;
  CurveMapping map_curve{1, 0, 1};
  bool use_add = false;
  bool use_remove = false;
  float default_weight = 0;
  float add_threshold = 0.01f;
  float remove_threshold = 0.01f;
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
