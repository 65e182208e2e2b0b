#include "image/film_log.h"

#include <algorithm>
#include <cmath>

#include "core/tasks.h"

namespace kiln::image {
namespace {

/// The curve in numbers that the functions below need.
struct Density {
  explicit Density(const FilmCurve& curve = {})
      : white(curve.white),
        step(0.002f * curve.gamma),
        black_light(std::pow(10.0f, (curve.black - curve.white) * step)) {}

  float to_display(float value) const {
    const float light = std::pow(10.0f, (value * 1023.0f - white) * step);
    return (light - black_light) / (1.0f - black_light);
  }
  float from_display(float value) const {
    const float light = std::max(value, 0.0f) * (1.0f - black_light) + black_light;
    return std::clamp((std::log10(light) / step + white) / 1023.0f, 0.0f, 1.0f);
  }

  float white, step;
  float black_light;  ///< what black is before it is moved to 0
};

float linear_to_srgb(float x) {
  return x <= 0.0031308f ? x * 12.92f : 1.055f * std::pow(x, 1.0f / 2.4f) - 0.055f;
}

float srgb_to_linear(float x) {
  return x <= 0.04045f ? x / 12.92f : std::pow((x + 0.055f) / 1.055f, 2.4f);
}

template <typename Function>
void for_colors(std::span<float> values, int channels, Function function) {
  parallel_for(values.size() / std::size_t(channels), 16384,
               [&](std::size_t begin, std::size_t end) {
                 for (std::size_t i = begin; i < end; ++i) {
                   for (int c = 0; c < std::min(channels, 3); ++c) {
                     float& value = values[i * channels + c];
                     value = function(value);
                   }
                 }
               });
}

}  // namespace

void film_to_linear(std::span<float> values, int channels, bool is_logarithmic) {
  for_colors(values, channels, [is_logarithmic, density = Density()](float value) {
    return srgb_to_linear(is_logarithmic ? density.to_display(value) : value);
  });
}

void display_to_film_log(std::span<float> values, int channels, const FilmCurve& curve) {
  for_colors(values, channels,
             [density = Density(curve)](float value) { return density.from_display(value); });
}

void light_to_film(std::span<float> values, int channels) {
  for_colors(values, channels, linear_to_srgb);
}

}  // namespace kiln::image
