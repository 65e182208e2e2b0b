#pragma once

#include <string_view>

namespace kiln::render::raster {

/// The text of `shaders/NAME.glsl`; empty for an unknown name.
std::string_view shader_source(std::string_view name);

}  // namespace kiln::render::raster
