#include "image/render_output.h"

#include "core/assert.h"
#include "core/tasks.h"

namespace kiln::image {
namespace {

constexpr std::size_t block_pixels = 4096;  // transformed at a time, so that they stay in the cache

// A well mixed number for a pixel (the finalizer of MurmurHash3, A. Appleby).
std::uint32_t mixed(std::uint32_t value) {
  value ^= value >> 16;
  value *= 0x85ebca6bu;
  value ^= value >> 13;
  value *= 0xc2b2ae35u;
  return value ^ (value >> 16);
}

// Noise of triangular density in (-1, 1), the same for the channels of a pixel.
float triangular_noise(std::size_t pixel) {
  const std::uint32_t a = mixed(std::uint32_t(pixel)), b = mixed(a + 0x9e3779b9u);
  return (float(a >> 8) - float(b >> 8)) * (1.0f / 16777216.0f);
}

void divide_by_alpha(std::span<float> block) {
  for (std::size_t i = 0; i < block.size(); i += 4) {
    const float alpha = block[i + 3];
    if (alpha != 0.0f && alpha != 1.0f) {
      const float factor = 1.0f / alpha;
      block[i] *= factor;
      block[i + 1] *= factor;
      block[i + 2] *= factor;
    }
  }
}

void apply_curves(const ToneCurves& curves, std::span<float> block) {
  for (std::size_t i = 0; i < block.size(); i += 4) {
    const float3 color = curves({block[i], block[i + 1], block[i + 2]});
    for (std::size_t c = 0; c < 3; ++c) {
      block[i + c] = color[int(c)];
    }
  }
}

/// From light to display values: curves work on color as it is, scaled by alpha, the rest on color
/// as if the pixel were opaque.
struct Shower {
  ToneCurves curves;
  ColorTransform transform;
};

Result<Shower> make_shower(const ViewSettings& view, const ColorManagement& colors) {
  ViewSettings rest = view;
  rest.curves = {};
  Result<ColorTransform> transform = colors.display(colors.scene_linear(), rest);
  return transform ? Result<Shower>(Shower{view.curves, std::move(*transform)})
                   : Result<Shower>(transform.error());
}

// Shows all pixels and hands them block by block to `store(first pixel, values)`.
void for_shown_blocks(const ImageBuffer& light, const Shower& shower, bool is_opaque_wanted,
                      FunctionRef<void(std::size_t, std::span<const float>)> store) {
  const std::span<const float> in = light.floats();
  const bool has_curves = !shower.curves.is_identity();
  parallel_for(light.pixel_count(), 4 * block_pixels, [&](std::size_t begin, std::size_t end) {
    std::vector<float> block(4 * block_pixels);
    for (std::size_t i = begin; i < end; i += block_pixels) {
      const std::size_t count = std::min(block_pixels, end - i);
      const std::span<float> values = std::span(block).first(4 * count);
      std::copy_n(in.begin() + std::ptrdiff_t(4 * i), 4 * count, values.begin());
      if (has_curves) {
        apply_curves(shower.curves, values);
      }
      if (is_opaque_wanted) {
        divide_by_alpha(values);
      }
      shower.transform.apply(values, 4);
      store(i, values);
    }
  });
}

ImageBuffer shown_bytes(const ImageBuffer& light, const Shower& shower, ColorMode mode,
                        float dither) {
  const bool keeps_alpha = mode == ColorMode::RGBA;
  const std::size_t channels = keeps_alpha ? 4 : mode == ColorMode::RGB ? 3 : 1;
  ImageBuffer result = ImageBuffer::of_bytes(light.width(), light.height(), int(channels));
  const std::span<std::uint8_t> out = result.edit_bytes();
  for_shown_blocks(
      light, shower, keeps_alpha, [&](std::size_t first, std::span<const float> values) {
        for (std::size_t i = 0; i < values.size() / 4; ++i) {
          const float* pixel = &values[4 * i];
          std::uint8_t* to = &out[channels * (first + i)];
          const float noise =
              dither > 0.0f ? triangular_noise(first + i) * dither * (1.0f / 255.0f) : 0.0f;
          if (channels == 1) {
            to[0] = to_byte(0.2126f * pixel[0] + 0.7152f * pixel[1] + 0.0722f * pixel[2] + noise);
            continue;
          }
          for (std::size_t c = 0; c < 3; ++c) {
            to[c] = to_byte(pixel[c] + noise);
          }
          if (channels == 4) {
            to[3] = to_byte(pixel[3]);
          }
        }
      });
  return result;
}

ImageBuffer shown_floats(const ImageBuffer& light, const Shower& shower, bool keeps_alpha) {
  ImageBuffer result = ImageBuffer::of_floats(light.width(), light.height(), 4);
  const std::span<float> out = result.edit_floats();
  for_shown_blocks(
      light, shower, keeps_alpha, [&](std::size_t first, std::span<const float> values) {
        std::copy(values.begin(), values.end(), out.begin() + std::ptrdiff_t(4 * first));
      });
  if (!keeps_alpha) {
    // It lies on black already and must not be scaled again.
    result.alpha_mode = AlphaMode::Premultiplied;
  }
  return result;
}

Result<void> check_light(const ImageBuffer& light) {
  if (light.empty() || !light.is_float() || light.channels() != 4) {
    return Error::invalid("a rendered picture has four float channels; this one has {} of {}",
                          light.channels(), light.is_float() ? "float" : "bytes");
  }
  return {};
}

// Light in the space that the file is to have. Film scans show it with the sRGB curve.
Result<ImageBuffer> light_for_file(const ImageBuffer& light, const SaveSettings& settings,
                                   bool is_film, const ColorManagement& colors) {
  ImageBuffer result = light;
  if (is_film && settings.color_mode == ColorMode::RGBA) {
    result = straight(result);
  }
  const Result<ImageBuffer> converted = in_linear_space(result, settings, colors);
  if (!converted || !is_film) {
    return converted;
  }
  result = *converted;
  light_to_film(result.edit_floats(), 4);
  return result;
}

}  // namespace

Result<ImageBuffer> in_linear_space(const ImageBuffer& light, const SaveSettings& settings,
                                    const ColorManagement& colors) {
  const std::string& space = settings.linear_color_space;
  if (space.empty() || space == colors.scene_linear() || colors.is_data(space)) {
    return light;
  }
  const Result<ColorTransform> transform = colors.conversion(colors.scene_linear(), space);
  if (!transform) {
    return transform.error();
  }
  ImageBuffer result = light;
  transform->apply_parallel(result.edit_floats(), result.channels());
  return result;
}

Result<ImageBuffer> picture_for_file(const ImageBuffer& light, const SaveSettings& settings,
                                     const ViewSettings& view, const ColorManagement& colors) {
  if (const Result<void> checked = check_light(light); !checked) {
    return checked.error();
  }
  const bool is_film = settings.format == FileFormat::Dpx || settings.format == FileFormat::Cineon;
  if (traits(settings.format).is_scene_linear || is_film) {
    return light_for_file(light, settings, is_film, colors);
  }
  const Result<Shower> shower = make_shower(view, colors);
  if (!shower) {
    return shower.error();
  }
  return settings.depth == 8 ? shown_bytes(light, *shower, settings.color_mode, settings.dither)
                             : shown_floats(light, *shower, settings.color_mode == ColorMode::RGBA);
}

Result<ImageBuffer> picture_for_screen(const ImageBuffer& light, const ViewSettings& view,
                                       const ColorManagement& colors) {
  if (const Result<void> checked = check_light(light); !checked) {
    return checked.error();
  }
  const Result<Shower> shower = make_shower(view, colors);
  return shower ? Result<ImageBuffer>(shown_bytes(light, *shower, ColorMode::RGBA, 0.0f))
                : shower.error();
}

}  // namespace kiln::image
