#include "modeling/edit_mesh.h"

#include <algorithm>
#include <numeric>

namespace kiln::modeling {

Domain domain_of(ElementKind kind) {
  constexpr Domain domains[] = {Domain::Point, Domain::Edge, Domain::Corner, Domain::Face};
  return domains[int(kind)];
}

void EditMesh::clear() {
  verts.clear();
  edges.clear();
  loops.clear();
  faces.clear();
  attributes = AttributeSet();
  weights.clear();
  has_weights = false;
  select_history.clear();
  active_face = {};
}

int EditMesh::slot_count(ElementKind kind) const {
  const int counts[] = {verts.slot_count(), edges.slot_count(), loops.slot_count(),
                        faces.slot_count()};
  return counts[int(kind)];
}
int EditMesh::element_count(ElementKind kind) const {
  const int counts[] = {verts.size(), edges.size(), loops.size(), faces.size()};
  return counts[int(kind)];
}
int EditMesh::at_or_after(ElementKind kind, int slot) const {
  switch (kind) {
    case ElementKind::Vert:
      return verts.at_or_after(slot);
    case ElementKind::Edge:
      return edges.at_or_after(slot);
    case ElementKind::Loop:
      return loops.at_or_after(slot);
    default:
      return faces.at_or_after(slot);
  }
}
bool EditMesh::is_alive(const Element& e) const {
  return e.slot >= 0 && e.slot < slot_count(e.kind) && handle(e).generation != 0;
}
ElementHandle EditMesh::handle(const Element& e) const {
  switch (e.kind) {
    case ElementKind::Vert:
      return {e.kind, e.slot, verts.generation(e.slot)};
    case ElementKind::Edge:
      return {e.kind, e.slot, edges.generation(e.slot)};
    case ElementKind::Loop:
      return {e.kind, e.slot, loops.generation(e.slot)};
    default:
      return {e.kind, e.slot, faces.generation(e.slot)};
  }
}
bool EditMesh::is_alive(const ElementHandle& h) const {
  return h.slot >= 0 && h.generation != 0 && h.slot < slot_count(h.kind) &&
         handle(Element{h.kind, h.slot}).generation == h.generation;
}
std::uint8_t& EditMesh::flags(const Element& e) {
  switch (e.kind) {
    case ElementKind::Vert:
      return verts[e.slot].flags;
    case ElementKind::Edge:
      return edges[e.slot].flags;
    case ElementKind::Loop:
      return loops[e.slot].flags;
    default:
      return faces[e.slot].flags;
  }
}
void EditMesh::set_flag(const Element& e, int flag, bool value) {
  std::uint8_t& f = flags(e);
  f = std::uint8_t(value ? f | flag : f & ~flag);
}
int& EditMesh::index(const Element& e) {
  switch (e.kind) {
    case ElementKind::Vert:
      return verts[e.slot].index;
    case ElementKind::Edge:
      return edges[e.slot].index;
    case ElementKind::Loop:
      return loops[e.slot].index;
    default:
      return faces[e.slot].index;
  }
}
void EditMesh::update_indices(ElementKind kind) {
  int i = 0;
  if (kind == ElementKind::Loop) {
    for (int f = faces.at_or_after(0); f >= 0; f = faces.at_or_after(f + 1)) {
      for (const int l : face_loops(f)) {
        loops[l].index = i++;
      }
    }
    return;
  }
  for (int s = at_or_after(kind, 0); s >= 0; s = at_or_after(kind, s + 1)) {
    index({kind, s}) = i++;
  }
}

void EditMesh::reorder(ElementKind kind, std::span<const int> order) {
  std::vector<int> places(std::size_t(slot_count(kind)), -1);
  for (std::size_t i = 0; i < order.size(); ++i) {
    places[std::size_t(order[i])] = int(i);
  }
  // Handles that the mesh itself keeps go along.
  std::vector<std::pair<std::size_t, int>> history;
  for (std::size_t i = 0; i < select_history.size(); ++i) {
    if (select_history[i].kind == kind && is_alive(select_history[i])) {
      history.emplace_back(i, places[std::size_t(select_history[i].slot)]);
    }
  }
  const int active = kind == ElementKind::Face && is_alive(active_face)
                         ? places[std::size_t(active_face.slot)]
                         : -1;
  const auto moved = [&](int& slot) {
    if (slot >= 0) {
      slot = places[std::size_t(slot)];
    }
  };
  attributes.gather(domain_of(kind), order);
  if (kind == ElementKind::Vert) {
    verts.reorder(order);
    for (int e = edges.at_or_after(0); e >= 0; e = edges.at_or_after(e + 1)) {
      moved(edges[e].verts[0]);
      moved(edges[e].verts[1]);
    }
    for (int l = loops.at_or_after(0); l >= 0; l = loops.at_or_after(l + 1)) {
      moved(loops[l].vert);
    }
    if (has_weights) {
      std::vector<std::vector<GroupWeight>> sorted(order.size());
      for (std::size_t i = 0; i < order.size(); ++i) {
        sorted[i] = std::move(weights[std::size_t(order[i])]);
      }
      weights = std::move(sorted);
    }
  } else if (kind == ElementKind::Edge) {
    edges.reorder(order);
    for (int v = verts.at_or_after(0); v >= 0; v = verts.at_or_after(v + 1)) {
      moved(verts[v].edge);
    }
    for (int e = 0; e < edges.slot_count(); ++e) {
      for (int k = 0; k < 2; ++k) {
        moved(edges[e].next[std::size_t(k)]);
        moved(edges[e].prev[std::size_t(k)]);
      }
    }
    for (int l = loops.at_or_after(0); l >= 0; l = loops.at_or_after(l + 1)) {
      moved(loops[l].edge);
    }
  } else if (kind == ElementKind::Face) {
    faces.reorder(order);
    for (int l = loops.at_or_after(0); l >= 0; l = loops.at_or_after(l + 1)) {
      moved(loops[l].face);
    }
  }
  for (const auto& [i, place] : history) {
    select_history[i] = handle({kind, place});
  }
  if (active >= 0) {
    active_face = handle({kind, active});
  }
}

// ---- neighbours ----

std::vector<int> EditMesh::vert_edges(int vert) const {
  std::vector<int> result;
  if (const int first = verts[vert].edge; first >= 0) {
    int e = first;
    do {
      result.push_back(e);
      e = disk_next(e, vert);
    } while (e != first);
  }
  return result;
}
std::vector<int> EditMesh::edge_loops(int edge) const {
  std::vector<int> result;
  if (const int first = edges[edge].loop; first >= 0) {
    int l = first;
    do {
      result.push_back(l);
      l = loops[l].radial_next;
    } while (l != first);
  }
  return result;
}
std::vector<int> EditMesh::vert_loops(int vert) const {
  std::vector<int> result;
  for (const int e : vert_edges(vert)) {
    for (const int l : edge_loops(e)) {
      if (loops[l].vert == vert) {
        result.push_back(l);
      }
    }
  }
  return result;
}
std::vector<int> EditMesh::vert_faces(int vert) const {
  std::vector<int> result = vert_loops(vert);
  for (int& l : result) {
    l = loops[l].face;
  }
  return result;
}
std::vector<int> EditMesh::edge_faces(int edge) const {
  std::vector<int> result = edge_loops(edge);
  for (int& l : result) {
    l = loops[l].face;
  }
  return result;
}
std::vector<int> EditMesh::face_loops(int face) const {
  std::vector<int> result;
  result.reserve(std::size_t(faces[face].size));
  int l = faces[face].loop;
  for (int i = 0; i < faces[face].size; ++i) {
    result.push_back(l);
    l = loops[l].next;
  }
  return result;
}
std::vector<int> EditMesh::face_verts(int face) const {
  std::vector<int> result = face_loops(face);
  for (int& l : result) {
    l = loops[l].vert;
  }
  return result;
}
std::vector<int> EditMesh::face_edges(int face) const {
  std::vector<int> result = face_loops(face);
  for (int& l : result) {
    l = loops[l].edge;
  }
  return result;
}
int EditMesh::edge_face_count(int edge) const {
  int count = 0;
  if (const int first = edges[edge].loop; first >= 0) {
    int l = first;
    do {
      ++count;
      l = loops[l].radial_next;
    } while (l != first);
  }
  return count;
}
int EditMesh::vert_edge_count(int vert) const {
  int count = 0;
  if (const int first = verts[vert].edge; first >= 0) {
    int e = first;
    do {
      ++count;
      e = disk_next(e, vert);
    } while (e != first);
  }
  return count;
}
int EditMesh::find_edge(int a, int b) const {
  if (const int first = verts[a].edge; first >= 0) {
    int e = first;
    do {
      if (other_vert(e, a) == b) {
        return e;
      }
      e = disk_next(e, a);
    } while (e != first);
  }
  return -1;
}
int EditMesh::find_face(std::span<const int> vertices) const {
  if (vertices.empty()) {
    return -1;
  }
  std::vector<int> wanted(vertices.begin(), vertices.end());
  std::sort(wanted.begin(), wanted.end());
  for (const int f : vert_faces(vertices[0])) {
    if (faces[f].size == int(wanted.size())) {
      std::vector<int> present = face_verts(f);
      std::sort(present.begin(), present.end());
      if (present == wanted) {
        return f;
      }
    }
  }
  return -1;
}
int EditMesh::loop_of(int face, int vert) const {
  int l = faces[face].loop;
  for (int i = 0; i < faces[face].size; ++i) {
    if (loops[l].vert == vert) {
      return l;
    }
    l = loops[l].next;
  }
  return -1;
}
int EditMesh::common_edge(int face_a, int face_b) const {
  for (const int l : face_loops(face_a)) {
    for (const int r : edge_loops(loops[l].edge)) {
      if (loops[r].face == face_b) {
        return loops[l].edge;
      }
    }
  }
  return -1;
}
bool EditMesh::is_contiguous(int edge) const {
  if (edge_face_count(edge) != 2) {
    return false;
  }
  const int l = edges[edge].loop;
  return loops[l].vert != loops[loops[l].radial_next].vert;
}
bool EditMesh::is_manifold_vert(int vert) const {
  // One fan of faces, closed or with two borders, that reaches every edge.
  const std::vector<int> around = vert_edges(vert);
  if (around.empty()) {
    return false;
  }
  int borders = 0, start = around[0];
  for (const int e : around) {
    const int count = edge_face_count(e);
    if (count == 0 || count > 2) {
      return false;
    }
    if (count == 1) {
      ++borders;
      start = e;
    }
  }
  if (borders != 0 && borders != 2) {
    return false;
  }
  std::size_t reached = 1;
  int e = start, from = -1;
  while (reached <= around.size()) {
    int next = -1, through = -1;
    for (const int l : edge_loops(e)) {
      if (loops[l].face != from) {
        through = loops[l].face;
        next = loops[l].vert == vert ? loops[loops[l].prev].edge : loops[loops[l].next].edge;
        break;
      }
    }
    if (next < 0 || next == start) {
      break;
    }
    e = next;
    from = through;
    ++reached;
  }
  return reached == around.size();
}

// ---- links ----

void EditMesh::link_disk(int edge, int vert) {
  EditEdge& e = edges[edge];
  const std::size_t k = e.verts[0] == vert ? 0 : 1;
  const int head = verts[vert].edge;
  if (head < 0) {
    verts[vert].edge = edge;
    e.next[k] = e.prev[k] = edge;
    return;
  }
  EditEdge& h = edges[head];
  const std::size_t hk = h.verts[0] == vert ? 0 : 1;
  const int tail = h.prev[hk];
  EditEdge& t = edges[tail];
  t.next[t.verts[0] == vert ? 0 : 1] = edge;
  h.prev[hk] = edge;
  e.next[k] = head;
  e.prev[k] = tail;
}
void EditMesh::unlink_disk(int edge, int vert) {
  EditEdge& e = edges[edge];
  const std::size_t k = e.verts[0] == vert ? 0 : 1;
  if (e.next[k] == edge) {
    verts[vert].edge = -1;
  } else {
    EditEdge& n = edges[e.next[k]];
    EditEdge& p = edges[e.prev[k]];
    n.prev[n.verts[0] == vert ? 0 : 1] = e.prev[k];
    p.next[p.verts[0] == vert ? 0 : 1] = e.next[k];
    if (verts[vert].edge == edge) {
      verts[vert].edge = e.next[k];
    }
  }
  e.next[k] = e.prev[k] = -1;
}
void EditMesh::link_radial(int loop, int edge) {
  EditLoop& l = loops[loop];
  l.edge = edge;
  const int head = edges[edge].loop;
  if (head < 0) {
    l.radial_next = l.radial_prev = loop;
  } else {
    l.radial_prev = head;
    l.radial_next = loops[head].radial_next;
    loops[l.radial_next].radial_prev = loop;
    loops[head].radial_next = loop;
  }
  edges[edge].loop = loop;
}
void EditMesh::unlink_radial(int loop) {
  EditLoop& l = loops[loop];
  EditEdge& e = edges[l.edge];
  if (l.radial_next == loop) {
    e.loop = -1;
  } else {
    if (e.loop == loop) {
      e.loop = l.radial_next;
    }
    loops[l.radial_next].radial_prev = l.radial_prev;
    loops[l.radial_prev].radial_next = l.radial_next;
  }
  l.edge = l.radial_next = l.radial_prev = -1;
}
void EditMesh::replace_vert(int edge, int from, int to) {
  unlink_disk(edge, from);
  edges[edge].verts[edges[edge].verts[0] == from ? 0 : 1] = to;
  link_disk(edge, to);
}

// ---- making and removing ----

int EditMesh::take_slot(ElementKind kind) {
  const int before = slot_count(kind);
  const int slot = kind == ElementKind::Vert   ? verts.add()
                   : kind == ElementKind::Edge ? edges.add()
                   : kind == ElementKind::Loop ? loops.add()
                                               : faces.add();
  ItemList<Attribute>& items = attributes.edit_items();
  for (std::int64_t i = 0; i < items.size(); ++i) {
    if (items[i].domain != domain_of(kind)) {
      continue;
    }
    std::visit(
        [&](auto& values) {
          using T = typename std::remove_reference_t<decltype(values)>::value_type;
          if (slot < before) {
            values.edit()[std::size_t(slot)] = T();
          } else {
            values.resize(std::size_t(slot) + 1);
          }
        },
        items.edit(i).values);
  }
  if (kind == ElementKind::Vert && has_weights) {
    weights.resize(std::size_t(verts.slot_count()));
    weights[std::size_t(slot)].clear();
  }
  return slot;
}
int EditMesh::add_vert(float3 co, int example) {
  const int v = take_slot(ElementKind::Vert);
  verts[v].co = co;
  if (example >= 0) {
    copy_attributes(ElementKind::Vert, example, v);
    verts[v].normal = verts[example].normal;
  }
  return v;
}
int EditMesh::add_edge(int a, int b, int example) {
  const int e = take_slot(ElementKind::Edge);
  edges[e].verts = {a, b};
  edges[e].flags = ElementFlag::Smooth;
  link_disk(e, a);
  link_disk(e, b);
  if (example >= 0) {
    copy_attributes(ElementKind::Edge, example, e);
  }
  return e;
}
int EditMesh::ensure_edge(int a, int b, int example) {
  const int e = find_edge(a, b);
  return e >= 0 ? e : add_edge(a, b, example);
}
int EditMesh::new_loop(int vert, int face) {
  const int l = take_slot(ElementKind::Loop);
  loops[l].vert = vert;
  loops[l].face = face;
  return l;
}
int EditMesh::add_face(std::span<const int> vertices, int example) {
  KILN_ASSERT(vertices.size() >= 3);
  const int f = take_slot(ElementKind::Face);
  const int n = int(vertices.size());
  std::vector<int> ring;
  ring.reserve(vertices.size());
  for (const int v : vertices) {
    ring.push_back(new_loop(v, f));
  }
  for (int i = 0; i < n; ++i) {
    const int l = ring[std::size_t(i)];
    loops[l].next = ring[std::size_t((i + 1) % n)];
    loops[l].prev = ring[std::size_t((i + n - 1) % n)];
    link_radial(l, ensure_edge(vertices[std::size_t(i)], vertices[std::size_t((i + 1) % n)]));
  }
  faces[f].loop = ring[0];
  faces[f].size = n;
  if (example >= 0) {
    copy_attributes(ElementKind::Face, example, f);
  }
  return f;
}
void EditMesh::remove_face(int face) {
  for (const int l : face_loops(face)) {
    unlink_radial(l);
    loops.remove(l);
  }
  faces.remove(face);
}
void EditMesh::remove_edge(int edge) {
  while (edges[edge].loop >= 0) {
    remove_face(loops[edges[edge].loop].face);
  }
  unlink_disk(edge, edges[edge].verts[0]);
  unlink_disk(edge, edges[edge].verts[1]);
  edges.remove(edge);
}
void EditMesh::remove_vert(int vert) {
  while (verts[vert].edge >= 0) {
    remove_edge(verts[vert].edge);
  }
  verts.remove(vert);
}

// ---- attributes of elements ----

void EditMesh::copy_attributes(ElementKind kind, int from, int to) {
  const std::uint8_t kept =
      std::uint8_t(ElementFlag::Hide | ElementFlag::Smooth | ElementFlag::Seam);
  std::uint8_t& target = flags({kind, to});
  target = std::uint8_t((target & ~kept) | (flags({kind, from}) & kept));
  if (kind == ElementKind::Face) {
    faces[to].material = faces[from].material;
  }
  if (kind == ElementKind::Vert && has_weights) {
    weights[std::size_t(to)] = weights[std::size_t(from)];
  }
  ItemList<Attribute>& items = attributes.edit_items();
  for (std::int64_t i = 0; i < items.size(); ++i) {
    if (items[i].domain == domain_of(kind)) {
      std::visit(
          [&](auto& values) {
            const auto all = values.edit();
            all[std::size_t(to)] = all[std::size_t(from)];
          },
          items.edit(i).values);
    }
  }
}

namespace {

std::uint8_t rounded_byte(float value) {
  return std::uint8_t(std::clamp(value + 0.5f, 0.0f, 255.0f));
}

template <typename T>
T mixed(std::span<const T> all, std::span<const int> sources, std::span<const float> factors) {
  const auto at = [&](std::size_t i) -> const T& { return all[std::size_t(sources[i])]; };
  if constexpr (std::is_same_v<T, float> || std::is_same_v<T, float2> ||
                std::is_same_v<T, float3>) {
    T sum{};
    for (std::size_t i = 0; i < sources.size(); ++i) {
      sum = sum + at(i) * factors[i];
    }
    return sum;
  } else if constexpr (std::is_same_v<T, FloatColor> || std::is_same_v<T, ByteColor>) {
    float sum[4] = {0, 0, 0, 0};
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const T& c = at(i);
      sum[0] += float(c.r) * factors[i];
      sum[1] += float(c.g) * factors[i];
      sum[2] += float(c.b) * factors[i];
      sum[3] += float(c.a) * factors[i];
    }
    if constexpr (std::is_same_v<T, FloatColor>) {
      return {sum[0], sum[1], sum[2], sum[3]};
    } else {
      return {rounded_byte(sum[0]), rounded_byte(sum[1]), rounded_byte(sum[2]),
              rounded_byte(sum[3])};
    }
  } else {
    // What cannot be mixed comes from the strongest source.
    return at(std::size_t(std::max_element(factors.begin(), factors.end()) - factors.begin()));
  }
}

}  // namespace

