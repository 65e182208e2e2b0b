#pragma once

// What the parts of the integrator share: memory of a wave, random numbers by purpose, all closures
// of a point at once.

#include "render/pathtracer/integrator.h"
#include "render/shading/nodes/closure_node.h"
#include "render/shading/sampling.h"

namespace kiln::render {

/// Random numbers of a path: pairs of dimensions by purpose.
enum CameraPair : std::uint32_t { pair_filter, pair_lens, pair_time, pairs_of_camera };
enum EventPair : std::uint32_t {
  pair_bsdf,
  pair_light,
  pair_choices,
  pair_roulette,
  pairs_of_event
};

inline float2 event_random(const PathState& path, EventPair pair) {
  return path.sampler.pair(pairs_of_camera + path.event * pairs_of_event + pair);
}

/// The rays an object or light must be visible to, as bits of the ray mask.
inline std::uint32_t ray_mask(std::uint32_t flags) {
  if (flags & shading::ray_camera) {
    return mask_camera;
  }
  if (flags & shading::ray_transmission) {
    return mask_transmission;
  }
  return flags & shading::ray_diffuse ? mask_diffuse : mask_glossy;
}

inline bool is_visible(const RayVisibility& visibility, std::uint32_t flags) {
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

inline bool is_visible(const RayVisibility& visibility, shading::ScatterKind kind) {
  switch (kind) {
    case shading::ScatterKind::Diffuse:
      return visibility.diffuse;
    case shading::ScatterKind::Glossy:
      return visibility.glossy;
    case shading::ScatterKind::Transmission:
      return visibility.transmission;
  }
  return true;
}

/// Values of all closures of a point for one direction, by kind.
struct SurfaceValue {
  float3 diffuse, glossy, transmission;
  float pdf = 0.0f;
  float3 sum() const { return diffuse + glossy + transmission; }
  float3& of(shading::ScatterKind kind) {
    return kind == shading::ScatterKind::Diffuse  ? diffuse
           : kind == shading::ScatterKind::Glossy ? glossy
                                                  : transmission;
  }
};

/// How much light a diffuse closure with a bent normal takes from `wi`: it fades out toward the
/// horizon of the unbent surface, where it would end in a hard line. M. J.-Y. Chiang, Y. K. Li, B.
/// Burley, "Taming the shadow terminator", SIGGRAPH 2019 talks.
inline float bump_shadowing(const shading::Closure& closure, float3 geometric_normal,
                            float3 surface_normal, float3 wo, float3 wi) {
  const auto is_same = [&](float3 n) { return dot(closure.normal, n) > 0.99999f; };
  if (shading::scatter_kind(closure) != shading::ScatterKind::Diffuse || is_same(surface_normal) ||
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

inline SurfaceValue evaluate_surface(const shading::ClosureSet& closures, float3 geometric_normal,
                                     float3 surface_normal, float3 wo, float3 wi,
                                     float total_weight, const shading::Closure* except = nullptr) {
  SurfaceValue value;
  for (int i = 0; i < closures.count; ++i) {
    const shading::Closure& c = closures.closures[i];
    if (&c == except) {
      continue;
    }
    const shading::BsdfValue v = shading::evaluate_closure(c, geometric_normal, wo, wi);
    if (v.pdf > 0.0f) {
      value.of(shading::scatter_kind(c)) +=
          c.weight * v.value * bump_shadowing(c, geometric_normal, surface_normal, wo, wi);
      value.pdf += v.pdf * c.sample_weight / total_weight;
    }
  }
  return value;
}

inline float total_sample_weight(const shading::ClosureSet& closures) {
  float total = 0.0f;
  for (int i = 0; i < closures.count; ++i) {
    total += closures.closures[i].sample_weight;
  }
  return total;
}

inline bool has_diffuse(const shading::ClosureSet& closures) {
  for (int i = 0; i < closures.count; ++i) {
    if (shading::scatter_kind(closures.closures[i]) == shading::ScatterKind::Diffuse) {
      return true;
    }
  }
  return false;
}

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
  int lightgroup = -1;
  int into = -1;             // offset of the only pass that gets what arrives; -1: it is light
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
  Choice choices[shading::batch_size];
  int lane_slots[shading::batch_size];  // paths of the points being shaded
  int stride = 0;
  bool starts_on_surfaces = false;  // the first hits are there already
  float* sample(int slot) { return samples.data() + std::size_t(slot) * stride; }
};

}  // namespace kiln::render
