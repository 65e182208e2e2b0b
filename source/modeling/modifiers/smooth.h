#pragma once

#include "modeling/modifiers/settings.h"

namespace kiln::modeling {

/// Moves vertices toward the mean of their edges' middles, again and again.
struct SmoothModifier : ModifierType<SmoothModifier> {
  bool use_x = true;
  bool use_y = true;
  bool use_z = true;
  float factor = 0.5f;
  int iterations = 1;
  std::string vertex_group;
  bool invert_vertex_group = false;

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
