#include "core/delaunay.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "core/assert.h"

namespace kiln {
namespace {

struct Point {
  double x = 0.0, y = 0.0;
};

double orientation(Point a, Point b, Point c) {
  return double((static_cast<long double>(b.x) - a.x) * (static_cast<long double>(c.y) - a.y) -
                (static_cast<long double>(b.y) - a.y) * (static_cast<long double>(c.x) - a.x));
}

/// Positive where d lies inside of the circle through a, b, c (counter-clockwise).
long double in_circle(Point a, Point b, Point c, Point d) {
  const long double ax = a.x - d.x, ay = a.y - d.y, bx = b.x - d.x, by = b.y - d.y, cx = c.x - d.x,
                    cy = c.y - d.y;
  return (ax * ax + ay * ay) * (bx * cy - cx * by) - (bx * bx + by * by) * (ax * cy - cx * ay) +
         (cx * cx + cy * cy) * (ax * by - bx * ay);
}

double distance_between(Point a, Point b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

using EdgeKey = std::pair<int, int>;
EdgeKey edge_key(int a, int b) {
  return {std::min(a, b), std::max(a, b)};
}

/// Corner i of a triangle lies opposite to its side i, which has the neighbour i.
struct Triangle {
  std::array<int, 3> corners;
  std::array<int, 3> neighbours{-1, -1, -1};

  int find_corner(int vertex) const {
    return int(std::find(corners.begin(), corners.end(), vertex) - corners.begin());
  }
  int find_neighbour(int triangle) const {
    return int(std::find(neighbours.begin(), neighbours.end(), triangle) - neighbours.begin());
  }
  int after(int corner) const { return corners[(corner + 1) % 3]; }
  int before(int corner) const { return corners[(corner + 2) % 3]; }
};

class Triangulation {
public:
  std::vector<Point> points;
  std::vector<Triangle> triangles;
  std::map<EdgeKey, std::vector<int>> constraints;  ///< with the ids of the input
  double epsilon = 0.0;

  void triangulate_points();
  /// The constraint from a to b, in parts where vertices lie on it and constraints cross it. Calls
  /// `visit(from, to)` for each.
  template <typename Visit>
  void insert_constraint(int a, int b, int id, const Visit& visit);

  bool is_constraint(int a, int b) const { return constraints.contains(edge_key(a, b)); }
  /// The triangle that has a and b as neighbouring corners in this order; -1 where there is none.
  int triangle_left_of(int a, int b) const;

private:
  std::vector<int> triangle_of_;  ///< some triangle of each vertex, or -1

  Point at(int vertex) const { return points[std::size_t(vertex)]; }
  Triangle& triangle(int i) { return triangles[std::size_t(i)]; }
  const Triangle& triangle(int i) const { return triangles[std::size_t(i)]; }

  int add_triangle(int a, int b, int c);
  void connect(int t, int side, int u);
  void flip(int t, int side);
  void legalize(std::vector<std::pair<int, int>> stack);
  template <typename Visit>
  void for_each_around(int vertex, const Visit& visit) const;
  int split(int t, int side, Point where);
  bool make_edge(int a, int b);
};

int Triangulation::add_triangle(int a, int b, int c) {
  triangles.push_back({{a, b, c}});
  const int index = int(triangles.size()) - 1;
  for (const int vertex : {a, b, c}) {
    triangle_of_[std::size_t(vertex)] = index;
  }
  return index;
}

/// Makes `t` and `u` neighbours along a side of `t`; the side of `u` is found by its corners.
void Triangulation::connect(int t, int side, int u) {
  triangle(t).neighbours[side] = u;
  if (u >= 0) {
    const int start = triangle(t).after(side);
    const int corner = triangle(u).find_corner(start);
    triangle(u).neighbours[(corner + 1) % 3] = t;
  }
}

/// Replaces the side that two triangles share by the other diagonal of their quad.
void Triangulation::flip(int t, int side) {
  const int u = triangle(t).neighbours[side];
  const int other = triangle(u).find_neighbour(t);
  const int apex = triangle(t).corners[side], left = triangle(t).after(side),
            right = triangle(t).before(side), opposite = triangle(u).corners[other];
  const int t_right = triangle(t).neighbours[(side + 1) % 3],
            t_left = triangle(t).neighbours[(side + 2) % 3];
  const int u_corner_left = triangle(u).find_corner(left),
            u_corner_right = triangle(u).find_corner(right);
  const int u_left = triangle(u).neighbours[u_corner_right],
            u_right = triangle(u).neighbours[u_corner_left];
  triangle(t) = {{apex, left, opposite}};
  triangle(u) = {{apex, opposite, right}};
  connect(t, 0, u_left);
  connect(t, 2, t_left);
  connect(u, 0, u_right);
  connect(u, 1, t_right);
  connect(t, 1, u);
  triangle_of_[std::size_t(apex)] = triangle_of_[std::size_t(left)] =
      triangle_of_[std::size_t(opposite)] = t;
  triangle_of_[std::size_t(right)] = u;
}

/// Flips sides (triangle, corner opposite) until no circle has a vertex inside; constraints stay.
void Triangulation::legalize(std::vector<std::pair<int, int>> stack) {
  // Rounding could flip back and forth for ever; the bound is far above what a triangulation needs.
  std::size_t flips_left = 64 * (triangles.size() + 16);
  while (!stack.empty() && flips_left > 0) {
    const auto [t, apex] = stack.back();
    stack.pop_back();
    const int side = triangle(t).find_corner(apex);
    const int u = side < 3 ? triangle(t).neighbours[side] : -1;
    if (u < 0 || is_constraint(triangle(t).after(side), triangle(t).before(side))) {
      continue;
    }
    const int opposite = triangle(u).corners[triangle(u).find_neighbour(t)];
    const Triangle& a = triangle(t);
    if (in_circle(at(a.corners[0]), at(a.corners[1]), at(a.corners[2]), at(opposite)) > 0.0L) {
      const int left = a.after(side), right = a.before(side);
      // The quad is convex in theory; rounding may disagree.
      if (orientation(at(apex), at(left), at(opposite)) <= 0.0 ||
          orientation(at(apex), at(opposite), at(right)) <= 0.0) {
        continue;
      }
      flip(t, side);
      --flips_left;
      stack.emplace_back(t, apex);
      stack.emplace_back(u, apex);
      stack.emplace_back(t, opposite);
      stack.emplace_back(u, opposite);
    }
  }
}

void Triangulation::triangulate_points() {
  const int count = int(points.size());
  triangle_of_.assign(points.size(), -1);
  std::vector<int> order(points.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [this](int a, int b) {
    return at(a).x != at(b).x ? at(a).x < at(b).x : at(a).y < at(b).y;
  });
  // The first points may be in line; the first that is not makes triangles with all of them.
  int in_line = 2;
  while (in_line < count && orientation(at(order[0]), at(order[std::size_t(in_line) - 1]),
                                        at(order[std::size_t(in_line)])) == 0.0) {
    ++in_line;
  }
  if (in_line >= count) {
    return;
  }
  const int apex = order[std::size_t(in_line)];
  const bool is_left = orientation(at(order[0]), at(order[1]), at(apex)) > 0.0;
  std::vector<int> hull;  // counter-clockwise
  for (int i = 0; i + 1 < in_line; ++i) {
    const int a = order[std::size_t(i)], b = order[std::size_t(i) + 1];
    const int t = is_left ? add_triangle(apex, a, b) : add_triangle(apex, b, a);
    if (i > 0) {
      connect(t, is_left ? 2 : 1, t - 1);
    }
  }
  for (int i = 0; i < in_line; ++i) {
    hull.push_back(order[std::size_t(is_left ? i : in_line - 1 - i)]);
  }
  hull.push_back(apex);

  for (int i = in_line + 1; i < count; ++i) {
    const int vertex = order[std::size_t(i)];
    const int size = int(hull.size());
    const auto is_visible = [&](int k) {
      return orientation(at(hull[std::size_t(k % size)]), at(hull[std::size_t((k + 1) % size)]),
                         at(vertex)) < 0.0;
    };
    int begin = 0;
    while (begin < size && !(is_visible(begin) && !is_visible(begin + size - 1))) {
      ++begin;
    }
    if (begin == size) {
      continue;  // only by rounding: the vertex lies on the hull and stays without triangles
    }
    std::vector<std::pair<int, int>> to_check;
    int previous = -1, end = begin;
    for (; is_visible(end); ++end) {
      const int a = hull[std::size_t(end % size)], b = hull[std::size_t((end + 1) % size)];
      const int below = triangle_left_of(a, b);
      const int t = add_triangle(vertex, b, a);
      connect(t, 0, below);
      if (previous >= 0) {
        connect(t, 1, previous);
      }
      previous = t;
      to_check.emplace_back(t, vertex);
    }
    // The new vertex replaces what it hid.
    std::vector<int> new_hull;
    for (int k = end; k <= begin + size; ++k) {
      new_hull.push_back(hull[std::size_t(k % size)]);
    }
    new_hull.push_back(vertex);
    hull = std::move(new_hull);
    legalize(std::move(to_check));
  }
}

template <typename Visit>
void Triangulation::for_each_around(int vertex, const Visit& visit) const {
  const int start = triangle_of_[std::size_t(vertex)];
  // One way round, and from the start the other way if the hull stopped it.
  int t = start;
  while (t >= 0) {
    if (visit(t)) {
      return;
    }
    t = triangle(t).neighbours[(triangle(t).find_corner(vertex) + 1) % 3];
    if (t == start) {
      return;
    }
  }
  t = start >= 0 ? triangle(start).neighbours[(triangle(start).find_corner(vertex) + 2) % 3] : -1;
  while (t >= 0 && t != start) {
    if (visit(t)) {
      return;
    }
    t = triangle(t).neighbours[(triangle(t).find_corner(vertex) + 2) % 3];
  }
}

int Triangulation::triangle_left_of(int a, int b) const {
  int found = -1;
  for_each_around(a, [&](int t) {
    if (triangle(t).after(triangle(t).find_corner(a)) == b) {
      found = t;
    }
    return found >= 0;
  });
  return found;
}

/// Puts a new vertex onto a side; constraints on it are split, too.
int Triangulation::split(int t, int side, Point where) {
  points.push_back(where);
  triangle_of_.push_back(-1);
  const int vertex = int(points.size()) - 1;
  const int apex = triangle(t).corners[side], left = triangle(t).after(side),
            right = triangle(t).before(side);
  const int u = triangle(t).neighbours[side];
  const auto constraint = constraints.find(edge_key(left, right));
  if (constraint != constraints.end()) {
    const std::vector<int> ids = constraint->second;
    constraints.erase(constraint);
    constraints[edge_key(left, vertex)] = ids;
    constraints[edge_key(vertex, right)] = ids;
  }
  std::vector<std::pair<int, int>> to_check;
  const int t_across_left = triangle(t).neighbours[(side + 1) % 3];  // opposite to left
  const int t_across_right = triangle(t).neighbours[(side + 2) % 3];
  triangle(t) = {{apex, left, vertex}};
  const int t2 = add_triangle(apex, vertex, right);
  connect(t, 2, t_across_right);
  connect(t2, 1, t_across_left);
  connect(t, 1, t2);
  triangle_of_[std::size_t(apex)] = triangle_of_[std::size_t(left)] =
      triangle_of_[std::size_t(vertex)] = t;
  to_check.emplace_back(t, vertex);
  to_check.emplace_back(t2, vertex);
  if (u >= 0) {
    const int corner_left = triangle(u).find_corner(left),
              corner_right = triangle(u).find_corner(right);
    const int opposite = triangle(u).corners[3 - corner_left - corner_right];
    const int u_across_left = triangle(u).neighbours[corner_left];
    const int u_across_right = triangle(u).neighbours[corner_right];
    triangle(u) = {{opposite, right, vertex}};
    const int u2 = add_triangle(opposite, vertex, left);
    connect(u, 2, u_across_left);
    connect(u2, 1, u_across_right);
    connect(u, 1, u2);
    connect(t, 0, u2);
    connect(t2, 0, u);
    triangle_of_[std::size_t(opposite)] = triangle_of_[std::size_t(right)] = u;
    triangle_of_[std::size_t(left)] = u2;
    to_check.emplace_back(u, vertex);
    to_check.emplace_back(u2, vertex);
  }
  legalize(std::move(to_check));
  return vertex;
}

/// Flips sides that cross the way from a to b, which no vertex and no constraint lies in, until it
/// is a side.
bool Triangulation::make_edge(int a, int b) {
  std::vector<std::pair<int, int>> crossing;
  const auto crosses = [&](int c, int d) {
    return c != a && c != b && d != a && d != b &&
           (orientation(at(a), at(b), at(c)) > 0.0) != (orientation(at(a), at(b), at(d)) > 0.0) &&
           (orientation(at(c), at(d), at(a)) > 0.0) != (orientation(at(c), at(d), at(b)) > 0.0);
  };
  std::size_t flips_left = 16 * (triangles.size() + 16);
  while (triangle_left_of(a, b) < 0 && triangle_left_of(b, a) < 0) {
    // The first flippable side on the way from a.
    int t = -1;
    for_each_around(a, [&](int candidate) {
      const int corner = triangle(candidate).find_corner(a);
      if (crosses(triangle(candidate).after(corner), triangle(candidate).before(corner))) {
        t = candidate;
      }
      return t >= 0;
    });
    bool has_flipped = false;
    int side = t >= 0 ? triangle(t).find_corner(a) : 0;
    while (t >= 0 && flips_left > 0) {
      const int u = triangle(t).neighbours[side];
      if (u < 0) {
        break;
      }
      const int left = triangle(t).after(side), right = triangle(t).before(side),
                apex = triangle(t).corners[side];
      const int opposite = triangle(u).corners[triangle(u).find_neighbour(t)];
      const bool is_convex = orientation(at(apex), at(left), at(opposite)) > 0.0 &&
                             orientation(at(apex), at(opposite), at(right)) > 0.0;
      if (is_convex && !is_constraint(left, right)) {
        flip(t, side);
        crossing.emplace_back(apex, opposite);
        has_flipped = true;
        --flips_left;
        break;
      }
      if (opposite == b) {
        break;
      }
      // Go on through the side of u that the way leaves by.
      const int next_side =
          crosses(opposite, left) ? triangle(u).find_corner(right) : triangle(u).find_corner(left);
      t = u;
      side = next_side;
    }
    if (!has_flipped) {
      return false;
    }
  }
  constraints[edge_key(a, b)];
  std::vector<std::pair<int, int>> to_check;
  for (const auto& [from, to] : crossing) {
    for (const int t : {triangle_left_of(from, to), triangle_left_of(to, from)}) {
      if (t >= 0) {
        for (const int corner : triangle(t).corners) {
          to_check.emplace_back(t, corner);
        }
      }
    }
  }
  legalize(std::move(to_check));
  return true;
}

template <typename Visit>
void Triangulation::insert_constraint(int a, int b, int id, const Visit& visit) {
  int from = a;
  std::size_t steps_left = points.size() + 4 * triangles.size() + 16;
  while (from != b && steps_left-- > 0) {
    // Look along the way from `from` to b: a vertex on it, or a constraint across it, ends the next
    // part.
    int reached = -1;
    int crossed = -1, crossed_side = 0;
    for_each_around(from, [&](int t) {
      const int corner = triangle(t).find_corner(from);
      const int left = triangle(t).after(corner), right = triangle(t).before(corner);
      for (const int vertex : {left, right}) {
        const Point p = at(vertex), f = at(from), e = at(b);
        const double length = distance_between(f, e);
        const double along = ((p.x - f.x) * (e.x - f.x) + (p.y - f.y) * (e.y - f.y)) / length;
        const double aside = std::abs(orientation(f, e, p)) / length;
        if (vertex == b || (along > 0.0 && along < length && aside <= epsilon * 0.5) ||
            (aside == 0.0 && along > 0.0)) {
          reached = vertex;
        }
      }
      if (reached < 0 && orientation(at(from), at(b), at(left)) < 0.0 &&
          orientation(at(from), at(b), at(right)) > 0.0) {
        crossed = t;
        crossed_side = corner;
      }
      return reached >= 0;
    });
    // Walk from triangle to triangle.
    while (reached < 0 && crossed >= 0 && steps_left-- > 0) {
      const int left = triangle(crossed).after(crossed_side),
                right = triangle(crossed).before(crossed_side);
      if (is_constraint(left, right)) {
        const Point p = at(left), q = at(right);
        const double side_p = orientation(at(from), at(b), p),
                     side_q = orientation(at(from), at(b), q);
        const double t = side_p / (side_p - side_q);
        const Point where{p.x + (q.x - p.x) * t, p.y + (q.y - p.y) * t};
        if (distance_between(where, p) <= epsilon) {
          reached = left;
        } else if (distance_between(where, q) <= epsilon) {
          reached = right;
        } else {
          reached = split(crossed, crossed_side, where);
        }
        break;
      }
      const int next = triangle(crossed).neighbours[crossed_side];
      if (next < 0) {
        break;
      }
      const int entered = triangle(next).find_neighbour(crossed);
      const int vertex = triangle(next).corners[entered];
      const double length = distance_between(at(from), at(b));
      const double side = orientation(at(from), at(b), at(vertex));
      if (vertex == b || std::abs(side) / length <= epsilon * 0.5) {
        reached = vertex;
        break;
      }
      // The way leaves `next` between this vertex and the one on the other side of it.
      crossed = next;
      crossed_side = triangle(next).find_corner(side > 0.0 ? right : left);
    }
    if (reached < 0 || reached == from) {
      return;
    }
    if (!make_edge(from, reached)) {
      return;
    }
    std::vector<int>& ids = constraints[edge_key(from, reached)];
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
      ids.push_back(id);
    }
    visit(from, reached);
    from = reached;
  }
}

/// For every triangle, how many constraints have to be crossed at least to come from the outside.
std::vector<int> constraint_depths(const Triangulation& mesh) {
  std::vector<int> depths(mesh.triangles.size(), -1);
  // From the hull inward, depth by depth.
  std::vector<int> current;
  std::vector<int> next;
  for (std::size_t i = 0; i < mesh.triangles.size(); ++i) {
    const Triangle& t = mesh.triangles[i];
    for (int side = 0; side < 3; ++side) {
      if (t.neighbours[side] < 0) {
        (mesh.is_constraint(t.after(side), t.before(side)) ? next : current).push_back(int(i));
      }
    }
  }
  for (int depth = 0; !current.empty() || !next.empty(); ++depth) {
    while (!current.empty()) {
      const int i = current.back();
      current.pop_back();
      if (depths[std::size_t(i)] >= 0) {
        continue;
      }
      depths[std::size_t(i)] = depth;
      const Triangle& t = mesh.triangles[std::size_t(i)];
      for (int side = 0; side < 3; ++side) {
        if (t.neighbours[side] >= 0 && depths[std::size_t(t.neighbours[side])] < 0) {
          (mesh.is_constraint(t.after(side), t.before(side)) ? next : current)
              .push_back(t.neighbours[side]);
        }
      }
    }
    std::swap(current, next);
  }
  return depths;
}

/// Faces made of triangles: the boundary of each, counter-clockwise.
class FaceMerger {
public:
  explicit FaceMerger(const Triangulation& mesh) : mesh_(mesh), face_of_(mesh.triangles.size()) {
    std::iota(face_of_.begin(), face_of_.end(), 0);
    for (std::size_t i = 0; i < mesh.triangles.size(); ++i) {
      const auto [a, b, c] = mesh.triangles[i].corners;
      members_.push_back({int(i)});
      rings_.push_back({a, b, c});
    }
  }

