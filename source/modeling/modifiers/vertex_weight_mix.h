#pragma once

#include "modeling/modifiers/weight_mask.h"

namespace kiln::modeling {

/// Mixes the weights of a vertex group with those of another one, or with a number.
struct VertexWeightMixModifier : ModifierType<VertexWeightMixModifier> {
  enum class MixMode : std::uint8_t {
    Set = 1,
    Add = 2,
    Sub = 3,
    Mul = 4,
    Div = 5,
    Dif = 6,
    Avg = 7,
    Min = 8,
    Max = 9
  };
  enum class MixSet : std::uint8_t { All = 1, A = 2, B = 3, Or = 4, And = 5 };

  std::string vertex_group_a;
  std::string vertex_group_b;
  bool invert_vertex_group_a = false;
  bool invert_vertex_group_b = false;
  float default_weight_a = 0;
  float default_weight_b = 0;
  MixMode mix_mode = MixMode::Set;
  MixSet mix_set = MixSet::And;
  bool normalize = false;
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
