#include "io/obj/export_elements.h"

#include <bit>
#include <numeric>

#include "core/tasks.h"

namespace kiln::io::obj {
namespace {

constexpr std::size_t grain = 4096;
constexpr float uv_tolerance = 1e-4f;

// A set of integer triples that numbers them in the order of their first appearance (open
// addressing).
class TripleNumbers {
public:
  TripleNumbers() : slots_(1024, -1) {}

  // The number of a triple; `*is_new` tells whether it has just been added.
  int add(std::uint64_t key, bool* is_new) {
    if (keys_.size() * 2 > slots_.size()) {
      grow();
    }
    std::size_t at = place(key);
    while (slots_[at] >= 0 && keys_[std::size_t(slots_[at])] != key) {
      at = (at + 1) & (slots_.size() - 1);
    }
    *is_new = slots_[at] < 0;
    if (*is_new) {
      slots_[at] = int(keys_.size());
      keys_.push_back(key);
    }
    return slots_[at];
  }

private:
  std::size_t place(std::uint64_t key) const {
    return std::size_t(key * 0x9e3779b97f4a7c15ull >> 20) & (slots_.size() - 1);
  }
  void grow() {
    slots_.assign(slots_.size() * 4, -1);
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      std::size_t at = place(keys_[i]);
      while (slots_[at] >= 0) {
        at = (at + 1) & (slots_.size() - 1);
      }
      slots_[at] = int(i);
    }
  }
  std::vector<int> slots_;
  std::vector<std::uint64_t> keys_;
};

// A normal to four digits as one number.
std::uint64_t normal_key(float3 n) {
  std::uint64_t key = 0;
  for (int i = 0; i < 3; ++i) {
    key = key << 21 |
          std::uint64_t(std::int64_t(std::lround(std::clamp(n[i], -10.0f, 10.0f) * 1e4f)) + 500000);
  }
  return key;
}

// Sets of faces that are joined (union by smaller index, path halving).
class Sets {
public:
  explicit Sets(std::size_t count) : parents_(count) {
    std::iota(parents_.begin(), parents_.end(), 0);
  }
  int find(int i) {
    while (parents_[std::size_t(i)] != i) {
      i = parents_[std::size_t(i)] = parents_[std::size_t(parents_[std::size_t(i)])];
    }
    return i;
  }
  void join(int a, int b) {
    a = find(a);
    b = find(b);
    parents_[std::size_t(std::max(a, b))] = std::min(a, b);
  }

private:
  std::vector<int> parents_;
};

float to_display(float x) {
  x = std::clamp(x, 0.0f, 1.0f);
  return x <= 0.0031308f ? 12.92f * x : 1.055f * std::pow(x, 1.0f / 2.4f) - 0.055f;
}

}  // namespace

SharedUvs shared_uvs(const Mesh& mesh, const Array<float2>& corner_uvs) {
  SharedUvs result;
  result.corner_indices.resize(mesh.corner_count());
  const Adjacency& corners_of = mesh.vertex_corners();
  const float2* uvs = corner_uvs.data();
  // Numbers within each vertex first, then the numbers of the vertices before are added.
  std::vector<int> starts(mesh.vertex_count() + 1);
  parallel_for(mesh.vertex_count(), grain, [&](std::size_t begin, std::size_t end) {
    std::vector<float2> known;
    for (std::size_t v = begin; v < end; ++v) {
      known.clear();
      for (const int corner : corners_of[v]) {
        std::size_t k = 0;
        while (k < known.size() && (std::abs(known[k].x - uvs[corner].x) > uv_tolerance ||
                                    std::abs(known[k].y - uvs[corner].y) > uv_tolerance)) {
          ++k;
        }
        if (k == known.size()) {
          known.push_back(uvs[corner]);
        }
        result.corner_indices[std::size_t(corner)] = int(k);
      }
      starts[v + 1] = int(known.size());
    }
  });
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  result.uvs.resize(std::size_t(starts.back()));
  parallel_for(mesh.vertex_count(), grain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t v = begin; v < end; ++v) {
      int highest = -1;
      for (const int corner : corners_of[v]) {
        int& index = result.corner_indices[std::size_t(corner)];
        if (index > highest) {
          highest = index;
          result.uvs[std::size_t(starts[v] + index)] = uvs[corner];
        }
        index += starts[v];
      }
    }
  });
  return result;
}

SharedNormals shared_normals(const Mesh& mesh, const float3x3& normal_matrix) {
  SharedNormals result;
  const Array<float3> corner_normals = mesh.corner_normals();
  std::vector<float3> turned(mesh.corner_count());
  std::vector<std::uint64_t> keys(mesh.corner_count());
  parallel_for(turned.size(), grain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t c = begin; c < end; ++c) {
      turned[c] = normalize(normal_matrix * corner_normals.data()[c]);
      keys[c] = normal_key(turned[c]);
    }
  });
  TripleNumbers numbers;
  result.corner_indices.resize(mesh.corner_count());
  for (std::size_t c = 0; c < keys.size(); ++c) {
    // Corners of flat faces repeat the one before.
    if (c > 0 && keys[c] == keys[c - 1]) {
      result.corner_indices[c] = result.corner_indices[c - 1];
      continue;
    }
    bool is_new = false;
    result.corner_indices[c] = numbers.add(keys[c], &is_new);
    if (is_new) {
      result.normals.push_back(turned[c]);
    }
  }
  return result;
}

