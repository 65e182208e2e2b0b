#include "editor/layout/color_model.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kiln::editor {
namespace {

constexpr double turn = 2.0 * std::numbers::pi;

double hue_of(float3 c, double high, double range) {
  const double h = double(c.x) == high   ? double(c.y - c.z) / range
                   : double(c.y) == high ? 2.0 + double(c.z - c.x) / range
                                         : 4.0 + double(c.x - c.y) / range;
  return std::fmod(h / 6.0 + 1.0, 1.0);
}

double limited(double v) {
  return std::clamp(v, 0.0, 1.0);
}

}  // namespace

float3 to_rgb(const Hsv& c) {
  const auto part = [&](double n) {
    const double k = std::fmod(n + c.hue * 6.0, 6.0);
    return float(c.value - c.value * c.saturation * std::max(0.0, std::min({k, 4.0 - k, 1.0})));
  };
  return {part(5), part(3), part(1)};
}

float3 to_rgb(const Hsl& c) {
  const double reach = c.saturation * std::min(c.lightness, 1.0 - c.lightness);
  const auto part = [&](double n) {
    const double k = std::fmod(n + c.hue * 12.0, 12.0);
    return float(c.lightness - reach * std::max(-1.0, std::min({k - 3.0, 9.0 - k, 1.0})));
  };
  return {part(0), part(8), part(4)};
}

Hsv to_hsv(float3 c, const Hsv& before) {
  const double high = double(max_component(c)), low = double(std::min({c.x, c.y, c.z})),
               range = high - low;
  return {range > 0.0 ? hue_of(c, high, range) : before.hue,
          high > 0.0 ? limited(range / high) : before.saturation, high};
}

Hsl to_hsl(float3 c, const Hsl& before) {
  const double high = double(max_component(c)), low = double(std::min({c.x, c.y, c.z})),
               range = high - low, lightness = 0.5 * (high + low);
  const double room = 1.0 - std::abs(2.0 * lightness - 1.0);
  return {range > 0.0 ? hue_of(c, high, range) : before.hue,
          room > 1e-9 ? limited(range / room) : before.saturation, lightness};
}

bool ColorField::is_circle() const {
  return shape_ == ColorPickerShape::CircleHsv || shape_ == ColorPickerShape::CircleHsl;
}

Hsv ColorField::at(float2 place, const Hsv& now) const {
  const double x = limited(double(place.x)), y = limited(1.0 - double(place.y));
  const double across = double(place.x) * 2.0 - 1.0, up = 1.0 - double(place.y) * 2.0;
  const double hue = std::fmod(std::atan2(up, across) / turn + 1.0, 1.0),
               reach = std::min(1.0, std::hypot(across, up));
  switch (shape_) {
    case ColorPickerShape::SquareSv:
      return {now.hue, x, y};
    case ColorPickerShape::SquareHs:
      return {std::min(x, 0.9999), y, now.value};
    case ColorPickerShape::SquareHv:
      return {std::min(x, 0.9999), now.saturation, y};
    case ColorPickerShape::CircleHsv:
      return {hue, reach, now.value};
    case ColorPickerShape::CircleHsl: {
      const double lightness = limited(to_hsl(to_rgb(now)).lightness);
      Hsv color = to_hsv(to_rgb(Hsl{hue, reach, lightness}), now);
      color.hue = hue;
      return color;
    }
  }
  return now;
}

Hsv ColorField::at_bar(double place, const Hsv& now) const {
  const double from_top = limited(place), from_bottom = 1.0 - from_top;
  switch (shape_) {
    case ColorPickerShape::SquareSv:
      return {std::min(from_top, 0.9999), now.saturation, now.value};
    case ColorPickerShape::SquareHv:
      return {now.hue, from_bottom, now.value};
    case ColorPickerShape::CircleHsl: {
      Hsl color = to_hsl(to_rgb(now), {now.hue, now.saturation, 0.0});
      color.lightness = from_bottom;
      return to_hsv(to_rgb(color), now);
    }
    case ColorPickerShape::SquareHs:
    case ColorPickerShape::CircleHsv:
      return {now.hue, now.saturation, from_bottom};
  }
  return now;
}

float2 ColorField::place(const Hsv& c) const {
  const double value = limited(c.value);
  switch (shape_) {
    case ColorPickerShape::SquareSv:
      return {float(c.saturation), float(1.0 - value)};
    case ColorPickerShape::SquareHs:
      return {float(c.hue), float(1.0 - c.saturation)};
    case ColorPickerShape::SquareHv:
      return {float(c.hue), float(1.0 - value)};
    case ColorPickerShape::CircleHsv:
    case ColorPickerShape::CircleHsl:
      break;
  }
  const double reach =
      shape_ == ColorPickerShape::CircleHsl
          ? to_hsl(to_rgb(Hsv{c.hue, c.saturation, value}), {c.hue, c.saturation, 0.0}).saturation
          : c.saturation;
  return {float(0.5 + 0.5 * reach * std::cos(c.hue * turn)),
          float(0.5 - 0.5 * reach * std::sin(c.hue * turn))};
}

double ColorField::bar_place(const Hsv& c) const {
  switch (shape_) {
    case ColorPickerShape::SquareSv:
      return c.hue;
    case ColorPickerShape::SquareHv:
      return 1.0 - c.saturation;
    case ColorPickerShape::CircleHsl:
      return 1.0 - limited(to_hsl(to_rgb(c)).lightness);
    case ColorPickerShape::SquareHs:
    case ColorPickerShape::CircleHsv:
      break;
  }
  return 1.0 - limited(c.value);
}

}  // namespace kiln::editor
