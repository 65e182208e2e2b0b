#include "render/raster/studio_lights.h"

namespace kiln::render::raster {
namespace {

StudioLamp lamp(float3 direction, float3 color, float wrap = 0.18f) {
  return {normalize(direction), color, wrap};
}

}  // namespace

StudioLight studio_light(const std::string& name) {
  if (name == "Soft") {
    return {{lamp({-0.3f, 0.8f, 0.6f}, {0.42f, 0.42f, 0.43f}, 0.6f),
             lamp({0.8f, 0.2f, 0.5f}, {0.24f, 0.24f, 0.25f}, 0.6f),
             lamp({-0.8f, -0.2f, 0.4f}, {0.16f, 0.16f, 0.17f}, 0.6f), lamp({0, 0, 1}, {0, 0, 0})},
            {0.34f, 0.34f, 0.35f},
            {0.22f, 0.21f, 0.20f},
            10.0f};
  }
  if (name == "Rim") {
    return {{lamp({-0.75f, 0.35f, -0.45f}, {1.5f, 1.45f, 1.35f}, 0.05f),
             lamp({0.8f, 0.3f, -0.45f}, {0.75f, 0.95f, 1.4f}, 0.05f),
             lamp({0.0f, 0.6f, 0.8f}, {0.20f, 0.20f, 0.21f}, 0.2f), lamp({0, 0, 1}, {0, 0, 0})},
            {0.07f, 0.07f, 0.08f},
            {0.04f, 0.04f, 0.04f},
            40.0f};
  }
  if (name == "Top") {
    return {{lamp({0.05f, 1.0f, 0.25f}, {0.95f, 0.94f, 0.90f}, 0.1f),
             lamp({-0.2f, -0.9f, 0.3f}, {0.10f, 0.09f, 0.08f}, 0.2f), lamp({0, 0, 1}, {0, 0, 0}),
             lamp({0, 0, 1}, {0, 0, 0})},
            {0.30f, 0.33f, 0.38f},
            {0.16f, 0.14f, 0.12f},
            24.0f};
  }
  if (name == "Contrast") {
    return {{lamp({-0.75f, 0.45f, 0.45f}, {1.25f, 1.15f, 1.0f}, 0.0f),
             lamp({0.85f, -0.1f, -0.25f}, {0.20f, 0.28f, 0.42f}, 0.0f), lamp({0, 0, 1}, {0, 0, 0}),
             lamp({0, 0, 1}, {0, 0, 0})},
            {0.06f, 0.06f, 0.07f},
            {0.03f, 0.03f, 0.03f},
            60.0f};
  }
  // A warm key, a cool fill and a rim.
  return {{lamp({-0.45f, 0.62f, 0.64f}, {0.78f, 0.76f, 0.73f}),
           lamp({0.80f, 0.10f, 0.55f}, {0.26f, 0.28f, 0.32f}),
           lamp({0.10f, -0.75f, -0.35f}, {0.16f, 0.17f, 0.20f}), lamp({0, 0, 1}, {0, 0, 0})},
          {0.20f, 0.205f, 0.22f},
          {0.06f, 0.0615f, 0.066f},
          28.0f};
}

}  // namespace kiln::render::raster
