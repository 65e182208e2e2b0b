#pragma once

#include <cstdint>
#include <span>

namespace kiln::image {

/// 16-bit floats (IEEE 754 binary16) from 32-bit ones, rounded to nearest even; what is too large
/// becomes the largest finite value (65504) with its sign, infinities stay. `out` has as many
/// elements as `in`.
void to_half(std::span<const float> in, std::span<std::uint16_t> out);

}  // namespace kiln::image
