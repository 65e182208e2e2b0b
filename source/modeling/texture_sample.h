#pragma once

#include "document/texture.h"

namespace kiln {
class Registry;
struct ImagePixels;
}

namespace kiln::modeling {

/// What a texture is at a point.
struct TextureSample {
  float intensity = 0;
  float3 color;
  float alpha = 1;
  bool has_color = false;  ///< else only the intensity counts

  /// One number: the mean of the colour where there is one.
  float value() const {
    return has_color ? (color.x + color.y + color.z) * (1.0f / 3.0f) : intensity;
  }
};

/// The texture at a point, brightness, contrast, colour ramp and clamping included; patterns repeat
/// every unit or so. Points of images are in [-1, 1], `image` has their pixels (or is null). `seed` varies what is random in a noise texture. Pure; the patterns are
/// those of the "Texturing and Modeling" book in the variants that Blender 3.4 shows.
TextureSample sample(const Texture& texture, float3 position, const ImagePixels* image = nullptr,
                     std::uint32_t seed = 0);

/// Adds `evaluate` to `bpy.types.Texture`.
void register_texture_functions(Registry& registry);

}  // namespace kiln::modeling
