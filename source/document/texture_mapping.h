#pragma once

#include "document/color_ramp.h"
#include "document/data_block.h"

namespace kiln {

enum class TexMappingType : std::uint8_t { Point, Texture, Vector, Normal };
enum class TexMappingAxis : std::uint8_t { None, X, Y, Z };
enum class TexMappingProjection : std::uint8_t { Flat, Cube, Tube, Sphere };
enum class ColorMappingBlend : std::uint8_t {
  Mix = 0,
  Multiply = 1,
  Add = 2,
  Subtract = 3,
  Divide = 4,
  Darken = 5,
  Difference = 6,
  Lighten = 7,
  Screen = 8,
  Overlay = 9,
  Hue = 10,
  Saturation = 11,
  Value = 12,
  Color = 13,
  SoftLight = 15,
  LinearLight = 16,
};

/// How a texture node changes its coordinates before it uses them.
struct TexMapping {
  TexMappingType vector_type = TexMappingType::Point;
  float3 translation, rotation, scale{1, 1, 1};
  float3 min, max{1, 1, 1};
  bool use_min = false, use_max = false;
  TexMappingAxis mapping_x = TexMappingAxis::X, mapping_y = TexMappingAxis::Y,
                 mapping_z = TexMappingAxis::Z;
  TexMappingProjection mapping = TexMappingProjection::Flat;
  static const Schema& schema();
};

/// How a texture node changes its color.
struct ColorMapping {
  bool use_color_ramp = false;
  ColorRamp color_ramp;
  float brightness = 1.0f, contrast = 1.0f, saturation = 1.0f;
  ColorMappingBlend blend_type = ColorMappingBlend::Mix;
  float3 blend_color{0.8f, 0.8f, 0.8f};
  float blend_factor = 0.0f;
  static const Schema& schema();
};

/// Which frame and layer of an image a node shows.
struct ImageUser {
  bool use_auto_refresh = false, use_cyclic = false;
  int frame_current = 0, frame_duration = 100, frame_offset = 0, frame_start = 1;
  int multilayer_layer = 0, multilayer_pass = 0, multilayer_view = 0, tile = 0;
  static const Schema& schema();
};

void register_texture_mapping(class Registry& registry);

}  // namespace kiln
