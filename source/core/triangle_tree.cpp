#include "core/triangle_tree.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "core/assert.h"
#include "core/intersect.h"

namespace kiln {
namespace {

constexpr int leaf_size = 4;
constexpr float infinity = std::numeric_limits<float>::infinity();

/// Nearest distance from a point to a box, squared.
float squared_distance(float3 point, float3 low, float3 high) {
  return length_squared(point - min(max(point, low), high));
}

/// Part of the ray inside of a box; empty where first > second. Rounding can only make it longer.
std::pair<float, float> ray_in_box(float3 origin, float3 inverse_direction, float3 low, float3 high,
                                   float max_distance) {
  float begin = 0.0f, end = max_distance;
  for (int i = 0; i < 3; ++i) {
    float near = (low[i] - origin[i]) * inverse_direction[i];
    float far = (high[i] - origin[i]) * inverse_direction[i];
    if (near > far) {
      std::swap(near, far);
    }
    // A NaN (a ray in the plane of a side) leaves the interval as it is.
    begin = near > begin ? near : begin;
    end = far * 1.000001f < end ? far * 1.000001f : end;
  }
  return {begin, end};
}

}  // namespace

TriangleTree::TriangleTree(std::vector<float3> positions, std::vector<std::array<int, 3>> triangles,
                           std::vector<int> polygons, float epsilon)
    : positions_(std::move(positions)), epsilon_(std::max(epsilon, 0.0f)) {
  KILN_ASSERT(triangles.size() == polygons.size());
  if (triangles.empty()) {
    return;
  }
  std::vector<float3> centers(triangles.size());
  for (std::size_t i = 0; i < triangles.size(); ++i) {
    for (const int corner : triangles[i]) {
      centers[i] += positions_[std::size_t(corner)] * (1.0f / 3.0f);
    }
  }
  std::vector<int> order(triangles.size());
  std::iota(order.begin(), order.end(), 0);

  struct Task {
    std::size_t node;
    int begin, end;
  };
  nodes_.emplace_back();
  std::vector<Task> stack{{0, 0, int(order.size())}};
  while (!stack.empty()) {
    const auto [node, begin, end] = stack.back();
    stack.pop_back();
    Box box{{infinity, infinity, infinity}, {-infinity, -infinity, -infinity}};
    for (int i = begin; i < end; ++i) {
      for (const int corner : triangles[std::size_t(order[std::size_t(i)])]) {
        box.low = min(box.low, positions_[std::size_t(corner)]);
        box.high = max(box.high, positions_[std::size_t(corner)]);
      }
    }
    nodes_[node].box = box;
    if (end - begin <= leaf_size) {
      nodes_[node].first = begin;
      nodes_[node].count = end - begin;
      continue;
    }
    const float3 size = box.high - box.low;
    const int axis = size.x >= size.y && size.x >= size.z ? 0 : (size.y >= size.z ? 1 : 2);
    const int middle = begin + (end - begin) / 2;
    std::nth_element(order.begin() + begin, order.begin() + middle, order.begin() + end,
                     [&, axis = axis](int a, int b) {
                       const float x = centers[std::size_t(a)][axis],
                                   y = centers[std::size_t(b)][axis];
                       const bool x_is_nan = x != x, y_is_nan = y != y;  // last
                       return x_is_nan || y_is_nan ? (x_is_nan == y_is_nan ? a < b : y_is_nan)
                                                   : (x != y ? x < y : a < b);
                     });
    const std::size_t child = nodes_.size();
    nodes_[node].first = int(child);
    nodes_.resize(child + 2);
    stack.push_back({child, begin, middle});
    stack.push_back({child + 1, middle, end});
  }
  for (const int i : order) {
    triangles_.push_back(triangles[std::size_t(i)]);
    polygons_.push_back(polygons[std::size_t(i)]);
  }
}

std::array<float3, 3> TriangleTree::corners(int triangle) const {
  const auto [a, b, c] = triangles_[std::size_t(triangle)];
  return {positions_[std::size_t(a)], positions_[std::size_t(b)], positions_[std::size_t(c)]};
}

float3 TriangleTree::normal(int triangle) const {
  const auto [a, b, c] = corners(triangle);
  return normalize(cross(b - a, c - a));
}

std::optional<TriangleTree::Hit> TriangleTree::ray_cast(float3 origin, float3 direction,
                                                        float max_distance) const {
  const float3 unit = normalize(direction);
  if (nodes_.empty() || unit == float3{} || !is_finite(unit)) {
    return std::nullopt;
  }
  const float3 inverse{1.0f / unit.x, 1.0f / unit.y, 1.0f / unit.z};
  float nearest = max_distance;
  int triangle = -1;
  std::vector<int> stack{0};
  while (!stack.empty()) {
    const Node node = nodes_[std::size_t(stack.back())];
    stack.pop_back();
    const auto [begin, end] = ray_in_box(origin, inverse, node.box.low, node.box.high, nearest);
    if (begin > end) {
      continue;
    }
    if (node.count == 0) {
      stack.push_back(node.first);
      stack.push_back(node.first + 1);
    }
    for (int i = node.first; i < node.first + node.count; ++i) {
      const auto [a, b, c] = corners(i);
      const std::optional<float> distance = ray_triangle(origin, unit, a, b, c, true);
      if (distance && *distance >= 0.0f && *distance < nearest) {
        nearest = *distance;
        triangle = i;
      }
    }
  }
  if (triangle < 0) {
    return std::nullopt;
  }
  return Hit{origin + unit * nearest, normal(triangle), polygons_[std::size_t(triangle)], nearest};
}

/// Calls `visit(triangle, nearest point, distance)` for triangles that may be near enough; it
/// returns the distance that still matters.
template <typename Visit>
void TriangleTree::visit_near(float3 point, float max_distance, const Visit& visit) const {
  if (nodes_.empty() || !(max_distance > 0.0f)) {
    return;
  }
  float radius = max_distance;
  std::vector<int> stack{0};
  while (!stack.empty()) {
    const Node node = nodes_[std::size_t(stack.back())];
    stack.pop_back();
    if (std::sqrt(squared_distance(point, node.box.low, node.box.high)) > radius) {
      continue;
    }
    if (node.count == 0) {
      // The nearer child last, so that it is looked at first.
      const Box& first = nodes_[std::size_t(node.first)].box;
      const Box& second = nodes_[std::size_t(node.first) + 1].box;
      const bool first_is_nearer = squared_distance(point, first.low, first.high) <
                                   squared_distance(point, second.low, second.high);
      stack.push_back(first_is_nearer ? node.first + 1 : node.first);
      stack.push_back(first_is_nearer ? node.first : node.first + 1);
    }
    for (int i = node.first; i < node.first + node.count; ++i) {
      const auto [a, b, c] = corners(i);
      const float3 closest = closest_point_on_triangle(point, a, b, c);
      radius = visit(i, closest, distance(closest, point));
    }
  }
}

std::optional<TriangleTree::Hit> TriangleTree::find_nearest(float3 point,
                                                            float max_distance) const {
  constexpr float tie = 1e-6f;
  Hit nearest;
  nearest.distance = max_distance;
  float facing = -1.0f;
  visit_near(point, max_distance, [&](int i, float3 closest, float distance) {
    if (distance < max_distance && distance <= nearest.distance * (1.0f + tie)) {
      const float3 unit_normal = normal(i);
      const float cosine =
          distance > 0.0f ? std::abs(dot(unit_normal, point - closest)) / distance : 0.0f;
      const int polygon = polygons_[std::size_t(i)];
      const bool is_tie = nearest.polygon >= 0 && distance >= nearest.distance * (1.0f - tie);
      const bool faces_more = cosine > facing + tie;
      const bool faces_as_much = cosine >= facing - tie && polygon < nearest.polygon;
      if (!is_tie || faces_more || faces_as_much) {
        nearest = {closest, unit_normal, polygon, distance};
        facing = cosine;
      }
    }
    return nearest.distance * (1.0f + tie);
  });
  return nearest.polygon >= 0 ? std::optional(nearest) : std::nullopt;
}

std::vector<TriangleTree::Hit> TriangleTree::find_nearest_in_range(float3 point,
                                                                   float max_distance) const {
  std::vector<Hit> hits;
  visit_near(point, max_distance, [&](int i, float3 closest, float distance) {
    if (distance < max_distance) {
      hits.push_back({closest, normal(i), polygons_[std::size_t(i)], distance});
    }
    return max_distance;
  });
  return hits;
}

std::vector<std::pair<int, int>> TriangleTree::overlap(const TriangleTree& other) const {
  std::vector<std::pair<int, int>> pairs;
  if (nodes_.empty() || other.nodes_.empty()) {
    return pairs;
  }
  const float reach = epsilon_ + other.epsilon_;
  const auto boxes_touch = [reach](const Box& a, const Box& b) {
    for (int i = 0; i < 3; ++i) {
      if (!(a.low[i] <= b.high[i] + reach && b.low[i] <= a.high[i] + reach)) {
        return false;
      }
    }
    return true;
  };
  const auto share_a_corner = [&](int i, int j) {
    for (const int a : triangles_[std::size_t(i)]) {
      for (const int b : other.triangles_[std::size_t(j)]) {
        if (a == b) {
          return true;
        }
      }
    }
    return false;
  };
  std::vector<std::pair<int, int>> stack{{0, 0}};
  while (!stack.empty()) {
    const auto [i, j] = stack.back();
    stack.pop_back();
    const Node& a = nodes_[std::size_t(i)];
    const Node& b = other.nodes_[std::size_t(j)];
    if (!boxes_touch(a.box, b.box)) {
      continue;
    }
    if (a.count == 0) {
      stack.push_back({a.first, j});
      stack.push_back({a.first + 1, j});
      continue;
    }
    if (b.count == 0) {
      stack.push_back({i, b.first});
      stack.push_back({i, b.first + 1});
      continue;
    }
    for (int t = a.first; t < a.first + a.count; ++t) {
      for (int u = b.first; u < b.first + b.count; ++u) {
        if (this == &other &&
            (polygons_[std::size_t(t)] == polygons_[std::size_t(u)] || share_a_corner(t, u))) {
          continue;
        }
        const bool is_overlap =
            reach > 0.0f ? distance_between_triangles(corners(t), other.corners(u)) <= reach
                         : triangles_intersect(corners(t), other.corners(u));
        if (is_overlap) {
          pairs.emplace_back(polygons_[std::size_t(t)], other.polygons_[std::size_t(u)]);
        }
      }
    }
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

}  // namespace kiln
