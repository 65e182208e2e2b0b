// Surfaces that paths meet: shading, passes, the next direction.
#include "render/pathtracer/cryptomatte.h"
#include "render/pathtracer/integrator_parts.h"

namespace kiln::render {

using shading::BsdfSample;
using shading::Closure;
using shading::ClosureSet;
using shading::ScatterKind;
using shading::ShadingBatch;

void Integrator::fill_path_lanes(const PathState& path, ShadingBatch& batch, int lane,
                                 float ray_length) const {
  batch.ray_length.v[lane] = ray_length;
  batch.footprint.v[lane] = path.radius + path.spread * ray_length;
  batch.ray_depth.v[lane] = path.bounces;
  batch.diffuse_depth.v[lane] = path.diffuse;
  batch.glossy_depth.v[lane] = path.glossy;
  batch.transmission_depth.v[lane] = path.transmission;
  batch.transparent_depth.v[lane] = path.transparent;
  batch.ray_flags[lane] = path.ray_flags;
  batch.seed[lane] = combine_bits(path.sampler.sample_seed(), path.event);
  batch.closures[lane].clear();
}

void Integrator::filter_closures(const PathState& path, ClosureSet& closures) const {
  // Light that a diffuse surface would receive by way of glossy ones: the caustics that can be
  // switched off.
  if ((path.ray_flags & shading::ray_diffuse) &&
      !(settings_.caustics_reflective && settings_.caustics_refractive)) {
    int kept = 0;
    for (int i = 0; i < closures.count; ++i) {
      const ScatterKind kind = shading::scatter_kind(closures.closures[i]);
      const bool is_caustic = (kind == ScatterKind::Glossy && !settings_.caustics_reflective) ||
                              (kind == ScatterKind::Transmission && !settings_.caustics_refractive);
      if (!is_caustic) {
        closures.closures[kept++] = closures.closures[i];
      }
    }
    closures.count = kept;
  }
  // Blurs glossy surfaces behind unlikely bounces, so that they are found at all.
  if (settings_.blur_glossy > 0.0f && path.bounces > 0) {
    const float blur_pdf = path.smallest_pdf / settings_.blur_glossy;
    if (blur_pdf < 1.0f) {
      const float least = 0.5f * std::sqrt(1.0f - blur_pdf);
      for (int i = 0; i < closures.count; ++i) {
        Closure& c = closures.closures[i];
        if (shading::scatter_kind(c) != ScatterKind::Diffuse &&
            c.kind != shading::ClosureKind::ToonGlossy) {
          if (c.kind == shading::ClosureKind::SharpReflection) {
            c.kind = shading::ClosureKind::Microfacet;
          } else if (c.kind == shading::ClosureKind::SharpRefraction) {
            c.kind = shading::ClosureKind::MicrofacetRefraction;
          }
          c.alpha_x = std::max(c.alpha_x, least);
          c.alpha_y = std::max(c.alpha_y, least);
        }
      }
    }
  }
}

void Integrator::shade(const int* order, int count, int material, Memory& memory) const {
  ShadingBatch& batch = memory.surface.batch;
  batch.count = count;
  batch.geometry = &geometry_;
  batch.is_background = false;
  for (int lane = 0; lane < count; ++lane) {
    const PathState& path = memory.paths[order[lane]];
    const TraceHit& hit = memory.hits[path.slot];
    geometry_.fill_point(hit, {path.origin, path.direction, path.length, path.time, 0u}, batch,
                         lane);
    fill_path_lanes(path, batch, lane, hit.distance);
    batch.material[lane] = material;
    memory.lane_slots[lane] = path.slot;
  }
  const shading::Material* shader =
      material < 0 ? nullptr : scene_.materials[material].shader.get();
  if (shader) {
    // Where nothing but light that is met counts, nothing else is computed.
    bool all_end = true;
    for (int lane = 0; lane < count && all_end; ++lane) {
      all_end = memory.paths[order[lane]].ends_at_surface;
    }
    if (!all_end) {
      shader->surface.run(batch, memory.surface.workspace);
    } else {
      shader->emission.run(batch, memory.surface.workspace);
      shader->transparency.run(batch, memory.surface.workspace);
    }
  }

  for (int lane = 0; lane < count; ++lane) {
    PathState& path = memory.paths[order[lane]];
    ClosureSet& closures = batch.closures[lane];
    const TraceHit& hit = memory.hits[path.slot];
    float* out = memory.sample(path.slot);
    Memory::Choice& choice = memory.choices[lane];
    choice = {};

    const InstanceData& instance = geometry_.instance(hit.instance);
    const bool is_held_out = instance.source->is_holdout && (path.ray_flags & shading::ray_camera);
    if (is_held_out) {
      closures.holdout = 1.0f - saturate(mean(closures.transparency));
      closures.count = 0;
      closures.emission = {};
    }
    if (closures.holdout > 0.0f && path.sees_background) {
      out[3] += mean(path.throughput) * closures.holdout;
    }

    if (!is_black(closures.emission)) {
      const float weight =
          path.was_delta
              ? 1.0f
              : met_weight(path, lights_.triangle_pdf(hit, path.scatter_point, path.direction,
                                                      path.travelled + hit.distance, path.time));
      add_light(path, out, path.throughput * closures.emission * weight, path.bounces - 1,
                PassKind::Emission, instance.source->lightgroup);
    }

    filter_closures(path, closures);
    choice.total = total_sample_weight(closures);
    const float transparency = mean(closures.transparency);
    if (layout_.has_mattes() && (path.ray_flags & shading::ray_camera)) {
      write_mattes(path, hit.instance, material, 1.0f - saturate(transparency), out);
    }
    if (layout_.has(PassKind::AmbientOcclusion) && (path.ray_flags & shading::ray_camera) &&
        transparency < 1.0f) {
      sample_occlusion(path, batch, lane, memory);
    }
    if (layout_.has(PassKind::Shadow) && (path.ray_flags & shading::ray_camera)) {
      sample_shadow(path, batch, lane, memory);
    }
    if (layout_.has_surface_passes() && !path.has_surface_passes &&
        (path.ray_flags & shading::ray_camera) &&
        1.0f - transparency > settings_.pass_alpha_threshold) {
      write_surface_passes(path, hit, batch, lane, out);
      path.has_surface_passes = true;
    }
    if (path.ends_at_surface) {
      closures.count = 0;
      choice.total = 0.0f;
    }
    if (settings_.fast_gi == FastGi::Add && choice.total > 0.0f) {
      sample_open_sky(path, batch, lane, memory);
    }
    if (choice.total + transparency <= 0.0f) {
      choice.is_done = true;
      continue;
    }
  }
  sample_lights(memory, count);

  for (int lane = 0; lane < count; ++lane) {
    if (memory.choices[lane].is_done) {
      continue;
    }
    PathState& path = memory.paths[order[lane]];
    if (continue_path(path, batch, lane, memory)) {
      ++path.event;
      memory.next.push_back(path.slot);
    }
  }
}

void Integrator::write_vector(const TraceHit& hit, float3 position, float* out) const {
  const InstanceData& instance = geometry_.instance(hit.instance);
  const auto pixel = [&](const CameraModel& camera, float3 point) {
    const float2 share = camera.project(point);
    return float2{share.x * float(settings_.width), share.y * float(settings_.height)};
  };
  // Displacement moves along: what counts is how the mesh itself moves.
  const TraceMesh& mesh = scene_.meshes[std::size_t(instance.source->mesh)];
  const float3 local = transform_point(instance.to_object, position);
  // Where the same point is a frame before, and after, on the picture of then.
  const auto place = [&](std::size_t step) {
    float3 then = local;
    if (mesh.vector_positions.size() == 2) {
      const int3 corner = mesh.triangles[std::size_t(hit.primitive)];
      const Array<float3>& other = mesh.vector_positions[step];
      const auto moved = [&](int vertex) {
        return other[std::size_t(vertex)] - mesh.positions[std::size_t(vertex)];
      };
      then += moved(corner.x) * (1.0f - hit.u - hit.v) + moved(corner.y) * hit.u +
              moved(corner.z) * hit.v;
    }
    const TraceInstance& source = *instance.source;
    const float4x4& matrix =
        source.vector_matrices.size() == 2 ? source.vector_matrices[step] : instance.to_world;
    return pixel(vector_cameras_[step], transform_point(matrix, then));
  };
  const float2 now = pixel(camera_, position), before = place(0), after = place(1);
  out[0] += before.x - now.x;
  out[1] += before.y - now.y;
  out[2] += now.x - after.x;
  out[3] += now.y - after.y;
}

void Integrator::write_surface_passes(PathState& path, const TraceHit& hit, ShadingBatch& batch,
                                      int lane, float* out) const {
  const auto put = [&](PassKind kind, float3 value) {
    if (const int at = layout_.offset(kind); at >= 0) {
      for (int k = 0; k < 3; ++k) {
        out[at + k] += value[k];
      }
    }
  };
  const auto put_number = [&](PassKind kind, float value) {
    if (const int at = layout_.offset(kind); at >= 0) {
      out[at] += value;
    }
  };
  const float3 position = batch.position.get(lane);
  const ClosureSet& closures = batch.closures[lane];
  const InstanceData& instance = geometry_.instance(batch.instance[lane]);
  const float depth = dot(position - camera_.position(), camera_.forward());
  if (path.is_first_sample) {
    put_number(PassKind::Depth, depth);
    put(PassKind::Position, position);
    put_number(PassKind::ObjectIndex, instance.source->object_index);
    put_number(PassKind::MaterialIndex,
               batch.material[lane] < 0 ? 0.0f : scene_.materials[batch.material[lane]].index);
  }
  put(PassKind::Normal, batch.normal.get(lane));
  if (layout_.has(PassKind::UV)) {
    shading::Lane3 uv;
    shading::Lane alpha;
    ShadingBatch& b = batch;
    geometry_.attribute(b, "", shading::Shift::None, uv, alpha);
    put(PassKind::UV, {uv.x.v[lane], uv.y.v[lane], alpha.v[lane] > 0.0f ? 1.0f : 0.0f});
  }
  if (layout_.has(PassKind::Mist)) {
    const TraceWorld& world = scene_.world;
    const float reach = saturate((depth - world.mist_start) / std::max(world.mist_depth, 1e-6f));
    put_number(PassKind::Mist,
               std::pow(reach, world.mist_falloff) * (1.0f - mean(closures.transparency)));
  }
  float3 colors[3];
  for (int i = 0; i < closures.count; ++i) {
    const Closure& c = closures.closures[i];
    colors[int(shading::scatter_kind(c))] += shading::closure_albedo(c, batch.incoming.get(lane));
  }
  if (const int at = layout_.feature_offset(); at >= 0) {
    const float3 albedo = colors[0] + colors[1] + colors[2] + closures.emission;
    const float3 n = batch.normal.get(lane);
    for (int k = 0; k < 3; ++k) {
      out[at + k] = std::min(albedo[k], 1.0f);
      out[at + 3 + k] = n[k];
    }
    out[at + 6] = std::log1p(std::max(depth, 0.0f));
  }
  if (const int at = layout_.offset(PassKind::Vector); at >= 0 && !vector_cameras_.empty()) {
    write_vector(hit, position, out + at);
  }
  if (layout_.has(PassKind::DenoisingAlbedo) || layout_.has(PassKind::DenoisingNormal) ||
      layout_.has(PassKind::DenoisingDepth)) {
    const float3 albedo = colors[0] + colors[1] + colors[2] + closures.emission;
    const float3 n = transform_direction(camera_.world_to_camera(), batch.normal.get(lane));
    put(PassKind::DenoisingAlbedo,
        {std::min(albedo.x, 1.0f), std::min(albedo.y, 1.0f), std::min(albedo.z, 1.0f)});
    put(PassKind::DenoisingNormal, {n.x, n.y, -n.z});
    put_number(PassKind::DenoisingDepth, depth);
  }
  put(PassKind::DiffuseColor, colors[0]);
  put(PassKind::GlossyColor, colors[1]);
  put(PassKind::TransmissionColor, colors[2]);
}

void Integrator::write_mattes(const PathState& path, int instance, int material, float coverage,
                              float* out) const {
  const float weight = mean(path.throughput) * coverage;
  const auto put = [&](PassKind kind, float id) {
    if (layout_.has(kind)) {
      cryptomatte::add(layout_.matte(kind, out), id, weight);
    }
  };
  put(PassKind::CryptomatteObject, object_names_[std::size_t(instance)]);
  put(PassKind::CryptomatteAsset, asset_names_[std::size_t(instance)]);
  if (material >= 0) {
    put(PassKind::CryptomatteMaterial, material_names_[std::size_t(material)]);
  }
}

void Integrator::sample_occlusion(const PathState& path, const ShadingBatch& batch, int lane,
                                  Memory& memory) const {
  const float3 normal = batch.normal.get(lane), geometric = batch.geometric_normal.get(lane);
  // A pair of numbers of its own, far from those of camera and events.
  const float3 local = sample_cosine_hemisphere(path.sampler.pair(0x10000u + path.event));
  float3 tangent, bitangent;
  make_basis(normal, tangent, bitangent);
  const float3 direction = tangent * local.x + bitangent * local.y + normal * local.z;
  if (dot(direction, geometric) * dot(batch.incoming.get(lane), geometric) <= 0.0f) {
    return;
  }
  ShadowRay shadow;
  shadow.into = layout_.offset(PassKind::AmbientOcclusion);
  shadow.light = path.throughput * (float3{1, 1, 1} - batch.closures[lane].transparency);
  shadow.ray.origin = offset_from_surface(batch.position.get(lane), geometric, direction);
  shadow.ray.direction = direction;
  shadow.ray.time = path.time;
  shadow.ray.length = scene_.world.occlusion_distance;
  shadow.slot = path.slot;
  shadow.ray_flags = shading::ray_shadow;
  shadow.ray_depths[0] = path.bounces;
  memory.shadows.push_back(shadow);
}

void Integrator::sample_open_sky(const PathState& path, const ShadingBatch& batch, int lane,
                                 Memory& memory) const {
  const float3 geometric = batch.geometric_normal.get(lane), wo = batch.incoming.get(lane);
  const ClosureSet& closures = batch.closures[lane];
  // One diffuse closure is picked by its weight; its albedo stands for how it scatters.
  float total = 0.0f;
  for (int i = 0; i < closures.count; ++i) {
    if (shading::scatter_kind(closures.closures[i]) == ScatterKind::Diffuse) {
      total += closures.closures[i].sample_weight;
    }
  }
  if (!(total > 0.0f)) {
    return;
  }
  float choice = path.sampler.pair(0x50000u + path.event).x * total;
  const Closure* picked = nullptr;
  for (int i = 0; i < closures.count; ++i) {
    const Closure& c = closures.closures[i];
    if (shading::scatter_kind(c) == ScatterKind::Diffuse && (!picked || choice >= 0.0f)) {
      picked = &c;
      choice -= c.sample_weight;
    }
  }
  const float3 normal =
      picked->kind == shading::ClosureKind::Translucent ? -picked->normal : picked->normal;
  const float3 local = sample_cosine_hemisphere(path.sampler.pair(0x40000u + path.event));
  float3 tangent, bitangent;
  make_basis(normal, tangent, bitangent);
  const float3 direction = tangent * local.x + bitangent * local.y + normal * local.z;
  if (dot(direction, geometric) * dot(normal, geometric) <= 0.0f) {
    return;
  }
  ShadowRay shadow;
  shadow.light = path.throughput * shading::closure_albedo(*picked, wo) *
                 (scene_.world.occlusion_factor * total / picked->sample_weight);
  shadow.lightgroup = scene_.world.lightgroup;
  shadow.diffuse = path.bounces == 0 ? shadow.light : shadow.light * path.diffuse_share;
  shadow.glossy = path.bounces == 0 ? float3{} : shadow.light * path.glossy_share;
  shadow.ray.origin = offset_from_surface(batch.position.get(lane), geometric, direction);
  shadow.ray.direction = direction;
  shadow.ray.time = path.time;
  shadow.ray.length = scene_.world.occlusion_distance;
  shadow.slot = path.slot;
  shadow.bounces = path.bounces;
  shadow.ray_flags = shading::ray_shadow;
  shadow.ray_depths[0] = path.bounces;
  shadow.ray_depths[1] = path.diffuse;
  shadow.ray_depths[2] = path.glossy;
  shadow.ray_depths[3] = path.transmission;
  memory.shadows.push_back(shadow);
}

void Integrator::sample_shadow(const PathState& path, const ShadingBatch& batch, int lane,
                               Memory& memory) const {
  const std::vector<LampModel>& lamps = lights_.lamps();
  const float total = memory.choices[lane].total;
  if (lamps.empty() || !(total > 0.0f)) {
    return;
  }
  // All lamps count alike, however bright they are.
  const float choice = path.sampler.pair(0x20000u + path.event).x;
  const std::size_t at = std::min(std::size_t(choice * float(lamps.size())), lamps.size() - 1);
  const float3 position = batch.position.get(lane), normal = batch.geometric_normal.get(lane);
  const LampSample light = lamps[at].sample(position, path.sampler.pair(0x30000u + path.event));
  if (!(light.pdf > 0.0f) || is_black(light.radiance) ||
      is_black(evaluate_surface(batch.closures[lane], normal, batch.normal.get(lane),
                                batch.incoming.get(lane), light.direction, total)
                   .sum())) {
    return;
  }
  ShadowRay shadow;
  shadow.into = layout_.offset(PassKind::Shadow);
  shadow.light = path.throughput * (float3{1, 1, 1} - batch.closures[lane].transparency);
  shadow.ray.origin = offset_from_surface(position, normal, light.direction);
  shadow.ray.direction = light.direction;
  shadow.ray.time = path.time;
  shadow.ray.length = light.distance < 1e29f ? light.distance * (1.0f - 1e-4f) : 1e30f;
  shadow.slot = path.slot;
  shadow.ray_flags = shading::ray_shadow;
  shadow.ray_depths[0] = path.bounces;
  if (lamps[at].source().casts_shadow) {
    memory.shadows.push_back(shadow);
  } else {
    receive(shadow, memory);
  }
}

bool Integrator::continue_path(PathState& path, ShadingBatch& batch, int lane,
                               Memory& memory) const {
  const ClosureSet& closures = batch.closures[lane];
  const TraceHit& hit = memory.hits[path.slot];
  const float3 position = batch.position.get(lane), normal = batch.geometric_normal.get(lane);
  const float transparency = mean(closures.transparency), total = memory.choices[lane].total;
  float choice = event_random(path, pair_choices).y;

  // Straight on through what is transparent.
  const float straight = transparency / (transparency + total);
  if (choice < straight) {
    if (path.transparent >= settings_.transparent_max_bounces + 1) {
      return false;
    }
    ++path.transparent;
    path.throughput *= closures.transparency * (1.0f / straight);
    path.origin = offset_from_surface(position, normal, path.direction);
    path.travelled += hit.distance;
    path.camera_distance += hit.distance;
    if (path.length < 1e29f) {
      path.length -= hit.distance;
    }
    path.radius += path.spread * hit.distance;
    if (path.transparent > settings_.min_transparent_bounces) {
      const float survival = std::min(std::sqrt(max_component(path.throughput)), 1.0f);
      if (survival < 1.0f) {
        if (event_random(path, pair_roulette).x >= survival) {
          return false;
        }
        path.throughput = path.throughput * (1.0f / survival);
      }
    }
    return true;
  }

  // One closure draws a direction, all of them weigh it.
  choice = (choice - straight) / (1.0f - straight) * total;
  int picked = 0;
  while (picked + 1 < closures.count && choice >= closures.closures[picked].sample_weight) {
    choice -= closures.closures[picked].sample_weight;
    ++picked;
  }
  const Closure& c = closures.closures[picked];
  const float3 wo = batch.incoming.get(lane);
  const BsdfSample sample = shading::sample_closure(c, normal, wo, event_random(path, pair_bsdf));
  if (!(sample.pdf > 0.0f)) {
    return false;
  }
  SurfaceValue value;
  value.pdf = sample.pdf * c.sample_weight / total;
  value.of(shading::scatter_kind(c)) =
      c.weight * sample.value *
      bump_shadowing(c, normal, batch.normal.get(lane), wo, sample.direction);
  if (!sample.is_delta && closures.count > 1) {
    const SurfaceValue others =
        evaluate_surface(closures, normal, batch.normal.get(lane), wo, sample.direction, total, &c);
    value.diffuse += others.diffuse;
    value.glossy += others.glossy;
    value.transmission += others.transmission;
    value.pdf += others.pdf;
  }
  const float3 sum = value.sum();
  const float scale = 1.0f / (value.pdf * (1.0f - straight));
  if (is_black(sum) || !is_finite(sum) || !(value.pdf > 0.0f)) {
    return false;
  }
  if (path.bounces == 0 && layout_.has_light_passes()) {
    for (int k = 0; k < 3; ++k) {
      path.diffuse_share[k] = sum[k] > 0.0f ? value.diffuse[k] / sum[k] : 0.0f;
      path.glossy_share[k] = sum[k] > 0.0f ? value.glossy[k] / sum[k] : 0.0f;
    }
  }
  path.throughput *= sum * scale;

  // A short last bounce: what it meets ends it, and else it sees the background.
  path.finds_background_alone = is_last_before_sky(path) && has_diffuse(closures);
  path.is_short = path.finds_background_alone && shading::scatter_kind(c) == ScatterKind::Diffuse;

  // Bounce limits: a path that passes one may still meet light, as light samples would have found
  // it.
  ++path.bounces;
  path.ends_at_surface = path.bounces > settings_.max_bounces;
  path.ray_flags = 0;
  if (sample.is_transmitted) {
    path.ray_flags = shading::ray_transmission;
    path.ends_at_surface =
        path.ends_at_surface || ++path.transmission > settings_.transmission_bounces;
  } else if (sample.kind == ScatterKind::Diffuse) {
    path.ray_flags = shading::ray_diffuse | shading::ray_reflection;
    path.ends_at_surface = path.ends_at_surface || ++path.diffuse > settings_.diffuse_bounces;
  } else {
    path.ray_flags = shading::ray_glossy | shading::ray_reflection;
    path.ends_at_surface = path.ends_at_surface || ++path.glossy > settings_.glossy_bounces;
  }
  if (sample.is_delta) {
    path.ray_flags |= shading::ray_singular;
  }
  if (path.sees_background) {
    path.sees_background = settings_.film_transparent_glass && sample.is_transmitted &&
                           sample.roughness <= settings_.film_transparent_roughness;
  }
  if (path.bounces > settings_.min_light_bounces + 1) {
    const float survival = std::min(std::sqrt(max_component(path.throughput)), 1.0f);
    if (survival < 1.0f) {
      if (!(event_random(path, pair_roulette).x < survival)) {
        return false;
      }
      path.throughput = path.throughput * (1.0f / survival);
    }
  }
  path.was_delta = sample.is_delta;
  path.bsdf_pdf = value.pdf;
  if (!sample.is_delta) {
    path.smallest_pdf = std::min(path.smallest_pdf, value.pdf);
  }
  path.scatter_point = position;
  path.origin = offset_from_surface(position, normal, sample.direction);
  path.direction = sample.direction;
  path.length = 1e30f;
  if (path.is_short) {
    const float own = geometry_.instance(hit.instance).source->occlusion_distance;
    path.length = own > 0.0f ? own : scene_.world.occlusion_distance;
    path.ends_at_surface = true;
  }
  path.camera_distance += hit.distance;
  path.radius += path.spread * hit.distance;
  path.spread = std::max(path.spread, 0.1f * sample.roughness * sample.roughness);
  path.travelled = 0.0f;
  return true;
}

}  // namespace kiln::render
