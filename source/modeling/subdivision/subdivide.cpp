#include "modeling/subdivision/subdivide.h"

#include "core/tasks.h"
#include "modeling/interpolate.h"

namespace kiln::modeling {
namespace {

/// Where the vertices of the new mesh come from, linearly.
Mixture vertex_mixture(const GridLayout& layout) {
  const Mesh& mesh = layout.mesh();
  const int resolution = layout.resolution();
  Mixture mixture;
  for (std::size_t v = 0; v < mesh.vertex_count(); ++v) {
    mixture.add_copy(int(v));
  }
  for (const int2 e : mesh.edges()) {
    for (int k = 1; k < resolution; ++k) {
      const float t = float(k) / float(resolution);
      mixture.add(e.x, 1.0f - t);
      mixture.add(e.y, t);
      mixture.finish_element();
    }
  }
  for (std::size_t f = 0; f < mesh.face_count(); ++f) {
    const std::span<const int> corners = mesh.face_vertices(f);
    const int n = int(corners.size()), size = layout.grid_size(f);
    if (n == 4) {
      for (int j = 1; j < size; ++j) {
        for (int i = 1; i < size; ++i) {
          const float u = float(i) / float(size), v = float(j) / float(size);
          mixture.add(corners[0], (1 - u) * (1 - v));
          mixture.add(corners[1], u * (1 - v));
          mixture.add(corners[2], u * v);
          mixture.add(corners[3], (1 - u) * v);
          mixture.finish_element();
        }
      }
      continue;
    }
    if (n == 0) {
      continue;
    }
    for (const int corner : corners) {
      mixture.add(corner, 1.0f / float(n));
    }
    mixture.finish_element();
    for (int c = 0; c < n; ++c) {
      const int next = corners[std::size_t((c + 1) % n)],
                before = corners[std::size_t((c + n - 1) % n)];
      for (int j = 1; j < size; ++j) {
        for (int i = 1; i <= size; ++i) {
          // Between the corner, the middles of its two edges, and the centre.
          const float u = float(i) / float(size), v = float(j) / float(size);
          mixture.add(corners[std::size_t(c)],
                      (1 - u) * (1 - v) + 0.5f * u * (1 - v) + 0.5f * (1 - u) * v);
          mixture.add(next, 0.5f * u * (1 - v));
          mixture.add(before, 0.5f * (1 - u) * v);
          for (const int corner : corners) {
            mixture.add(corner, u * v / float(n));
          }
          mixture.finish_element();
        }
      }
    }
  }
  return mixture;
}

/// Where the corners of the new mesh come from, linearly: corners of the old face.
Mixture corner_mixture(const GridLayout& layout) {
  const Mesh& mesh = layout.mesh();
  struct Entry {
    std::vector<std::pair<int, float>> sources;
  };
  std::vector<Entry> entries(layout.corner_count());
  GridLayout::Grid grid;
  for (std::size_t f = 0; f < mesh.face_count(); ++f) {
    const int n = mesh.face_size(f), size = layout.grid_size(f), first = mesh.face_offsets()[f];
    for (int g = 0; g < layout.grid_count(f); ++g) {
      layout.fill(f, g, grid);
      for (int j = 0, cell = 0; j < size; ++j) {
        for (int i = 0; i < size; ++i, ++cell) {
          constexpr int di[4] = {0, 1, 1, 0}, dj[4] = {0, 0, 1, 1};
          for (std::size_t k = 0; k < 4; ++k) {
            const float u = float(i + di[k]) / float(size), v = float(j + dj[k]) / float(size);
            const float w[4] = {(1 - u) * (1 - v), u * (1 - v), u * v, (1 - u) * v};
            auto& sources = entries[4 * std::size_t(grid.faces[std::size_t(cell)]) + k].sources;
            if (n == 4) {
              for (int c = 0; c < 4; ++c) {
                sources.push_back({first + c, w[c]});
              }
            } else {
              sources.push_back({first + g, w[0] + 0.5f * w[1] + 0.5f * w[3]});
              sources.push_back({first + (g + 1) % n, 0.5f * w[1]});
              sources.push_back({first + (g + n - 1) % n, 0.5f * w[3]});
              for (int c = 0; c < n; ++c) {
                sources.push_back({first + c, w[2] / float(n)});
              }
            }
          }
        }
      }
    }
  }
  Mixture mixture;
  for (const Entry& entry : entries) {
    for (const auto& [source, weight] : entry.sources) {
      if (weight > 0.0f) {
        mixture.add(source, weight);
      }
    }
    mixture.finish_element();
  }
  return mixture;
}

/// Edges without faces are cubic B-splines; where not exactly two of them meet, they run straight
/// into their end.
void evaluate_loose_edges(const GridLayout& layout, std::span<float3> positions) {
  const Mesh& mesh = layout.mesh();
  const int resolution = layout.resolution();
  const Adjacency& edge_corners = mesh.edge_corners();
  const auto is_loose = [&](int e) { return edge_corners[std::size_t(e)].empty(); };
  bool has_loose = false;
  for (std::size_t e = 0; e < mesh.edge_count() && !has_loose; ++e) {
    has_loose = is_loose(int(e));
  }
  if (!has_loose) {
    return;
  }
  const auto p = [&](int v) { return mesh.positions()[std::size_t(v)]; };
  // The point beyond `vertex` on a curve that comes along edge (from, vertex).
  const auto beyond = [&](int edge, int vertex, int from) {
    int other = -1, count = 0;
    for (const int e : mesh.vertex_edges()[std::size_t(vertex)]) {
      if (e != edge && is_loose(e)) {
        const int2 ends = mesh.edges()[std::size_t(e)];
        other = ends.x == vertex ? ends.y : ends.x;
        ++count;
      }
    }
    return count == 1 && mesh.vertex_corners()[std::size_t(vertex)].empty()
               ? p(other)
               : p(vertex) * 2.0f - p(from);
  };
  for (std::size_t e = 0; e < mesh.edge_count(); ++e) {
    if (!is_loose(int(e))) {
      continue;
    }
    const int2 ends = mesh.edges()[e];
    const float3 net[4] = {beyond(int(e), ends.x, ends.y), p(ends.x), p(ends.y),
                           beyond(int(e), ends.y, ends.x)};
    const auto at = [&](float t) {
      const float s = 1.0f - t;
      return (net[0] * (s * s * s) + net[1] * (3 * t * t * t - 6 * t * t + 4) +
              net[2] * (3 * s * s * s - 6 * s * s + 4) + net[3] * (t * t * t)) *
             (1.0f / 6.0f);
    };
    for (int k = 1; k < resolution; ++k) {
      positions[std::size_t(layout.edge_vertex(int(e), k))] = at(float(k) / float(resolution));
    }
    if (mesh.vertex_corners()[std::size_t(ends.x)].empty()) {
      positions[std::size_t(ends.x)] = at(0.0f);
    }
    if (mesh.vertex_corners()[std::size_t(ends.y)].empty()) {
      positions[std::size_t(ends.y)] = at(1.0f);
    }
  }
}

}  // namespace

Mesh subdivide_surface(const Mesh& mesh, int level, const SurfaceSettings& settings) {
  if (level <= 0) {
    return mesh;
  }
  const GridLayout layout(mesh, level);
  const std::size_t edges = mesh.edge_count(), faces = mesh.face_count();
  const int resolution = layout.resolution();
  mesh.vertex_corners();
  mesh.edge_corners();

  // Positions and UVs.
  Array<float3> positions(layout.vertex_count());
  std::copy(mesh.positions().begin(), mesh.positions().end(), positions.edit().begin());
  std::vector<Array<float2>> uvs;
  std::vector<UvChannel> channels;
  std::vector<std::string> uv_names;
  for (const Attribute& attribute : mesh.attributes.items()) {
    if (attribute.is_uv_map) {
      uvs.emplace_back(layout.corner_count());
      uv_names.push_back(attribute.name);
    }
  }
  for (std::size_t m = 0; m < uvs.size(); ++m) {
    channels.push_back({mesh.attributes.find(uv_names[m])->as<float2>()->span(), uvs[m].edit()});
  }
  evaluate_surface(layout, settings, positions.edit(), channels);
  evaluate_loose_edges(layout, positions.edit());

  // Topology.
  Array<int2> new_edges(layout.edge_count());
  Array<int> offsets(layout.face_count() == 0 ? 0 : layout.face_count() + 1);
  Array<int> corner_vertices(layout.corner_count()), corner_edges(layout.corner_count());
  std::vector<int> edge_source(layout.edge_count(), -1), face_source(layout.face_count());
  {
    const std::span<int2> e = new_edges.edit();
    const std::span<int> o = offsets.edit(), cv = corner_vertices.edit(), ce = corner_edges.edit();
    parallel_for(edges, std::max(1, (1 << 14) / resolution),
                 [&](std::size_t begin, std::size_t end) {
                   for (std::size_t i = begin; i < end; ++i) {
                     const int2 ends = mesh.edges().data()[i];
                     for (int k = 0; k < resolution; ++k) {
                       const std::size_t to = i * std::size_t(resolution) + std::size_t(k);
                       e[to] = {k == 0 ? ends.x : layout.edge_vertex(int(i), k),
                                k + 1 == resolution ? ends.y : layout.edge_vertex(int(i), k + 1)};
                       edge_source[to] = int(i);
                     }
                   }
                 });
    parallel_for(o.size(), 1 << 16, [&](std::size_t begin, std::size_t end) {
      for (std::size_t f = begin; f < end; ++f) {
        o[f] = int(4 * f);
      }
    });
    const int first_inner_edge = int(edges) * resolution;
    parallel_for(
        faces, std::max(1, (1 << 13) / (resolution * resolution)),
        [&](std::size_t begin, std::size_t end) {
          GridLayout::Grid grid;
          for (std::size_t f = begin; f < end; ++f) {
            const int size = layout.grid_size(f);
            const std::size_t row = std::size_t(size) + 1;
            for (int g = 0; g < layout.grid_count(f); ++g) {
              layout.fill(f, g, grid);
              for (std::size_t j = 0, cell = 0; j + 1 < row; ++j) {
                for (std::size_t i = 0; i + 1 < row; ++i, ++cell) {
                  const std::size_t face = std::size_t(grid.faces[cell]), at = j * row + i;
                  face_source[face] = int(f);
                  int* vertices = cv.data() + 4 * face;
                  vertices[0] = grid.vertices[at];
                  vertices[1] = grid.vertices[at + 1];
                  vertices[2] = grid.vertices[at + row + 1];
                  vertices[3] = grid.vertices[at + row];
                  int* sides = ce.data() + 4 * face;
                  sides[0] = grid.along[j * (row - 1) + i];
                  sides[1] = grid.across[at + 1];
                  sides[2] = grid.along[(j + 1) * (row - 1) + i];
                  sides[3] = grid.across[at];
                }
              }
              // Inner edges lead away from the outline, or along rows; those that two grids share
              // come out the same.
              for (std::size_t j = 0; j < row; ++j) {
                for (std::size_t i = 0; i + 1 < row; ++i) {
                  const int edge = grid.along[j * (row - 1) + i];
                  if (edge >= first_inner_edge) {
                    const int a = grid.vertices[j * row + i], b = grid.vertices[j * row + i + 1];
                    e[std::size_t(edge)] =
                        i + 2 == row && layout.is_quad(f) ? int2{b, a} : int2{a, b};
                  }
                }
              }
              for (std::size_t j = 0; j + 1 < row; ++j) {
                for (std::size_t i = 0; i < row; ++i) {
                  const int edge = grid.across[j * row + i];
                  if (edge >= first_inner_edge) {
                    const int a = grid.vertices[j * row + i], b = grid.vertices[(j + 1) * row + i];
                    e[std::size_t(edge)] =
                        j + 2 == row && layout.is_quad(f) ? int2{b, a} : int2{a, b};
                  }
                }
              }
            }
          }
        });
  }

  Mesh result = mesh;
  bool has_point_values = !mesh.weights.empty(), has_corner_values = false;
  for (const Attribute& attribute : mesh.attributes.items()) {
    has_point_values |= attribute.domain == Domain::Point;
    has_corner_values |= attribute.domain == Domain::Corner && !attribute.is_uv_map;
  }
  if (has_point_values) {
    const Mixture mixture = vertex_mixture(layout);
    mix_attributes(mesh.attributes, Domain::Point, mixture, result.attributes);
    result.weights = mix(mesh.weights, mixture);
    if (const Array<float>* creases = mesh.attributes.find<float>(".crease_vert", Domain::Point)) {
      Array<float> kept = *creases;  // new vertices have none
      kept.resize(layout.vertex_count());
      result.attributes.set(".crease_vert", Domain::Point, std::move(kept));
    }
  }
  if (has_corner_values) {
    for (const std::string& name : uv_names) {
      result.attributes.remove(name);
    }
    mix_attributes(result.attributes, Domain::Corner, corner_mixture(layout), result.attributes);
  }
  for (std::size_t m = 0; m < uvs.size(); ++m) {
    result.attributes.set(uv_names[m], Domain::Corner, std::move(uvs[m])).is_uv_map = true;
  }
  result.attributes.gather(Domain::Edge, edge_source);
  result.attributes.gather(Domain::Face, face_source);
  result.replace_geometry(std::move(positions), std::move(new_edges), std::move(offsets),
                          std::move(corner_vertices), std::move(corner_edges));
  return result;
}

}  // namespace kiln::modeling
