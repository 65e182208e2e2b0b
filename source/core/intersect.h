#pragma once

#include <array>
#include <optional>
#include <utility>

#include "core/math.h"

/// Distances and intersections of points, lines, planes, triangles and spheres. Nothing here needs
/// normalized directions.
namespace kiln {

/// Nearest point of a triangle (Ericson, "Real-Time Collision Detection", 2005, section 5.1.5).
float3 closest_point_on_triangle(float3 point, float3 a, float3 b, float3 c);

/// Twice the signed area of a triangle, positive counter-clockwise.
double signed_double_area(float2 a, float2 b, float2 c);
/// 1 inside of or on a counter-clockwise triangle, -1 for a clockwise one, 0 outside.
int point_in_triangle(float2 point, float2 a, float2 b, float2 c);
/// The same for a convex quad.
int point_in_quad(float2 point, float2 a, float2 b, float2 c, float2 d);

/// Distance along `direction` (in multiples of it) to the plane of the triangle; none where the ray
/// is parallel to it or, with `is_clipped`, misses the triangle (Moeller and Trumbore, "Fast,
/// minimum storage ray/triangle intersection", 1997).
std::optional<float> ray_triangle(float3 origin, float3 direction, float3 a, float3 b, float3 c,
                                  bool is_clipped);

/// The points where two infinite lines are nearest to each other; none for parallel lines.
std::optional<std::pair<float3, float3>> line_line(float3 a1, float3 a2, float3 b1, float3 b2);
/// The one point that two segments have in common.
std::optional<float2> segment_segment(float2 a1, float2 a2, float2 b1, float2 b2);
std::optional<float3> line_plane(float3 line_a, float3 line_b, float3 plane_point,
                                 float3 plane_normal);
/// A point and the direction (unit length) of the line in both planes; none for parallel planes.
std::optional<std::pair<float3, float3>> plane_plane(float3 point_a, float3 normal_a,
                                                     float3 point_b, float3 normal_b);

/// Where the infinite line through a and b enters and leaves a sphere, as multiples of b - a, the
/// smaller first; none where it misses. A line without direction gives NaN.
std::optional<std::pair<double, double>> line_sphere(float3 a, float3 b, float3 center,
                                                     float radius);
/// The two points of two circles, the one to the right of the way between the centers first.
std::optional<std::pair<float2, float2>> circle_circle(float2 center_a, float radius_a,
                                                       float2 center_b, float radius_b);

/// Multiple of b - a at the point of the infinite line nearest to `point`; 0 for a line without
/// direction.
double closest_on_line(float3 point, float3 a, float3 b);

bool triangles_intersect(const std::array<float2, 3>& a, const std::array<float2, 3>& b);
/// Touching counts.
bool triangles_intersect(const std::array<float3, 3>& a, const std::array<float3, 3>& b);
double distance_between_triangles(const std::array<float3, 3>& a, const std::array<float3, 3>& b);

/// Moves a point from one triangle to another, keeping its place along the edges and, in proportion
/// to the roots of the areas, its height above the plane.
float3 barycentric_transform(float3 point, const std::array<float3, 3>& from,
                             const std::array<float3, 3>& to);

}  // namespace kiln
