#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/math.h"

namespace kiln::python::mathutils {

/// Triangles of one or more outlines, as indices into all points in order, the way scripts know
/// them from Blender 3.4: seen along the normal of the first outline that has one,
/// counter-clockwise, the highest corners cut off first. Inner outlines are holes. `is_flat` says
/// that the points had two coordinates only: those are seen from below.
///
/// O(n^2) for one outline, O(n log n) for several (a constrained Delaunay triangulation). Points
/// that are not finite give no triangles.
std::vector<std::array<int, 3>> tessellate(std::span<const float3> points,
                                           std::span<const std::vector<int>> outlines,
                                           bool is_flat);

}  // namespace kiln::python::mathutils