void EditMesh::mix_attributes(ElementKind kind, std::span<const int> sources,
                              std::span<const float> factors, int to) {
  ItemList<Attribute>& items = attributes.edit_items();
  for (std::int64_t i = 0; i < items.size(); ++i) {
    if (items[i].domain == domain_of(kind)) {
      std::visit(
          [&](auto& values) {
            using T = typename std::remove_reference_t<decltype(values)>::value_type;
            const T value = mixed<T>(values.span(), sources, factors);
            values.edit()[std::size_t(to)] = value;
          },
          items.edit(i).values);
    }
  }
  if (kind == ElementKind::Vert && has_weights) {
    std::vector<GroupWeight> sum;
    for (std::size_t i = 0; i < sources.size(); ++i) {
      for (const GroupWeight& w : weights[std::size_t(sources[i])]) {
        const auto found = std::find_if(sum.begin(), sum.end(),
                                        [&](const GroupWeight& s) { return s.group == w.group; });
        if (found == sum.end()) {
          sum.push_back({w.group, w.weight * factors[i]});
        } else {
          found->weight += w.weight * factors[i];
        }
      }
    }
    std::sort(sum.begin(), sum.end(),
              [](const GroupWeight& a, const GroupWeight& b) { return a.group < b.group; });
    weights[std::size_t(to)] = std::move(sum);
  }
}

