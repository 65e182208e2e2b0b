#pragma once

#include "modeling/subdivision/grid_layout.h"

namespace kiln::modeling {

/// How UV maps are smoothed: what is kept straight.
enum class UvSmooth : std::uint8_t {
  None,                        ///< everything
  Corners,                     ///< corners of islands
  CornersAndJunctions,         ///< and where more than two islands meet
  CornersJunctionsAndConcave,  ///< and darts and concave corners
  Boundaries,                  ///< outlines of islands
  All,                         ///< nothing
};
enum class BoundarySmooth : std::uint8_t { All = 0, PreserveCorners = 1 };

struct SurfaceSettings {
  bool is_simple = false;  ///< straight edges: all of them infinitely sharp
  bool uses_limit =
      true;  ///< points on the limit surface; else those of the mesh after `uniform_level` steps
  int quality = 3;  ///< steps by which irregular places are refined before they are approximated
  int uniform_level = 1;  ///< at least the level of the layout
  bool uses_creases = true;
  UvSmooth uv_smooth = UvSmooth::Boundaries;
  BoundarySmooth boundary_smooth = BoundarySmooth::All;
};

/// A UV map before and after: one value per corner of the old and of the new mesh.
struct UvChannel {
  std::span<const float2> source;
  std::span<float2> result;
};

/// Points of the Catmull-Clark surface at the vertices of `layout`, and UVs at its corners.
/// Vertices and edges without faces are left alone. `.crease_edge` and `.crease_vert` of the mesh
/// count where creases are used; a crease c has sharpness 10 c^2.
///
/// Faces in regular surroundings are bicubic B-splines and evaluated as such; others go to
/// OpenSubdiv, in blocks that are independent of each other. Same result for any number of threads.
///
/// Catmull and Clark, "Recursively generated B-spline surfaces on arbitrary topological meshes",
/// 1978; Niessner et al., "Feature-adaptive GPU rendering of Catmull-Clark subdivision surfaces",
/// 2012.
void evaluate_surface(const GridLayout& layout, const SurfaceSettings& settings,
                      std::span<float3> positions, std::span<const UvChannel> uvs);

}  // namespace kiln::modeling
