#include "core/triangulate.h"

namespace kiln {
namespace {

/// The corners that are not clipped yet, as a ring of links.
class Ring {
public:
  explicit Ring(std::span<const float2> polygon, float winding)
      : polygon_(polygon), winding_(winding) {
    const int n = int(polygon.size());
    links_.resize(polygon.size());
    for (int i = 0; i < n; ++i) {
      links_[std::size_t(i)] = {i == 0 ? n - 1 : i - 1, i + 1 == n ? 0 : i + 1};
    }
    for (int i = 0; i < n; ++i) {
      if (!is_convex(i)) {
        concave_.push_back(i);
      }
    }
  }
  int previous(int i) const { return links_[std::size_t(i)].x; }
  int next(int i) const { return links_[std::size_t(i)].y; }
  double turn(int i) const { return area(previous(i), i, next(i)); }
  bool is_convex(int i) const { return turn(i) > 0.0; }

  /// Convex, and no other corner in the triangle it makes with its neighbours.
  bool is_ear(int i) const {
    if (!is_convex(i)) {
      return false;
    }
    const int a = previous(i), c = next(i);
    for (const int p : concave_) {
      if (p != a && p != i && p != c && contains(a, i, c, p)) {
        return false;
      }
    }
    return true;
  }
  void clip(int i) {
    const int a = previous(i), c = next(i);
    links_[std::size_t(a)].y = c;
    links_[std::size_t(c)].x = a;
    // Corners only ever turn from concave to convex, so that the list shrinks.
    std::erase_if(concave_, [&](int p) { return p == i || ((p == a || p == c) && is_convex(p)); });
  }

private:
  double area(int a, int b, int c) const {
    const float2 p = polygon_[std::size_t(a)], q = polygon_[std::size_t(b)],
                 r = polygon_[std::size_t(c)];
    return winding_ *
           ((double(q.x) - p.x) * (double(r.y) - p.y) - (double(q.y) - p.y) * (double(r.x) - p.x));
  }
  bool contains(int a, int b, int c, int p) const {
    const float2 at = polygon_[std::size_t(p)];
    if (at == polygon_[std::size_t(a)] || at == polygon_[std::size_t(b)] ||
        at == polygon_[std::size_t(c)]) {
      return false;  // a corner that the polygon touches twice, as where a hole is bridged
    }
    return area(a, b, p) >= 0.0 && area(b, c, p) >= 0.0 && area(c, a, p) >= 0.0;
  }

  std::span<const float2> polygon_;
  float winding_;
  std::vector<int2> links_;
  std::vector<int> concave_;
};

}  // namespace

void triangulate_polygon(std::span<const float2> polygon, std::vector<int3>& triangles) {
  const int n = int(polygon.size());
  if (n < 3) {
    return;
  }
  double twice_area = 0.0;
  for (int i = 0, j = n - 1; i < n; j = i++) {
    const float2 p = polygon[std::size_t(j)], q = polygon[std::size_t(i)];
    twice_area += double(p.x) * q.y - double(p.y) * q.x;
  }
  Ring ring(polygon, twice_area < 0.0 ? -1.0f : 1.0f);

  int tip = 0;
  for (int left = n; left > 3; --left) {
    int found = tip;
    bool is_found = ring.is_ear(found);
    for (int tried = 1; tried < left && !is_found; ++tried) {
      found = ring.next(found);
      is_found = ring.is_ear(found);
    }
    if (!is_found) {
      // Numerically flat or crossing: take the corner that turns most, so that the rest gets
      // simpler.
      int best = tip;
      for (int i = ring.next(tip); i != tip; i = ring.next(i)) {
        if (ring.turn(i) > ring.turn(best)) {
          best = i;
        }
      }
      found = best;
    }
    triangles.push_back({ring.previous(found), found, ring.next(found)});
    // Going on one corner further spreads the cuts, instead of making a fan of slivers.
    tip = ring.next(ring.next(found));
    ring.clip(found);
  }
  triangles.push_back({ring.previous(tip), tip, ring.next(tip)});
}

void plane_basis(float3 normal, float3* u, float3* v) {
  // Duff et al., "Building an Orthonormal Basis, Revisited", JCGT 2017.
  const float sign = std::copysign(1.0f, normal.z);
  const float a = -1.0f / (sign + normal.z);
  const float b = normal.x * normal.y * a;
  *u = {1.0f + sign * normal.x * normal.x * a, sign * b, -sign * normal.x};
  *v = {b, sign + normal.y * normal.y * a, -normal.y};
}

}  // namespace kiln
