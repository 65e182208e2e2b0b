#include "modeling/dissolve.h"

#include <queue>
#include <utility>

namespace kiln::modeling {
namespace {

constexpr int none = -1;

struct Candidate {
  float cost;
  int element;
  int version;
  bool operator<(const Candidate& other) const {
    return cost > other.cost || (cost == other.cost && element > other.element);
  }
};

class Dissolver {
public:
  Dissolver(const Mesh& mesh, const DissolveSettings& settings)
      : mesh_(mesh),
        settings_(settings),
        next_(mesh.corner_count()),
        before_(mesh.corner_count()),
        twin_(mesh.corner_count(), none),
        is_alive_(mesh.corner_count(), 1),
        parent_(mesh.face_count()),
        sizes_(mesh.face_count()),
        areas_(mesh.face_count()),
        is_joined_(mesh.face_count(), 0) {
    for (std::size_t f = 0; f < mesh.face_count(); ++f) {
      const int first = mesh.face_offsets()[f], last = mesh.face_offsets()[f + 1];
      parent_[f] = int(f);
      sizes_[f] = last - first;
      for (int c = first; c < last; ++c) {
        next_[std::size_t(c)] = c + 1 == last ? first : c + 1;
        before_[std::size_t(c)] = c == first ? last - 1 : c - 1;
        const float3 p = place(vertex(c)) - place(vertex(first));
        const float3 q = place(vertex(next_[std::size_t(c)])) - place(vertex(first));
        areas_[f] += cross(p, q);
      }
    }
    for (std::size_t e = 0; e < mesh.edge_count(); ++e) {
      const std::span<const int> corners = mesh.edge_corners()[e];
      if (corners.size() == 2 && vertex(corners[0]) != vertex(corners[1]) &&
          mesh.corner_faces()[std::size_t(corners[0])] !=
              mesh.corner_faces()[std::size_t(corners[1])]) {
        twin_[std::size_t(corners[0])] = corners[1];
        twin_[std::size_t(corners[1])] = corners[0];
      }
    }
  }

  Mesh run() {
    join_faces();
    remove_vertices();
    return build();
  }

private:
  int vertex(int c) const { return mesh_.corner_vertices()[std::size_t(c)]; }
  int edge(int c) const { return mesh_.corner_edges()[std::size_t(c)]; }
  float3 place(int v) const { return mesh_.positions()[std::size_t(v)]; }
  int face(int c) { return root(mesh_.corner_faces()[std::size_t(c)]); }
  int root(int f) {
    while (parent_[std::size_t(f)] != f) {
      f = parent_[std::size_t(f)] = parent_[std::size_t(parent_[std::size_t(f)])];
    }
    return f;
  }

  float angle_between(float3 a, float3 b) const {
    return std::acos(std::clamp(dot(normalize(a), normalize(b)), -1.0f, 1.0f));
  }

