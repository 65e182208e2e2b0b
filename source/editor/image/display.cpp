#include "editor/image/display.h"

#include <algorithm>

#include "core/tasks.h"
#include "image/buffer.h"

namespace kiln::editor {
namespace {

constexpr float infinity_depth = 1e9f;  // metres; renders have 1e10 where there is nothing

}  // namespace

Result<DisplayPicture> display_picture(const LinearPicture& picture,
                                       const image::ColorManagement& colors,
                                       image::ViewSettings view, float exposure) {
  view.exposure += exposure;
  const Result<image::ColorTransform> transform = colors.display(colors.scene_linear(), view);
  if (!transform) {
    return transform.error();
  }
  const int width = picture.width, height = picture.height, channels = picture.channels;
  DisplayPicture out{width, height,
                     std::vector<std::uint8_t>(std::size_t(width) * std::size_t(height) * 4)};
  parallel_for(std::size_t(height), 16, [&](std::size_t begin, std::size_t end) {
    std::vector<float> row(std::size_t(width) * 4);
    for (std::size_t y = begin; y < end; ++y) {
      const float* source = picture.pixels + y * std::size_t(width) * std::size_t(channels);
      for (std::size_t x = 0; x < std::size_t(width); ++x) {
        const float* p = source + x * std::size_t(channels);
        const float alpha = channels == 4 ? p[3] : 1.0f;
        // Color without its alpha goes through the transform.
        const float scale = alpha > 0.0f && alpha < 1.0f ? 1.0f / alpha : 1.0f;
        for (int c = 0; c < 3; ++c) {
          row[x * 4 + std::size_t(c)] = p[channels >= 3 ? c : 0] * scale;
        }
        row[x * 4 + 3] = alpha;
      }
      transform->apply(row, 4);
      std::uint8_t* target =
          out.bytes.data() + (std::size_t(height) - 1 - y) * std::size_t(width) * 4;
      for (std::size_t x = 0; x < std::size_t(width); ++x) {
        const float alpha = std::clamp(row[x * 4 + 3], 0.0f, 1.0f);
        target[x * 4 + 0] = image::to_byte(row[x * 4 + 2] * alpha);
        target[x * 4 + 1] = image::to_byte(row[x * 4 + 1] * alpha);
        target[x * 4 + 2] = image::to_byte(row[x * 4 + 0] * alpha);
        target[x * 4 + 3] = image::to_byte(alpha);
      }
    }
  });
  return out;
}

LinearPicture shown_channels(const LinearPicture& picture, ImageChannels channels) {
  const bool is_all = channels == ImageChannels::ColorAlpha ||
                      (channels == ImageChannels::Color && picture.channels < 4) ||
                      (channels == ImageChannels::Alpha && picture.channels < 4);
  if (is_all || !picture.pixels) {
    return picture;
  }
  const std::size_t count = std::size_t(picture.width) * std::size_t(picture.height);
  const auto from = std::size_t(picture.channels);
  float low = infinity_depth, high = 0.0f;
  if (channels == ImageChannels::ZBuffer) {
    if (picture.channels != 1) {
      return picture;  // there are no depths
    }
    for (std::size_t i = 0; i < count; ++i) {
      // What is seen through to the background is infinitely far.
      if (picture.pixels[i] < infinity_depth) {
        low = std::min(low, picture.pixels[i]);
        high = std::max(high, picture.pixels[i]);
      }
    }
  }
  LinearPicture out = picture;
  out.channels = channels == ImageChannels::Color ? 3 : 1;
  const auto values = std::make_shared<std::vector<float>>(count * std::size_t(out.channels));
  parallel_for(count, 4096, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const float* p = picture.pixels + i * from;
      const float alpha = from == 4 ? p[3] : 1.0f;
      const float scale = alpha > 0.0f && alpha < 1.0f ? 1.0f / alpha : 1.0f;
      const auto color = [&](std::size_t c) { return p[from >= 3 ? c : 0] * scale; };
      float* to = values->data() + i * std::size_t(out.channels);
      switch (channels) {
        case ImageChannels::Color:
          for (std::size_t c = 0; c < 3; ++c) {
            to[c] = color(c);
          }
          break;
        case ImageChannels::Green:
          *to = color(1);
          break;
        case ImageChannels::Blue:
          *to = color(2);
          break;
        case ImageChannels::Alpha:
          *to = alpha;
          break;
        case ImageChannels::ZBuffer:
          *to = p[0] < infinity_depth && high > low ? (high - p[0]) / (high - low) : 0.0f;
          break;
        default:
          *to = color(0);
          break;
      }
    }
  });
  out.pixels = values->data();
  out.owner = values;
  return out;
}

DisplayMethod display_method(ImageDrawMethod wanted, int width, int height, int texture_size,
                             bool is_software) {
  constexpr double most_pixels = 40e6;
  if (wanted == ImageDrawMethod::Texture2D || std::max(width, height) > texture_size) {
    return DisplayMethod::Bytes;
  }
  if (wanted == ImageDrawMethod::Glsl) {
    return DisplayMethod::Shader;
  }
  return is_software || double(width) * double(height) > most_pixels ? DisplayMethod::Bytes
                                                                     : DisplayMethod::Shader;
}

}  // namespace kiln::editor
