#include "render/raster/matcaps.h"

#include <algorithm>
#include <cmath>

#include "core/math.h"
#include "render/raster/surface_color.h"

namespace kiln::render::raster {
namespace {

// What a ball is made of; all light is scene-linear.
struct Ball {
  float3 base{0.5f, 0.5f, 0.5f};
  float3 shade{0.1f, 0.1f, 0.1f};      // where no light comes to
  float3 highlight{0.3f, 0.3f, 0.3f};  // strength of reflections of the lamps
  float shininess = 20.0f;
  float3 rim{0.05f, 0.05f, 0.05f};  // seen edge-on
  float rim_power = 3.0f;
  float through = 0.0f;  // light that comes through the body, as in wax
  float metal = 0.0f;    // share of a mirrored horizon
};

float3 mixed(float3 a, float3 b, float t) {
  return a + (b - a) * std::clamp(t, 0.0f, 1.0f);
}

// A bright sky over a dark ground, as a mirror shows it.
float3 horizon(float3 direction, float3 tint) {
  const float up = direction.y;
  const float bright = up > 0.0f ? 0.35f + 0.65f * (1.0f - up) : 0.10f + 0.25f * -up;
  const float band = std::exp(-std::pow((up - 0.62f) / 0.16f, 2.0f)) * 1.1f;
  return tint * (bright + band);
}

float3 shade(const Ball& ball, float3 n) {
  const float3 key = normalize(float3{-0.5f, 0.65f, 0.6f}),
               fill = normalize(float3{0.7f, -0.2f, 0.5f});
  const float3 eye{0, 0, 1};
  const float lit = std::clamp((dot(n, key) + ball.through) / (1.0f + ball.through), 0.0f, 1.0f);
  float3 color = mixed(ball.shade, ball.base, lit);
  color += ball.base * (0.16f * std::max(0.0f, dot(n, fill)));
  if (ball.metal > 0.0f) {
    const float3 mirrored = n * (2.0f * n.z) - eye;
    color = mixed(color, horizon(mirrored, ball.base), ball.metal);
  }
  color += ball.highlight * std::pow(std::max(0.0f, dot(n, normalize(key + eye))), ball.shininess);
  color += ball.highlight *
           (0.25f * std::pow(std::max(0.0f, dot(n, normalize(fill + eye))), ball.shininess));
  color += ball.rim * std::pow(1.0f - std::clamp(n.z, 0.0f, 1.0f), ball.rim_power);
  return color;
}

Ball ball_named(const std::string& name) {
  if (name == "Ceramic") {
    return {{0.75f, 0.74f, 0.72f},
            {0.16f, 0.17f, 0.20f},
            {0.9f, 0.9f, 0.9f},
            90.0f,
            {0.15f, 0.16f, 0.18f},
            4.0f,
            0.2f,
            0.0f};
  }
  if (name == "Red Wax") {
    return {{0.55f, 0.10f, 0.06f},
            {0.14f, 0.012f, 0.01f},
            {0.22f, 0.18f, 0.16f},
            22.0f,
            {0.10f, 0.02f, 0.015f},
            2.0f,
            0.5f,
            0.0f};
  }
  if (name == "Jade") {
    return {{0.16f, 0.52f, 0.30f},
            {0.02f, 0.12f, 0.08f},
            {0.5f, 0.55f, 0.5f},
            55.0f,
            {0.10f, 0.28f, 0.16f},
            2.2f,
            0.6f,
            0.0f};
  }
  if (name == "Steel") {
    return {{0.58f, 0.60f, 0.63f},
            {0.05f, 0.05f, 0.06f},
            {0.6f, 0.6f, 0.6f},
            60.0f,
            {0.2f, 0.21f, 0.23f},
            5.0f,
            0.0f,
            0.85f};
  }
  if (name == "Gold") {
    return {{0.90f, 0.58f, 0.18f},
            {0.10f, 0.04f, 0.01f},
            {0.7f, 0.55f, 0.25f},
            50.0f,
            {0.25f, 0.15f, 0.04f},
            5.0f,
            0.0f,
            0.8f};
  }
  if (name == "Pearl") {
    return {{0.72f, 0.68f, 0.70f},
            {0.26f, 0.24f, 0.30f},
            {0.35f, 0.35f, 0.38f},
            18.0f,
            {0.10f, 0.22f, 0.34f},
            2.4f,
            0.45f,
            0.0f};
  }
  // Clay.
  return {{0.52f, 0.40f, 0.33f},
          {0.085f, 0.06f, 0.055f},
          {0.10f, 0.095f, 0.09f},
          9.0f,
          {0.035f, 0.03f, 0.03f},
          2.5f,
          0.25f,
          0.0f};
}

float3 color_of(const std::string& name, const Ball& ball, float3 n) {
  if (name == "Normals") {
    return (n + float3{1, 1, 1}) * 0.5f;
  }
  if (name == "Sky") {
    const float up = n.y * 0.5f + 0.5f;
    return to_display(
        mixed({0.16f, 0.12f, 0.09f}, {0.45f, 0.62f, 0.90f}, up * up * (3.0f - 2.0f * up)));
  }
  if (name == "Zebra") {
    const float3 mirrored = n * (2.0f * n.z) - float3{0, 0, 1};
    const float wave = std::sin(std::asin(std::clamp(mirrored.y, -1.0f, 1.0f)) * 18.0f);
    const float v = 0.12f + 0.76f * std::clamp(0.5f + 4.0f * wave, 0.0f, 1.0f);
    return {v, v, v};
  }
  return to_display(shade(ball, n));
}

}  // namespace

std::vector<std::uint8_t> matcap_pixels(const std::string& name, int size) {
  const Ball ball = ball_named(name);
  std::vector<std::uint8_t> pixels(std::size_t(size) * std::size_t(size) * 4);
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size; ++x) {
      float2 p{(float(x) + 0.5f) / float(size) * 2.0f - 1.0f,
               (float(y) + 0.5f) / float(size) * 2.0f - 1.0f};
      const float r = std::sqrt(p.x * p.x + p.y * p.y);
      if (r > 0.999f) {
        p = p * (0.999f / r);
      }
      const float3 n{p.x, p.y, std::sqrt(std::max(0.0f, 1.0f - p.x * p.x - p.y * p.y))};
      const float3 c = color_of(name, ball, n);
      std::uint8_t* out = pixels.data() + (std::size_t(y) * std::size_t(size) + std::size_t(x)) * 4;
      for (int i = 0; i < 3; ++i) {
        out[i] = std::uint8_t(std::clamp(c[i], 0.0f, 1.0f) * 255.0f + 0.5f);
      }
      out[3] = 255;
    }
  }
  return pixels;
}

}  // namespace kiln::render::raster
