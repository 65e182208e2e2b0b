#pragma once

#include <algorithm>
#include <cstdint>

#include "core/math.h"

/// Owen-scrambled Sobol points whose every number is a pure function of (pixel, sample, dimension):
/// nothing is stored.
///
/// Burley, "Practical hash-based Owen scrambling", JCGT 2020: each pair of dimensions is an
/// independently shuffled and scrambled (0,2)-sequence. The hash is Vegdahl's of 2021.
namespace kiln::render {

inline std::uint32_t reverse_bits(std::uint32_t x) {
  x = (x >> 16) | (x << 16);
  x = ((x & 0x00ff00ffu) << 8) | ((x & 0xff00ff00u) >> 8);
  x = ((x & 0x0f0f0f0fu) << 4) | ((x & 0xf0f0f0f0u) >> 4);
  x = ((x & 0x33333333u) << 2) | ((x & 0xccccccccu) >> 2);
  return ((x & 0x55555555u) << 1) | ((x & 0xaaaaaaaau) >> 1);
}

/// Mixes 32 bits well. Wellons' triple32 family, two rounds.
inline std::uint32_t mix_bits(std::uint32_t x) {
  x ^= x >> 16;
  x *= 0x21f0aaadu;
  x ^= x >> 15;
  x *= 0xd35a2d97u;
  x ^= x >> 15;
  return x;
}

inline std::uint32_t combine_bits(std::uint32_t a, std::uint32_t b) {
  return mix_bits(a ^ (b * 0x9e3779b9u + 0x7f4a7c15u));
}

/// Owen scrambling of reversed bits: every bit is flipped by a hash of the bits below it.
inline std::uint32_t scramble_reversed(std::uint32_t x, std::uint32_t seed) {
  x ^= x * 0x3d20adeau;
  x += seed;
  x *= (seed >> 16) | 1u;
  x ^= x * 0x05526c56u;
  x ^= x * 0x53a22864u;
  return x;
}

/// [0, 1) from the upper 24 bits.
inline float unit_float(std::uint32_t bits) {
  return float(bits >> 8) * (1.0f / 16777216.0f);
}

/// How the numbers of pixels differ from each other.
struct SamplingStyle {
  /// All pixels have the same Sobol points, each moved in a circle by an offset of its own; else
  /// points scrambled for each pixel, which are spread as progressive multi-jittered (0,2) points
  /// are (Christensen, Kensler and Kilpatrick, "Progressive Multi-Jittered Sample Sequences", 2018;
  /// Helmer, Christensen and Kensler, 2021, on why they are the same).
  bool is_sobol = false;
  /// Below 1 all pixels have the same points, moved by this share of those offsets: neighbours
  /// follow similar paths, at the price of patterns in the noise.
  float distance = 1.0f;
  bool is_plain() const { return !is_sobol && distance >= 1.0f; }
};

/// The numbers of one sample of one pixel.
class Sampler {
public:
  Sampler() = default;
  Sampler(std::uint32_t pixel_seed, std::uint32_t sample)
      : seed_(pixel_seed), reversed_sample_(reverse_bits(sample)) {}
  /// In a style; `common_seed` is that of all pixels.
  Sampler(const SamplingStyle& style, std::uint32_t common_seed, std::uint32_t pixel_seed,
          std::uint32_t sample)
      : seed_(style.is_plain() ? pixel_seed : common_seed),
        reversed_sample_(reverse_bits(sample)),
        offset_seed_(style.is_plain() ? 0u : pixel_seed | 1u),
        offset_scale_(style.distance >= 1.0f
                          ? 0xffffffffu
                          : std::uint32_t(std::max(style.distance, 0.0f) * 4294967040.0f)),
        is_sobol_(style.is_sobol) {}

  /// Two numbers in [0, 1), well spread over the samples of the pixel; independent for different
  /// `pair`.
  float2 pair(std::uint32_t pair) const {
    const std::uint32_t seed = combine_bits(seed_, pair);
    // The shuffled index, bits reversed, is the first Sobol dimension itself.
    const std::uint32_t x = scramble_reversed(reversed_sample_, seed);
    // The second is the Pascal matrix modulo 2 times the index, done as a butterfly.
    std::uint32_t y = reverse_bits(x);
    y ^= (y >> 1) & 0x55555555u;
    y ^= (y >> 2) & 0x33333333u;
    y ^= (y >> 4) & 0x0f0f0f0fu;
    y ^= (y >> 8) & 0x00ff00ffu;
    y ^= (y >> 16) & 0x0000ffffu;
    if (is_sobol_) {
      return moved(x, reverse_bits(y), pair);
    }
    const std::uint32_t a =
        reverse_bits(scramble_reversed(reverse_bits(x), mix_bits(seed ^ 0x68bc21ebu)));
    const std::uint32_t b = reverse_bits(scramble_reversed(y, mix_bits(seed ^ 0x02e5be93u)));
    return offset_seed_ == 0 ? float2{unit_float(a), unit_float(b)} : moved(a, b, pair);
  }
  /// A seed for more numbers that belong to this sample alone.
  std::uint32_t sample_seed() const {
    return combine_bits(seed_ ^ (offset_scale_ != 0 ? offset_seed_ : 0u), reversed_sample_);
  }

private:
  // Cranley and Patterson, "Randomization of number theoretic methods for multiple integration",
  // 1976.
  float2 moved(std::uint32_t a, std::uint32_t b, std::uint32_t pair) const {
    const std::uint32_t one = combine_bits(offset_seed_, pair), other = mix_bits(one ^ 0x5bd1e995u);
    const auto share = [this](std::uint32_t whole) {
      return std::uint32_t((std::uint64_t(whole) * offset_scale_) >> 32);
    };
    return {unit_float(a + share(one)), unit_float(b + share(other))};
  }

  std::uint32_t seed_ = 0;
  std::uint32_t reversed_sample_ = 0;
  std::uint32_t offset_seed_ = 0;  // 0: points are not moved
  std::uint32_t offset_scale_ = 0xffffffffu;
  bool is_sobol_ = false;
};

/// Seed of a pixel's sampler.
inline std::uint32_t pixel_seed(std::uint32_t x, std::uint32_t y, std::uint32_t seed) {
  return combine_bits(combine_bits(mix_bits(seed ^ 0xb5297a4du), x), y);
}

}  // namespace kiln::render