  int face_of(int triangle) const { return face_of_[std::size_t(triangle)]; }
  const std::vector<int>& ring(int face) const { return rings_[std::size_t(face)]; }

  /// Joins two faces if the result is a simple polygon, that is, if they share one chain of edges
  /// only.
  bool merge_simply(int face, int other) {
    std::vector<int> joined = joined_ring(face, other);
    std::vector<int> sorted = joined;
    std::sort(sorted.begin(), sorted.end());
    if (joined.empty() || std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
      return false;
    }
    absorb(face, other);
    rings_[std::size_t(face)] = std::move(joined);
    return true;
  }

  /// Joins two faces in any case; `ring` is then made by `trace_outer`.
  void merge(int face, int other) { absorb(face, other); }

  /// The outermost boundary of a face from its triangles.
  void trace_outer(int face) {
    std::map<int, std::vector<int>> next;  // directed boundary edges
    for (const int i : members_[std::size_t(face)]) {
      const Triangle& t = mesh_.triangles[std::size_t(i)];
      for (int side = 0; side < 3; ++side) {
        if (t.neighbours[side] < 0 || face_of(t.neighbours[side]) != face) {
          next[t.after(side)].push_back(t.before(side));
        }
      }
    }
    std::vector<int> best;
    double best_area = 0.0;
    while (!next.empty()) {
      std::vector<int> ring;
      int vertex = next.begin()->first;
      while (next.contains(vertex)) {
        ring.push_back(vertex);
        std::vector<int>& targets = next[vertex];
        const int target = targets.back();
        targets.pop_back();
        if (targets.empty()) {
          next.erase(vertex);
        }
        vertex = target;
      }
      double area = 0.0;
      for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point a = mesh_.points[std::size_t(ring[i])],
                    b = mesh_.points[std::size_t(ring[(i + 1) % ring.size()])];
        area += a.x * b.y - a.y * b.x;
      }
      if (area > best_area) {
        best_area = area;
        best = std::move(ring);
      }
    }
    rings_[std::size_t(face)] = std::move(best);
  }

private:
  const Triangulation& mesh_;
  std::vector<int> face_of_;
  std::vector<std::vector<int>> members_;
  std::vector<std::vector<int>> rings_;

