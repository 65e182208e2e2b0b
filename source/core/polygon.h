#pragma once

#include <span>
#include <vector>

#include "core/math.h"

/// Polygons as rings of points: no point is repeated at the end.
namespace kiln {

/// Unit normal after Newell (Sutherland, Sproull and Schumacker, "A characterization of ten
/// hidden-surface algorithms", 1974, appendix): right for any planar polygon, the mean for others;
/// zero for a degenerate one.
float3 polygon_normal(std::span<const float3> ring);

/// Indices of the points on the convex hull, counter-clockwise, from the lowest (then leftmost) on
/// (Andrew, "Another efficient algorithm for convex hulls in two dimensions", 1979).
std::vector<int> convex_hull(std::span<const float2> points);
/// The edge of the hull along which the bounding rectangle has the smallest area, as atan2(x, y) of
/// its direction.
float best_fit_angle(std::span<const float2> points);

/// Mean value coordinates of a point (Floater, "Mean value coordinates", 2003), with unsigned
/// angles, so they are positive outside, too. They sum to 1.
std::vector<float> mean_value_weights(std::span<const float3> ring, float3 point);

struct PackedBox {
  float2 position, size;
};
/// Places boxes from the biggest to the smallest where the rectangle around all stays smallest;
/// returns its size. O(n^3).
float2 pack_boxes(std::span<PackedBox> boxes);

}  // namespace kiln
