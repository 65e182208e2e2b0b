#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/math.h"
#include "core/result.h"
#include "document/editor_spaces.h"
#include "document/preferences.h"
#include "image/color_management.h"

namespace kiln::editor {

/// Scene-linear pixels, rows from the bottom, 1, 3 or 4 values a pixel, color multiplied by alpha.
struct LinearPicture {
  int width = 0, height = 0, channels = 4;
  const float* pixels = nullptr;
  std::shared_ptr<const void> owner;  ///< keeps them
  float2 pixel_aspect{1.0f, 1.0f};    ///< width and height that pixels are shown with
  bool has_half_precision = true;     ///< the graphics card may keep them in 16 bits
};

/// What is shown of a picture: all of it for color with alpha, three channels for color alone, one
/// for each of the others. Color without its alpha; depths (a picture of one channel) from white at
/// the nearest to black at the farthest.
LinearPicture shown_channels(const LinearPicture& picture, ImageChannels channels);

/// A picture as the screen shows it: four bytes a pixel, blue first, rows from the top, alpha
/// premultiplied.
struct DisplayPicture {
  int width = 0, height = 0;
  std::vector<std::uint8_t> bytes;
};

/// Applies the display transform on all cores, in tiles of rows. `exposure` in stops, on top of the
/// view's. Memory: one tile of floats a core.
Result<DisplayPicture> display_picture(const LinearPicture& picture,
                                       const image::ColorManagement& colors,
                                       image::ViewSettings view, float exposure);

/// Where the transform runs: on the processor, which hands bytes over, or on the graphics card.
enum class DisplayMethod { Bytes, Shader };
/// `texture_size`: the longest edge the card takes; 0: there is no card. `is_software`: the
/// processor does its work. Automatic leaves pictures above 40 million pixels, which would take
/// more than 320 MB there, to the processor.
DisplayMethod display_method(ImageDrawMethod wanted, int width, int height, int texture_size,
                             bool is_software);

}  // namespace kiln::editor
