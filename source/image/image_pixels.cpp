#include "image/image_pixels.h"

#include "core/tasks.h"

namespace kiln::image {
namespace {

template <typename T>
void fill_alpha(std::span<T> values, T full) {
  for (std::size_t i = 3; i < values.size(); i += 4) {
    values[i] = full;
  }
}

ImageBuffer with_opaque_alpha(ImageBuffer image) {
  if (image.is_float()) {
    fill_alpha(image.edit_floats(), 1.0f);
  } else {
    fill_alpha(image.edit_bytes(), std::uint8_t(255));
  }
  return image;
}

}  // namespace

const std::string& default_color_space(const ImageFile& file, const ColorManagement& colors) {
  return file.is_scene_linear ? colors.default_float() : colors.default_byte();
}

Result<ImageBuffer> loaded_pixels(const ImageFile& file, std::string_view color_space,
                                  AlphaMode alpha, const ColorManagement& colors) {
  ImageBuffer image = with_channels(file.pixels, 4);
  if (alpha == AlphaMode::None) {
    image = with_opaque_alpha(std::move(image));
  }
  image.alpha_mode = alpha;
  image.color_space = color_space;
  if (!image.is_float()) {
    return straight(image);
  }
  if (colors.is_data(color_space)) {
    return image;
  }
  // Film scans have been made scene-linear whatever they are said to be in.
  const bool is_film = file.format == FileFormat::Dpx || file.format == FileFormat::Cineon;
  const Result<ColorTransform> transform = colors.conversion(
      is_film ? colors.scene_linear() : std::string(color_space), colors.scene_linear());
  if (!transform) {
    return transform.error();
  }
  if (alpha == AlphaMode::Premultiplied) {
    transform->apply_premultiplied(image.edit_floats());
  } else if (!transform->is_identity()) {
    transform->apply_parallel(image.edit_floats(), 4);
  }
  if (alpha == AlphaMode::Straight) {
    image = premultiplied(image);
  }
  image.color_space = colors.scene_linear();
  return image;
}

Result<ImageBuffer> render_pixels(const ImageBuffer& pixels, const ColorManagement& colors) {
  if (colors.is_data(pixels.color_space)) {
    return to_floats(pixels);
  }
  const Result<ColorTransform> transform =
      colors.conversion(pixels.color_space, colors.scene_linear());
  if (!transform) {
    return transform.error();
  }
  ImageBuffer image = with_channels(to_floats(pixels), 4);
  if (!transform->is_identity()) {
    if (image.alpha_mode == AlphaMode::Premultiplied) {
      transform->apply_premultiplied(image.edit_floats());
    } else {
      transform->apply_parallel(image.edit_floats(), 4);
    }
  }
  image.color_space = colors.scene_linear();
  // Packed channels are independent, and opaque pictures have nothing to scale by.
  return premultiplied(image);
}

}  // namespace kiln::image
