#pragma once

#include <string>

#include "render/shading/compiler.h"

namespace kiln::render::shading {

/// Which coordinates a texture takes where its vector input is not linked.
enum class DefaultCoordinates : std::uint8_t { Generated, Uv, Direction };

/// The value of a texture's vector input.
Value3 texture_vector(NodeCompiler& node,
                      DefaultCoordinates otherwise = DefaultCoordinates::Generated,
                      const std::string& name = "Vector");
/// Number of dimensions from a setting "1D" to "4D".
int dimensions_of(const std::string& setting);

/// Coordinates of the shading point, shifted as the compiler asks.
Value3 coordinates(NodeCompiler& node, CoordinateKind kind);
/// Attribute values, with alpha.
Value3 attribute_value(NodeCompiler& node, const std::string& name, Scalar* alpha = nullptr);

}  // namespace kiln::render::shading
