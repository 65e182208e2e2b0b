#include "modeling/mesh_statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

#include "core/tasks.h"
#include "core/triangle_tree.h"

namespace kiln::modeling {
namespace {

constexpr float none = -1.0f;
constexpr std::size_t grain = 512;

// Where a number lies in a range, 0 to 1; none outside.
float share_of(float value, float low, float high) {
  if (!(value >= low && value <= high)) {
    return none;
  }
  return high > low ? (value - low) / (high - low) : 1.0f;
}

// The same where the smallest is what needs a look.
float reversed_share_of(float value, float low, float high) {
  const float share = share_of(value, low, high);
  return share < 0.0f ? none : 1.0f - share;
}

float angle_between(float3 unit_a, float3 unit_b) {
  return std::acos(std::clamp(dot(unit_a, unit_b), -1.0f, 1.0f));
}

// A mesh in the world: normals look outwards also where the object mirrors it.
struct WorldMesh {
  WorldMesh(const Mesh& source, const float4x4& world)
      : mesh(source), is_mirrored(determinant(upper3x3(world)) < 0.0f) {
    const std::span<const float3> local = mesh.positions();
    positions.resize(local.size());
    const Array<float3>& local_normals = mesh.face_normals();
    normals.resize(mesh.face_count());
    const float3x3 turn = transpose(inverse(upper3x3(world)));
    parallel_for(local.size(), grain, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        positions[i] = transform_point(world, local[i]);
      }
    });
    parallel_for(normals.size(), grain, [&](std::size_t begin, std::size_t end) {
      for (std::size_t f = begin; f < end; ++f) {
        normals[f] = normalize(turn * local_normals[f]);
      }
    });
  }
  float3 at(int vertex) const { return positions[std::size_t(vertex)]; }
  bool has_normal(std::size_t face) const {
    return is_finite(normals[face]) && normals[face] != float3{};
  }

  const Mesh& mesh;
  bool is_mirrored;
  std::vector<float3> positions, normals;
};

// One value a face, computed on all cores.
template <typename Measure>
MeshMeasure per_face(const WorldMesh& world, const Measure& measure) {
  MeshMeasure out{Domain::Face, std::vector<float>(world.mesh.face_count(), none)};
  parallel_for(out.values.size(), grain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t f = begin; f < end; ++f) {
      out.values[f] = measure(f);
    }
  });
  return out;
}

MeshMeasure measure_overhang(const WorldMesh& world, const MeshStatVis& settings) {
  float3 axis;
  const int which = int(settings.overhang_axis);
  axis[which % 3] = which < 3 ? 1.0f : -1.0f;
  return per_face(world, [&](std::size_t f) {
    return world.has_normal(f) ? reversed_share_of(angle_between(world.normals[f], axis),
                                                   settings.overhang_min, settings.overhang_max)
                               : none;
  });
}

// All triangles that are numbers; they name their faces.
TriangleTree tree_of(const WorldMesh& world) {
  std::vector<std::array<int, 3>> kept;
  std::vector<int> faces;
  const std::span<const int3> triangles = world.mesh.triangle_vertices();
  const std::span<const int> face_of = world.mesh.triangles().faces;
  kept.reserve(triangles.size());
  faces.reserve(triangles.size());
  for (std::size_t t = 0; t < triangles.size(); ++t) {
    const int3 v = triangles[t];
    if (is_finite(world.at(v.x)) && is_finite(world.at(v.y)) && is_finite(world.at(v.z))) {
      kept.push_back({v.x, v.y, v.z});
      faces.push_back(face_of[t]);
    }
  }
  return TriangleTree(world.positions, std::move(kept), std::move(faces));
}

// Points that are spread evenly over the triangles of a face. Steps of the R2 sequence: Roberts,
// "The unreasonable effectiveness of quasirandom sequences", 2018.
float3 place_on_face(const WorldMesh& world, std::span<const int3> triangles, std::size_t face,
                     int sample, int count) {
  float total = 0.0f;
  const auto area = [&](int3 t) {
    return length(cross(world.at(t.y) - world.at(t.x), world.at(t.z) - world.at(t.x)));
  };
  for (const int3& t : triangles) {
    total += area(t);
  }
  // The samples divide the area among them.
  float rest = total * (float(sample) + 0.5f) / float(count);
  const int3* chosen = &triangles.back();
  for (const int3& t : triangles) {
    rest -= area(t);
    if (rest <= 0.0f) {
      chosen = &t;
      break;
    }
  }
  const auto step = double(face % 65536) * 7.0 + double(sample) + 1.0;
  float u = float(std::fmod(0.5 + step * 0.7548776662466927, 1.0)),
        v = float(std::fmod(0.5 + step * 0.5698402909980532, 1.0));
  if (u + v > 1.0f) {
    u = 1.0f - u;
    v = 1.0f - v;
  }
  const float3 a = world.at(chosen->x);
  return a + (world.at(chosen->y) - a) * u + (world.at(chosen->z) - a) * v;
}

// How far it is along a ray that starts on a face to any other one.
std::optional<float> way_to_other_face(const TriangleTree& tree, float3 from, float3 direction,
                                       int face, float farthest) {
  float gone = 0.0f;
  // Faces that are not flat can be met more than once.
  for (int tries = 0; tries < 8 && gone <= farthest; ++tries) {
    const auto hit = tree.ray_cast(from + direction * gone, direction, farthest - gone);
    if (!hit) {
      return std::nullopt;
    }
    if (hit->polygon != face) {
      return gone + hit->distance;
    }
    const float3 place = hit->position;
    const float size = std::max({std::abs(place.x), std::abs(place.y), std::abs(place.z), 1e-4f});
    gone += hit->distance + size * 1e-5f;
  }
  return std::nullopt;
}

