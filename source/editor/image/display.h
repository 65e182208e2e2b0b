#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/result.h"
#include "document/preferences.h"
#include "image/color_management.h"

namespace kiln::editor {

/// Scene-linear pixels, rows from the bottom, 1, 3 or 4 values a pixel, color multiplied by alpha.
struct LinearPicture {
  int width = 0, height = 0, channels = 4;
  const float* pixels = nullptr;
  std::shared_ptr<const void> owner;  ///< keeps them
};

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
