#pragma once

#include "document/mesh.h"

namespace kiln::modeling {

/// Lets vertices become others: vertex v turns into `targets[v]` (chains are followed; -1 or v
/// itself keeps it), whose position and attributes stay. Edges and faces that collapse or become
/// equal to an earlier one vanish; faces that touch themselves at a vertex are cut there.
/// Everything else keeps its order. O(n) plus sorting what is touched.
Mesh merge_vertices(const Mesh& mesh, std::span<const int> targets);

/// Targets for `merge_vertices` that bring together points within `distance`: every vertex goes to
/// the first one, in order, that is near and not itself merged. Only vertices with a true entry in
/// `is_included` (all if empty) take part.
std::vector<int> near_targets(std::span<const float3> positions, float distance,
                              std::span<const std::uint8_t> is_included = {});

/// Finds the nearest of a set of points by a grid of cells as wide as the search radius.
class PointGrid {
public:
  /// `points` must outlive the grid.
  PointGrid(std::span<const float3> points, float radius);
  /// The nearest point within the radius, the first of equally near ones; -1 when there is none.
  int nearest(float3 position) const;
  /// Calls `visit(i)` for every point within the radius, in no order.
  template <typename Visit>
  void for_each_near(float3 position, Visit&& visit) const {
    const std::array<std::int64_t, 3> c = cell(position);
    for (std::int64_t x = c[0] - 1; x <= c[0] + 1; ++x) {
      for (std::int64_t y = c[1] - 1; y <= c[1] + 1; ++y) {
        for (std::int64_t z = c[2] - 1; z <= c[2] + 1; ++z) {
          for (const int i : bucket(x, y, z)) {
            if (length_squared(points_[std::size_t(i)] - position) <= radius_ * radius_) {
              visit(i);
            }
          }
        }
      }
    }
  }

private:
  std::array<std::int64_t, 3> cell(float3 p) const;
  std::size_t hash(std::int64_t x, std::int64_t y, std::int64_t z) const;
  std::span<const int> bucket(std::int64_t x, std::int64_t y, std::int64_t z) const;

  std::span<const float3> points_;
  float radius_;
  double scale_;
  std::vector<int> offsets_, items_;
};

}  // namespace kiln::modeling
