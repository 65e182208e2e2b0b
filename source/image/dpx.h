#pragma once

#include "core/atomic_file.h"
#include "image/buffer.h"

namespace kiln::image {

/// Reads an uncompressed film scan in the DPX format: 8, 10, 12 or 16 bits, luma, RGB, RGBA or
/// ABGR. Gives floats that are the stored numbers over the largest; `is_logarithmic` tells whether
/// they are printing density.
///
/// SMPTE 268M-2003, "File Format for Digital Moving-Picture Exchange (DPX)".
Result<ImageBuffer> read_dpx(std::span<const std::byte> file, const Path& path,
                             bool* is_logarithmic);

/// Writes three or four channels of values in [0, 1] with 8, 10, 12 or 16 bits.
Result<void> write_dpx(ByteOutput& output, const ImageBuffer& image, int depth,
                       bool is_logarithmic);

}  // namespace kiln::image
