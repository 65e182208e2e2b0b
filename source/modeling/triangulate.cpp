#include "modeling/triangulate.h"

#include <atomic>

#include "core/tasks.h"
#include "core/triangulate.h"

namespace kiln::modeling {

std::vector<EnumItem> quad_method_items() {
  return {
      {"BEAUTY", "Beauty", 0, "Split the quads in nice triangles, slower method"},
      {"FIXED", "Fixed", 1, "Split the quads on the first and third vertices"},
      {"FIXED_ALTERNATE", "Fixed Alternate", 2, "Split the quads on the 2nd and 4th vertices"},
      {"SHORTEST_DIAGONAL", "Shortest Diagonal", 3,
       "Split the quads along their shortest diagonal"},
      {"LONGEST_DIAGONAL", "Longest Diagonal", 4, "Split the quads along their longest diagonal"}};
}

std::vector<EnumItem> ngon_method_items() {
  return {{"BEAUTY", "Beauty", 0, "Arrange the new triangles evenly"},
          {"CLIP", "Clip", 1, "Split the polygons with an ear clipping algorithm"}};
}

namespace {

/// How compact the triangle is: area over circumference, which is larger the nearer it is to an
/// equilateral one of its size.
float compactness(float2 a, float2 b, float2 c) {
  const float circumference = length(b - a) + length(c - b) + length(a - c);
  return circumference > 0.0f ? 0.5f * std::abs(cross(b - a, c - a)) / circumference : 0.0f;
}

/// Gain in compactness when the diagonal a-c of the quad a b c d is replaced by b-d; negative
/// infinity where that is not possible.
float turning_gain(float2 a, float2 b, float2 c, float2 d) {
  const bool is_convex = (cross(b - a, d - a) > 0) == (cross(c - b, a - b) > 0) &&
                         (cross(b - a, d - a) > 0) == (cross(d - c, b - c) > 0) &&
                         (cross(b - a, d - a) > 0) == (cross(a - d, c - d) > 0);
  if (!is_convex) {
    return -std::numeric_limits<float>::infinity();
  }
  return (compactness(a, b, d) + compactness(b, c, d)) -
         (compactness(a, b, c) + compactness(a, c, d));
}

/// Turns diagonals of a triangulated polygon for as long as that makes triangles more compact, the
/// most rewarding first.
void beautify(std::span<const float2> polygon, std::span<int3> triangles) {
  struct Side {
    int triangle, corner;
  };
  const int n = int(polygon.size());
  // Triangles on both sides of every diagonal, found anew after each turn: polygons are small.
  const auto is_outline = [&](int a, int b) { return (a + 1) % n == b || (b + 1) % n == a; };
  const auto find_other = [&](std::size_t self, int a, int b) -> Side {
    for (std::size_t t = 0; t < triangles.size(); ++t) {
      for (int k = 0; k < 3 && t != self; ++k) {
        if (triangles[t][k] == b && triangles[t][(k + 1) % 3] == a) {
          return {int(t), k};
        }
      }
    }
    return {-1, 0};
  };
  const std::size_t most_turns = 4 * triangles.size() * triangles.size() + 16;
  for (std::size_t turn = 0; turn < most_turns; ++turn) {
    float best_gain = 1e-6f;
    std::size_t best_triangle = 0;
    int best_corner = -1;
    Side best_other{};
    for (std::size_t t = 0; t < triangles.size(); ++t) {
      for (int k = 0; k < 3; ++k) {
        const int a = triangles[t][k], b = triangles[t][(k + 1) % 3], c = triangles[t][(k + 2) % 3];
        if (a > b || is_outline(a, b)) {
          continue;
        }
        const Side other = find_other(t, a, b);
        if (other.triangle < 0) {
          continue;
        }
        const int d = triangles[std::size_t(other.triangle)][(other.corner + 2) % 3];
        const float gain = turning_gain(polygon[std::size_t(a)], polygon[std::size_t(d)],
                                        polygon[std::size_t(b)], polygon[std::size_t(c)]);
        if (gain > best_gain) {
          best_gain = gain;
          best_triangle = t;
          best_corner = k;
          best_other = other;
        }
      }
    }
    if (best_corner < 0) {
      return;
    }
    int3& t = triangles[best_triangle];
    int3& o = triangles[std::size_t(best_other.triangle)];
    const int a = t[best_corner], b = t[(best_corner + 1) % 3], c = t[(best_corner + 2) % 3];
    const int d = o[(best_other.corner + 2) % 3];
    t = {a, d, c};
    o = {d, b, c};
  }
}

/// Whether a quad is cut from its second to its fourth corner.
bool is_cut_at_second(QuadMethod method, float3 a, float3 b, float3 c, float3 d) {
  switch (method) {
    case QuadMethod::Fixed:
      return false;
    case QuadMethod::FixedAlternate:
      return true;
    case QuadMethod::ShortestDiagonal:
      return length_squared(d - b) <= length_squared(c - a);
    case QuadMethod::LongestDiagonal:
      return length_squared(d - b) > length_squared(c - a);
    case QuadMethod::Beauty:
      break;
  }
  const float3 normal = normalize(cross(c - a, d - b));
  if (normal == float3{}) {
    return false;
  }
  float3 u, v;
  plane_basis(normal, &u, &v);
  const auto flat = [&](float3 p) { return float2{dot(p, u), dot(p, v)}; };
  const float gain = turning_gain(flat(a), flat(b), flat(c), flat(d));
  if (std::isfinite(gain)) {
    return gain > 0.0f;
  }
  // Concave: the diagonal at the inward corner is the only one inside.
  return dot(cross(c - a, b - a), cross(c - a, d - a)) > 0.0f;
}

/// Whether an edge from `first_new` on joins the same vertices as another one: where quads overlap,
/// diagonals may coincide.
bool has_doubled_edges(std::span<const int2> edges, std::size_t first_new, std::size_t vertices) {
  std::vector<int> lower(edges.size());
  parallel_for(edges.size(), 1 << 16, [&](std::size_t begin, std::size_t end) {
    for (std::size_t e = begin; e < end; ++e) {
      lower[e] = std::min(edges[e].x, edges[e].y);
    }
  });
  const Adjacency at_vertex = invert(lower, vertices);
  std::atomic_bool is_found{false};
  parallel_for(vertices, 1 << 14, [&](std::size_t begin, std::size_t end) {
    for (std::size_t v = begin; v < end; ++v) {
      const std::span<const int> bucket = at_vertex[v];
      for (std::size_t i = bucket.size(); i-- > 0 && std::size_t(bucket[i]) >= first_new;) {
        const int2 e = edges[std::size_t(bucket[i])];
        for (std::size_t k = 0; k < i; ++k) {
          const int2 other = edges[std::size_t(bucket[k])];
          if (std::max(other.x, other.y) == std::max(e.x, e.y)) {
            is_found.store(true, std::memory_order_relaxed);
          }
        }
      }
    }
  });
  return is_found;
}

/// Triangles of one face as corners counted from its first.
class FaceCutter {
public:
  FaceCutter(const Mesh& mesh, const TriangulateSettings& settings)
      : mesh_(mesh), settings_(settings) {}

