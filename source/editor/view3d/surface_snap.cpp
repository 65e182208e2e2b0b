#include "editor/view3d/surface_snap.h"

#include <algorithm>

namespace kiln::editor {
namespace {

constexpr float far_away = 1e30f;

}  // namespace

void SurfaceSnap::add(const Mesh& mesh, const float4x4& world,
                      const Array<std::uint8_t>* left_out) {
  std::vector<float3> positions;
  positions.reserve(mesh.vertex_count());
  for (const float3 p : mesh.positions()) {
    positions.push_back(transform_point(world, p));
  }
  const std::span<const int> corner_vertices = mesh.corner_vertices();
  std::vector<std::array<int, 3>> triangles;
  for (const int3 corners : mesh.triangles().corners) {
    const std::array<int, 3> vertices{corner_vertices[std::size_t(corners.x)],
                                      corner_vertices[std::size_t(corners.y)],
                                      corner_vertices[std::size_t(corners.z)]};
    const bool counts = std::none_of(vertices.begin(), vertices.end(), [&](int v) {
      return left_out && std::size_t(v) < left_out->size() && (*left_out)[std::size_t(v)];
    });
    if (counts) {
      triangles.push_back(vertices);
    }
  }
  if (!triangles.empty()) {
    std::vector<int> faces(triangles.size());
    trees_.emplace_back(std::move(positions), std::move(triangles), std::move(faces));
  }
}

std::optional<SurfaceSnap::Point> SurfaceSnap::nearest(float3 place, int target) const {
  std::optional<Point> best;
  float reach = far_away;
  for (std::size_t i = 0; i < trees_.size(); ++i) {
    if (target >= 0 && int(i) != target) {
      continue;
    }
    if (const auto hit = trees_[i].find_nearest(place, reach)) {
      reach = hit->distance;
      best = Point{hit->position, hit->normal, int(i)};
    }
  }
  return best;
}

std::optional<SurfaceSnap::Point> SurfaceSnap::nearest_along(float3 from, float3 to, int steps,
                                                             int target) const {
  const int count = std::max(steps, 1);
  const float3 step = (to - from) / float(count);
  std::optional<Point> now;
  float3 place = from;
  for (int i = 0; i < count; ++i) {
    now = nearest(place + step, target);
    if (!now) {
      return std::nullopt;
    }
    place = now->place;
  }
  return now;
}

std::optional<SurfaceSnap::Point> SurfaceSnap::first_along(float3 origin, float3 direction,
                                                           bool culls_backfaces) const {
  std::optional<Point> best;
  float reach = far_away;
  const float3 along = normalize(direction);
  for (std::size_t i = 0; i < trees_.size(); ++i) {
    // What is seen from behind is looked through: on from a little beyond it.
    float gone = 0.0f;
    for (int pass = 0; pass < 256; ++pass) {
      const auto hit = trees_[i].ray_cast(origin + along * gone, along, reach - gone);
      if (!hit) {
        break;
      }
      const bool is_behind = dot(hit->normal, along) > 0.0f;
      if (!(culls_backfaces && is_behind)) {
        reach = gone + hit->distance;
        best = Point{hit->position, is_behind ? -hit->normal : hit->normal, int(i)};
        break;
      }
      gone += hit->distance + std::max(1e-5f, hit->distance * 1e-5f);
    }
  }
  return best;
}

}  // namespace kiln::editor
