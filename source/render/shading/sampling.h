#pragma once

#include <cmath>

#include "core/math.h"

/// Warps of the unit square and small vector tools that scattering functions and lights share.
namespace kiln::render {

inline constexpr float pi = 3.14159265358979f;
inline constexpr float inverse_pi = 0.318309886183791f;

inline float square(float x) {
  return x * x;
}
inline float safe_sqrt(float x) {
  return std::sqrt(std::max(x, 0.0f));
}
/// Within 0 and 1; 0 for what is no number, so that tables can be read at it.
inline float saturate(float x) {
  return std::min(std::max(0.0f, x), 1.0f);
}
inline float mean(float3 c) {
  return (c.x + c.y + c.z) * (1.0f / 3.0f);
}
inline float luminance(float3 c) {
  return 0.2126729f * c.x + 0.7151522f * c.y + 0.0721750f * c.z;
}
inline bool is_black(float3 c) {
  return c.x == 0.0f && c.y == 0.0f && c.z == 0.0f;
}
/// Mirrors `v` (away from the surface) at `normal`.
inline float3 reflect(float3 v, float3 normal) {
  return normal * (2.0f * dot(normal, v)) - v;
}

/// Two unit vectors that make a right-handed system with the unit vector `n`.
/// Duff et al., "Building an orthonormal basis, revisited", JCGT 2017.
inline void make_basis(float3 n, float3& tangent, float3& bitangent) {
  const float sign = std::copysign(1.0f, n.z);
  const float a = -1.0f / (sign + n.z);
  const float b = n.x * n.y * a;
  tangent = {1.0f + sign * n.x * n.x * a, sign * b, -sign * n.x};
  bitangent = {b, sign + n.y * n.y * a, -n.y};
}

/// A system around `n` whose first vector leans toward `tangent`.
inline void make_basis_along(float3 n, float3 along, float3& tangent, float3& bitangent) {
  bitangent = cross(n, along);
  const float l = length(bitangent);
  if (l < 1e-6f) {
    make_basis(n, tangent, bitangent);
    return;
  }
  bitangent = bitangent * (1.0f / l);
  tangent = cross(bitangent, n);
}

/// Area-preserving map of the unit square to the unit disk. Shirley and Chiu, 1997.
inline float2 sample_disk(float2 u) {
  const float a = 2.0f * u.x - 1.0f, b = 2.0f * u.y - 1.0f;
  if (a == 0.0f && b == 0.0f) {
    return {0.0f, 0.0f};
  }
  float r, phi;
  if (a * a > b * b) {
    r = a;
    phi = 0.25f * pi * (b / a);
  } else {
    r = b;
    phi = 0.5f * pi - 0.25f * pi * (a / b);
  }
  return {r * std::cos(phi), r * std::sin(phi)};
}

/// Direction around Z with density cos / pi.
inline float3 sample_cosine_hemisphere(float2 u) {
  const float2 d = sample_disk(u);
  return {d.x, d.y, safe_sqrt(1.0f - d.x * d.x - d.y * d.y)};
}

/// Direction within the cone of `1 - cos(angle)` around Z, uniform per solid angle.
inline float3 sample_cone(float2 u, float one_minus_cos) {
  const float2 d = sample_disk(u);
  const float r2 = d.x * d.x + d.y * d.y;
  const float z = 1.0f - r2 * one_minus_cos;
  const float scale =
      r2 > 0.0f ? std::sqrt(std::max(one_minus_cos * (2.0f - r2 * one_minus_cos), 0.0f)) : 0.0f;
  return {d.x * scale, d.y * scale, z};
}

/// Reflectance of a smooth dielectric boundary for unpolarized light; `ior` is far side over near
/// side.
inline float fresnel_dielectric(float cos_incident, float ior) {
  const float c = std::abs(cos_incident);
  const float g2 = ior * ior - 1.0f + c * c;
  if (g2 <= 0.0f) {
    return 1.0f;
  }
  const float g = std::sqrt(g2);
  const float a = (g - c) / (g + c);
  const float b = (c * (g + c) - 1.0f) / (c * (g - c) + 1.0f);
  return 0.5f * a * a * (1.0f + b * b);
}

/// (1 - cos)^5, Schlick 1994.
inline float schlick_weight(float cos_angle) {
  const float m = saturate(1.0f - cos_angle);
  const float m2 = m * m;
  return m2 * m2 * m;
}

/// Weight of a sample of density `a` beside a technique of density `b`. Veach and Guibas 1995,
/// power heuristic.
inline float power_heuristic(float a, float b) {
  // Divided through by a^2, so that large densities do not overflow.
  const float r = b / a;
  return 1.0f / (1.0f + r * r);
}

}  // namespace kiln::render
