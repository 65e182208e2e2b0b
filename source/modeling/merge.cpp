#include "modeling/merge.h"

#include <bit>

#include "core/hash.h"
#include "core/tasks.h"

namespace kiln::modeling {

PointGrid::PointGrid(std::span<const float3> points, float radius)
    : points_(points), radius_(std::max(radius, 0.0f)), scale_(1.0 / std::max(radius, 1e-9f)) {
  // Cells share buckets by hash; a false neighbour costs a distance test.
  const std::size_t buckets = std::bit_ceil(std::max<std::size_t>(points.size(), 16));
  offsets_.assign(buckets + 1, 0);
  items_.resize(points.size());
  std::vector<std::size_t> of_point(points.size());
  parallel_for(points.size(), 1 << 15, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const std::array<std::int64_t, 3> c = cell(points[i]);
      of_point[i] = hash(c[0], c[1], c[2]);
    }
  });
  for (const std::size_t b : of_point) {
    ++offsets_[b];
  }
  int sum = 0;
  for (int& o : offsets_) {
    sum += o;
    o = sum;
  }
  for (std::size_t i = points.size(); i-- > 0;) {
    items_[std::size_t(--offsets_[of_point[i]])] = int(i);
  }
}

std::array<std::int64_t, 3> PointGrid::cell(float3 p) const {
  const auto at = [&](float c) {
    const double scaled = std::floor(double(c) * scale_);
    return std::isfinite(scaled) ? std::int64_t(std::clamp(scaled, -9e17, 9e17)) : 0;
  };
  return {at(p.x), at(p.y), at(p.z)};
}

std::size_t PointGrid::hash(std::int64_t x, std::int64_t y, std::int64_t z) const {
  std::uint64_t h = std::uint64_t(x) * 0x9e3779b97f4a7c15ull;
  h = (h ^ (h >> 32) ^ std::uint64_t(y)) * 0xbf58476d1ce4e5b9ull;
  h = (h ^ (h >> 32) ^ std::uint64_t(z)) * 0x94d049bb133111ebull;
  return std::size_t(h ^ (h >> 31)) & (offsets_.size() - 2);
}

std::span<const int> PointGrid::bucket(std::int64_t x, std::int64_t y, std::int64_t z) const {
  const std::size_t b = hash(x, y, z);
  return {items_.data() + offsets_[b], std::size_t(offsets_[b + 1] - offsets_[b])};
}

int PointGrid::nearest(float3 position) const {
  int best = -1;
  float best_distance = 0.0f;
  for_each_near(position, [&](int i) {
    const float d = length_squared(points_[std::size_t(i)] - position);
    if (best < 0 || d < best_distance || (d == best_distance && i < best)) {
      best = i;
      best_distance = d;
    }
  });
  return best;
}

std::vector<int> near_targets(std::span<const float3> positions, float distance,
                              std::span<const std::uint8_t> is_included) {
  std::vector<int> targets(positions.size(), -1);
  const PointGrid grid(positions, distance);
  for (std::size_t v = 0; v < positions.size(); ++v) {
    if (targets[v] >= 0 || (!is_included.empty() && !is_included[v])) {
      continue;
    }
    // Whoever is merged already cannot be a target: no chains, and no drift.
    grid.for_each_near(positions[v], [&](int other) {
      if (std::size_t(other) > v && targets[std::size_t(other)] < 0 &&
          (is_included.empty() || is_included[std::size_t(other)])) {
        targets[std::size_t(other)] = int(v);
      }
    });
  }
  return targets;
}