  void absorb(int face, int other) {
    if (face == other) {
      return;
    }
    for (const int i : members_[std::size_t(other)]) {
      face_of_[std::size_t(i)] = face;
      members_[std::size_t(face)].push_back(i);
    }
    members_[std::size_t(other)].clear();
  }

  /// The ring around both; empty where they share no edge.
  std::vector<int> joined_ring(int face, int other) const {
    const std::vector<int>& a = ring(face);
    const std::vector<int>& b = ring(other);
    std::set<EdgeKey> shared;
    for (std::size_t i = 0; i < b.size(); ++i) {
      shared.insert({b[(i + 1) % b.size()], b[i]});
    }
    const auto is_shared = [&](std::size_t i) {
      return shared.contains({a[i % a.size()], a[(i + 1) % a.size()]});
    };
    // Where the shared chain ends in a.
    std::size_t end = 0;
    while (end < a.size() && !(is_shared(end + a.size() - 1) && !is_shared(end))) {
      ++end;
    }
    if (end == a.size()) {
      return {};
    }
    std::vector<int> joined;
    std::size_t i = end;
    for (; !is_shared(i); ++i) {
      joined.push_back(a[i % a.size()]);
    }
    const int leave = a[i % a.size()], enter = a[end];
    auto at = std::find(b.begin(), b.end(), leave);
    for (std::size_t steps = 0; steps < b.size() && *at != enter; ++steps) {
      joined.push_back(*at);
      at = at + 1 == b.end() ? b.begin() : at + 1;
    }
    return joined;
  }
};

bool keeps_triangle(DelaunayOutput output, int depth) {
  switch (output) {
    case DelaunayOutput::Full:
      return true;
    case DelaunayOutput::InsideWithHoles:
    case DelaunayOutput::ConstraintsValidWithHoles:
      return depth % 2 == 1;
    default:
      return depth > 0;
  }
}

}  // namespace

