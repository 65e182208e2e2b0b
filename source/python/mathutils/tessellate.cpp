#include "python/mathutils/tessellate.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/delaunay.h"
#include "core/intersect.h"
#include "core/polygon.h"

namespace kiln::python::mathutils {
namespace {

/// Directions X and Y of the plane of that normal, X level, so that (X, Y, normal) is right-handed.
std::array<float3, 2> level_axes(float3 normal) {
  const float level = std::hypot(normal.x, normal.y);
  if (level <= 1e-7f) {
    return {float3{normal.z < 0.0f ? -1.0f : 1.0f, 0, 0}, float3{0, 1, 0}};
  }
  const float3 x{normal.y / level, -normal.x / level, 0};
  return {x, cross(normal, x)};
}

bool is_higher(float2 a, float2 b) {
  return a.y != b.y ? a.y > b.y : a.x > b.x;
}

/// A counter-clockwise ring of points, from which ears are cut off.
class EarClipper {
public:
  EarClipper(std::span<const float2> points, std::vector<int> ring)
      : points_(points), ring_(std::move(ring)) {}

  std::vector<std::array<int, 3>> clip() {
    std::vector<std::array<int, 3>> triangles;
    while (ring_.size() >= 3) {
      int tip = highest_ear();
      if (tip < 0) {
        // What is left has no area or intersects itself: drop a corner that is none, else cut off
        // any left turn.
        tip = find([this](int i) { return turn(i) == 0.0; });
        if (tip >= 0) {
          ring_.erase(ring_.begin() + tip);
          continue;
        }
        tip = find([this](int i) { return turn(i) > 0.0; });
        if (tip < 0) {
          break;
        }
      }
      triangles.push_back({corner(tip - 1), corner(tip), corner(tip + 1)});
      ring_.erase(ring_.begin() + tip);
    }
    return triangles;
  }

private:
  std::span<const float2> points_;
  std::vector<int> ring_;

  int corner(int i) const {
    const int size = int(ring_.size());
    return ring_[std::size_t((i + size) % size)];
  }
  float2 at(int i) const { return points_[std::size_t(corner(i))]; }
  double turn(int i) const { return signed_double_area(at(i - 1), at(i), at(i + 1)); }

  template <typename Predicate>
  int find(const Predicate& predicate) const {
    for (int i = 0; i < int(ring_.size()); ++i) {
      if (predicate(i)) {
        return i;
      }
    }
    return -1;
  }

  bool is_ear(int i) const {
    const float2 a = at(i - 1), b = at(i), c = at(i + 1);
    return turn(i) > 0.0 && std::none_of(ring_.begin(), ring_.end(), [&](int other) {
             const float2 p = points_[std::size_t(other)];
             return p != a && p != b && p != c && point_in_triangle(p, a, b, c) != 0;
           });
  }

  int highest_ear() const {
    int best = -1;
    for (int i = 0; i < int(ring_.size()); ++i) {
      if ((best < 0 || is_higher(at(i), at(best))) && is_ear(i)) {
        best = i;
      }
    }
    return best;
  }
};

std::vector<std::array<int, 3>> tessellate_one(std::span<const float2> points) {
  double area = 0.0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const float2 a = points[i], b = points[(i + 1) % points.size()];
    area += double(a.x) * b.y - double(a.y) * b.x;
  }
  std::vector<int> ring(points.size());
  std::iota(ring.begin(), ring.end(), 0);
  if (area < 0.0) {
    std::reverse(ring.begin(), ring.end());
  }
  return EarClipper(points, std::move(ring)).clip();
}

/// Inside of each outline is what was outside before.
std::vector<std::array<int, 3>> tessellate_nested(std::span<const float2> points,
                                                  std::span<const std::vector<int>> outlines) {
  std::vector<std::array<int, 2>> edges;
  for (const std::vector<int>& outline : outlines) {
    for (std::size_t i = 0; i < outline.size(); ++i) {
      edges.push_back({outline[i], outline[(i + 1) % outline.size()]});
    }
  }
  const DelaunayResult mesh =
      constrained_delaunay(points, edges, {}, DelaunayOutput::InsideWithHoles, 0.0);
  std::vector<std::array<int, 3>> triangles;
  for (const std::vector<int>& face : mesh.faces) {
    // Where outlines cross there are vertices that the caller does not know.
    const bool is_known = std::none_of(face.begin(), face.end(), [&](int vertex) {
      return mesh.original_vertices[std::size_t(vertex)].empty();
    });
    if (is_known) {
      const auto original = [&](std::size_t i) {
        return mesh.original_vertices[std::size_t(face[i])].front();
      };
      triangles.push_back({original(0), original(1), original(2)});
    }
  }
  return triangles;
}

}  // namespace

std::vector<std::array<int, 3>> tessellate(std::span<const float3> points,
                                           std::span<const std::vector<int>> outlines,
                                           bool is_flat) {
  if (!std::all_of(points.begin(), points.end(), [](float3 p) { return is_finite(p); })) {
    return {};
  }
  float3 normal{0, 0, is_flat ? -1.0f : 1.0f};
  for (std::size_t i = 0; i < outlines.size() && !is_flat; ++i) {
    if (outlines[i].empty()) {
      continue;
    }
    const float3 found =
        polygon_normal(points.subspan(std::size_t(outlines[i].front()), outlines[i].size()));
    if (found != float3{}) {
      normal = found;
      break;
    }
  }
  const auto [x, y] = level_axes(normal);
  std::vector<float2> seen;
  seen.reserve(points.size());
  for (const float3 p : points) {
    seen.push_back({dot(p, x), dot(p, y)});
  }
  return outlines.size() == 1 ? tessellate_one(seen) : tessellate_nested(seen, outlines);
}

}  // namespace kiln::python::mathutils
