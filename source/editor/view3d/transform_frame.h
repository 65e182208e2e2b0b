#pragma once

#include "editor/view3d/transform_target.h"

namespace kiln::editor {

/// Where a transformation starts from and what its X, Y and Z are.
struct TransformFrame {
  operators::TransformCenter center;
  TransformOrientation orientation = TransformOrientation::Global;
  std::string name = "global";  ///< of the orientation
  float3x3 axes;  ///< columns, world space
};

/// As the scene's tool settings say. `view` has the view's axes as columns, world space. `kind`: 1
/// moving, 2 turning, 3 scaling, which may have orientations of their own, or 0.
TransformFrame transform_frame(const Session& session, const TransformTarget& target,
                               const float3x3& view, int kind = 0);
/// Axes of one orientation; those of the world where it has none of its own.
float3x3 orientation_axes(const Session& session, TransformOrientation orientation,
                          const float3x3& view);
/// The same of a slot, which may name one that the user has made.
float3x3 orientation_axes(const Session& session, const OrientationSlot& slot,
                          const float3x3& view);
const char* orientation_name(TransformOrientation orientation);
std::string orientation_name(const Scene& scene, const OrientationSlot& slot);

}  // namespace kiln::editor
