#pragma once

#include <cstdint>

#include "core/math.h"
#include "document/document.h"
#include "document/object.h"
#include "document/view3d_settings.h"

namespace kiln::render::raster {

/// A display-referred color (sRGB) as four bytes, red first.
std::uint32_t pack_color(float4 color);
/// Scene-linear to display-referred.
float3 to_display(float3 linear);
/// A color of its own for everything with this name, display-referred; `saturation` and `value` as
/// in HSV.
float3 random_color(const std::string& name, float saturation, float value);

/// The material of a slot of an object, or of its last one where it has fewer.
BlockId shown_material(const Document& document, const Object& object, int slot);
/// What a material slot of an object is shown in, packed.
std::uint32_t surface_color(const Document& document, const Object& object, int slot,
                            const View3DShading& shading);
/// Whether that color lets something through: of an object that says so, in its own color.
bool has_own_alpha(const Object& object, const View3DShading& shading);
/// What the edges of an object are shown in, packed. `theme`: where the shading leaves it to that.
std::uint32_t wire_color(const Object& object, const View3DShading& shading, float4 theme);

}  // namespace kiln::render::raster
