#include "core/polygon.h"

#include <cmath>
#include <limits>
#include <numeric>

#include "core/intersect.h"

namespace kiln {
float3 polygon_normal(std::span<const float3> ring) {
  double x = 0.0, y = 0.0, z = 0.0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const float3 a = ring[i], b = ring[(i + 1) % ring.size()];
    x += (double(a.y) - b.y) * (double(a.z) + b.z);
    y += (double(a.z) - b.z) * (double(a.x) + b.x);
    z += (double(a.x) - b.x) * (double(a.y) + b.y);
  }
  const double length = std::sqrt(x * x + y * y + z * z);
  return length > 0.0 ? float3{float(x / length), float(y / length), float(z / length)} : float3{};
}

std::vector<int> convex_hull(std::span<const float2> points) {
  const auto at = [points](int i) { return points[std::size_t(i)]; };
  std::vector<int> order(points.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](int i, int j) {
    const float2 a = at(i), b = at(j);
    return a.y != b.y ? a.y < b.y : a.x != b.x ? a.x < b.x : i < j;
  });
  order.erase(std::unique(order.begin(), order.end(), [&](int i, int j) { return at(i) == at(j); }),
              order.end());
  if (order.size() < 3) {
    return order;
  }
  // The right chain upward, then the left chain downward.
  std::vector<int> hull;
  const auto add = [&](int i, std::size_t keep) {
    while (hull.size() > keep &&
           signed_double_area(at(hull[hull.size() - 2]), at(hull.back()), at(i)) <= 0.0) {
      hull.pop_back();
    }
    hull.push_back(i);
  };
  for (const int i : order) {
    add(i, 1);
  }
  const std::size_t keep = hull.size();
  for (auto i = order.rbegin() + 1; i != order.rend(); ++i) {
    add(*i, keep);
  }
  hull.pop_back();
  return hull;
}

float best_fit_angle(std::span<const float2> points) {
  const std::vector<int> hull = convex_hull(points);
  float best_angle = 0.0f;
  double best_area = std::numeric_limits<double>::infinity();
  if (hull.size() < 2) {
    return best_angle;
  }
  std::size_t previous = hull.size() - 1;
  for (std::size_t i = 0; i < hull.size(); previous = i++) {
    const float2 a = points[std::size_t(hull[previous])], b = points[std::size_t(hull[i])];
    const double dx = double(b.x) - a.x, dy = double(b.y) - a.y, length = std::hypot(dx, dy);
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
    for (const int j : hull) {
      const float2 p = points[std::size_t(j)];
      const double along = (p.x * dx + p.y * dy) / length, across = (p.y * dx - p.x * dy) / length;
      low[0] = std::min(low[0], along);
      high[0] = std::max(high[0], along);
      low[1] = std::min(low[1], across);
      high[1] = std::max(high[1], across);
    }
    const double area = (high[0] - low[0]) * (high[1] - low[1]);
    if (area < best_area) {
      best_area = area;
      best_angle = float(std::atan2(dx, dy));
    }
  }
  return best_angle;
}

std::vector<float> mean_value_weights(std::span<const float3> ring, float3 point) {
  const std::size_t size = ring.size();
  std::vector<float> weights(size, 0.0f);
  std::vector<double> lengths(size), half_tangents(size);
  constexpr double on_corner = 1e-5;  // of the size of the polygon
  double extent = 0.0;
  for (std::size_t i = 0; i < size; ++i) {
    lengths[i] = distance(ring[i], point);
    extent = std::max(extent, double(distance(ring[i], ring[(i + 1) % size])));
  }
  for (std::size_t i = 0; i < size; ++i) {
    if (lengths[i] <= on_corner * extent) {
      weights[i] = 1.0f;
      return weights;
    }
  }
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t next = (i + 1) % size;
    const float3 a = ring[i] - point, b = ring[next] - point;
    const double cosine = double(a.x) * b.x + double(a.y) * b.y + double(a.z) * b.z;
    const double sine = length(cross(a, b));
    const double product = lengths[i] * lengths[next];
    // tan(angle / 2); on the edge itself the angle is straight.
    half_tangents[i] = sine / (product + cosine);
    if (!(sine > on_corner * product) && cosine < 0.0) {
      const double edge = lengths[i] + lengths[next];
      weights[i] = float(lengths[next] / edge);
      weights[next] = float(lengths[i] / edge);
      return weights;
    }
  }
  double sum = 0.0;
  for (std::size_t i = 0; i < size; ++i) {
    sum += (half_tangents[(i + size - 1) % size] + half_tangents[i]) / lengths[i];
  }
  for (std::size_t i = 0; i < size; ++i) {
    weights[i] =
        float((half_tangents[(i + size - 1) % size] + half_tangents[i]) / (lengths[i] * sum));
  }
  return weights;
}

float2 pack_boxes(std::span<PackedBox> boxes) {
  std::vector<std::size_t> order(boxes.size());
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) {
    return boxes[i].size.x * boxes[i].size.y > boxes[j].size.x * boxes[j].size.y;
  });
  std::vector<float2> corners{{0, 0}};
  float2 total;
  for (std::size_t placed = 0; placed < order.size(); ++placed) {
    PackedBox& box = boxes[order[placed]];
    const auto is_free = [&](float2 corner) {
      return std::all_of(order.begin(), order.begin() + std::ptrdiff_t(placed), [&](std::size_t i) {
        const PackedBox& other = boxes[i];
        constexpr float tolerance = 1e-5f;  // boxes may touch
        return corner.x + box.size.x <= other.position.x + tolerance ||
               other.position.x + other.size.x <= corner.x + tolerance ||
               corner.y + box.size.y <= other.position.y + tolerance ||
               other.position.y + other.size.y <= corner.y + tolerance;
      });
    };
    float best_extent = std::numeric_limits<float>::infinity(), best_distance = best_extent;
    std::size_t best = corners.size();
    for (std::size_t i = 0; i < corners.size(); ++i) {
      const float extent = std::max(std::max(total.x, corners[i].x + box.size.x),
                                    std::max(total.y, corners[i].y + box.size.y));
      const float distance = length(corners[i]);
      if ((extent < best_extent || (extent == best_extent && distance < best_distance)) &&
          is_free(corners[i])) {
        best = i;
        best_extent = extent;
        best_distance = distance;
      }
    }
    if (best == corners.size()) {  // coordinates that are no numbers
      continue;
    }
    box.position = corners[best];
    corners.erase(corners.begin() + std::ptrdiff_t(best));
    corners.push_back({box.position.x, box.position.y + box.size.y});
    corners.push_back({box.position.x + box.size.x, box.position.y});
    total = {std::max(total.x, box.position.x + box.size.x),
             std::max(total.y, box.position.y + box.size.y)};
  }
  return total;
}

}  // namespace kiln
