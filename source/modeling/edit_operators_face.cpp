#include <algorithm>
#include <cmath>

#include "modeling/edit_operators.h"

// Cutting, turning and filling faces.
namespace kiln::modeling {
namespace {

constexpr unsigned verts_bit = 1, edges_bit = 2, faces_bit = 8, all_bits = 11;
using Elements = std::vector<Element>;

Result<void> reverse_faces(EditMesh& m, const SlotValues& in, SlotValues&) {
  for (const int f : in.slots("faces", ElementKind::Face)) {
    m.flip_face(f);
  }
  return {};
}

Result<void> recalc_face_normals(EditMesh& m, const SlotValues& in, SlotValues&) {
  // Faces that hang together get one winding, with positive volume about their middle.
  const std::vector<int> faces = in.slots("faces", ElementKind::Face);
  std::map<int, bool> open;
  for (const int f : faces) {
    open[f] = true;
  }
  for (const int start : faces) {
    if (!open[start]) {
      continue;
    }
    open[start] = false;
    std::vector<int> part{start};
    for (std::size_t i = 0; i < part.size(); ++i) {
      for (const int l : m.face_loops(part[i])) {
        const int r = m.loops[l].radial_next;
        const auto found = open.find(m.loops[r].face);
        if (r == l || m.loops[r].radial_next != l || found == open.end() || !found->second) {
          continue;
        }
        found->second = false;
        if (m.loops[r].vert == m.loops[l].vert) {
          m.flip_face(m.loops[r].face);
        }
        part.push_back(m.loops[r].face);
      }
    }
    float3 middle{0, 0, 0};
    float area = 0;
    for (const int f : part) {
      const float a = m.face_area(f);
      middle = middle + m.face_center(f) * a;
      area += a;
    }
    middle = area > 0 ? middle * (1 / area) : middle;
    double volume = 0;
    for (const int f : part) {
      volume += double(dot(m.face_center(f) - middle, m.compute_face_normal(f)) * m.face_area(f));
    }
    if (volume < 0) {
      for (const int f : part) {
        m.flip_face(f);
      }
    }
    for (const int f : part) {
      m.update_face_normal(f);
    }
  }
  return {};
}

/// Replaces a face by others over the same vertices; corners by loops of the old face.
std::vector<int> replace_face(EditMesh& m, int face,
                              const std::vector<std::array<int, 3>>& triangles) {
  std::vector<int> made;
  for (const auto& t : triangles) {
    const std::array<int, 3> ring{m.loops[t[0]].vert, m.loops[t[1]].vert, m.loops[t[2]].vert};
    const int f = m.add_face(ring, face);
    m.faces[f].flags = m.faces[face].flags;
    const std::vector<int> to = m.face_loops(f);
    for (std::size_t k = 0; k < 3; ++k) {
      m.copy_attributes(ElementKind::Loop, t[k], to[k]);
    }
    m.update_face_normal(f);
    made.push_back(f);
  }
  m.remove_face(face);
  return made;
}
Result<void> triangulate(EditMesh& m, const SlotValues& in, SlotValues& out) {
  enum { Beauty, Fixed, Alternate, ShortEdge, LongEdge };
  std::vector<int> made;
  const int first_edge_count = m.edges.slot_count();
  for (const int f : in.slots("faces", ElementKind::Face)) {
    if (m.faces[f].size == 3) {
      continue;
    }
    std::vector<std::array<int, 3>> triangles;
    if (m.faces[f].size == 4) {
      const std::vector<int> l = m.face_loops(f);
      const auto p = [&](std::size_t i) { return m.verts[m.loops[l[i]].vert].co; };
      const float first = length(p(0) - p(2)), second = length(p(1) - p(3));
      bool uses_first = true;  // the diagonal from the first corner
      switch (in.get<int>("quad_method")) {
        case Fixed:
          break;
        case Alternate:
          uses_first = false;
          break;
        case LongEdge:
          uses_first = first >= second;
          break;
        case ShortEdge:
          uses_first = first <= second;
          break;
        default: {
          // Rounder triangles: the diagonal with the smaller sum of outlines per area.
          const auto quality = [&](std::size_t a, std::size_t b, std::size_t c) {
            const float size = length(cross(p(b) - p(a), p(c) - p(a)));
            return size / std::max(length(p(b) - p(a)) + length(p(c) - p(b)) + length(p(a) - p(c)),
                                   1e-30f);
          };
          uses_first = quality(0, 1, 2) + quality(0, 2, 3) >= quality(1, 2, 3) + quality(1, 3, 0);
        }
      }
      triangles = uses_first
                      ? std::vector<std::array<int, 3>>{{l[0], l[1], l[2]}, {l[0], l[2], l[3]}}
                      : std::vector<std::array<int, 3>>{{l[1], l[2], l[3]}, {l[1], l[3], l[0]}};
    } else {
      triangles = m.face_triangles(f);
    }
    const std::vector<int> some = replace_face(m, f, triangles);
    made.insert(made.end(), some.begin(), some.end());
  }
  std::vector<int> new_edges;
  for (int e = first_edge_count; e < m.edges.slot_count(); ++e) {
    if (m.edges.is_alive(e)) {
      new_edges.push_back(e);
    }
  }
  out.add("edges", ElementKind::Edge, new_edges);
  out.add("faces", ElementKind::Face, made);
  return {};
}

Result<void> poke(EditMesh& m, const SlotValues& in, SlotValues& out) {
  enum { MeanWeighted, Mean, Bounds };
  std::vector<int> made, centers;
  for (const int f : in.slots("faces", ElementKind::Face)) {
    const std::vector<int> ring = m.face_verts(f), corners = m.face_loops(f);
    const std::size_t n = ring.size();
    float3 at =
        in.get<int>("center_mode") == MeanWeighted ? m.face_center_weighted(f) : m.face_center(f);
    if (in.get<int>("center_mode") == Bounds) {
      float3 low = m.verts[ring[0]].co, high = low;
      for (const int v : ring) {
        low = min(low, m.verts[v].co);
        high = max(high, m.verts[v].co);
      }
      at = (low + high) * 0.5f;
    }
    float by = in.get<float>("offset");
    if (in.get<bool>("use_relative_offset")) {
      float sum = 0;
      for (const int v : ring) {
        sum += length(m.verts[v].co - at);
      }
      by *= sum / float(n);
    }
    const int center = m.add_vert(at + m.compute_face_normal(f) * by, ring[0]);
    const std::vector<float> equal(n, 1.0f / float(n));
    m.mix_attributes(ElementKind::Vert, ring, equal, center);
    centers.push_back(center);
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t k = (i + 1) % n;
      const int t = m.add_face(std::array{ring[i], ring[k], center}, f);
      m.faces[t].flags = m.faces[f].flags;
      const std::vector<int> to = m.face_loops(t);
      m.copy_attributes(ElementKind::Loop, corners[i], to[0]);
      m.copy_attributes(ElementKind::Loop, corners[k], to[1]);
      m.mix_attributes(ElementKind::Loop, corners, equal, to[2]);
      m.update_face_normal(t);
      made.push_back(t);
    }
    m.remove_face(f);
  }
  out.add("verts", ElementKind::Vert, centers);
  out.add("faces", ElementKind::Face, made);
  return {};
}

Result<void> rotate_edges(EditMesh& m, const SlotValues& in, SlotValues& out) {
  std::vector<int> made;
  for (const int e : in.slots("edges", ElementKind::Edge)) {
    const int turned = m.edges.is_alive(e) ? m.rotate_edge(e, in.get<bool>("use_ccw")) : -1;
    if (turned >= 0) {
      made.push_back(turned);
    }
  }
  out.add("edges", ElementKind::Edge, made);
  return {};
}

Result<void> bisect_edges(EditMesh& m, const SlotValues& in, SlotValues& out) {
  const int cuts = in.get<int>("cuts");
  if (cuts > 100000) {
    return Error::invalid("bisect_edges: at most 100000 cuts");
  }
  Elements made;
  for (const int e : in.slots("edges", ElementKind::Edge)) {
    int from = m.edges[e].verts[0];
    for (int i = 0; i < cuts; ++i) {
      int new_edge = -1;
      from = m.split_edge(e, from, 1.0f / float(cuts + 1 - i), &new_edge);
      made.push_back({ElementKind::Vert, from});
      made.push_back({ElementKind::Edge, new_edge});
    }
    made.push_back({ElementKind::Edge, e});
  }
  out.values["geom_split"] = std::move(made);
  return {};
}

Result<void> connect_verts(EditMesh& m, const SlotValues& in, SlotValues& out) {
  const std::vector<int> chosen = in.slots("verts", ElementKind::Vert);
  std::map<int, bool> is_chosen;
  std::vector<int> faces, made;
  for (const int v : chosen) {
    is_chosen[v] = true;
    const std::vector<int> around = m.vert_faces(v);
    faces.insert(faces.end(), around.begin(), around.end());
  }
  std::sort(faces.begin(), faces.end());
  faces.erase(std::unique(faces.begin(), faces.end()), faces.end());
  for (const int f : faces) {
    // Chosen corners one after the other, cut off as long as they are no neighbours.
    int rest = f;
    bool goes_on = true;
    while (goes_on) {
      goes_on = false;
      std::vector<int> corners;
      for (const int l : m.face_loops(rest)) {
        if (is_chosen.count(m.loops[l].vert) != 0) {
          corners.push_back(l);
        }
      }
      for (std::size_t i = 0; i + 1 < corners.size() + (corners.size() > 2 ? 1 : 0) && !goes_on;
           ++i) {
        const int a = corners[i], b = corners[(i + 1) % corners.size()];
        int loop = -1;
        if (m.find_edge(m.loops[a].vert, m.loops[b].vert) < 0) {
          const int cut = m.split_face(rest, b, a, &loop);
          if (cut >= 0) {
            m.update_face_normal(rest);
            m.update_face_normal(cut);
            made.push_back(m.loops[loop].edge);
            goes_on = true;
          }
        }
      }
    }
  }
  out.add("edges", ElementKind::Edge, made);
  return {};
}

Result<void> bisect_plane(EditMesh& m, const SlotValues& in, SlotValues& out) {
  const Elements geometry = in.get<Elements>("geom");
  const float near = in.get<float>("dist");
  const float3 at = in.get<float3>("plane_co");
  float3 normal = in.get<float3>("plane_no");
  if (length(normal) <= 0) {
    return Error::invalid("bisect_plane: \"plane_no\" has no direction");
  }
  normal = normal * (1.0f / length(normal));
  const auto side = [&](int v) {
    const float d = dot(m.verts[v].co - at, normal);
    return std::abs(d) <= near ? 0 : d > 0 ? 1 : -1;
  };
  std::vector<int> faces, edges, on_plane;
  std::map<int, bool> is_on_plane;
  for (const Element& g : geometry) {
    if (g.kind == ElementKind::Vert && side(g.slot) == 0) {
      is_on_plane[g.slot] = true;
      if (in.get<bool>("use_snap_center")) {
        m.verts[g.slot].co = m.verts[g.slot].co - normal * dot(m.verts[g.slot].co - at, normal);
      }
    } else if (g.kind == ElementKind::Edge) {
      edges.push_back(g.slot);
    } else if (g.kind == ElementKind::Face) {
      faces.push_back(g.slot);
      for (const int v : m.face_verts(g.slot)) {
        if (side(v) == 0) {
          is_on_plane[v] = true;
        }
      }
      const std::vector<int> sides = m.face_edges(g.slot);
      edges.insert(edges.end(), sides.begin(), sides.end());
    }
  }
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  Elements result = geometry, cut;
  for (const int e : edges) {
    const int a = m.edges[e].verts[0], b = m.edges[e].verts[1];
    if (side(a) * side(b) == -1) {
      const float da = dot(m.verts[a].co - at, normal), db = dot(m.verts[b].co - at, normal);
      int made = -1;
      const int v = m.split_edge(e, a, da / (da - db), &made);
      is_on_plane[v] = true;
      result.push_back({ElementKind::Edge, made});
      result.push_back({ElementKind::Vert, v});
    }
  }
  for (const int f : faces) {
    // Corners on the plane, in order along the cut; pairs with the face between them are joined.
    std::vector<int> work{f};
    while (!work.empty()) {
      const int part = work.back();
      work.pop_back();
      std::vector<int> corners;
      bool above = false, below = false;
      for (const int l : m.face_loops(part)) {
        if (is_on_plane.count(m.loops[l].vert) != 0) {
          corners.push_back(l);
        } else {
          (side(m.loops[l].vert) > 0 ? above : below) = true;
        }
      }
      if (!above || !below || corners.size() < 2) {
        continue;
      }
      const float3 along = cross(m.compute_face_normal(part), normal);
      // Positions that are no numbers must not confuse the sorting.
      std::vector<std::pair<float, int>> order;
      for (const int l : corners) {
        const float key = dot(m.verts[m.loops[l].vert].co, along);
        order.emplace_back(std::isfinite(key) ? key : 0.0f, l);
      }
      std::sort(order.begin(), order.end());
      for (std::size_t k = 0; k < order.size(); ++k) {
        corners[k] = order[k].second;
      }
      for (std::size_t i = 0; i + 1 < corners.size(); i += 1) {
        int loop = -1;
        const int made = m.split_face(part, corners[i], corners[i + 1], &loop);
        if (made >= 0) {
          result.push_back({ElementKind::Face, made});
          result.push_back({ElementKind::Edge, m.loops[loop].edge});
          m.update_face_normal(part);
          m.update_face_normal(made);
          if (corners.size() > 2) {
            work.push_back(part);
            work.push_back(made);
          }
          break;
        }
      }
    }
  }
  for (const auto& [v, unused] : is_on_plane) {
    cut.push_back({ElementKind::Vert, v});
    for (const int e : m.vert_edges(v)) {
      if (m.edges[e].verts[0] == v && is_on_plane.count(m.edges[e].verts[1]) != 0) {
        cut.push_back({ElementKind::Edge, e});
      }
    }
  }
  const bool clears_outer = in.get<bool>("clear_outer"), clears_inner = in.get<bool>("clear_inner");
  if (clears_outer || clears_inner) {
    for (const Element& g : Elements(result)) {
      if (g.kind == ElementKind::Vert && m.verts.is_alive(g.slot) &&
          is_on_plane.count(g.slot) == 0) {
        const int s = side(g.slot);
        if ((s > 0 && clears_outer) || (s < 0 && clears_inner)) {
          m.remove_vert(g.slot);
        }
      }
    }
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  std::erase_if(result, [&](const Element& e) { return !m.is_alive(e); });
  std::erase_if(cut, [&](const Element& e) { return !m.is_alive(e); });
  out.values["geom_cut"] = std::move(cut);
  out.values["geom"] = std::move(result);
  return {};
}

/// Closed chains of edges with fewer than two faces, as rings of vertices; each edge in one at
/// most.
std::vector<std::vector<int>> open_rings(EditMesh& m, std::span<const int> edges) {
  std::map<int, std::vector<int>> links;
  for (const int e : edges) {
    if (m.edge_face_count(e) < 2) {
      links[m.edges[e].verts[0]].push_back(e);
      links[m.edges[e].verts[1]].push_back(e);
    }
  }
  std::vector<std::vector<int>> rings;
  std::map<int, bool> used;
  for (const auto& [start, own] : links) {
    if (used[start] || own.size() != 2) {
      continue;
    }
    std::vector<int> ring;
    int v = start, from = -1;
    bool is_closed = false;
    while (links[v].size() == 2 && !used[v]) {
      used[v] = true;
      ring.push_back(v);
      from = links[v][0] == from ? links[v][1] : links[v][0];
      v = m.other_vert(from, v);
      is_closed = v == start;
    }
    if (is_closed && ring.size() >= 3) {
      rings.push_back(std::move(ring));
    }
  }
  return rings;
}
/// A face in a ring, turned against a face that is there already.
int fill_ring(EditMesh& m, std::vector<int> ring) {
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const int e = m.find_edge(ring[i], ring[(i + 1) % ring.size()]);
    if (e >= 0 && m.edges[e].loop >= 0) {
      if (m.loops[m.edges[e].loop].vert == ring[i]) {
        std::reverse(ring.begin(), ring.end());
      }
      break;
    }
  }
  const int f = m.find_face(ring) >= 0 ? -1 : m.add_face(ring);
  if (f >= 0) {
    m.update_face_normal(f);
  }
  return f;
}
Result<void> fill_edges(EditMesh& m, std::span<const int> edges, const SlotValues& in,
                        SlotValues& out) {
  std::vector<int> made;
  const int sides = in.get<int>("sides");
  for (std::vector<int>& ring : open_rings(m, edges)) {
    if (sides > 0 && int(ring.size()) > sides) {
      continue;
    }
    const int f = fill_ring(m, std::move(ring));
    if (f >= 0) {
      m.faces[f].material = std::clamp(in.get<int>("mat_nr"), 0, 32766);
      m.set_flag({ElementKind::Face, f}, ElementFlag::Smooth, in.get<bool>("use_smooth"));
      made.push_back(f);
    }
  }
  out.add("faces", ElementKind::Face, made);
  return {};
}
Result<void> fill(EditMesh& m, const SlotValues& in, SlotValues& out) {
  return fill_edges(m, in.slots("edges", ElementKind::Edge), in, out);
}
Result<void> contextual_create(EditMesh& m, const SlotValues& in, SlotValues& out) {
  std::vector<int> verts = in.slots("geom", ElementKind::Vert);
  const std::vector<int> edges = in.slots("geom", ElementKind::Edge);
  out.values["faces"] = Elements();
  out.values["edges"] = Elements();
  if (edges.empty() && verts.size() == 2) {
    if (m.find_edge(verts[0], verts[1]) < 0) {
      out.add("edges", ElementKind::Edge, std::array{m.add_edge(verts[0], verts[1])});
    }
    return {};
  }
  if (!edges.empty()) {
    const Result<void> filled = fill_edges(m, edges, in, out);
    if (!filled || !out.get<Elements>("faces").empty()) {
      return filled;
    }
    for (const int e : edges) {
      verts.insert(verts.end(), m.edges[e].verts.begin(), m.edges[e].verts.end());
    }
    std::sort(verts.begin(), verts.end());
    verts.erase(std::unique(verts.begin(), verts.end()), verts.end());
  }
  if (verts.size() < 3) {
    return {};
  }
  // Vertices in the order of their angles about the middle.
  float3 middle{0, 0, 0};
  for (const int v : verts) {
    middle = middle + m.verts[v].co * (1.0f / float(verts.size()));
  }
  float3 normal{0, 0, 0};
  for (std::size_t i = 1; i < verts.size(); ++i) {
    const float3 c = cross(m.verts[verts[0]].co - middle, m.verts[verts[i]].co - middle);
    if (length_squared(c) > length_squared(normal)) {
      normal = c;
    }
  }
  if (length_squared(normal) == 0) {
    return {};
  }
  const float3 u = m.verts[verts[0]].co - middle, w = cross(normal, u) * (1.0f / length(normal));
  std::vector<std::pair<float, int>> order;
  for (const int v : verts) {
    const float3 p = m.verts[v].co - middle;
    const float angle = std::atan2(dot(p, w), dot(p, u));
    order.emplace_back(std::isfinite(angle) ? angle : 0.0f, v);
  }
  std::sort(order.begin(), order.end());
  for (std::size_t i = 0; i < order.size(); ++i) {
    verts[i] = order[i].second;
  }
  const int f = fill_ring(m, verts);
  if (f >= 0) {
    m.faces[f].material = std::clamp(in.get<int>("mat_nr"), 0, 32766);
    m.set_flag({ElementKind::Face, f}, ElementFlag::Smooth, in.get<bool>("use_smooth"));
    out.add("faces", ElementKind::Face, std::array{f});
  }
  return {};
}

/// Moves values of corners around their faces: the active UV map's, or colours by number.
template <typename Move>
void move_corner_values(EditMesh& m, std::span<const int> faces, const std::string& name,
                        Move&& move) {
  Attribute* layer = m.attributes.edit(name);
  if (layer == nullptr || layer->domain != Domain::Corner) {
    return;
  }
  std::visit(
      [&](auto& values) {
        const auto all = values.edit();
        for (const int f : faces) {
          const std::vector<int> ring = m.face_loops(f);
          std::vector<typename std::remove_reference_t<decltype(values)>::value_type> old;
          for (const int l : ring) {
            old.push_back(all[std::size_t(l)]);
          }
          for (std::size_t i = 0; i < ring.size(); ++i) {
            all[std::size_t(ring[i])] = old[move(i, ring.size())];
          }
        }
      },
      layer->values);
}
std::string active_uv_map(const EditMesh& m) {
  const Attribute* active = m.attributes.find(m.active_uv);
  for (std::int64_t i = 0; active == nullptr && i < m.attributes.items().size(); ++i) {
    active = m.attributes.items()[i].is_uv_map ? &m.attributes.items()[i] : nullptr;
  }
  return active ? active->name : std::string();
}
std::string color_layer(const EditMesh& m, int number) {
  for (std::int64_t i = 0; i < m.attributes.items().size(); ++i) {
    const Attribute& a = m.attributes.items()[i];
    if (a.domain == Domain::Corner && !a.is_internal() &&
        (a.as<ByteColor>() || a.as<FloatColor>()) && number-- == 0) {
      return a.name;
    }
  }
  return {};
}
std::size_t reversed(std::size_t i, std::size_t n) {
  return n - 1 - i;
}
std::size_t from_next(std::size_t i, std::size_t n) {
  return (i + 1) % n;
}
std::size_t from_previous(std::size_t i, std::size_t n) {
  return (i + n - 1) % n;
}
Result<void> reverse_uvs(EditMesh& m, const SlotValues& in, SlotValues&) {
  move_corner_values(m, in.slots("faces", ElementKind::Face), active_uv_map(m), reversed);
  return {};
}
Result<void> rotate_uvs(EditMesh& m, const SlotValues& in, SlotValues&) {
  move_corner_values(m, in.slots("faces", ElementKind::Face), active_uv_map(m),
                     in.get<bool>("use_ccw") ? from_next : from_previous);
  return {};
}
Result<void> reverse_colors(EditMesh& m, const SlotValues& in, SlotValues&) {
  move_corner_values(m, in.slots("faces", ElementKind::Face),
                     color_layer(m, in.get<int>("color_index")), reversed);
  return {};
}
Result<void> rotate_colors(EditMesh& m, const SlotValues& in, SlotValues&) {
  move_corner_values(m, in.slots("faces", ElementKind::Face),
                     color_layer(m, in.get<int>("color_index")),
                     in.get<bool>("use_ccw") ? from_next : from_previous);
  return {};
}

/// How far a corner moves so that the sides of its face move in by `by`.
float3 inset_corner(const EditMesh& m, int loop, float3 normal, float by, bool is_even) {
  const float3 co = m.verts[m.loops[loop].vert].co;
  const auto unit = [](float3 v) { return length(v) > 0 ? v * (1.0f / length(v)) : v; };
  const float3 before =
      unit(cross(normal, unit(co - m.verts[m.loops[m.loops[loop].prev].vert].co)));
  const float3 after = unit(cross(normal, unit(m.verts[m.loops[m.loops[loop].next].vert].co - co)));
  const float3 middle = unit(before + after);
  const float along = dot(middle, before);
  return middle * (is_even && along > 1e-4f ? by / along : by);
}
Result<void> inset_individual(EditMesh& m, const SlotValues& in, SlotValues& out) {
  std::vector<int> made;
  const float depth = in.get<float>("depth");
  for (const int f : in.slots("faces", ElementKind::Face)) {
    const std::vector<int> ring = m.face_verts(f), corners = m.face_loops(f);
    const std::size_t n = ring.size();
    const float3 normal = m.compute_face_normal(f);
    std::vector<float3> places;
    for (const int l : corners) {
      float by = in.get<float>("thickness");
      float up = depth;
      if (in.get<bool>("use_relative_offset")) {
        const float mean =
            (m.edge_length(m.loops[l].edge) + m.edge_length(m.loops[m.loops[l].prev].edge)) / 2;
        by *= mean;
        up *= mean;
      }
      places.push_back(m.verts[m.loops[l].vert].co +
                       inset_corner(m, l, normal, by, in.get<bool>("use_even_offset")) +
                       normal * up);
    }
    std::vector<int> inner;
    for (std::size_t i = 0; i < n; ++i) {
      inner.push_back(m.add_vert(places[i], ring[i]));
    }
    const int middle = m.add_face(inner, f);
    m.faces[middle].flags = m.faces[f].flags;
    const std::vector<int> to = m.face_loops(middle);
    for (std::size_t i = 0; i < n; ++i) {
      m.copy_attributes(ElementKind::Loop, corners[i], to[i]);
    }
    m.update_face_normal(middle);
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t k = (i + 1) % n;
      const int side = m.add_face(std::array{ring[i], ring[k], inner[k], inner[i]}, f);
      const std::vector<int> l = m.face_loops(side);
      m.copy_attributes(ElementKind::Loop, corners[i], l[0]);
      m.copy_attributes(ElementKind::Loop, corners[k], l[1]);
      m.copy_attributes(ElementKind::Loop, corners[k], l[2]);
      m.copy_attributes(ElementKind::Loop, corners[i], l[3]);
      m.update_face_normal(side);
      made.push_back(side);
    }
    m.remove_face(f);
  }
  out.add("faces", ElementKind::Face, made);
  return {};
}

}  // namespace