  std::span<const int3> cut(std::size_t face) {
    const std::span<const int> vertices = mesh_.face_vertices(face);
    const float3* p = mesh_.positions().data();
    triangles_.clear();
    if (vertices.size() == 4) {
      if (is_cut_at_second(settings_.quad_method, p[vertices[0]], p[vertices[1]], p[vertices[2]],
                           p[vertices[3]])) {
        triangles_ = {{1, 2, 3}, {1, 3, 0}};
      } else {
        triangles_ = {{0, 1, 2}, {0, 2, 3}};
      }
      return triangles_;
    }
    float3 u, v;
    plane_basis(mesh_.face_normals().data()[face], &u, &v);
    flat_.resize(vertices.size());
    for (std::size_t i = 0; i < vertices.size(); ++i) {
      flat_[i] = {dot(p[vertices[i]], u), dot(p[vertices[i]], v)};
    }
    triangulate_polygon(flat_, triangles_);
    if (settings_.ngon_method == NgonMethod::Beauty) {
      beautify(flat_, triangles_);
    }
    // The last one takes the face's place; it begins with the first corner of the face it has.
    int3& last = triangles_.back();
    const int lowest = std::min({last.x, last.y, last.z});
    while (last.x != lowest) {
      last = {last.y, last.z, last.x};
    }
    return triangles_;
  }

private:
  const Mesh& mesh_;
  const TriangulateSettings& settings_;
  std::vector<float2> flat_;
  std::vector<int3> triangles_;
};

}  // namespace

Mesh triangulate(const Mesh& mesh, const TriangulateSettings& settings,
                 std::span<const std::uint8_t> is_included) {
  const std::size_t faces = mesh.face_count();
  const auto is_cut = [&](std::size_t f) {
    return mesh.face_size(f) >= std::max(settings.min_vertices, 4) &&
           (is_included.empty() || is_included[f]);
  };
  // The last triangle of a face takes its place, the others follow after all faces; so do diagonals
  // after all edges.
  std::vector<int> new_corners(faces + 1, 0), added_faces(faces + 1, 0),
      new_edges(faces + 1, int(mesh.edge_count()));
  for (std::size_t f = 0; f < faces; ++f) {
    const int size = mesh.face_size(f), cuts = is_cut(f);
    new_corners[f + 1] = new_corners[f] + (cuts ? 3 : size);
    added_faces[f + 1] = added_faces[f] + (cuts ? size - 3 : 0);
    new_edges[f + 1] = new_edges[f] + (cuts ? size - 3 : 0);
  }
  const std::size_t face_count = faces + std::size_t(added_faces.back());
  if (face_count == faces) {
    return mesh;
  }
  const std::size_t kept_corners = std::size_t(new_corners.back());
  const std::size_t corner_count = kept_corners + 3 * std::size_t(added_faces.back());

  Array<int> offsets(face_count + 1), corner_vertices(corner_count), corner_edges(corner_count);
  Array<int2> edges = mesh.edges();
  edges.resize(std::size_t(new_edges.back()));
  const std::span<int> o = offsets.edit(), cv = corner_vertices.edit(), ce = corner_edges.edit();
  const std::span<int2> e = edges.edit();
  std::vector<int> face_source(face_count), corner_source(corner_count);
  o.back() = int(corner_count);
  mesh.face_normals();
  parallel_for(faces, 1 << 12, [&](std::size_t begin, std::size_t end) {
    FaceCutter cutter(mesh, settings);
    std::vector<int2> diagonals;
    for (std::size_t f = begin; f < end; ++f) {
      const int first = mesh.face_offsets().data()[f],
                size = mesh.face_offsets().data()[f + 1] - first;
      const int* old_vertices = mesh.corner_vertices().data() + first;
      const int* old_edges = mesh.corner_edges().data() + first;
      o[f] = new_corners[f];
      face_source[f] = int(f);
      if (!is_cut(f)) {
        for (int i = 0; i < size; ++i) {
          const std::size_t corner = std::size_t(new_corners[f] + i);
          corner_source[corner] = first + i;
          cv[corner] = old_vertices[i];
          ce[corner] = old_edges[i];
        }
        continue;
      }
      diagonals.clear();
      const std::span<const int3> triangles = cutter.cut(f);
      for (std::size_t t = 0; t < triangles.size(); ++t) {
        const bool is_last = t + 1 == triangles.size();
        const std::size_t added = std::size_t(added_faces[f]) + t;
        std::size_t corner = is_last ? std::size_t(new_corners[f]) : kept_corners + 3 * added;
        if (!is_last) {
          o[faces + added] = int(corner);
          face_source[faces + added] = int(f);
        }
        for (int k = 0; k < 3; ++k, ++corner) {
          const int from = triangles[t][k], to = triangles[t][(k + 1) % 3];
          corner_source[corner] = first + from;
          cv[corner] = old_vertices[from];
          if ((from + 1) % size == to) {
            ce[corner] = old_edges[from];
            continue;
          }
          const int2 diagonal{std::min(from, to), std::max(from, to)};
          auto known = std::find(diagonals.begin(), diagonals.end(), diagonal);
          if (known == diagonals.end()) {
            diagonals.push_back(diagonal);
            known = diagonals.end() - 1;
            const std::size_t edge = std::size_t(new_edges[f]) + diagonals.size() - 1;
            if (edge < std::size_t(new_edges[f + 1])) {
              e[edge] = {old_vertices[from], old_vertices[to]};
            }
          }
          // More diagonals than a simple polygon has can only come from one that overlaps itself.
          ce[corner] =
              std::min(new_edges[f] + int(known - diagonals.begin()), new_edges[f + 1] - 1);
        }
      }
    }
  });

  Mesh result = mesh;
  result.attributes.resize(Domain::Edge, edges.size());
  result.attributes.gather(Domain::Face, face_source);
  result.attributes.gather(Domain::Corner, corner_source);
  result.replace_geometry(mesh.positions(), std::move(edges), std::move(offsets),
                          std::move(corner_vertices), std::move(corner_edges));
  if (has_doubled_edges(result.edges(), mesh.edge_count(), result.vertex_count())) {
    result.validate();
  } else if (settings.keep_custom_normals && mesh.use_auto_smooth) {
    result.set_custom_normals(gather(mesh.corner_normals(), corner_source));
  }
  return result;
}

}  // namespace kiln::modeling
