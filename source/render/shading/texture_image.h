#pragma once

#include <vector>

#include "core/array.h"
#include "core/math.h"

namespace kiln::render::shading {

/// A picture for texture nodes: scene-linear colour with premultiplied alpha, rows from the bottom
/// up.
struct TextureImage {
  int width = 0, height = 0;
  Array<float4> pixels;
};

enum class TextureInterpolation : std::uint8_t { Linear, Closest, Cubic };
enum class TextureExtension : std::uint8_t { Repeat, Extend, Clip };

/// Colour at (u, v), both 0 to 1 over the picture. Cubic is the uniform B-spline.
float4 sample_image(const TextureImage& image, float u, float v, TextureInterpolation interpolation,
                    TextureExtension extension);

}  // namespace kiln::render::shading
