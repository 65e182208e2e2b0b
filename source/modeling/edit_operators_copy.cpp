#include <algorithm>
#include <cmath>
#include <set>

#include "modeling/edit_operators.h"

// Copying, parting, extruding, mirroring.
namespace kiln::modeling {

std::vector<Element> Duplicate::all() const {
  std::vector<Element> result;
  for (const auto& [from, to] : copies) {
    if (to.kind != ElementKind::Loop) {
      result.push_back(to);
    }
  }
  return result;
}

Duplicate duplicate(EditMesh& m, std::span<const Element> geometry) {
  Duplicate result;
  const auto copy_vert = [&](int v) {
    const Element key{ElementKind::Vert, v};
    const auto found = result.copies.find(key);
    if (found != result.copies.end()) {
      return found->second.slot;
    }
    const int made = m.add_vert(m.verts[v].co, v);
    m.verts[made].flags = m.verts[v].flags;
    result.copies[key] = {ElementKind::Vert, made};
    return made;
  };
  const auto copy_edge = [&](int e) {
    const Element key{ElementKind::Edge, e};
    if (result.copies.count(key) != 0) {
      return;
    }
    const int a = copy_vert(m.edges[e].verts[0]), b = copy_vert(m.edges[e].verts[1]);
    const int made = m.add_edge(a, b, e);
    m.edges[made].flags = m.edges[e].flags;
    result.copies[key] = {ElementKind::Edge, made};
  };
  for (const Element& g : geometry) {
    if (g.kind == ElementKind::Vert) {
      copy_vert(g.slot);
    } else if (g.kind == ElementKind::Edge) {
      copy_edge(g.slot);
    } else if (g.kind == ElementKind::Face && result.copies.count(g) == 0) {
      std::vector<int> ring;
      for (const int v : m.face_verts(g.slot)) {
        ring.push_back(copy_vert(v));
      }
      for (const int e : m.face_edges(g.slot)) {
        copy_edge(e);
      }
      const int made = m.add_face(ring, g.slot);
      m.faces[made].flags = m.faces[g.slot].flags;
      m.faces[made].normal = m.faces[g.slot].normal;
      const std::vector<int> from = m.face_loops(g.slot), to = m.face_loops(made);
      for (std::size_t i = 0; i < from.size(); ++i) {
        m.copy_attributes(ElementKind::Loop, from[i], to[i]);
        result.copies[{ElementKind::Loop, from[i]}] = {ElementKind::Loop, to[i]};
      }
      result.copies[g] = {ElementKind::Face, made};
    }
  }
  return result;
}

namespace {

constexpr unsigned verts_bit = 1, edges_bit = 2, faces_bit = 8, all_bits = 11;
using Elements = std::vector<Element>;

ElementPairs pairs_of(const Duplicate& d, ElementKind kind) {
  ElementPairs result;
  for (const auto& [from, to] : d.copies) {
    if (from.kind == kind) {
      result.emplace_back(from, to);
      result.emplace_back(to, from);
    }
  }
  return result;
}
Result<void> duplicate_geometry(EditMesh& m, const SlotValues& in, SlotValues& out) {
  const Elements geometry = in.get<Elements>("geom");
  const Duplicate d = duplicate(m, geometry);
  out.values["geom_orig"] = geometry;
  out.values["geom"] = d.all();
  out.values["vert_map"] = pairs_of(d, ElementKind::Vert);
  out.values["edge_map"] = pairs_of(d, ElementKind::Edge);
  out.values["face_map"] = pairs_of(d, ElementKind::Face);
  ElementPairs border;
  for (const auto& [from, to] : d.copies) {
    if (from.kind == ElementKind::Edge) {
      int copied = 0;
      for (const int f : m.edge_faces(from.slot)) {
        copied += int(d.copies.count({ElementKind::Face, f}));
      }
      if (copied == 1) {
        border.emplace_back(from, to);
      }
    }
  }
  out.values["boundary_map"] = std::move(border);
  out.values["isovert_map"] = ElementPairs();
  return {};
}

std::vector<ElementHandle> handles_of(const EditMesh& m, const Elements& elements) {
  std::vector<ElementHandle> result;
  for (const Element& e : elements) {
    result.push_back(m.handle(e));
  }
  return result;
}
/// Those that are still there; slots of others may have been used again.
Elements alive(const EditMesh& m, const std::vector<ElementHandle>& handles) {
  Elements result;
  for (const ElementHandle& h : handles) {
    if (m.is_alive(h)) {
      result.push_back({h.kind, h.slot});
    }
  }
  return result;
}

/// Geometry parted from what stays: copies take its place.
Elements split_off(EditMesh& m, const Elements& geometry) {
  const Duplicate d = duplicate(m, geometry);
  std::vector<int> sides, ends;
  for (const Element& g : geometry) {
    if (g.kind == ElementKind::Face && m.faces.is_alive(g.slot)) {
      const std::vector<int> e = m.face_edges(g.slot), v = m.face_verts(g.slot);
      sides.insert(sides.end(), e.begin(), e.end());
      ends.insert(ends.end(), v.begin(), v.end());
      m.remove_face(g.slot);
    }
  }
  for (const Element& g : geometry) {
    if (g.kind == ElementKind::Edge) {
      sides.push_back(g.slot);
    } else if (g.kind == ElementKind::Vert) {
      ends.push_back(g.slot);
    }
  }
  for (const int e : sides) {
    if (m.edges.is_alive(e) && m.is_wire(e)) {
      ends.insert(ends.end(), m.edges[e].verts.begin(), m.edges[e].verts.end());
      m.remove_edge(e);
    }
  }
  for (const int v : ends) {
    if (m.verts.is_alive(v) && m.verts[v].edge < 0) {
      m.remove_vert(v);
    }
  }
  return d.all();
}
Result<void> split(EditMesh& m, const SlotValues& in, SlotValues& out) {
  Elements geometry = in.get<Elements>("geom");
  if (in.get<bool>("use_only_faces")) {
    std::erase_if(geometry, [](const Element& e) { return e.kind != ElementKind::Face; });
  }
  out.values["geom"] = split_off(m, geometry);
  out.values["boundary_map"] = ElementPairs();
  out.values["isovert_map"] = ElementPairs();
  return {};
}
Result<void> split_edges(EditMesh& m, const SlotValues& in, SlotValues& out) {
  std::vector<int> made, ends;
  for (const int e : in.slots("edges", ElementKind::Edge)) {
    const std::vector<int> around = m.edge_loops(e);
    ends.insert(ends.end(), m.edges[e].verts.begin(), m.edges[e].verts.end());
    made.push_back(e);
    for (std::size_t i = 1; i < around.size(); ++i) {
      made.push_back(m.part_edge(around[i]));
    }
  }
  std::sort(ends.begin(), ends.end());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  const std::vector<int> chosen = in.slots("verts", ElementKind::Vert);
  for (const int v : ends) {
    if (!in.get<bool>("use_verts") || std::find(chosen.begin(), chosen.end(), v) != chosen.end()) {
      m.separate_vert(v, {});
    }
  }
  // Edges that could not come apart are one again.
  std::vector<int> kept;
  for (const int e : made) {
    const std::vector<int> around = m.vert_edges(m.edges[e].verts[0]);
    int twin = -1;
    for (const int other : around) {
      if (other < e && other != e && m.has_vert(other, m.edges[e].verts[1])) {
        twin = other;
      }
    }
    if (twin >= 0) {
      m.splice_edges(e, twin);
    } else {
      kept.push_back(e);
    }
  }
  std::erase_if(kept, [&](int e) { return !m.edges.is_alive(e); });
  out.add("edges", ElementKind::Edge, kept);
  return {};
}

// ---- extruding ----

/// A face between an edge and its copy, turned as the face of `like`, a loop of the edge, was.
int wall(EditMesh& m, int like_loop, int a, int b, int a2, int b2, int example) {
  std::vector<int> ring{a, b, b2, a2};
  const int made = m.add_face(ring, example);
  if (like_loop >= 0) {
    const std::vector<int> to = m.face_loops(made);
    const int next = m.loops[like_loop].next;
    const bool same = m.loops[like_loop].vert == a;
    m.copy_attributes(ElementKind::Loop, same ? like_loop : next, to[0]);
    m.copy_attributes(ElementKind::Loop, same ? next : like_loop, to[1]);
    m.copy_attributes(ElementKind::Loop, same ? next : like_loop, to[2]);
    m.copy_attributes(ElementKind::Loop, same ? like_loop : next, to[3]);
  }
  m.update_face_normal(made);
  return made;
}

Result<void> extrude_face_region(EditMesh& m, const SlotValues& in, SlotValues& out) {
  const Elements geometry = in.get<Elements>("geom");
  const bool flips = in.get<bool>("use_normal_flip");
  std::vector<int> excluded = in.slots("edges_exclude", ElementKind::Edge);
  std::sort(excluded.begin(), excluded.end());
  std::map<int, bool> is_chosen;
  for (const Element& g : geometry) {
    if (g.kind == ElementKind::Face) {
      is_chosen[g.slot] = true;
    }
  }
  // Border of the region, from the copy's point of view; wire edges are extruded by themselves.
  struct Side {
    int edge, a, b, loop;
  };
  std::vector<Side> sides;
  for (const auto& [f, unused] : is_chosen) {
    for (const int l : m.face_loops(f)) {
      const int e = m.loops[l].edge;
      int count = 0;
      for (const int r : m.edge_loops(e)) {
        count += int(is_chosen.count(m.loops[r].face));
      }
      if (count == 1) {
        sides.push_back({e, m.loops[l].vert, m.loops[m.loops[l].next].vert, l});
      }
    }
  }
  for (const Element& g : geometry) {
    if (g.kind == ElementKind::Edge && m.is_wire(g.slot)) {
      sides.push_back({g.slot, m.edges[g.slot].verts[0], m.edges[g.slot].verts[1], -1});
    } else if (g.kind == ElementKind::Edge && is_chosen.empty() && m.is_boundary(g.slot)) {
      const int l = m.edges[g.slot].loop;
      sides.push_back({g.slot, m.loops[m.loops[l].next].vert, m.loops[l].vert, l});
    }
  }
  // The old faces go when they were given with all their sides and would end up inside.
  bool removes = !in.get<bool>("use_keep_orig");
  const std::vector<int> given = in.slots("geom", ElementKind::Edge);
  const std::set<int> given_edges(given.begin(), given.end());
  for (const auto& [f, unused] : is_chosen) {
    for (const int e : m.face_edges(f)) {
      removes = removes && given_edges.count(e) != 0;
    }
  }
  for (const Side& s : sides) {
    removes = removes && (s.loop < 0 || !m.is_boundary(s.edge));
  }
  const Duplicate d = duplicate(m, geometry);
  const auto copy_of = [&](int v) {
    const auto found = d.copies.find({ElementKind::Vert, v});
    return found == d.copies.end() ? -1 : found->second.slot;
  };
  std::vector<int> walls;
  std::map<int, bool> has_strut;
  for (const Side& s : sides) {
    if (std::binary_search(excluded.begin(), excluded.end(), s.edge)) {
      continue;
    }
    const int a2 = copy_of(s.a), b2 = copy_of(s.b);
    if (a2 < 0 || b2 < 0) {
      continue;
    }
    const int example = s.loop >= 0 ? m.loops[s.loop].face : -1;
    const int made = flips && (s.loop < 0 || !is_chosen.empty())
                         ? wall(m, s.loop, s.b, s.a, b2, a2, example)
                         : wall(m, s.loop, s.a, s.b, a2, b2, example);
    walls.push_back(made);
    has_strut[s.a] = has_strut[s.b] = true;
  }
  for (const Element& g : geometry) {
    if (g.kind == ElementKind::Vert && is_chosen.empty() && m.verts[g.slot].edge < 0 &&
        !has_strut[g.slot]) {
      m.add_edge(g.slot, copy_of(g.slot));
    }
  }
  const std::vector<ElementHandle> top = handles_of(m, d.all());
  if (removes) {
    std::vector<int> inner, ends;
    for (const auto& [f, unused] : is_chosen) {
      const std::vector<int> e = m.face_edges(f), v = m.face_verts(f);
      inner.insert(inner.end(), e.begin(), e.end());
      ends.insert(ends.end(), v.begin(), v.end());
      m.remove_face(f);
    }
    for (const int e : inner) {
      if (m.edges.is_alive(e) && m.is_wire(e)) {
        m.remove_edge(e);
      }
    }
    for (const int v : ends) {
      if (m.verts.is_alive(v) && m.verts[v].edge < 0) {
        m.remove_vert(v);
      }
    }
  } else {
    for (const auto& [f, unused] : is_chosen) {
      m.flip_face(f);
    }
  }
  out.values["geom"] = alive(m, top);
  return {};
}
Result<void> extrude_discrete_faces(EditMesh& m, const SlotValues& in, SlotValues& out) {
  std::vector<int> result;
  for (const int f : in.slots("faces", ElementKind::Face)) {
    const std::vector<int> ring = m.face_verts(f), corners = m.face_loops(f);
    std::vector<int> top;
    for (const int v : ring) {
      top.push_back(m.add_vert(m.verts[v].co, v));
    }
    const std::size_t n = ring.size();
    const bool flips = in.get<bool>("use_normal_flip");
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t k = (i + 1) % n;
      if (flips) {
        wall(m, corners[i], ring[k], ring[i], top[k], top[i], f);
      } else {
        wall(m, corners[i], ring[i], ring[k], top[i], top[k], f);
      }
    }
    const int made = m.add_face(top, f);
    m.faces[made].flags = m.faces[f].flags;
    m.faces[made].normal = m.faces[f].normal;
    const std::vector<int> to = m.face_loops(made);
    for (std::size_t i = 0; i < n; ++i) {
      m.copy_attributes(ElementKind::Loop, corners[i], to[i]);
    }
    m.remove_face(f);
    result.push_back(made);
  }
  out.add("faces", ElementKind::Face, result);
  return {};
}
Result<void> extrude_edge_only(EditMesh& m, const SlotValues& in, SlotValues& out) {
  Elements edges;
  for (const int e : in.slots("edges", ElementKind::Edge)) {
    edges.push_back({ElementKind::Edge, e});
  }
  const Duplicate d = duplicate(m, edges);
  std::vector<int> walls;
  for (const Element& e : edges) {
    // The new face goes on from a face of the edge.
    const int l = m.edges[e.slot].loop;
    int a = m.edges[e.slot].verts[0], b = m.edges[e.slot].verts[1];
    if (l >= 0) {
      a = m.loops[m.loops[l].next].vert;
      b = m.loops[l].vert;
    }
    if (in.get<bool>("use_normal_flip")) {
      std::swap(a, b);
    }
    const int a2 = d.copies.at({ElementKind::Vert, a}).slot,
              b2 = d.copies.at({ElementKind::Vert, b}).slot;
    walls.push_back(wall(m, l, a, b, a2, b2, l >= 0 ? m.loops[l].face : -1));
  }
  out.values["geom"] = d.all();
  out.add("geom", ElementKind::Face, walls);
  return {};
}
Result<void> extrude_vert_indiv(EditMesh& m, const SlotValues& in, SlotValues& out) {
  std::vector<int> edges, verts;
  for (const int v : in.slots("verts", ElementKind::Vert)) {
    verts.push_back(m.add_vert(m.verts[v].co, v));
    edges.push_back(m.add_edge(v, verts.back()));
  }
  out.add("edges", ElementKind::Edge, edges);
  out.add("verts", ElementKind::Vert, verts);
  return {};
}

/// Rotation by `angle` about a unit axis (Rodrigues).
float3 rotated(float3 p, float3 axis, float angle) {
  return p * std::cos(angle) + cross(axis, p) * std::sin(angle) +
         axis * (dot(axis, p) * (1 - std::cos(angle)));
}
Result<void> spin(EditMesh& m, const SlotValues& in, SlotValues& out) {
  Elements last = in.get<Elements>("geom");
  const int steps = in.get<int>("steps");
  if (steps > 100000) {
    return Error::invalid("spin: at most 100000 steps");
  }
  const float3 center = in.get<float3>("cent"), offset = in.get<float3>("dvec");
  float3 axis = in.get<float3>("axis");
  axis = length(axis) > 0 ? axis * (1.0f / length(axis)) : float3{0, 0, 1};
  const float4x4 space = in.matrix("space"), back = inverse(space);
  const float angle = steps > 0 ? in.get<float>("angle") / float(steps) : 0;
  for (int i = 0; i < steps; ++i) {
    if (in.get<bool>("use_duplicate")) {
      last = duplicate(m, last).all();
    } else {
      SlotValues arguments, made;
      arguments.values["geom"] = last;
      arguments.values["use_normal_flip"] = in.get<bool>("use_normal_flip");
      arguments.values["use_keep_orig"] = false;
      if (const Result<void> done = extrude_face_region(m, arguments, made); !done) {
        return done.error();
      }
      last = made.get<Elements>("geom");
    }
    for (const Element& e : last) {
      if (e.kind == ElementKind::Vert) {
        const float3 p = transform_point(space, m.verts[e.slot].co);
        m.verts[e.slot].co =
            transform_point(back, rotated(p - center, axis, angle) + center + offset);
      }
    }
  }
  out.values["geom_last"] = last;
  return {};
}

Result<void> mirror(EditMesh& m, const SlotValues& in, SlotValues& out) {
  const Elements geometry = in.get<Elements>("geom");
  const int axis = in.get<int>("axis");
  const float4x4 space = in.matrix("matrix"), back = inverse(space);
  const float near = in.get<float>("merge_dist");
  const Duplicate d = duplicate(m, geometry);
  std::vector<std::pair<int, int>> merged;
  for (const auto& [from, to] : d.copies) {
    if (from.kind == ElementKind::Vert) {
      float3 p = transform_point(back, m.verts[from.slot].co);
      const float depth = p[axis];
      p[axis] = -depth;
      m.verts[to.slot].co = transform_point(space, p);
      // As in the interface this comes from: near the axis of the vertices as they are, whatever
      // the matrix.
      if (near > 0 && std::abs(m.verts[from.slot].co[axis]) <= near) {
        merged.emplace_back(to.slot, from.slot);
      }
    }
  }
  const std::vector<ElementHandle> made = handles_of(m, d.all());
  m.weld(merged);
  out.values["geom"] = alive(m, made);
  return {};
}

}  // namespace

