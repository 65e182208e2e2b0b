#pragma once

#include "core/atomic_file.h"
#include "image/buffer.h"

namespace kiln::image {

/// Reads a Targa picture: grey, palette or true color of 15 to 32 bits, plain or run-length coded.
/// Gives bytes with straight alpha.
///
/// Truevision, "TGA File Format Specification, version 2.0", 1991.
Result<ImageBuffer> read_targa(std::span<const std::byte> file, const Path& path);

/// Writes bytes with 1, 3 or 4 channels.
Result<void> write_targa(ByteOutput& output, const ImageBuffer& image, bool use_run_lengths);

}  // namespace kiln::image
