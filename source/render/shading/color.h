#pragma once

#include <cmath>

#include "core/math.h"
#include "core/to_int.h"

/// Conversions between colour models, as the colour nodes use them.
namespace kiln::render::shading {

/// Hue, saturation and value, all 0 to 1 for colours in range. Smith, "Color gamut transform
/// pairs", SIGGRAPH 1978.
inline float3 rgb_to_hsv(float3 c) {
  const float most = std::max(c.x, std::max(c.y, c.z)), least = std::min(c.x, std::min(c.y, c.z));
  const float span = most - least;
  float h = 0.0f, s = 0.0f;
  if (most != 0.0f) {
    s = span / most;
  }
  if (s != 0.0f) {
    const float3 d = (float3{most, most, most} - c) / span;
    h = c.x == most ? d.z - d.y : c.y == most ? 2.0f + d.x - d.z : 4.0f + d.y - d.x;
    h /= 6.0f;
    if (h < 0.0f) {
      h += 1.0f;
    }
  }
  return {h, s, most};
}

inline float3 hsv_to_rgb(float3 hsv) {
  float h = hsv.x;
  const float s = hsv.y, v = hsv.z;
  if (s == 0.0f) {
    return {v, v, v};
  }
  if (h == 1.0f) {
    h = 0.0f;
  }
  h *= 6.0f;
  const float i = std::floor(h), f = h - i;
  const float p = v * (1.0f - s), q = v * (1.0f - s * f), t = v * (1.0f - s * (1.0f - f));
  switch (to_int(i)) {
    case 0:
      return {v, t, p};
    case 1:
      return {q, v, p};
    case 2:
      return {p, v, t};
    case 3:
      return {p, q, v};
    case 4:
      return {t, p, v};
    default:
      return {v, p, q};
  }
}

inline float3 rgb_to_hsl(float3 c) {
  const float most = std::max(c.x, std::max(c.y, c.z)), least = std::min(c.x, std::min(c.y, c.z));
  const float l = std::min(1.0f, 0.5f * (most + least));
  if (most == least) {
    return {0.0f, 0.0f, l};
  }
  const float d = most - least;
  const float s = l > 0.5f ? d / (2.0f - most - least) : d / (most + least);
  float h = most == c.x   ? (c.y - c.z) / d + (c.y < c.z ? 6.0f : 0.0f)
            : most == c.y ? (c.z - c.x) / d + 2.0f
                          : (c.x - c.y) / d + 4.0f;
  return {h / 6.0f, s, l};
}

inline float3 hsl_to_rgb(float3 hsl) {
  const float h6 = hsl.x * 6.0f;
  const auto ramp = [](float x) { return std::min(std::max(x, 0.0f), 1.0f); };
  const float r = ramp(std::abs(h6 - 3.0f) - 1.0f), g = ramp(2.0f - std::abs(h6 - 2.0f)),
              b = ramp(2.0f - std::abs(h6 - 4.0f));
  const float chroma = (1.0f - std::abs(2.0f * hsl.z - 1.0f)) * hsl.y;
  return {(r - 0.5f) * chroma + hsl.z, (g - 0.5f) * chroma + hsl.z, (b - 0.5f) * chroma + hsl.z};
}

/// CIE XYZ (D65) to linear Rec.709. IEC 61966-2-1.
inline float3 xyz_to_rec709(float3 c) {
  return {3.2404542f * c.x - 1.5371385f * c.y - 0.4985314f * c.z,
          -0.9692660f * c.x + 1.8760108f * c.y + 0.0415560f * c.z,
          0.0556434f * c.x - 0.2040259f * c.y + 1.0572252f * c.z};
}

}  // namespace kiln::render::shading
