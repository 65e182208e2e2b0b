#include "render/pathtracer/triangle_light.h"

#include "render/shading/sampling.h"

namespace kiln::render {
namespace {

/// The triangle on the unit sphere around the point.
struct SphericalTriangle {
  float3 a, b, c;  // unit
  float solid_angle = 0.0f;
};

/// Whether area sampling would be far from even: a corner is nearer than twice the longest side.
bool is_large(const TriangleShape& t, float3 point) {
  const float side2 = std::max(length_squared(t.b - t.a),
                               std::max(length_squared(t.c - t.b), length_squared(t.a - t.c)));
  const float near2 = std::min(length_squared(t.a - point),
                               std::min(length_squared(t.b - point), length_squared(t.c - point)));
  return near2 < 4.0f * side2;
}

/// Van Oosterom and Strackee, "The solid angle of a plane triangle", 1983.
SphericalTriangle project(const TriangleShape& t, float3 point) {
  SphericalTriangle s{normalize(t.a - point), normalize(t.b - point), normalize(t.c - point), 0.0f};
  const float triple = std::abs(dot(s.a, cross(s.b, s.c)));
  s.solid_angle = 2.0f * std::atan2(triple, 1.0f + dot(s.a, s.b) + dot(s.b, s.c) + dot(s.c, s.a));
  return s;
}

/// Below this a spherical triangle's angles have no digits left.
constexpr float smallest_solid_angle = 1e-3f;

float3 orthogonal_part(float3 v, float3 unit) {
  return normalize(v - unit * dot(v, unit));
}

/// Angle at `a` between the arcs to `b` and `c`.
float corner_cosine(float3 a, float3 b, float3 c) {
  return std::clamp(dot(normalize(cross(a, b)), normalize(cross(a, c))), -1.0f, 1.0f);
}

float3 sample_spherical(const SphericalTriangle& s, float2 random) {
  const float cos_alpha = corner_cosine(s.a, s.b, s.c);
  const float sin_alpha = safe_sqrt(1.0f - cos_alpha * cos_alpha);
  const float alpha = std::acos(cos_alpha);
  const float part = random.x * s.solid_angle - alpha;
  const float sin_part = std::sin(part), cos_part = std::cos(part);
  const float u = cos_part - cos_alpha, v = sin_part + sin_alpha * dot(s.a, s.b);
  const float denominator = (v * sin_part + u * cos_part) * sin_alpha;
  const float q =
      std::abs(denominator) > 1e-12f
          ? std::clamp(((v * cos_part - u * sin_part) * cos_alpha - v) / denominator, -1.0f, 1.0f)
          : 1.0f;
  const float3 c = s.a * q + orthogonal_part(s.c, s.a) * safe_sqrt(1.0f - q * q);
  const float z = 1.0f - random.y * (1.0f - dot(c, s.b));
  return normalize(s.b * z + orthogonal_part(c, s.b) * safe_sqrt(1.0f - z * z));
}

}  // namespace

TriangleSample sample_triangle(const TriangleShape& t, float3 point, float2 random) {
  TriangleSample sample;
  const float3 e1 = t.b - t.a, e2 = t.c - t.a;
  const float3 n = cross(e1, e2);
  if (is_large(t, point)) {
    const SphericalTriangle s = project(t, point);
    if (s.solid_angle > smallest_solid_angle) {
      sample.direction = sample_spherical(s, random);
      // Möller and Trumbore, 1997.
      const float3 p = cross(sample.direction, e2);
      const float det = dot(e1, p);
      if (std::abs(det) < 1e-20f) {
        return sample;
      }
      const float3 from_a = point - t.a;
      const float3 q = cross(from_a, e1);
      sample.u = std::clamp(dot(from_a, p) / det, 0.0f, 1.0f);
      sample.v = std::clamp(dot(sample.direction, q) / det, 0.0f, 1.0f - sample.u);
      sample.distance = dot(e2, q) / det;
      sample.pdf = sample.distance > 0.0f ? 1.0f / s.solid_angle : 0.0f;
      return sample;
    }
  }
  const float root = std::sqrt(random.x);
  sample.u = root * (1.0f - random.y);
  sample.v = root * random.y;
  const float3 to_point = t.a + e1 * sample.u + e2 * sample.v - point;
  sample.distance = length(to_point);
  if (sample.distance <= 0.0f) {
    return sample;
  }
  sample.direction = to_point * (1.0f / sample.distance);
  const float c = std::abs(dot(n, sample.direction));
  sample.pdf = c > 1e-6f * length(n) ? square(sample.distance) * 2.0f / c : 0.0f;
  return sample;
}

float triangle_pdf(const TriangleShape& t, float3 point, float3 direction, float distance) {
  if (is_large(t, point)) {
    const SphericalTriangle s = project(t, point);
    if (s.solid_angle > smallest_solid_angle) {
      return 1.0f / s.solid_angle;
    }
  }
  const float3 n = cross(t.b - t.a, t.c - t.a);
  const float c = std::abs(dot(n, direction));
  return c > 1e-6f * length(n) ? square(distance) * 2.0f / c : 0.0f;
}

}  // namespace kiln::render
