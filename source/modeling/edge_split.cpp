#include "modeling/edge_split.h"

#include "core/schema/registry.h"

namespace kiln::modeling {

Mesh split_edges(const Mesh& mesh, std::span<const std::uint8_t> is_split) {
  const Adjacency& edge_corners = mesh.edge_corners();
  const int* faces = mesh.corner_faces().data();
  const int* offsets = mesh.face_offsets().data();
  const auto next_of = [&](int c) {
    return c + 1 == offsets[faces[c] + 1] ? offsets[faces[c]] : c + 1;
  };
  const auto before = [&](int c) {
    return c == offsets[faces[c]] ? offsets[faces[c] + 1] - 1 : c - 1;
  };

  // Corners around a vertex that edges still join keep one vertex; the first lot keeps the old one.
  std::vector<int> corner_vertices(mesh.corner_vertices().begin(), mesh.corner_vertices().end());
  std::vector<int> vertex_source(mesh.vertex_count());
  for (std::size_t v = 0; v < vertex_source.size(); ++v) {
    vertex_source[v] = int(v);
  }
  std::vector<int> stack;
  std::vector<std::uint8_t> is_done(mesh.corner_count(), 0);
  for (std::size_t v = 0; v < mesh.vertex_count(); ++v) {
    const std::span<const int> corners = mesh.vertex_corners()[v];
    for (const int start : corners) {
      if (is_done[std::size_t(start)]) {
        continue;
      }
      int vertex = int(v);
      if (start != corners[0]) {
        vertex = int(vertex_source.size());
        vertex_source.push_back(int(v));
      }
      is_done[std::size_t(start)] = 1;
      stack.assign(1, start);
      while (!stack.empty()) {
        const int c = stack.back();
        stack.pop_back();
        corner_vertices[std::size_t(c)] = vertex;
        // The corners at this vertex across the two edges of the face that meet here.
        for (const int side : {c, before(c)}) {
          const std::size_t e = std::size_t(mesh.corner_edges()[std::size_t(side)]);
          if (is_split[e]) {
            continue;
          }
          for (const int other : edge_corners[e]) {
            const int here =
                mesh.corner_vertices()[std::size_t(other)] == int(v) ? other : next_of(other);
            if (!is_done[std::size_t(here)]) {
              is_done[std::size_t(here)] = 1;
              stack.push_back(here);
            }
          }
        }
      }
    }
  }

  // Edges: one for each pair of new vertices that faces of an old edge use.
  std::vector<int> edge_source(mesh.edge_count()),
      corner_edges(mesh.corner_edges().begin(), mesh.corner_edges().end());
  std::vector<int2> edges(mesh.edges().begin(), mesh.edges().end());
  for (std::size_t e = 0; e < edges.size(); ++e) {
    edge_source[e] = int(e);
  }
  for (std::size_t e = 0; e < mesh.edge_count(); ++e) {
    std::vector<int> made;
    for (const int c : edge_corners[e]) {
      const int a = corner_vertices[std::size_t(c)], b = corner_vertices[std::size_t(next_of(c))];
      const bool is_forward = mesh.corner_vertices()[std::size_t(c)] == mesh.edges()[e].x;
      const int2 ends = is_forward ? int2{a, b} : int2{b, a};
      auto known = std::find_if(made.begin(), made.end(),
                                [&](int m) { return edges[std::size_t(m)] == ends; });
      if (known == made.end()) {
        if (made.empty()) {
          made.push_back(int(e));
          edges[e] = ends;
        } else {
          made.push_back(int(edges.size()));
          edges.push_back(ends);
          edge_source.push_back(int(e));
        }
        known = made.end() - 1;
      }
      corner_edges[std::size_t(c)] = *known;
    }
  }

  Mesh result = mesh;
  result.attributes.gather(Domain::Point, vertex_source);
  result.attributes.gather(Domain::Edge, edge_source);
  result.weights = mesh.weights.gathered(vertex_source);
  result.replace_geometry(gather(mesh.positions(), vertex_source), Array<int2>(std::move(edges)),
                          mesh.face_offsets(), Array<int>(std::move(corner_vertices)),
                          Array<int>(std::move(corner_edges)));
  return result;
}

std::vector<std::uint8_t> edges_with_split_normals(const Mesh& mesh) {
  const Array<std::uint8_t>* is_sharp = mesh.attributes.find<std::uint8_t>(".sharp", Domain::Edge);
  const float limit = std::cos(mesh.auto_smooth_angle);
  std::vector<std::uint8_t> result(mesh.edge_count(), 0);
  for (std::size_t e = 0; e < result.size(); ++e) {
    const std::span<const int> corners = mesh.edge_corners()[e];
    if (corners.size() != 2) {
      result[e] = corners.size() > 2;
      continue;
    }
    const std::size_t f = std::size_t(mesh.corner_faces()[std::size_t(corners[0])]);
    const std::size_t g = std::size_t(mesh.corner_faces()[std::size_t(corners[1])]);
    result[e] =
        !mesh.is_face_smooth(f) || !mesh.is_face_smooth(g) ||
        (mesh.use_auto_smooth && ((is_sharp && (*is_sharp)[e]) ||
                                  dot(mesh.face_normals()[f], mesh.face_normals()[g]) < limit));
  }
  return result;
}

void register_edge_split_functions(Registry& registry) {
  Function split;
  split.identifier = "split_faces";
  split.description = "Split faces based on the edge angle";
  split.parameters = {parameter(PropertyType::Boolean, "free_loop_normals", "Free Loop Normals",
                                [](PropertyBuilder& p) { p.default_value(true); })};
  split.call = [](const Call& call) -> Result<Value> {
    if (!call.edit) {
      return Error::invalid("evaluated meshes cannot be changed; change the original");
    }
    auto& mesh = static_cast<Mesh&>(*call.edit(Change::Geometry).block);
    mesh.finish_editing();
    // Only where auto smooth asks for split normals does anything break.
    if (mesh.use_auto_smooth) {
      const Mesh parted = split_edges(mesh, edges_with_split_normals(mesh));
      mesh.take_geometry(parted);
    }
    return Value();
  };
  registry.extend(Mesh::schema(), std::move(split));
}

}  // namespace kiln::modeling
