#pragma once

#include "image/buffer.h"
#include "image/color_management.h"
#include "image/save_settings.h"

namespace kiln::image {

/// The pixels of an image data-block (see `loaded_pixels`) as `write_image` should store them in the
/// image's own file: bytes as they are, floats in `color_space`.
///
/// Formats that hold light get light from bytes, but for Radiance files, which get the values of the
/// bytes. Formats of 8 bits get display values of the floats. Color is not scaled by alpha where the
/// format has none.
Result<ImageBuffer> stored_pixels(const ImageBuffer& pixels, std::string_view color_space,
                                  const SaveSettings& settings, const ColorManagement& colors);

/// The same shown through a view, as `Image.save_render` writes it. Data is not shown but stored as
/// it is. Without alpha in the file the picture lies on black, bytes by their stored values.
Result<ImageBuffer> shown_pixels(const ImageBuffer& pixels, const SaveSettings& settings,
                                 const ViewSettings& view, const ColorManagement& colors);

}  // namespace kiln::image
