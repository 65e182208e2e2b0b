#pragma once

#include "core/math.h"

namespace kiln::render::raster {

/// How a viewport looks at the scene. Clip space is OpenGL's: -1 to 1 on all axes.
struct ViewCamera {
  float4x4 view;        ///< world to view; the view looks along -Z
  float4x4 projection;  ///< view to clip
  bool is_perspective = true;

  float4x4 view_projection() const { return projection * view; }
  float3 position() const { return translation(inverse(view)); }
};

/// `tan_x`, `tan_y`: half sizes of the image plane at distance 1; `shift` in units of the full
/// plane.
float4x4 perspective(float tan_x, float tan_y, float near_clip, float far_clip, float2 shift = {});
/// Half sizes of what is seen.
float4x4 orthographic(float half_x, float half_y, float near_clip, float far_clip,
                      float2 shift = {});

}  // namespace kiln::render::raster
