#include "modeling/clip.h"

#include "modeling/interpolate.h"

namespace kiln::modeling {

Mesh clip(const Mesh& mesh, std::span<const float> values, std::span<const std::uint8_t> is_kept) {
  const std::size_t vertex_count = mesh.vertex_count();
  std::vector<int> new_vertex(vertex_count, -1);
  Mixture points;
  for (std::size_t v = 0; v < vertex_count; ++v) {
    if (is_kept[v]) {
      new_vertex[v] = int(points.size());
      points.add_copy(int(v));
    }
  }

  std::vector<int> kept_edges, cut_vertex(mesh.edge_count(), -1);
  std::vector<float> cut_share(mesh.edge_count(), 0.0f);  // of the edge's second end
  std::vector<int2> edges;
  for (std::size_t e = 0; e < mesh.edge_count(); ++e) {
    const auto [a, b] = mesh.edges()[e];
    int2 ends{new_vertex[std::size_t(a)], new_vertex[std::size_t(b)]};
    if ((ends.x < 0) != (ends.y < 0)) {
      const float range = values[std::size_t(a)] - values[std::size_t(b)];
      const float t =
          std::abs(range) > 0.0f ? std::clamp(values[std::size_t(a)] / range, 0.0f, 1.0f) : 0.5f;
      cut_share[e] = t;
      cut_vertex[e] = int(points.size());
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
  for (std::size_t f = 0; f < mesh.face_count(); ++f) {
    const int first = mesh.face_offsets()[f], size = mesh.face_size(f);
    const auto corner = [&](int i) { return std::size_t(first + (i % size + size) % size); };
    const auto stays = [&](int i) {
      return is_kept[std::size_t(mesh.corner_vertices()[corner(i)])] != 0;
    };
    // The point where the outline crosses between corners i and i + 1.
    const auto add_cut = [&](int i) {
      const std::size_t c = corner(i), next = corner(i + 1);
      const std::size_t e = std::size_t(mesh.corner_edges()[c]);
      const float to_end = cut_share[e];
      const float t = mesh.edges()[e].x == mesh.corner_vertices()[c] ? to_end : 1.0f - to_end;
      corners.add(int(c), 1.0f - t);
      corners.add(int(next), t);
      corners.finish_element();
      corner_vertices.push_back(cut_vertex[e]);
    };
    const auto finish_face = [&] {
      const std::size_t begin = std::size_t(offsets.back());
      if (corner_vertices.size() - begin < 3) {
        while (corner_vertices.size() > begin) {
          corner_vertices.pop_back();
          corners.offsets.pop_back();
        }
        corners.sources.resize(std::size_t(corners.offsets.back()));
        corners.weights.resize(corners.sources.size());
        return;
      }
      offsets.push_back(int(corner_vertices.size()));
      kept_faces.push_back(int(f));
    };
    int gone = 0;
    while (gone < size && stays(gone)) {
      ++gone;
    }
    if (gone == size) {
      for (int i = 0; i < size; ++i) {
        corners.add_copy(int(corner(i)));
        corner_vertices.push_back(new_vertex[std::size_t(mesh.corner_vertices()[corner(i)])]);
      }
      finish_face();
      continue;
    }
    for (int i = gone + 1; i < gone + size; ++i) {
      if (!stays(i)) {
        continue;
      }
      add_cut(i - 1);
      for (; stays(i); ++i) {
        corners.add_copy(int(corner(i)));
        corner_vertices.push_back(new_vertex[std::size_t(mesh.corner_vertices()[corner(i)])]);
      }
      add_cut(i - 1);
      finish_face();
    }
  }

  Mesh result = mesh;
  result.weights = mix(mesh.weights, points);
  mix_attributes(mesh.attributes, Domain::Point, points, result.attributes);
  mix_attributes(mesh.attributes, Domain::Corner, corners, result.attributes);
  result.attributes.gather(Domain::Edge, kept_edges);
  result.attributes.gather(Domain::Face, kept_faces);
  result.replace_geometry(mix(mesh.positions(), points), Array<int2>(std::move(edges)),
                          kept_faces.empty() ? Array<int>() : Array<int>(std::move(offsets)),
                          Array<int>(std::move(corner_vertices)), {});
  return result;
}

}  // namespace kiln::modeling
