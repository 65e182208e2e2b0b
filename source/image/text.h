#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "image/buffer.h"

namespace kiln::image {

/// Coverage of one line of text: rows from the bottom, 0 to 255.
struct TextLine {
  int width = 0, height = 0;
  std::vector<std::uint8_t> coverage;
};

/// Sets a line of UTF-8 text in the program's font, `size` pixels high; all lines of a size have
/// the same height. Error: no font is found.
Result<TextLine> set_text(std::string_view text, int size);

/// Draws lines of text under each other into a corner of a picture, over a bar of the second color.
/// Colors are values as the picture has them, the fourth is opacity.
struct TextLook {
  int size = 12;  ///< pixels
  float color[4] = {0.8f, 0.8f, 0.8f, 1.0f};
  float background[4] = {0.0f, 0.0f, 0.0f, 0.25f};
};
Result<void> draw_text(ImageBuffer& picture, std::span<const std::string> lines, bool is_at_top,
                       const TextLook& look);

}  // namespace kiln::image
