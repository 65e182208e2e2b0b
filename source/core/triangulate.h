#pragma once

#include <span>
#include <vector>

#include "core/math.h"

namespace kiln {

/// Cuts a simple polygon, counter-clockwise or clockwise, into `size - 2` triangles and appends
/// them to `triangles` as indices into `polygon`, in the polygon's order of turning. Polygons that
/// cross or touch themselves still give `size - 2` triangles with valid indices, which then may
/// overlap. O(n) for convex polygons, O(n * concave corners) else.
///
/// Ear clipping: Meisters, "Polygons have ears", 1975; only concave corners can lie in an ear
/// (Eberly, "Triangulation by Ear Clipping", 1998).
void triangulate_polygon(std::span<const float2> polygon, std::vector<int3>& triangles);

/// Two unit vectors that span the plane of a unit `normal`, so that a polygon that turns
/// counter-clockwise seen against the normal does so in coordinates (dot(p, u), dot(p, v)) too.
void plane_basis(float3 normal, float3* u, float3* v);

}  // namespace kiln
