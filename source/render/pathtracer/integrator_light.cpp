// Light that paths meet or that is sampled for them.
#include <algorithm>

#include "render/pathtracer/integrator_parts.h"

namespace kiln::render {

using shading::batch_size;
using shading::ClosureSet;
using shading::ScatterKind;
using shading::ShadingBatch;

float3 Integrator::clamp_light(float3 light, int bounces) const {
  const float limit = bounces > 0 ? settings_.sample_clamp_indirect : settings_.sample_clamp_direct;
  if (limit > 0.0f) {
    const float sum = (std::abs(light.x) + std::abs(light.y) + std::abs(light.z)) * (1.0f / 3.0f);
    if (sum > limit) {
      light = light * (limit / sum);
    }
  }
  return light;
}

void Integrator::add_to_group(float* out, int lightgroup, float3 light) const {
  if (const int at = layout_.lightgroup_offset(lightgroup); at >= 0) {
    for (int k = 0; k < 3; ++k) {
      out[at + k] += light[k];
    }
  }
}

void Integrator::add_light(const PathState& path, float* out, float3 light, int bounces,
                           PassKind source, int lightgroup) const {
  if (!is_finite(light)) {
    return;
  }
  light = clamp_light(light, bounces);
  for (int k = 0; k < 3; ++k) {
    out[k] += light[k];
  }
  add_to_group(out, lightgroup, light);
  if (!layout_.has_surface_passes()) {
    return;
  }
  const auto add = [&](PassKind kind, float3 value) {
    if (const int at = layout_.offset(kind); at >= 0) {
      for (int k = 0; k < 3; ++k) {
        out[at + k] += value[k];
      }
    }
  };
  if (path.bounces == 0) {
    add(source, light);
    return;
  }
  if (layout_.has_light_passes()) {
    const bool is_direct = path.bounces == 1;
    const float3 diffuse = light * path.diffuse_share, glossy = light * path.glossy_share;
    add(is_direct ? PassKind::DiffuseDirect : PassKind::DiffuseIndirect, diffuse);
    add(is_direct ? PassKind::GlossyDirect : PassKind::GlossyIndirect, glossy);
    add(is_direct ? PassKind::TransmissionDirect : PassKind::TransmissionIndirect,
        light - diffuse - glossy);
  }
}

float Integrator::met_weight(const PathState& path, float light_pdf) const {
  if (path.was_delta || !(light_pdf > 0.0f)) {
    return 1.0f;
  }
  switch (settings_.light_sampling) {
    case LightSampling::Forward:
      return 1.0f;
    case LightSampling::Explicit:
      return 0.0f;
    case LightSampling::Multiple:
      break;
  }
  return power_heuristic(path.bsdf_pdf, light_pdf);
}

bool Integrator::is_last_before_sky(const PathState& path) const {
  return settings_.fast_gi == FastGi::Replace && settings_.ao_bounces > 0 &&
         int(path.diffuse) + 1 >= settings_.ao_bounces;
}

void Integrator::meet_lamps(const PathState& path, float distance, Memory& memory) const {
  if (path.ray_flags & shading::ray_camera) {
    return;
  }
  const float way = std::min(distance, path.length);
  const float reach = way >= 1e29f ? 1e30f : path.travelled + way;
  const std::vector<LampModel>& lamps = lights_.lamps();
  for (int i = 0; i < int(lamps.size()); ++i) {
    const LampModel& lamp = lamps[i];
    if (lamp.is_delta() || !lamp.source().uses_multiple_importance ||
        !is_visible(lamp.source().visibility, path.ray_flags)) {
      continue;
    }
    const auto found = lamp.intersect(path.scatter_point, path.direction, reach);
    if (!found || (found->distance <= path.travelled && !lamp.is_distant())) {
      continue;
    }
    const float weight = met_weight(path, found->pdf * lights_.lamp_choice(i));
    add_light(path, memory.sample(path.slot), path.throughput * found->radiance * weight,
              path.bounces - 1, PassKind::Emission, lamp.source().lightgroup);
  }
}

void Integrator::meet_background(Memory& memory) const {
  const bool has_background = scene_.world.shader && !scene_.world.shader->emission.empty();
  for (std::size_t begin = 0; begin < memory.missed.size(); begin += batch_size) {
    const int count = int(std::min<std::size_t>(memory.missed.size() - begin, batch_size));
    float3 directions[batch_size], radiance[batch_size];
    std::uint32_t flags[batch_size];
    float depths[batch_size];
    for (int i = 0; i < count; ++i) {
      const PathState& path = memory.paths[memory.missed[begin + i]];
      directions[i] = path.direction;
      flags[i] = path.ray_flags;
      depths[i] = path.bounces;
    }
    if (has_background) {
      lights_.background({directions, std::size_t(count)}, {flags, std::size_t(count)},
                         {depths, std::size_t(count)}, {radiance, std::size_t(count)},
                         memory.aside);
    }
    for (int i = 0; i < count; ++i) {
      PathState& path = memory.paths[memory.missed[begin + i]];
      float* out = memory.sample(path.slot);
      if (!path.has_surface_passes && layout_.has(PassKind::Mist)) {
        out[layout_.offset(PassKind::Mist)] += mean(path.throughput);
      }
      if (path.is_first_sample && !path.has_surface_passes && layout_.has(PassKind::Depth)) {
        out[layout_.offset(PassKind::Depth)] = 1e10f;
      }
      if (const int albedo = layout_.offset(PassKind::DenoisingAlbedo);
          albedo >= 0 && !path.has_surface_passes && has_background && path.bounces == 0) {
        for (int k = 0; k < 3; ++k) {
          out[albedo + k] += std::clamp(radiance[i][k], 0.0f, 1.0f);
        }
      }
      if (path.sees_background) {
        out[3] += mean(path.throughput);
        continue;
      }
      if (!has_background || !is_visible(scene_.world.visibility, path.ray_flags)) {
        continue;
      }
      float weight = path.is_short ? scene_.world.occlusion_factor : 1.0f;
      if (!path.finds_background_alone) {
        weight *= met_weight(path, lights_.background_pdf(path.direction));
      }
      add_light(path, out, path.throughput * radiance[i] * weight, path.bounces - 1,
                PassKind::Environment, scene_.world.lightgroup);
    }
  }
}

void Integrator::sample_lights(Memory& memory, int count) const {
  if (lights_.empty() || settings_.light_sampling == LightSampling::Forward) {
    return;
  }
  ShadingBatch& batch = memory.surface.batch;
  for (int lane = 0; lane < count; ++lane) {
    const ClosureSet& closures = batch.closures[lane];
    const float total = memory.choices[lane].total;
    bool can_connect = false;
    for (int i = 0; i < closures.count && !can_connect; ++i) {
      can_connect = !shading::is_delta(closures.closures[i]);
    }
    if (!can_connect || memory.choices[lane].is_done) {
      continue;
    }
    const PathState& path = memory.paths[memory.lane_slots[lane]];
    const float2 random = event_random(path, pair_light);
    const float3 position = batch.position.get(lane);
    const LightSample light = lights_.sample(position, path.time, random);
    if (light.source == LightSample::Source::None || light.pdf <= 0.0f) {
      continue;
    }
    // The sky is found by the path itself where that is short.
    if (light.source == LightSample::Source::Background && is_last_before_sky(path) &&
        has_diffuse(closures)) {
      continue;
    }
    if (light.lamp >= 0 && path.bounces > lights_.lamps()[light.lamp].source().max_bounces) {
      continue;
    }
    const float3 normal = batch.geometric_normal.get(lane), wo = batch.incoming.get(lane);
    SurfaceValue value =
        evaluate_surface(closures, normal, batch.normal.get(lane), wo, light.direction, total);
    if (!is_visible(light.visibility, ScatterKind::Diffuse)) {
      value.diffuse = {};
    }
    if (!is_visible(light.visibility, ScatterKind::Glossy)) {
      value.glossy = {};
    }
    if (!is_visible(light.visibility, ScatterKind::Transmission)) {
      value.transmission = {};
    }
    const float3 sum = value.sum();
    if (is_black(sum)) {
      continue;
    }
    float weight = 1.0f;
    const bool can_be_met =
        settings_.light_sampling == LightSampling::Multiple && !light.is_delta &&
        !(light.lamp >= 0 && !lights_.lamps()[light.lamp].source().uses_multiple_importance);
    if (can_be_met) {
      weight = power_heuristic(light.pdf, value.pdf);
    }
    const float scale = weight / light.pdf;

    Memory::PendingLight pending;
    pending.light = light;
    ShadowRay& shadow = pending.shadow;
    shadow.ray.origin = offset_from_surface(position, normal, light.direction);
    shadow.ray.direction = light.direction;
    shadow.ray.time = path.time;
    shadow.ray.length = light.distance < 1e29f ? light.distance * (1.0f - 1e-4f) : 1e30f;
    if (light.source == LightSample::Source::Triangle) {
      // Both ends move off their surfaces.
      const TriangleShape s =
          geometry_.triangle(light.hit.instance, light.hit.primitive, path.time);
      const float3 at = position + light.direction * light.distance;
      const float3 end =
          offset_from_surface(at, normalize(cross(s.b - s.a, s.c - s.a)), -light.direction);
      const float3 way = end - shadow.ray.origin;
      shadow.ray.length = length(way);
      shadow.ray.direction = way * (1.0f / std::max(shadow.ray.length, 1e-20f));
      shadow.ray.length *= 1.0f - 1e-6f;
    }
    shadow.surface = sum * scale;
    shadow.light = path.throughput * shadow.surface;
    if (layout_.has_light_passes()) {
      if (path.bounces == 0) {
        shadow.diffuse = path.throughput * value.diffuse * scale;
        shadow.glossy = path.throughput * value.glossy * scale;
      } else {
        shadow.diffuse = shadow.light * path.diffuse_share;
        shadow.glossy = shadow.light * path.glossy_share;
      }
    }
    shadow.lightgroup = light.lightgroup;
    shadow.slot = path.slot;
    shadow.roulette = event_random(path, pair_roulette).y;
    shadow.bounces = path.bounces;
    shadow.ray_flags = shading::ray_shadow | (path.ray_flags & shading::ray_singular);
    shadow.ray_depths[0] = path.bounces;
    shadow.ray_depths[1] = path.diffuse;
    shadow.ray_depths[2] = path.glossy;
    shadow.ray_depths[3] = path.transmission;
    pending.ray_flags = shading::ray_shadow;
    memory.pending.push_back(pending);
  }
}

void Integrator::finish_light_samples(Memory& memory) const {
  // Emissive triangles whose shader is not a constant, and the background, run their shaders in
  // batches of one kind.
  const auto group_of = [&](const Memory::PendingLight& p) {
    if (p.light.source == LightSample::Source::Background) {
      return -1;
    }
    if (p.light.source == LightSample::Source::Triangle) {
      const int material = geometry_.material_of(p.light.hit);
      return scene_.materials[material].shader->has_constant_emission ? -2 : material;
    }
    return -2;
  };
  std::vector<std::pair<int, int>> order;
  for (int i = 0; i < int(memory.pending.size()); ++i) {
    Memory::PendingLight& p = memory.pending[i];
    const int group = group_of(p);
    if (group == -2) {
      if (p.light.source == LightSample::Source::Triangle) {
        p.light.radiance =
            scene_.materials[geometry_.material_of(p.light.hit)].shader->constant_emission;
      }
    } else {
      order.push_back({group, i});
    }
  }
  std::sort(order.begin(), order.end());
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin + 1;
    while (end < order.size() && end - begin < batch_size &&
           order[end].first == order[begin].first) {
      ++end;
    }
    const int count = int(end - begin);
    if (order[begin].first == -1) {
      float3 directions[batch_size], radiance[batch_size];
      std::uint32_t flags[batch_size];
      float depths[batch_size];
      for (int i = 0; i < count; ++i) {
        const Memory::PendingLight& p = memory.pending[order[begin + i].second];
        directions[i] = p.light.direction;
        flags[i] = p.ray_flags;
        depths[i] = p.shadow.ray_depths[0] + 1.0f;
      }
      lights_.background({directions, std::size_t(count)}, {flags, std::size_t(count)},
                         {depths, std::size_t(count)}, {radiance, std::size_t(count)},
                         memory.aside);
      for (int i = 0; i < count; ++i) {
        memory.pending[order[begin + i].second].light.radiance = radiance[i];
      }
    } else {
      ShadingBatch& batch = memory.aside.batch;
      batch.count = count;
      batch.geometry = &geometry_;
      batch.is_background = false;
      for (int i = 0; i < count; ++i) {
        const Memory::PendingLight& p = memory.pending[order[begin + i].second];
        TraceRay ray = p.shadow.ray;
        ray.direction = p.light.direction;
        geometry_.fill_point(p.light.hit, ray, batch, i);
        PathState path;
        path.bounces = std::uint16_t(p.shadow.bounces + 1);
        path.ray_flags = p.ray_flags;
        fill_path_lanes(path, batch, i, p.light.distance);
        batch.material[i] = order[begin].first;
      }
      scene_.materials[order[begin].first].shader->emission.run(batch, memory.aside.workspace);
      for (int i = 0; i < count; ++i) {
        memory.pending[order[begin + i].second].light.radiance = batch.closures[i].emission;
      }
    }
    begin = end;
  }

