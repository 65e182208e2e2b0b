#include <algorithm>

#include "core/triangulate.h"
#include "modeling/edit_mesh.h"

// Meshes as arrays to edit meshes and back.
namespace kiln::modeling {
namespace {

/// Truth values that edit meshes keep as flags of elements.
struct FlagName {
  const char* name;
  ElementKind kind;
  int flag;
  bool is_inverse = false;
};
constexpr FlagName flag_names[] = {{".select_vert", ElementKind::Vert, ElementFlag::Select},
                                   {".hide_vert", ElementKind::Vert, ElementFlag::Hide},
                                   {".select_edge", ElementKind::Edge, ElementFlag::Select},
                                   {".hide_edge", ElementKind::Edge, ElementFlag::Hide},
                                   {".seam", ElementKind::Edge, ElementFlag::Seam},
                                   {".sharp", ElementKind::Edge, ElementFlag::Smooth, true},
                                   {".select_poly", ElementKind::Face, ElementFlag::Select},
                                   {".hide_poly", ElementKind::Face, ElementFlag::Hide},
                                   {".smooth", ElementKind::Face, ElementFlag::Smooth}};

bool is_kept_in_elements(const Attribute& a) {
  return a.name == "material_index" ||
         std::any_of(std::begin(flag_names), std::end(flag_names),
                     [&](const FlagName& f) { return a.name == f.name; });
}

/// Puts `values` behind what is there from `first` on.
void append_attribute(AttributeSet& set, const Attribute& from, std::size_t first,
                      std::size_t size) {
  Attribute* known = set.edit(from.name);
  if (known == nullptr || known->domain != from.domain || known->type() != from.type()) {
    if (known != nullptr) {
      return;  // a clash of names
    }
    if (first == 0) {
      Attribute& made = set.set(from.name, from.domain, from.values);
      made.is_uv_map = from.is_uv_map;
      return;
    }
    known = &set.set(from.name, from.domain, make_attribute(from.type(), size));
    known->is_uv_map = from.is_uv_map;
  }
  std::visit(
      [&](auto& values) {
        using A = std::remove_reference_t<decltype(values)>;
        values.resize(size);
        const A& source = *from.as<typename A::value_type>();
        const auto out = values.edit();
        std::copy(source.begin(), source.end(), out.begin() + std::ptrdiff_t(first));
      },
      known->values);
}

}  // namespace

void EditMesh::add_mesh(const Mesh& mesh) {
  const int n_verts = int(mesh.vertex_count()), n_edges = int(mesh.edge_count());
  const int n_loops = int(mesh.corner_count()), n_faces = int(mesh.face_count());
  const int v0 = verts.append(n_verts), e0 = edges.append(n_edges);
  const int l0 = loops.append(n_loops), f0 = faces.append(n_faces);

  const float3* positions = mesh.positions().data();
  const float3* normals = mesh.vertex_normals().data();
  for (int i = 0; i < n_verts; ++i) {
    EditVert& v = verts[v0 + i];
    v.co = positions[i];
    v.normal = normals[i];
    v.index = i;
  }
  const int2* ends = mesh.edges().data();
  for (int i = 0; i < n_edges; ++i) {
    EditEdge& e = edges[e0 + i];
    e.verts = {v0 + ends[i].x, v0 + ends[i].y};
    e.index = i;
    e.flags = ElementFlag::Smooth;
  }
  for (int i = 0; i < n_edges; ++i) {
    const EditEdge& e = edges[e0 + i];
    if (e.verts[0] != e.verts[1]) {
      link_disk(e0 + i, e.verts[0]);
      link_disk(e0 + i, e.verts[1]);
    }
  }
  const int* corner_verts = mesh.corner_vertices().data();
  const int* corner_edges = mesh.corner_edges().data();
  const int* offsets = mesh.face_offsets().data();
  const float3* face_normals = mesh.face_normals().data();
  std::vector<int> unusable;
  std::vector<int> seen(std::size_t(n_verts), -1);
  for (int i = 0; i < n_faces; ++i) {
    EditFace& f = faces[f0 + i];
    const int begin = offsets[i], end = offsets[i + 1];
    f.loop = l0 + begin;
    f.size = end - begin;
    f.index = i;
    f.normal = face_normals[i];
    bool is_usable = f.size >= 3;
    for (int c = begin; c < end; ++c) {
      EditLoop& l = loops[l0 + c];
      l.vert = v0 + corner_verts[c];
      l.face = f0 + i;
      l.next = l0 + (c + 1 < end ? c + 1 : begin);
      l.prev = l0 + (c > begin ? c - 1 : end - 1);
      l.index = c;
      link_radial(l0 + c, e0 + corner_edges[c]);
      is_usable = is_usable && seen[std::size_t(corner_verts[c])] != i;
      seen[std::size_t(corner_verts[c])] = i;
    }
    if (!is_usable) {
      unusable.push_back(f0 + i);
    }
  }

  const std::size_t firsts[] = {std::size_t(v0), std::size_t(e0), std::size_t(l0), std::size_t(f0)};
  const auto first_of = [&](Domain d) {
    return firsts[d == Domain::Point ? 0 : d == Domain::Edge ? 1 : d == Domain::Corner ? 2 : 3];
  };
  for (const ElementKind kind :
       {ElementKind::Vert, ElementKind::Edge, ElementKind::Loop, ElementKind::Face}) {
    attributes.resize(domain_of(kind), std::size_t(slot_count(kind)));
  }
  for (std::int64_t i = 0; i < mesh.attributes.items().size(); ++i) {
    const Attribute& a = mesh.attributes.items()[i];
    if (!is_kept_in_elements(a) && attribute_size(a.values) == mesh.domain_size(a.domain)) {
      append_attribute(attributes, a, first_of(a.domain),
                       first_of(a.domain) + mesh.domain_size(a.domain));
    }
  }
  for (const FlagName& name : flag_names) {
    if (const auto* values = mesh.attributes.find<std::uint8_t>(name.name, domain_of(name.kind))) {
      const int first = int(firsts[int(name.kind)]);
      for (std::size_t i = 0; i < values->size() && i < mesh.domain_size(domain_of(name.kind));
           ++i) {
        set_flag({name.kind, first + int(i)}, name.flag, ((*values)[i] != 0) != name.is_inverse);
      }
    }
  }
  if (const auto* values = mesh.attributes.find<int>("material_index", Domain::Face)) {
    for (int i = 0; i < n_faces && i < int(values->size()); ++i) {
      faces[f0 + i].material = (*values)[std::size_t(i)];
    }
  }
  if (has_weights || !mesh.weights.empty()) {
    has_weights = true;
    weights.resize(std::size_t(verts.slot_count()));
    for (int v = 0; v < n_verts && !mesh.weights.empty(); ++v) {
      std::vector<GroupWeight>& row = weights[std::size_t(v0 + v)];
      for (int k = mesh.weights.offsets[std::size_t(v)];
           k < mesh.weights.offsets[std::size_t(v) + 1]; ++k) {
        row.push_back({mesh.weights.groups[std::size_t(k)], mesh.weights.weights[std::size_t(k)]});
      }
      std::sort(row.begin(), row.end(),
                [](const GroupWeight& a, const GroupWeight& b) { return a.group < b.group; });
    }
  }
  const auto take = [](std::string& mine, const std::string& theirs) {
    if (mine.empty()) {
      mine = theirs;
    }
  };
  take(active_attribute, mesh.active_attribute);
  take(active_uv, mesh.active_uv);
  take(render_uv, mesh.render_uv);
  take(clone_uv, mesh.clone_uv);
  take(stencil_uv, mesh.stencil_uv);
  take(active_color, mesh.active_color);
  take(render_color, mesh.render_color);

  for (const SelectedElement& element : mesh.select_history) {
    const ElementKind kind = element.domain == Domain::Point  ? ElementKind::Vert
                             : element.domain == Domain::Edge ? ElementKind::Edge
                                                              : ElementKind::Face;
    const int slot = element.index + (kind == ElementKind::Vert   ? v0
                                      : kind == ElementKind::Edge ? e0
                                                                  : f0);
    if (element.index >= 0 && is_alive(Element{kind, slot}) &&
        has_flag({kind, slot}, ElementFlag::Select)) {
      select_history.push_back(handle({kind, slot}));
    }
  }

  // What no edit mesh may hold: faces that scripts left unfinished, edges from a vertex to itself.
  for (const int f : unusable) {
    remove_face(f);
  }
  for (int i = 0; i < n_edges; ++i) {
    if (edges[e0 + i].verts[0] == edges[e0 + i].verts[1]) {
      while (edges[e0 + i].loop >= 0) {
        remove_face(loops[edges[e0 + i].loop].face);
      }
      edges.remove(e0 + i);
    }
  }
}

void EditMesh::write_to(Mesh& mesh) {
  std::vector<int> kept_loops;
  kept_loops.reserve(std::size_t(loops.size()));
  std::vector<float3> positions;
  positions.reserve(std::size_t(verts.size()));
  std::vector<int2> ends;
  ends.reserve(std::size_t(edges.size()));
  std::vector<int> offsets, corner_verts, corner_edges;
  offsets.reserve(std::size_t(faces.size()) + 1);
  corner_verts.reserve(std::size_t(loops.size()));
  corner_edges.reserve(std::size_t(loops.size()));

  for (int v = verts.at_or_after(0), i = 0; v >= 0; v = verts.at_or_after(v + 1)) {
    verts[v].index = i++;
    positions.push_back(verts[v].co);
  }
  for (int e = edges.at_or_after(0), i = 0; e >= 0; e = edges.at_or_after(e + 1)) {
    edges[e].index = i++;
    ends.push_back({verts[edges[e].verts[0]].index, verts[edges[e].verts[1]].index});
  }
  bool is_in_order = loops.is_dense();
  for (int f = faces.at_or_after(0), i = 0; f >= 0; f = faces.at_or_after(f + 1)) {
    faces[f].index = i++;
    offsets.push_back(int(corner_verts.size()));
    int l = faces[f].loop;
    for (int k = 0; k < faces[f].size; ++k) {
      is_in_order = is_in_order && l == int(kept_loops.size());
      loops[l].index = int(kept_loops.size());
      kept_loops.push_back(l);
      corner_verts.push_back(verts[loops[l].vert].index);
      corner_edges.push_back(edges[loops[l].edge].index);
      l = loops[l].next;
    }
  }
  if (!offsets.empty()) {
    offsets.push_back(int(corner_verts.size()));
  }

  AttributeSet written = attributes;
  if (!verts.is_dense()) {
    written.gather(Domain::Point, verts.slots());
  }
  if (!edges.is_dense()) {
    written.gather(Domain::Edge, edges.slots());
  }
  if (!is_in_order) {
    written.gather(Domain::Corner, kept_loops);
  }
  if (!faces.is_dense()) {
    written.gather(Domain::Face, faces.slots());
  }
  for (const FlagName& name : flag_names) {
    std::vector<std::uint8_t> values;
    values.reserve(std::size_t(element_count(name.kind)));
    bool is_any = false;
    for (int s = at_or_after(name.kind, 0); s >= 0; s = at_or_after(name.kind, s + 1)) {
      const bool value = has_flag({name.kind, s}, name.flag) != name.is_inverse;
      is_any = is_any || value;
      values.push_back(value);
    }
    if (is_any) {
      written.set(name.name, domain_of(name.kind), Array<std::uint8_t>(std::move(values)));
    }
  }
  std::vector<int> material;
  material.reserve(std::size_t(faces.size()));
  bool has_material = false;
  for (int f = faces.at_or_after(0); f >= 0; f = faces.at_or_after(f + 1)) {
    material.push_back(faces[f].material);
    has_material = has_material || faces[f].material != 0;
  }
  if (has_material) {
    written.set("material_index", Domain::Face, Array<int>(std::move(material)));
  }

  VertexWeights rows;
  if (has_weights) {
    std::vector<int> starts{0}, groups;
    std::vector<float> values;
    for (int v = verts.at_or_after(0); v >= 0; v = verts.at_or_after(v + 1)) {
      for (const GroupWeight& w : weights[std::size_t(v)]) {
        groups.push_back(w.group);
        values.push_back(w.weight);
      }
      starts.push_back(int(groups.size()));
    }
    if (!groups.empty()) {
      rows.offsets = Array<int>(std::move(starts));
      rows.groups = Array<int>(std::move(groups));
      rows.weights = Array<float>(std::move(values));
    }
  }
  mesh.replace_geometry(Array<float3>(std::move(positions)), Array<int2>(std::move(ends)),
                        Array<int>(std::move(offsets)), Array<int>(std::move(corner_verts)),
                        Array<int>(std::move(corner_edges)));
  mesh.attributes = std::move(written);
  mesh.weights = std::move(rows);
  mesh.active_attribute = active_attribute;
  mesh.active_uv = active_uv;
  mesh.render_uv = render_uv;
  mesh.clone_uv = clone_uv;
  mesh.stencil_uv = stencil_uv;
  mesh.active_color = active_color;
  mesh.render_color = render_color;
  mesh.select_history.clear();
  for (const ElementHandle& h : select_history) {
    if (is_alive(h) && h.kind != ElementKind::Loop &&
        has_flag({h.kind, h.slot}, ElementFlag::Select)) {
      mesh.select_history.push_back({domain_of(h.kind), index({h.kind, h.slot})});
    }
  }
  if (is_alive(active_face)) {
    mesh.active_face = faces[active_face.slot].index;
  }
}

std::vector<std::array<int, 3>> EditMesh::face_triangles(int face) const {
  const std::vector<int> ring = face_loops(face);
  std::vector<std::array<int, 3>> result;
  if (ring.size() == 3) {
    result.push_back({ring[0], ring[1], ring[2]});
    return result;
  }
  float3 u, w;
  float3 normal = compute_face_normal(face);
  if (length_squared(normal) == 0) {
    normal = {0, 0, 1};
  }
  plane_basis(normal, &u, &w);
  std::vector<float2> flat;
  flat.reserve(ring.size());
  for (const int l : ring) {
    const float3 p = verts[loops[l].vert].co;
    flat.push_back({dot(p, u), dot(p, w)});
  }
  std::vector<int3> triangles;
  triangulate_polygon(flat, triangles);
  for (const int3& t : triangles) {
    result.push_back({ring[std::size_t(t.x)], ring[std::size_t(t.y)], ring[std::size_t(t.z)]});
  }
  return result;
}

}  // namespace kiln::modeling
