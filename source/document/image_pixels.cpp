#include "document/image_pixels.h"

#include <algorithm>

#include "core/schema/services.h"

namespace kiln {

std::shared_ptr<const ImagePixels> image_pixels(const Image& image, const Services* services,
                                                std::string* problem) {
  if (!image.pixels.empty()) {
    return std::make_shared<const ImagePixels>(
        ImagePixels{image.width, image.height, image.depth, image.is_float, image.pixels});
  }
  auto* loader = services ? services->find<ImageLoader>() : nullptr;
  return loader ? loader->find(image, problem) : nullptr;
}

ImagePixels describe_pixels(const Image& image, const Services* services) {
  if (!image.pixels.empty()) {
    return {image.width, image.height, image.depth, image.is_float, {}};
  }
  auto* loader = services ? services->find<ImageLoader>() : nullptr;
  return loader ? loader->describe(image) : ImagePixels{};
}

float2 pixel_resolution(const Image& image, const Services* services) {
  if (image.resolution.x > 0.0f && image.resolution.y > 0.0f) {
    return image.resolution;
  }
  const ImagePixels pixels = describe_pixels(image, services);
  if (pixels.width <= 0) {
    return {};
  }
  constexpr float usual = 72.0f / 0.0254f;
  return pixels.resolution.x > 0.0f && pixels.resolution.y > 0.0f ? pixels.resolution
                                                                  : float2{usual, usual};
}

bool own_pixels(Image& image, const Services* services) {
  if (!image.pixels.empty()) {
    return true;
  }
  const std::shared_ptr<const ImagePixels> found = image_pixels(image, services);
  if (!found) {
    return false;
  }
  image.width = found->width;
  image.height = found->height;
  image.depth = found->depth;
  image.is_float = found->is_float;
  image.pixels = found->values;
  return true;
}

void drop_pixels(Image& image) {
  image.pixels = {};
  image.is_dirty = false;
}

void round_pixels(Image& image, std::int64_t first, std::int64_t count) {
  if (image.is_float) {
    return;
  }
  const std::span<float> values = image.pixels.edit();
  for (std::int64_t i = first; i < first + count; ++i) {
    float& value = values[std::size_t(i)];
    // Written so that NaN becomes 0.
    const float clamped = value >= 1.0f ? 1.0f : value > 0.0f ? value : 0.0f;
    value = float(int(clamped * 255.0f + 0.5f)) * (1.0f / 255.0f);  // as in a file of bytes
  }
}

}  // namespace kiln
