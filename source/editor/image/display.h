#pragma once

#include <cstdint>
#include <vector>

#include "core/result.h"
#include "image/color_management.h"
#include "render/pathtracer/render.h"

namespace kiln::editor {

/// A picture as the screen shows it: four bytes a pixel, blue first, rows from the top, alpha
/// premultiplied.
struct DisplayPicture {
  int width = 0, height = 0;
  std::vector<std::uint8_t> bytes;
};

/// Applies the display transform on all cores. `exposure` in stops, on top of the view's.
Result<DisplayPicture> display_picture(const render::PassImage& pass, int width, int height,
                                       const image::ColorManagement& colors,
                                       image::ViewSettings view, float exposure);

}  // namespace kiln::editor
