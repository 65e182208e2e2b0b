#include "modeling/split_crossings.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace kiln::modeling {
namespace {

// A place on an edge, from its first vertex (0) to its second (1), and the vertex that goes there.
struct Cut {
  float factor = 0.0f;
  int vert = -1;
};

// Things with an extent along X: which of them reach into an interval.
class Sweep {
public:
  void add(int item, float low, float high) {
    items_.push_back({low, high, item});
    longest_ = std::max(longest_, high - low);
  }
  void sort() {
    std::sort(items_.begin(), items_.end(),
              [](const Item& a, const Item& b) { return a.low < b.low; });
  }
  template <typename Visit>
  void for_each_in(float low, float high, Visit&& visit) const {
    auto at = std::lower_bound(items_.begin(), items_.end(), low - longest_,
                               [](const Item& item, float value) { return item.low < value; });
    for (; at != items_.end() && at->low <= high; ++at) {
      if (at->high >= low) {
        visit(at->item);
      }
    }
  }

private:
  struct Item {
    float low, high;
    int item;
  };
  std::vector<Item> items_;
  float longest_ = 0.0f;
};

// The points of two segments that are nearest to each other, as shares of their lengths. Ericson,
// "Real-Time Collision Detection", 2005, section 5.1.9; nothing for parallel ones.
std::optional<float2> nearest_factors(float3 a, float3 b, float3 c, float3 d) {
  const float3 u = b - a, v = d - c, w = a - c;
  const float uu = dot(u, u), vv = dot(v, v), uv = dot(u, v);
  const float across = uu * vv - uv * uv;
  if (!(across > 1e-8f * uu * vv)) {
    return std::nullopt;
  }
  const float wu = dot(w, u), wv = dot(w, v);
  return float2{(uv * wv - vv * wu) / across, (uu * wv - uv * wu) / across};
}

class Splitter {
public:
  Splitter(EditMesh& mesh, float distance) : mesh_(mesh), distance_(distance) {}

  bool run() {
    const int verts = mesh_.verts.size(), edges = mesh_.edges.size(), faces = mesh_.faces.size();
    join_verts();
    find_verts_on_edges();
    find_crossings();
    cut_edges();
    cut_faces();
    return verts != mesh_.verts.size() || edges != mesh_.edges.size() ||
           faces != mesh_.faces.size();
  }

private:
  bool is_selected(int vert) const {
    return (mesh_.verts[vert].flags & ElementFlag::Select) != 0;
  }
  bool is_hidden_vert(int vert) const {
    return (mesh_.verts[vert].flags & ElementFlag::Hide) != 0;
  }
  bool is_hidden(int edge) const { return (mesh_.edges[edge].flags & ElementFlag::Hide) != 0; }
  bool is_moved(int edge) const {
    return is_selected(mesh_.edges[edge].verts[0]) || is_selected(mesh_.edges[edge].verts[1]);
  }
  float3 place(int vert) const { return mesh_.verts[vert].co; }

  // Others near a selected vertex join it; of selected ones the later joins the earlier.
  void join_verts() {
    Sweep sweep;
    std::vector<int> selected;
    for (const int v : mesh_.verts.slots()) {
      if (!is_hidden_vert(v)) {
        sweep.add(v, place(v).x, place(v).x);
        if (is_selected(v)) {
          selected.push_back(v);
        }
      }
    }
    sweep.sort();
    std::map<int, int> onto;
    for (const int v : selected) {
      if (onto.count(v) != 0) {
        continue;
      }
      sweep.for_each_in(place(v).x - distance_, place(v).x + distance_, [&](int other) {
        const bool may_join = other != v && onto.count(other) == 0 &&
                              (!is_selected(other) || other > v) &&
                              length(place(other) - place(v)) <= distance_;
        if (may_join) {
          onto[other] = v;
        }
      });
    }
    const std::vector<std::pair<int, int>> pairs(onto.begin(), onto.end());
    if (!pairs.empty()) {
      mesh_.weld(pairs);
    }
  }

  Sweep edges_along_x() const {
    Sweep sweep;
    for (const int e : mesh_.edges.slots()) {
      if (!is_hidden(e)) {
        const float a = place(mesh_.edges[e].verts[0]).x, b = place(mesh_.edges[e].verts[1]).x;
        sweep.add(e, std::min(a, b), std::max(a, b));
      }
    }
    sweep.sort();
    return sweep;
  }

