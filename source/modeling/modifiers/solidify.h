#pragma once

#include "modeling/modifiers/settings.h"

namespace kiln::modeling {

/// Gives a surface thickness: a second, turned copy at a distance, and a rim that joins the two
/// along open edges.
struct SolidifyModifier : ModifierType<SolidifyModifier> {
  enum class Mode : std::uint8_t { Extrude, NonManifold };
  enum class ThicknessMode : std::uint8_t { Fixed, Even, Constraints };
  enum class BoundaryMode : std::uint8_t { None, Round, Flat };

  Mode solidify_mode = Mode::Extrude;
  float thickness = 0.01f;
  float thickness_clamp =
      0;  ///< at most this many lengths of the shortest edge at a vertex; 0: no limit
  bool use_thickness_angle_clamp = false;  ///< the limit counts angles between edges, too
  float thickness_vertex_group = 0;        ///< share of the thickness where the weight is 0
  float offset = -1;  ///< where the original lies: -1 outside, 0 in the middle, 1 inside
  float edge_crease_inner = 0, edge_crease_outer = 0, edge_crease_rim = 0;
  int material_offset = 0, material_offset_rim = 0;
  std::string vertex_group, shell_vertex_group, rim_vertex_group;
  bool use_rim = true;
  bool use_even_offset = false;  ///< measure between faces rather than along vertex normals
  bool use_quality_normals =
      false;  ///< normals from edges, which do not depend on how flat parts are cut
  bool invert_vertex_group = false;
  bool use_flat_faces = false;  ///< faces take their smallest weight, so that they stay parallel
  bool use_flip_normals = false;
  bool use_rim_only = false;
  ThicknessMode nonmanifold_thickness_mode = ThicknessMode::Constraints;
  BoundaryMode nonmanifold_boundary_mode = BoundaryMode::None;
  float nonmanifold_merge_threshold = 0.0001f;
  float bevel_convex = 0;  ///< added to the bevel weight of convex edges

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
