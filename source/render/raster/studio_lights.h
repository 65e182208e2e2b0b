#pragma once

#include <array>
#include <string>

#include "core/math.h"

namespace kiln::render::raster {

/// Light from far away, fixed to the view: +X to the right, +Z to the viewer.
struct StudioLamp {
  float3 direction;   ///< towards the light, a unit vector
  float3 color;       ///< scene-linear
  float wrap = 0.0f;  ///< how far light reaches around a body, 0 to 1
};
/// Lamps and the light between them.
struct StudioLight {
  std::array<StudioLamp, 4> lamps;
  float3 sky, ground;       ///< light from above and below
  float shininess = 28.0f;  ///< exponent of highlights
};

/// One of `studio_light_names()`; the first for an unknown name.
StudioLight studio_light(const std::string& name);

}  // namespace kiln::render::raster
