// Faces between loops of edges of meshes in edit mode.
#include <cmath>

#include "modeling/edit_mesh.h"
#include "operators/edit_mode.h"
#include "operators/mesh_operators.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;
using modeling::EditMesh;
using modeling::ElementFlag;
using modeling::ElementKind;

enum class BridgeType : std::uint8_t { Single, Closed, Pairs };

struct BridgeSettings {
  BridgeType type = BridgeType::Single;
  bool use_merge = false;
  float merge_factor = 0.5f;  ///< 0: at the first loop, 1: at the other
  int twist_offset = 0;       ///< vertices that a closed loop is turned by
  static const Schema& schema() {
    static const Schema schema = [] {
      using T = BridgeSettings;
      SchemaBuilder<T> s("MESH_OT_bridge_edge_loops", "Bridge Edge Loops");
      s.add<&T::type>("type", "Connect Loops")
          .items({{"SINGLE", "Open Loop", 0},
                  {"CLOSED", "Closed Loop", 1},
                  {"PAIRS", "Loop Pairs", 2}})
          .not_animatable();
      s.add<&T::use_merge>("use_merge", "Merge").not_animatable();
      s.add<&T::merge_factor>("merge_factor", "Merge Factor").range(0, 1).not_animatable();
      s.add<&T::twist_offset>("twist_offset", "Twist").range(-1000, 1000).not_animatable();
      return s.build();
    }();
    return schema;
  }
};

constexpr std::size_t most_turns = 2048;  // beginnings of a loop that are tried

struct Loop {
  std::vector<int> verts;
  bool is_closed = false;
};

float3 middle_of(const EditMesh& mesh, const Loop& loop) {
  float3 sum;
  for (const int v : loop.verts) {
    sum += mesh.verts[v].co;
  }
  return sum / float(std::max<std::size_t>(1, loop.verts.size()));
}

// Chains of edges; nothing where more than two of them meet.
std::optional<std::vector<Loop>> loops_of(const EditMesh& mesh, const std::vector<int>& edges) {
  std::unordered_map<int, std::vector<int>> at;
  for (const int e : edges) {
    at[mesh.edges[e].verts[0]].push_back(e);
    at[mesh.edges[e].verts[1]].push_back(e);
  }
  for (const auto& [vert, own] : at) {
    if (own.size() > 2) {
      return std::nullopt;
    }
  }
  std::vector<Loop> loops;
  std::unordered_set<int> used;
  const auto walk = [&](int start, int edge) {
    Loop loop{{start}};
    for (int v = start; edge >= 0;) {
      used.insert(edge);
      v = mesh.other_vert(edge, v);
      if (v == start) {
        loop.is_closed = true;
        break;
      }
      loop.verts.push_back(v);
      const std::vector<int>& own = at[v];
      const int next = own.size() == 2 ? own[own[0] == edge ? 1 : 0] : -1;
      edge = next >= 0 && !used.contains(next) ? next : -1;
    }
    loops.push_back(std::move(loop));
  };
  // Open chains from their ends first, what is left goes around.
  for (const int e : edges) {
    for (const int v : mesh.edges[e].verts) {
      if (!used.contains(e) && at[v].size() == 1) {
        walk(v, e);
      }
    }
  }
  for (const int e : edges) {
    if (!used.contains(e)) {
      walk(mesh.edges[e].verts[0], e);
    }
  }
  return loops;
}

