#include "core/kd_tree.h"

#include <algorithm>
#include <limits>

namespace kiln {
namespace {

struct Range {
  int begin, end, axis;
};

void sort_range(std::vector<KdTree::Point>& points, Range whole) {
  std::vector<Range> stack{whole};
  while (!stack.empty()) {
    const auto [begin, end, axis] = stack.back();
    stack.pop_back();
    if (end - begin < 2) {
      continue;
    }
    const int middle = begin + (end - begin) / 2;
    std::nth_element(points.begin() + begin, points.begin() + middle, points.begin() + end,
                     [axis = axis](const KdTree::Point& a, const KdTree::Point& b) {
                       return a.position[axis] != b.position[axis]
                                  ? a.position[axis] < b.position[axis]
                                  : a.index < b.index;
                     });
    stack.push_back({begin, middle, (axis + 1) % 3});
    stack.push_back({middle + 1, end, (axis + 1) % 3});
  }
}

bool is_nearer(const KdTree::Found& a, const KdTree::Found& b) {
  return a.distance != b.distance ? a.distance < b.distance : a.index < b.index;
}

}  // namespace

KdTree::KdTree(std::vector<Point> points) : points_(std::move(points)) {
  std::erase_if(points_, [](const Point& p) {
    return std::isnan(p.position.x) || std::isnan(p.position.y) || std::isnan(p.position.z);
  });
  sort_range(points_, {0, int(points_.size()), 0});
}

/// Calls `visit(point, distance)` for points that may be near enough; it returns the radius that
/// still matters.
template <typename Visit>
void KdTree::visit_near(float3 position, const Visit& visit) const {
  struct Task {
    Range range;
    float distance;  ///< no point of the range is nearer
  };
  float radius = std::numeric_limits<float>::infinity();
  std::vector<Task> stack{{{0, int(points_.size()), 0}, 0.0f}};
  while (!stack.empty()) {
    const auto [range, least_distance] = stack.back();
    stack.pop_back();
    const auto [begin, end, axis] = range;
    if (begin >= end || least_distance > radius) {
      continue;
    }
    const int middle = begin + (end - begin) / 2;
    const Point& point = points_[std::size_t(middle)];
    radius = visit(point, distance(point.position, position));
    const float beyond = position[axis] - point.position[axis];
    const Range lower{begin, middle, (axis + 1) % 3}, upper{middle + 1, end, (axis + 1) % 3};
    const float far_distance = std::max(least_distance, std::abs(beyond));
    stack.push_back({beyond < 0.0f ? upper : lower, far_distance});
    stack.push_back({beyond < 0.0f ? lower : upper, least_distance});
  }
}

KdTree::Found KdTree::find_nearest(float3 position,
                                   const std::function<bool(int index)>& accept) const {
  Found nearest;
  nearest.distance = std::numeric_limits<float>::infinity();
  visit_near(position, [&](const Point& point, float distance) {
    if ((distance < nearest.distance || (nearest.index < 0 && !std::isnan(distance))) &&
        (!accept || accept(point.index))) {
      nearest = {point.position, point.index, distance};
    }
    return nearest.distance;
  });
  return nearest;
}

std::vector<KdTree::Found> KdTree::find_nearest(float3 position, int count) const {
  std::vector<Found> heap;  // the farthest first
  if (count <= 0) {
    return heap;
  }
  visit_near(position, [&](const Point& point, float distance) {
    const Found found{point.position, point.index, distance};
    if (int(heap.size()) < count) {
      heap.push_back(found);
      std::push_heap(heap.begin(), heap.end(), is_nearer);
    } else if (is_nearer(found, heap.front())) {
      std::pop_heap(heap.begin(), heap.end(), is_nearer);
      heap.back() = found;
      std::push_heap(heap.begin(), heap.end(), is_nearer);
    }
    return int(heap.size()) < count ? std::numeric_limits<float>::infinity()
                                    : heap.front().distance;
  });
  std::sort_heap(heap.begin(), heap.end(), is_nearer);
  return heap;
}

std::vector<KdTree::Found> KdTree::find_in_range(float3 position, float radius) const {
  std::vector<Found> result;
  visit_near(position, [&](const Point& point, float distance) {
    if (distance <= radius) {
      result.push_back({point.position, point.index, distance});
    }
    return radius;
  });
  std::sort(result.begin(), result.end(), is_nearer);
  return result;
}

}  // namespace kiln
