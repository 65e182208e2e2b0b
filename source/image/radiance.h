#pragma once

#include "core/atomic_file.h"
#include "image/buffer.h"

namespace kiln::image {

/// Reads a Radiance picture (.hdr): three mantissas of 8 bits share an exponent. Gives floats with
/// 3 channels.
///
/// G. Ward, "Real Pixels", Graphics Gems II, 1991, and "The RADIANCE Picture File Format", 1997.
Result<ImageBuffer> read_radiance(std::span<const std::byte> file, const Path& path);

/// Writes three channels, run-length coded; negative values become 0.
Result<void> write_radiance(ByteOutput& output, const ImageBuffer& image);

}  // namespace kiln::image
