#pragma once

#include <utility>
#include <vector>

#include "core/atomic_file.h"
#include "image/buffer.h"
#include "image/save_settings.h"

namespace kiln::image {

/// One pass of a layer: color, a vector, a depth, a matte.
struct ExrPass {
  std::string layer;  ///< "ViewLayer"; empty in files without layers
  std::string name;   ///< "Combined", "Depth"; empty for the channels of a plain picture
  std::string
      channels;  ///< a letter a channel, in the order of the values: "RGBA", "XYZ", "Z", "UVA"
  Array<float> values;    ///< interleaved, rows from the bottom
  bool is_float = false;  ///< written with 32 bits whatever the settings say (depths, ids); when
                          ///< read: the file had that

  bool operator==(const ExrPass&) const = default;
};

/// The content of an OpenEXR file.
struct ExrImage {
  int width = 0, height = 0;
  std::vector<ExrPass> passes{};
  float pixel_aspect = 1.0f;
  std::vector<std::pair<std::string, std::string>>
      metadata{};  ///< the text attributes of its header

  /// Whether it has more than one plain picture.
  bool is_multilayer() const;
  const ExrPass* find(std::string_view layer, std::string_view name) const;
};

/// Reads every channel of a file: scan lines or tiles (full resolution), one or several parts,
/// half, float or integer.
///
/// Channels are named LAYER.PASS.CHANNEL or PASS.CHANNEL; the name of a part stands in for a
/// missing layer. The pixels are those of the data window. Deep files and subsampled channels are
/// unsupported.
Result<ExrImage> read_exr(const Path& path);
Result<ExrImage> read_exr(std::span<const std::byte> file, const Path& name);

/// Reads only what shows: the R, G, B and A channels of the file, or else of its first pass named
/// Combined, or else of its first pass. Luminance-chroma files are converted.
struct ExrPicture {
  ImageBuffer pixels;  ///< float, premultiplied alpha
  int channels = 0;    ///< as the file has them: 1 to 4
  bool is_multilayer = false;
  float pixel_aspect = 1.0f;
  std::vector<std::pair<std::string, std::string>> metadata;
};
/// `channels` is 0 for as many as the file has, or 4.
Result<ExrPicture> read_exr_picture(const Path& path, int channels);
Result<ExrPicture> read_exr_picture(std::span<const std::byte> file, const Path& name,
                                    int channels);

/// Writes scan lines from the top on all cores. Of the settings `depth` (16 or 32), `exr_codec` and
/// `quality` count. Values beyond what half floats hold become the largest that they do hold.
Result<void> write_exr(ByteOutput& output, const ExrImage& image, const SaveSettings& settings);

}  // namespace kiln::image
