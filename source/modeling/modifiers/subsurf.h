#pragma once

#include "modeling/modifiers/settings.h"
#include "modeling/subdivision/surface.h"

namespace kiln::modeling {

/// Subdivision surface: splits faces and moves the vertices onto a smooth surface.
struct SubsurfModifier : ModifierType<SubsurfModifier> {
  enum class Type : std::uint8_t { CatmullClark, Simple };

  UvSmooth uv_smooth = UvSmooth::Boundaries;
  int quality = 3;
  BoundarySmooth boundary_smooth = BoundarySmooth::All;
  Type subdivision_type = Type::CatmullClark;
  int levels = 1, render_levels = 2;
  bool show_only_control_edges = true;  ///< for display: hide edges that come from splitting
  bool use_creases = true;
  bool use_custom_normals = false;
  bool use_limit_surface = true;

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
