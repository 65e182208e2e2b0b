#include "document/mesh_tangents.h"

#include "core/hash.h"

namespace kiln {
namespace {

struct TangentTriangle {
  std::array<int, 3> corners;   ///< of the mesh
  std::array<int, 3> points{};  ///< corners that are the same in every respect share one
  std::array<int, 3> neighbours{-1, -1,
                                -1};  ///< across the side from corner k to the next; -1: none
  std::array<int, 3> groups{-1, -1, -1};
  float3 along_u;  ///< unit, or zero where the UVs have no area
  bool preserves_orientation = false;
  bool has_area = false;       ///< in UVs; others go with any group
  bool is_degenerate = false;  ///< two points in the same place
};

class TangentBuilder {
public:
  TangentBuilder(const Mesh& mesh, const Array<float2>& uvs, const Array<float3>& normals)
      : mesh_(mesh), uvs_(uvs), normals_(normals) {
    cut_faces();
    weld();
    for (TangentTriangle& t : triangles_) {
      measure(t);
    }
    find_neighbours();
    find_groups();
  }

  Array<float4> tangents() const {
    Array<float4> result(mesh_.corner_count(), float4{1, 0, 0, 1});
    const std::span<float4> out = result.edit();
    // A corner of a quad may belong to two triangles, and these to two groups: then the mean
    // counts.
    std::vector<std::uint8_t> is_set(out.size(), 0);
    std::vector<float3> tangents(groups_.size());
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      tangents[g] = tangent_of(groups_[g]);
    }
    for (const TangentTriangle& t : triangles_) {
      for (std::size_t k = 0; k < 3; ++k) {
        if (t.groups[k] < 0) {
          continue;
        }
        const Group& group = groups_[std::size_t(t.groups[k])];
        const float3 tangent = tangents[std::size_t(t.groups[k])];
        const std::size_t c = std::size_t(t.corners[k]);
        const float sign = group.preserves_orientation ? 1.0f : -1.0f;
        const float3 sum = is_set[c] ? normalize(xyz(out[c]) + tangent) : tangent;
        out[c] = {sum.x, sum.y, sum.z, is_set[c] ? out[c].w : sign};
        is_set[c] = 1;
      }
    }
    // Corners of degenerate triangles take what others have at their point.
    std::unordered_map<int, std::size_t> known;
    for (const TangentTriangle& t : triangles_) {
      for (std::size_t k = 0; k < 3; ++k) {
        if (is_set[std::size_t(t.corners[k])]) {
          known.try_emplace(t.points[k], std::size_t(t.corners[k]));
        }
      }
    }
    for (const TangentTriangle& t : triangles_) {
      for (std::size_t k = 0; k < 3; ++k) {
        const auto found = known.find(t.points[k]);
        if (!is_set[std::size_t(t.corners[k])] && found != known.end()) {
          out[std::size_t(t.corners[k])] = out[found->second];
        }
      }
    }
    return result;
  }

private:
  struct Group {
    int point;
    bool preserves_orientation;
    std::vector<std::pair<int, int>> members;  ///< triangle and its corner
  };

  float3 position(int corner) const {
    return mesh_.positions()[std::size_t(mesh_.corner_vertices()[std::size_t(corner)])];
  }
  float2 uv(int corner) const { return uvs_[std::size_t(corner)]; }

  void cut_faces() {
    for (std::size_t f = 0; f < mesh_.face_count(); ++f) {
      const int a = mesh_.face_offsets()[f], b = a + 1, c = a + 2, d = a + 3;
      if (mesh_.face_size(f) == 3) {
        triangles_.push_back({{a, b, c}});
      } else if (mesh_.face_size(f) == 4) {
        // Along the shorter diagonal in UV space, or in space where those are equal.
        const float2 uv_ac = uv(c) - uv(a), uv_bd = uv(d) - uv(b);
        const float ac = dot(uv_ac, uv_ac), bd = dot(uv_bd, uv_bd);
        const bool is_ac = ac < bd || (ac == bd && length_squared(position(c) - position(a)) <=
                                                       length_squared(position(d) - position(b)));
        if (is_ac) {
          triangles_.push_back({{a, b, c}});
          triangles_.push_back({{a, c, d}});
        } else {
          triangles_.push_back({{a, b, d}});
          triangles_.push_back({{b, c, d}});
        }
      }
    }
  }

  void weld() {
    std::unordered_map<Fingerprint, int> points;
    for (TangentTriangle& t : triangles_) {
      for (std::size_t k = 0; k < 3; ++k) {
        const float3 p = position(t.corners[k]), n = normals_[std::size_t(t.corners[k])];
        const float2 u = uv(t.corners[k]);
        // Adding zero makes one of the two zeros there are.
        const float values[8] = {p.x + 0.0f, p.y + 0.0f, p.z + 0.0f, n.x + 0.0f,
                                 n.y + 0.0f, n.z + 0.0f, u.x + 0.0f, u.y + 0.0f};
        t.points[k] = points.try_emplace(fingerprint(values, sizeof(values)), int(points.size()))
                          .first->second;
      }
    }
  }

