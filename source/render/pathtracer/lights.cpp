#include "render/pathtracer/lights.h"

#include <numeric>

#include "core/tasks.h"
#include "render/pathtracer/triangle_light.h"
#include "render/shading/sampling.h"

namespace kiln::render {
namespace {

using shading::batch_size;

float2 direction_to_map(float3 d) {
  const float u = (std::atan2(d.y, d.x) + pi) * (0.5f * inverse_pi);
  const float v = std::acos(std::clamp(-d.z, -1.0f, 1.0f)) * inverse_pi;
  return {u, v};
}

float3 map_to_direction(float2 at) {
  const float phi = at.x * 2.0f * pi - pi, theta = at.y * pi;
  const float s = std::sin(theta);
  return {s * std::cos(phi), s * std::sin(phi), -std::cos(theta)};
}

/// Share of the choices that goes to far lights (suns, background) where there are near ones too.
constexpr float distant_share = 0.5f;

}  // namespace

LightSet::LightSet(const TraceScene& scene, const SceneGeometry& geometry)
    : scene_(scene), geometry_(geometry), lamp_choice_(scene.lights.size(), 0.0f) {
  std::vector<float> weights;
  for (const TraceLight& light : scene.lights) {
    const int index = int(lamps_.size());
    lamps_.emplace_back(light);
    if (lamps_.back().power() > 0.0f) {
      entries_.push_back({LightSample::Source::Lamp, index, -1, -1, 0.0f});
      weights.push_back(lamps_.back().power());
    }
  }
  add_triangles(scene, weights);
  prepare_background(scene);
  if (background_entry_ == 0) {
    background_entry_ = int(entries_.size());
    entries_.push_back({LightSample::Source::Background, -1, -1, -1, 0.0f});
    weights.push_back(1.0f);
  }

  // Watts and W/m^2 cannot be compared: near and far lights share the choices, each group by its
  // own power. The background counts as much as all suns together.
  double near = 0.0, suns = 0.0;
  const auto is_sun = [&](const Entry& e) { return e.lamp >= 0 && lamps_[e.lamp].is_distant(); };
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (is_sun(entries_[i])) {
      suns += weights[i];
    } else if (entries_[i].source != LightSample::Source::Background) {
      near += weights[i];
    }
  }
  const bool has_background = background_entry_ >= 0;
  const double far_share = near > 0.0 ? distant_share : 1.0;
  const double sun_share = has_background ? 0.5 * far_share : far_share;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].source == LightSample::Source::Background) {
      weights[i] = float(suns > 0.0 ? 0.5 * far_share : far_share);
    } else if (is_sun(entries_[i])) {
      weights[i] = float(weights[i] / suns * sun_share);
    } else {
      const double share = suns > 0.0 || has_background ? 1.0 - distant_share : 1.0;
      weights[i] = float(weights[i] / near * share);
    }
  }
  if (!entries_.empty()) {
    choice_ = AliasTable(weights);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (entries_[i].lamp >= 0) {
        lamp_choice_[entries_[i].lamp] = choice_.probability(int(i));
      }
    }
  }
}

