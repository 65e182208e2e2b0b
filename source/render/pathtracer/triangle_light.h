#pragma once

#include "core/math.h"
#include "render/pathtracer/geometry.h"

namespace kiln::render {

/// A point of a triangle as seen from elsewhere.
struct TriangleSample {
  float3 direction;  ///< unit, toward the point
  float distance = 0.0f;
  float u = 0.0f, v = 0.0f;  ///< weights of the second and third corner
  float pdf = 0.0f;          ///< per solid angle; 0: the triangle cannot be seen
};

/// Draws a point of a shining triangle: uniformly over the solid angle where the triangle is large
/// from `point`, else over its area. Arvo, "Stratified sampling of spherical triangles", SIGGRAPH
/// 1995.
TriangleSample sample_triangle(const TriangleShape& triangle, float3 point, float2 random);

/// Density of `sample_triangle` for a point of the triangle that lies `distance` along `direction`.
float triangle_pdf(const TriangleShape& triangle, float3 point, float3 direction, float distance);

}  // namespace kiln::render
