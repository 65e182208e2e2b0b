#pragma once

#include <vector>

#include "core/math.h"
#include "render/pathtracer/settings.h"

namespace kiln::render {

/// Draws where in and around a pixel a sample looks, with the density of the filter, so that a
/// pixel is the plain mean of its samples. Separable filters only.
class FilterTable {
public:
  FilterTable(PixelFilter filter, float width);
  /// Offset from the pixel's centre in pixels, for two numbers in [0, 1).
  float2 sample(float2 random) const { return {sample(random.x), sample(random.y)}; }

private:
  float sample(float random) const;
  std::vector<float> inverse_;  // equal steps of the cumulated filter
};

}  // namespace kiln::render