void LightSet::add_triangles(const TraceScene& scene, std::vector<float>& weights) {
  first_triangle_.assign(geometry_.instance_count(), -1);
  const auto scratch = std::make_unique<ShaderScratch>();
  for (int i = 0; i < geometry_.instance_count(); ++i) {
    const InstanceData& instance = geometry_.instance(i);
    bool shines = false;
    for (const int m : instance.materials) {
      const TraceMaterial& material = scene.materials[m];
      shines = shines || (material.is_sampled_as_light && material.shader &&
                          !material.shader->emission.empty());
    }
    if (!shines || !instance.mask) {
      continue;
    }
    const int count = int(instance.mesh->triangles.size());
    first_triangle_[i] = int(triangle_entries_.size());
    triangle_entries_.resize(triangle_entries_.size() + count, -1);
    std::vector<float> brightness(count, 0.0f);
    for (int t = 0; t < count; ++t) {
      const int m = geometry_.material_of({0.0f, 0.0f, 0.0f, i, t});
      const TraceMaterial& material = scene.materials[m];
      if (!material.is_sampled_as_light || !material.shader || material.shader->emission.empty()) {
        continue;
      }
      if (material.shader->has_constant_emission) {
        brightness[t] = max_component(material.shader->constant_emission);
        continue;
      }
      // A few points of the triangle, seen from both sides.
      shading::ShadingBatch& batch = scratch->batch;
      batch.count = 0;
      batch.geometry = &geometry_;
      batch.is_background = false;
      const TriangleShape s = geometry_.triangle(i, t, 0.5f);
      const float3 normal = normalize(cross(s.b - s.a, s.c - s.a));
      constexpr float2 points[4] = {{1.0f / 3, 1.0f / 3}, {0.6f, 0.2f}, {0.2f, 0.6f}, {0.2f, 0.2f}};
      for (const float2 p : points) {
        for (const float side : {-1.0f, 1.0f}) {
          const int lane = batch.count++;
          TraceRay ray;
          ray.direction = normal * side;
          ray.time = 0.5f;
          geometry_.fill_point({0.0f, p.x, p.y, i, t}, ray, batch, lane);
          batch.material[lane] = m;
          batch.ray_flags[lane] = shading::ray_diffuse | shading::ray_reflection;
          batch.ray_length.v[lane] = batch.footprint.v[lane] = 0.0f;
          batch.ray_depth.v[lane] = batch.diffuse_depth.v[lane] = 1.0f;
          batch.glossy_depth.v[lane] = batch.transmission_depth.v[lane] =
              batch.transparent_depth.v[lane] = 0.0f;
          batch.closures[lane].clear();
        }
      }
      material.shader->emission.run(batch, scratch->workspace);
      float sum = 0.0f;
      for (int lane = 0; lane < batch.count; ++lane) {
        sum += max_component(batch.closures[lane].emission);
      }
      brightness[t] = sum / float(batch.count);
    }
    const float mean_brightness =
        std::accumulate(brightness.begin(), brightness.end(), 0.0f) / float(std::max(count, 1));
    for (int t = 0; t < count; ++t) {
      const TraceMaterial& material =
          scene.materials[geometry_.material_of({0.0f, 0.0f, 0.0f, i, t})];
      if (!material.is_sampled_as_light || !material.shader || material.shader->emission.empty()) {
        continue;
      }
      const TriangleShape s = geometry_.triangle(i, t, 0.5f);
      const float area = 0.5f * length(cross(s.b - s.a, s.c - s.a));
      // Points can miss a small bright spot: no triangle is left out entirely.
      const float bright = material.shader->has_constant_emission
                               ? brightness[t]
                               : std::max(brightness[t], 0.1f * mean_brightness);
      if (area * bright > 0.0f) {
        triangle_entries_[first_triangle_[i] + t] = int(entries_.size());
        entries_.push_back({LightSample::Source::Triangle, -1, i, t, area});
        weights.push_back(area * bright * 2.0f * pi);
      }
    }
  }
}

void LightSet::prepare_background(const TraceScene& scene) {
  const TraceWorld& world = scene.world;
  if (!world.shader || world.shader->emission.empty() || world.shader->has_constant_emission ||
      world.sample_map_width <= 0) {
    return;
  }
  const int width = std::clamp(world.sample_map_width, 4, 4096), height = std::max(width / 2, 2);
  std::vector<float> weights(std::size_t(width) * height);
  parallel_for(height, 4, [&](std::size_t begin, std::size_t end) {
    const auto scratch = std::make_unique<ShaderScratch>();
    std::vector<float3> directions(batch_size), radiance(batch_size);
    const std::vector<std::uint32_t> flags(batch_size,
                                           shading::ray_diffuse | shading::ray_reflection);
    const std::vector<float> depths(batch_size, 1.0f);
    for (int y = int(begin); y < int(end); ++y) {
      const float v = (float(y) + 0.5f) / float(height);
      const float solid = std::sin(v * pi);
      for (int x = 0; x < width; x += batch_size) {
        const int count = std::min(batch_size, width - x);
        for (int i = 0; i < count; ++i) {
          directions[i] = map_to_direction({(float(x + i) + 0.5f) / float(width), v});
        }
        background({directions.data(), std::size_t(count)}, {flags.data(), std::size_t(count)},
                   {depths.data(), std::size_t(count)}, {radiance.data(), std::size_t(count)},
                   *scratch);
        for (int i = 0; i < count; ++i) {
          weights[std::size_t(y) * width + x + i] = std::max(mean(radiance[i]), 0.0f) * solid;
        }
      }
    }
  });
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (total > 0.0) {
    background_map_ = Distribution2d(weights, width, height);
    background_entry_ = 0;
  }
}

