#pragma once

#include "core/atomic_file.h"
#include "image/buffer.h"
#include "image/pixel_density.h"

namespace kiln::image {

/// Reads a JPEG file (ITU-T T.81) that is in memory: bytes with 1 or 3 channels, four-color prints
/// converted. With `channels` 4 the pixels come with opaque alpha. A file that ends early is an
/// error.
Result<ImageBuffer> read_jpeg(std::span<const std::byte> file, const Path& path, int channels,
                              int* stored_channels, PixelDensity* density = nullptr);

/// Writes bytes with 1 or 3 channels at a quality of 0 to 100 percent.
Result<void> write_jpeg(ByteOutput& output, const ImageBuffer& image, int quality,
                        PixelDensity density);

}  // namespace kiln::image
