#include "image/film_log.h"

#include <algorithm>
#include <cmath>

#include "core/tasks.h"

namespace kiln::image {
namespace {

constexpr float black = 95.0f, white = 685.0f;
constexpr float density_step = 0.002f / 0.6f;

// What black is before it is moved to 0.
float black_light() {
  return std::pow(10.0f, (black - white) * density_step);
}

float density_to_display(float value) {
  const float light = std::pow(10.0f, (value * 1023.0f - white) * density_step);
  return (light - black_light()) / (1.0f - black_light());
}

float display_to_density(float value) {
  const float light = std::max(value, 0.0f) * (1.0f - black_light()) + black_light();
  return std::clamp((std::log10(light) / density_step + white) / 1023.0f, 0.0f, 1.0f);
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
  for_colors(values, channels, [is_logarithmic](float value) {
    return srgb_to_linear(is_logarithmic ? density_to_display(value) : value);
  });
}

void display_to_film_log(std::span<float> values, int channels) {
  for_colors(values, channels, display_to_density);
}

}  // namespace kiln::image
