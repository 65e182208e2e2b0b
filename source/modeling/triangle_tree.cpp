#include "modeling/triangle_tree.h"

#include <algorithm>
#include <numeric>

namespace kiln::modeling {
namespace {

constexpr int leaf_size = 4;

float distance_squared_to_box(float3 p, float3 low, float3 high) {
  const float3 d = max(max(low - p, p - high), float3{});
  return dot(d, d);
}

}  // namespace

float3 nearest_on_triangle(float3 p, float3 a, float3 b, float3 c) {
  const float3 ab = b - a, ac = c - a, ap = p - a;
  const float d1 = dot(ab, ap), d2 = dot(ac, ap);
  if (d1 <= 0.0f && d2 <= 0.0f) {
    return {1, 0, 0};
  }
  const float3 bp = p - b;
  const float d3 = dot(ab, bp), d4 = dot(ac, bp);
  if (d3 >= 0.0f && d4 <= d3) {
    return {0, 1, 0};
  }
  const float3 cp = p - c;
  const float d5 = dot(ab, cp), d6 = dot(ac, cp);
  if (d6 >= 0.0f && d5 <= d6) {
    return {0, 0, 1};
  }
  const float vc = d1 * d4 - d3 * d2;
  if (vc <= 0.0f && d1 >= 0.0f && d3 <= 0.0f && d1 > d3) {
    const float t = d1 / (d1 - d3);
    return {1 - t, t, 0};
  }
  const float vb = d5 * d2 - d1 * d6;
  if (vb <= 0.0f && d2 >= 0.0f && d6 <= 0.0f && d2 > d6) {
    const float t = d2 / (d2 - d6);
    return {1 - t, 0, t};
  }
  const float va = d3 * d6 - d5 * d4;
  if (va <= 0.0f && d4 - d3 >= 0.0f && d5 - d6 >= 0.0f && (d4 - d3) + (d5 - d6) > 0.0f) {
    const float t = (d4 - d3) / ((d4 - d3) + (d5 - d6));
    return {0, 1 - t, t};
  }
  const float sum = va + vb + vc;
  if (!(std::abs(sum) > 0.0f)) {
    return {1, 0, 0};
  }
  const float v = vb / sum, w = vc / sum;
  return {1 - v - w, v, w};
}

TriangleTree::TriangleTree(std::span<const float3> points, std::vector<int3> triangles)
    : points_(points), triangles_(std::move(triangles)), centers_(triangles_.size()) {
  for (std::size_t i = 0; i < triangles_.size(); ++i) {
    const auto [a, b, c] = triangles_[i];
    const float3 p = points[std::size_t(a)], q = points[std::size_t(b)], r = points[std::size_t(c)];
    if (is_finite(p) && is_finite(q) && is_finite(r)) {
      order_.push_back(int(i));
      centers_[i] = (min(p, min(q, r)) + max(p, max(q, r))) * 0.5f;
    }
  }
  if (!order_.empty()) {
    nodes_.reserve(order_.size());
    nodes_.emplace_back();
    build(0, 0, int(order_.size()));
  }
}

void TriangleTree::build(std::size_t node, int begin, int end) {
  float3 low = points_[std::size_t(triangles_[std::size_t(order_[std::size_t(begin)])].x)];
  float3 high = low, center_low = centers_[std::size_t(order_[std::size_t(begin)])];
  float3 center_high = center_low;
  for (int i = begin; i < end; ++i) {
    const std::size_t t = std::size_t(order_[std::size_t(i)]);
    for (int k = 0; k < 3; ++k) {
      const float3 p = points_[std::size_t(triangles_[t][k])];
      low = min(low, p);
      high = max(high, p);
    }
    center_low = min(center_low, centers_[t]);
    center_high = max(center_high, centers_[t]);
  }
  nodes_[node].low = low;
  nodes_[node].high = high;
  if (end - begin <= leaf_size) {
    nodes_[node].begin = begin;
    nodes_[node].count = end - begin;
    return;
  }
  const float3 size = center_high - center_low;
  const int axis = size.x >= size.y && size.x >= size.z ? 0 : size.y >= size.z ? 1 : 2;
  const int middle = begin + (end - begin) / 2;
  std::nth_element(
      order_.begin() + begin, order_.begin() + middle, order_.begin() + end, [&](int a, int b) {
        const float x = centers_[std::size_t(a)][axis], y = centers_[std::size_t(b)][axis];
        return x < y || (x == y && a < b);
      });
  const std::size_t child = nodes_.size();
  nodes_.resize(child + 2);
  nodes_[node].begin = int(child);
  build(child, begin, middle);
  build(child + 1, middle, end);
}

float3 TriangleTree::normal(int i) const {
  const auto [a, b, c] = triangles_[std::size_t(i)];
  const float3 p = points_[std::size_t(a)];
  return normalize(cross(points_[std::size_t(b)] - p, points_[std::size_t(c)] - p));
}

TriangleTree::Hit TriangleTree::nearest(float3 p, float max_distance) const {
  Hit hit;
  if (nodes_.empty() || !is_finite(p)) {
    return hit;
  }
  const bool is_bounded = max_distance < 1e18f;
  float best = is_bounded ? max_distance * max_distance : std::numeric_limits<float>::max();
  std::array<int, 128> stack;
  int depth = 0;
  stack[std::size_t(depth++)] = 0;
  while (depth > 0) {
    const Node& node = nodes_[std::size_t(stack[std::size_t(--depth)])];
    if (distance_squared_to_box(p, node.low, node.high) > best) {
      continue;
    }
    if (node.count == 0) {
      const Node &l = nodes_[std::size_t(node.begin)], &r = nodes_[std::size_t(node.begin) + 1];
      const bool is_left_nearer =
          distance_squared_to_box(p, l.low, l.high) <= distance_squared_to_box(p, r.low, r.high);
      stack[std::size_t(depth++)] = node.begin + (is_left_nearer ? 1 : 0);
      stack[std::size_t(depth++)] = node.begin + (is_left_nearer ? 0 : 1);
      continue;
    }
    for (int i = node.begin; i < node.begin + node.count; ++i) {
      const int t = order_[std::size_t(i)];
      const auto [ia, ib, ic] = triangles_[std::size_t(t)];
      const float3 a = points_[std::size_t(ia)], b = points_[std::size_t(ib)],
                   c = points_[std::size_t(ic)];
      const float3 w = nearest_on_triangle(p, a, b, c);
      const float3 at = a * w.x + b * w.y + c * w.z;
      const float d = length_squared(at - p);
      // Of equally near ones the first in order, whatever the shape of the tree.
      if (d < best || (d == best && (hit.triangle < 0 || t < hit.triangle))) {
        best = d;
        hit = {t, 0, at, w};
      }
    }
  }
  hit.distance = std::sqrt(best);
  return hit;
}

template <typename Visit>
void TriangleTree::trace(float3 origin, float3 direction, float& reach, Visit&& visit) const {
  if (nodes_.empty() || !is_finite(origin) || !is_finite(direction)) {
    return;
  }
  const float3 inverse{1.0f / direction.x, 1.0f / direction.y, 1.0f / direction.z};
  const auto enters = [&](const Node& node) {
    float first = 0.0f, last = reach;
    for (int k = 0; k < 3; ++k) {
      if (direction[k] == 0.0f) {
        // A little wider, so that rays along a side find it.
        const float pad = 1e-6f * std::max(std::abs(node.low[k]), std::abs(node.high[k]));
        if (origin[k] < node.low[k] - pad || origin[k] > node.high[k] + pad) {
          return false;
        }
        continue;
      }
      float near = (node.low[k] - origin[k]) * inverse[k],
            far = (node.high[k] - origin[k]) * inverse[k];
      if (near > far) {
        std::swap(near, far);
      }
      first = std::max(first, near);
      // A little wider, so that rounding loses nothing.
      last = std::min(last, far * 1.000001f + 1e-12f);
    }
    return first <= last;
  };
  std::array<int, 128> stack;
  int depth = 0;
  stack[std::size_t(depth++)] = 0;
  while (depth > 0) {
    const Node& node = nodes_[std::size_t(stack[std::size_t(--depth)])];
    if (!enters(node)) {
      continue;
    }
    if (node.count == 0) {
      stack[std::size_t(depth++)] = node.begin + 1;
      stack[std::size_t(depth++)] = node.begin;
      continue;
    }
    for (int i = node.begin; i < node.begin + node.count; ++i) {
      const int t = order_[std::size_t(i)];
      const auto [ia, ib, ic] = triangles_[std::size_t(t)];
      const float3 a = points_[std::size_t(ia)];
      const float3 ab = points_[std::size_t(ib)] - a, ac = points_[std::size_t(ic)] - a;
      const float3 p = cross(direction, ac);
      const float determinant = dot(ab, p);
      if (determinant == 0.0f) {
        continue;
      }
      const float3 from = origin - a;
      const float v = dot(from, p) / determinant;
      const float3 q = cross(from, ab);
      const float w = dot(direction, q) / determinant;
      const float along = dot(ac, q) / determinant;
      // Rays through an edge hit one of its triangles at least.
      constexpr float slack = 1e-5f;
      if (v < -slack || w < -slack || v + w > 1.0f + slack || along < 0.0f || !(along <= reach)) {
        continue;
      }
      visit(Hit{t, along, origin + direction * along, {1 - v - w, v, w}});
    }
  }
}

TriangleTree::Hit TriangleTree::cast(float3 origin, float3 direction, float max_distance) const {
  Hit best;
  float reach = max_distance;
  trace(origin, direction, reach, [&](const Hit& hit) {
    if (best.triangle < 0 || hit.distance < reach ||
        (hit.distance == reach && hit.triangle < best.triangle)) {
      best = hit;
      reach = hit.distance;
    }
  });
  return best;
}

void TriangleTree::for_each_hit(float3 origin, float3 direction, float max_distance,
                                const std::function<void(const Hit&)>& visit) const {
  float reach = max_distance;
  trace(origin, direction, reach, visit);
}

}  // namespace kiln::modeling
