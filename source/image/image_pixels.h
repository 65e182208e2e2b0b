#pragma once

#include "image/color_management.h"
#include "image/image_file.h"

namespace kiln::image {

/// The pixels of a file as an image data-block has them: bytes stay as stored with straight alpha;
/// floats of a color are made scene-linear with premultiplied alpha, floats of data stay as stored.
///
/// `alpha` is what the user says about the file; `None` makes it opaque. Four channels. The color
/// space of the result is that of its values: `color_space` for bytes and data, scene-linear for
/// floats.
Result<ImageBuffer> loaded_pixels(const ImageFile& file, std::string_view color_space,
                                  AlphaMode alpha, const ColorManagement& colors);

/// The color space that a new image data-block takes for the file.
const std::string& default_color_space(const ImageFile& file, const ColorManagement& colors);

/// Scene-linear floats for rendering: color premultiplied unless its channels are packed, data as
/// it is.
Result<ImageBuffer> render_pixels(const ImageBuffer& pixels, const ColorManagement& colors);

}  // namespace kiln::image
