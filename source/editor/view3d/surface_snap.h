#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/array.h"
#include "core/triangle_tree.h"
#include "document/mesh.h"

namespace kiln::editor {

/// Surfaces that things are put onto one by one, in world space. Making one costs n log n in the
/// triangles, a question log n.
class SurfaceSnap {
public:
  struct Point {
    float3 place, normal;
    int target = -1;  ///< which of the surfaces, in the order in which they were added
  };

  /// `left_out`: flags of vertices; triangles with one of them do not count. Null: all count.
  void add(const Mesh& mesh, const float4x4& world, const Array<std::uint8_t>* left_out);
  bool empty() const { return trees_.empty(); }

  /// The point of all surfaces, or of one, that is nearest.
  std::optional<Point> nearest(float3 place, int target = -1) const;
  /// The way from a place to another one in equal steps, each followed by going to the nearest
  /// point: with many the thing stays on the side of the surface where it is.
  std::optional<Point> nearest_along(float3 from, float3 to, int steps, int target = -1) const;
  /// The first point along a ray; `culls_backfaces`: that is seen from in front. Its normal is
  /// towards the eye.
  std::optional<Point> first_along(float3 origin, float3 direction, bool culls_backfaces) const;

private:
  std::vector<TriangleTree> trees_;
};

}  // namespace kiln::editor
