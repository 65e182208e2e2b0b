#pragma once

#include <span>

#include "core/math.h"
#include "render/pathtracer/render.h"

namespace kiln::render {

/// A point of a surface whose look is wanted, and what a pixel of the picture covers there.
struct SurfacePoint {
  int instance = 0, primitive = 0;
  float2 weights;           ///< of the second and third corner of the triangle
  float2 along_x, along_y;  ///< how the weights change from pixel to pixel
};

/// The passes of `settings` at points of surfaces instead of pixels: a picture of one row, a pixel
/// a point, in their order. Every point is seen from straight above, whatever is in front of it.
/// With one sample that is the middle of the point's pixel, with more all of the pixel. Size,
/// filter, adaptive sampling and denoising of the settings do not count.
///
/// Same result for any number of threads. Errors: too many points (2^30), `Cancelled`.
Result<RenderResult> bake(const TraceScene& scene, const RenderSettings& settings,
                          std::span<const SurfacePoint> points, Progress& progress);

}  // namespace kiln::render