// The other loop begun and directed so that what belongs together is near.
void align(const EditMesh& mesh, const Loop& a, Loop& b, int twist) {
  const float3 from = middle_of(mesh, a), to = middle_of(mesh, b);
  const std::size_t n = b.verts.size();
  const auto cost = [&](const std::vector<int>& order) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.verts.size(); ++i) {
      const float3 p = mesh.verts[a.verts[i]].co - from,
                   q = mesh.verts[order[i * n / a.verts.size()]].co - to;
      sum += double(dot(p - q, p - q));
    }
    return sum;
  };
  if (b.is_closed && n > most_turns) {
    // Of very long loops only the vertex nearest to the first one is a beginning.
    const float3 p = mesh.verts[a.verts[0]].co - from;
    const auto nearest = std::min_element(b.verts.begin(), b.verts.end(), [&](int x, int y) {
      return distance(mesh.verts[x].co - to, p) < distance(mesh.verts[y].co - to, p);
    });
    std::rotate(b.verts.begin(), nearest, b.verts.end());
  }
  std::vector<int> best = b.verts;
  double least = cost(best);
  for (const bool is_reversed : {false, true}) {
    std::vector<int> order = b.verts;
    if (is_reversed) {
      std::reverse(order.begin(), order.end());
    }
    if (is_reversed && b.is_closed) {
      std::rotate(order.begin(), order.end() - 1, order.end());  // begins with the same one
    }
    for (std::size_t shift = 0; shift < (b.is_closed && n <= most_turns ? n : 1); ++shift) {
      if (const double now = cost(order); now < least - 1e-9) {
        least = now;
        best = order;
      }
      std::rotate(order.begin(), order.begin() + 1, order.end());
    }
  }
  if (b.is_closed) {
    const int turn = (int(n) - twist % int(n)) % int(n);
    std::rotate(best.begin(), best.begin() + turn, best.end());
  }
  b.verts = std::move(best);
}

// Whether a face goes along an edge from `from` to `to`.
bool is_used_from(const EditMesh& mesh, int from, int to) {
  const int edge = mesh.find_edge(from, to);
  for (const int l : edge >= 0 ? mesh.edge_loops(edge) : std::vector<int>()) {
    if (mesh.loops[l].vert == from) {
      return true;
    }
  }
  return false;
}

// Faces between two loops; steps along both at even pace.
void bridge(EditMesh& mesh, const Loop& a, const Loop& b, std::vector<int>& made) {
  const int steps_a = int(a.verts.size()) - (a.is_closed ? 0 : 1),
            steps_b = int(b.verts.size()) - (b.is_closed ? 0 : 1);
  const auto at = [](const Loop& loop, int i) {
    return loop.verts[std::size_t(i) % loop.verts.size()];
  };
  // As the faces beside them are turned.
  const bool is_flipped =
      is_used_from(mesh, at(a, 0), at(a, 1)) ||
      (!is_used_from(mesh, at(a, 1), at(a, 0)) && is_used_from(mesh, at(b, 1), at(b, 0)));
  const bool has_neighbours = is_flipped || is_used_from(mesh, at(a, 1), at(a, 0)) ||
                              is_used_from(mesh, at(b, 0), at(b, 1));
  const std::size_t first = made.size();
  int i = 0, k = 0;
  while (i < steps_a || k < steps_b) {
    const double next_a = double(i + 1) / std::max(1, steps_a),
                 next_b = double(k + 1) / std::max(1, steps_b);
    const bool goes_a = i < steps_a && (k >= steps_b || next_a <= next_b + 1e-9),
               goes_b = k < steps_b && (i >= steps_a || next_b <= next_a + 1e-9);
    std::vector<int> corners{at(a, i)};
    if (goes_a) {
      corners.push_back(at(a, i + 1));
    }
    if (goes_b) {
      corners.push_back(at(b, k + 1));
    }
    corners.push_back(at(b, k));
    if (is_flipped) {
      std::reverse(corners.begin(), corners.end());
    }
    i += goes_a;
    k += goes_b;
    const std::unordered_set<int> different(corners.begin(), corners.end());
    if (different.size() == corners.size() && mesh.find_face(corners) < 0) {
      made.push_back(mesh.add_face(corners));
    }
  }
  // With nothing beside them they look away from the middle.
  const float3 middle = (middle_of(mesh, a) + middle_of(mesh, b)) * 0.5f;
  float outward = 0.0f;
  for (std::size_t f = first; f < made.size(); ++f) {
    outward += dot(mesh.compute_face_normal(made[f]), mesh.face_center(made[f]) - middle);
  }
  for (std::size_t f = first; !has_neighbours && outward < 0.0f && f < made.size(); ++f) {
    mesh.flip_face(made[f]);
  }
}

