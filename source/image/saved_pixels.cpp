#include "image/saved_pixels.h"

#include "image/image_pixels.h"
#include "image/render_output.h"

namespace kiln::image {
namespace {

ImageBuffer without_alpha(const ImageBuffer& image) {
  return with_channels(with_channels(image, 3), 4);
}

// Float pixels of a byte picture made light, alpha beside them.
Result<ImageBuffer> light_of_bytes(const ImageBuffer& bytes, const std::string& from,
                                   const ColorManagement& colors) {
  const Result<ColorTransform> transform = colors.conversion(from, colors.scene_linear());
  if (!transform) {
    return transform.error();
  }
  ImageBuffer light = to_floats(bytes);
  transform->apply_parallel(light.edit_floats(), 4);
  // As a file of light holds it; the color has not been scaled.
  light.alpha_mode = AlphaMode::Premultiplied;
  return light;
}

bool has_alpha(const SaveSettings& settings) {
  return settings.color_mode == ColorMode::RGBA;
}

Result<ImageBuffer> stored_floats(const ImageBuffer& pixels, std::string_view color_space,
                                  const SaveSettings& settings, const ColorManagement& colors) {
  ImageBuffer image = pixels;
  image.alpha_mode = AlphaMode::Premultiplied;
  if (colors.is_data(pixels.color_space) || colors.is_data(color_space)) {
    return image;
  }
  const bool is_light = traits(settings.format).is_scene_linear;
  if (settings.depth == 8 || (!is_light && color_space == colors.scene_linear() &&
                              settings.format == FileFormat::Png)) {
    image = straight(image);
    const Result<ColorTransform> transform =
        colors.conversion(colors.scene_linear(), colors.default_byte());
    if (!transform) {
      return transform.error();
    }
    transform->apply_parallel(image.edit_floats(), 4);
    image.alpha_mode = AlphaMode::Straight;
    return has_alpha(settings) ? image : without_alpha(image);
  }
  const std::string target(!is_light && color_space == colors.scene_linear() ? colors.default_byte()
                                                                             : std::string(color_space));
  const Result<ColorTransform> transform = colors.conversion(colors.scene_linear(), target);
  if (!transform) {
    return transform.error();
  }
  if (!transform->is_identity()) {
    transform->apply_parallel(image.edit_floats(), 4);
  }
  return image;
}

}  // namespace

Result<ImageBuffer> stored_pixels(const ImageBuffer& pixels, std::string_view color_space,
                                  const SaveSettings& settings, const ColorManagement& colors) {
  if (pixels.is_float()) {
    return stored_floats(pixels, color_space, settings, colors);
  }
  if (settings.format == FileFormat::OpenExr || settings.format == FileFormat::OpenExrMultilayer) {
    return light_of_bytes(pixels, colors.default_byte(), colors);
  }
  ImageBuffer image = has_alpha(settings) ? pixels : without_alpha(pixels);
  image.alpha_mode = AlphaMode::Straight;
  return image;
}

Result<ImageBuffer> shown_pixels(const ImageBuffer& pixels, const SaveSettings& settings,
                                 const ViewSettings& view, const ColorManagement& colors) {
  ImageBuffer image = pixels;
  if (!image.is_float()) {
    if (!has_alpha(settings)) {
      image.alpha_mode = AlphaMode::Straight;
      image = without_alpha(premultiplied(image));
    }
    image.alpha_mode = AlphaMode::Straight;
  }
  const bool is_light = traits(settings.format).is_scene_linear;
  if (colors.is_data(image.color_space)) {
    if (image.is_float() || is_light) {
      image = to_floats(image);
      image.alpha_mode = AlphaMode::Premultiplied;
    }
    return image;
  }
  if (!image.is_float() && image.color_space == colors.scene_linear() &&
      (settings.format == FileFormat::OpenExr || settings.format == FileFormat::OpenExrMultilayer)) {
    // Bytes that claim to be light are taken for display values here, as Blender 3.4 does.
    return light_of_bytes(image, colors.default_byte(), colors);
  }
  const Result<ImageBuffer> light = render_pixels(image, colors);
  return light ? picture_for_file(*light, settings, view, colors) : light;
}

}  // namespace kiln::image
