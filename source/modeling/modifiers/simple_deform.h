#pragma once

#include "document/object.h"
#include "modeling/modifiers/settings.h"

namespace kiln::modeling {

/// Twists, bends, tapers or stretches along an axis.
struct SimpleDeformModifier : ModifierType<SimpleDeformModifier> {
  enum class DeformMethod : std::uint8_t { Twist = 1, Bend = 2, Taper = 3, Stretch = 4 };
  enum class DeformAxis : std::uint8_t { X = 0, Y = 1, Z = 2 };

  DeformMethod deform_method = DeformMethod::Twist;
  std::string vertex_group;
  DeformAxis deform_axis = DeformAxis::X;
  BlockRef<Object> origin;
  float factor = 0.7853982f;
  float angle = 0.7853982f;
  float2 limits{0, 1};
  bool lock_x = false;
  bool lock_y = false;
  bool lock_z = false;
  bool invert_vertex_group = false;

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
