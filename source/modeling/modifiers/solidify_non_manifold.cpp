#include "modeling/merge.h"
#include "modeling/modifiers/solidify_modes.h"

// The complex mode: every side of every face becomes a face. Between faces that follow each other
// around an edge, their sides that look at each other are joined; where an edge has one face only,
// a rim joins its two sides. Corners of joined sides share a new vertex, which lies where the moved
// planes of its faces meet.
namespace kiln::modeling {
namespace {

enum Side { front = 0, back = 1 };

/// A corner of one side of a face.
std::size_t node_of(int corner, int side) {
  return 2 * std::size_t(corner) + std::size_t(side);
}

/// Sets of nodes that are joined step by step.
class Sets {
public:
  explicit Sets(std::size_t count) : parents_(count) {
    for (std::size_t i = 0; i < count; ++i) {
      parents_[i] = int(i);
    }
  }
  int find(std::size_t i) {
    while (parents_[i] != int(i)) {
      parents_[i] = parents_[std::size_t(parents_[i])];
      i = std::size_t(parents_[i]);
    }
    return int(i);
  }
  void join(std::size_t a, std::size_t b) {
    const int x = find(a), y = find(b);
    parents_[std::size_t(std::max(x, y))] = std::min(x, y);
  }

private:
  std::vector<int> parents_;
};

/// A face as it lies around one of its edges.
struct Spoke {
  int corner;       ///< where the face begins the edge
  bool is_forward;  ///< it goes along the edge's direction
  float angle;      ///< of the face around the edge
};

/// The faces of an edge, in order around it.
std::vector<Spoke> spokes_of(const Mesh& mesh, std::size_t edge) {
  const int2 ends = mesh.edges()[edge];
  const float3 axis =
      normalize(mesh.positions()[std::size_t(ends.y)] - mesh.positions()[std::size_t(ends.x)]);
  std::vector<Spoke> spokes;
  float3 zero;
  for (const int c : mesh.edge_corners()[edge]) {
    const bool is_forward = mesh.corner_vertices()[std::size_t(c)] == ends.x;
    const float3 normal = mesh.face_normals()[std::size_t(mesh.corner_faces()[std::size_t(c)])];
    const float3 inward = cross(normal, is_forward ? axis : -axis);
    if (spokes.empty()) {
      zero = inward;
    }
    const float angle = std::atan2(dot(cross(zero, inward), axis), dot(zero, inward));
    spokes.push_back({c, is_forward, angle < 0.0f ? angle + 6.2831853f : angle});
  }
  std::stable_sort(spokes.begin(), spokes.end(),
                   [](const Spoke& a, const Spoke& b) { return a.angle < b.angle; });
  return spokes;
}

/// No side stays exactly where the face was, so that the shell has a volume everywhere.
constexpr float smallest_offset = 1e-5f;

/// The plane of a face, moved: points x from the vertex with dot(normal, x) = offset.
struct MovedPlane {
  float3 normal;
  float offset;
  float angle;  ///< of the face at the vertex
};

float3 fixed_offset(std::span<const MovedPlane> planes) {
  float3 sum;
  for (const MovedPlane& p : planes) {
    sum += p.normal * p.offset;
  }
  return sum * (1.0f / float(planes.size()));
}

/// Along the mean normal by angle, as far as keeps the mean distance from the planes by angle.
float3 even_offset(std::span<const MovedPlane> planes) {
  float3 sum;
  float angles = 0, distance = 0;
  for (const MovedPlane& p : planes) {
    sum += p.normal * (p.offset < 0.0f ? -p.angle : p.angle);
    angles += p.angle;
    distance += p.angle * std::abs(p.offset);
  }
  const float mean = angles > 0.0f ? distance / angles : 0.0f;
  if (mean <= smallest_offset || length_squared(sum) < 1e-12f) {
    return sum * mean;
  }
  return sum * (mean * angles / length_squared(sum));
}

/// Planes of nearly the same direction as one, with the mean normal: where they meet would be
/// anywhere along them.
std::vector<MovedPlane> distinct_planes(std::span<const MovedPlane> planes) {
  constexpr float same_direction = 0.985f;  // cosine
  struct Group {
    float3 sum;
    float offset;
  };
  std::vector<Group> groups;
  for (const MovedPlane& p : planes) {
    Group* best = nullptr;
    float best_cosine = same_direction;
    for (Group& g : groups) {
      const float cosine = dot(normalize(g.sum), p.normal);
      if (cosine > best_cosine && g.offset == p.offset) {
        best = &g;
        best_cosine = cosine;
      }
    }
    if (best) {
      best->sum += p.normal;
    } else {
      groups.push_back({p.normal, p.offset});
    }
  }
  std::vector<MovedPlane> result;
  for (const Group& g : groups) {
    result.push_back({normalize(g.sum), g.offset, 0.0f});
  }
  return result;
}

/// The point nearest to the vertex where all planes meet, as well as they do: least squares through
/// the eigenvectors of the sum of outer products of the normals (Jacobi's method); directions in
/// which hardly any plane says something are left out.
float3 meeting_point(std::span<const MovedPlane> planes) {
  float a[3][3] = {}, b[3] = {};
  for (const MovedPlane& p : planes) {
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j < 3; ++j) {
        a[i][j] += p.normal[i] * p.normal[j];
      }
      b[i] += p.normal[i] * p.offset;
    }
  }
  float v[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  for (int sweep = 0; sweep < 16; ++sweep) {
    for (int p = 0; p < 2; ++p) {
      for (int q = p + 1; q < 3; ++q) {
        if (std::abs(a[p][q]) < 1e-12f) {
          continue;
        }
        const float theta = (a[q][q] - a[p][p]) / (2.0f * a[p][q]);
        const float t =
            (theta < 0 ? -1.0f : 1.0f) / (std::abs(theta) + std::sqrt(theta * theta + 1.0f));
        const float c = 1.0f / std::sqrt(t * t + 1.0f), s = t * c;
        for (int k = 0; k < 3; ++k) {
          const float x = a[k][p], y = a[k][q];
          a[k][p] = c * x - s * y;
          a[k][q] = s * x + c * y;
        }
        for (int k = 0; k < 3; ++k) {
          const float x = a[p][k], y = a[q][k];
          a[p][k] = c * x - s * y;
          a[q][k] = s * x + c * y;
        }
        for (auto& row : v) {
          const float x = row[p], y = row[q];
          row[p] = c * x - s * y;
          row[q] = s * x + c * y;
        }
      }
    }
  }
  const float largest = std::max(a[0][0], std::max(a[1][1], a[2][2]));
  float3 result;
  for (int k = 0; k < 3; ++k) {
    if (a[k][k] > 1e-3f * largest) {
      const float3 axis{v[0][k], v[1][k], v[2][k]};
      result += axis * ((axis.x * b[0] + axis.y * b[1] + axis.z * b[2]) / a[k][k]);
    }
  }
  return result;
}

}  // namespace

