#pragma once

#include <optional>

#include "document/document.h"
#include "document/mesh.h"

namespace kiln::operators {

/// Directions that come from what is selected of a mesh.
struct SelectionAxes {
  float3x3 axes;     ///< columns, world space, unit and at right angles
  const char* name;  ///< what they come from: "Face", "Edge" or "Vertex"
};

/// Z along the normal of the selected faces, or of three vertices or one, and Y against the sides of
/// the faces; of one edge, or two vertices, Y along it. Nothing where no direction comes out.
std::optional<SelectionAxes> selection_axes(const Mesh& mesh, const float4x4& world);

}  // namespace kiln::operators
