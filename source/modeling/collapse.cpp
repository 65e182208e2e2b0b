#include "modeling/collapse.h"

#include <queue>

#include "modeling/interpolate.h"
#include "modeling/triangulate.h"

namespace kiln::modeling {
namespace {

/// The sum of squared distances from planes, as a quadratic function.
struct Quadric {
  double a2 = 0, ab = 0, ac = 0, ad = 0, b2 = 0, bc = 0, bd = 0, c2 = 0, cd = 0, d2 = 0;

  void add_plane(float3 normal, float3 point, double weight) {
    const double a = normal.x, b = normal.y, c = normal.z, d = -double(dot(normal, point));
    a2 += weight * a * a;
    ab += weight * a * b;
    ac += weight * a * c;
    ad += weight * a * d;
    b2 += weight * b * b;
    bc += weight * b * c;
    bd += weight * b * d;
    c2 += weight * c * c;
    cd += weight * c * d;
    d2 += weight * d * d;
  }
  Quadric& operator+=(const Quadric& q) {
    a2 += q.a2;
    ab += q.ab;
    ac += q.ac;
    ad += q.ad;
    b2 += q.b2;
    bc += q.bc;
    bd += q.bd;
    c2 += q.c2;
    cd += q.cd;
    d2 += q.d2;
    return *this;
  }
  double operator()(float3 p) const {
    const double x = p.x, y = p.y, z = p.z;
    return a2 * x * x + 2 * ab * x * y + 2 * ac * x * z + 2 * ad * x + b2 * y * y + 2 * bc * y * z +
           2 * bd * y + c2 * z * z + 2 * cd * z + d2;
  }
  /// The point where it is least, if there is one.
  bool least(float3* p) const {
    const double m00 = b2 * c2 - bc * bc, m01 = ac * bc - ab * c2, m02 = ab * bc - ac * b2;
    const double determinant = a2 * m00 + ab * m01 + ac * m02;
    const double size = a2 + b2 + c2;
    if (std::abs(determinant) < 1e-8 * size * size * size) {
      return false;
    }
    const double m11 = a2 * c2 - ac * ac, m12 = ab * ac - a2 * bc, m22 = a2 * b2 - ab * ab;
    *p = {float(-(m00 * ad + m01 * bd + m02 * cd) / determinant),
          float(-(m01 * ad + m11 * bd + m12 * cd) / determinant),
          float(-(m02 * ad + m12 * bd + m22 * cd) / determinant)};
    return is_finite(*p);
  }
};

struct Collapse {
  double cost;
  int a, b;
  int version_a, version_b;
  bool operator<(const Collapse& other) const {
    return cost > other.cost ||
           (cost == other.cost && std::pair(a, b) > std::pair(other.a, other.b));
  }
};

class Collapser {
public:
  Collapser(const Mesh& triangles, const CollapseSettings& settings)
      : mesh_(triangles),
        settings_(settings),
        positions_(triangles.positions().begin(), triangles.positions().end()),
        quadrics_(triangles.vertex_count()),
        versions_(triangles.vertex_count(), 0),
        faces_of_(triangles.vertex_count()),
        is_alive_(triangles.face_count(), 1),
        corners_(triangles.corner_vertices().begin(), triangles.corner_vertices().end()) {}

  /// Which triangles are left, and where vertices have gone.
  void run() {
    for (std::size_t f = 0; f < mesh_.face_count(); ++f) {
      const float3 n = mesh_.face_normals()[f];
      for (int k = 0; k < 3; ++k) {
        const int v = corners_[3 * f + std::size_t(k)];
        faces_of_[std::size_t(v)].push_back(int(f));
        quadrics_[std::size_t(v)].add_plane(n, place(v), 1.0);
      }
    }
    for (std::size_t e = 0; e < mesh_.edge_count(); ++e) {
      const std::span<const int> corners = mesh_.edge_corners()[e];
      if (corners.size() != 1) {
        continue;
      }
      const auto [a, b] = mesh_.edges()[e];
      const float3 n =
          mesh_.face_normals()[std::size_t(mesh_.corner_faces()[std::size_t(corners[0])])];
      const float3 side = normalize(cross(place(b) - place(a), n));
      constexpr double border_weight = 100.0;
      quadrics_[std::size_t(a)].add_plane(side, place(a), border_weight);
      quadrics_[std::size_t(b)].add_plane(side, place(a), border_weight);
    }
    std::size_t count = mesh_.face_count();
    const std::size_t wanted = std::size_t(double(count) * double(settings_.ratio));
    for (const int2 e : mesh_.edges()) {
      offer(e.x, e.y);
    }
    while (count > wanted && !heap_.empty()) {
      const Collapse top = heap_.top();
      heap_.pop();
      if (versions_[std::size_t(top.a)] != top.version_a ||
          versions_[std::size_t(top.b)] != top.version_b) {
        continue;
      }
      count -= collapse(top.a, top.b);
    }
  }