DelaunayResult constrained_delaunay(std::span<const float2> points,
                                    std::span<const std::array<int, 2>> edges,
                                    std::span<const std::vector<int>> faces, DelaunayOutput output,
                                    double epsilon) {
  DelaunayResult result;
  Triangulation mesh;
  mesh.epsilon = std::max(epsilon, 0.0);

  // Points less than epsilon apart are one: those in the same and the neighbouring cells of a grid
  // are compared.
  std::vector<int> vertex_of(points.size(), -1);
  std::map<std::pair<double, double>, std::vector<int>> grid;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Point p{points[i].x, points[i].y};
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) {
      continue;
    }
    const auto cell = [&](double c) {
      return mesh.epsilon > 0.0 ? std::floor(c / mesh.epsilon) : c;
    };
    const int reach = mesh.epsilon > 0.0 ? 1 : 0;
    int found = -1;
    for (int dx = -reach; dx <= reach && found < 0; ++dx) {
      for (int dy = -reach; dy <= reach && found < 0; ++dy) {
        const auto candidates = grid.find({cell(p.x) + dx, cell(p.y) + dy});
        if (candidates == grid.end()) {
          continue;
        }
        for (const int vertex : candidates->second) {
          if (distance_between(mesh.points[std::size_t(vertex)], p) <= mesh.epsilon) {
            found = vertex;
            break;
          }
        }
      }
    }
    if (found < 0) {
      found = int(mesh.points.size());
      mesh.points.push_back(p);
      result.original_vertices.emplace_back();
      grid[{cell(p.x), cell(p.y)}].push_back(found);
    }
    vertex_of[i] = found;
    result.original_vertices[std::size_t(found)].push_back(int(i));
  }
  mesh.triangulate_points();

  // Constraints.
  const auto vertex_at = [&](int index) {
    return index >= 0 && index < int(points.size()) ? vertex_of[std::size_t(index)] : -1;
  };
  std::size_t largest = edges.size();
  for (const std::vector<int>& face : faces) {
    largest = std::max(largest, face.size());
  }
  result.face_edge_offset = 10;
  while (std::size_t(result.face_edge_offset) < largest && result.face_edge_offset < 1000000000) {
    result.face_edge_offset *= 10;
  }
  std::vector<std::array<int, 2>> line_edges;  // all points in line: there are no triangles
  std::vector<std::vector<int>> line_ids;
  const auto insert = [&](int a, int b, int id, const auto& visit) {
    if (a < 0 || b < 0 || a == b) {
      return;
    }
    if (mesh.triangles.empty()) {
      line_edges.push_back({a, b});
      line_ids.push_back({id});
    } else {
      mesh.insert_constraint(a, b, id, visit);
    }
  };
  for (std::size_t i = 0; i < edges.size(); ++i) {
    insert(vertex_at(edges[i][0]), vertex_at(edges[i][1]), int(i), [](int, int) {});
  }
  std::vector<std::vector<int>> faces_of;  // of each triangle, in the end
  std::vector<std::set<EdgeKey>> face_borders(faces.size());
  std::vector<std::vector<std::array<int, 2>>> face_paths(faces.size());
  for (std::size_t f = 0; f < faces.size(); ++f) {
    const std::vector<int>& face = faces[f];
    for (std::size_t i = 0; i < face.size(); ++i) {
      const int id = int((f + 1) * std::size_t(result.face_edge_offset) + i);
      insert(vertex_at(face[i]), vertex_at(face[(i + 1) % face.size()]), id, [&](int a, int b) {
        face_paths[f].push_back({a, b});
      });
    }
  }

  // Faces cover what lies to the left of their edges, up to their own edges. Later constraints may
  // have cut these.
  faces_of.resize(mesh.triangles.size());
  for (std::size_t f = 0; f < faces.size(); ++f) {
    const int first_id = int((f + 1) * std::size_t(result.face_edge_offset));
    const int last_id = first_id + int(faces[f].size()) - 1;
    const auto is_border = [&](int a, int b) {
      const auto found = mesh.constraints.find(edge_key(a, b));
      return found != mesh.constraints.end() &&
             std::any_of(found->second.begin(), found->second.end(),
                         [&](int id) { return id >= first_id && id <= last_id; });
    };
    std::vector<bool> is_covered(mesh.triangles.size(), false);
    std::vector<int> stack;
    for (const auto& [a, b] : face_paths[f]) {
      int start = mesh.triangle_left_of(a, b);
      if (start < 0) {
        // Cut since: the part that begins at a goes on in the same direction.
        for (const auto& [key, ids] : mesh.constraints) {
          const int other = key.first == a ? key.second : key.second == a ? key.first : -1;
          if (other < 0 || !is_border(key.first, key.second)) {
            continue;
          }
          const Point pa = mesh.points[std::size_t(a)], pb = mesh.points[std::size_t(b)],
                      po = mesh.points[std::size_t(other)];
          const double along = (po.x - pa.x) * (pb.x - pa.x) + (po.y - pa.y) * (pb.y - pa.y);
          if (along > 0.0 &&
              std::abs(orientation(pa, pb, po)) <= mesh.epsilon * distance_between(pa, pb)) {
            start = mesh.triangle_left_of(a, other);
          }
        }
      }
      if (start >= 0) {
        stack.push_back(start);
      }
    }
    while (!stack.empty()) {
      const int i = stack.back();
      stack.pop_back();
      if (is_covered[std::size_t(i)]) {
        continue;
      }
      is_covered[std::size_t(i)] = true;
      faces_of[std::size_t(i)].push_back(int(f));
      const Triangle& t = mesh.triangles[std::size_t(i)];
      for (int side = 0; side < 3; ++side) {
        if (t.neighbours[side] >= 0 && !is_border(t.after(side), t.before(side))) {
          stack.push_back(t.neighbours[side]);
        }
      }
    }
  }

  // Select triangles, and join them where only constraints are wanted.
  const std::vector<int> depths = constraint_depths(mesh);
  std::vector<bool> is_kept(mesh.triangles.size());
  for (std::size_t i = 0; i < mesh.triangles.size(); ++i) {
    is_kept[i] = keeps_triangle(output, depths[i]);
  }
  FaceMerger merger(mesh);
  struct InnerEdge {
    double length;
    int triangle, neighbour;
  };
  std::vector<InnerEdge> inner_edges;
  if (output >= DelaunayOutput::Constraints) {
    for (std::size_t i = 0; i < mesh.triangles.size(); ++i) {
      const Triangle& t = mesh.triangles[i];
      for (int side = 0; side < 3; ++side) {
        const int u = t.neighbours[side];
        if (u > int(i) && is_kept[i] && is_kept[std::size_t(u)] &&
            !mesh.is_constraint(t.after(side), t.before(side))) {
          inner_edges.push_back({distance_between(mesh.points[std::size_t(t.after(side))],
                                                  mesh.points[std::size_t(t.before(side))]),
                                 int(i), u});
        }
      }
    }
    std::stable_sort(inner_edges.begin(), inner_edges.end(),
                     [](const InnerEdge& a, const InnerEdge& b) { return a.length > b.length; });
    std::set<int> joined;
    for (const InnerEdge& edge : inner_edges) {
      const int a = merger.face_of(edge.triangle), b = merger.face_of(edge.neighbour);
      if (a == b) {
        continue;
      }
      if (output == DelaunayOutput::Constraints) {
        merger.merge(a, b);
        joined.insert(a);
      } else {
        merger.merge_simply(a, b);
      }
    }
    for (const int face : joined) {
      merger.trace_outer(face);
    }
  }

  // Write it out.
  std::vector<bool> is_written(mesh.triangles.size(), false);
  std::set<EdgeKey> edges_written;
  const auto write_edge = [&](int a, int b) {
    if (edges_written.insert(edge_key(a, b)).second) {
      result.edges.push_back({a, b});
      const auto found = mesh.constraints.find(edge_key(a, b));
      result.original_edges.push_back(found != mesh.constraints.end() ? found->second
                                                                      : std::vector<int>{});
    }
  };
  for (std::size_t i = 0; i < mesh.triangles.size(); ++i) {
    const int face = merger.face_of(int(i));
    const Triangle& t = mesh.triangles[i];
    for (int side = 0; side < 3; ++side) {
      const int u = t.neighbours[side];
      const bool is_inner = u >= 0 && is_kept[i] && is_kept[std::size_t(u)] &&
                            merger.face_of(u) == face && output >= DelaunayOutput::Constraints;
      if (mesh.is_constraint(t.after(side), t.before(side)) || (is_kept[i] && !is_inner)) {
        write_edge(t.after(side), t.before(side));
      }
    }
    if (!is_kept[i] || is_written[std::size_t(face)] || merger.ring(face).empty()) {
      continue;
    }
    is_written[std::size_t(face)] = true;
    result.faces.push_back(merger.ring(face));
    result.original_faces.push_back(faces_of[i]);
  }
  for (std::size_t i = 0; i < line_edges.size(); ++i) {
    result.edges.push_back(line_edges[i]);
    result.original_edges.push_back(line_ids[i]);
  }
  for (const Point p : mesh.points) {
    result.x.push_back(p.x);
    result.y.push_back(p.y);
  }
  result.original_vertices.resize(mesh.points.size());
  return result;
}

}  // namespace kiln
