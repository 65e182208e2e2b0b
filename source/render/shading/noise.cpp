#include "render/shading/noise.h"

#include <algorithm>

namespace kiln::render::shading {
namespace {

float fade(float t) {
  return t * t * t * (t * (t * 6.0f - 15.0f) + 10.0f);
}
float negate_if(float x, std::uint32_t condition) {
  return condition ? -x : x;
}

float gradient(std::uint32_t hash, float x) {
  const std::uint32_t h = hash & 15u;
  return negate_if(float(1u + (h & 7u)), h & 8u) * x;
}
float gradient(std::uint32_t hash, float x, float y) {
  const std::uint32_t h = hash & 7u;
  const float u = h < 4u ? x : y, v = 2.0f * (h < 4u ? y : x);
  return negate_if(u, h & 1u) + negate_if(v, h & 2u);
}
float gradient(std::uint32_t hash, float x, float y, float z) {
  const std::uint32_t h = hash & 15u;
  const float u = h < 8u ? x : y;
  const float v = h < 4u ? y : (h == 12u || h == 14u) ? x : z;
  return negate_if(u, h & 1u) + negate_if(v, h & 2u);
}
float gradient(std::uint32_t hash, float x, float y, float z, float w) {
  const std::uint32_t h = hash & 31u;
  const float u = h < 24u ? x : y, v = h < 16u ? y : z, s = h < 8u ? z : w;
  return negate_if(u, h & 1u) + negate_if(v, h & 2u) + negate_if(s, h & 4u);
}

/// Cell and place in it; cells far out wrap, as integers do.
std::uint32_t cell_of(float x, float& inside) {
  const float f = std::floor(x);
  inside = x - f;
  return std::uint32_t(std::int32_t(std::min(std::max(-2147483648.0f, f), 2147483520.0f)));
}

float noise_1d(float px) {
  float x;
  const std::uint32_t i = cell_of(px, x);
  return lerp(gradient(hash_bits(i), x), gradient(hash_bits(i + 1), x - 1.0f), fade(x)) * 0.25f;
}

float noise_2d(float px, float py) {
  float x, y;
  const std::uint32_t i = cell_of(px, x), j = cell_of(py, y);
  const float u = fade(x), v = fade(y);
  return lerp(lerp(gradient(hash_bits(i, j), x, y), gradient(hash_bits(i + 1, j), x - 1.0f, y), u),
              lerp(gradient(hash_bits(i, j + 1), x, y - 1.0f),
                   gradient(hash_bits(i + 1, j + 1), x - 1.0f, y - 1.0f), u),
              v) *
         0.6616f;
}

float noise_3d(float px, float py, float pz) {
  float x, y, z;
  const std::uint32_t i = cell_of(px, x), j = cell_of(py, y), k = cell_of(pz, z);
  const float u = fade(x), v = fade(y);
  float slices[2];
  for (std::uint32_t d = 0; d < 2; ++d) {
    const float zz = z - float(d);
    slices[d] = lerp(lerp(gradient(hash_bits(i, j, k + d), x, y, zz),
                          gradient(hash_bits(i + 1, j, k + d), x - 1.0f, y, zz), u),
                     lerp(gradient(hash_bits(i, j + 1, k + d), x, y - 1.0f, zz),
                          gradient(hash_bits(i + 1, j + 1, k + d), x - 1.0f, y - 1.0f, zz), u),
                     v);
  }
  return lerp(slices[0], slices[1], fade(z)) * 0.9820f;
}

float noise_4d(float px, float py, float pz, float pw) {
  float x, y, z, w;
  const std::uint32_t i = cell_of(px, x), j = cell_of(py, y), k = cell_of(pz, z),
                      l = cell_of(pw, w);
  const float u = fade(x), v = fade(y), s = fade(z);
  float cubes[2];
  for (std::uint32_t e = 0; e < 2; ++e) {
    const float ww = w - float(e);
    float slices[2];
    for (std::uint32_t d = 0; d < 2; ++d) {
      const float zz = z - float(d);
      slices[d] =
          lerp(lerp(gradient(hash_bits(i, j, k + d, l + e), x, y, zz, ww),
                    gradient(hash_bits(i + 1, j, k + d, l + e), x - 1.0f, y, zz, ww), u),
               lerp(gradient(hash_bits(i, j + 1, k + d, l + e), x, y - 1.0f, zz, ww),
                    gradient(hash_bits(i + 1, j + 1, k + d, l + e), x - 1.0f, y - 1.0f, zz, ww), u),
               v);
    }
    cubes[e] = lerp(slices[0], slices[1], s);
  }
  return lerp(cubes[0], cubes[1], fade(w)) * 0.8344f;
}

}  // namespace

float gradient_noise(NoisePoint p, int dimensions) {
  float value;
  switch (dimensions) {
    case 1:
      value = noise_1d(p.x);
      break;
    case 2:
      value = noise_2d(p.x, p.y);
      break;
    case 3:
      value = noise_3d(p.x, p.y, p.z);
      break;
    default:
      value = noise_4d(p.x, p.y, p.z, p.w);
      break;
  }
  return std::isfinite(value) ? value : 0.0f;
}

float fractal_noise(NoisePoint p, int dimensions, float detail, float roughness) {
  detail = std::min(std::max(0.0f, detail), 15.0f);  // 0 where it is no number
  roughness = std::min(std::max(0.0f, roughness), 1.0f);
  const int octaves = int(detail);
  const float fraction = detail - float(octaves);
  float scale = 1.0f, amplitude = 1.0f, total = 0.0f, sum = 0.0f;
  for (int i = 0; i <= octaves; ++i) {
    sum += (0.5f * gradient_noise(p * scale, dimensions) + 0.5f) * amplitude;
    total += amplitude;
    amplitude *= roughness;
    scale *= 2.0f;
  }
  if (fraction == 0.0f) {
    return sum / total;
  }
  const float more = sum + (0.5f * gradient_noise(p * scale, dimensions) + 0.5f) * amplitude;
  return (1.0f - fraction) * (sum / total) + fraction * (more / (total + amplitude));
}

}  // namespace kiln::render::shading
