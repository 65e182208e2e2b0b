#include "image/color_transform.h"

#include "core/assert.h"
#include "core/tasks.h"

namespace kiln::image {
namespace {

// Pixels per call of the implementation: small enough to stay in the first cache levels.
constexpr std::size_t block_pixels = 4096;

}  // namespace

ColorTransform::ColorTransform(std::shared_ptr<const Implementation> implementation)
    : implementation_(std::move(implementation)) {}

float3 ColorTransform::operator()(float3 color) const {
  if (implementation_) {
    implementation_->apply(&color.x, 1, 3);
  }
  return color;
}

void ColorTransform::apply(std::span<float> pixels, int channels) const {
  KILN_ASSERT(channels == 3 || channels == 4);
  if (!implementation_) {
    return;
  }
  const std::size_t count = pixels.size() / channels;
  for (std::size_t begin = 0; begin < count; begin += block_pixels) {
    implementation_->apply(pixels.data() + begin * channels, std::min(block_pixels, count - begin),
                           channels);
  }
}

void ColorTransform::apply_parallel(std::span<float> pixels, int channels) const {
  if (!implementation_) {
    return;
  }
  parallel_for(pixels.size() / channels, 4 * block_pixels, [&](std::size_t begin, std::size_t end) {
    apply(pixels.subspan(begin * channels, (end - begin) * channels), channels);
  });
}

void ColorTransform::apply_premultiplied(std::span<float> pixels) const {
  if (!implementation_) {
    return;
  }
  const auto scale_by_alpha = [](std::span<float> block, bool divide) {
    for (std::size_t i = 0; i + 3 < block.size(); i += 4) {
      const float alpha = block[i + 3];
      if (alpha != 0.0f && alpha != 1.0f) {
        const float factor = divide ? 1.0f / alpha : alpha;
        block[i] *= factor;
        block[i + 1] *= factor;
        block[i + 2] *= factor;
      }
    }
  };
  parallel_for(pixels.size() / 4, 4 * block_pixels, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; i += block_pixels) {
      const std::span<float> block = pixels.subspan(4 * i, 4 * std::min(block_pixels, end - i));
      scale_by_alpha(block, true);
      apply(block, 4);
      scale_by_alpha(block, false);
    }
  });
}

}  // namespace kiln::image
