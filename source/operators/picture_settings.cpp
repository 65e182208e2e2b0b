#include "operators/picture_settings.h"

namespace kiln::operators {

image::SaveSettings save_settings(const RenderSettings& render) {
  const ImageFormatSettings& from = render.image_settings;
  image::SaveSettings to;
  const EnumItem* format = ImageFormatSettings::schema().property("file_format")->item_of_value(int(from.file_format));
  to.format = image::format_by_identifier(format ? format->identifier : "PNG").value_or(image::FileFormat::Png);
  const image::FormatTraits& traits = image::traits(to.format);
  switch (from.color_mode) {
    case ImageFormatSettingsColorMode::Bw:
      to.color_mode = traits.has_grey ? image::ColorMode::BW : image::ColorMode::RGB;
      break;
    case ImageFormatSettingsColorMode::Rgb:
      to.color_mode = image::ColorMode::RGB;
      break;
    case ImageFormatSettingsColorMode::Rgba:
      to.color_mode = traits.has_alpha ? image::ColorMode::RGBA : image::ColorMode::RGB;
      break;
  }
  const int depth = from.color_depth == ImageFormatSettingsColorDepth::N8    ? 8
                    : from.color_depth == ImageFormatSettingsColorDepth::N10 ? 10
                    : from.color_depth == ImageFormatSettingsColorDepth::N12 ? 12
                    : from.color_depth == ImageFormatSettingsColorDepth::N16 ? 16
                                                                             : 32;
  // The nearest depth that the format has, not less than wanted where possible.
  to.depth = traits.depths[0];
  for (const int has : traits.depths) {
    if (has > 0 && has <= depth) {
      to.depth = has;
    }
  }
  to.use_cineon_log = from.use_cineon_log;
  if (from.cineon_white > from.cineon_black) {
    to.film_curve.black = float(from.cineon_black);
    to.film_curve.white = float(from.cineon_white);
  }
  if (from.cineon_gamma > 0.0f) {
    to.film_curve.gamma = from.cineon_gamma;
  }
  to.use_ycc = from.use_jpeg2k_ycc;
  to.use_cinema_preset = from.use_jpeg2k_cinema_preset;
  to.use_cinema_48 = from.use_jpeg2k_cinema_48;
  if (from.color_management == PictureColorManagement::Override) {
    to.linear_color_space = from.linear_color_space;
  }
  to.quality = from.quality;
  to.compression = from.compression;
  to.exr_codec = image::ExrCodec(from.exr_codec);
  to.tiff_codec = from.tiff_codec == ImageFormatSettingsTiffCodec::Deflate    ? image::TiffCodec::Deflate
                  : from.tiff_codec == ImageFormatSettingsTiffCodec::Lzw      ? image::TiffCodec::Lzw
                  : from.tiff_codec == ImageFormatSettingsTiffCodec::Packbits ? image::TiffCodec::PackBits
                                                                              : image::TiffCodec::None;
  to.jpeg2000_codec = from.jpeg2k_codec == ImageFormatSettingsJpeg2kCodec::J2k ? image::Jpeg2000Codec::J2k : image::Jpeg2000Codec::Jp2;
  to.pixel_aspect = render.pixel_aspect_x > 0.0f ? render.pixel_aspect_x / render.pixel_aspect_y : 1.0f;
  to.dither = render.dither_intensity;
  return to;
}

image::ViewSettings view_settings(const ColorViewSettings& view, const ColorDisplaySettings& display) {
  image::ViewSettings settings;
  settings.display = display.display_device;
  settings.view = view.view_transform;
  settings.look = view.look;
  settings.exposure = view.exposure;
  settings.gamma = view.gamma;
  if (view.use_curve_mapping && view.curve_mapping.curves.size() == 4) {
    const CurveMapping& mapping = view.curve_mapping;
    const auto curve = [&](std::int64_t i) {
      const CurveTable table(mapping, mapping.curves[i]);
      image::ToneCurve result;
      result.samples = Array<float>(std::span(table.values()));
      result.start = table.minimum();
      result.end = table.maximum();
      result.slope_before = table.slope_before();
      result.slope_after = table.slope_after();
      return result;
    };
    settings.curves.combined = curve(3);
    settings.curves.channels = {curve(0), curve(1), curve(2)};
    settings.curves.black_level = mapping.black_level;
    settings.curves.is_filmlike = mapping.tone == CurveMappingTone::Filmlike;
    settings.curves.white_level = mapping.white_level;
  }
  return settings;
}

image::ViewSettings picture_view(const Scene& scene) {
  const ImageFormatSettings& picture = scene.render.image_settings;
  const bool is_own = picture.color_management == PictureColorManagement::Override;
  return view_settings(is_own ? picture.view_settings : scene.view_settings,
                       is_own ? picture.display_settings : scene.display_settings);
}

}  // namespace kiln::operators