namespace {

/// Follows chains of targets. The members of a cycle all go to its first vertex.
std::vector<int> roots_of(std::span<const int> targets) {
  constexpr int unknown = -1, on_path = -2;
  std::vector<int> roots(targets.size(), unknown), path;
  for (std::size_t v = 0; v < targets.size(); ++v) {
    path.clear();
    int r = int(v);
    while (roots[std::size_t(r)] == unknown) {
      roots[std::size_t(r)] = on_path;
      path.push_back(r);
      const int next = targets[std::size_t(r)];
      if (next < 0 || next == r) {
        break;
      }
      r = next;
    }
    int root = roots[std::size_t(r)];
    if (root == on_path) {
      // The end of a chain, or a vertex of the path again.
      const auto entry = std::find(path.begin(), path.end(), r);
      root = *std::min_element(entry, path.end());
    }
    for (const int member : path) {
      roots[std::size_t(member)] = root;
    }
  }
  return roots;
}

/// Corners of the faces that come out of the corners [first, last): runs without repeated vertices.
void cut_at_repeated_vertices(std::vector<int> loop, const std::vector<int>& vertex_of_corner,
                              std::vector<std::vector<int>>& faces) {
  for (std::size_t i = 0; i < loop.size(); ++i) {
    for (std::size_t j = i + 1; j < loop.size(); ++j) {
      if (vertex_of_corner[std::size_t(loop[i])] == vertex_of_corner[std::size_t(loop[j])]) {
        const auto from = loop.begin() + std::ptrdiff_t(i), to = loop.begin() + std::ptrdiff_t(j);
        cut_at_repeated_vertices(std::vector<int>(from, to), vertex_of_corner, faces);
        loop.erase(from, to);
        cut_at_repeated_vertices(std::move(loop), vertex_of_corner, faces);
        return;
      }
    }
  }
  if (loop.size() >= 3) {
    faces.push_back(std::move(loop));
  }
}

}  // namespace

