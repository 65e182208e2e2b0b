#pragma once

#include <array>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/math.h"

namespace kiln {

/// Ray, nearest-point and overlap queries over triangles: a binary tree of bounding boxes, split at
/// the median of the longest axis. Const is thread-safe.
class TriangleTree {
public:
  struct Hit {
    float3 position;
    float3 normal;  ///< of the triangle, unit length; zero for a degenerate one
    int polygon = -1;
    float distance = 0.0f;
  };

  TriangleTree() = default;
  /// `triangles` are indices into `positions` (must be in range); `polygons` says for each triangle
  /// to which face it belongs.
  TriangleTree(std::vector<float3> positions, std::vector<std::array<int, 3>> triangles,
               std::vector<int> polygons, float epsilon = 0.0f);

  int triangle_count() const { return int(triangles_.size()); }

  /// The first triangle on the way, seen from either side; `direction` need not be normalized,
  /// distances are lengths.
  std::optional<Hit> ray_cast(float3 origin, float3 direction, float max_distance) const;
  /// The nearest point on the triangles that is less than `max_distance` away. Where it lies on
  /// several, it is that of the triangle that faces `point` most, which tells inside from outside.
  std::optional<Hit> find_nearest(float3 point, float max_distance) const;
  /// Of every triangle that is less than `max_distance` away the nearest point.
  std::vector<Hit> find_nearest_in_range(float3 point, float max_distance) const;
  /// Pairs of faces that intersect, each once, in ascending order. Against itself, faces that share
  /// a vertex are left out. With a positive `epsilon` faces that are no more than the sum of both
  /// trees' epsilons apart intersect, too.
  std::vector<std::pair<int, int>> overlap(const TriangleTree& other) const;

private:
  struct Box {
    float3 low, high;
  };
  /// Leaves have triangles [first, first + count); inner nodes (count 0) their children at `first`
  /// and `first` + 1.
  struct Node {
    Box box;
    int first = 0;
    int count = 0;
  };

  std::vector<float3> positions_;
  std::vector<std::array<int, 3>> triangles_;
  std::vector<int> polygons_;
  std::vector<Node> nodes_;
  float epsilon_ = 0.0f;

  std::array<float3, 3> corners(int triangle) const;
  float3 normal(int triangle) const;
  template <typename Visit>
  void visit_near(float3 point, float max_distance, const Visit& visit) const;
};

}  // namespace kiln
