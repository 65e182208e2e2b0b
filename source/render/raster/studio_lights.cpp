#include "render/raster/studio_lights.h"

#include <algorithm>

namespace kiln::render::raster {

StudioLamps studio_lamps(const StudioLight& light) {
  StudioLamps out;
  out.sky = light.sky;
  out.ground = light.ground;
  out.shininess = light.shininess;
  const auto count = std::min<std::int64_t>(light.solid_lights.size(), StudioLight::lamp_count);
  for (std::int64_t i = 0; i < count; ++i) {
    const SolidLight& from = light.solid_lights[i];
    StudioLamp& to = out.lamps[std::size_t(i)];
    const float size = length(from.direction);
    to.direction = size > 1e-6f ? from.direction / size : float3{0, 0, 1};
    to.wrap = from.smooth;
    if (from.use) {
      to.color = from.diffuse_color;
      to.specular = from.specular_color;
    }
  }
  return out;
}

StudioLamps studio_lamps(const std::string& name) {
  const std::vector<StudioLight> lights = built_in_studio_lights();
  for (const StudioLight& light : lights) {
    if (light.type == StudioLightType::Studio && light.name == name) {
      return studio_lamps(light);
    }
  }
  return studio_lamps(lights.front());
}

}  // namespace kiln::render::raster
