#include "modeling/surface_map.h"

#include "core/tasks.h"
#include "modeling/triangle_tree.h"

namespace kiln::modeling {
namespace {

/// A few sources with weights.
using Share = std::vector<std::pair<int, float>>;

/// Computes the shares of all elements in parallel.
template <typename Compute>
Mixture mixture_of(std::size_t count, Compute&& compute) {
  std::vector<Share> shares(count);
  parallel_for(count, 256, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      shares[i] = compute(i);
    }
  });
  Mixture result;
  for (const Share& share : shares) {
    for (const auto& [source, weight] : share) {
      result.add(source, weight);
    }
    result.finish_element();
  }
  return result;
}

Mixture same_elements(std::size_t count, std::size_t source_count) {
  return mixture_of(count, [&](std::size_t i) {
    return count == source_count ? Share{{int(i), 1.0f}} : Share{};
  });
}

TriangleTree vertex_tree(const Mesh& mesh) {
  std::vector<int3> points;
  for (int v = 0; v < int(mesh.vertex_count()); ++v) {
    points.push_back({v, v, v});
  }
  return TriangleTree(mesh.positions(), std::move(points));
}

TriangleTree edge_tree(const Mesh& mesh) {
  std::vector<int3> lines;
  for (const int2 e : mesh.edges()) {
    lines.push_back({e.x, e.y, e.y});
  }
  return TriangleTree(mesh.positions(), std::move(lines));
}

TriangleTree face_tree(const Mesh& mesh) {
  return TriangleTree(mesh.positions(), std::vector<int3>(mesh.triangle_vertices().begin(),
                                                          mesh.triangle_vertices().end()));
}

int face_of(const Mesh& mesh, const TriangleTree::Hit& hit) {
  return mesh.triangles().faces[std::size_t(hit.triangle)];
}

/// Corners of a face, weighted for a point on it.
Share corners_of(const Mesh& mesh, int face, float3 p) {
  std::vector<float3> polygon;
  for (const int v : mesh.face_vertices(std::size_t(face))) {
    polygon.push_back(mesh.positions()[std::size_t(v)]);
  }
  const std::vector<float> weights = mean_value_weights(polygon, p);
  Share share;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    share.push_back({mesh.face_offsets()[std::size_t(face)] + int(i), weights[i]});
  }
  return share;
}

Share vertices_of(const Mesh& mesh, int face, float3 p) {
  Share share = corners_of(mesh, face, p);
  for (auto& [source, weight] : share) {
    source = mesh.corner_vertices()[std::size_t(source)];
  }
  return share;
}

/// The corner of a face that is nearest to a point.
int nearest_corner(const Mesh& mesh, int face, float3 p) {
  int best = -1;
  float best_distance = std::numeric_limits<float>::max();
  for (int c = mesh.face_offsets()[std::size_t(face)];
       c < mesh.face_offsets()[std::size_t(face) + 1]; ++c) {
    const int v = mesh.corner_vertices()[std::size_t(c)];
    const float d = length_squared(mesh.positions()[std::size_t(v)] - p);
    if (d < best_distance) {
      best_distance = d;
      best = c;
    }
  }
  return best;
}

}  // namespace

std::vector<float> mean_value_weights(std::span<const float3> polygon, float3 p) {
  const std::size_t n = polygon.size();
  std::vector<float> weights(n, 0.0f);
  // tan(half the angle) between the directions to a corner and the next.
  std::vector<float> tangents(n), distances(n);
  for (std::size_t i = 0; i < n; ++i) {
    const float3 a = polygon[i] - p, b = polygon[(i + 1) % n] - p;
    distances[i] = length(a);
    if (distances[i] < 1e-6f) {
      weights[i] = 1.0f;
      return weights;
    }
    const float area = length(cross(a, b)), cosine = dot(a, b);
    if (area < 1e-7f * std::max(length_squared(a), 1e-12f) && cosine < 0.0f) {
      // On the side itself.
      const float whole = distance(polygon[i], polygon[(i + 1) % n]);
      const float t = whole > 0.0f ? distances[i] / whole : 0.0f;
      std::fill(weights.begin(), weights.end(), 0.0f);
      weights[i] = 1.0f - t;
      weights[(i + 1) % n] = t;
      return weights;
    }
    tangents[i] = area > 0.0f ? (length(a) * length(b) - cosine) / area : 0.0f;
  }
  float sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    weights[i] = (tangents[(i + n - 1) % n] + tangents[i]) / distances[i];
    sum += weights[i];
  }
  for (float& w : weights) {
    w = sum > 0.0f ? w / sum : 1.0f / float(n);
  }
  return weights;
}

