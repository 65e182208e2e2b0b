#pragma once

#include "core/math.h"
#include "document/preferences_view.h"

namespace kiln::editor {

/// A color by hue, saturation and value, or lightness; all from 0 to 1, but for the value, which
/// may exceed 1. Of a gray color hue (and saturation, of a black one) are what they were before.
struct Hsv {
  double hue = 0.0, saturation = 0.0, value = 0.0;
};
struct Hsl {
  double hue = 0.0, saturation = 0.0, lightness = 0.0;
};

float3 to_rgb(const Hsv& color);
float3 to_rgb(const Hsl& color);
Hsv to_hsv(float3 rgb, const Hsv& before = {});
Hsl to_hsl(float3 rgb, const Hsl& before = {});

/// The field and the bar that a color is picked from: where colors lie in them, and back. Places
/// are from 0 to 1 from the top left; the bar runs from the top.
class ColorField {
public:
  explicit ColorField(ColorPickerShape shape) : shape_(shape) {}
  bool is_circle() const;
  /// The color of a place of the field, with the rest as `now` has it.
  Hsv at(float2 place, const Hsv& now) const;
  Hsv at_bar(double place, const Hsv& now) const;
  float2 place(const Hsv& color) const;
  double bar_place(const Hsv& color) const;

private:
  ColorPickerShape shape_;
};

}  // namespace kiln::editor
