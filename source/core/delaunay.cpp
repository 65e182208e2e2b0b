#include "core/delaunay.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "core/delaunay_mesh.h"

namespace kiln {
namespace {

using delaunay::distance_between;
using delaunay::edge_key;
using delaunay::EdgeKey;
using delaunay::orientation;
using delaunay::Point;
using delaunay::Triangle;
using delaunay::Triangulation;

/// The triangles of a face: what can be reached from the left of its edge from a to b without
/// crossing the constraints that its edges, with ids from `first_id` to `last_id`, have become;
/// also around the outside of the hull.
std::vector<int> covered_triangles(const Triangulation& mesh, int a, int b, int first_id,
                                   int last_id) {
  const auto is_border = [&](int from, int to) {
    const auto found = mesh.constraints.find(edge_key(from, to));
    return found != mesh.constraints.end() &&
           std::any_of(found->second.begin(), found->second.end(),
                       [&](int id) { return id >= first_id && id <= last_id; });
  };
  if (!mesh.is_constraint(a, b)) {
    // Cut by a later constraint: the part that begins at a goes on in the same direction.
    const Point pa = mesh.points[std::size_t(a)], pb = mesh.points[std::size_t(b)];
    double nearest = distance_between(pa, pb);
    const int end = b;
    for (const auto& [key, ids] : mesh.constraints) {
      const int other = key.first == a ? key.second : (key.second == a ? key.first : end);
      const Point po = mesh.points[std::size_t(other)];
      const double along = ((po.x - pa.x) * (pb.x - pa.x) + (po.y - pa.y) * (pb.y - pa.y)) /
                           distance_between(pa, pb);
      if (other != end && is_border(a, other) && along > 0.0 && along < nearest &&
          std::abs(orientation(pa, pb, po)) <= (mesh.epsilon + 1e-12) * distance_between(pa, pb)) {
        nearest = along;
        b = other;
      }
    }
  }
  constexpr int outside = -1;
  std::vector<int> covered;
  std::vector<bool> is_covered(mesh.triangles.size(), false);
  bool is_outside_covered = false;
  std::vector<int> stack{mesh.triangle_left_of(a, b)};
  while (!stack.empty()) {
    const int i = stack.back();
    stack.pop_back();
    if (i == outside) {
      if (!is_outside_covered) {
        is_outside_covered = true;
        for (std::size_t j = 0; j < mesh.triangles.size(); ++j) {
          const Triangle& t = mesh.triangles[j];
          for (int side = 0; side < 3; ++side) {
            if (t.neighbours[side] == outside && !is_border(t.after(side), t.before(side))) {
              stack.push_back(int(j));
            }
          }
        }
      }
      continue;
    }
    if (is_covered[std::size_t(i)]) {
      continue;
    }
    is_covered[std::size_t(i)] = true;
    covered.push_back(i);
    const Triangle& t = mesh.triangles[std::size_t(i)];
    for (int side = 0; side < 3; ++side) {
      if (!is_border(t.after(side), t.before(side))) {
        stack.push_back(t.neighbours[side]);
      }
    }
  }
  return covered;
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

  /// The ring around both; empty where they share no edge, or more than one chain of edges.
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
    // Where the shared chain ends in a; with several chains the union would have a hole.
    std::size_t end = a.size(), chain_count = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (is_shared(i + a.size() - 1) && !is_shared(i)) {
        end = i;
        ++chain_count;
      }
    }
    if (chain_count != 1) {
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

/// What becomes of points that are all in line: edges from each to the next.
class LineOfPoints {
public:
  explicit LineOfPoints(const std::vector<Point>& points)
      : order_(points.size()), place_(points.size()) {
    std::iota(order_.begin(), order_.end(), 0);
    std::sort(order_.begin(), order_.end(), [&](int a, int b) {
      const Point p = points[std::size_t(a)], q = points[std::size_t(b)];
      return p.x != q.x ? p.x < q.x : p.y < q.y;
    });
    for (std::size_t i = 0; i < order_.size(); ++i) {
      place_[std::size_t(order_[i])] = int(i);
    }
    ids_.resize(order_.size());
  }

  void insert_constraint(int a, int b, int id) {
    const auto [first, last] = std::minmax(place_[std::size_t(a)], place_[std::size_t(b)]);
    for (int i = first; i < last; ++i) {
      ids_[std::size_t(i)].push_back(id);
    }
  }

  void write_edges(bool with_all, DelaunayResult& result) const {
    for (std::size_t i = 0; i + 1 < order_.size(); ++i) {
      if (with_all || !ids_[i].empty()) {
        result.edges.push_back({order_[i], order_[i + 1]});
        result.original_edges.push_back(ids_[i]);
      }
    }
  }

private:
  std::vector<int> order_;             ///< vertices along the line
  std::vector<int> place_;             ///< of each vertex in `order_`
  std::vector<std::vector<int>> ids_;  ///< of the edge that begins at each place
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
  LineOfPoints line(mesh.points);  // stands in where there are no triangles
  const auto insert = [&](int a, int b, int id) {
    if (a < 0 || b < 0 || a == b) {
      return std::vector<EdgeKey>();
    }
    if (mesh.triangles.empty()) {
      line.insert_constraint(a, b, id);
    } else {
      return mesh.insert_constraint(a, b, id);
    }
    return std::vector<EdgeKey>();
  };
  for (std::size_t i = 0; i < edges.size(); ++i) {
    insert(vertex_at(edges[i][0]), vertex_at(edges[i][1]), int(i));
  }
  std::vector<std::vector<EdgeKey>> last_edge_paths(faces.size());
  for (std::size_t f = 0; f < faces.size(); ++f) {
    const std::vector<int>& face = faces[f];
    for (std::size_t i = 0; i < face.size(); ++i) {
      const int id = int((f + 1) * std::size_t(result.face_edge_offset) + i);
      std::vector<EdgeKey> parts =
          insert(vertex_at(face[i]), vertex_at(face[(i + 1) % face.size()]), id);
      if (!parts.empty()) {
        last_edge_paths[f] = std::move(parts);
      }
    }
  }

  std::vector<std::vector<int>> faces_of(mesh.triangles.size());
  for (std::size_t f = 0; f < faces.size(); ++f) {
    if (!last_edge_paths[f].empty()) {
      const int first_id = int((f + 1) * std::size_t(result.face_edge_offset));
      const auto [a, b] = last_edge_paths[f].front();
      for (const int i :
           covered_triangles(mesh, a, b, first_id, first_id + int(faces[f].size()) - 1)) {
        faces_of[std::size_t(i)].push_back(int(f));
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
  if (mesh.triangles.empty()) {
    line.write_edges(output == DelaunayOutput::Full, result);
  }
  for (const Point p : mesh.points) {
    result.x.push_back(p.x);
    result.y.push_back(p.y);
  }
  result.original_vertices.resize(mesh.points.size());
  return result;
}

}  // namespace kiln
