#pragma once

#include "modeling/modifiers/texture_lookup.h"

namespace kiln::modeling {

/// Lets a wave run over the surface.
struct WaveModifier : ModifierType<WaveModifier> {
  bool use_x = true;
  bool use_y = true;
  bool use_cyclic = true;
  bool use_normal = false;
  bool use_normal_x = true;
  bool use_normal_y = true;
  bool use_normal_z = true;
  float time_offset = 0;
  float lifetime = 0;
  float damping_time = 10;
  float falloff_radius = 0;
  float start_position_x = 0;
  float start_position_y = 0;
  BlockRef<Object> start_position_object;
  std::string vertex_group;
  bool invert_vertex_group = false;
  float speed = 0.25f;
  float height = 0.5f;
  float width = 1.5f;
  float narrowness = 1.5f;
  BlockRef<Texture> texture;
  TextureSpace texture_coords = TextureSpace::Local;
  std::string uv_layer;
  BlockRef<Object> texture_coords_object;
  std::string texture_coords_bone;

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
