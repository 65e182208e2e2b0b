#pragma once

namespace kiln::image {

/// How densely pixels lie on paper: pixels a metre along both edges; 0: not said.
struct PixelDensity {
  float x = 0.0f, y = 0.0f;
  bool operator==(const PixelDensity&) const = default;
};

/// 72 pixels an inch from row to row, and as many along rows as pixels of that shape need (width
/// over height).
PixelDensity usual_density(float pixel_aspect);

}  // namespace kiln::image