  void find_verts_on_edges() {
    const Sweep edges = edges_along_x();
    for (const int v : mesh_.verts.slots()) {
      if (is_hidden_vert(v)) {
        continue;
      }
      const float3 p = place(v);
      edges.for_each_in(p.x - distance_, p.x + distance_, [&](int e) {
        if (mesh_.has_vert(e, v) || !(is_selected(v) || is_moved(e))) {
          return;
        }
        const float3 a = place(mesh_.edges[e].verts[0]), d = place(mesh_.edges[e].verts[1]) - a;
        const float t = dot(p - a, d) / std::max(dot(d, d), 1e-20f);
        if (is_inside(t, length(d)) && length(a + d * t - p) <= distance_) {
          cuts_[e].push_back({t, v});
        }
      });
    }
  }

  // Not at the ends, where vertices are.
  bool is_inside(float factor, float whole) const {
    return factor * whole > distance_ && (1.0f - factor) * whole > distance_;
  }

  void find_crossings() {
    const Sweep edges = edges_along_x();
    for (const int e : mesh_.edges.slots()) {
      if (is_hidden(e) || !is_moved(e)) {
        continue;
      }
      const float3 a = place(mesh_.edges[e].verts[0]), b = place(mesh_.edges[e].verts[1]);
      edges.for_each_in(
          std::min(a.x, b.x) - distance_, std::max(a.x, b.x) + distance_, [&](int other) {
            const auto& ends = mesh_.edges[other].verts;
            // Of two that are selected each pair once.
            if (other == e || mesh_.has_vert(e, ends[0]) || mesh_.has_vert(e, ends[1]) ||
                (is_moved(other) && other < e)) {
              return;
            }
            const float3 c = place(ends[0]), d = place(ends[1]);
            const auto at = nearest_factors(a, b, c, d);
            if (!at || !is_inside(at->x, length(b - a)) || !is_inside(at->y, length(d - c))) {
              return;
            }
            const float3 p = a + (b - a) * at->x, q = c + (d - c) * at->y;
            if (length(p - q) > distance_ || has_cut_near(e, p) || has_cut_near(other, p)) {
              // A vertex that lies on both is there already.
              share_cut(e, other, *at, p);
              return;
            }
            const int made = mesh_.add_vert(p);
            made_.push_back(made);
            cuts_[e].push_back({at->x, made});
            cuts_[other].push_back({at->y, made});
          });
    }
  }

  bool has_cut_near(int edge, float3 p) const { return cut_near(edge, p) >= 0; }
  int cut_near(int edge, float3 p) const {
    const auto found = cuts_.find(edge);
    for (const Cut& cut : found == cuts_.end() ? std::vector<Cut>() : found->second) {
      if (length(place(cut.vert) - p) <= distance_) {
        return cut.vert;
      }
    }
    return -1;
  }
  // Where one of two crossing edges has a cut at the crossing, the other one gets the same.
  void share_cut(int edge, int other, float2 factors, float3 p) {
    const int on_edge = cut_near(edge, p), on_other = cut_near(other, p);
    if (on_edge >= 0 && on_other < 0 && !mesh_.has_vert(other, on_edge)) {
      cuts_[other].push_back({factors.y, on_edge});
    } else if (on_other >= 0 && on_edge < 0 && !mesh_.has_vert(edge, on_other)) {
      cuts_[edge].push_back({factors.x, on_other});
    }
  }

  void cut_edges() {
    std::vector<std::pair<int, int>> joined;
    for (auto& [edge, cuts] : cuts_) {
      std::sort(cuts.begin(), cuts.end(),
                [](const Cut& a, const Cut& b) { return a.factor > b.factor; });
      const int far_end = mesh_.edges[edge].verts[1];
      int end = far_end;
      float rest = 1.0f;
      for (const Cut& cut : cuts) {
        // The part beyond the cut becomes an edge of its own.
        const int made = mesh_.split_edge(edge, end, (rest - cut.factor) / rest);
        if (made < 0) {
          break;
        }
        joined.emplace_back(made, cut.vert);
        touched_.push_back(cut.vert);
        rest = cut.factor;
        end = made;
      }
    }
    if (!joined.empty()) {
      mesh_.weld(joined);
    }
  }

  // ---- faces ----

  bool is_touched(int vert) const {
    return is_selected(vert) || std::binary_search(touched_.begin(), touched_.end(), vert);
  }

