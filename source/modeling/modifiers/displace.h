#pragma once

#include "modeling/modifiers/texture_lookup.h"

namespace kiln::modeling {

/// Moves vertices along a direction, as far as a texture says.
struct DisplaceModifier : ModifierType<DisplaceModifier> {
  enum class Direction : std::uint8_t {
    X = 0,
    Y = 1,
    Z = 2,
    Normal = 3,
    RgbToXyz = 4,
    CustomNormal = 5
  };
  enum class Space : std::uint8_t { Local, Global };

  std::string vertex_group;
  float mid_level = 0.5f;  ///< texture value that does not move; without a texture the value is 1
  float strength = 1;
  Direction direction = Direction::Normal;
  Space space = Space::Local;
  bool invert_vertex_group = false;
  BlockRef<Texture> texture;
  TextureSpace texture_coords = TextureSpace::Local;
  std::string uv_layer;
  BlockRef<Object> texture_coords_object;
  std::string texture_coords_bone;

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
