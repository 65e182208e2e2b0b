#include "image/pixel_density.h"

#include <algorithm>

namespace kiln::image {

PixelDensity usual_density(float pixel_aspect) {
  constexpr float usual = 72.0f / 0.0254f;
  return {usual / std::clamp(pixel_aspect, 0.01f, 100.0f), usual};
}

}  // namespace kiln::image
