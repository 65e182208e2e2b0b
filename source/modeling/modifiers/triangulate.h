#pragma once

#include "modeling/modifiers/settings.h"
#include "modeling/triangulate.h"

namespace kiln::modeling {

/// Cuts faces into triangles.
struct TriangulateModifier : ModifierType<TriangulateModifier> {
  QuadMethod quad_method = QuadMethod::ShortestDiagonal;
  NgonMethod ngon_method = NgonMethod::Beauty;
  int min_vertices = 4;  ///< faces with fewer corners stay as they are
  bool keep_custom_normals = false;

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
