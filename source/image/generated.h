#pragma once

#include "core/math.h"
#include "image/buffer.h"

namespace kiln::image {

enum class Pattern : std::uint8_t { Blank, UvGrid, ColorGrid };

/// A picture made by the program, in sRGB bytes or, as floats, in the same colors scene-linear.
///
/// Blank has `color` (display values; alpha as it is). The UV grid has squares of 32 pixels in two
/// greys with crosses whose hue tells the square; the color grid has labelled squares of 128 pixels
/// whose hue goes along x and whose brightness goes along y. Both are opaque.
ImageBuffer generated(Pattern pattern, int width, int height, float4 color, bool is_float);

}  // namespace kiln::image
