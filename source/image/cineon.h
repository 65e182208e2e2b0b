#pragma once

#include "core/atomic_file.h"
#include "image/buffer.h"

namespace kiln::image {

/// Reads a film scan in the Cineon format: 10 bits of printing density per channel, three to a
/// 32-bit word. Gives floats that are the stored numbers over 1023.
///
/// Kodak, "Cineon Image File Format, version 4.5".
Result<ImageBuffer> read_cineon(std::span<const std::byte> file, const Path& path);

/// Writes the first three channels; the values are densities in [0, 1].
Result<void> write_cineon(ByteOutput& output, const ImageBuffer& image);

}  // namespace kiln::image