  void measure(TangentTriangle& t) const {
    const float3 a = position(t.corners[0]), b = position(t.corners[1]), c = position(t.corners[2]);
    t.is_degenerate = a == b || b == c || c == a;
    const float2 u1 = uv(t.corners[1]) - uv(t.corners[0]), u2 = uv(t.corners[2]) - uv(t.corners[0]);
    const float twice_area = cross(u1, u2);
    t.preserves_orientation = twice_area > 0.0f;
    t.has_area = std::abs(twice_area) > 1e-37f;
    if (t.has_area) {
      const float3 along = (b - a) * u2.y - (c - a) * u1.y;
      t.along_u = normalize(t.preserves_orientation ? along : -along);
      t.has_area = t.along_u != float3{};
    }
  }

  void find_neighbours() {
    // Sides wait for the first one that runs the other way.
    std::unordered_map<std::uint64_t, std::vector<std::pair<int, int>>> open;
    for (std::size_t i = 0; i < triangles_.size(); ++i) {
      TangentTriangle& t = triangles_[i];
      if (t.is_degenerate) {
        continue;
      }
      for (std::size_t k = 0; k < 3; ++k) {
        const std::uint64_t from = std::uint32_t(t.points[k]),
                            to = std::uint32_t(t.points[(k + 1) % 3]);
        const auto waiting = open.find(to << 32 | from);
        if (waiting != open.end() && !waiting->second.empty()) {
          const auto [other, side] = waiting->second.front();
          waiting->second.erase(waiting->second.begin());
          t.neighbours[k] = other;
          triangles_[std::size_t(other)].neighbours[std::size_t(side)] = int(i);
        } else {
          open[from << 32 | to].push_back({int(i), int(k)});
        }
      }
    }
  }

  void find_groups() {
    std::vector<int> stack;
    for (std::size_t i = 0; i < triangles_.size(); ++i) {
      for (int k = 0; k < 3; ++k) {
        TangentTriangle& start = triangles_[i];
        if (start.is_degenerate || !start.has_area || start.groups[std::size_t(k)] >= 0) {
          continue;
        }
        const int index = int(groups_.size()), point = start.points[std::size_t(k)];
        groups_.push_back({point, start.preserves_orientation, {}});
        stack.assign(1, int(i));
        while (!stack.empty()) {
          TangentTriangle& t = triangles_[std::size_t(stack.back())];
          const int triangle = stack.back();
          stack.pop_back();
          const std::size_t at =
              std::size_t(std::find(t.points.begin(), t.points.end(), point) - t.points.begin());
          if (at == 3 || t.groups[at] >= 0) {
            continue;
          }
          const bool is_free = !t.has_area && t.groups[0] < 0 && t.groups[1] < 0 && t.groups[2] < 0;
          if (is_free) {
            t.preserves_orientation = groups_.back().preserves_orientation;
          }
          if (t.preserves_orientation != groups_.back().preserves_orientation) {
            continue;
          }
          t.groups[at] = index;
          groups_.back().members.push_back({triangle, int(at)});
          for (const std::size_t side : {at, (at + 2) % 3}) {
            if (t.neighbours[side] >= 0) {
              stack.push_back(t.neighbours[side]);
            }
          }
        }
      }
    }
  }

  float3 tangent_of(const Group& group) const {
    float3 sum;
    for (const auto& [triangle, k] : group.members) {
      const TangentTriangle& t = triangles_[std::size_t(triangle)];
      if (!t.has_area) {
        continue;
      }
      const int corner = t.corners[std::size_t(k)];
      const float3 n = normals_[std::size_t(corner)], here = position(corner);
      const auto flat = [&](float3 v) { return normalize(v - n * dot(n, v)); };
      const float3 to_next = flat(position(t.corners[std::size_t(k + 1) % 3]) - here);
      const float3 to_before = flat(position(t.corners[std::size_t(k + 2) % 3]) - here);
      sum += flat(t.along_u) * std::acos(std::clamp(dot(to_next, to_before), -1.0f, 1.0f));
    }
    return normalize(sum);
  }

  const Mesh& mesh_;
  const Array<float2>& uvs_;
  const Array<float3>& normals_;
  std::vector<TangentTriangle> triangles_;
  std::vector<Group> groups_;
};

}  // namespace

Array<float4> corner_tangents(const Mesh& mesh, const Array<float2>& uvs,
                              const Array<float3>& normals) {
  return TangentBuilder(mesh, uvs, normals).tangents();
}

}  // namespace kiln