LightSample LightSet::sample(float3 point, float time, float2 random) const {
  LightSample sample;
  // What the choice leaves of its number serves again, so that lights and points on them are spread
  // out together.
  const AliasTable::Choice chosen = choice_.sample(random.x);
  random.x = chosen.remainder;
  const Entry& entry = entries_[chosen.index];
  switch (entry.source) {
    case LightSample::Source::Lamp: {
      const LampModel& lamp = lamps_[entry.lamp];
      const LampSample found = lamp.sample(point, random);
      if (found.pdf <= 0.0f) {
        return sample;
      }
      sample.direction = found.direction;
      sample.distance = found.distance;
      sample.radiance = found.radiance;
      sample.pdf = found.pdf * chosen.probability;
      sample.is_delta = found.is_delta;
      sample.casts_shadow = lamp.source().casts_shadow;
      sample.visibility = lamp.source().visibility;
      sample.lamp = entry.lamp;
      sample.lightgroup = lamp.source().lightgroup;
      break;
    }
    case LightSample::Source::Triangle: {
      const TriangleSample found =
          sample_triangle(geometry_.triangle(entry.instance, entry.primitive, time), point, random);
      if (found.pdf <= 0.0f) {
        return sample;
      }
      sample.direction = found.direction;
      sample.distance = found.distance;
      sample.pdf = found.pdf * chosen.probability;
      sample.hit = {found.distance, found.u, found.v, entry.instance, entry.primitive};
      sample.visibility = geometry_.instance(entry.instance).source->visibility;
      sample.lightgroup = geometry_.instance(entry.instance).source->lightgroup;
      break;
    }
    case LightSample::Source::Background: {
      const Distribution2d::Point p = background_map_.sample(random);
      sample.direction = map_to_direction(p.at);
      const float s = std::sin(p.at.y * pi);
      if (s <= 1e-6f) {
        return sample;
      }
      sample.pdf = chosen.probability * p.pdf / (2.0f * pi * pi * s);
      sample.visibility = scene_.world.visibility;
      sample.lightgroup = scene_.world.lightgroup;
      break;
    }
    case LightSample::Source::None:
      break;
  }
  sample.source = entry.source;
  return sample;
}

float LightSet::triangle_pdf(const TraceHit& hit, float3 point, float3 direction, float distance,
                             float time) const {
  const int first = first_triangle_[hit.instance];
  const int entry = first < 0 ? -1 : triangle_entries_[first + hit.primitive];
  if (entry < 0) {
    return 0.0f;
  }
  return choice_.probability(entry) *
         kiln::render::triangle_pdf(geometry_.triangle(hit.instance, hit.primitive, time), point,
                                    direction, distance);
}

float LightSet::background_pdf(float3 direction) const {
  if (background_entry_ < 0) {
    return 0.0f;
  }
  const float2 at = direction_to_map(direction);
  const float s = std::sin(at.y * pi);
  return s > 1e-6f ? choice_.probability(background_entry_) * background_map_.pdf(at) /
                         (2.0f * pi * pi * s)
                   : 0.0f;
}

void LightSet::background(std::span<const float3> directions,
                          std::span<const std::uint32_t> ray_flags,
                          std::span<const float> ray_depths, std::span<float3> radiance,
                          ShaderScratch& scratch) const {
  const shading::Material* shader = scene_.world.shader.get();
  const int count = int(directions.size());
  if (!shader || shader->emission.empty()) {
    std::fill_n(radiance.begin(), count, float3{});
    return;
  }
  if (shader->has_constant_emission) {
    std::fill_n(radiance.begin(), count, shader->constant_emission);
    return;
  }
  shading::ShadingBatch& batch = scratch.batch;
  batch.count = count;
  batch.geometry = &geometry_;
  batch.is_background = true;
  for (int i = 0; i < count; ++i) {
    batch.position.set(i, directions[i]);
    batch.normal.set(i, -directions[i]);
    batch.geometric_normal.set(i, -directions[i]);
    batch.incoming.set(i, -directions[i]);
    batch.u.v[i] = batch.v.v[i] = batch.footprint.v[i] = 0.0f;
    batch.ray_length.v[i] = 1e30f;
    batch.ray_depth.v[i] = ray_depths[i];
    batch.diffuse_depth.v[i] = batch.glossy_depth.v[i] = batch.transmission_depth.v[i] =
        batch.transparent_depth.v[i] = 0.0f;
    batch.time.v[i] = 0.5f;
    batch.ray_flags[i] = ray_flags[i];
    batch.instance[i] = batch.primitive[i] = batch.material[i] = -1;
    batch.is_backfacing[i] = false;
    batch.closures[i].clear();
  }
  shader->emission.run(batch, scratch.workspace);
  for (int i = 0; i < count; ++i) {
    radiance[i] = batch.closures[i].emission;
  }
  batch.is_background = false;
}

}  // namespace kiln::render
