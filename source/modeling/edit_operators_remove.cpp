#include <algorithm>

#include "modeling/edit_operators.h"

// Deleting and dissolving.
namespace kiln::modeling {
namespace {

constexpr unsigned verts_bit = 1, edges_bit = 2, faces_bit = 8, all_bits = 11;

void remove_verts(EditMesh& m, std::span<const int> gone) {
  for (const int v : gone) {
    if (m.verts.is_alive(v)) {
      m.remove_vert(v);
    }
  }
}
void remove_edges(EditMesh& m, std::span<const int> gone) {
  for (const int e : gone) {
    if (m.edges.is_alive(e)) {
      m.remove_edge(e);
    }
  }
}
void remove_loose_verts(EditMesh& m, std::span<const int> checked) {
  for (const int v : checked) {
    if (m.verts.is_alive(v) && m.verts[v].edge < 0) {
      m.remove_vert(v);
    }
  }
}

Result<void> delete_geometry(EditMesh& m, const SlotValues& in, SlotValues&) {
  enum { Verts, Edges, FacesOnly, EdgesFaces, Faces, FacesKeepBoundary, TaggedOnly };
  const std::vector<int> verts = in.slots("geom", ElementKind::Vert),
                         edges = in.slots("geom", ElementKind::Edge),
                         faces = in.slots("geom", ElementKind::Face);
  switch (in.get<int>("context")) {
    case Verts:
      remove_verts(m, verts);
      break;
    case Edges: {
      std::vector<int> ends;
      for (const int e : edges) {
        ends.insert(ends.end(), m.edges[e].verts.begin(), m.edges[e].verts.end());
      }
      remove_edges(m, edges);
      remove_loose_verts(m, ends);
      break;
    }
    case EdgesFaces:
      remove_edges(m, edges);
      for (const int f : faces) {
        if (m.faces.is_alive(f)) {
          m.remove_face(f);
        }
      }
      break;
    case FacesOnly:
      for (const int f : faces) {
        m.remove_face(f);
      }
      break;
    case Faces:
    case FacesKeepBoundary: {
      const bool keeps = in.get<int>("context") == FacesKeepBoundary;
      std::vector<int> sides, ends;
      for (const int f : faces) {
        for (const int e : m.face_edges(f)) {
          if (!keeps || !m.is_boundary(e)) {
            sides.push_back(e);
          }
        }
        const std::vector<int> ring = m.face_verts(f);
        ends.insert(ends.end(), ring.begin(), ring.end());
      }
      for (const int f : faces) {
        m.remove_face(f);
      }
      for (const int e : sides) {
        if (m.edges.is_alive(e) && m.is_wire(e)) {
          m.remove_edge(e);
        }
      }
      remove_loose_verts(m, ends);
      break;
    }
    default:
      for (const int f : faces) {
        m.remove_face(f);
      }
      remove_edges(m, edges);
      remove_verts(m, verts);
      break;
  }
  return {};
}

/// Parts of a set of faces that hang together by shared edges.
std::vector<std::vector<int>> regions(EditMesh& m, std::span<const int> faces) {
  std::map<int, bool> open;
  for (const int f : faces) {
    open[f] = true;
  }
  std::vector<std::vector<int>> result;
  for (const int start : faces) {
    if (!open[start]) {
      continue;
    }
    open[start] = false;
    std::vector<int> part{start};
    for (std::size_t i = 0; i < part.size(); ++i) {
      for (const int e : m.face_edges(part[i])) {
        if (m.edge_face_count(e) != 2) {
          continue;
        }
        for (const int n : m.edge_faces(e)) {
          const auto found = open.find(n);
          if (found != open.end() && found->second) {
            found->second = false;
            part.push_back(n);
          }
        }
      }
    }
    result.push_back(std::move(part));
  }
  return result;
}
/// Removes vertices of two edges from `checked`.
void dissolve_two_edge_verts(EditMesh& m, std::span<const int> checked) {
  for (const int v : checked) {
    if (m.verts.is_alive(v) && m.vert_edge_count(v) == 2) {
      m.join_edges(m.verts[v].edge, v);
    }
  }
}
Result<void> dissolve_faces(EditMesh& m, const SlotValues& in, SlotValues& out) {
  const std::vector<int> faces = in.slots("faces", ElementKind::Face);
  std::vector<int> corners, made;
  if (in.get<bool>("use_verts")) {
    for (const int f : faces) {
      for (const int v : m.face_verts(f)) {
        // A vertex that had two edges before stays.
        if (m.vert_edge_count(v) != 2) {
          corners.push_back(v);
        }
      }
    }
  }
  for (const std::vector<int>& part : regions(m, faces)) {
    const int f = m.join_faces(part);
    if (f >= 0) {
      made.push_back(f);
    }
  }
  dissolve_two_edge_verts(m, corners);
  std::erase_if(made, [&](int f) { return !m.faces.is_alive(f); });
  out.add("region", ElementKind::Face, made);
  return {};
}
Result<void> dissolve_edges(EditMesh& m, const SlotValues& in, SlotValues& out) {
  const std::vector<int> edges = in.slots("edges", ElementKind::Edge);
  std::vector<int> ends;
  for (const int e : edges) {
    for (const int v : m.edges[e].verts) {
      if (m.vert_edge_count(v) != 2) {
        ends.push_back(v);
      }
    }
  }
  for (const int e : edges) {
    if (!m.edges.is_alive(e) || m.edge_face_count(e) != 2) {
      continue;
    }
    const std::vector<int> sides = m.edge_faces(e);
    if (sides[0] != sides[1]) {
      m.join_faces(sides);
    }
  }
  if (in.get<bool>("use_verts")) {
    dissolve_two_edge_verts(m, ends);
  }
  out.values["region"] = std::vector<Element>();
  return {};
}
Result<void> dissolve_verts(EditMesh& m, const SlotValues& in, SlotValues&) {
  const std::vector<int> chosen = in.slots("verts", ElementKind::Vert);
  for (const int v : chosen) {
    if (m.verts.is_alive(v)) {
      m.dissolve_vert(v);
    }
  }
  return {};
}
Result<void> dissolve_degenerate(EditMesh& m, const SlotValues& in, SlotValues&) {
  const float near = in.get<float>("dist");
  std::vector<std::pair<int, int>> targets;
  for (const int e : in.slots("edges", ElementKind::Edge)) {
    if (m.edge_length(e) < near) {
      targets.emplace_back(m.edges[e].verts[1], m.edges[e].verts[0]);
    }
  }
  m.weld(targets);
  return {};
}

}  // namespace

void add_removal_operators(std::vector<EditOperator>& all) {
  using T = SlotType;
  all.push_back({"delete",
                 {{"geom", T::Elements, all_bits},
                  {"context",
                   T::Enum,
                   0,
                   {"VERTS", "EDGES", "FACES_ONLY", "EDGES_FACES", "FACES", "FACES_KEEP_BOUNDARY",
                    "TAGGED_ONLY"}}},
                 delete_geometry,
                 {}});
  all.push_back({"dissolve_faces",
                 {{"faces", T::Elements, faces_bit}, {"use_verts", T::Bool}},
                 dissolve_faces,
                 {{"region", T::Elements}}});
  all.push_back({"dissolve_edges",
                 {{"edges", T::Elements, edges_bit}, {"use_verts", T::Bool}},
                 dissolve_edges,
                 {{"region", T::Elements}}});
  all.push_back({"dissolve_verts", {{"verts", T::Elements, verts_bit}}, dissolve_verts, {}});
  all.push_back({"dissolve_degenerate",
                 {{"dist", T::Float}, {"edges", T::Elements, edges_bit}},
                 dissolve_degenerate,
                 {}});
}

}  // namespace kiln::modeling
