#pragma once

#include <array>
#include <string>

#include "core/math.h"
#include "core/schema/schema.h"

namespace kiln {

/// A light from far away, fixed to the view: +X to the right, +Z to the viewer. Colors are
/// scene-linear.
struct SolidLight {
  bool use = true;
  float smooth = 0.5f;        ///< how far light reaches around a body, 0 to 1
  float3 direction{0, 0, 1};  ///< towards the light
  float3 diffuse_color{0.8f, 0.8f, 0.8f};
  float3 specular_color{0.8f, 0.8f, 0.8f};
  static const Schema& schema();
};

enum class StudioLightType : std::uint8_t { Studio, World, Matcap };

/// What viewports light scenes with that have no light of their own: lamps that are fixed to the
/// view (Studio), a picture of a ball (Matcap), or one of everything around (World).
struct StudioLight {
  std::string name;
  StudioLightType type = StudioLightType::Studio;
  bool is_user_defined = false;
  std::string path;                        ///< the file it came from; empty: made in the program
  std::array<SolidLight, 4> solid_lights;  ///< of studios
  float3 sky, ground;                      ///< of studios: light from above and from below
  static const Schema& schema();
};

}  // namespace kiln