std::vector<std::uint32_t> smooth_groups(const Mesh& mesh, bool use_bitflags) {
  const Array<std::uint8_t>* sharp = mesh.attributes.find<std::uint8_t>(".sharp", Domain::Edge);
  const Array<int>& corner_faces = mesh.corner_faces();
  Sets sets(mesh.face_count());
  std::vector<std::pair<int, int>> touching;  // smooth faces on both sides of a sharp edge
  for (std::size_t e = 0; e < mesh.edge_count(); ++e) {
    const std::span<const int> corners = mesh.edge_corners()[e];
    for (std::size_t k = 1; k < corners.size(); ++k) {
      const int a = corner_faces[std::size_t(corners[0])],
                b = corner_faces[std::size_t(corners[k])];
      if (!mesh.is_face_smooth(std::size_t(a)) || !mesh.is_face_smooth(std::size_t(b))) {
        continue;
      }
      if (sharp && (*sharp)[e]) {
        touching.emplace_back(a, b);
      } else {
        sets.join(a, b);
      }
    }
  }
  std::vector<std::uint32_t> groups(mesh.face_count());
  std::unordered_map<int, std::uint32_t> numbers;
  for (std::size_t f = 0; f < groups.size(); ++f) {
    if (mesh.is_face_smooth(f)) {
      groups[f] =
          numbers.try_emplace(sets.find(int(f)), std::uint32_t(numbers.size() + 1)).first->second;
    }
  }
  if (!use_bitflags) {
    return groups;
  }
  // Each group takes the lowest bit that no group it touches has; beyond 32 they share the last
  // one.
  std::vector<std::vector<std::uint32_t>> neighbors(numbers.size() + 1);
  for (const auto& [a, b] : touching) {
    const std::uint32_t ga = groups[std::size_t(a)], gb = groups[std::size_t(b)];
    if (ga != gb) {
      neighbors[ga].push_back(gb);
      neighbors[gb].push_back(ga);
    }
  }
  std::vector<std::uint32_t> bits(numbers.size() + 1);
  for (std::size_t g = 1; g < bits.size(); ++g) {
    std::uint32_t taken = 0;
    for (const std::uint32_t other : neighbors[g]) {
      taken |= bits[other];
    }
    bits[g] = 1u << std::min(std::countr_one(taken), 31);
  }
  for (std::uint32_t& group : groups) {
    group = bits[group];
  }
  return groups;
}

std::vector<int> dominant_vertex_groups(const Mesh& mesh) {
  std::vector<int> result(mesh.face_count(), -1);
  if (mesh.weights.empty() || mesh.vertex_groups.empty()) {
    return result;
  }
  const VertexWeights& weights = mesh.weights;
  parallel_for(result.size(), grain, [&](std::size_t begin, std::size_t end) {
    std::vector<float> sums(std::size_t(mesh.vertex_groups.size()));
    for (std::size_t f = begin; f < end; ++f) {
      std::fill(sums.begin(), sums.end(), 0.0f);
      for (const int v : mesh.face_vertices(f)) {
        for (int i = weights.offsets[std::size_t(v)]; i < weights.offsets[std::size_t(v) + 1];
             ++i) {
          const std::size_t group = std::size_t(weights.groups[std::size_t(i)]);
          if (group < sums.size()) {
            sums[group] += weights.weights[std::size_t(i)];
          }
        }
      }
      const auto most = std::max_element(sums.begin(), sums.end());
      result[f] = *most > 0.0f ? int(most - sums.begin()) : -1;
    }
  });
  return result;
}

std::vector<float3> vertex_colors(const Mesh& mesh) {
  const Attribute* attribute = mesh.attributes.find(mesh.active_color);
  if (!attribute || (attribute->domain != Domain::Point && attribute->domain != Domain::Corner)) {
    return {};
  }
  const auto* floats = attribute->as<FloatColor>();
  const auto* bytes = attribute->as<ByteColor>();
  if (!floats && !bytes) {
    return {};
  }
  const auto color = [&](std::size_t i) {
    if (floats) {
      const FloatColor& c = (*floats)[i];
      return float3{to_display(c.r), to_display(c.g), to_display(c.b)};
    }
    const ByteColor& c = (*bytes)[i];
    return float3{float(c.r), float(c.g), float(c.b)} / 255.0f;
  };
  std::vector<float3> colors(mesh.vertex_count(), float3{1, 1, 1});
  for (std::size_t v = 0; v < colors.size(); ++v) {
    if (attribute->domain == Domain::Point) {
      colors[v] = color(v);
      continue;
    }
    const std::span<const int> corners = mesh.vertex_corners()[v];
    float3 sum;
    for (const int corner : corners) {
      sum += color(std::size_t(corner));
    }
    if (!corners.empty()) {
      colors[v] = sum / float(corners.size());
    }
  }
  return colors;
}

}  // namespace kiln::io::obj
