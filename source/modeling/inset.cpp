#include "modeling/inset.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace kiln::modeling {
namespace {

float3 unit(float3 v) {
  const float l = length(v);
  return l > 1e-12f ? v * (1.0f / l) : float3();
}

class Inset {
public:
  Inset(EditMesh& mesh, std::span<const int> faces, const InsetSettings& settings)
      : mesh_(mesh), settings_(settings), is_in_(std::size_t(mesh.faces.slot_count())) {
    for (const int f : faces) {
      is_in_[std::size_t(f)] = 1;
    }
    if (settings.is_outset) {
      for (int f = mesh.faces.at_or_after(0); f >= 0; f = mesh.faces.at_or_after(f + 1)) {
        is_in_[std::size_t(f)] =
            !is_in_[std::size_t(f)] && !mesh.has_flag({ElementKind::Face, f}, ElementFlag::Hide);
      }
    }
    is_cut_.resize(std::size_t(mesh.edges.slot_count()));
  }

  std::vector<int> run() {
    // Sides of the region that are cut, by the corner of the region that they begin at.
    std::set<int> touched;
    std::vector<int> border;
    for (int f = mesh_.faces.at_or_after(0); f >= 0; f = mesh_.faces.at_or_after(f + 1)) {
      for (const int l : is_in_[std::size_t(f)] ? mesh_.face_loops(f) : std::vector<int>()) {
        if (is_border(mesh_.loops[l].edge)) {
          is_cut_[std::size_t(mesh_.loops[l].edge)] = 1;
          border.push_back(l);
          for (const int v : mesh_.edges[mesh_.loops[l].edge].verts) {
            touched.insert(v);
          }
        }
      }
    }
    if (border.empty()) {
      return {};
    }
    for (const int v : touched) {
      make_fans(v);
    }
    return rebuild(border, touched);
  }

private:
  bool is_border(int edge) const {
    int inside = 0, all = 0;
    for (const int f : mesh_.edge_faces(edge)) {
      inside += int(is_in_[std::size_t(f)]);
      ++all;
    }
    return inside == 1 && (all > 1 || (settings_.insets_boundary && !settings_.is_outset));
  }

  // Corners of the region around a vertex, as fans that no cut parts; each gets a vertex.
  void make_fans(int v) {
    std::vector<int> corners;
    for (const int l : mesh_.vert_loops(v)) {
      if (is_in_[std::size_t(mesh_.loops[l].face)]) {
        corners.push_back(l);
      }
    }
    std::set<int> open(corners.begin(), corners.end());
    while (!open.empty()) {
      std::vector<int> fan{*open.begin()};
      open.erase(open.begin());
      for (std::size_t i = 0; i < fan.size(); ++i) {
        const int l = fan[i];
        for (const int side : {mesh_.loops[l].edge, mesh_.loops[mesh_.loops[l].prev].edge}) {
          if (is_cut_[std::size_t(side)]) {
            continue;
          }
          for (const int f : mesh_.edge_faces(side)) {
            const int other = is_in_[std::size_t(f)] ? mesh_.loop_of(f, v) : -1;
            if (other >= 0 && open.erase(other) > 0) {
              fan.push_back(other);
            }
          }
        }
      }
      const float3 place = mesh_.verts[v].co + offset(fan);
      const int made = mesh_.add_vert(place, v);
      mesh_.verts[made].flags = mesh_.verts[v].flags;
      for (const int l : fan) {
        new_vert_[l] = made;
      }
    }
  }

  float3 offset(const std::vector<int>& fan) const {
    float3 sum;
    std::vector<float3> inward, free;  // across cut sides; along sides that stay
    float measure = 0.0f;
    int count = 0;
    for (const int l : fan) {
      const float3 normal = mesh_.compute_face_normal(mesh_.loops[l].face);
      const auto side = [&](int of, bool is_outgoing) {
        const int e = mesh_.loops[of].edge;
        const float3 a = mesh_.verts[mesh_.loops[of].vert].co,
                     b = mesh_.verts[mesh_.loops[mesh_.loops[of].next].vert].co;
        if (is_cut_[std::size_t(e)]) {
          inward.push_back(unit(cross(normal, b - a)));
          measure += length(b - a);
          ++count;
        } else if (mesh_.edge_face_count(e) == 1) {
          free.push_back(unit(is_outgoing ? b - a : a - b));
        }
      };
      side(l, true);
      side(mesh_.loops[l].prev, false);
    }
    for (const float3 t : inward) {
      sum += t;
    }
    if (inward.empty()) {
      return {};
    }
    float by = settings_.thickness;
    if (settings_.is_relative) {
      by *= measure / float(std::max(count, 1));
    }
    const bool slides = inward.size() == 1 && free.size() == 1;
    const float3 along = slides ? free[0] : length(sum) > 1e-4f ? unit(sum) : inward[0];
    const float across = std::abs(dot(along, inward[0]));
    return along * (settings_.is_even && across > 1e-3f ? by / across : by);
  }

