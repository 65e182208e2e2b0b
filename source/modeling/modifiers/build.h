#pragma once

#include "modeling/modifiers/settings.h"

namespace kiln::modeling {

/// Lets the faces appear one after the other.
struct BuildModifier : ModifierType<BuildModifier> {
  float frame_start = 1;
  float frame_duration = 100;
  bool use_reverse = false;
  bool use_random_order = false;
  int seed = 0;

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
