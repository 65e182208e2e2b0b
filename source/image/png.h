#pragma once

#include <utility>
#include <vector>

#include "core/atomic_file.h"
#include "core/tasks.h"
#include "image/buffer.h"
#include "image/pixel_density.h"

namespace kiln::image {

/// What a PNG file says about itself.
struct PngInfo {
  int width = 0, height = 0;
  int channels = 0;  ///< 1 to 4 after palettes and transparent colors are resolved
  int depth = 0;     ///< bits per channel in the file: 1, 2, 4, 8, 16
  std::vector<std::pair<std::string, std::string>> texts;
  PixelDensity density;
};

/// Decodes a PNG file that is in memory. Depths up to 8 give bytes, 16 gives floats; alpha is
/// straight. `channels` is 0 for as many as the file has, or 4. `path` is for messages.
///
/// Portable Network Graphics (PNG) Specification, second edition, ISO/IEC 15948:2003.
Result<ImageBuffer> read_png(std::span<const std::byte> file, const Path& path, int channels,
                             PngInfo* info = nullptr);

/// Rows to be written as PNG.
struct PngRows {
  int width = 0, height = 0;
  int channels = 4;  ///< 1 to 4
  int depth = 8;     ///< 8 or 16
  /// Writes row `y`, counted from the top, as it stands in the file: 16 bits with the high byte
  /// first. Called from many threads, for some rows more than once.
  FunctionRef<void(int y, std::uint8_t* bytes)> row;
};

/// Writes a PNG file on all cores: rows are filtered and compressed in independent parts that share
/// one zlib stream. The bytes do not depend on the number of threads. `level` is zlib's, 0 to 9.
Result<void> write_png(ByteOutput& output, const PngRows& rows, int level, PixelDensity density,
                       std::span<const std::pair<std::string, std::string>> texts);

}  // namespace kiln::image