  std::vector<int> rebuild(const std::vector<int>& border, const std::set<int>& touched) {
    std::vector<int> faces;
    std::set<int> seen;
    for (const auto& [l, made] : new_vert_) {
      if (seen.insert(mesh_.loops[l].face).second) {
        faces.push_back(mesh_.loops[l].face);
      }
    }
    std::vector<int> strip, old_edges;
    // The faces again, with the new vertices.
    for (const int f : faces) {
      const std::vector<int> loops = mesh_.face_loops(f);
      const std::size_t n = loops.size();
      std::vector<int> ring;
      for (const int l : loops) {
        const auto found = new_vert_.find(l);
        ring.push_back(found == new_vert_.end() ? mesh_.loops[l].vert : found->second);
      }
      for (std::size_t i = 0; i < n; ++i) {
        const int e = mesh_.loops[loops[i]].edge;
        mesh_.ensure_edge(ring[i], ring[(i + 1) % n], e);
        old_edges.push_back(e);
      }
      const int made = mesh_.add_face(ring, f);
      mesh_.copy_attributes(ElementKind::Face, f, made);
      mesh_.faces[made].flags = mesh_.faces[f].flags;
      mesh_.faces[made].normal = mesh_.faces[f].normal;
      const std::vector<int> to = mesh_.face_loops(made);
      for (std::size_t i = 0; i < n; ++i) {
        mesh_.copy_attributes(ElementKind::Loop, loops[i], to[i]);
      }
    }
    // The strip between the old border and the new one.
    for (const int l : border) {
      const int next = mesh_.loops[l].next;
      const int made = mesh_.add_face(std::array{mesh_.loops[l].vert, mesh_.loops[next].vert,
                                                 new_vert_.at(next), new_vert_.at(l)},
                                      mesh_.loops[l].face);
      mesh_.copy_attributes(ElementKind::Face, mesh_.loops[l].face, made);
      mesh_.set_flag({ElementKind::Face, made}, ElementFlag::Select, false);
      const std::vector<int> to = mesh_.face_loops(made);
      const std::array<int, 4> from{l, next, next, l};
      for (std::size_t i = 0; i < 4; ++i) {
        mesh_.copy_attributes(ElementKind::Loop, from[i], to[i]);
      }
      strip.push_back(made);
    }
    for (const int f : faces) {
      mesh_.remove_face(f);
    }
    for (const int e : old_edges) {
      if (mesh_.edges.is_alive(e) && mesh_.is_wire(e)) {
        mesh_.remove_edge(e);
      }
    }
    for (const int v : touched) {
      if (mesh_.verts.is_alive(v) && mesh_.verts[v].edge < 0) {
        mesh_.remove_vert(v);
      }
    }
    return strip;
  }

  EditMesh& mesh_;
  InsetSettings settings_;
  std::vector<char> is_in_, is_cut_;
  std::map<int, int> new_vert_;  // by corner of the old faces
};

}  // namespace

std::vector<float3> region_normals(EditMesh& mesh, std::span<const int> faces, bool is_even) {
  std::vector<float3> sums(std::size_t(mesh.verts.slot_count()));
  for (const int f : faces) {
    const float3 normal = mesh.compute_face_normal(f);
    for (const int l : mesh.face_loops(f)) {
      sums[std::size_t(mesh.loops[l].vert)] += normal * mesh.loop_angle(l);
    }
  }
  std::vector<float> angles(sums.size()), steps(sums.size());
  for (const int f : is_even ? std::vector<int>(faces.begin(), faces.end()) : std::vector<int>()) {
    const float3 normal = mesh.compute_face_normal(f);
    for (const int l : mesh.face_loops(f)) {
      const auto v = std::size_t(mesh.loops[l].vert);
      const float angle = mesh.loop_angle(l);
      const float across = dot(unit(sums[v]), normal);
      angles[v] += angle;
      steps[v] += angle * (across > 1e-3f ? 1.0f / across : 1.0f);
    }
  }
  for (std::size_t v = 0; v < sums.size(); ++v) {
    sums[v] = unit(sums[v]) * (is_even && angles[v] > 0.0f ? steps[v] / angles[v] : 1.0f);
  }
  return sums;
}

std::vector<int> inset_selected(EditMesh& mesh, const InsetSettings& settings) {
  const auto selected = [&] {
    std::vector<int> faces;
    for (int f = mesh.faces.at_or_after(0); f >= 0; f = mesh.faces.at_or_after(f + 1)) {
      if (mesh.has_flag({ElementKind::Face, f}, ElementFlag::Select)) {
        faces.push_back(f);
      }
    }
    return faces;
  };
  std::vector<int> strip = Inset(mesh, selected(), settings).run();
  if (settings.depth != 0.0f) {
    const std::vector<float3> normals = region_normals(mesh, selected(), settings.is_even);
    for (std::size_t v = 0; v < normals.size(); ++v) {
      if (mesh.verts.is_alive(int(v))) {
        mesh.verts[int(v)].co += normals[v] * settings.depth;
      }
    }
  }
  return strip;
}

}  // namespace kiln::modeling