Mesh solidify_non_manifold(const Mesh& input, const SolidifyModifier& settings) {
  Mesh mesh = input;
  if (settings.nonmanifold_merge_threshold > 0.0f) {
    std::vector<int> targets(mesh.vertex_count(), -1);
    for (const int2 e : mesh.edges()) {
      if (distance(mesh.positions()[std::size_t(e.x)], mesh.positions()[std::size_t(e.y)]) <
          settings.nonmanifold_merge_threshold) {
        targets[std::size_t(std::max(e.x, e.y))] = std::min(e.x, e.y);
      }
    }
    mesh = merge_vertices(mesh, targets);
  }
  const std::size_t corners = mesh.corner_count();
  const auto next_of = [&](int c) {
    const std::size_t f = std::size_t(mesh.corner_faces()[std::size_t(c)]);
    return c + 1 == mesh.face_offsets()[f + 1] ? mesh.face_offsets()[f] : c + 1;
  };

  // Join sides across the gaps between the faces of an edge.
  Sets sets(2 * corners);
  std::vector<int> rim_corners;
  for (std::size_t e = 0; e < mesh.edge_count(); ++e) {
    const std::vector<Spoke> spokes = spokes_of(mesh, e);
    if (spokes.size() == 1) {
      rim_corners.push_back(spokes[0].corner);
      continue;
    }
    for (std::size_t i = 0; i < spokes.size(); ++i) {
      const Spoke &s = spokes[i], &t = spokes[(i + 1) % spokes.size()];
      // The side that looks ahead around the edge, and the one that looks back at it.
      const int ahead = s.is_forward ? front : back, behind = t.is_forward ? back : front;
      const int s_end = next_of(s.corner), t_end = next_of(t.corner);
      const int s_first = s.is_forward ? s.corner : s_end,
                s_second = s.is_forward ? s_end : s.corner;
      const int t_first = t.is_forward ? t.corner : t_end,
                t_second = t.is_forward ? t_end : t.corner;
      sets.join(node_of(s_first, ahead), node_of(t_first, behind));
      sets.join(node_of(s_second, ahead), node_of(t_second, behind));
    }
  }

  // New vertices: the sets, in the order of the old vertices.
  std::vector<int> vertex_of(2 * corners, -1), vertex_source;
  for (std::size_t v = 0; v < mesh.vertex_count(); ++v) {
    for (const int c : mesh.vertex_corners()[v]) {
      for (const int side : {front, back}) {
        const std::size_t root = std::size_t(sets.find(node_of(c, side)));
        if (vertex_of[root] < 0) {
          vertex_of[root] = int(vertex_source.size());
          vertex_source.push_back(int(v));
        }
      }
    }
  }
  for (std::size_t n = 0; n < vertex_of.size(); ++n) {
    vertex_of[n] = vertex_of[std::size_t(sets.find(n))];
  }
  std::vector<std::vector<MovedPlane>> planes(vertex_source.size());
  const float outward = settings.thickness * 0.5f * (settings.offset + 1.0f);
  const float offsets_of_sides[2] = {std::max(outward, smallest_offset),
                                     std::min(outward - settings.thickness, -smallest_offset)};
  for (std::size_t c = 0; c < corners; ++c) {
    const std::size_t f = std::size_t(mesh.corner_faces()[c]);
    const int before =
        int(c) == mesh.face_offsets()[f] ? mesh.face_offsets()[f + 1] - 1 : int(c) - 1;
    const auto at = [&](int corner) {
      return mesh.positions()[std::size_t(mesh.corner_vertices()[std::size_t(corner)])];
    };
    const float3 here = at(int(c)), to_before = normalize(at(before) - here),
                 to_next = normalize(at(next_of(int(c))) - here);
    const float angle = std::acos(std::clamp(dot(to_before, to_next), -1.0f, 1.0f));
    for (const int side : {front, back}) {
      planes[std::size_t(vertex_of[node_of(int(c), side)])].push_back(
          {mesh.face_normals()[f], offsets_of_sides[side], angle});
    }
  }
  // Where an open edge runs through a new vertex: along it, and across it within its face.
  struct Border {
    std::vector<float3> along;
    float3 across;
  };
  std::unordered_map<int, Border> borders;
  if (settings.nonmanifold_boundary_mode != SolidifyModifier::BoundaryMode::None) {
    for (const int c : rim_corners) {
      const int d = next_of(c);
      const float3 along =
          normalize(mesh.positions()[std::size_t(mesh.corner_vertices()[std::size_t(d)])] -
                    mesh.positions()[std::size_t(mesh.corner_vertices()[std::size_t(c)])]);
      const float3 across =
          cross(mesh.face_normals()[std::size_t(mesh.corner_faces()[std::size_t(c)])], along);
      for (const int side : {front, back}) {
        for (const int corner : {c, d}) {
          Border& border = borders[vertex_of[node_of(corner, side)]];
          border.along.push_back(along);
          border.across += across;
        }
      }
    }
  }
  const std::vector<float> weights =
      group_weights(mesh, settings.vertex_group, settings.invert_vertex_group);
  Array<float3> positions(vertex_source.size());
  const std::span<float3> p = positions.edit();
  for (std::size_t n = 0; n < p.size(); ++n) {
    const std::size_t v = std::size_t(vertex_source[n]);
    float3 offset;
    switch (settings.nonmanifold_thickness_mode) {
      case SolidifyModifier::ThicknessMode::Fixed:
        offset = fixed_offset(planes[n]);
        break;
      case SolidifyModifier::ThicknessMode::Even:
        offset = even_offset(planes[n]);
        break;
      case SolidifyModifier::ThicknessMode::Constraints: {
        std::vector<MovedPlane> distinct = distinct_planes(planes[n]);
        const auto border = borders.find(int(n));
        if (border != borders.end() && border->second.along.size() == 2 && distinct.size() < 3) {
          // One more plane, through the vertex: it keeps the rim upright, or the border in its own
          // plane.
          const std::vector<float3>& along = border->second.along;
          const bool is_round =
              settings.nonmanifold_boundary_mode == SolidifyModifier::BoundaryMode::Round;
          const float3 normal = is_round ? border->second.across : cross(along[0], along[1]);
          if (length(normal) > 1e-3f) {
            distinct.push_back({normalize(normal), 0.0f, 0.0f});
          }
        }
        offset = meeting_point(distinct);
        break;
      }
    }
    float share = weights.empty() ? 1.0f : lerp(settings.thickness_vertex_group, 1.0f, weights[v]);
    if (settings.thickness_clamp > 0.0f && settings.thickness != 0.0f) {
      float shortest = std::numeric_limits<float>::infinity();
      for (const int e : mesh.vertex_edges()[v]) {
        const int2 ends = mesh.edges()[std::size_t(e)];
        shortest = std::min(shortest, distance(mesh.positions()[std::size_t(ends.x)],
                                               mesh.positions()[std::size_t(ends.y)]));
      }
      share *= std::min(1.0f, shortest / (std::abs(settings.thickness) * settings.thickness_clamp));
    }
    p[n] = mesh.positions()[v] + offset * share;
  }

  // Faces: both sides, then rims along open edges and caps where rims leave a hole.
  std::vector<int> offsets{0}, corner_vertices, corner_source, face_source;
  const bool is_flipped = settings.use_flip_normals;
  const auto add_face = [&](std::span<const int> vertices, std::span<const int> sources, int face) {
    for (std::size_t i = 0; i < vertices.size(); ++i) {
      const std::size_t k = is_flipped && i > 0 ? vertices.size() - i : i;
      corner_vertices.push_back(vertices[k]);
      corner_source.push_back(sources[k]);
    }
    offsets.push_back(int(corner_vertices.size()));
    face_source.push_back(face);
  };
  std::vector<int> vertices, sources;
  for (const int side : {front, back}) {
    for (std::size_t f = 0; f < mesh.face_count(); ++f) {
      vertices.clear();
      sources.clear();
      for (int c = mesh.face_offsets()[f]; c < mesh.face_offsets()[f + 1]; ++c) {
        vertices.push_back(vertex_of[node_of(c, side)]);
        sources.push_back(c);
      }
      if (side == back) {
        std::reverse(vertices.begin() + 1, vertices.end());
        std::reverse(sources.begin() + 1, sources.end());
      }
      add_face(vertices, sources, int(f));
    }
  }
  const std::size_t first_copy = mesh.face_count(), first_rim = 2 * mesh.face_count();
  std::vector<int> rim_members;
  if (settings.use_rim) {
    struct Step {
      int to, corner;
    };
    std::unordered_map<int, std::vector<Step>>
        steps;  // around the holes at vertices, from one new vertex to the next
    for (const int c : rim_corners) {
      const int d = next_of(c);
      const int quad[4] = {vertex_of[node_of(c, back)], vertex_of[node_of(d, back)],
                           vertex_of[node_of(d, front)], vertex_of[node_of(c, front)]};
      const int from[4] = {c, d, d, c};
      add_face(quad, from, mesh.corner_faces()[std::size_t(c)]);
      steps[quad[2]].push_back({quad[1], d});
      steps[quad[0]].push_back({quad[3], c});
      rim_members.insert(rim_members.end(), std::begin(quad), std::end(quad));
    }
    std::vector<int> starts;
    for (const auto& [vertex, list] : steps) {
      starts.push_back(vertex);
    }
    std::sort(starts.begin(), starts.end());
    for (const int start : starts) {
      while (!steps[start].empty()) {
        vertices.clear();
        sources.clear();
        int at = start;
        do {
          std::vector<Step>& list = steps[at];
          if (list.empty()) {
            break;
          }
          vertices.push_back(at);
          sources.push_back(list.front().corner);
          at = list.front().to;
          steps[vertices.back()].erase(steps[vertices.back()].begin());
        } while (at != start);
        std::vector<int> distinct = vertices;
        std::sort(distinct.begin(), distinct.end());
        if (vertices.size() >= 3 &&
            std::adjacent_find(distinct.begin(), distinct.end()) == distinct.end()) {
          add_face(vertices, sources, mesh.corner_faces()[std::size_t(sources[0])]);
        }
      }
    }
  }

  Mesh result = mesh;
  result.attributes.gather(Domain::Point, vertex_source);
  result.attributes.gather(Domain::Face, face_source);
  result.attributes.gather(Domain::Corner, corner_source);
  result.attributes.gather(Domain::Edge, {});
  result.weights = mesh.weights.gathered(vertex_source);
  const bool has_faces = !face_source.empty();
  result.replace_geometry(std::move(positions), {},
                          has_faces ? Array<int>(std::move(offsets)) : Array<int>(),
                          Array<int>(std::move(corner_vertices)), {});
  set_solid_materials(result, settings, first_copy, first_rim);

  const auto assign = [&](const std::string& name, std::span<const int> members) {
    const int group = vertex_group_index(mesh, name);
    if (group >= 0) {
      result.weights.assign(int(vertex_source.size()), members, group, 1.0f,
                            VertexWeights::Mode::Replace);
    }
  };
  std::vector<int> shell;
  for (std::size_t c = 0; c < corners; ++c) {
    shell.push_back(vertex_of[node_of(int(c), back)]);
  }
  assign(settings.rim_vertex_group, rim_members);
  assign(settings.shell_vertex_group, shell);
  return result;
}

}  // namespace kiln::modeling