  Mesh build() const {
    std::vector<std::uint8_t> is_used(mesh_.vertex_count(), 0);
    std::vector<int> face_source, offsets{0}, corner_source;
    for (std::size_t f = 0; f < mesh_.face_count(); ++f) {
      if (!is_alive_[f]) {
        continue;
      }
      for (int k = 0; k < 3; ++k) {
        is_used[std::size_t(corners_[3 * f + std::size_t(k)])] = 1;
        corner_source.push_back(int(3 * f) + k);
      }
      offsets.push_back(int(corner_source.size()));
      face_source.push_back(int(f));
    }
    // Vertices without faces stay.
    for (std::size_t v = 0; v < mesh_.vertex_count(); ++v) {
      is_used[v] |= mesh_.vertex_corners()[v].empty();
    }
    std::vector<int> vertex_source, number(mesh_.vertex_count(), -1);
    for (std::size_t v = 0; v < is_used.size(); ++v) {
      if (is_used[v]) {
        number[v] = int(vertex_source.size());
        vertex_source.push_back(int(v));
      }
    }
    std::vector<int> corner_vertices;
    for (const int c : corner_source) {
      corner_vertices.push_back(number[std::size_t(corners_[std::size_t(c)])]);
    }
    std::vector<int2> edges;
    std::vector<int> edge_source;
    for (std::size_t e = 0; e < mesh_.edge_count(); ++e) {
      const int2 ends{number[std::size_t(mesh_.edges()[e].x)],
                      number[std::size_t(mesh_.edges()[e].y)]};
      if (ends.x >= 0 && ends.y >= 0 &&
          (mesh_.edge_corners()[e].empty() || share_face(mesh_.edges()[e].x, mesh_.edges()[e].y))) {
        edges.push_back(ends);
        edge_source.push_back(int(e));
      }
    }
    std::vector<float3> positions;
    for (const int v : vertex_source) {
      positions.push_back(positions_[std::size_t(v)]);
    }
    Mesh result = mesh_;
    result.attributes.gather(Domain::Point, vertex_source);
    result.attributes.gather(Domain::Edge, edge_source);
    result.attributes.gather(Domain::Face, face_source);
    result.attributes.gather(Domain::Corner, corner_source);
    result.attributes.remove(".custom_normal");
    result.weights = mesh_.weights.gathered(vertex_source);
    result.replace_geometry(Array<float3>(std::move(positions)), Array<int2>(std::move(edges)),
                            face_source.empty() ? Array<int>() : Array<int>(std::move(offsets)),
                            Array<int>(std::move(corner_vertices)), {});
    return result;
  }

private:
  float3 place(int v) const { return positions_[std::size_t(v)]; }

  bool share_face(int a, int b) const {
    for (const int f : faces_of_[std::size_t(a)]) {
      if (is_alive_[std::size_t(f)] && has_corner(f, b) && has_corner(f, a)) {
        return true;
      }
    }
    return false;
  }
  bool has_corner(int f, int v) const {
    const std::size_t c = 3 * std::size_t(f);
    return corners_[c] == v || corners_[c + 1] == v || corners_[c + 2] == v;
  }

  /// Where the two become one.
  float3 target(int a, int b) const {
    Quadric q = quadrics_[std::size_t(a)];
    q += quadrics_[std::size_t(b)];
    float3 p;
    const float3 middle = (place(a) + place(b)) * 0.5f;
    return q.least(&p) && distance(p, middle) <= 2 * distance(place(a), place(b)) ? p : middle;
  }