// ---- selection ----

void EditMesh::select(const Element& element, bool value) {
  if (value && has_flag(element, ElementFlag::Hide)) {
    return;
  }
  const auto set_vert = [&](int v) {
    set_flag({ElementKind::Vert, v}, ElementFlag::Select, value);
  };
  const auto set_edge = [&](int e) {
    set_flag({ElementKind::Edge, e}, ElementFlag::Select, value);
  };
  set_flag(element, ElementFlag::Select, value);
  switch (element.kind) {
    case ElementKind::Edge:
      for (const int v : edges[element.slot].verts) {
        // A vertex stays selected while another selected edge needs it.
        const auto needed = [&](int e) {
          return has_flag({ElementKind::Edge, e}, ElementFlag::Select);
        };
        const std::vector<int> around = vert_edges(v);
        if (value || (select_mode & 1) != 0 || std::none_of(around.begin(), around.end(), needed)) {
          set_vert(v);
        }
      }
      break;
    case ElementKind::Face:
      for (const int l : face_loops(element.slot)) {
        const int e = loops[l].edge;
        const std::vector<int> around = edge_faces(e);
        const auto needed = [&](int f) {
          return has_flag({ElementKind::Face, f}, ElementFlag::Select);
        };
        if (value || std::none_of(around.begin(), around.end(), needed)) {
          set_edge(e);
        }
      }
      for (const int v : face_verts(element.slot)) {
        const std::vector<int> around = vert_edges(v);
        const auto needed = [&](int e) {
          return has_flag({ElementKind::Edge, e}, ElementFlag::Select);
        };
        if (value || std::none_of(around.begin(), around.end(), needed)) {
          set_vert(v);
        }
      }
      break;
    default:
      break;
  }
}

