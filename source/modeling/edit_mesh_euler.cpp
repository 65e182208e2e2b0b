#include <algorithm>
#include <unordered_map>

#include "modeling/edit_mesh.h"

// Operators that change topology step by step.
namespace kiln::modeling {

int EditMesh::split_edge(int edge, int vert, float factor, int* new_edge) {
  const int other = other_vert(edge, vert);
  const int middle = add_vert(verts[vert].co + (verts[other].co - verts[vert].co) * factor, vert);
  mix_attributes(ElementKind::Vert, std::array{vert, other}, std::array{1 - factor, factor},
                 middle);
  const std::vector<int> around = edge_loops(edge);
  const bool is_selected = (edges[edge].flags & ElementFlag::Select) != 0;
  replace_vert(edge, vert, middle);
  const int made = add_edge(vert, middle, edge);
  set_flag({ElementKind::Edge, made}, ElementFlag::Select, is_selected);
  set_flag({ElementKind::Vert, middle}, ElementFlag::Select, is_selected);
  for (const int l : around) {
    const int face = loops[l].face;
    const int n = new_loop(middle, face);
    const int next = loops[l].next;
    const bool is_from_vert = loops[l].vert == vert;
    const float along = is_from_vert ? factor : 1 - factor;
    mix_attributes(ElementKind::Loop, std::array{l, next}, std::array{1 - along, along}, n);
    loops[n].prev = l;
    loops[n].next = next;
    loops[next].prev = n;
    loops[l].next = n;
    ++faces[face].size;
    if (is_from_vert) {
      unlink_radial(l);
      link_radial(l, made);
      link_radial(n, edge);
    } else {
      link_radial(n, made);
    }
  }
  if (new_edge != nullptr) {
    *new_edge = made;
  }
  return middle;
}

int EditMesh::join_edges(int edge, int vert) {
  const std::vector<int> around = vert_edges(vert);
  if (around.size() != 2 || !has_vert(edge, vert)) {
    return -1;
  }
  const int kept = around[0] == edge ? around[1] : around[0];
  const int far = other_vert(edge, vert);
  if (far == other_vert(kept, vert)) {
    return -1;  // two edges between the same vertices: nothing would be left
  }
  // Faces that would have two corners left go first.
  for (const int f : edge_faces(edge)) {
    if (faces[f].size == 3) {
      remove_face(f);
    }
  }
  for (const int l : edge_loops(edge)) {
    const int face = loops[l].face;
    // The corner at `vert` goes; its neighbour on the side of `edge` takes the kept edge.
    const int gone = loops[l].vert == vert ? l : loops[l].next;
    const int before = loops[gone].prev;
    const int after = loops[gone].next;
    unlink_radial(l);
    if (gone != l) {
      unlink_radial(gone);
      link_radial(l, kept);
    }
    loops[before].next = after;
    loops[after].prev = before;
    if (faces[face].loop == gone) {
      faces[face].loop = after;
    }
    --faces[face].size;
    loops.remove(gone);
  }
  unlink_disk(edge, edges[edge].verts[0]);
  unlink_disk(edge, edges[edge].verts[1]);
  edges.remove(edge);
  const int twin = find_edge(far, other_vert(kept, vert));
  replace_vert(kept, vert, far);
  verts.remove(vert);
  if (twin >= 0) {
    splice_edges(twin, kept);
  }
  return kept;
}

int EditMesh::split_face(int face, int a, int b, int* new_loop_out) {
  if (a == b || loops[a].face != face || loops[b].face != face || loops[a].next == b ||
      loops[b].next == a) {
    return -1;
  }
  const int edge = ensure_edge(loops[a].vert, loops[b].vert);
  const int made = take_slot(ElementKind::Face);
  copy_attributes(ElementKind::Face, face, made);
  faces[made].normal = faces[face].normal;
  set_flag({ElementKind::Face, made}, ElementFlag::Select,
           (faces[face].flags & ElementFlag::Select) != 0);
  // The old face keeps a .. before b, the new one gets b .. before a.
  const int before_b = loops[b].prev, before_a = loops[a].prev;
  const int closing = new_loop(loops[b].vert, face);
  const int opening = new_loop(loops[a].vert, made);
  copy_attributes(ElementKind::Loop, b, closing);
  copy_attributes(ElementKind::Loop, a, opening);
  loops[before_b].next = closing;
  loops[closing].prev = before_b;
  loops[closing].next = a;
  loops[a].prev = closing;
  loops[before_a].next = opening;
  loops[opening].prev = before_a;
  loops[opening].next = b;
  loops[b].prev = opening;
  link_radial(closing, edge);
  link_radial(opening, edge);
  faces[face].loop = a;
  faces[made].loop = b;
  int old_size = 0, l = a;
  do {
    ++old_size;
    l = loops[l].next;
  } while (l != a);
  faces[made].size = faces[face].size + 2 - old_size;
  faces[face].size = old_size;
  for (const int k : face_loops(made)) {
    loops[k].face = made;
  }
  if (new_loop_out != nullptr) {
    *new_loop_out = opening;
  }
  return made;
}

int EditMesh::join_faces(std::span<const int> joined, bool removes_inner) {
  if (joined.empty()) {
    return -1;
  }
  std::unordered_map<int, bool> is_joined;
  for (const int f : joined) {
    is_joined[f] = true;
  }
  // Loops of the outline, by the vertex they begin at.
  std::unordered_map<int, int> outline;
  std::vector<int> inner;
  int first = -1;
  for (const int f : joined) {
    for (const int l : face_loops(f)) {
      int shared = 0;
      for (const int r : edge_loops(loops[l].edge)) {
        shared += int(is_joined.count(loops[r].face));
      }
      if (shared > 2) {
        return -1;
      }
      if (shared == 2) {
        inner.push_back(loops[l].edge);
        continue;
      }
      if (!outline.emplace(loops[l].vert, l).second) {
        return -1;  // the outline meets itself
      }
      if (first < 0) {
        first = l;
      }
    }
  }
  if (first < 0) {
    return -1;
  }
  std::vector<int> ring, corners;
  for (int l = first;;) {
    ring.push_back(loops[l].vert);
    corners.push_back(l);
    const auto next = outline.find(loops[loops[l].next].vert);
    if (next == outline.end() || ring.size() > outline.size()) {
      return -1;
    }
    l = next->second;
    if (l == first) {
      break;
    }
  }
  if (ring.size() != outline.size() || ring.size() < 3) {
    return -1;  // more than one outline
  }
  std::vector<int> ring_edges;
  for (const int l : corners) {
    ring_edges.push_back(loops[l].edge);
  }
  const int made = take_slot(ElementKind::Face);
  copy_attributes(ElementKind::Face, joined[0], made);
  const bool is_selected = (faces[joined[0]].flags & ElementFlag::Select) != 0;
  set_flag({ElementKind::Face, made}, ElementFlag::Select, is_selected);
  std::vector<int> made_loops;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    made_loops.push_back(new_loop(ring[i], made));
    copy_attributes(ElementKind::Loop, corners[i], made_loops[i]);
  }
  for (std::size_t i = 0; i < ring.size(); ++i) {
    loops[made_loops[i]].next = made_loops[(i + 1) % ring.size()];
    loops[made_loops[(i + 1) % ring.size()]].prev = made_loops[i];
    link_radial(made_loops[i], ring_edges[i]);
  }
  faces[made].loop = made_loops[0];
  faces[made].size = int(ring.size());
  for (const auto& [f, unused] : is_joined) {
    remove_face(f);
  }
  update_face_normal(made);
  if (removes_inner) {
    std::vector<int> ends;
    for (const int e : inner) {
      if (edges.is_alive(e) && edges[e].loop < 0) {
        ends.push_back(edges[e].verts[0]);
        ends.push_back(edges[e].verts[1]);
        remove_edge(e);
      }
    }
    for (const int v : ends) {
      if (verts.is_alive(v) && verts[v].edge < 0) {
        remove_vert(v);
      }
    }
  }
  return made;
}

