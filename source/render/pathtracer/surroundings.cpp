// What shaders ask about the surface around a point: the triangle, what is near, rounded edges.
#include "render/pathtracer/geometry.h"
#include "render/pathtracer/sampler.h"
#include "render/shading/sampling.h"

namespace kiln::render {

using shading::ShadingBatch;

namespace {

constexpr std::uint32_t any_surface = ~0u;

/// The k-th meeting of a ray with one instance, others passed through; at most `limit` surfaces.
bool meets_instance(const SceneGeometry& geometry, TraceRay ray, int instance, int limit) {
  for (int i = 0; i < limit; ++i) {
    const TraceHit hit = geometry.intersect(ray);
    if (hit.instance < 0) {
      return false;
    }
    if (hit.instance == instance) {
      return true;
    }
    const float step = hit.distance * (1.0f + 1e-5f) + 1e-6f;
    ray.origin += ray.direction * step;
    ray.length -= step;
    if (ray.length <= 0.0f) {
      return false;
    }
  }
  return false;
}

}  // namespace

void SceneGeometry::corners(const ShadingBatch& batch, int lane, float3 out[3]) const {
  if (batch.instance[lane] < 0) {  // the background
    out[0] = out[1] = out[2] = {};
    return;
  }
  const TriangleShape s = triangle(batch.instance[lane], batch.primitive[lane], batch.time.v[lane]);
  out[0] = s.a;
  out[1] = s.b;
  out[2] = s.c;
}

float SceneGeometry::openness(const ShadingBatch& batch, int lane, float3 normal, float distance,
                              int samples, bool only_local) const {
  float3 right, up;
  make_basis(normal, right, up);
  const float3 position = batch.position.get(lane);
  const float3 geometric = batch.geometric_normal.get(lane);
  int open = 0;
  for (int k = 0; k < samples; ++k) {
    const Sampler sampler(batch.seed[lane], std::uint32_t(k));
    const float3 local = sample_cosine_hemisphere(sampler.pair(0));
    TraceRay ray;
    ray.direction = right * local.x + up * local.y + normal * local.z;
    ray.origin = offset_from_surface(position, geometric, ray.direction);
    ray.length = distance > 0.0f ? distance : 1e30f;
    ray.time = batch.time.v[lane];
    ray.mask = any_surface;
    const bool is_blocked =
        only_local ? meets_instance(*this, ray, batch.instance[lane], 64) : occluded(ray);
    open += is_blocked ? 0 : 1;
  }
  return float(open) / float(std::max(samples, 1));
}

float3 SceneGeometry::rounded_normal(const ShadingBatch& batch, int lane, float radius,
                                     int samples) const {
  // Points around are found by rays along three axes through a disk, most along the normal, each
  // weighed by how likely all axes together were to find it: A. King, C. Kulla, A. Conty, M.
  // Fajardo, "BSSRDF importance sampling", SIGGRAPH 2013 talks.
  const float3 own = batch.normal.get(lane), normal = batch.geometric_normal.get(lane);
  const float3 position = batch.position.get(lane);
  float3 axes[3];
  axes[2] = normal;
  make_basis(normal, axes[0], axes[1]);
  constexpr float shares[3] = {0.25f, 0.25f, 0.5f};
  constexpr int most_hits = 4;
  float3 sum;
  for (int k = 0; k < samples; ++k) {
    const Sampler sampler(batch.seed[lane], std::uint32_t(k));
    const float2 disk = sampler.pair(0), choice = sampler.pair(1);
    const int axis = choice.x < shares[2] ? 2 : choice.x < shares[2] + shares[0] ? 0 : 1;
    const float3 along = axes[axis], side = axes[(axis + 1) % 3], other = axes[(axis + 2) % 3];
    // A falloff that is flat in the middle and ends at the radius.
    const float r = radius * std::sqrt(disk.x), half = safe_sqrt(radius * radius - r * r);
    const float angle = 2.0f * pi * disk.y;
    TraceRay ray;
    ray.direction = -along;
    ray.origin =
        position + side * (r * std::cos(angle)) + other * (r * std::sin(angle)) + along * half;
    ray.length = 2.0f * half;
    ray.time = batch.time.v[lane];
    ray.mask = any_surface;
    for (int hits = 0; hits < most_hits && ray.length > 0.0f; ++hits) {
      const TraceHit hit = intersect(ray);
      if (hit.instance < 0) {
        break;
      }
      if (hit.instance == batch.instance[lane]) {
        ShadingBatch found;
        fill_point(hit, ray, found, 0);
        float3 n = found.normal.get(0), g = found.geometric_normal.get(0);
        if (found.is_backfacing[0] != batch.is_backfacing[lane]) {
          n = -n;
          g = -g;
        }
        float weight = 0.0f;
        for (int a = 0; a < 3; ++a) {
          weight += shares[a] * std::abs(dot(g, axes[a]));
        }
        if (weight > 1e-4f) {
          sum += n * (1.0f / weight);
        }
      }
      const float step = hit.distance * (1.0f + 1e-5f) + 1e-6f;
      ray.origin += ray.direction * step;
      ray.length -= step;
    }
  }
  const float3 result = normalize(sum);
  return is_black(result) || !is_finite(result) ? own : result;
}

}  // namespace kiln::render