void add_copy_operators(std::vector<EditOperator>& all) {
  using T = SlotType;
  const SlotSpec geom{"geom", T::Elements, all_bits}, flip{"use_normal_flip", T::Bool};
  all.push_back({"duplicate",
                 {geom},
                 duplicate_geometry,
                 {{"geom_orig", T::Elements},
                  {"geom", T::Elements},
                  {"vert_map", T::ElementMap},
                  {"edge_map", T::ElementMap},
                  {"face_map", T::ElementMap},
                  {"boundary_map", T::ElementMap},
                  {"isovert_map", T::ElementMap}}});
  all.push_back(
      {"split",
       {geom, {"use_only_faces", T::Bool}},
       split,
       {{"geom", T::Elements}, {"boundary_map", T::ElementMap}, {"isovert_map", T::ElementMap}}});
  all.push_back({"split_edges",
                 {{"edges", T::Elements, edges_bit},
                  {"verts", T::Elements, verts_bit},
                  {"use_verts", T::Bool}},
                 split_edges,
                 {{"edges", T::Elements}}});
  all.push_back(
      {"extrude_face_region",
       {geom, {"edges_exclude", T::Elements, edges_bit}, {"use_keep_orig", T::Bool}, flip},
       extrude_face_region,
       {{"geom", T::Elements}}});
  all.push_back({"extrude_discrete_faces",
                 {{"faces", T::Elements, faces_bit}, flip},
                 extrude_discrete_faces,
                 {{"faces", T::Elements}}});
  all.push_back({"extrude_edge_only",
                 {{"edges", T::Elements, edges_bit}, flip},
                 extrude_edge_only,
                 {{"geom", T::Elements}}});
  all.push_back({"extrude_vert_indiv",
                 {{"verts", T::Elements, verts_bit}},
                 extrude_vert_indiv,
                 {{"edges", T::Elements}, {"verts", T::Elements}}});
  all.push_back({"spin",
                 {geom,
                  {"cent", T::Vector},
                  {"axis", T::Vector},
                  {"dvec", T::Vector},
                  {"angle", T::Float},
                  {"space", T::Matrix},
                  {"steps", T::Int},
                  flip,
                  {"use_duplicate", T::Bool}},
                 spin,
                 {{"geom_last", T::Elements}}});
  all.push_back({"mirror",
                 {geom,
                  {"matrix", T::Matrix},
                  {"merge_dist", T::Float},
                  {"axis", T::Enum, 0, {"X", "Y", "Z"}}},
                 mirror,
                 {{"geom", T::Elements}}});
}

}  // namespace kiln::modeling
