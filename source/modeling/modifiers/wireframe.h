#pragma once

#include "modeling/modifiers/settings.h"

namespace kiln::modeling {

/// Turns edges into struts.
struct WireframeModifier : ModifierType<WireframeModifier> {
  float thickness = 0.02f;
  float thickness_vertex_group = 0;
  float offset = 0;
  bool use_replace = true;
  bool use_boundary = false;
  bool use_even_offset = true;
  bool use_relative_offset = false;
  bool use_crease = false;
  float crease_weight = 1;
  int material_offset = 0;
  std::string vertex_group;
  bool invert_vertex_group = false;

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