void EditMesh::hide(const Element& element, bool value) {
  const auto set = [&](ElementKind kind, int slot) {
    set_flag({kind, slot}, ElementFlag::Hide, value);
    if (value) {
      set_flag({kind, slot}, ElementFlag::Select, false);
    }
  };
  set(element.kind, element.slot);
  if (element.kind == ElementKind::Vert) {
    for (const int e : vert_edges(element.slot)) {
      set(ElementKind::Edge, e);
    }
    for (const int f : vert_faces(element.slot)) {
      set(ElementKind::Face, f);
    }
  } else if (element.kind == ElementKind::Edge) {
    for (const int f : edge_faces(element.slot)) {
      set(ElementKind::Face, f);
    }
    if (!value) {
      for (const int v : edges[element.slot].verts) {
        set(ElementKind::Vert, v);
      }
    }
  } else if (element.kind == ElementKind::Face && !value) {
    for (const int l : face_loops(element.slot)) {
      set(ElementKind::Edge, loops[l].edge);
      set(ElementKind::Vert, loops[l].vert);
    }
  }
}

void EditMesh::flush_selection(bool value) {
  const auto is_selected = [&](ElementKind k, int s) {
    return has_flag({k, s}, ElementFlag::Select);
  };
  for (int e = edges.at_or_after(0); e >= 0; e = edges.at_or_after(e + 1)) {
    const bool both = is_selected(ElementKind::Vert, edges[e].verts[0]) &&
                      is_selected(ElementKind::Vert, edges[e].verts[1]) &&
                      !has_flag({ElementKind::Edge, e}, ElementFlag::Hide);
    if (both == value) {
      set_flag({ElementKind::Edge, e}, ElementFlag::Select, value);
    }
  }
  for (int f = faces.at_or_after(0); f >= 0; f = faces.at_or_after(f + 1)) {
    const std::vector<int> ring = face_verts(f);
    const bool all = std::all_of(ring.begin(), ring.end(),
                                 [&](int v) { return is_selected(ElementKind::Vert, v); }) &&
                     !has_flag({ElementKind::Face, f}, ElementFlag::Hide);
    if (all == value) {
      set_flag({ElementKind::Face, f}, ElementFlag::Select, value);
    }
  }
}

