#include "image/generated.h"

#include <array>
#include <cmath>

#include "core/tasks.h"

namespace kiln::image {
namespace {

using Color = std::array<std::uint8_t, 4>;

float linear_of(float display) {
  return display <= 0.04045f ? display / 12.92f : std::pow((display + 0.055f) / 1.055f, 2.4f);
}

float3 rgb_of_hsv(float hue, float saturation, float value) {
  const auto channel = [&](float n) {
    const float k = std::fmod(n + hue * 6.0f, 6.0f);
    return value - value * saturation * std::max(0.0f, std::min(std::min(k, 4.0f - k), 1.0f));
  };
  return {channel(5.0f), channel(3.0f), channel(1.0f)};
}

std::uint8_t floored(float value) {
  return std::uint8_t(std::clamp(value, 0.0f, 1.0f) * 255.0f);
}

Color uv_grid_color(int x, int y) {
  constexpr int square = 32, arm = 3;
  const int column = x / square, row = y / square;
  const int across = x % square - square / 2, up = y % square - square / 2;
  if ((across == 0 && std::abs(up) <= arm) || (up == 0 && std::abs(across) <= arm)) {
    const float3 c = rgb_of_hsv(0.125f * float(std::abs(column - row) % 8), 0.9f, 0.9f);
    return {floored(c.x), floored(c.y), floored(c.z), 255};
  }
  const std::uint8_t grey = (column + row) % 2 ? 64 : 150;
  return {grey, grey, grey, 255};
}

// Letters and digits, five columns of seven pixels each; the lowest bit is the top row.
constexpr std::uint8_t digits[10][5] = {
    {0x3e, 0x51, 0x49, 0x45, 0x3e}, {0x00, 0x42, 0x7f, 0x40, 0x00}, {0x42, 0x61, 0x51, 0x49, 0x46},
    {0x21, 0x41, 0x45, 0x4b, 0x31}, {0x18, 0x14, 0x12, 0x7f, 0x10}, {0x27, 0x45, 0x45, 0x45, 0x39},
    {0x3c, 0x4a, 0x49, 0x49, 0x30}, {0x01, 0x71, 0x09, 0x05, 0x03}, {0x36, 0x49, 0x49, 0x49, 0x36},
    {0x06, 0x49, 0x49, 0x29, 0x1e}};
constexpr std::uint8_t letters[26][5] = {
    {0x7e, 0x11, 0x11, 0x11, 0x7e}, {0x7f, 0x49, 0x49, 0x49, 0x36}, {0x3e, 0x41, 0x41, 0x41, 0x22},
    {0x7f, 0x41, 0x41, 0x22, 0x1c}, {0x7f, 0x49, 0x49, 0x49, 0x41}, {0x7f, 0x09, 0x09, 0x09, 0x01},
    {0x3e, 0x41, 0x49, 0x49, 0x7a}, {0x7f, 0x08, 0x08, 0x08, 0x7f}, {0x00, 0x41, 0x7f, 0x41, 0x00},
    {0x20, 0x40, 0x41, 0x3f, 0x01}, {0x7f, 0x08, 0x14, 0x22, 0x41}, {0x7f, 0x40, 0x40, 0x40, 0x40},
    {0x7f, 0x02, 0x0c, 0x02, 0x7f}, {0x7f, 0x04, 0x08, 0x10, 0x7f}, {0x3e, 0x41, 0x41, 0x41, 0x3e},
    {0x7f, 0x09, 0x09, 0x09, 0x06}, {0x3e, 0x41, 0x51, 0x21, 0x5e}, {0x7f, 0x09, 0x19, 0x29, 0x46},
    {0x46, 0x49, 0x49, 0x49, 0x31}, {0x01, 0x01, 0x7f, 0x01, 0x01}, {0x3f, 0x40, 0x40, 0x40, 0x3f},
    {0x1f, 0x20, 0x40, 0x20, 0x1f}, {0x3f, 0x40, 0x38, 0x40, 0x3f}, {0x63, 0x14, 0x08, 0x14, 0x63},
    {0x07, 0x08, 0x70, 0x08, 0x07}, {0x61, 0x51, 0x49, 0x45, 0x43}};

// Whether the label of a square covers the pixel: its letter is the row, its number the column.
bool is_label(int x, int y, int column, int row) {
  constexpr int scale = 6, advance = 6 * scale, height = 7 * scale;
  const int up = y - (128 - height) / 2;
  const std::string number = std::to_string(column + 1);
  const int across = x - (128 - int(number.size() + 1) * advance) / 2;
  if (across < 0 || up < 0 || up >= height) {
    return false;
  }
  const int place = across / advance, dot = across % advance / scale, line = 6 - up / scale;
  if (place > int(number.size()) || dot >= 5) {
    return false;
  }
  const std::uint8_t* glyph = place == 0 ? letters[row % 26] : digits[number[std::size_t(place - 1)] - '0'];
  return glyph[dot] >> line & 1;
}

Color color_grid_color(int x, int y, int height) {
  constexpr int square = 128, line = 32;
  const int column = x / square, row = y / square;
  if (is_label(x % square, y % square, column, row)) {
    return {255, 255, 255, 255};
  }
  const float hue = std::fmod(0.22f * float(column / 2), 1.0f);
  const float along = float(y) / float(std::max(height, 1));
  float value = 0.25f + 0.4f * along;
  value += (column + row) % 2 ? -0.04f : 0.04f;
  value += (x / line + y / line) % 2 ? 0.015f : -0.015f;
  if (x % line == 0 || y % line == 0) {
    value += 0.15f;
  }
  const float3 c = rgb_of_hsv(hue, 0.3f + 0.45f * along, value);
  return {floored(c.x), floored(c.y), floored(c.z), 255};
}

}  // namespace

ImageBuffer generated(Pattern pattern, int width, int height, float4 color, bool is_float) {
  ImageBuffer image = is_float ? ImageBuffer::of_floats(width, height, 4) : ImageBuffer::of_bytes(width, height, 4);
  const float4 light{linear_of(color.x), linear_of(color.y), linear_of(color.z), color.w};
  const Color blank{to_byte(color.x), to_byte(color.y), to_byte(color.z), to_byte(color.w)};
  const std::span<float> floats = is_float ? image.edit_floats() : std::span<float>();
  const std::span<std::uint8_t> bytes = is_float ? std::span<std::uint8_t>() : image.edit_bytes();
  parallel_for(std::size_t(height), 16, [&](std::size_t begin, std::size_t end) {
    for (std::size_t y = begin; y < end; ++y) {
      for (int x = 0; x < width; ++x) {
        const std::size_t at = 4 * (y * std::size_t(width) + std::size_t(x));
        const Color c = pattern == Pattern::UvGrid      ? uv_grid_color(x, int(y))
                        : pattern == Pattern::ColorGrid ? color_grid_color(x, int(y), height)
                                                        : blank;
        for (std::size_t i = 0; i < 4; ++i) {
          if (!is_float) {
            bytes[at + i] = c[i];
          } else if (pattern == Pattern::Blank) {
            floats[at + i] = light[int(i)];
          } else {
            floats[at + i] = i < 3 ? linear_of(float(c[i]) / 255.0f) : 1.0f;
          }
        }
      }
    }
  });
  return image;
}

}  // namespace kiln::image
