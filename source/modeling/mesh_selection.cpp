#include "modeling/mesh_selection.h"

namespace kiln::modeling {
namespace {

std::vector<std::uint8_t> read(const Mesh& mesh, const char* name, Domain domain,
                               std::size_t count) {
  std::vector<std::uint8_t> out(count);
  if (const auto* values = mesh.attributes.find<std::uint8_t>(name, domain)) {
    for (std::size_t i = 0; i < std::min(count, values->size()); ++i) {
      out[i] = (*values)[i] != 0;
    }
  }
  return out;
}

// Faces of which all corners (or sides) are in a set of vertices (or edges).
void select_surrounded_faces(const Mesh& mesh, std::span<const int> of_corners,
                             const std::vector<std::uint8_t>& in,
                             std::vector<std::uint8_t>& faces) {
  const std::span<const int> offsets = mesh.face_offsets();
  for (std::size_t f = 0; f < faces.size(); ++f) {
    faces[f] = 1;
    for (int c = offsets[f]; c < offsets[f + 1]; ++c) {
      faces[f] = faces[f] && in[std::size_t(of_corners[std::size_t(c)])];
    }
  }
}

// What follows from elements of one kind, whatever is hidden.
void flush_from(const Mesh& mesh, MeshSelection& s, Domain domain) {
  const std::span<const int2> edges = mesh.edges();
  const std::span<const int> vertices = mesh.corner_vertices(), sides = mesh.corner_edges();
  if (domain == Domain::Face) {
    std::fill(s.verts.begin(), s.verts.end(), std::uint8_t(0));
    std::fill(s.edges.begin(), s.edges.end(), std::uint8_t(0));
    const std::span<const int> offsets = mesh.face_offsets();
    for (std::size_t f = 0; f < s.faces.size(); ++f) {
      for (int c = offsets[f]; s.faces[f] && c < offsets[f + 1]; ++c) {
        s.verts[std::size_t(vertices[std::size_t(c)])] = 1;
        s.edges[std::size_t(sides[std::size_t(c)])] = 1;
      }
    }
    return;
  }
  if (domain == Domain::Edge) {
    std::fill(s.verts.begin(), s.verts.end(), std::uint8_t(0));
    for (std::size_t e = 0; e < s.edges.size(); ++e) {
      if (s.edges[e]) {
        s.verts[std::size_t(edges[e].x)] = s.verts[std::size_t(edges[e].y)] = 1;
      }
    }
    select_surrounded_faces(mesh, sides, s.edges, s.faces);
    return;
  }
  for (std::size_t e = 0; e < s.edges.size(); ++e) {
    s.edges[e] = s.verts[std::size_t(edges[e].x)] && s.verts[std::size_t(edges[e].y)];
  }
  select_surrounded_faces(mesh, vertices, s.verts, s.faces);
}

// What is hidden is not selected.
void leave_hidden(const Mesh& mesh, MeshSelection& s) {
  const auto leave = [&](const char* name, Domain domain, std::vector<std::uint8_t>& values) {
    if (const auto* hidden = mesh.attributes.find<std::uint8_t>(name, domain)) {
      for (std::size_t i = 0; i < std::min(values.size(), hidden->size()); ++i) {
        values[i] = values[i] && !(*hidden)[i];
      }
    }
  };
  leave(".hide_vert", Domain::Point, s.verts);
  leave(".hide_edge", Domain::Edge, s.edges);
  leave(".hide_poly", Domain::Face, s.faces);
}

}  // namespace

MeshSelection read_selection(const Mesh& mesh) {
  return {read(mesh, ".select_vert", Domain::Point, mesh.vertex_count()),
          read(mesh, ".select_edge", Domain::Edge, mesh.edges().size()),
          read(mesh, ".select_poly", Domain::Face, mesh.face_count())};
}

void write_selection(Mesh& mesh, const MeshSelection& selection) {
  mesh.attributes.set(".select_vert", Domain::Point,
                      Array<std::uint8_t>(std::span(selection.verts)));
  mesh.attributes.set(".select_edge", Domain::Edge,
                      Array<std::uint8_t>(std::span(selection.edges)));
  mesh.attributes.set(".select_poly", Domain::Face,
                      Array<std::uint8_t>(std::span(selection.faces)));
}

void flush_selection(const Mesh& mesh, MeshSelection& s, Domain domain) {
  leave_hidden(mesh, s);
  flush_from(mesh, s, domain);
  leave_hidden(mesh, s);
}

Domain selected_domain(const std::array<bool, 3>& modes) {
  return modes[0] ? Domain::Point : modes[1] ? Domain::Edge : Domain::Face;
}

}  // namespace kiln::modeling
