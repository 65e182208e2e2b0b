#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/result.h"
#include "image/file_format.h"
#include "image/film_log.h"
#include "image/pixel_density.h"

namespace kiln::image {

enum class ExrCodec : std::uint8_t { None, Pxr24, Zip, Piz, Rle, Zips, B44, B44a, Dwaa, Dwab };
enum class TiffCodec : std::uint8_t { None, Deflate, Lzw, PackBits };
enum class Jpeg2000Codec : std::uint8_t { Jp2, J2k };

/// How a picture is written.
struct SaveSettings {
  FileFormat format = FileFormat::Png;
  ColorMode color_mode = ColorMode::RGBA;
  int depth = 8;         ///< bits per channel: 8, 10, 12, 16 (half for EXR), 32 (float)
  int quality = 90;      ///< percent, for JPEG, WebP, JPEG 2000 and the lossy EXR codecs; 100 is
                         ///< lossless for the middle two
  int compression = 15;  ///< percent of effort, for PNG; 0 stores
  ExrCodec exr_codec = ExrCodec::Zip;
  TiffCodec tiff_codec = TiffCodec::Deflate;
  Jpeg2000Codec jpeg2000_codec = Jpeg2000Codec::Jp2;
  // Of JPEG 2000.
  bool use_ycc = false;            ///< brightness and two color differences instead of RGB
  bool use_cinema_preset = false;  ///< as digital cinema wants it (ISO 15444-1, profile 3): 12 bits
  bool use_cinema_48 = false;      ///< the same for 48 frames a second instead of 24
  bool use_cineon_log = false;     ///< DPX: logarithmic printing density instead of display values
  FilmCurve film_curve{};          ///< of Cineon and logarithmic DPX
  /// Color space of formats that hold light; empty: scene-linear. Film scans hold such values with
  /// the sRGB curve.
  std::string linear_color_space{};
  float pixel_aspect = 1.0f;  ///< width of a pixel over its height, where the format keeps it
  PixelDensity density{};     ///< not said: the usual one for that aspect; for PNG and JPEG
  float dither = 0.0f;        ///< steps of noise added before rounding to 8 bits, hiding bands
  std::vector<std::pair<std::string, std::string>>
      metadata{};  ///< name and text, where the format keeps it
};

/// Names the setting that the format does not accept, and what it does.
Result<void> check(const SaveSettings& settings);

}  // namespace kiln::image
