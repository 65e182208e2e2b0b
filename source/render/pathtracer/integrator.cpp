#include "render/pathtracer/integrator.h"

#include <algorithm>

#include "render/shading/nodes/closure_node.h"
#include "render/shading/sampling.h"

namespace kiln::render {

using shading::batch_size;
using shading::BsdfSample;
using shading::BsdfValue;
using shading::Closure;
using shading::ClosureSet;
using shading::ScatterKind;
using shading::ShadingBatch;

namespace {

/// Random numbers of a path: pairs of dimensions by purpose.
enum CameraPair : std::uint32_t { pair_filter, pair_lens, pair_time, pairs_of_camera };
enum EventPair : std::uint32_t {
  pair_bsdf,
  pair_light,
  pair_choices,
  pair_roulette,
  pairs_of_event
};

float2 event_random(const PathState& path, EventPair pair) {
  return path.sampler.pair(pairs_of_camera + path.event * pairs_of_event + pair);
}

/// The rays an object or light must be visible to, as bits of the ray mask.
std::uint32_t ray_mask(std::uint32_t flags) {
  if (flags & shading::ray_camera) {
    return mask_camera;
  }
  if (flags & shading::ray_transmission) {
    return mask_transmission;
  }
  return flags & shading::ray_diffuse ? mask_diffuse : mask_glossy;
}

bool is_visible(const RayVisibility& visibility, std::uint32_t flags) {
  switch (ray_mask(flags)) {
    case mask_camera:
      return visibility.camera;
    case mask_transmission:
      return visibility.transmission;
    case mask_diffuse:
      return visibility.diffuse;
    default:
      return visibility.glossy;
  }
}

bool is_visible(const RayVisibility& visibility, ScatterKind kind) {
  switch (kind) {
    case ScatterKind::Diffuse:
      return visibility.diffuse;
    case ScatterKind::Glossy:
      return visibility.glossy;
    case ScatterKind::Transmission:
      return visibility.transmission;
  }
  return true;
}

/// Values of all closures of a point for one direction, by kind.
struct SurfaceValue {
  float3 diffuse, glossy, transmission;
  float pdf = 0.0f;
  float3 sum() const { return diffuse + glossy + transmission; }
  float3& of(ScatterKind kind) {
    return kind == ScatterKind::Diffuse  ? diffuse
           : kind == ScatterKind::Glossy ? glossy
                                         : transmission;
  }
};

/// How much light a diffuse closure with a bent normal takes from `wi`: it fades out toward the
/// horizon of the unbent surface, where it would end in a hard line. M. J.-Y. Chiang, Y. K. Li, B.
/// Burley, "Taming the shadow terminator", SIGGRAPH 2019 talks.
float bump_shadowing(const Closure& closure, float3 geometric_normal, float3 surface_normal,
                     float3 wo, float3 wi) {
  const auto is_same = [&](float3 n) { return dot(closure.normal, n) > 0.99999f; };
  if (shading::scatter_kind(closure) != ScatterKind::Diffuse || is_same(surface_normal) ||
      is_same(shading::valid_normal(geometric_normal, wo, surface_normal))) {
    return 1.0f;
  }
  const bool is_transmitted = closure.kind == shading::ClosureKind::Translucent;
  const float3 n = is_transmitted ? -surface_normal : surface_normal;
  const float across = dot(n, wi), bent = std::abs(dot(closure.normal, wi));
  const float turn = std::abs(dot(n, closure.normal));
  if (across <= 0.0f) {
    return 0.0f;
  }
  const float g = bent * turn > 0.0f ? std::min(across / (bent * turn), 1.0f) : 1.0f;
  return -g * g * g + g * g + g;
}

SurfaceValue evaluate_surface(const ClosureSet& closures, float3 geometric_normal,
                              float3 surface_normal, float3 wo, float3 wi, float total_weight,
                              const Closure* except = nullptr) {
  SurfaceValue value;
  for (int i = 0; i < closures.count; ++i) {
    const Closure& c = closures.closures[i];
    if (&c == except) {
      continue;
    }
    const BsdfValue v = shading::evaluate_closure(c, geometric_normal, wo, wi);
    if (v.pdf > 0.0f) {
      value.of(shading::scatter_kind(c)) +=
          c.weight * v.value * bump_shadowing(c, geometric_normal, surface_normal, wo, wi);
      value.pdf += v.pdf * c.sample_weight / total_weight;
    }
  }
  return value;
}

float total_sample_weight(const ClosureSet& closures) {
  float total = 0.0f;
  for (int i = 0; i < closures.count; ++i) {
    total += closures.closures[i].sample_weight;
  }
  return total;
}

}  // namespace

/// Light on its way to a shading point, if nothing is in between.
struct Integrator::ShadowRay {
  TraceRay ray;
  float3 light;            // arrives at the camera if the way is free
  float3 surface;          // share of the light's radiance that the surface hands on
  float3 diffuse, glossy;  // the parts of it by kind, where passes want them
  int slot = 0;
  std::uint16_t bounces = 0;
  std::uint16_t passed = 0;  // transparent surfaces met
  std::uint32_t ray_flags = 0;
  float roulette = 0.0f;     // decides on weak light
  float ray_depths[4] = {};  // all, diffuse, glossy, transmission
};

struct Integrator::Memory {
  ShaderScratch surface;  // the points being shaded
  ShaderScratch aside;    // emission, background and transparency in between
  std::vector<PathState> paths;
  std::vector<float> samples;  // stride floats a path
  std::vector<TraceRay> rays;
  std::vector<TraceHit> hits;  // by slot
  std::vector<int> active, next, order;
  std::vector<std::pair<int, int>> keys;
  std::vector<int> missed;
  std::vector<ShadowRay> shadows;
  struct PendingLight {
    ShadowRay shadow;
    LightSample light;
    std::uint32_t ray_flags = 0;
  };
  std::vector<PendingLight> pending;  // light samples whose radiance a shader must tell
  struct Choice {
    bool is_done = false;  // the path goes straight on or ends here
    float total = 0.0f;
  };
  Choice choices[batch_size];
  int lane_slots[batch_size];  // paths of the points being shaded
  int stride = 0;
  bool starts_on_surfaces = false;  // the first hits are there already
  float* sample(int slot) { return samples.data() + std::size_t(slot) * stride; }
};

void Integrator::MemoryDeleter::operator()(Memory* memory) const {
  delete memory;
}

Integrator::MemoryPointer Integrator::make_memory() const {
  MemoryPointer memory(new Memory);
  memory->stride = layout_.stride();
  memory->rays.resize(wave_size);
  memory->hits.resize(wave_size);
  return memory;
}

Integrator::Integrator(const TraceScene& scene, const RenderSettings& settings,
                       const SceneGeometry& geometry, const CameraModel& camera,
                       const LightSet& lights, const FilmLayout& layout)
    : scene_(scene),
      settings_(settings),
      geometry_(geometry),
      camera_(camera),
      lights_(lights),
      layout_(layout),
      filter_(settings.filter, settings.filter_width) {}

void Integrator::start_path(int x, int y, int sample, PathState& path) const {
  path = PathState{};
  path.sampler = Sampler(pixel_seed(std::uint32_t(x), std::uint32_t(y), settings_.seed),
                         std::uint32_t(sample));
  const float2 offset = filter_.sample(path.sampler.pair(pair_filter));
  const float2 lens = path.sampler.pair(pair_lens);
  path.time = settings_.use_motion_blur ? path.sampler.pair(pair_time).x : 0.5f;
  const CameraRay ray =
      camera_.ray(float(x) + 0.5f + offset.x, float(y) + 0.5f + offset.y, lens, path.time);
  path.origin = path.scatter_point = ray.origin;
  path.direction = ray.direction;
  path.length = ray.length;
  path.radius = ray.radius;
  path.spread = ray.spread;
  path.camera_distance = ray.clip_offset;
  path.is_first_sample = sample == 0;
  path.sees_background = settings_.film_transparent;
}

void Integrator::render_tile(const Tile& tile, int first, int count, Film& film, Memory& memory,
                             std::span<const std::uint8_t> active) const {
  const int stride = memory.stride;
  const int pixels_per_wave = std::max(wave_size / count, 1);
  std::vector<int2> pixels;
  for (int y = tile.y0; y < tile.y1; ++y) {
    for (int x = tile.x0; x < tile.x1; ++x) {
      if (active.empty() || active[std::size_t(y) * std::size_t(film.width()) + std::size_t(x)]) {
        pixels.push_back({x, y});
      }
    }
  }
  for (int begin = 0; begin < int(pixels.size()); begin += pixels_per_wave) {
    const int end = std::min(begin + pixels_per_wave, int(pixels.size()));
    // A pixel's samples must fit into a wave; larger chunks are cut in the same way everywhere.
    std::vector<float> pixel_sums(std::size_t(end - begin) * stride, 0.0f);
    for (int s = 0; s < count; s += wave_size) {
      const int samples = std::min(count - s, int(wave_size));
      memory.paths.clear();
      for (int p = begin; p < end; ++p) {
        for (int k = 0; k < samples; ++k) {
          PathState& path = memory.paths.emplace_back();
          start_path(pixels[p].x, pixels[p].y, first + s + k, path);
          path.slot = std::uint16_t(memory.paths.size() - 1);
        }
      }
      memory.samples.assign(memory.paths.size() * stride, 0.0f);
      trace_wave(memory);
      for (int p = begin; p < end; ++p) {
        float* out = pixel_sums.data() + std::size_t(p - begin) * stride;
        for (int k = 0; k < samples; ++k) {
          float* sample = memory.sample((p - begin) * samples + k);
          measure_noise(first + s + k, sample);
          for (int i = 0; i < stride; ++i) {
            out[i] += sample[i];
          }
        }
      }
    }
    for (int p = begin; p < end; ++p) {
      const std::span<float> out = film.pixel(pixels[p].x, pixels[p].y);
      for (int i = 0; i < stride; ++i) {
        out[i] += pixel_sums[std::size_t(p - begin) * stride + i];
      }
      film.samples(pixels[p].x, pixels[p].y) += count;
    }
  }
}

TraceHit Integrator::start_on_surface(const SurfacePoint& point, int index, int sample,
                                      PathState& path) const {
  path = PathState{};
  path.sampler =
      Sampler(pixel_seed(std::uint32_t(index), 0, settings_.seed), std::uint32_t(sample));
  // A single sample is taken in the middle.
  const float2 random = path.sampler.pair(pair_filter);
  const float2 offset =
      settings_.samples > 1 ? float2{random.x - 0.5f, random.y - 0.5f} : float2{0.0f, 0.0f};
  TraceHit hit;
  hit.instance = point.instance;
  hit.primitive = point.primitive;
  hit.u = std::max(point.weights.x + point.along_x.x * offset.x + point.along_y.x * offset.y, 0.0f);
  hit.v = std::max(point.weights.y + point.along_x.y * offset.x + point.along_y.y * offset.y, 0.0f);
  if (hit.u + hit.v > 1.0f) {
    const float scale = 1.0f / (hit.u + hit.v);
    hit.u *= scale;
    hit.v *= scale;
  }
  const TriangleShape s = geometry_.triangle(point.instance, point.primitive, 0.5f);
  const float3 e1 = s.b - s.a, e2 = s.c - s.a;
  const float3 across = e1 * point.along_x.x + e2 * point.along_x.y;
  const float3 up = e1 * point.along_y.x + e2 * point.along_y.y;
  const float3 position = s.a + e1 * hit.u + e2 * hit.v, normal = normalize(cross(e1, e2));
  hit.distance = 1e-3f;
  path.direction = -normal;
  path.origin = path.scatter_point = position + normal * hit.distance;
  path.time = 0.5f;
  path.radius = 0.5f * std::sqrt(length(cross(across, up)));
  path.is_first_sample = sample == settings_.sample_offset;
  return hit;
}

void Integrator::render_points(std::span<const SurfacePoint> points, int begin, int end, int first,
                               int count, Film& film, Memory& memory) const {
  const int stride = memory.stride;
  std::vector<float> sum(stride);
  const int at_a_time = std::max(wave_size / std::min(count, int(wave_size)), 1);
  for (; begin < end; begin += at_a_time) {
    const int until = std::min(begin + at_a_time, end);
    for (int s = 0; s < count; s += wave_size) {
      const int samples = std::min(count - s, int(wave_size));
      memory.paths.clear();
      for (int p = begin; p < until; ++p) {
        for (int k = 0; k < samples; ++k) {
          PathState& path = memory.paths.emplace_back();
          const auto slot = std::uint16_t(memory.paths.size() - 1);
          memory.hits[slot] = start_on_surface(points[p], p, first + s + k, path);
          path.slot = slot;
        }
      }
      memory.samples.assign(memory.paths.size() * stride, 0.0f);
      memory.starts_on_surfaces = true;
      trace_wave(memory);
      memory.starts_on_surfaces = false;
      for (int p = begin; p < until; ++p) {
        sum.assign(sum.size(), 0.0f);
        for (int k = 0; k < samples; ++k) {
          const float* sample = memory.sample((p - begin) * samples + k);
          for (int i = 0; i < stride; ++i) {
            sum[i] += sample[i];
          }
        }
        const std::span<float> out = film.pixel(p, 0);
        for (int i = 0; i < stride; ++i) {
          out[i] += sum[i];
        }
        film.samples(p, 0) += samples;
      }
    }
  }
}

void Integrator::measure_noise(int index, float* sample) const {
  if (const int half = layout_.half_offset(); half >= 0 && index % 2 == 0) {
    std::copy_n(sample, 3, sample + half);
  }
  if (const int square = layout_.square_offset(); square >= 0) {
    for (int c = 0; c < 3; ++c) {
      sample[square + c] = sample[c] * sample[c];
    }
  }
}

void Integrator::trace_wave(Memory& memory) const {
  memory.active.clear();
  for (const PathState& path : memory.paths) {
    if (path.length > 0.0f) {
      memory.active.push_back(path.slot);
    } else {
      memory.sample(path.slot)[3] += 1.0f;
    }
  }
  bool is_first = true;
  while (!memory.active.empty()) {
    const int count = int(memory.active.size());
    for (int i = 0; i < count; ++i) {
      const PathState& path = memory.paths[memory.active[i]];
      memory.rays[i] = {path.origin, path.direction, path.length, path.time,
                        ray_mask(path.ray_flags)};
    }
    if (is_first && memory.starts_on_surfaces) {
      is_first = false;
    } else if (is_first) {
      std::vector<TraceHit> hits(count);
      geometry_.intersect_coherent(memory.rays.data(), hits.data(), count);
      for (int i = 0; i < count; ++i) {
        memory.hits[memory.active[i]] = hits[i];
      }
      is_first = false;
    } else {
      for (int i = 0; i < count; ++i) {
        memory.hits[memory.active[i]] = geometry_.intersect(memory.rays[i]);
      }
    }

    // Light that is met on the way, and paths that leave the scene.
    memory.missed.clear();
    memory.keys.clear();
    for (const int slot : memory.active) {
      const TraceHit& hit = memory.hits[slot];
      if (lights_.has_lamps()) {
        meet_lamps(memory.paths[slot], hit.distance, memory);
      }
      if (hit.instance < 0) {
        memory.missed.push_back(slot);
      } else {
        memory.keys.push_back({geometry_.material_of(hit), slot});
      }
    }
    meet_background(memory);

    // Surfaces, material by material.
    std::sort(memory.keys.begin(), memory.keys.end());
    memory.next.clear();
    memory.order.clear();
    for (const auto& [material, slot] : memory.keys) {
      memory.order.push_back(slot);
    }
    for (std::size_t begin = 0; begin < memory.keys.size();) {
      std::size_t end = begin + 1;
      while (end < memory.keys.size() && end - begin < batch_size &&
             memory.keys[end].first == memory.keys[begin].first) {
        ++end;
      }
      shade(memory.order.data() + begin, int(end - begin), memory.keys[begin].first, memory);
      begin = end;
    }
    finish_light_samples(memory);
    trace_shadows(memory);
    std::swap(memory.active, memory.next);
  }
}

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

void Integrator::add_light(const PathState& path, float* out, float3 light, int bounces,
                           PassKind source) const {
  if (!is_finite(light)) {
    return;
  }
  light = clamp_light(light, bounces);
  for (int k = 0; k < 3; ++k) {
    out[k] += light[k];
  }
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

void Integrator::meet_lamps(const PathState& path, float distance, Memory& memory) const {
  if (path.ray_flags & shading::ray_camera) {
    return;
  }
  const float reach = distance >= 1e29f ? 1e30f : path.travelled + distance;
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
    float weight = 1.0f;
    if (!path.was_delta) {
      weight = power_heuristic(path.bsdf_pdf, found->pdf * lights_.lamp_choice(i));
    }
    add_light(path, memory.sample(path.slot), path.throughput * found->radiance * weight,
              path.bounces - 1, PassKind::Emission);
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
      if (path.sees_background) {
        out[3] += mean(path.throughput);
        continue;
      }
      if (!has_background || !is_visible(scene_.world.visibility, path.ray_flags)) {
        continue;
      }
      float weight = 1.0f;
      if (!path.was_delta) {
        const float pdf = lights_.background_pdf(path.direction);
        weight = pdf > 0.0f ? power_heuristic(path.bsdf_pdf, pdf) : 1.0f;
      }
      add_light(path, out, path.throughput * radiance[i] * weight, path.bounces - 1,
                PassKind::Environment);
    }
  }
}

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
      float weight = 1.0f;
      if (!path.was_delta) {
        const float pdf = lights_.triangle_pdf(hit, path.scatter_point, path.direction,
                                               path.travelled + hit.distance, path.time);
        if (pdf > 0.0f) {
          weight = power_heuristic(path.bsdf_pdf, pdf);
        }
      }
      add_light(path, out, path.throughput * closures.emission * weight, path.bounces - 1,
                PassKind::Emission);
    }

    filter_closures(path, closures);
    choice.total = total_sample_weight(closures);
    const float transparency = mean(closures.transparency);
    if (layout_.has_surface_passes() && !path.has_surface_passes &&
        (path.ray_flags & shading::ray_camera) && transparency < 0.5f) {
      write_surface_passes(path, batch, lane, out);
      path.has_surface_passes = true;
    }
    if (path.ends_at_surface) {
      closures.count = 0;
      choice.total = 0.0f;
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

void Integrator::write_surface_passes(PathState& path, ShadingBatch& batch, int lane,
                                      float* out) const {
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
  put(PassKind::DiffuseColor, colors[0]);
  put(PassKind::GlossyColor, colors[1]);
  put(PassKind::TransmissionColor, colors[2]);
}

void Integrator::sample_lights(Memory& memory, int count) const {
  if (lights_.empty()) {
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
        !light.is_delta &&
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
  const float3 light = clamp_light(shadow.light, shadow.bounces);
  for (int k = 0; k < 3; ++k) {
    out[k] += light[k];
  }
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
  path.camera_distance += hit.distance;
  path.radius += path.spread * hit.distance;
  path.spread = std::max(path.spread, 0.1f * sample.roughness * sample.roughness);
  path.travelled = 0.0f;
  return true;
}

}  // namespace kiln::render
