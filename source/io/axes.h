#pragma once

#include "core/math.h"
#include "core/result.h"

namespace kiln::io {

/// A direction of a file's coordinate system.
enum class Axis : std::uint8_t { X, Y, Z, NegativeX, NegativeY, NegativeZ };

/// Turns directions of a file, in which `forward` and `up` have their meaning, into those of Kiln,
/// where forward is Y and up is Z. An error where the two are parallel.
Result<float3x3> axis_conversion(Axis forward, Axis up);

}  // namespace kiln::io
