#pragma once

#include <utility>
#include <vector>

#include "core/result.h"
#include "image/buffer.h"
#include "image/pixel_density.h"
#include "image/save_settings.h"

namespace kiln::image {

struct ReadOptions {
  int channels = 4;  ///< 4, or 0 for as many as the file has
};

/// A picture and what its file said about it.
struct ImageFile {
  /// Bytes for files with at most 8 bits per channel, else floats. Values stand as they are stored,
  /// except that film scans (DPX, Cineon) are made scene-linear. The color space is left empty: see
  /// `is_scene_linear`.
  ImageBuffer pixels;
  FileFormat format = FileFormat::Png;
  int stored_channels = 0;       ///< in the file, 1 to 4
  bool is_scene_linear = false;  ///< whether the values are light rather than display values
  float pixel_aspect = 1.0f;
  PixelDensity density;  ///< of PNG and JPEG files
  std::vector<std::pair<std::string, std::string>> metadata;

  /// Bits per pixel as `Image.depth` of the Python interface counts them: floats have 32 per
  /// channel.
  int depth() const;
};

/// Reads the file whatever its name: the content says what it is. A missing, truncated, damaged,
/// foreign or absurdly large file gives an error that names it.
Result<ImageFile> read_image(const Path& path, const ReadOptions& options = {});
/// The same for a file in memory; `name` is for messages and for formats without a mark.
Result<ImageFile> read_image(std::span<const std::byte> file, const Path& name,
                             const ReadOptions& options = {});

/// Writes a picture whose values are already what the file is to hold. Channels, depth and alpha
/// (straight, or premultiplied for OpenEXR and 16-bit TIFF) are made as the settings and the format
/// want them.
///
/// The file appears when it is complete; on an error whatever had the name is still there.
Result<void> write_image(const Path& path, const ImageBuffer& image, const SaveSettings& settings);
/// The same into memory.
Result<std::vector<std::byte>> encode_image(const ImageBuffer& image, const SaveSettings& settings);

/// How the alpha of files of the format is stored.
AlphaMode stored_alpha(const SaveSettings& settings);

}  // namespace kiln::image