  bool lies_in(int face, float3 p) const {
    const float3 normal = mesh_.faces[face].normal;
    const std::vector<int> corners = mesh_.face_verts(face);
    const float3 origin = place(corners[0]);
    if (std::abs(dot(p - origin, normal)) > std::max(distance_, 1e-5f)) {
      return false;
    }
    // Crossings of a ray in the plane, along the axis that the normal has least of.
    const float3 other = std::abs(normal.z) > 0.9f ? float3{1, 0, 0} : float3{0, 0, 1};
    const float3 x = normalize(cross(other, normal)), y = cross(normal, x);
    const auto flat = [&](float3 q) { return float2{dot(q - origin, x), dot(q - origin, y)}; };
    const float2 at = flat(p);
    bool is_in = false;
    for (std::size_t i = 0, j = corners.size() - 1; i < corners.size(); j = i++) {
      const float2 a = flat(place(corners[i])), b = flat(place(corners[j]));
      if ((a.y > at.y) != (b.y > at.y) &&
          at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x) {
        is_in = !is_in;
      }
    }
    return is_in;
  }

  // Vertices from one end of a run of edges to the other: an edge, or edges without faces whose
  // inner vertices have no others.
  std::vector<int> chain_from(int vert, int edge) const {
    std::vector<int> chain{vert, mesh_.other_vert(edge, vert)};
    while (mesh_.is_wire(edge) && mesh_.vert_edge_count(chain.back()) == 2 &&
           mesh_.vert_faces(chain.back()).empty() && chain.back() != vert) {
      const int next = mesh_.disk_next(edge, chain.back());
      if (!mesh_.is_wire(next)) {
        break;
      }
      chain.push_back(mesh_.other_vert(next, chain.back()));
      edge = next;
    }
    return chain;
  }

  bool runs_across(int face, const std::vector<int>& chain) const {
    const float3 origin = place(mesh_.face_verts(face)[0]);
    const float3 normal = mesh_.faces[face].normal;
    for (const int v : mesh_.face_verts(face)) {
      if (std::abs(dot(place(v) - origin, normal)) > std::max(distance_, 1e-4f)) {
        return false;  // not flat
      }
    }
    for (std::size_t i = 1; i < chain.size(); ++i) {
      if (!lies_in(face, (place(chain[i - 1]) + place(chain[i])) * 0.5f)) {
        return false;
      }
    }
    return true;
  }

  void cut_faces() {
    touched_.insert(touched_.end(), made_.begin(), made_.end());
    std::sort(touched_.begin(), touched_.end());
    mesh_.update_normals();
    for (const int edge : mesh_.edges.slots()) {
      if (!mesh_.edges.is_alive(edge) || is_hidden(edge) ||
          !(mesh_.is_wire(edge) || is_touched(mesh_.edges[edge].verts[0]) ||
            is_touched(mesh_.edges[edge].verts[1]))) {
        continue;
      }
      for (const int end : {mesh_.edges[edge].verts[0], mesh_.edges[edge].verts[1]}) {
        if (!mesh_.edges.is_alive(edge) || mesh_.vert_faces(end).empty()) {
          continue;
        }
        const std::vector<int> chain = chain_from(end, edge);
        if (std::any_of(chain.begin(), chain.end(), [&](int v) { return is_touched(v); })) {
          cut_along(chain);
        }
      }
    }
  }

  void cut_along(const std::vector<int>& chain) {
    const int first = chain.front(), last = chain.back();
    for (const int face : mesh_.vert_faces(first)) {
      const int a = mesh_.loop_of(face, first), b = first == last ? -1 : mesh_.loop_of(face, last);
      const bool is_split_already = chain.size() > 2 && mesh_.find_edge(first, last) >= 0;
      const bool are_neighbors =
          b >= 0 && (mesh_.loops[a].next == b || mesh_.loops[b].next == a);
      if (b < 0 || are_neighbors || is_split_already || !runs_across(face, chain)) {
        continue;
      }
      const int made = mesh_.split_face(face, a, b);
      if (made < 0) {
        continue;
      }
      // A run of several edges: the new edge gets their vertices.
      std::vector<std::pair<int, int>> joined;
      int edge = mesh_.find_edge(first, last), end = last;
      for (std::size_t i = chain.size() - 2; i > 0 && edge >= 0; --i) {
        const int vert = mesh_.split_edge(edge, end, 0.5f);
        if (vert < 0) {
          break;
        }
        mesh_.verts[vert].co = place(chain[i]);
        joined.emplace_back(vert, chain[i]);
        end = vert;
      }
      if (!joined.empty()) {
        mesh_.weld(joined);
      }
      mesh_.update_normals();
      return;
    }
  }

  EditMesh& mesh_;
  float distance_;
  std::map<int, std::vector<Cut>> cuts_;  // by edge
  std::vector<int> made_, touched_;
};

}  // namespace

bool split_crossings(EditMesh& mesh, float distance) {
  return Splitter(mesh, distance).run();
}

}  // namespace kiln::modeling
