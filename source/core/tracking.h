#pragma once

#include "core/math.h"

namespace kiln {

/// A vector at right angles to `v`, not normalized, and zero only for zero.
float3 orthogonal_to(float3 v);

/// The smallest rotation between two unit vectors; for opposite ones about some axis at right angles.
Quaternion smallest_rotation(float3 from, float3 to);

/// The rotation that turns the axis `track` (0 to 2; its opposite where `is_negated`) along a
/// direction, and the axis `up` as far toward Z as that leaves it. No rotation for a zero direction;
/// the smallest one where both axes are the same. The columns are where the axes go.
float3x3 tracking_rotation(float3 direction, int track, bool is_negated, int up);

}  // namespace kiln
