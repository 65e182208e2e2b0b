#pragma once

#include "editor/view3d/transform_target.h"

namespace kiln::editor {

/// Where a transformation starts from and what its X, Y and Z are.
struct TransformFrame {
  operators::TransformCenter center;
  TransformOrientation orientation = TransformOrientation::Global;
  float3x3 axes;  ///< columns, world space
};

/// As the scene's tool settings say. `view` has the view's axes as columns, world space.
TransformFrame transform_frame(const Session& session, const TransformTarget& target,
                               const float3x3& view);
/// Axes of one orientation; those of the world where it has none of its own.
float3x3 orientation_axes(const Session& session, TransformOrientation orientation,
                          const float3x3& view);
const char* orientation_name(TransformOrientation orientation);

}  // namespace kiln::editor
