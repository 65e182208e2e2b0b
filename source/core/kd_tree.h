#pragma once

#include <functional>
#include <span>
#include <vector>

#include "core/math.h"

namespace kiln {

/// Nearest-neighbour queries over a fixed set of points in space (Bentley, "Multidimensional binary
/// search trees used for associative searching", 1975). Queries are O(log n) for well-spread
/// points; const is thread-safe.
class KdTree {
public:
  struct Point {
    float3 position;
    int index = 0;  ///< whatever the caller wants to find again
  };
  struct Found {
    float3 position;
    int index = -1;  ///< -1: there is none
    float distance = 0.0f;
  };

  KdTree() = default;
  /// Takes O(n log n). Points with NaN are never found.
  explicit KdTree(std::vector<Point> points);

  int size() const { return int(points_.size()); }

  /// The nearest point that `accept` allows (all, if it is empty); of equally near ones any.
  Found find_nearest(float3 position, const std::function<bool(int index)>& accept = {}) const;
  /// The `count` nearest points, nearest first.
  std::vector<Found> find_nearest(float3 position, int count) const;
  /// All points at most `radius` away, nearest first.
  std::vector<Found> find_in_range(float3 position, float radius) const;

private:
  /// Points in tree order: the middle one of a range splits it along the axis `depth % 3`.
  std::vector<Point> points_;

  template <typename Visit>
  void visit_near(float3 position, const Visit& visit) const;
};

}  // namespace kiln
