#pragma once

#include "document/object.h"
#include "modeling/modifiers/settings.h"

namespace kiln::modeling {

/// Moves vertices toward a sphere, cylinder or box.
struct CastModifier : ModifierType<CastModifier> {
  enum class CastType : std::uint8_t { Sphere = 0, Cylinder = 1, Cuboid = 2 };

  CastType cast_type = CastType::Sphere;
  BlockRef<Object> object;
  bool invert_vertex_group = false;
  bool use_x = true;
  bool use_y = true;
  bool use_z = true;
  bool use_radius_as_size = true;
  bool use_transform = false;
  float factor = 0.5f;
  float radius = 0;
  float size = 0;
  std::string vertex_group;

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
