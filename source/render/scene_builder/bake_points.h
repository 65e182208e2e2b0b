#pragma once

#include <functional>
#include <string>
#include <vector>

#include "render/pathtracer/bake.h"
#include "render/pathtracer/scene.h"

namespace kiln::render {

/// Points of surfaces for the pixels of a picture: `pixels[i]` (row from the bottom * width +
/// column) shows `points[i]`.
struct BakePoints {
  int width = 0, height = 0;
  std::vector<SurfacePoint> points;
  std::vector<int> pixels;
};

/// Adds the points of an instance whose UVs lie in the middle (a five hundredth of a pixel beside
/// it) of a pixel of `to`: of the triangles
/// whose material slot `takes` accepts, in the layer of this name (empty: the default one). Where
/// triangles overlap, in the picture as it is or on a border, the first one counts; `is_taken` has
/// a byte a pixel that says which have a point already. False when the mesh has no such layer.
bool add_bake_points(const TraceScene& scene, int instance, const std::string& layer,
                     const std::function<bool(int slot)>& takes, BakePoints& to,
                     std::vector<std::uint8_t>& is_taken);

}  // namespace kiln::render
