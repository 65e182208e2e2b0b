#pragma once

#include "modeling/modifiers/settings.h"

namespace kiln::modeling {

/// Merges vertices that are near each other.
struct WeldModifier : ModifierType<WeldModifier> {
  enum class Mode : std::uint8_t { All = 0, Connected = 1 };

  Mode mode = Mode::All;
  float merge_threshold = 0.001f;
  std::string vertex_group;
  bool invert_vertex_group = false;
  bool loose_edges = false;

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
