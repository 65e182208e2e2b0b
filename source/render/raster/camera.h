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

/// A box along the axes; empty until something is added.
struct Box {
  float3 low{1, 1, 1}, high{-1, -1, -1};
  bool is_empty() const { return low.x > high.x; }
  void add(float3 p) {
    const bool is_first = is_empty();
    low = is_first ? p : min(low, p);
    high = is_first ? p : max(high, p);
  }
};

/// A part of a view in pixels, from the bottom left.
struct PixelRect {
  int x = 0, y = 0, width = 0, height = 0;
};

/// Where a box can be seen in a view of that size, `margin` pixels around it included: all of the
/// view where it reaches behind the eye, nothing for an empty box.
PixelRect seen_rect(const Box& box, const float4x4& view_projection, int width, int height,
                    int margin);

}  // namespace kiln::render::raster
