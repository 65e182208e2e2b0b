#pragma once

#include <array>
#include <string>

#include "core/math.h"
#include "document/studio_light.h"

namespace kiln::render::raster {

/// Light from far away, fixed to the view: +X to the right, +Z to the viewer. Scene-linear.
struct StudioLamp {
  float3 direction{0, 0, 1};  ///< towards the light, a unit vector
  float3 color, specular;
  float wrap = 0.0f;  ///< how far light reaches around a body, 0 to 1
};
/// Lamps and the light between them, as shaders have them.
struct StudioLamps {
  std::array<StudioLamp, StudioLight::lamp_count> lamps;
  float3 sky, ground;       ///< light from above and below
  float shininess = 28.0f;  ///< exponent of highlights
};

/// The lamps of a studio that are in use.
StudioLamps studio_lamps(const StudioLight& light);
/// One of `studio_light_names()`; the first for an unknown name.
StudioLamps studio_lamps(const std::string& name);

}  // namespace kiln::render::raster