void EditMesh::flush_select_mode() {
  const auto is_selected = [&](ElementKind k, int s) {
    return has_flag({k, s}, ElementFlag::Select);
  };
  if ((select_mode & 1) != 0) {
    flush_selection(true);
    flush_selection(false);
    return;
  }
  // What is selected follows from edges, or from faces.
  const ElementKind leading = (select_mode & 2) != 0 ? ElementKind::Edge : ElementKind::Face;
  if (leading == ElementKind::Face) {
    for (int e = edges.at_or_after(0); e >= 0; e = edges.at_or_after(e + 1)) {
      edges[e].flags &= std::uint8_t(~ElementFlag::Select);
    }
  }
  for (int v = verts.at_or_after(0); v >= 0; v = verts.at_or_after(v + 1)) {
    verts[v].flags &= std::uint8_t(~ElementFlag::Select);
  }
  for (int f = faces.at_or_after(0); f >= 0; f = faces.at_or_after(f + 1)) {
    const std::vector<int> sides = face_edges(f);
    if (leading == ElementKind::Edge) {
      const bool all = std::all_of(sides.begin(), sides.end(),
                                   [&](int e) { return is_selected(ElementKind::Edge, e); });
      set_flag({ElementKind::Face, f}, ElementFlag::Select,
               all && !has_flag({ElementKind::Face, f}, ElementFlag::Hide));
    } else if (is_selected(ElementKind::Face, f)) {
      for (const int e : sides) {
        set_flag({ElementKind::Edge, e}, ElementFlag::Select, true);
      }
    }
  }
  for (int e = edges.at_or_after(0); e >= 0; e = edges.at_or_after(e + 1)) {
    if (is_selected(ElementKind::Edge, e)) {
      verts[edges[e].verts[0]].flags |= ElementFlag::Select;
      verts[edges[e].verts[1]].flags |= ElementFlag::Select;
    }
  }
}

