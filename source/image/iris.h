#pragma once

#include "core/atomic_file.h"
#include "image/buffer.h"

namespace kiln::image {

/// Reads a Silicon Graphics picture with 1 to 4 channels, plain or run-length coded: 8 bits give
/// bytes, 16 give floats.
///
/// P. Haeberli, "The SGI Image File Format, version 1.00".
Result<ImageBuffer> read_iris(std::span<const std::byte> file, const Path& path);

/// Writes bytes, run-length coded.
Result<void> write_iris(ByteOutput& output, const ImageBuffer& image);

}  // namespace kiln::image