void EditMesh::flip_face(int face) {
  const std::vector<int> ring = face_loops(face);
  std::vector<int> sides = face_edges(face);
  for (const int l : ring) {
    unlink_radial(l);
  }
  const std::size_t n = ring.size();
  for (std::size_t i = 0; i < n; ++i) {
    std::swap(loops[ring[i]].next, loops[ring[i]].prev);
    link_radial(ring[i], sides[(i + n - 1) % n]);
  }
  faces[face].normal = faces[face].normal * -1.0f;
}

int EditMesh::rotate_edge(int edge, bool counter_clockwise) {
  if (!is_contiguous(edge)) {
    return -1;
  }
  const int a = edges[edge].loop, b = loops[a].radial_next;
  // The new ends: the corners after (or before) the edge in both faces.
  const int from =
      !counter_clockwise ? loops[loops[a].prev].vert : loops[loops[loops[a].next].next].vert;
  const int to =
      !counter_clockwise ? loops[loops[b].prev].vert : loops[loops[loops[b].next].next].vert;
  if (from == to || find_edge(from, to) >= 0) {
    return -1;
  }
  const int example = edge;
  const std::uint8_t kept_flags = edges[edge].flags;
  const std::array<int, 2> joined_faces{loops[a].face, loops[b].face};
  const int example_edge = add_edge(from, to, example);
  edges[example_edge].flags = kept_flags;
  const int joined = join_faces(joined_faces);
  if (joined < 0) {
    remove_edge(example_edge);
    return -1;
  }
  const int la = loop_of(joined, from), lb = loop_of(joined, to);
  const int made = la < 0 || lb < 0 ? -1 : split_face(joined, la, lb);
  if (made < 0) {
    return -1;
  }
  update_face_normal(joined);
  update_face_normal(made);
  return example_edge;
}

