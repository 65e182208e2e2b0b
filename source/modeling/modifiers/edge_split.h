#pragma once

#include "modeling/modifiers/settings.h"

namespace kiln::modeling {

/// Parts faces along sharp edges.
struct EdgeSplitModifier : ModifierType<EdgeSplitModifier> {
  float split_angle = 0.5235988f;
  bool use_edge_angle = true;
  bool use_edge_sharp = true;

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
