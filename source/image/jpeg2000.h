#pragma once

#include "core/atomic_file.h"
#include "image/buffer.h"
#include "image/save_settings.h"

namespace kiln::image {

/// Reads a JPEG 2000 picture (ITU-T T.800), a JP2 file or a bare code stream, with 1 to 4 channels:
/// up to 8 bits give bytes, more give floats.
Result<ImageBuffer> read_jpeg2000(std::span<const std::byte> file, const Path& path);

/// Writes 8, 12 or 16 bits. Quality 100 is lossless, lower ones compress to so many percent of
/// that.
Result<void> write_jpeg2000(ByteOutput& output, const ImageBuffer& image,
                            const SaveSettings& settings);

}  // namespace kiln::image