MeshMeasure measure_thickness(const WorldMesh& world, const MeshStatVis& settings) {
  const TriangleTree tree = tree_of(world);
  const std::span<const int3> all = world.mesh.triangle_vertices();
  const std::span<const int> face_of = world.mesh.triangles().faces;
  const int count = std::clamp(settings.thickness_samples, 1, 32);
  return per_face(world, [&](std::size_t f) {
    // Triangles are in the order of their faces.
    const auto [first, last] = std::equal_range(face_of.begin(), face_of.end(), int(f));
    if (!world.has_normal(f) || first == last) {
      return none;
    }
    const std::span<const int3> triangles =
        all.subspan(std::size_t(first - face_of.begin()), std::size_t(last - first));
    float least = std::numeric_limits<float>::infinity();
    for (int i = 0; i < count; ++i) {
      const float3 from = place_on_face(world, triangles, f, i, count);
      if (!is_finite(from)) {
        return none;
      }
      if (const auto way =
              way_to_other_face(tree, from, -world.normals[f], int(f), settings.thickness_max)) {
        least = std::min(least, *way);
      }
    }
    return reversed_share_of(least, settings.thickness_min, settings.thickness_max);
  });
}

MeshMeasure measure_intersections(const WorldMesh& world) {
  MeshMeasure out{Domain::Face, std::vector<float>(world.mesh.face_count(), none)};
  const TriangleTree tree = tree_of(world);
  for (const auto& [a, b] : tree.overlap(tree)) {
    out.values[std::size_t(a)] = out.values[std::size_t(b)] = 1.0f;
  }
  return out;
}

MeshMeasure measure_distortion(const WorldMesh& world, const MeshStatVis& settings) {
  return per_face(world, [&](std::size_t f) {
    const std::span<const int> vertices = world.mesh.face_vertices(f);
    const std::size_t size = vertices.size();
    if (size < 4 || !world.has_normal(f)) {
      return none;
    }
    float largest = 0.0f;
    for (std::size_t i = 0; i < size; ++i) {
      const float3 here = world.at(vertices[i]);
      const float3 in = here - world.at(vertices[(i + size - 1) % size]),
                   out = world.at(vertices[(i + 1) % size]) - here;
      const float3 across = cross(in, out);
      // Sides in one line span no plane.
      if (!(length(across) > 1e-6f * length(in) * length(out))) {
        continue;
      }
      // Corners that bend inwards have the plane's other side.
      largest = std::max(
          largest, std::acos(std::min(1.0f, std::abs(dot(normalize(across), world.normals[f])))));
    }
    return share_of(2.0f * largest, settings.distort_min, settings.distort_max);
  });
}

MeshMeasure measure_sharpness(const WorldMesh& world, const MeshStatVis& settings) {
  const Mesh& mesh = world.mesh;
  MeshMeasure out{Domain::Point, std::vector<float>(mesh.vertex_count(), none)};
  const Adjacency& edge_corners = mesh.edge_corners();
  const Array<int>& face_of = mesh.corner_faces();
  for (std::size_t e = 0; e < mesh.edge_count(); ++e) {
    const std::span<const int> corners = edge_corners[e];
    if (corners.size() != 2) {
      continue;
    }
    const std::size_t first = std::size_t(face_of[std::size_t(corners[0])]),
                      second = std::size_t(face_of[std::size_t(corners[1])]);
    if (first == second || !world.has_normal(first) || !world.has_normal(second)) {
      continue;
    }
    const int2 ends = mesh.edges()[e];
    const int start = mesh.corner_vertices()[std::size_t(corners[0])];
    const float3 along =
        start == ends.x ? world.at(ends.y) - world.at(ends.x) : world.at(ends.x) - world.at(ends.y);
    const float3 one = world.normals[first], other = world.normals[second];
    const bool is_outward = (dot(cross(one, other), along) >= 0.0f) != world.is_mirrored;
    const float angle = angle_between(one, other);
    const float value =
        share_of(is_outward ? angle : -angle, settings.sharp_min, settings.sharp_max);
    for (const int v : {ends.x, ends.y}) {
      out.values[std::size_t(v)] = std::max(out.values[std::size_t(v)], value);
    }
  }
  return out;
}

}  // namespace

MeshMeasure measure_mesh(const Mesh& mesh, const float4x4& world, const MeshStatVis& settings) {
  const WorldMesh placed(mesh, world);
  switch (settings.type) {
    case StatVisType::Overhang:
      return measure_overhang(placed, settings);
    case StatVisType::Thickness:
      return measure_thickness(placed, settings);
    case StatVisType::Intersect:
      return measure_intersections(placed);
    case StatVisType::Distort:
      return measure_distortion(placed, settings);
    case StatVisType::Sharp:
      return measure_sharpness(placed, settings);
  }
  return {};
}

float3 measure_color(float value) {
  static constexpr float3 stops[] = {{0.05f, 0.15f, 0.95f},
                                     {0.0f, 0.8f, 0.9f},
                                     {0.1f, 0.85f, 0.15f},
                                     {0.95f, 0.9f, 0.1f},
                                     {0.95f, 0.1f, 0.05f}};
  const float at = std::clamp(value, 0.0f, 1.0f) * 4.0f;
  const int below = std::min(int(at), 3);
  return lerp(stops[below], stops[below + 1], at - float(below));
}

}  // namespace kiln::modeling