bool EditMesh::dissolve_vert(int vert) {
  const std::vector<int> around = vert_edges(vert);
  std::vector<int> joined = vert_faces(vert);
  std::sort(joined.begin(), joined.end());
  joined.erase(std::unique(joined.begin(), joined.end()), joined.end());
  if (joined.empty() && around.size() != 2) {
    remove_vert(vert);
    return true;
  }
  if (around.size() == 2) {
    return join_edges(around[0], vert) >= 0;
  }
  if (!is_manifold_vert(vert)) {
    return false;
  }
  const int made = joined.size() > 1 ? join_faces(joined) : joined[0];
  if (made < 0) {
    return false;
  }
  if (verts.is_alive(vert)) {
    // On a border: still a corner of the joined face.
    const std::vector<int> left = vert_edges(vert);
    return left.size() == 2 && join_edges(left[0], vert) >= 0;
  }
  return true;
}

bool EditMesh::splice_edges(int edge, int target) {
  if (edge == target || !has_vert(target, edges[edge].verts[0]) ||
      !has_vert(target, edges[edge].verts[1])) {
    return false;
  }
  for (const int l : edge_loops(edge)) {
    unlink_radial(l);
    link_radial(l, target);
  }
  remove_edge(edge);
  return true;
}

bool EditMesh::splice_verts(int vert, int target) {
  if (vert == target) {
    return false;
  }
  for (const int e : vert_edges(vert)) {
    if (has_vert(e, target)) {
      return false;
    }
  }
  for (const int f : vert_faces(vert)) {
    if (loop_of(f, target) >= 0) {
      return false;
    }
  }
  for (const int l : vert_loops(vert)) {
    loops[l].vert = target;
  }
  for (const int e : vert_edges(vert)) {
    replace_vert(e, vert, target);
  }
  verts.remove(vert);
  return true;
}

int EditMesh::part_edge(int loop) {
  const int edge = loops[loop].edge;
  if (loops[loop].radial_next == loop) {
    return edge;
  }
  const int made = add_edge(edges[edge].verts[0], edges[edge].verts[1], edge);
  set_flag({ElementKind::Edge, made}, ElementFlag::Select,
           (edges[edge].flags & ElementFlag::Select) != 0);
  unlink_radial(loop);
  link_radial(loop, made);
  return made;
}