// Which loops are joined with which.
std::vector<std::pair<std::size_t, std::size_t>> pairs_of(const EditMesh& mesh,
                                                          const std::vector<Loop>& loops,
                                                          BridgeType type) {
  std::vector<float3> middles;
  for (const Loop& loop : loops) {
    middles.push_back(middle_of(mesh, loop));
  }
  std::vector<std::uint8_t> is_used(loops.size());
  const auto nearest = [&](std::size_t to) {
    std::size_t found = loops.size();
    for (std::size_t i = 0; i < loops.size(); ++i) {
      if (!is_used[i] && (found == loops.size() || distance(middles[i], middles[to]) <
                                                       distance(middles[found], middles[to]))) {
        found = i;
      }
    }
    return found;
  };
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  if (type == BridgeType::Pairs) {
    for (std::size_t i = 0; i < loops.size(); ++i) {
      if (!std::exchange(is_used[i], std::uint8_t(1))) {
        const std::size_t other = nearest(i);
        if (other < loops.size()) {
          is_used[other] = 1;
          pairs.emplace_back(i, other);
        }
      }
    }
    return pairs;
  }
  std::size_t last = 0;
  is_used[0] = 1;
  for (std::size_t other = nearest(last); other < loops.size(); other = nearest(last)) {
    is_used[other] = 1;
    pairs.emplace_back(last, other);
    last = other;
  }
  if (type == BridgeType::Closed && loops.size() > 2) {
    pairs.emplace_back(last, 0);
  }
  return pairs;
}

Result<Outcome> bridge_edge_loops(Context& context, const BridgeSettings& s, const Given&) {
  return edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    std::vector<int> edges = selected_slots(mesh, ElementKind::Edge);
    const std::vector<int> faces = selected_slots(mesh, ElementKind::Face);
    if (edges.empty()) {
      return false;
    }
    // Between selected faces: between their outlines, and the faces go.
    if (!faces.empty()) {
      std::erase_if(edges, [&](int e) {
        const std::vector<int> beside = mesh.edge_faces(e);
        return std::count_if(beside.begin(), beside.end(), [&](int f) {
                 return mesh.has_flag({ElementKind::Face, f}, ElementFlag::Select);
               }) != 1;
      });
    }
    std::optional<std::vector<Loop>> loops = loops_of(mesh, edges);
    if (!loops || loops->size() < 2) {
      return Error::invalid("Bridge Edge Loops: select at least two loops of edges");
    }
    for (const int f : faces) {
      mesh.remove_face(f);
    }
    std::vector<int> made;
    std::vector<std::pair<int, int>> targets;
    for (const auto& [first, second] : pairs_of(mesh, *loops, s.type)) {
      const Loop& a = (*loops)[first];
      Loop& b = (*loops)[second];
      align(mesh, a, b, s.twist_offset);
      if (!s.use_merge) {
        bridge(mesh, a, b, made);
        continue;
      }
      if (a.verts.size() != b.verts.size()) {
        return Error::invalid("Bridge Edge Loops: only loops of as many edges can be merged");
      }
      for (std::size_t i = 0; i < a.verts.size(); ++i) {
        float3& to = mesh.verts[a.verts[i]].co;
        to = to + (mesh.verts[b.verts[i]].co - to) * s.merge_factor;
        targets.emplace_back(b.verts[i], a.verts[i]);
      }
    }
    if (!targets.empty()) {
      mesh.weld(targets);
      mesh.update_normals();
      return true;
    }
    for (const int f : made) {
      mesh.update_face_normal(f);
    }
    select_slots(mesh, ElementKind::Face, made);
    return !made.empty();
  });
}

}  // namespace

void register_mesh_bridge(OperatorRegistry& registry) {
  add_operator(registry, "mesh.bridge_edge_loops", "Bridge Edge Loops", bridge_edge_loops,
               needs_edited_mesh);
}

}  // namespace kiln::operators
