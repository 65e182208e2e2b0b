#include "image/half.h"

#include <algorithm>
#include <bit>
#include <cmath>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace kiln::image {
namespace {

constexpr float largest = 65504.0f;

std::uint16_t half_bits(float value) {
  if (std::isfinite(value)) {
    value = std::clamp(value, -largest, largest);
  }
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
  const std::uint16_t sign = std::uint16_t(bits >> 16 & 0x8000);
  const std::uint32_t magnitude = bits & 0x7fffffff;
  if (magnitude >= 0x7f800000) {
    return std::uint16_t(sign | 0x7c00 | (magnitude > 0x7f800000 ? 0x200 : 0));
  }
  if (magnitude < 0x38800000) {
    // A denormal half: adding 0.5 shifts the mantissa to where the rounding of float addition does
    // the work.
    const float shifted = std::bit_cast<float>(magnitude) + 0.5f;
    return std::uint16_t(sign | (std::bit_cast<std::uint32_t>(shifted) - 0x3f000000));
  }
  const std::uint32_t odd = magnitude >> 13 & 1;
  return std::uint16_t(sign | ((magnitude - 0x38000000 + 0xfff + odd) >> 13));
}

#if defined(__x86_64__)
__attribute__((target("avx,f16c"))) std::size_t convert_eights(const float* in, std::size_t count,
                                                               std::uint16_t* out) {
  const __m256 top = _mm256_set1_ps(largest), bottom = _mm256_set1_ps(-largest);
  const __m256 infinity = _mm256_set1_ps(INFINITY),
               no_sign = _mm256_castsi256_ps(_mm256_set1_epi32(0x7fffffff));
  std::size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    const __m256 value = _mm256_loadu_ps(in + i);
    const __m256 limited = _mm256_min_ps(_mm256_max_ps(value, bottom), top);
    const __m256 is_finite = _mm256_cmp_ps(_mm256_and_ps(value, no_sign), infinity, _CMP_LT_OQ);
    const __m256 kept = _mm256_blendv_ps(value, limited, is_finite);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out + i),
                     _mm256_cvtps_ph(kept, _MM_FROUND_TO_NEAREST_INT));
  }
  return i;
}

// Whether the processor has AVX and F16C; not all compilers can be asked for the latter by name.
bool has_conversions() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  return __builtin_cpu_supports("avx") && __get_cpuid(1, &a, &b, &c, &d) != 0 &&
         (c & bit_F16C) != 0;
}
#endif

}  // namespace

void to_half(std::span<const float> in, std::span<std::uint16_t> out) {
  std::size_t done = 0;
#if defined(__x86_64__)
  if (has_conversions()) {
    done = convert_eights(in.data(), in.size(), out.data());
  }
#endif
  for (std::size_t i = done; i < in.size(); ++i) {
    out[i] = half_bits(in[i]);
  }
}

}  // namespace kiln::image
