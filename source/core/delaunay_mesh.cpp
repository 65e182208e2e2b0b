#include "core/delaunay_mesh.h"

#include <numeric>

namespace kiln::delaunay {
namespace {

/// Positive where d lies inside of the circle through a, b, c (counter-clockwise).
long double in_circle(Point a, Point b, Point c, Point d) {
  const long double ax = a.x - d.x, ay = a.y - d.y, bx = b.x - d.x, by = b.y - d.y, cx = c.x - d.x,
                    cy = c.y - d.y;
  return (ax * ax + ay * ay) * (bx * cy - cx * by) - (bx * bx + by * by) * (ax * cy - cx * ay) +
         (cx * cx + cy * cy) * (ax * by - bx * ay);
}

}  // namespace

double orientation(Point a, Point b, Point c) {
  return double((static_cast<long double>(b.x) - a.x) * (static_cast<long double>(c.y) - a.y) -
                (static_cast<long double>(b.y) - a.y) * (static_cast<long double>(c.x) - a.x));
}

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

std::vector<EdgeKey> Triangulation::insert_constraint(int a, int b, int id) {
  std::vector<EdgeKey> parts;
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
      return parts;
    }
    if (!make_edge(from, reached)) {
      return parts;
    }
    std::vector<int>& ids = constraints[edge_key(from, reached)];
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
      ids.push_back(id);
    }
    parts.emplace_back(from, reached);
    from = reached;
  }
  return parts;
}

}  // namespace kiln::delaunay