Mixture map_vertices(const Mesh& source, VertexMap map, std::span<const float3> positions,
                     std::span<const float3> directions, float max_distance) {
  switch (map) {
    case VertexMap::Topology:
      return same_elements(positions.size(), source.vertex_count());
    case VertexMap::Nearest: {
      const TriangleTree tree = vertex_tree(source);
      return mixture_of(positions.size(), [&](std::size_t v) {
        const TriangleTree::Hit hit = tree.nearest(positions[v], max_distance);
        return hit ? Share{{hit.triangle, 1.0f}} : Share{};
      });
    }
    case VertexMap::EdgeNearest:
    case VertexMap::EdgeInterpolated: {
      const TriangleTree tree = edge_tree(source);
      return mixture_of(positions.size(), [&](std::size_t v) {
        const TriangleTree::Hit hit = tree.nearest(positions[v], max_distance);
        if (!hit) {
          return Share{};
        }
        const int2 e = source.edges()[std::size_t(hit.triangle)];
        const float t = hit.weights.y + hit.weights.z;
        if (map == VertexMap::EdgeInterpolated) {
          return Share{{e.x, 1.0f - t}, {e.y, t}};
        }
        return Share{{t > 0.5f ? e.y : e.x, 1.0f}};
      });
    }
    case VertexMap::FaceNearest:
    case VertexMap::FaceInterpolated: {
      const TriangleTree tree = face_tree(source);
      return mixture_of(positions.size(), [&](std::size_t v) {
        const TriangleTree::Hit hit = tree.nearest(positions[v], max_distance);
        if (!hit) {
          return Share{};
        }
        const int face = face_of(source, hit);
        if (map == VertexMap::FaceInterpolated) {
          return vertices_of(source, face, hit.position);
        }
        const int corner = nearest_corner(source, face, hit.position);
        return corner < 0 ? Share{} : Share{{source.corner_vertices()[std::size_t(corner)], 1.0f}};
      });
    }
    case VertexMap::AlongNormal: {
      const TriangleTree tree = face_tree(source);
      return mixture_of(positions.size(), [&](std::size_t v) {
        TriangleTree::Hit best;
        for (const float sign : {1.0f, -1.0f}) {
          const TriangleTree::Hit hit = tree.cast(positions[v], directions[v] * sign, max_distance);
          if (hit && (!best || hit.distance < best.distance)) {
            best = hit;
          }
        }
        return best ? vertices_of(source, face_of(source, best), best.position) : Share{};
      });
    }
  }
  return {};
}

Mixture map_edges(const Mesh& source, EdgeMap map, std::span<const float3> positions,
                  std::span<const int2> edges, float max_distance) {
  const auto middle = [&](std::size_t e) {
    return (positions[std::size_t(edges[e].x)] + positions[std::size_t(edges[e].y)]) * 0.5f;
  };
  const auto source_middle = [&](int e) {
    const int2 ends = source.edges()[std::size_t(e)];
    return (source.positions()[std::size_t(ends.x)] + source.positions()[std::size_t(ends.y)]) *
           0.5f;
  };
  const auto nearest_of = [&](std::span<const int> candidates, float3 p) {
    Share best;
    float best_distance = std::numeric_limits<float>::max();
    for (const int e : candidates) {
      const float d = length_squared(source_middle(e) - p);
      if (d < best_distance) {
        best_distance = d;
        best = {{e, 1.0f}};
      }
    }
    return best;
  };
  switch (map) {
    case EdgeMap::Topology:
      return same_elements(edges.size(), source.edge_count());
    case EdgeMap::VertexNearest: {
      // Of the edges at the vertices nearest to both ends, the one that fits the other end best.
      const TriangleTree tree = vertex_tree(source);
      return mixture_of(edges.size(), [&](std::size_t e) {
        Share best;
        float best_distance = std::numeric_limits<float>::max();
        const int ends[] = {edges[e].x, edges[e].y};
        for (int k = 0; k < 2; ++k) {
          const TriangleTree::Hit hit = tree.nearest(positions[std::size_t(ends[k])], max_distance);
          if (!hit) {
            continue;
          }
          for (const int s : source.vertex_edges()[std::size_t(hit.triangle)]) {
            const int2 of = source.edges()[std::size_t(s)];
            const int other = of.x == hit.triangle ? of.y : of.x;
            const float d = length_squared(source.positions()[std::size_t(other)] -
                                           positions[std::size_t(ends[1 - k])]);
            if (d < best_distance) {
              best_distance = d;
              best = {{s, 1.0f}};
            }
          }
        }
        return best;
      });
    }
    case EdgeMap::Nearest: {
      const TriangleTree tree = edge_tree(source);
      return mixture_of(edges.size(), [&](std::size_t e) {
        const TriangleTree::Hit hit = tree.nearest(middle(e), max_distance);
        return hit ? Share{{hit.triangle, 1.0f}} : Share{};
      });
    }
    case EdgeMap::FaceNearest: {
      const TriangleTree tree = face_tree(source);
      return mixture_of(edges.size(), [&](std::size_t e) {
        const TriangleTree::Hit hit = tree.nearest(middle(e), max_distance);
        if (!hit) {
          return Share{};
        }
        const std::size_t f = std::size_t(face_of(source, hit));
        return nearest_of(
            source.corner_edges().span().subspan(std::size_t(source.face_offsets()[f]),
                                                 std::size_t(source.face_size(f))),
            middle(e));
      });
    }
  }
  return {};
}