  void offer(int a, int b) {
    if (a > b) {
      std::swap(a, b);
    }
    Quadric q = quadrics_[std::size_t(a)];
    q += quadrics_[std::size_t(b)];
    double cost = std::max(q(target(a, b)), 0.0);
    // In a plane the shortest edges go first.
    cost += 1e-9 * double(length_squared(place(a) - place(b)));
    if (!settings_.weights.empty()) {
      const double weight =
          0.5 * double(settings_.weights[std::size_t(a)] + settings_.weights[std::size_t(b)]);
      cost = (cost + 1e-9) * (1.0 + weight * double(settings_.weight_factor) * 1e3);
    }
    if (std::isfinite(cost)) {
      heap_.push({cost, a, b, versions_[std::size_t(a)], versions_[std::size_t(b)]});
    }
  }

  std::vector<int> neighbours(int v) const {
    std::vector<int> result;
    for (const int f : faces_of_[std::size_t(v)]) {
      for (int k = 0; k < 3; ++k) {
        const int w = corners_[3 * std::size_t(f) + std::size_t(k)];
        if (w != v) {
          result.push_back(w);
        }
      }
    }
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
  }

  /// Number of triangles that vanish; 0 where the collapse would spoil the surface.
  std::size_t collapse(int a, int b) {
    std::vector<int> shared;
    for (const int f : faces_of_[std::size_t(a)]) {
      if (has_corner(f, b)) {
        shared.push_back(f);
      }
    }
    if (shared.empty()) {
      return 0;
    }
    // Vertices next to both must lie in the triangles between, or the surface would fold.
    const std::vector<int> of_a = neighbours(a), of_b = neighbours(b);
    std::vector<int> both;
    std::set_intersection(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(),
                          std::back_inserter(both));
    if (both.size() != shared.size()) {
      return 0;
    }
    const float3 p = target(a, b);
    for (const int v : {a, b}) {
      for (const int f : faces_of_[std::size_t(v)]) {
        if (std::find(shared.begin(), shared.end(), f) != shared.end()) {
          continue;
        }
        float3 old[3], fresh[3];
        for (int k = 0; k < 3; ++k) {
          const int w = corners_[3 * std::size_t(f) + std::size_t(k)];
          old[k] = place(w);
          fresh[k] = w == v ? p : old[k];
        }
        const float3 before = cross(old[1] - old[0], old[2] - old[0]);
        const float3 after = cross(fresh[1] - fresh[0], fresh[2] - fresh[0]);
        if (dot(normalize(before), normalize(after)) < 0.2f) {
          return 0;
        }
      }
    }
    positions_[std::size_t(a)] = p;
    quadrics_[std::size_t(a)] += quadrics_[std::size_t(b)];
    for (const int f : shared) {
      is_alive_[std::size_t(f)] = 0;
      for (int k = 0; k < 3; ++k) {
        const int w = corners_[3 * std::size_t(f) + std::size_t(k)];
        if (w != b) {
          std::vector<int>& list = faces_of_[std::size_t(w)];
          list.erase(std::remove(list.begin(), list.end(), f), list.end());
        }
      }
    }
    for (const int f : faces_of_[std::size_t(b)]) {
      if (!is_alive_[std::size_t(f)]) {
        continue;
      }
      for (int k = 0; k < 3; ++k) {
        int& w = corners_[3 * std::size_t(f) + std::size_t(k)];
        w = w == b ? a : w;
      }
      faces_of_[std::size_t(a)].push_back(f);
    }
    faces_of_[std::size_t(b)].clear();
    ++versions_[std::size_t(b)];
    ++versions_[std::size_t(a)];
    for (const int w : neighbours(a)) {
      offer(a, w);
    }
    return shared.size();
  }

