#pragma once

#include "image/buffer.h"
#include "image/color_management.h"
#include "image/save_settings.h"

namespace kiln::image {

/// Turns a rendered picture (scene-linear floats with four channels, premultiplied) into what
/// `write_image` should store with the same settings: light for formats that hold it, in the color
/// space of the settings; that with the sRGB curve for film scans, which know no views; display
/// values of the view for all others.
///
/// With an RGBA color mode color is shown as if it were opaque and alpha stays straight beside it;
/// without alpha the picture lies on black. For 8 bits the result is bytes, with the dither of the
/// settings; it does not depend on the number of threads.
Result<ImageBuffer> picture_for_file(const ImageBuffer& light, const SaveSettings& settings,
                                     const ViewSettings& view, const ColorManagement& colors);

/// Scene-linear light with three or four channels in the linear color space of the settings.
Result<ImageBuffer> in_linear_space(const ImageBuffer& light, const SaveSettings& settings,
                                    const ColorManagement& colors);

/// Display values as bytes for a screen: straight alpha in the fourth channel.
Result<ImageBuffer> picture_for_screen(const ImageBuffer& light, const ViewSettings& view,
                                       const ColorManagement& colors);

}  // namespace kiln::image