std::vector<int> EditMesh::separate_vert(int vert, std::span<const int> cut) {
  // Parts: edges joined by the corners between them. A cut edge with several faces is in none.
  std::vector<int> around = vert_edges(vert);
  std::unordered_map<int, int> part;
  int count = 0;
  (void)cut;
  for (const int start : around) {
    if (part.count(start) != 0) {
      continue;
    }
    std::vector<int> work{start};
    part[start] = count;
    while (!work.empty()) {
      const int e = work.back();
      work.pop_back();
      for (const int l : edge_loops(e)) {
        const int neighbour =
            loops[l].vert == vert ? loops[loops[l].prev].edge : loops[loops[l].next].edge;
        if (part.emplace(neighbour, count).second) {
          work.push_back(neighbour);
        }
      }
    }
    ++count;
  }
  std::vector<int> result{vert};
  for (int p = 1; p < count; ++p) {
    const int made = add_vert(verts[vert].co, vert);
    set_flag({ElementKind::Vert, made}, ElementFlag::Select,
             (verts[vert].flags & ElementFlag::Select) != 0);
    result.push_back(made);
    for (const int e : around) {
      if (part[e] == p) {
        for (const int l : edge_loops(e)) {
          const int at = loops[l].vert == vert ? l : loops[l].next;
          if (loops[at].vert == vert) {
            loops[at].vert = made;
          }
        }
      }
    }
    for (const int e : around) {
      if (part[e] == p) {
        replace_vert(e, vert, made);
      }
    }
  }
  return result;
}

int EditMesh::separate_loop(int loop) {
  const int vert = loops[loop].vert;
  if (vert_loops(vert).size() < 2) {
    return vert;
  }
  const int previous = loops[loop].prev;
  part_edge(loop);
  part_edge(previous);
  const int own = loops[loop].edge;
  const int made = add_vert(verts[vert].co, vert);
  const int other = loops[previous].edge;
  loops[loop].vert = made;
  replace_vert(own, vert, made);
  if (other != own) {
    replace_vert(other, vert, made);
  }
  return made;
}

void EditMesh::weld(std::span<const std::pair<int, int>> targets) {
  std::unordered_map<int, int> onto;
  for (const auto& [from, to] : targets) {
    if (from != to) {
      onto[from] = to;
    }
  }
  const auto final_vert = [&](int v) {
    // Chains are followed; one that runs in a circle ends where it was entered.
    std::size_t steps = 0;
    for (auto found = onto.find(v); found != onto.end() && steps <= onto.size();
         found = onto.find(v)) {
      v = found->second;
      ++steps;
    }
    return v;
  };
  std::vector<std::pair<int, int>> moves;
  for (const auto& [from, to] : targets) {
    if (const int last = final_vert(from); last != from && onto.count(last) == 0) {
      moves.emplace_back(from, last);
    }
  }
  std::unordered_map<int, int> move_of(moves.begin(), moves.end());
  const auto moved = [&](int v) {
    const auto found = move_of.find(v);
    return found == move_of.end() ? v : found->second;
  };
  // Edges and faces are made anew where they are touched.
  std::vector<int> touched_faces, touched_edges;
  for (const auto& [from, to] : moves) {
    for (const int f : vert_faces(from)) {
      if ((faces[f].flags & ElementFlag::Mark) == 0) {
        faces[f].flags |= ElementFlag::Mark;
        touched_faces.push_back(f);
      }
    }
    for (const int e : vert_edges(from)) {
      if ((edges[e].flags & ElementFlag::Mark) == 0) {
        edges[e].flags |= ElementFlag::Mark;
        touched_edges.push_back(e);
      }
    }
  }
  std::sort(touched_edges.begin(), touched_edges.end());
  std::sort(touched_faces.begin(), touched_faces.end());
  for (const int e : touched_edges) {
    const int a = moved(edges[e].verts[0]), b = moved(edges[e].verts[1]);
    if (a != b && find_edge(a, b) < 0) {
      const int made = add_edge(a, b, e);
      edges[made].flags = std::uint8_t(edges[e].flags & ~ElementFlag::Mark);
    }
  }
  for (const int f : touched_faces) {
    std::vector<int> ring, corners;
    for (const int l : face_loops(f)) {
      const int v = moved(loops[l].vert);
      if (std::find(ring.begin(), ring.end(), v) == ring.end()) {
        ring.push_back(v);
        corners.push_back(l);
      }
    }
    if (ring.size() >= 3 && find_face(ring) < 0) {
      const int made = add_face(ring, f);
      faces[made].flags = std::uint8_t(faces[f].flags & ~ElementFlag::Mark);
      const std::vector<int> made_loops = face_loops(made);
      for (std::size_t i = 0; i < corners.size(); ++i) {
        copy_attributes(ElementKind::Loop, corners[i], made_loops[i]);
      }
      update_face_normal(made);
    }
    remove_face(f);
  }
  for (const auto& [from, to] : moves) {
    if (verts.is_alive(from)) {
      remove_vert(from);
    }
  }
}

}  // namespace kiln::modeling