Mesh merge_vertices(const Mesh& mesh, std::span<const int> targets) {
  const std::vector<int> roots = roots_of(targets);
  std::vector<int> kept_vertices, new_vertex(roots.size());
  std::vector<std::uint8_t> is_touched(roots.size(), 0);
  for (std::size_t v = 0; v < roots.size(); ++v) {
    if (roots[v] == int(v)) {
      new_vertex[v] = int(kept_vertices.size());
      kept_vertices.push_back(int(v));
    } else {
      is_touched[v] = is_touched[std::size_t(roots[v])] = 1;
    }
  }
  if (kept_vertices.size() == roots.size()) {
    return mesh;
  }
  for (std::size_t v = 0; v < roots.size(); ++v) {
    new_vertex[v] = new_vertex[std::size_t(roots[v])];
  }

  // Edges: only those at touched vertices can collapse or meet.
  const std::size_t edge_count = mesh.edge_count();
  std::vector<int2> ends(edge_count);
  std::vector<int> edge_root(edge_count);
  struct Candidate {
    std::uint64_t key;
    int edge;
  };
  std::vector<Candidate> candidates;
  for (std::size_t e = 0; e < edge_count; ++e) {
    const int2 old = mesh.edges()[e];
    ends[e] = {new_vertex[std::size_t(old.x)], new_vertex[std::size_t(old.y)]};
    edge_root[e] = int(e);
    if (ends[e].x == ends[e].y) {
      edge_root[e] = -1;
    } else if (is_touched[std::size_t(old.x)] || is_touched[std::size_t(old.y)]) {
      const auto [low, high] = std::minmax(ends[e].x, ends[e].y);
      candidates.push_back({std::uint64_t(low) << 32 | std::uint32_t(high), int(e)});
    }
  }
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::pair(a.key, a.edge) < std::pair(b.key, b.edge);
  });
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    if (candidates[i].key == candidates[i - 1].key) {
      edge_root[std::size_t(candidates[i].edge)] = edge_root[std::size_t(candidates[i - 1].edge)];
    }
  }
  std::vector<int> kept_edges, new_edge(edge_count, -1);
  std::vector<int2> edges;
  for (std::size_t e = 0; e < edge_count; ++e) {
    if (edge_root[e] == int(e)) {
      new_edge[e] = int(edges.size());
      edges.push_back(ends[e]);
      kept_edges.push_back(int(e));
    }
  }

  // Faces: a corner whose edge collapsed goes; what is left may touch itself, or equal an earlier
  // face.
  const std::size_t corner_count = mesh.corner_count();
  std::vector<int> vertex_of_corner(corner_count);
  for (std::size_t c = 0; c < corner_count; ++c) {
    vertex_of_corner[c] = new_vertex[std::size_t(mesh.corner_vertices()[c])];
  }
  std::vector<int> kept_faces, kept_corners, offsets{0};
  std::unordered_map<std::uint64_t, std::vector<int>>
      touched_faces;  // new faces by hash of their sorted vertices
  std::vector<int> sorted;
  const auto add_face = [&](std::size_t face, std::span<const int> corners) {
    kept_corners.insert(kept_corners.end(), corners.begin(), corners.end());
    offsets.push_back(int(kept_corners.size()));
    kept_faces.push_back(int(face));
  };
  const auto is_known = [&](std::span<const int> corners) {
    sorted.clear();
    for (const int c : corners) {
      sorted.push_back(vertex_of_corner[std::size_t(c)]);
    }
    std::sort(sorted.begin(), sorted.end());
    std::vector<int>& same_hash =
        touched_faces[fingerprint(sorted.data(), sorted.size() * sizeof(int)).low];
    for (const int f : same_hash) {
      std::vector<int> other;
      for (int c = offsets[std::size_t(f)]; c < offsets[std::size_t(f) + 1]; ++c) {
        other.push_back(vertex_of_corner[std::size_t(kept_corners[std::size_t(c)])]);
      }
      std::sort(other.begin(), other.end());
      if (other == sorted) {
        return true;
      }
    }
    same_hash.push_back(int(kept_faces.size()));
    return false;
  };
  std::vector<int> loop;
  std::vector<std::vector<int>> pieces;
  for (std::size_t f = 0; f < mesh.face_count(); ++f) {
    loop.clear();
    bool has_touched = false;
    for (int c = mesh.face_offsets()[f]; c < mesh.face_offsets()[f + 1]; ++c) {
      has_touched |= is_touched[std::size_t(mesh.corner_vertices()[std::size_t(c)])] != 0;
      if (edge_root[std::size_t(mesh.corner_edges()[std::size_t(c)])] >= 0) {
        loop.push_back(c);
      }
    }
    if (!has_touched) {
      add_face(f, loop);
      continue;
    }
    pieces.clear();
    cut_at_repeated_vertices(loop, vertex_of_corner, pieces);
    for (const std::vector<int>& piece : pieces) {
      if (!is_known(piece)) {
        add_face(f, piece);
      }
    }
  }

  Mesh result = mesh;
  result.attributes.gather(Domain::Point, kept_vertices);
  result.attributes.gather(Domain::Edge, kept_edges);
  result.attributes.gather(Domain::Face, kept_faces);
  result.attributes.gather(Domain::Corner, kept_corners);
  result.weights = mesh.weights.gathered(kept_vertices);
  Array<int> corner_vertices(kept_corners.size()), corner_edges(kept_corners.size());
  const std::span<int> v = corner_vertices.edit(), e = corner_edges.edit();
  for (std::size_t c = 0; c < kept_corners.size(); ++c) {
    const std::size_t old = std::size_t(kept_corners[c]);
    v[c] = vertex_of_corner[old];
    e[c] = new_edge[std::size_t(edge_root[std::size_t(mesh.corner_edges()[old])])];
  }
  result.replace_geometry(gather(mesh.positions(), kept_vertices), Array<int2>(std::move(edges)),
                          kept_faces.empty() ? Array<int>() : Array<int>(std::move(offsets)),
                          std::move(corner_vertices), std::move(corner_edges));
  return result;
}

}  // namespace kiln::modeling
