#pragma once

#include "modeling/modifiers/settings.h"

namespace kiln::modeling {

/// Desbrun, Meyer, Schroeder and Barr, "Implicit Fairing of Irregular Meshes using Diffusion and
/// Curvature Flow", SIGGRAPH 1999.
///
/// Lets curvature flow out of the surface, sizes of details being kept apart from noise.
struct LaplacianSmoothModifier : ModifierType<LaplacianSmoothModifier> {
  bool use_x = true;
  bool use_y = true;
  bool use_z = true;
  bool use_volume_preserve = true;
  bool use_normalized = true;
  float lambda_factor = 0.01f;
  float lambda_border = 0.01f;
  int iterations = 1;
  std::string vertex_group;
  bool invert_vertex_group = false;

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
