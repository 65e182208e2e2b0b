#include "render/scene_builder/bake_points.h"

#include <algorithm>
#include <cmath>

namespace kiln::render {
namespace {

const MeshAttribute* uv_layer(const TraceMesh& mesh, const std::string& name) {
  const std::string& wanted = name.empty() ? mesh.default_uv : name;
  const MeshAttribute* first = nullptr;
  for (const MeshAttribute& attribute : mesh.attributes) {
    if (attribute.is_uv && attribute.domain == AttributeDomain::Corner) {
      if (attribute.name == wanted) {
        return &attribute;
      }
      first = first ? first : &attribute;
    }
  }
  return wanted.empty() ? first : nullptr;
}

}  // namespace

bool add_bake_points(const TraceScene& scene, int instance, const std::string& layer,
                     const std::function<bool(int slot)>& takes, BakePoints& to,
                     std::vector<std::uint8_t>& is_taken) {
  const TraceMesh& mesh = scene.meshes[std::size_t(scene.instances[std::size_t(instance)].mesh)];
  const MeshAttribute* uvs = uv_layer(mesh, layer);
  if (!uvs || uvs->components != 2) {
    return false;
  }
  for (int t = 0; t < int(mesh.triangles.size()); ++t) {
    if (!takes(mesh.material_slots.empty() ? 0 : mesh.material_slots[std::size_t(t)])) {
      continue;
    }
    const int3 corners = mesh.triangle_corners.empty() ? int3{3 * t, 3 * t + 1, 3 * t + 2}
                                                       : mesh.triangle_corners[std::size_t(t)];
    // Corners in pixels, with the points that are baked at whole numbers: a hair beside the middles
    // of pixels, as Blender 3.4 has it, so that edges through middles fall to one side.
    float2 p[3];
    bool is_usable = true;
    for (int k = 0; k < 3; ++k) {
      const std::size_t at = 2 * std::size_t(corners[k]);
      p[k] = {uvs->values[at] * float(to.width) - 0.501f,
              uvs->values[at + 1] * float(to.height) - 0.502f};
      is_usable = is_usable && std::abs(p[k].x) < 1e7f && std::abs(p[k].y) < 1e7f;
    }
    const float2 e1 = p[1] - p[0], e2 = p[2] - p[0];
    const float area = e1.x * e2.y - e1.y * e2.x;
    if (!is_usable || !(std::abs(area) > 1e-12f)) {
      continue;
    }
    const auto bound = [](float value, int most) { return std::clamp(int(value), 0, most); };
    const int x0 = bound(std::ceil(std::min({p[0].x, p[1].x, p[2].x}) - 1e-3f), to.width);
    const int x1 = bound(std::floor(std::max({p[0].x, p[1].x, p[2].x}) + 1e-3f) + 1.0f, to.width);
    const int y0 = bound(std::ceil(std::min({p[0].y, p[1].y, p[2].y}) - 1e-3f), to.height);
    const int y1 = bound(std::floor(std::max({p[0].y, p[1].y, p[2].y}) + 1e-3f) + 1.0f, to.height);
    const float2 along_x{e2.y / area, -e1.y / area}, along_y{-e2.x / area, e1.x / area};
    for (int y = y0; y < y1; ++y) {
      for (int x = x0; x < x1; ++x) {
        const int pixel = y * to.width + x;
        const float dx = float(x) - p[0].x, dy = float(y) - p[0].y;
        const float2 weights = along_x * dx + along_y * dy;
        constexpr float slack = 1e-5f;  // middles on a border belong to both triangles
        if (is_taken[std::size_t(pixel)] || weights.x < -slack || weights.y < -slack ||
            weights.x + weights.y > 1.0f + slack) {
          continue;
        }
        is_taken[std::size_t(pixel)] = 1;
        to.points.push_back({instance, t, weights, along_x, along_y});
        to.pixels.push_back(pixel);
      }
    }
  }
  return true;
}

}  // namespace kiln::render
