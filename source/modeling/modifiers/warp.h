#pragma once

#include "document/curve_mapping.h"
#include "modeling/modifiers/texture_lookup.h"

namespace kiln::modeling {

/// Carries what lies near one object to another one.
struct WarpModifier : ModifierType<WarpModifier> {
  enum class FalloffType : std::uint8_t {
    None = 0,
    Curve = 1,
    Smooth = 3,
    Sphere = 7,
    Root = 4,
    InverseSquare = 8,
    Sharp = 2,
    Linear = 5,
    Constant = 6
  };

  BlockRef<Object> object_from;
  std::string bone_from;
  BlockRef<Object> object_to;
  std::string bone_to;
  float strength = 1;
  FalloffType falloff_type = FalloffType::Smooth;
  float falloff_radius = 1;
  CurveMapping falloff_curve{1, 0, 1};
  bool use_volume_preserve = false;
  std::string vertex_group;
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
