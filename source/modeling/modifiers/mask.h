#pragma once

#include "modeling/modifiers/settings.h"

namespace kiln::modeling {

/// Keeps the part of the mesh that a vertex group tells.
struct MaskModifier : ModifierType<MaskModifier> {
  std::string vertex_group;
  bool invert_vertex_group = false;
  bool use_smooth = false;
  float threshold = 0;

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