// ---- shape ----

float EditMesh::edge_length(int edge) const {
  return length(verts[edges[edge].verts[0]].co - verts[edges[edge].verts[1]].co);
}
float3 EditMesh::face_center(int face) const {
  float3 sum{0, 0, 0};
  for (const int v : face_verts(face)) {
    sum = sum + verts[v].co;
  }
  return sum * (1.0f / float(faces[face].size));
}
float3 EditMesh::face_center_weighted(int face) const {
  float3 sum{0, 0, 0};
  float total = 0;
  for (const int l : face_loops(face)) {
    const float3 co = verts[loops[l].vert].co;
    const float w = length(verts[loops[loops[l].prev].vert].co - co) +
                    length(verts[loops[loops[l].next].vert].co - co);
    sum = sum + co * w;
    total += w;
  }
  return total > 0 ? sum * (1.0f / total) : face_center(face);
}
namespace {
float3 area_vector(const EditMesh& mesh, int face) {
  const std::vector<int> ring = mesh.face_verts(face);
  const float3 origin = mesh.verts[ring[0]].co;
  float3 sum{0, 0, 0};
  for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
    sum = sum + cross(mesh.verts[ring[i]].co - origin, mesh.verts[ring[i + 1]].co - origin);
  }
  return sum * 0.5f;
}
}  // namespace
float EditMesh::face_area(int face) const {
  return length(area_vector(*this, face));
}
float3 EditMesh::compute_face_normal(int face) const {
  const float3 n = area_vector(*this, face);
  const float size = length(n);
  return size > 1e-35f ? n * (1.0f / size) : float3{0, 0, 0};
}
float EditMesh::loop_angle(int loop) const {
  const float3 co = verts[loops[loop].vert].co;
  const float3 a = verts[loops[loops[loop].prev].vert].co - co;
  const float3 b = verts[loops[loops[loop].next].vert].co - co;
  return std::atan2(length(cross(a, b)), dot(a, b));
}
void EditMesh::update_vert_normal(int vert) {
  float3 sum{0, 0, 0};
  for (const int l : vert_loops(vert)) {
    sum = sum + faces[loops[l].face].normal * loop_angle(l);
  }
  const float size = length(sum);
  const float3 co = verts[vert].co;
  const float far = length(co);
  verts[vert].normal = size > 1e-35f  ? sum * (1.0f / size)
                       : far > 1e-35f ? co * (1.0f / far)
                                      : float3{0, 0, 1};
}
void EditMesh::update_normals() {
  for (int f = faces.at_or_after(0); f >= 0; f = faces.at_or_after(f + 1)) {
    update_face_normal(f);
  }
  for (int v = verts.at_or_after(0); v >= 0; v = verts.at_or_after(v + 1)) {
    update_vert_normal(v);
  }
}

