#include "render/shading/texture_image.h"

#include <algorithm>
#include <cmath>

#include "core/to_int.h"

namespace kiln::render::shading {
namespace {

/// Pixel column or row `i` under an extension; -1 where there is none.
int wrap(int i, int size, TextureExtension extension) {
  if (extension == TextureExtension::Repeat) {
    i %= size;
    return i < 0 ? i + size : i;
  }
  if (i < 0 || i >= size) {
    return extension == TextureExtension::Clip ? -1 : std::clamp(i, 0, size - 1);
  }
  return i;
}

float4 pixel(const TextureImage& image, int x, int y, TextureExtension extension) {
  const int i = wrap(x, image.width, extension), j = wrap(y, image.height, extension);
  return i < 0 || j < 0 ? float4{} : image.pixels[std::size_t(j) * image.width + i];
}

/// Weights of the uniform cubic B-spline.
void spline_weights(float t, float w[4]) {
  const float t2 = t * t, t3 = t2 * t;
  w[0] = (1.0f - 3.0f * t + 3.0f * t2 - t3) / 6.0f;
  w[1] = (4.0f - 6.0f * t2 + 3.0f * t3) / 6.0f;
  w[2] = (1.0f + 3.0f * t + 3.0f * t2 - 3.0f * t3) / 6.0f;
  w[3] = t3 / 6.0f;
}

}  // namespace

float4 sample_image(const TextureImage& image, float u, float v, TextureInterpolation interpolation,
                    TextureExtension extension) {
  if (image.width <= 0 || image.height <= 0 || !std::isfinite(u) || !std::isfinite(v)) {
    return {};
  }
  if (extension == TextureExtension::Clip && (u < 0.0f || v < 0.0f || u > 1.0f || v > 1.0f)) {
    return {};
  }
  if (extension == TextureExtension::Repeat) {
    u -= std::floor(u);
    v -= std::floor(v);
  } else {
    u = std::clamp(u, 0.0f, 1.0f);
    v = std::clamp(v, 0.0f, 1.0f);
    extension = TextureExtension::Extend;
  }
  const float x = u * float(image.width), y = v * float(image.height);
  if (interpolation == TextureInterpolation::Closest) {
    return pixel(image, to_int(std::floor(x)), to_int(std::floor(y)), extension);
  }
  const float fx = std::floor(x - 0.5f), fy = std::floor(y - 0.5f);
  const int i = to_int(std::min(std::max(-1e9f, fx), 1e9f)),
            j = to_int(std::min(std::max(-1e9f, fy), 1e9f));
  const float tx = x - 0.5f - fx, ty = y - 0.5f - fy;
  if (interpolation == TextureInterpolation::Linear) {
    return (pixel(image, i, j, extension) * (1.0f - tx) + pixel(image, i + 1, j, extension) * tx) *
               (1.0f - ty) +
           (pixel(image, i, j + 1, extension) * (1.0f - tx) +
            pixel(image, i + 1, j + 1, extension) * tx) *
               ty;
  }
  float wx[4], wy[4];
  spline_weights(tx, wx);
  spline_weights(ty, wy);
  float4 sum;
  for (int b = 0; b < 4; ++b) {
    for (int a = 0; a < 4; ++a) {
      sum += pixel(image, i - 1 + a, j - 1 + b, extension) * (wx[a] * wy[b]);
    }
  }
  return sum;
}

}  // namespace kiln::render::shading
