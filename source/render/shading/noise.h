#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#include "core/math.h"

/// Lattice noise and hashes of the procedural textures.
///
/// Perlin, "Improving noise", SIGGRAPH 2002, with gradients picked by the final mix of Jenkins'
/// lookup3 (2006).
namespace kiln::render::shading {

inline std::uint32_t rotate_left(std::uint32_t x, int k) {
  return (x << k) | (x >> (32 - k));
}

/// Jenkins, lookup3.c: `final` over up to four words.
inline std::uint32_t hash_final(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  c ^= b;
  c -= rotate_left(b, 14);
  a ^= c;
  a -= rotate_left(c, 11);
  b ^= a;
  b -= rotate_left(a, 25);
  c ^= b;
  c -= rotate_left(b, 16);
  a ^= c;
  a -= rotate_left(c, 4);
  b ^= a;
  b -= rotate_left(a, 14);
  c ^= b;
  c -= rotate_left(b, 24);
  return c;
}
inline std::uint32_t hash_bits(std::uint32_t x) {
  const std::uint32_t s = 0xdeadbeefu + (1u << 2) + 13u;
  return hash_final(s + x, s, s);
}
inline std::uint32_t hash_bits(std::uint32_t x, std::uint32_t y) {
  const std::uint32_t s = 0xdeadbeefu + (2u << 2) + 13u;
  return hash_final(s + x, s + y, s);
}
inline std::uint32_t hash_bits(std::uint32_t x, std::uint32_t y, std::uint32_t z) {
  const std::uint32_t s = 0xdeadbeefu + (3u << 2) + 13u;
  return hash_final(s + x, s + y, s + z);
}
inline std::uint32_t hash_bits(std::uint32_t x, std::uint32_t y, std::uint32_t z, std::uint32_t w) {
  const std::uint32_t s = 0xdeadbeefu + (4u << 2) + 13u;
  std::uint32_t a = s + x, b = s + y, c = s + z;
  // lookup3's `mix`.
  a -= c;
  a ^= rotate_left(c, 4);
  c += b;
  b -= a;
  b ^= rotate_left(a, 6);
  a += c;
  c -= b;
  c ^= rotate_left(b, 8);
  b += a;
  a -= c;
  a ^= rotate_left(c, 16);
  c += b;
  b -= a;
  b ^= rotate_left(a, 19);
  a += c;
  c -= b;
  c ^= rotate_left(b, 4);
  b += a;
  return hash_final(a + w, b, c);
}

inline float unit_interval(std::uint32_t bits) {
  return float(bits) / float(0xffffffffu);
}
inline std::uint32_t float_bits(float x) {
  return std::bit_cast<std::uint32_t>(x);
}

/// Numbers in [0, 1] from the bits of floats.
inline float hash_unit(float x) {
  return unit_interval(hash_bits(float_bits(x)));
}
inline float hash_unit(float x, float y) {
  return unit_interval(hash_bits(float_bits(x), float_bits(y)));
}
inline float hash_unit(float x, float y, float z) {
  return unit_interval(hash_bits(float_bits(x), float_bits(y), float_bits(z)));
}
inline float hash_unit(float x, float y, float z, float w) {
  return unit_interval(hash_bits(float_bits(x), float_bits(y), float_bits(z), float_bits(w)));
}
inline float3 hash_color(float x) {
  return {hash_unit(x), hash_unit(x, 1.0f), hash_unit(x, 2.0f)};
}
inline float3 hash_color(float x, float y) {
  return {hash_unit(x, y), hash_unit(x, y, 1.0f), hash_unit(x, y, 2.0f)};
}
inline float3 hash_color(float x, float y, float z) {
  return {hash_unit(x, y, z), hash_unit(x, y, z, 1.0f), hash_unit(x, y, z, 2.0f)};
}
inline float3 hash_color(float x, float y, float z, float w) {
  return {hash_unit(x, y, z, w), hash_unit(z, x, w, y), hash_unit(w, z, y, x)};
}

/// A point in up to four dimensions; unused ones are zero.
struct NoisePoint {
  float x = 0.0f, y = 0.0f, z = 0.0f, w = 0.0f;
};
inline NoisePoint operator*(NoisePoint p, float s) {
  return {p.x * s, p.y * s, p.z * s, p.w * s};
}
inline NoisePoint operator+(NoisePoint a, NoisePoint b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z, a.w + b.w};
}

/// Gradient noise, about -1 to 1, in 1 to 4 dimensions.
float gradient_noise(NoisePoint p, int dimensions);

/// Octaves of noise, each twice as fine and `roughness` as strong, normalized to [0, 1]; `detail`
/// counts octaves beyond the first, fractions blend the last one in.
float fractal_noise(NoisePoint p, int dimensions, float detail, float roughness);

}  // namespace kiln::render::shading
