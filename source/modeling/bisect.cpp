#include "modeling/bisect.h"

#include "modeling/interpolate.h"

namespace kiln::modeling {
namespace {

/// A point on the outline of a face: one of its corners, or a mixture of two neighbours where the
/// plane cuts.
struct OutlinePoint {
  int corner;       ///< of the old mesh
  int next_corner;  ///< the other one of a mixture
  float t = 0;      ///< how far toward it
  int vertex;       ///< of the new mesh
  int side;         ///< 1: kept, 0: on the plane, -1: gone
  float along = 0;  ///< place on the line in which the plane cuts the face
};

/// Cuts the outline of a face into the loops that lie on the kept side.
std::vector<std::vector<OutlinePoint>> kept_loops(std::vector<OutlinePoint> outline) {
  const std::size_t n = outline.size();
  const auto gone = std::find_if(outline.begin(), outline.end(),
                                 [](const OutlinePoint& p) { return p.side < 0; });
  if (gone == outline.end()) {
    return {std::move(outline)};
  }
  // From a point that goes, the outline is a series of runs that begin and end on the plane.
  std::rotate(outline.begin(), gone, outline.end());
  std::vector<std::vector<OutlinePoint>> runs;
  for (std::size_t i = 0; i < n; ++i) {
    if (outline[i].side < 1 || i == 0) {
      continue;
    }
    std::vector<OutlinePoint> run{outline[i - 1]};
    for (; i < n && outline[i].side == 1; ++i) {
      run.push_back(outline[i]);
    }
    run.push_back(outline[i % n]);
    runs.push_back(std::move(run));
  }
  if (runs.size() <= 1) {
    return runs;
  }
  // Along the cut, ends of runs are inside in pairs: the first with the second, the third with the
  // fourth, ...
  struct End {
    float along;
    std::size_t run;
    bool is_start;
  };
  std::vector<End> ends;
  for (std::size_t r = 0; r < runs.size(); ++r) {
    ends.push_back({runs[r].front().along, r, true});
    ends.push_back({runs[r].back().along, r, false});
  }
  std::sort(ends.begin(), ends.end(), [](const End& a, const End& b) { return a.along < b.along; });
  std::vector<std::size_t> next_run(runs.size());
  for (std::size_t i = 0; i + 1 < ends.size(); i += 2) {
    const End &a = ends[i], &b = ends[i + 1];
    if (a.is_start == b.is_start) {
      return runs;  // a face that crosses itself: every run is closed on its own
    }
    next_run[a.is_start ? b.run : a.run] = a.is_start ? a.run : b.run;
  }
  std::vector<std::vector<OutlinePoint>> loops;
  std::vector<bool> is_used(runs.size(), false);
  for (std::size_t r = 0; r < runs.size(); ++r) {
    std::vector<OutlinePoint> loop;
    for (std::size_t k = r; !is_used[k]; k = next_run[k]) {
      is_used[k] = true;
      loop.insert(loop.end(), runs[k].begin(), runs[k].end());
    }
    if (!loop.empty()) {
      loops.push_back(std::move(loop));
    }
  }
  return loops;
}

}  // namespace

Mesh bisect(const Mesh& mesh, const Plane& plane, float threshold) {
  const std::size_t vertex_count = mesh.vertex_count();
  std::vector<float> distance(vertex_count);
  std::vector<int> side(vertex_count), new_vertex(vertex_count, -1);
  Mixture points;
  std::vector<float3> positions;
  for (std::size_t v = 0; v < vertex_count; ++v) {
    distance[v] = plane.distance(mesh.positions()[v]);
    side[v] = distance[v] > threshold ? 1 : distance[v] < -threshold ? -1 : 0;
    if (side[v] >= 0) {
      new_vertex[v] = int(positions.size());
      const float3 p = mesh.positions()[v];
      positions.push_back(side[v] == 0 ? p - plane.normal * distance[v] : p);
      points.add_copy(int(v));
    }
  }

  std::vector<int> kept_edges, cut_vertex(mesh.edge_count(), -1);
  std::vector<int2> edges;
  const auto cut_at = [&](int from, int to) {
    return distance[std::size_t(from)] / (distance[std::size_t(from)] - distance[std::size_t(to)]);
  };
  for (std::size_t e = 0; e < mesh.edge_count(); ++e) {
    const auto [a, b] = mesh.edges()[e];
    int2 ends{new_vertex[std::size_t(a)], new_vertex[std::size_t(b)]};
    if (side[std::size_t(a)] * side[std::size_t(b)] < 0) {
      const float t = cut_at(a, b);
      cut_vertex[e] = int(positions.size());
      positions.push_back(
          lerp(mesh.positions()[std::size_t(a)], mesh.positions()[std::size_t(b)], t));
      points.add(a, 1.0f - t);
      points.add(b, t);
      points.finish_element();
      (ends.x < 0 ? ends.x : ends.y) = cut_vertex[e];
    }
    if (ends.x >= 0 && ends.y >= 0) {
      kept_edges.push_back(int(e));
      edges.push_back(ends);
    }
  }

  Mixture corners;
  std::vector<int> kept_faces, offsets{0}, corner_vertices;
  std::vector<OutlinePoint> outline;
  for (std::size_t f = 0; f < mesh.face_count(); ++f) {
    const int first = mesh.face_offsets()[f], last = mesh.face_offsets()[f + 1];
    const float3 line = cross(plane.normal, mesh.face_normals()[f]);
    outline.clear();
    bool has_kept = false, has_gone = false;
    for (int c = first; c < last; ++c) {
      const int next = c + 1 == last ? first : c + 1;
      const int v = mesh.corner_vertices()[std::size_t(c)],
                w = mesh.corner_vertices()[std::size_t(next)];
      const int s = side[std::size_t(v)];
      has_kept |= s > 0;
      has_gone |= s < 0;
      outline.push_back(
          {c, c, 0.0f, new_vertex[std::size_t(v)], s, dot(line, mesh.positions()[std::size_t(v)])});
      if (s * side[std::size_t(w)] < 0) {
        const int cut = cut_vertex[std::size_t(mesh.corner_edges()[std::size_t(c)])];
        outline.push_back({c, next, cut_at(v, w), cut, 0, dot(line, positions[std::size_t(cut)])});
      }
    }
    if (has_gone && !has_kept) {
      continue;
    }
    for (const std::vector<OutlinePoint>& loop : kept_loops(outline)) {
      if (loop.size() < 3) {
        continue;
      }
      for (const OutlinePoint& p : loop) {
        corners.add(p.corner, 1.0f - p.t);
        if (p.t > 0.0f) {
          corners.add(p.next_corner, p.t);
        }
        corners.finish_element();
        corner_vertices.push_back(p.vertex);
      }
      kept_faces.push_back(int(f));
      offsets.push_back(int(corner_vertices.size()));
    }
  }

  Mesh result = mesh;
  result.weights = mix(mesh.weights, points);
  mix_attributes(mesh.attributes, Domain::Point, points, result.attributes);
  mix_attributes(mesh.attributes, Domain::Corner, corners, result.attributes);
  result.attributes.gather(Domain::Edge, kept_edges);
  result.attributes.gather(Domain::Face, kept_faces);
  result.replace_geometry(Array<float3>(std::move(positions)), Array<int2>(std::move(edges)),
                          kept_faces.empty() ? Array<int>() : Array<int>(std::move(offsets)),
                          Array<int>(std::move(corner_vertices)), {});
  return result;
}

}  // namespace kiln::modeling
