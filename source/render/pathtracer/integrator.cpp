// Waves of paths: where they start, how they go on together, what they leave on the film.
#include "render/pathtracer/cryptomatte.h"
#include "render/pathtracer/integrator_parts.h"

namespace kiln::render {

using shading::batch_size;

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
      filter_(settings.filter, settings.filter_width) {
  if (layout.has(PassKind::Vector) && !settings.use_motion_blur) {
    for (std::size_t step = 0; step < 2; ++step) {
      TraceCamera then = scene.camera;
      if (then.vector_matrices.size() == 2) {
        then.matrix = then.vector_matrices[step];
      }
      vector_cameras_.emplace_back(then, settings);
    }
  }
  if (!layout.has_mattes()) {
    return;
  }
  for (const TraceInstance& instance : scene.instances) {
    object_names_.push_back(cryptomatte::identifier(instance.name));
    asset_names_.push_back(cryptomatte::identifier(instance.asset_name));
  }
  for (const TraceMaterial& material : scene.materials) {
    material_names_.push_back(cryptomatte::identifier(material.name));
  }
}

Sampler Integrator::sampler_of(std::uint32_t x, std::uint32_t y, int sample) const {
  return {settings_.sampling, mix_bits(settings_.seed ^ 0x1b873593u),
          pixel_seed(x, y, settings_.seed), std::uint32_t(sample)};
}

void Integrator::start_path(int x, int y, int sample, PathState& path) const {
  path = PathState{};
  path.sampler = sampler_of(std::uint32_t(x), std::uint32_t(y), sample);
  const float2 offset = filter_.sample(path.sampler.pair(pair_filter));
  const float2 lens = path.sampler.pair(pair_lens);
  path.time = 0.5f;
  if (settings_.use_motion_blur) {
    const float row = 1.0f - (float(y) + 0.5f) / float(settings_.height);
    float share = path.sampler.pair(pair_time).x;
    if (const std::vector<float>& times = settings_.shutter_times; times.size() > 1) {
      const float at = share * float(times.size() - 1);
      const std::size_t i = std::min(std::size_t(at), times.size() - 2);
      share = lerp(times[i], times[i + 1], at - float(i));
    }
    path.time = lerp(row, share, settings_.row_exposure);
  }
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
          layout_.add(out, sample);
        }
      }
    }
    for (int p = begin; p < end; ++p) {
      const std::span<float> out = film.pixel(pixels[p].x, pixels[p].y);
      layout_.add(out.data(), pixel_sums.data() + std::size_t(p - begin) * stride);
      film.samples(pixels[p].x, pixels[p].y) += count;
    }
  }
}

TraceHit Integrator::start_on_surface(const SurfacePoint& point, int index, int sample,
                                      PathState& path) const {
  path = PathState{};
  path.sampler = sampler_of(std::uint32_t(index), 0, sample);
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
          layout_.add(sum.data(), sample);
        }
        const std::span<float> out = film.pixel(p, 0);
        layout_.add(out.data(), sum.data());
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
  if (const int squares = layout_.feature_square_offset(); squares >= 0) {
    const float* features = sample + layout_.feature_offset();
    for (int i = 0; i < DenoiseInput::feature_count; ++i) {
      sample[squares + i] = features[i] * features[i];
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

}  // namespace kiln::render
