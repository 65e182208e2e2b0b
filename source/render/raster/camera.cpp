#include "render/raster/camera.h"

#include <algorithm>

namespace kiln::render::raster {

float4x4 perspective(float tan_x, float tan_y, float near_clip, float far_clip, float2 shift) {
  float4x4 m;
  m[0] = {1.0f / tan_x, 0.0f, 2.0f * shift.x, 0.0f};
  m[1] = {0.0f, 1.0f / tan_y, 2.0f * shift.y, 0.0f};
  m[2] = {0.0f, 0.0f, -(far_clip + near_clip) / (far_clip - near_clip),
          -2.0f * far_clip * near_clip / (far_clip - near_clip)};
  m[3] = {0.0f, 0.0f, -1.0f, 0.0f};
  return m;
}

float4x4 orthographic(float half_x, float half_y, float near_clip, float far_clip, float2 shift) {
  float4x4 m;
  m[0] = {1.0f / half_x, 0.0f, 0.0f, -2.0f * shift.x};
  m[1] = {0.0f, 1.0f / half_y, 0.0f, -2.0f * shift.y};
  m[2] = {0.0f, 0.0f, -2.0f / (far_clip - near_clip),
          -(far_clip + near_clip) / (far_clip - near_clip)};
  return m;
}

PixelRect seen_rect(const Box& box, const float4x4& view_projection, int width, int height,
                    int margin) {
  if (box.is_empty()) {
    return {};
  }
  float2 low{1, 1}, high{-1, -1};
  for (int i = 0; i < 8; ++i) {
    const float4 clip =
        view_projection * float4{i & 1 ? box.high.x : box.low.x, i & 2 ? box.high.y : box.low.y,
                                 i & 4 ? box.high.z : box.low.z, 1.0f};
    if (!(clip.w > 1e-6f)) {
      return {0, 0, width, height};
    }
    const float2 at{std::clamp(clip.x / clip.w, -1.0f, 1.0f),
                    std::clamp(clip.y / clip.w, -1.0f, 1.0f)};
    low = i == 0 ? at : float2{std::min(low.x, at.x), std::min(low.y, at.y)};
    high = i == 0 ? at : float2{std::max(high.x, at.x), std::max(high.y, at.y)};
  }
  const auto pixel = [](float clip, int size) { return (clip * 0.5f + 0.5f) * float(size); };
  const int x0 = std::max(0, int(pixel(low.x, width)) - margin),
            y0 = std::max(0, int(pixel(low.y, height)) - margin),
            x1 = std::min(width, int(pixel(high.x, width)) + 1 + margin),
            y1 = std::min(height, int(pixel(high.y, height)) + 1 + margin);
  return {x0, y0, x1 - x0, y1 - y0};
}

}  // namespace kiln::render::raster