  const Mesh& mesh_;
  const CollapseSettings& settings_;
  std::vector<float3> positions_;
  std::vector<Quadric> quadrics_;
  std::vector<int> versions_;
  std::vector<std::vector<int>> faces_of_;
  std::vector<std::uint8_t> is_alive_;
  std::vector<int> corners_;
  std::priority_queue<Collapse> heap_;
};

/// Joins pairs of triangles with the same number in "quad" into one face again.
Mesh join_pairs(const Mesh& mesh, const Array<int>& of_quad) {
  std::vector<int> partner_edge(mesh.face_count(), -1);
  for (std::size_t e = 0; e < mesh.edge_count(); ++e) {
    const std::span<const int> corners = mesh.edge_corners()[e];
    if (corners.size() != 2) {
      continue;
    }
    const std::size_t f = std::size_t(mesh.corner_faces()[std::size_t(corners[0])]);
    const std::size_t g = std::size_t(mesh.corner_faces()[std::size_t(corners[1])]);
    if (f != g && of_quad[f] >= 0 && of_quad[f] == of_quad[g] && partner_edge[f] < 0 &&
        partner_edge[g] < 0 &&
        mesh.corner_vertices()[std::size_t(corners[0])] !=
            mesh.corner_vertices()[std::size_t(corners[1])]) {
      partner_edge[f] = partner_edge[g] = int(e);
    }
  }
  std::vector<int> offsets{0}, corner_vertices, corner_source, face_source;
  for (std::size_t f = 0; f < mesh.face_count(); ++f) {
    const int e = partner_edge[f];
    if (e < 0) {
      for (int k = 0; k < 3; ++k) {
        corner_source.push_back(int(3 * f) + k);
      }
    } else {
      const std::span<const int> corners = mesh.edge_corners()[std::size_t(e)];
      const int c =
          mesh.corner_faces()[std::size_t(corners[0])] == int(f) ? corners[0] : corners[1];
      const int d = c == corners[0] ? corners[1] : corners[0];
      if (mesh.corner_faces()[std::size_t(d)] < int(f)) {
        continue;  // done with its partner
      }
      const auto after = [](int k) { return k % 3 == 2 ? k - 2 : k + 1; };
      for (const int k : {after(c), after(after(c)), after(d), after(after(d))}) {
        corner_source.push_back(k);
      }
    }
    offsets.push_back(int(corner_source.size()));
    face_source.push_back(int(f));
  }
  for (const int c : corner_source) {
    corner_vertices.push_back(mesh.corner_vertices()[std::size_t(c)]);
  }
  std::vector<std::uint8_t> is_gone(mesh.edge_count(), 0);
  for (const int e : partner_edge) {
    if (e >= 0) {
      is_gone[std::size_t(e)] = 1;
    }
  }
  std::vector<int> edge_source;
  std::vector<int2> edges;
  for (std::size_t e = 0; e < mesh.edge_count(); ++e) {
    if (!is_gone[e]) {
      edge_source.push_back(int(e));
      edges.push_back(mesh.edges()[e]);
    }
  }
  Mesh result = mesh;
  result.attributes.gather(Domain::Edge, edge_source);
  result.attributes.gather(Domain::Face, face_source);
  result.attributes.gather(Domain::Corner, corner_source);
  result.replace_geometry(mesh.positions(), Array<int2>(std::move(edges)),
                          face_source.empty() ? Array<int>() : Array<int>(std::move(offsets)),
                          Array<int>(std::move(corner_vertices)), {});
  return result;
}

}  // namespace

Mesh collapse_edges(const Mesh& mesh, const CollapseSettings& settings) {
  if (settings.ratio >= 1.0f || mesh.face_count() == 0) {
    return mesh;
  }
  for (std::size_t f = 0; f < mesh.face_count(); ++f) {
    if (mesh.face_size(f) < 3) {
      return mesh;
    }
  }
  for (const float3 p : mesh.positions()) {
    if (!is_finite(p)) {
      return mesh;
    }
  }
  // Which quad a triangle comes from travels along as an attribute.
  constexpr const char* quad_name = ".quad_of_triangle";
  Mesh marked = mesh;
  const std::span<int> quads =
      marked.attributes.ensure<int>(quad_name, Domain::Face, mesh.face_count()).edit();
  for (std::size_t f = 0; f < quads.size(); ++f) {
    quads[f] = mesh.face_size(f) == 4 ? int(f) : -1;
  }
  const Mesh triangles = triangulate(marked, {});
  Collapser collapser(triangles, settings);
  collapser.run();
  Mesh result = collapser.build();
  if (!settings.keeps_triangles) {
    const Array<int> of_quad = *result.attributes.find<int>(quad_name, Domain::Face);
    result = join_pairs(result, of_quad);
  }
  result.attributes.remove(quad_name);
  return result;
}

}  // namespace kiln::modeling