Mixture map_corners(const Mesh& source, const Mesh& mesh, CornerMap map,
                    std::span<const float3> positions, std::span<const float3> face_directions,
                    std::span<const float3> corner_directions, float max_distance) {
  const auto place = [&](std::size_t c) {
    return positions[std::size_t(mesh.corner_vertices()[c])];
  };
  switch (map) {
    case CornerMap::Topology:
      return same_elements(mesh.corner_count(), source.corner_count());
    case CornerMap::NearestNormal:
    case CornerMap::NearestFaceNormal: {
      const TriangleTree tree = vertex_tree(source);
      const Array<float3> normals =
          map == CornerMap::NearestNormal ? source.corner_normals() : Array<float3>();
      return mixture_of(mesh.corner_count(), [&](std::size_t c) {
        const TriangleTree::Hit hit = tree.nearest(place(c), max_distance);
        Share best;
        if (!hit) {
          return best;
        }
        const float3 wanted = map == CornerMap::NearestNormal
                                  ? corner_directions[c]
                                  : face_directions[std::size_t(mesh.corner_faces()[c])];
        float best_fit = -2.0f;
        for (const int s : source.vertex_corners()[std::size_t(hit.triangle)]) {
          const std::size_t f = std::size_t(source.corner_faces()[std::size_t(s)]);
          const float fit = dot(wanted, map == CornerMap::NearestNormal ? normals[std::size_t(s)]
                                                                        : source.face_normals()[f]);
          if (fit > best_fit) {
            best_fit = fit;
            best = {{s, 1.0f}};
          }
        }
        return best;
      });
    }
    case CornerMap::NearestFace:
    case CornerMap::FaceInterpolated: {
      const TriangleTree tree = face_tree(source);
      return mixture_of(mesh.corner_count(), [&](std::size_t c) {
        const TriangleTree::Hit hit = tree.nearest(place(c), max_distance);
        if (!hit) {
          return Share{};
        }
        const int face = face_of(source, hit);
        if (map == CornerMap::FaceInterpolated) {
          return corners_of(source, face, hit.position);
        }
        const int corner = nearest_corner(source, face, place(c));
        return corner < 0 ? Share{} : Share{{corner, 1.0f}};
      });
    }
  }
  return {};
}

Mixture map_faces(const Mesh& source, FaceMap map, std::span<const float3> centers,
                  std::span<const float3> directions, float max_distance) {
  if (map == FaceMap::Topology) {
    return same_elements(centers.size(), source.face_count());
  }
  const TriangleTree tree = face_tree(source);
  return mixture_of(centers.size(), [&](std::size_t f) {
    const TriangleTree::Hit hit = tree.nearest(centers[f], max_distance);
    if (!hit) {
      return Share{};
    }
    int face = face_of(source, hit);
    if (map == FaceMap::Normal) {
      // Around the nearest face, the one that looks the same way.
      float best_fit = dot(directions[f], source.face_normals()[std::size_t(face)]);
      for (const int v : source.face_vertices(std::size_t(face))) {
        for (const int c : source.vertex_corners()[std::size_t(v)]) {
          const int other = source.corner_faces()[std::size_t(c)];
          const float fit = dot(directions[f], source.face_normals()[std::size_t(other)]);
          if (fit > best_fit) {
            best_fit = fit;
            face = other;
          }
        }
      }
    }
    return Share{{face, 1.0f}};
  });
}

}  // namespace kiln::modeling
