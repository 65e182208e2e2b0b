#pragma once

#include "core/atomic_file.h"
#include "image/buffer.h"

namespace kiln::image {

/// Reads a WebP picture (of an animation the first frame is not read): bytes with 3 or 4 channels,
/// straight alpha.
Result<ImageBuffer> read_webp(std::span<const std::byte> file, const Path& path);

/// Writes bytes with 3 or 4 channels; quality 100 is lossless.
Result<void> write_webp(ByteOutput& output, const ImageBuffer& image, int quality);

}  // namespace kiln::image
