#include "modeling/subdivision/surface.h"

#include "core/tasks.h"
#include "modeling/subdivision/grid_samples.h"

namespace kiln::modeling {
namespace {

/// Weights of the four control points of a uniform cubic B-spline.
std::array<float, 4> spline_weights(float t) {
  const float s = 1.0f - t;
  return {s * s * s / 6.0f, (3.0f * t * t * t - 6.0f * t * t + 4.0f) / 6.0f,
          (3.0f * s * s * s - 6.0f * s * s + 4.0f) / 6.0f, t * t * t / 6.0f};
}

/// Steps around vertices and faces.
struct Walker {
  const Mesh& mesh;
  const Adjacency& edge_corners = mesh.edge_corners();
  const int* corner_faces = mesh.corner_faces().data();
  const int* offsets = mesh.face_offsets().data();
  const int* edges = mesh.corner_edges().data();
  const int* vertices = mesh.corner_vertices().data();

  int next(int corner, int steps = 1) const {
    const int f = corner_faces[corner], first = offsets[f], size = offsets[f + 1] - first;
    const int i = corner - first + steps;
    return first + (i < size ? i : i - size);
  }
  /// The corner on the other side of a corner's edge; -1 unless there is exactly one, of opposite
  /// winding.
  int other(int corner) const {
    const std::span<const int> pair = edge_corners[std::size_t(edges[corner])];
    if (pair.size() != 2) {
      return -1;
    }
    const int o = pair[0] == corner ? pair[1] : pair[0];
    return vertices[o] == vertices[corner] ? -1 : o;
  }
  /// The corner at the same vertex in the face across the corner's edge; -1 at borders.
  int around(int corner) const {
    const int o = other(corner);
    return o < 0 ? -1 : next(o);
  }
};

/// Vertices inside the surface that four quads surround, without creases and with UVs that do not
/// break.
std::vector<std::uint8_t> regular_vertices(const Mesh& mesh, const SurfaceSettings& settings,
                                           std::span<const UvChannel> uvs) {
  const Walker walk{mesh};
  const Adjacency& corners = mesh.vertex_corners();
  const Array<float>* edge_crease =
      settings.uses_creases ? mesh.attributes.find<float>(".crease_edge", Domain::Edge) : nullptr;
  const Array<float>* vertex_crease =
      settings.uses_creases ? mesh.attributes.find<float>(".crease_vert", Domain::Point) : nullptr;
  std::vector<std::uint8_t> result(mesh.vertex_count(), 0);
  parallel_for(result.size(), 1 << 13, [&](std::size_t begin, std::size_t end) {
    for (std::size_t v = begin; v < end; ++v) {
      const std::span<const int> fan = corners[v];
      if (fan.size() != 4 || (vertex_crease && vertex_crease->data()[v] > 0.0f)) {
        continue;
      }
      int c = fan[0];
      bool is_regular = true;
      for (int step = 0; step < 4 && is_regular; ++step) {
        const int f = walk.corner_faces[c], opposite = walk.other(c);
        is_regular = walk.offsets[f + 1] - walk.offsets[f] == 4 && opposite >= 0 &&
                     !(edge_crease && edge_crease->data()[walk.edges[c]] > 0.0f);
        for (const UvChannel& map : uvs) {
          is_regular = is_regular &&
                       map.source[std::size_t(c)] == map.source[std::size_t(walk.next(opposite))] &&
                       map.source[std::size_t(walk.next(c))] == map.source[std::size_t(opposite)];
        }
        c = is_regular ? walk.next(opposite) : c;
        // Back too early: more than one fan meets here.
        is_regular = is_regular && (c == fan[0]) == (step == 3);
      }
      result[v] = is_regular;
    }
  });
  return result;
}

/// Corners of the 4 x 4 vertices that control a quad whose vertices are all regular, j slow, the
/// quad in the middle.
std::array<int, 16> control_corners(const Walker& walk, int first) {
  constexpr int at_vertex[4] = {5, 6, 10, 9}, beside[4] = {1, 7, 14, 8},
                diagonal[4] = {0, 3, 15, 12}, behind[4] = {4, 2, 11, 13};
  std::array<int, 16> result{};
  for (int k = 0; k < 4; ++k) {
    const int corner = first + k, a = walk.around(corner), b = walk.around(a);
    result[std::size_t(at_vertex[k])] = corner;
    result[std::size_t(beside[k])] = walk.next(a);
    result[std::size_t(diagonal[k])] = walk.next(b, 2);
    result[std::size_t(behind[k])] = walk.next(b);
  }
  return result;
}

/// Tensor product of a 4 x 4 net over a grid.
template <typename T>
void evaluate_net(const std::array<T, 16>& net, std::span<const std::array<float, 4>> weights,
                  T* out) {
  const std::size_t count = weights.size();
  for (std::size_t j = 0; j < count; ++j) {
    std::array<T, 4> row;
    for (std::size_t a = 0; a < 4; ++a) {
      row[a] = net[a] * weights[j][0] + net[4 + a] * weights[j][1] + net[8 + a] * weights[j][2] +
               net[12 + a] * weights[j][3];
    }
    for (std::size_t i = 0; i < count; ++i) {
      *out++ = row[0] * weights[i][0] + row[1] * weights[i][1] + row[2] * weights[i][2] +
               row[3] * weights[i][3];
    }
  }
}

template <typename T>
void evaluate_bilinear(const std::array<T, 4>& quad, int size, T* out) {
  for (int j = 0; j <= size; ++j) {
    const float v = float(j) / float(size);
    const T left = quad[0] * (1.0f - v) + quad[3] * v, right = quad[1] * (1.0f - v) + quad[2] * v;
    for (int i = 0; i <= size; ++i) {
      const float u = float(i) / float(size);
      *out++ = left * (1.0f - u) + right * u;
    }
  }
}

}  // namespace

void SampleWriter::write(std::size_t face, int grid_index, const GridLayout::Grid& grid,
                         const GridSamples& samples) const {
  const Mesh& mesh = layout_.mesh();
  const int size = layout_.grid_size(face), sides = mesh.face_size(face),
            first = mesh.face_offsets().data()[face];
  const auto owns_vertex = [&](int corner) {
    return mesh.vertex_corners()[std::size_t(mesh.corner_vertices().data()[corner])][0] == corner;
  };
  const auto owns_edge = [&](int corner) {
    return mesh.edge_corners()[std::size_t(mesh.corner_edges().data()[corner])][0] == corner;
  };
  const auto put = [&](int i, int j) {
    const std::size_t at = std::size_t(j * (size + 1) + i);
    positions_[std::size_t(grid.vertices[at])] = samples.positions[at];
  };
  if (sides == 4) {
    for (int k = 0; k < 4; ++k) {
      const int i = k == 1 || k == 2 ? size : 0, j = k >= 2 ? size : 0;
      if (owns_vertex(first + k)) {
        put(i, j);
      }
      if (owns_edge(first + k)) {
        const int di = k == 0 ? 1 : k == 2 ? -1 : 0, dj = k == 1 ? 1 : k == 3 ? -1 : 0;
        for (int s = 1; s < size; ++s) {
          put(i + s * di, j + s * dj);
        }
      }
    }
    for (int j = 1; j < size; ++j) {
      for (int i = 1; i < size; ++i) {
        put(i, j);
      }
    }
  } else {
    const int corner = first + grid_index, before = first + (grid_index + sides - 1) % sides;
    if (owns_vertex(corner)) {
      put(0, 0);
    }
    // Each corner has its half of an edge; the middle belongs to the corner where the edge begins.
    if (owns_edge(corner)) {
      for (int i = 1; i <= size; ++i) {
        put(i, 0);
      }
    }
    if (owns_edge(before)) {
      for (int j = 1; j < size; ++j) {
        put(0, j);
      }
    }
    for (int j = 1; j < size; ++j) {
      for (int i = 1; i <= size; ++i) {
        put(i, j);
      }
    }
    if (grid_index == 0) {
      put(size, size);
    }
  }
  for (std::size_t m = 0; m < uvs_.size(); ++m) {
    const std::vector<float2>& map = samples.uvs[m];
    for (int j = 0, cell = 0; j < size; ++j) {
      for (int i = 0; i < size; ++i, ++cell) {
        float2* corner = uvs_[m].result.data() + 4 * std::size_t(grid.faces[std::size_t(cell)]);
        const std::size_t at = std::size_t(j * (size + 1) + i), above = at + std::size_t(size) + 1;
        corner[0] = map[at];
        corner[1] = map[at + 1];
        corner[2] = map[above + 1];
        corner[3] = map[above];
      }
    }
  }
}

void evaluate_surface(const GridLayout& layout, const SurfaceSettings& settings,
                      std::span<float3> positions, std::span<const UvChannel> uvs) {
  const Mesh& mesh = layout.mesh();
  const SampleWriter writer(layout, positions, uvs);
  const std::size_t faces = mesh.face_count();

  // What kind of face each one is: straight or regular quads are evaluated here.
  std::vector<std::uint8_t> is_easy(faces, 0);
  std::vector<std::uint8_t> regular;
  if (!settings.is_simple && settings.uses_limit) {
    regular = regular_vertices(mesh, settings, uvs);
  }
  mesh.vertex_corners();
  parallel_for(faces, 1 << 13, [&](std::size_t begin, std::size_t end) {
    for (std::size_t f = begin; f < end; ++f) {
      const std::span<const int> v = mesh.face_vertices(f);
      is_easy[f] = v.size() == 4 &&
                   (settings.is_simple ||
                    (!regular.empty() && regular[std::size_t(v[0])] && regular[std::size_t(v[1])] &&
                     regular[std::size_t(v[2])] && regular[std::size_t(v[3])]));
    }
  });
  std::vector<int> hard;
  for (std::size_t f = 0; f < faces; ++f) {
    if (!is_easy[f] && mesh.face_size(f) >= 3) {
      hard.push_back(int(f));
    }
  }

  const int size = layout.resolution();
  std::vector<std::array<float, 4>> weights;
  for (int i = 0; i <= size; ++i) {
    weights.push_back(spline_weights(float(i) / float(size)));
  }
  const Walker walk{mesh};
  const float3* p = mesh.positions().data();
  parallel_for(
      faces, std::max<std::size_t>(1, (1 << 13) / (std::size_t(size) * std::size_t(size))),
      [&](std::size_t begin, std::size_t end) {
        GridLayout::Grid grid;
        GridSamples samples;
        samples.resize(size, uvs.size());
        for (std::size_t f = begin; f < end; ++f) {
          if (!is_easy[f]) {
            continue;
          }
          layout.fill(f, 0, grid);
          const int first = walk.offsets[f];
          if (settings.is_simple) {
            std::array<float3, 4> quad;
            for (std::size_t k = 0; k < 4; ++k) {
              quad[k] = p[walk.vertices[std::size_t(first) + k]];
            }
            evaluate_bilinear(quad, size, samples.positions.data());
          } else {
            const std::array<int, 16> control = control_corners(walk, first);
            std::array<float3, 16> net;
            for (std::size_t k = 0; k < 16; ++k) {
              net[k] = p[walk.vertices[control[k]]];
            }
            evaluate_net<float3>(net, weights, samples.positions.data());
            for (std::size_t m = 0; m < uvs.size() && settings.uv_smooth != UvSmooth::None; ++m) {
              std::array<float2, 16> uv_net;
              for (std::size_t k = 0; k < 16; ++k) {
                uv_net[k] = uvs[m].source[std::size_t(control[k])];
              }
              evaluate_net<float2>(uv_net, weights, samples.uvs[m].data());
            }
          }
          for (std::size_t m = 0; m < uvs.size(); ++m) {
            if (settings.is_simple || settings.uv_smooth == UvSmooth::None) {
              const float2* uv = uvs[m].source.data() + first;
              evaluate_bilinear<float2>({uv[0], uv[1], uv[2], uv[3]}, size, samples.uvs[m].data());
            }
          }
          writer.write(f, 0, grid, samples);
        }
      });
  if (!hard.empty()) {
    evaluate_irregular(writer, settings, hard);
  }
}

}  // namespace kiln::modeling