  for (Memory::PendingLight& p : memory.pending) {
    ShadowRay& shadow = p.shadow;
    float3 radiance = p.light.radiance;
    if (is_black(radiance) || !is_finite(radiance)) {
      continue;
    }
    // Weak light is traced rarely, with more weight.
    const float threshold = settings_.light_sampling_threshold;
    if (threshold > 0.0f) {
      const float strength = max_component(shadow.surface * radiance);
      if (strength < threshold) {
        const float probability = strength / threshold;
        if (shadow.roulette >= probability) {
          continue;
        }
        radiance = radiance * (1.0f / probability);
      }
    }
    shadow.light *= radiance;
    shadow.diffuse *= radiance;
    shadow.glossy *= radiance;
    if (p.light.casts_shadow) {
      memory.shadows.push_back(shadow);
    } else {
      receive(shadow, memory);
    }
  }
  memory.pending.clear();
}

void Integrator::receive(const ShadowRay& shadow, Memory& memory) const {
  float* out = memory.sample(shadow.slot);
  if (!is_finite(shadow.light)) {
    return;
  }
  if (shadow.into >= 0) {
    for (int k = 0; k < 3; ++k) {
      out[shadow.into + k] += shadow.light[k];
    }
    return;
  }
  const float3 light = clamp_light(shadow.light, shadow.bounces);
  for (int k = 0; k < 3; ++k) {
    out[k] += light[k];
  }
  add_to_group(out, shadow.lightgroup, light);
  if (layout_.has_light_passes()) {
    const float before = mean(shadow.light);
    const float scale = before > 0.0f ? mean(light) / before : 1.0f;
    const float3 diffuse = shadow.diffuse * scale, glossy = shadow.glossy * scale;
    const bool is_direct = shadow.bounces == 0;
    const auto add = [&](PassKind kind, float3 value) {
      if (const int at = layout_.offset(kind); at >= 0) {
        for (int k = 0; k < 3; ++k) {
          out[at + k] += value[k];
        }
      }
    };
    add(is_direct ? PassKind::DiffuseDirect : PassKind::DiffuseIndirect, diffuse);
    add(is_direct ? PassKind::GlossyDirect : PassKind::GlossyIndirect, glossy);
    add(is_direct ? PassKind::TransmissionDirect : PassKind::TransmissionIndirect,
        light - diffuse - glossy);
  }
}

}  // namespace kiln::render