  bool is_delimited(int e, int c, int d) const {
    const auto has = [&](const char* name) {
      const Array<std::uint8_t>* flags = mesh_.attributes.find<std::uint8_t>(name, Domain::Edge);
      return flags && (*flags)[std::size_t(e)];
    };
    if ((settings_.keeps_seam && has(".seam")) || (settings_.keeps_sharp && has(".sharp"))) {
      return true;
    }
    if (settings_.keeps_material &&
        mesh_.material_index(std::size_t(mesh_.corner_faces()[std::size_t(c)])) !=
            mesh_.material_index(std::size_t(mesh_.corner_faces()[std::size_t(d)]))) {
      return true;
    }
    if (settings_.keeps_uv) {
      for (const Attribute& map : mesh_.attributes.items()) {
        if (!map.is_uv_map) {
          continue;
        }
        const Array<float2>& uvs = *map.as<float2>();
        const auto differ = [&](int a, int b) {
          return length(uvs[std::size_t(a)] - uvs[std::size_t(b)]) > 1e-5f;
        };
        if (differ(c, next_[std::size_t(d)]) || differ(next_[std::size_t(c)], d)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Whether the sides of the two faces that touch are one chain, and nothing else touches; then
  /// its first and last corner in the loop of face `f`.
  bool find_chain(int f, int g, int c, int* first, int* last, int* size) {
    *first = *last = c;
    *size = 1;
    const auto is_shared = [&](int corner) {
      const int t = twin_[std::size_t(corner)];
      return t != none && is_alive_[std::size_t(t)] && face(t) == g;
    };
    const int limit = std::min(sizes_[std::size_t(f)], sizes_[std::size_t(g)]);
    while (*size < limit && is_shared(next_[std::size_t(*last)]) &&
           twin_[std::size_t(next_[std::size_t(*last)])] ==
               before_[std::size_t(twin_[std::size_t(*last)])]) {
      *last = next_[std::size_t(*last)];
      ++*size;
    }
    while (*size < limit && is_shared(before_[std::size_t(*first)]) &&
           twin_[std::size_t(before_[std::size_t(*first)])] ==
               next_[std::size_t(twin_[std::size_t(*first)])]) {
      *first = before_[std::size_t(*first)];
      ++*size;
    }
    return *size < limit;
  }

  bool join(int c) {
    const int d = twin_[std::size_t(c)];
    int f = face(c), g = face(d);
    int start = c;
    if (sizes_[std::size_t(f)] > sizes_[std::size_t(g)]) {
      std::swap(f, g);
      start = d;
    }
    // `f` is the smaller one, and walked.
    int first = 0, last = 0, size = 0;
    if (!find_chain(f, g, start, &first, &last, &size) ||
        sizes_[std::size_t(f)] + sizes_[std::size_t(g)] - 2 * size < 3) {
      return false;
    }
    for (int k = next_[std::size_t(last)]; k != first; k = next_[std::size_t(k)]) {
      const int t = twin_[std::size_t(k)];
      if (t != none && is_alive_[std::size_t(t)] && face(t) == g) {
        return false;  // they touch elsewhere too: the result would have a hole
      }
      // The vertex at the beginning of the rest is an end of the chain; others must be free.
      if (k != next_[std::size_t(last)] && touches(vertex(k), g)) {
        return false;
      }
    }
    for (int k = next_[std::size_t(first)]; size > 1; k = next_[std::size_t(k)]) {
      if (has_other_faces(vertex(k), f, g)) {
        return false;
      }
      if (k == last) {
        break;
      }
    }
    // Links around the chain.
    const int twin_first = twin_[std::size_t(last)], twin_last = twin_[std::size_t(first)];
    const int f_before = before_[std::size_t(first)], f_after = next_[std::size_t(last)];
    const int g_before = before_[std::size_t(twin_first)], g_after = next_[std::size_t(twin_last)];
    for (int k = first;; k = next_[std::size_t(k)]) {
      is_alive_[std::size_t(k)] = 0;
      is_alive_[std::size_t(twin_[std::size_t(k)])] = 0;
      if (k == last) {
        break;
      }
    }
    link(f_before, g_after);
    link(g_before, f_after);
    const int kept = std::min(f, g), gone = std::max(f, g);
    parent_[std::size_t(gone)] = kept;
    is_joined_[std::size_t(kept)] = 1;
    sizes_[std::size_t(kept)] = sizes_[std::size_t(f)] + sizes_[std::size_t(g)] - 2 * size;
    areas_[std::size_t(kept)] = areas_[std::size_t(f)] + areas_[std::size_t(g)];
    return true;
  }

  void link(int a, int b) {
    next_[std::size_t(a)] = b;
    before_[std::size_t(b)] = a;
  }

  bool touches(int v, int f) {
    for (const int c : mesh_.vertex_corners()[std::size_t(v)]) {
      if (is_alive_[std::size_t(c)] && face(c) == f) {
        return true;
      }
    }
    return false;
  }
  bool has_other_faces(int v, int f, int g) {
    for (const int c : mesh_.vertex_corners()[std::size_t(v)]) {
      if (is_alive_[std::size_t(c)] && face(c) != f && face(c) != g) {
        return true;
      }
    }
    return false;
  }

  void join_faces() {
    std::priority_queue<Candidate> heap;
    std::vector<int> versions(mesh_.edge_count(), 0);
    const auto offer = [&](int c) {
      const int d = twin_[std::size_t(c)];
      if (d == none || !is_alive_[std::size_t(c)] || face(c) == face(d)) {
        return;
      }
      const float cost = angle_between(areas_[std::size_t(face(c))], areas_[std::size_t(face(d))]);
      const int e = edge(c);
      if (cost < settings_.angle) {
        heap.push({cost, c, ++versions[std::size_t(e)]});
      } else {
        ++versions[std::size_t(e)];
      }
    };
    for (std::size_t e = 0; e < mesh_.edge_count(); ++e) {
      const std::span<const int> corners = mesh_.edge_corners()[e];
      if (corners.size() == 2 && twin_[std::size_t(corners[0])] == corners[1] &&
          !is_delimited(int(e), corners[0], corners[1])) {
        offer(corners[0]);
      } else if (corners.size() == 2) {
        versions[e] = none;  // never
      }
    }
    // What fails now may be possible when what lies between has been joined.
    std::vector<int> failed;
    bool has_joined = false;
    while (!heap.empty() || (has_joined && !failed.empty())) {
      if (heap.empty()) {
        has_joined = false;
        for (const int c : std::exchange(failed, {})) {
          offer(c);
        }
        continue;
      }
      const Candidate top = heap.top();
      heap.pop();
      const int c = top.element;
      if (!is_alive_[std::size_t(c)] || versions[std::size_t(edge(c))] != top.version) {
        continue;
      }
      const int f = face(c), g = face(twin_[std::size_t(c)]);
      const bool is_flat = top.cost < 1e-4f;
      if (f == g) {
        continue;
      }
      if (!join(c)) {
        failed.push_back(c);
        continue;
      }
      has_joined = true;
      if (is_flat) {
        continue;  // joining in one plane changes no angles
      }
      // The edges around have other angles now.
      const int start = [&] {
        const int kept = root(f);
        const int first = mesh_.face_offsets()[std::size_t(kept)];
        for (int k = first; k < mesh_.face_offsets()[std::size_t(kept) + 1]; ++k) {
          if (is_alive_[std::size_t(k)]) {
            return k;
          }
        }
        return none;
      }();
      if (start == none) {
        continue;
      }
      int k = start;
      do {
        if (versions[std::size_t(edge(k))] != none) {
          offer(k);
        }
        k = next_[std::size_t(k)];
      } while (k != start);
    }
  }

  void remove_vertices() {
    // Edges that are left, as pairs of ends; removing a vertex lets one of its two go on.
    const std::size_t edge_count = mesh_.edge_count();
    ends_.assign(mesh_.edges().begin(), mesh_.edges().end());
    is_edge_alive_.assign(edge_count, 0);
    is_vertex_alive_.assign(mesh_.vertex_count(), 1);
    for (std::size_t e = 0; e < edge_count; ++e) {
      is_edge_alive_[e] = mesh_.edge_corners()[e].empty();
      for (const int c : mesh_.edge_corners()[e]) {
        is_edge_alive_[e] |= is_alive_[std::size_t(c)];
      }
    }
    std::vector<std::array<int, 2>> at_vertex(mesh_.vertex_count(), {none, none});
    std::vector<int> counts(mesh_.vertex_count(), 0);
    for (std::size_t e = 0; e < edge_count; ++e) {
      if (!is_edge_alive_[e]) {
        continue;
      }
      for (const int v : {ends_[e].x, ends_[e].y}) {
        if (counts[std::size_t(v)] < 2) {
          at_vertex[std::size_t(v)][std::size_t(counts[std::size_t(v)])] = int(e);
        }
        ++counts[std::size_t(v)];
      }
    }
    for (std::size_t v = 0; v < mesh_.vertex_count(); ++v) {
      if (counts[v] == 0 && !mesh_.vertex_corners()[v].empty()) {
        is_vertex_alive_[v] = 0;  // it was inside a face
      }
    }
    std::priority_queue<Candidate> heap;
    std::vector<int> versions(mesh_.vertex_count(), 0);
    const auto other = [&](int e, int v) {
      return ends_[std::size_t(e)].x == v ? ends_[std::size_t(e)].y : ends_[std::size_t(e)].x;
    };
    const auto offer = [&](int v) {
      ++versions[std::size_t(v)];
      if (counts[std::size_t(v)] != 2 || !is_vertex_alive_[std::size_t(v)]) {
        return;
      }
      int faces = 0;
      bool is_at_joined = false;
      for (const int c : mesh_.vertex_corners()[std::size_t(v)]) {
        if (is_alive_[std::size_t(c)]) {
          ++faces;
          is_at_joined |= is_joined_[std::size_t(face(c))] != 0;
          if (sizes_[std::size_t(face(c))] <= 3) {
            return;
          }
        }
      }
      if (faces == 0) {
        return;
      }
      const auto [e, g] = at_vertex[std::size_t(v)];
      const float3 p = place(v);
      const float cost = angle_between(p - place(other(e, v)), place(other(g, v)) - p);
      if (cost < settings_.angle || (settings_.dissolves_boundaries && is_at_joined)) {
        heap.push({cost, v, versions[std::size_t(v)]});
      }
    };
    for (int v = 0; v < int(mesh_.vertex_count()); ++v) {
      offer(v);
    }
    while (!heap.empty()) {
      const Candidate top = heap.top();
      heap.pop();
      const int v = top.element;
      if (versions[std::size_t(v)] != top.version) {
        continue;
      }
      bool is_possible = true;
      for (const int c : mesh_.vertex_corners()[std::size_t(v)]) {
        is_possible &= !is_alive_[std::size_t(c)] || sizes_[std::size_t(face(c))] > 3;
      }
      if (!is_possible) {
        continue;
      }
      const auto [e, g] = at_vertex[std::size_t(v)];
      const int a = other(e, v), b = other(g, v);
      is_vertex_alive_[std::size_t(v)] = 0;
      is_edge_alive_[std::size_t(g)] = 0;
      ends_[std::size_t(e)] = {a, b};
      for (int& k : at_vertex[std::size_t(b)]) {
        k = k == g ? e : k;
      }
      for (const int c : mesh_.vertex_corners()[std::size_t(v)]) {
        if (is_alive_[std::size_t(c)]) {
          is_alive_[std::size_t(c)] = 0;
          link(before_[std::size_t(c)], next_[std::size_t(c)]);
          --sizes_[std::size_t(face(c))];
        }
      }
      offer(a);
      offer(b);
    }
  }

  Mesh build() {
    std::vector<int> vertex_source, new_vertex(mesh_.vertex_count(), none);
    for (std::size_t v = 0; v < mesh_.vertex_count(); ++v) {
      if (is_vertex_alive_[v]) {
        new_vertex[v] = int(vertex_source.size());
        vertex_source.push_back(int(v));
      }
    }
    std::vector<int2> edges;
    std::vector<int> edge_source;
    for (std::size_t e = 0; e < ends_.size(); ++e) {
      const int2 ends{new_vertex[std::size_t(ends_[e].x)], new_vertex[std::size_t(ends_[e].y)]};
      if (is_edge_alive_[e] && ends.x >= 0 && ends.y >= 0) {
        edges.push_back(ends);
        edge_source.push_back(int(e));
      }
    }
    std::vector<int> offsets{0}, corner_vertices, corner_source, face_source;
    std::vector<std::uint8_t> is_done(mesh_.corner_count(), 0);
    for (std::size_t start = 0; start < mesh_.corner_count(); ++start) {
      if (!is_alive_[start] || is_done[start]) {
        continue;
      }
      int c = int(start);
      do {
        is_done[std::size_t(c)] = 1;
        corner_vertices.push_back(new_vertex[std::size_t(vertex(c))]);
        corner_source.push_back(c);
        c = next_[std::size_t(c)];
      } while (c != int(start));
      offsets.push_back(int(corner_vertices.size()));
      face_source.push_back(face(int(start)));
    }
    Mesh result = mesh_;
    result.attributes.gather(Domain::Point, vertex_source);
    result.attributes.gather(Domain::Edge, edge_source);
    result.attributes.gather(Domain::Face, face_source);
    result.attributes.gather(Domain::Corner, corner_source);
    result.attributes.remove(".custom_normal");
    result.weights = mesh_.weights.gathered(vertex_source);
    result.replace_geometry(gather(mesh_.positions(), vertex_source), Array<int2>(std::move(edges)),
                            face_source.empty() ? Array<int>() : Array<int>(std::move(offsets)),
                            Array<int>(std::move(corner_vertices)), {});
    return result;
  }

  const Mesh& mesh_;
  const DissolveSettings& settings_;
  std::vector<int> next_, before_, twin_;  ///< of corners
  std::vector<std::uint8_t> is_alive_;
  std::vector<int> parent_, sizes_;      ///< of faces
  std::vector<float3> areas_;            ///< twice the area vector
  std::vector<std::uint8_t> is_joined_;  ///< faces made of several
  std::vector<int2> ends_;
  std::vector<std::uint8_t> is_edge_alive_, is_vertex_alive_;
};

}  // namespace

Mesh dissolve_planar(const Mesh& mesh, const DissolveSettings& settings) {
  for (std::size_t f = 0; f < mesh.face_count(); ++f) {
    if (mesh.face_size(f) < 3) {
      return mesh;
    }
  }
  return Dissolver(mesh, settings).run();
}

}  // namespace kiln::modeling