std::string EditMesh::check() const {
  std::size_t corners = 0;
  for (int v = verts.at_or_after(0); v >= 0; v = verts.at_or_after(v + 1)) {
    if (const int first = verts[v].edge; first >= 0) {
      int e = first, steps = 0;
      do {
        if (!edges.is_alive(e) || !has_vert(e, v) || ++steps > edges.size()) {
          return "disk cycle of vertex " + std::to_string(v) + " is broken";
        }
        const int n = disk_next(e, v);
        if (!edges.is_alive(n) || !has_vert(n, v) ||
            edges[n].prev[edges[n].verts[0] == v ? 0 : 1] != e) {
          return "disk cycle of vertex " + std::to_string(v) + " does not lead back";
        }
        e = n;
      } while (e != first);
    }
  }
  for (int e = edges.at_or_after(0); e >= 0; e = edges.at_or_after(e + 1)) {
    for (const int v : edges[e].verts) {
      if (!verts.is_alive(v)) {
        return "edge " + std::to_string(e) + " has a vertex that is gone";
      }
      const std::vector<int> around = vert_edges(v);
      if (std::find(around.begin(), around.end(), e) == around.end()) {
        return "edge " + std::to_string(e) + " is missing in a disk cycle";
      }
    }
    if (edges[e].verts[0] == edges[e].verts[1]) {
      return "edge " + std::to_string(e) + " has one vertex twice";
    }
    if (const int first = edges[e].loop; first >= 0) {
      int l = first, steps = 0;
      do {
        if (!loops.is_alive(l) || loops[l].edge != e || ++steps > loops.size() ||
            loops[loops[l].radial_next].radial_prev != l) {
          return "radial cycle of edge " + std::to_string(e) + " is broken";
        }
        l = loops[l].radial_next;
      } while (l != first);
    }
  }
  for (int f = faces.at_or_after(0); f >= 0; f = faces.at_or_after(f + 1)) {
    if (faces[f].size < 3) {
      return "face " + std::to_string(f) + " has fewer than three corners";
    }
    const std::vector<int> ring = face_loops(f);
    corners += ring.size();
    std::vector<int> seen;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const EditLoop& l = loops[ring[i]];
      const int next = ring[(i + 1) % ring.size()];
      if (!loops.is_alive(ring[i]) || l.face != f || l.next != next ||
          loops[next].prev != ring[i]) {
        return "loops of face " + std::to_string(f) + " are broken";
      }
      if (!edges.is_alive(l.edge) || !has_vert(l.edge, l.vert) ||
          !has_vert(l.edge, loops[next].vert)) {
        return "face " + std::to_string(f) + " has an edge that is not between its corners";
      }
      seen.push_back(l.vert);
    }
    std::sort(seen.begin(), seen.end());
    if (std::adjacent_find(seen.begin(), seen.end()) != seen.end()) {
      return "face " + std::to_string(f) + " has a vertex twice";
    }
  }
  return corners == std::size_t(loops.size()) ? std::string() : "there are loops without faces";
}

}  // namespace kiln::modeling