void add_face_operators(std::vector<EditOperator>& all) {
  using T = SlotType;
  const SlotSpec faces{"faces", T::Elements, faces_bit}, edges{"edges", T::Elements, edges_bit},
      verts{"verts", T::Elements, verts_bit};
  const SlotSpec material{"mat_nr", T::Int}, smooth{"use_smooth", T::Bool};
  all.push_back({"reverse_faces", {faces}, reverse_faces, {}});
  all.push_back({"recalc_face_normals", {faces}, recalc_face_normals, {}});
  all.push_back(
      {"triangulate",
       {faces,
        {"quad_method", T::Enum, 0, {"BEAUTY", "FIXED", "ALTERNATE", "SHORT_EDGE", "LONG_EDGE"}},
        {"ngon_method", T::Enum, 0, {"BEAUTY", "EAR_CLIP"}}},
       triangulate,
       {{"edges", T::Elements}, {"faces", T::Elements}}});
  all.push_back({"poke",
                 {faces,
                  {"offset", T::Float},
                  {"center_mode", T::Enum, 0, {"MEAN_WEIGHTED", "MEAN", "BOUNDS"}},
                  {"use_relative_offset", T::Bool}},
                 poke,
                 {{"verts", T::Elements}, {"faces", T::Elements}}});
  all.push_back({"inset_individual",
                 {faces,
                  {"thickness", T::Float},
                  {"depth", T::Float},
                  {"use_even_offset", T::Bool},
                  {"use_relative_offset", T::Bool}},
                 inset_individual,
                 {{"faces", T::Elements}}});
  all.push_back({"reverse_uvs", {faces}, reverse_uvs, {}});
  all.push_back({"rotate_uvs", {faces, {"use_ccw", T::Bool}}, rotate_uvs, {}});
  all.push_back({"reverse_colors", {faces, {"color_index", T::Int}}, reverse_colors, {}});
  all.push_back(
      {"rotate_colors", {faces, {"use_ccw", T::Bool}, {"color_index", T::Int}}, rotate_colors, {}});
  all.push_back(
      {"rotate_edges", {edges, {"use_ccw", T::Bool}}, rotate_edges, {{"edges", T::Elements}}});
  all.push_back(
      {"bisect_edges", {edges, {"cuts", T::Int}}, bisect_edges, {{"geom_split", T::Elements}}});
  all.push_back({"connect_verts", {verts}, connect_verts, {{"edges", T::Elements}}});
  all.push_back({"bisect_plane",
                 {{"geom", T::Elements, all_bits},
                  {"dist", T::Float},
                  {"plane_co", T::Vector},
                  {"plane_no", T::Vector},
                  {"use_snap_center", T::Bool},
                  {"clear_outer", T::Bool},
                  {"clear_inner", T::Bool}},
                 bisect_plane,
                 {{"geom_cut", T::Elements}, {"geom", T::Elements}}});
  all.push_back({"holes_fill", {edges, {"sides", T::Int}}, fill, {{"faces", T::Elements}}});
  all.push_back({"edgeloop_fill", {edges, material, smooth}, fill, {{"faces", T::Elements}}});
  all.push_back({"contextual_create",
                 {{"geom", T::Elements, all_bits}, material, smooth},
                 contextual_create,
                 {{"faces", T::Elements}, {"edges", T::Elements}}});
}

}  // namespace kiln::modeling
