#pragma once

#include "image/buffer.h"

namespace kiln::image {

/// The picture at another size, as `Image.scale` of the Python interface makes it: along each axis
/// the mean of the source pixels under a box where it shrinks, linear interpolation between pixel
/// centres, first to first and last to last, where it grows.
///
/// Channels are treated alike; premultiply first where color must not bleed out of transparent
/// pixels. Byte pictures are rounded after each axis. Sizes are at least 1 and at most
/// `max_image_size`.
ImageBuffer scaled(const ImageBuffer& image, int width, int height);

}  // namespace kiln::image
