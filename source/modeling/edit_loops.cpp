#include "modeling/edit_loops.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>

namespace kiln::modeling {
namespace {

// The edge that goes on from `edge` at `vert`; -1 where the loop ends.
int next_in_loop(EditMesh& mesh, int edge, int vert) {
  const std::vector<int> around = mesh.vert_edges(vert);
  const int faces = mesh.edge_face_count(edge);
  if (faces == 0) {
    return around.size() == 2 ? (around[0] == edge ? around[1] : around[0]) : -1;
  }
  if (faces == 1) {
    int found = -1;
    for (const int other : around) {
      if (other != edge && mesh.is_boundary(other)) {
        if (found >= 0) {
          return -1;
        }
        found = other;
      }
    }
    return found;
  }
  if (around.size() != 4 || faces != 2) {
    return -1;
  }
  const std::vector<int> own = mesh.edge_faces(edge);
  for (const int other : around) {
    if (other == edge || mesh.edge_face_count(other) != 2) {
      continue;
    }
    const std::vector<int> theirs = mesh.edge_faces(other);
    if (std::none_of(theirs.begin(), theirs.end(),
                     [&](int f) { return std::find(own.begin(), own.end(), f) != own.end(); })) {
      return other;
    }
  }
  return -1;
}

// Goes on with `step` in both directions from a start, and puts both halves into one order.
std::vector<int> walk(EditMesh& mesh, int start,
                      const std::function<int(int from, bool is_forward)>& step) {
  std::vector<char> seen(std::size_t(mesh.edges.slot_count()));
  std::vector<int> forward, backward;
  seen[std::size_t(start)] = 1;
  bool is_closed = false;
  for (const bool is_forward : {true, false}) {
    std::vector<int>& out = is_forward ? forward : backward;
    for (int e = step(start, is_forward); e >= 0; e = step(e, is_forward)) {
      if (seen[std::size_t(e)]) {
        is_closed = is_closed || e == start;
        break;
      }
      seen[std::size_t(e)] = 1;
      out.push_back(e);
    }
    if (is_closed) {
      break;
    }
  }
  std::reverse(backward.begin(), backward.end());
  backward.push_back(start);
  backward.insert(backward.end(), forward.begin(), forward.end());
  return backward;
}

// The side opposite to one in a face of four corners; -1 in others.
int opposite_side(EditMesh& mesh, int face, int edge) {
  if (mesh.faces[face].size != 4) {
    return -1;
  }
  const std::vector<int> sides = mesh.face_edges(face);
  const auto at = std::find(sides.begin(), sides.end(), edge) - sides.begin();
  return sides[std::size_t(at + 2) % 4];
}

}  // namespace

std::vector<int> edge_loop(EditMesh& mesh, int edge) {
  int ends[2] = {mesh.edges[edge].verts[1], mesh.edges[edge].verts[0]};
  return walk(mesh, edge, [&](int from, bool is_forward) {
    int& vert = ends[is_forward ? 0 : 1];
    const int next = next_in_loop(mesh, from, vert);
    if (next >= 0) {
      vert = mesh.other_vert(next, vert);
    }
    return next;
  });
}

std::vector<int> edge_ring(EditMesh& mesh, int edge) {
  const std::vector<int> faces = mesh.edge_faces(edge);
  int ahead[2] = {faces.empty() ? -1 : faces[0], faces.size() < 2 ? -1 : faces[1]};
  return walk(mesh, edge, [&](int from, bool is_forward) {
    int& face = ahead[is_forward ? 0 : 1];
    if (face < 0 || mesh.edge_face_count(from) > 2) {
      return -1;
    }
    const int next = opposite_side(mesh, face, from);
    if (next < 0 || mesh.edge_face_count(next) > 2) {
      return -1;
    }
    const std::vector<int> sides = mesh.edge_faces(next);
    face = sides.size() < 2 ? -1 : sides[0] == face ? sides[1] : sides[0];
    return next;
  });
}

bool is_closed_ring(EditMesh& mesh, const std::vector<int>& ring) {
  if (ring.size() < 3) {
    return false;
  }
  for (const int f : mesh.edge_faces(ring.back())) {
    if (opposite_side(mesh, f, ring.back()) == ring.front()) {
      return true;
    }
  }
  return false;
}

std::vector<int> face_loop(EditMesh& mesh, int edge) {
  std::vector<int> faces;
  const std::vector<int> ring = edge_ring(mesh, edge);
  for (const int e : ring) {
    for (const int f : mesh.edge_faces(e)) {
      const int across = opposite_side(mesh, f, e);
      if (across >= 0 && std::find(ring.begin(), ring.end(), across) != ring.end() &&
          std::find(faces.begin(), faces.end(), f) == faces.end()) {
        faces.push_back(f);
      }
    }
  }
  return faces;
}

std::vector<int> shortest_path(EditMesh& mesh, ElementKind kind, int from, int to) {
  if (kind == ElementKind::Loop || !mesh.is_alive(Element{kind, from}) ||
      !mesh.is_alive(Element{kind, to})) {
    return {};
  }
  const auto middle = [&](int slot) {
    return kind == ElementKind::Vert   ? mesh.verts[slot].co
           : kind == ElementKind::Edge ? (mesh.verts[mesh.edges[slot].verts[0]].co +
                                          mesh.verts[mesh.edges[slot].verts[1]].co) *
                                             0.5f
                                       : mesh.face_center(slot);
  };
  const auto neighbours = [&](int slot) {
    std::vector<int> out;
    if (kind == ElementKind::Vert) {
      for (const int e : mesh.vert_edges(slot)) {
        out.push_back(mesh.other_vert(e, slot));
      }
    } else if (kind == ElementKind::Edge) {
      for (const int v : mesh.edges[slot].verts) {
        const std::vector<int> around = mesh.vert_edges(v);
        out.insert(out.end(), around.begin(), around.end());
      }
    } else {
      for (const int e : mesh.face_edges(slot)) {
        const std::vector<int> around = mesh.edge_faces(e);
        out.insert(out.end(), around.begin(), around.end());
      }
    }
    std::erase_if(out, [&](int n) { return mesh.has_flag({kind, n}, ElementFlag::Hide); });
    return out;
  };
  std::vector<float> distance(std::size_t(mesh.slot_count(kind)),
                              std::numeric_limits<float>::infinity());
  std::vector<int> before(distance.size(), -1);
  using Entry = std::pair<float, int>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  distance[std::size_t(from)] = 0.0f;
  open.push({0.0f, from});
  while (!open.empty() && open.top().second != to) {
    const auto [so_far, slot] = open.top();
    open.pop();
    if (so_far > distance[std::size_t(slot)]) {
      continue;
    }
    for (const int n : neighbours(slot)) {
      const float there = so_far + length(middle(n) - middle(slot));
      if (there < distance[std::size_t(n)]) {
        distance[std::size_t(n)] = there;
        before[std::size_t(n)] = slot;
        open.push({there, n});
      }
    }
  }
  std::vector<int> path;
  for (int slot = open.empty() && from != to ? -1 : to; slot >= 0;
       slot = before[std::size_t(slot)]) {
    path.push_back(slot);
  }
  std::reverse(path.begin(), path.end());
  return path;
}

}  // namespace kiln::modeling
