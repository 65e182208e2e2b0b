#include <numbers>
#include <numeric>

#include "core/tasks.h"
#include "modeling/modifiers/solidify_modes.h"

// The simple mode: every vertex is doubled along its normal.
namespace kiln::modeling {
namespace {

/// How much longer a way at `angle` (as a cosine) to a direction is than its part along it;
/// limited, as it grows without bound.
float slant(float cosine) {
  return 1.0f / std::max(std::abs(cosine), 1e-4f);
}

/// Normals from edges: each edge pulls toward the middle of its faces, the more the sharper it is.
/// Unlike normals from faces they do not change when a flat part is cut into more faces.
std::vector<float3> normals_from_edges(const Mesh& mesh) {
  const Array<float3>& of_faces = mesh.face_normals();
  const Array<int>& corner_faces = mesh.corner_faces();
  std::vector<float3> of_edges(mesh.edge_count());
  parallel_for(of_edges.size(), 1 << 13, [&](std::size_t begin, std::size_t end) {
    for (std::size_t e = begin; e < end; ++e) {
      const std::span<const int> corners = mesh.edge_corners()[e];
      if (corners.size() == 1) {
        of_edges[e] =
            of_faces.data()[corner_faces.data()[corners[0]]] * float(std::numbers::pi / 2);
      } else if (corners.size() == 2) {
        const float3 a = of_faces.data()[corner_faces.data()[corners[0]]];
        const float3 b = of_faces.data()[corner_faces.data()[corners[1]]];
        of_edges[e] = normalize(a + b) * std::acos(std::clamp(dot(a, b), -1.0f, 1.0f));
      }
    }
  });
  std::vector<float3> result(mesh.vertex_count());
  parallel_for(result.size(), 1 << 13, [&](std::size_t begin, std::size_t end) {
    for (std::size_t v = begin; v < end; ++v) {
      float3 sum;
      for (const int e : mesh.vertex_edges()[v]) {
        sum += of_edges[std::size_t(e)];
      }
      const float size = length(sum);
      result[v] = size > 1e-4f ? sum / size : mesh.vertex_normals()[v];
    }
  });
  return result;
}

/// Distance along the vertex normal per unit of thickness that moves the faces by about that unit:
/// faces weighted by how far their outline turns at the vertex.
std::vector<float> even_factors(const Mesh& mesh, std::span<const float3> normals,
                                std::span<const float> face_weights) {
  std::vector<float> result(mesh.vertex_count(), 1.0f);
  const Array<float3>& of_faces = mesh.face_normals();
  parallel_for(result.size(), 1 << 12, [&](std::size_t begin, std::size_t end) {
    for (std::size_t v = begin; v < end; ++v) {
      float angles = 0, sum = 0;
      for (const int c : mesh.vertex_corners()[v]) {
        const std::size_t f = std::size_t(mesh.corner_faces().data()[c]);
        const std::span<const int> face = mesh.face_vertices(f);
        const std::size_t i = std::size_t(c - mesh.face_offsets().data()[f]);
        const float3 p = mesh.positions().data()[v];
        const float3 before =
            normalize(mesh.positions().data()[face[i == 0 ? face.size() - 1 : i - 1]] - p);
        const float3 after =
            normalize(mesh.positions().data()[face[i + 1 == face.size() ? 0 : i + 1]] - p);
        const float angle =
            std::max(std::acos(std::clamp(-dot(before, after), -1.0f, 1.0f)), 1e-7f);
        angles += angle;
        sum += slant(dot(normals[v], of_faces.data()[f])) * angle *
               (face_weights.empty() ? 1.0f : face_weights[f]);
      }
      if (angles > 0.0f) {
        result[v] = sum / angles;
      }
    }
  });
  return result;
}

}  // namespace

Mesh solidify_extrude(const Mesh& mesh, const SolidifyModifier& settings) {
  const std::size_t vertices = mesh.vertex_count(), edges = mesh.edge_count();
  const std::size_t faces = mesh.face_count(), corners = mesh.corner_count();
  const bool has_shell = !(settings.use_rim && settings.use_rim_only);

  // Open edges get a rim: those of exactly one face.
  std::vector<int> rim_edges, rim_corners;
  std::vector<std::uint8_t> is_rim_vertex(vertices, 0);
  const Adjacency& edge_corners = mesh.edge_corners();
  for (std::size_t e = 0; e < edges; ++e) {
    if (edge_corners.offsets.data()[e + 1] - edge_corners.offsets.data()[e] == 1) {
      rim_edges.push_back(int(e));
      rim_corners.push_back(edge_corners[e][0]);
      is_rim_vertex[std::size_t(mesh.edges().data()[e].x)] = 1;
      is_rim_vertex[std::size_t(mesh.edges().data()[e].y)] = 1;
    }
  }

  // How far each vertex goes, as a share of the thickness.
  std::vector<float3> directions;
  if (settings.use_quality_normals) {
    directions = normals_from_edges(mesh);
  } else {
    directions.assign(mesh.vertex_normals().begin(), mesh.vertex_normals().end());
  }
  std::vector<float> shares(vertices, 1.0f), face_weights;
  const std::vector<float> weights =
      group_weights(mesh, settings.vertex_group, settings.invert_vertex_group);
  if (!weights.empty()) {
    const auto share = [&](float w) { return lerp(settings.thickness_vertex_group, 1.0f, w); };
    for (std::size_t v = 0; v < vertices; ++v) {
      shares[v] = share(weights[v]);
    }
    if (settings.use_flat_faces && settings.use_even_offset) {
      face_weights.assign(faces, 1.0f);
      for (std::size_t f = 0; f < faces; ++f) {
        for (const int v : mesh.face_vertices(f)) {
          face_weights[f] = std::min(face_weights[f], shares[std::size_t(v)]);
        }
      }
      shares.assign(vertices, 1.0f);
    }
  }
  if (settings.use_even_offset) {
    const std::vector<float> even = even_factors(mesh, directions, face_weights);
    for (std::size_t v = 0; v < vertices; ++v) {
      shares[v] *= even[v];
    }
  }
  if (settings.thickness_clamp > 0.0f && settings.thickness != 0.0f) {
    const float limit = std::abs(settings.thickness) * settings.thickness_clamp;
    for (std::size_t v = 0; v < vertices; ++v) {
      float shortest = std::numeric_limits<float>::infinity();
      for (const int e : mesh.vertex_edges()[v]) {
        const int2 ends = mesh.edges()[std::size_t(e)];
        const float3 along =
            mesh.positions()[std::size_t(ends.x)] - mesh.positions()[std::size_t(ends.y)];
        // With angles: how far the vertex may go until it passes the end of the edge.
        const float size = length(along), toward = std::abs(dot(along, directions[v]));
        shortest = std::min(shortest, settings.use_thickness_angle_clamp
                                          ? size * size / std::max(toward, 1e-6f * size)
                                          : size);
      }
      shares[v] *= std::min(1.0f, shortest / limit);
    }
  }

  // Copies: every vertex, or those on the rim, at the end.
  std::vector<int> vertex_source(vertices), copy_of(vertices, -1);
  std::iota(vertex_source.begin(), vertex_source.end(), 0);
  for (std::size_t v = 0; v < vertices; ++v) {
    if (has_shell || is_rim_vertex[v]) {
      copy_of[v] = int(vertex_source.size());
      vertex_source.push_back(int(v));
    }
  }
  Array<float3> positions(vertex_source.size());
  {
    float inside = -(1.0f - settings.offset) * 0.5f * settings.thickness;
    float outside = settings.thickness + inside;
    // The original's side of the shell is always the outer one, so that its faces look outward.
    if (settings.use_flip_normals != (settings.thickness < 0.0f)) {
      std::swap(inside, outside);
    }
    const std::span<float3> p = positions.edit();
    parallel_for(vertices, 1 << 14, [&](std::size_t begin, std::size_t end) {
      for (std::size_t v = begin; v < end; ++v) {
        const float3 direction = directions[v] * shares[v];
        p[v] = mesh.positions().data()[v] + direction * outside;
        if (copy_of[v] >= 0) {
          p[std::size_t(copy_of[v])] = mesh.positions().data()[v] + direction * inside;
        }
      }
    });
  }

  std::vector<int> edge_source(edges), edge_copy(edges, -1);
  std::iota(edge_source.begin(), edge_source.end(), 0);
  const std::size_t copied_edges = has_shell ? edges : rim_edges.size();
  const bool has_rim = settings.use_rim;
  std::vector<int> connector(vertices, -1);
  std::vector<int2> new_edges(edges + copied_edges);
  {
    int2* e = std::copy(mesh.edges().begin(), mesh.edges().end(), new_edges.data()) - edges;
    for (std::size_t i = 0; i < copied_edges; ++i) {
      const int source = has_shell ? int(i) : rim_edges[i];
      const int2 ends = mesh.edges().data()[source];
      e[edges + i] = {copy_of[std::size_t(ends.x)], copy_of[std::size_t(ends.y)]};
      edge_copy[std::size_t(source)] = int(edges + i);
      edge_source.push_back(source);
    }
  }
  if (has_rim) {
    for (std::size_t v = 0; v < vertices; ++v) {
      if (is_rim_vertex[v]) {
        connector[v] = int(new_edges.size());
        new_edges.push_back({int(v), copy_of[v]});
        edge_source.push_back(-1);
      }
    }
  }

  // Faces: the originals, the copies turned around, the rim.
  const std::size_t shell_faces = has_shell ? faces : 0, shell_corners = has_shell ? corners : 0;
  const std::size_t rim_faces = has_rim ? rim_edges.size() : 0;
  const std::size_t all_faces = faces + shell_faces + rim_faces,
                    all_corners = corners + shell_corners + 4 * rim_faces;
  Array<int> offsets(all_faces == 0 ? 0 : all_faces + 1), corner_vertices(all_corners),
      corner_edges(all_corners);
  std::vector<int> face_source(all_faces), corner_source(all_corners);
  const std::span<int> o = offsets.edit(), cv = corner_vertices.edit(), ce = corner_edges.edit();
  parallel_for(faces, 1 << 13, [&](std::size_t begin, std::size_t end) {
    for (std::size_t f = begin; f < end; ++f) {
      const int first = mesh.face_offsets().data()[f],
                size = mesh.face_offsets().data()[f + 1] - first;
      const int *old_vertices = mesh.corner_vertices().data() + first,
                *old_edges = mesh.corner_edges().data() + first;
      face_source[f] = int(f);
      o[f] = first;
      for (int i = 0; i < size; ++i) {
        const std::size_t to = std::size_t(first + i);
        corner_source[to] = first + i;
        cv[to] = old_vertices[i];
        ce[to] = old_edges[i];
      }
      if (!has_shell) {
        continue;
      }
      face_source[faces + f] = int(f);
      o[faces + f] = int(corners) + first;
      for (int i = 0; i < size; ++i) {
        const std::size_t to = corners + std::size_t(first + i);
        const int from = i == 0 ? 0 : size - i;
        corner_source[to] = first + from;
        cv[to] = copy_of[std::size_t(old_vertices[from])];
        ce[to] = edge_copy[std::size_t(old_edges[size - 1 - i])];
      }
    }
  });
  for (std::size_t r = 0; r < rim_faces; ++r) {
    const int edge = rim_edges[r], corner = rim_corners[r];
    const std::size_t source = std::size_t(mesh.corner_faces()[std::size_t(corner)]);
    const int next =
        corner + 1 == mesh.face_offsets()[source + 1] ? mesh.face_offsets()[source] : corner + 1;
    const int v = mesh.corner_vertices()[std::size_t(corner)],
              w = mesh.corner_vertices()[std::size_t(next)];
    const std::size_t face = faces + shell_faces + r, first = corners + shell_corners + 4 * r;
    face_source[face] = int(source);
    o[face] = int(first);
    const QuadCorner quad[4] = {{w, next, edge},
                                {v, corner, connector[std::size_t(v)]},
                                {copy_of[std::size_t(v)], corner, edge_copy[std::size_t(edge)]},
                                {copy_of[std::size_t(w)], next, connector[std::size_t(w)]}};
    for (std::size_t k = 0; k < 4; ++k) {
      cv[first + k] = quad[k].vertex;
      corner_source[first + k] = quad[k].source;
      ce[first + k] = quad[k].edge;
    }
  }
  if (all_faces > 0) {
    o.back() = int(all_corners);
  }

  Mesh result = mesh;
  result.attributes.gather(Domain::Point, vertex_source);
  result.attributes.gather(Domain::Edge, edge_source);
  result.attributes.gather(Domain::Face, face_source);
  result.attributes.gather(Domain::Corner, corner_source);
  result.weights = mesh.weights.gathered(vertex_source);
  result.replace_geometry(std::move(positions), Array<int2>(std::move(new_edges)),
                          std::move(offsets), std::move(corner_vertices), std::move(corner_edges));

  set_solid_materials(result, settings, faces, faces + shell_faces);
  const int vertex_total = int(vertex_source.size());
  std::vector<int> shell, rim;
  for (std::size_t v = 0; v < vertices; ++v) {
    if (copy_of[v] >= 0) {
      shell.push_back(copy_of[v]);
    }
    if (is_rim_vertex[v]) {
      rim.push_back(int(v));
      rim.push_back(copy_of[v]);
    }
  }
  const auto assign = [&](const std::string& name, std::span<const int> members) {
    const int group = vertex_group_index(mesh, name);
    if (group >= 0) {
      result.weights.assign(vertex_total, members, group, 1.0f, VertexWeights::Mode::Replace);
    }
  };
  assign(settings.rim_vertex_group, rim);
  assign(settings.shell_vertex_group, shell);

  // Creases along the rim, and bevels of convex edges.
  const auto raise = [&](const char* name, float value, auto&& for_each_edge) {
    if (value != 0.0f) {
      const std::span<float> values =
          result.attributes.ensure<float>(name, Domain::Edge, result.edge_count()).edit();
      for_each_edge([&](int e) {
        values[std::size_t(e)] = std::clamp(values[std::size_t(e)] + value, 0.0f, 1.0f);
      });
    }
  };
  if (has_rim) {
    raise(".crease_edge", settings.edge_crease_outer,
          [&](auto&& visit) { std::for_each(rim_edges.begin(), rim_edges.end(), visit); });
    raise(".crease_edge", settings.edge_crease_inner, [&](auto&& visit) {
      for (const int e : rim_edges) {
        visit(edge_copy[std::size_t(e)]);
      }
    });
    raise(".crease_edge", settings.edge_crease_rim, [&](auto&& visit) {
      for (const int e : connector) {
        if (e >= 0) {
          visit(e);
        }
      }
    });
  }
  raise(".bevel_edge", settings.bevel_convex, [&](auto&& visit) {
    for (std::size_t e = 0; e < edges; ++e) {
      const std::span<const int> pair = edge_corners[e];
      if (pair.size() != 2) {
        continue;
      }
      const std::size_t f = std::size_t(mesh.corner_faces()[std::size_t(pair[0])]);
      const std::size_t g = std::size_t(mesh.corner_faces()[std::size_t(pair[1])]);
      const float3 across = mesh.face_center(g) - mesh.face_center(f);
      if (dot(mesh.face_normals()[g] - mesh.face_normals()[f], across) > 1e-6f) {
        visit(int(e));
      }
    }
  });
  return result;
}

}  // namespace kiln::modeling
