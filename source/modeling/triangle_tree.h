#pragma once

#include <functional>
#include <limits>
#include <span>
#include <vector>

#include "core/math.h"

namespace kiln::modeling {

/// Finds what is near a point or hit by a ray among triangles, which may have no area: edges and
/// points are triangles with repeated vertices. Points that are not finite are never found.
///
/// A bounding volume hierarchy, split at the median of the longest axis of the centres; O(n log n)
/// to build, read by any number of threads. Nearest point on a triangle: Ericson, "Real-Time
/// Collision Detection", 2005, section 5.1.5; rays: Moeller and Trumbore, "Fast, Minimum Storage
/// Ray/Triangle Intersection", 1997.
class TriangleTree {
public:
  struct Hit {
    int triangle = -1;  ///< -1: nothing
    float distance = 0;
    float3 position;
    float3 weights;  ///< of the triangle's three vertices
    explicit operator bool() const { return triangle >= 0; }
  };

  /// `points` must outlive the tree; all indices must be in range.
  TriangleTree(std::span<const float3> points, std::vector<int3> triangles);

  Hit nearest(float3 p, float max_distance = std::numeric_limits<float>::max()) const;
  /// The first hit along a unit direction, from either side.
  Hit cast(float3 origin, float3 direction,
           float max_distance = std::numeric_limits<float>::max()) const;
  /// Calls `visit` for every hit at a distance up to `max_distance`, in no order.
  void for_each_hit(float3 origin, float3 direction, float max_distance,
                    const std::function<void(const Hit&)>& visit) const;

  bool empty() const { return triangles_.empty(); }
  int3 triangle(int i) const { return triangles_[std::size_t(i)]; }
  float3 normal(int i) const;  ///< unit, or zero without area

private:
  struct Node {
    float3 low, high;
    int begin = 0,
        count = 0;  ///< of `order_`; inner nodes have count 0 and children begin, begin+1
  };
  void build(std::size_t node, int begin, int end);
  template <typename Visit>
  void trace(float3 origin, float3 direction, float& reach, Visit&& visit) const;

  std::span<const float3> points_;
  std::vector<int3> triangles_;
  std::vector<float3> centers_;
  std::vector<int> order_;
  std::vector<Node> nodes_;
};

/// The point of a triangle that is nearest to `p`, as weights of its vertices.
float3 nearest_on_triangle(float3 p, float3 a, float3 b, float3 c);

}  // namespace kiln::modeling
