#pragma once

#include "document/data_block.h"

namespace kiln {

enum class ColorRampInterpolation : std::uint8_t { Linear, Ease, BSpline, Cardinal, Constant };
enum class ColorRampHue : std::uint8_t { Near, Far, Clockwise, CounterClockwise };
enum class ColorRampMode : std::uint8_t { Rgb, Hsv, Hsl };

struct ColorRampElement {
  float position = 0.0f;
  float4 color{0, 0, 0, 1};
  static const Schema& schema();
};

/// A color for every number between 0 and 1, from up to 32 elements in order of position.
struct ColorRamp {
  ItemList<ColorRampElement> elements;
  ColorRampInterpolation interpolation = ColorRampInterpolation::Linear;
  ColorRampHue hue_interpolation = ColorRampHue::Near;
  ColorRampMode color_mode = ColorRampMode::Rgb;

  /// From black to white.
  ColorRamp();
  float4 evaluate(float position) const;
  /// Puts the elements in order of position.
  void sort();
  static const Schema& schema();
};

inline constexpr int max_color_ramp_elements = 32;

void register_color_ramp(class Registry& registry);

}  // namespace kiln
