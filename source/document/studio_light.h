#pragma once

#include <string>
#include <vector>

#include "core/math.h"
#include "core/schema/item_list.h"
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
  std::string path;                   ///< the file it came from; empty: made in the program
  ItemList<SolidLight> solid_lights;  ///< of studios: `lamp_count`
  float3 sky, ground;                 ///< of studios: light from above and from below
  float shininess = 28.0f;            ///< of studios: exponent of highlights
  static constexpr std::int64_t lamp_count = 4;
  static const Schema& schema();
};

/// The lights that come with the program, in the order they are listed; the first of a type is its
/// default.
std::vector<StudioLight> built_in_studio_lights();

}  // namespace kiln
