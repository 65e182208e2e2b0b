#include "render/raster/camera.h"

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

}  // namespace kiln::render::raster
