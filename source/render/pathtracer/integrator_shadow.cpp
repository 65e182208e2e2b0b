// The way between lights and surfaces: free, blocked or through transparent surfaces.
#include "render/pathtracer/integrator_parts.h"

namespace kiln::render {

using shading::batch_size;
using shading::ShadingBatch;

void Integrator::trace_shadows(Memory& memory) const {
  std::size_t kept = 0;
  for (ShadowRay& shadow : memory.shadows) {
    shadow.ray.mask = mask_shadow_opaque;
    if (geometry_.occluded(shadow.ray)) {
      continue;
    }
    if (geometry_.has_transparent_shadows()) {
      memory.shadows[kept++] = shadow;
    } else {
      receive(shadow, memory);
    }
  }
  memory.shadows.resize(kept);
  if (kept > 0) {
    trace_transparent_shadows(memory);
  }
}

void Integrator::trace_transparent_shadows(Memory& memory) const {
  // Round by round: every ray goes to its next surface, surfaces are shaded material by material.
  std::vector<ShadowRay>& rays = memory.shadows;
  std::vector<TraceHit> hits;
  std::vector<std::pair<int, int>> keys;
  std::vector<char> is_alive;
  while (!rays.empty()) {
    const int count = int(rays.size());
    hits.resize(count);
    is_alive.assign(count, 1);
    keys.clear();
    for (int i = 0; i < count; ++i) {
      rays[i].ray.mask = mask_shadow_transparent;
      hits[i] = geometry_.intersect(rays[i].ray);
      if (hits[i].instance < 0) {
        receive(rays[i], memory);
        is_alive[i] = 0;
      } else {
        keys.push_back({geometry_.material_of(hits[i]), i});
      }
    }
    std::sort(keys.begin(), keys.end());
    for (std::size_t begin = 0; begin < keys.size();) {
      std::size_t end = begin + 1;
      while (end < keys.size() && end - begin < batch_size &&
             keys[end].first == keys[begin].first) {
        ++end;
      }
      const int material = keys[begin].first;
      const TraceMaterial* m = material < 0 ? nullptr : &scene_.materials[material];
      const bool is_opaque =
          !m || !m->has_transparent_shadow || !m->shader || m->shader->transparency.empty();
      ShadingBatch& batch = memory.aside.batch;
      if (!is_opaque) {
        batch.count = int(end - begin);
        batch.geometry = &geometry_;
        batch.is_background = false;
        for (int i = 0; i < batch.count; ++i) {
          const ShadowRay& shadow = rays[keys[begin + i].second];
          const TraceHit& hit = hits[keys[begin + i].second];
          geometry_.fill_point(hit, shadow.ray, batch, i);
          PathState path;
          path.ray_flags = shadow.ray_flags;
          path.bounces = std::uint16_t(shadow.ray_depths[0] + 1.0f);
          path.diffuse = std::uint16_t(shadow.ray_depths[1]);
          path.glossy = std::uint16_t(shadow.ray_depths[2]);
          path.transmission = std::uint16_t(shadow.ray_depths[3]);
          path.transparent = shadow.passed;
          fill_path_lanes(path, batch, i, hit.distance);
          batch.material[i] = material;
        }
        m->shader->transparency.run(batch, memory.aside.workspace);
      }
      for (std::size_t k = begin; k < end; ++k) {
        const int i = keys[k].second;
        ShadowRay& shadow = rays[i];
        const float3 through = is_opaque ? float3{} : batch.closures[k - begin].transparency;
        ++shadow.passed;
        if (is_black(through) || shadow.passed > settings_.transparent_max_bounces) {
          is_alive[i] = 0;
          continue;
        }
        shadow.light *= through;
        shadow.diffuse *= through;
        shadow.glossy *= through;
        const int lane = int(k - begin);
        const float3 at = offset_from_surface(
            batch.position.get(lane), batch.geometric_normal.get(lane), shadow.ray.direction);
        if (shadow.ray.length < 1e29f) {
          shadow.ray.length -= dot(at - shadow.ray.origin, shadow.ray.direction);
          if (shadow.ray.length <= 0.0f) {
            receive(shadow, memory);
            is_alive[i] = 0;
            continue;
          }
        }
        shadow.ray.origin = at;
      }
      begin = end;
    }
    std::size_t kept = 0;
    for (int i = 0; i < count; ++i) {
      if (is_alive[i]) {
        rays[kept++] = rays[i];
      }
    }
    rays.resize(kept);
  }
}

}  // namespace kiln::render
