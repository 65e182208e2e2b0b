#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

/// The mesh behind core/delaunay.h.
namespace kiln::delaunay {

struct Point {
  double x = 0.0, y = 0.0;
};

/// Twice the area of the triangle, positive counter-clockwise.
double orientation(Point a, Point b, Point c);
inline double distance_between(Point a, Point b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

using EdgeKey = std::pair<int, int>;
inline EdgeKey edge_key(int a, int b) {
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

/// A Delaunay triangulation that can be constrained edge by edge.
class Triangulation {
public:
  std::vector<Point> points;
  std::vector<Triangle> triangles;
  std::map<EdgeKey, std::vector<int>> constraints;  ///< with the ids of the input
  double epsilon = 0.0;  ///< vertices that close to a constraint are taken to lie on it

  /// Triangulates the convex hull of `points`; none if they are all in line.
  void triangulate_points();
  /// The constraint from a to b; returns the edges it consists of, since it is cut where vertices
  /// lie on it and constraints cross it.
  std::vector<EdgeKey> insert_constraint(int a, int b, int id);

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

}  // namespace kiln::delaunay
