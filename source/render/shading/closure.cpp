#include "render/shading/closure.h"

#include "render/shading/bsdf/bsdf.h"
#include "render/shading/sampling.h"

namespace kiln::render::shading {

ScatterKind scatter_kind(const Closure& closure) {
  switch (closure.kind) {
    case ClosureKind::ToonGlossy:
    case ClosureKind::Microfacet:
    case ClosureKind::AshikhminShirley:
    case ClosureKind::SharpReflection:
    case ClosureKind::MultiGgx:
      return ScatterKind::Glossy;
    case ClosureKind::MicrofacetRefraction:
    case ClosureKind::SharpRefraction:
    case ClosureKind::MultiGgxGlass:
      return ScatterKind::Transmission;
    default:
      return ScatterKind::Diffuse;
  }
}

bool is_delta(const Closure& closure) {
  switch (closure.kind) {
    case ClosureKind::SharpReflection:
    case ClosureKind::SharpRefraction:
      return true;
    case ClosureKind::Microfacet:
      return closure.distribution != Distribution::Gtr1 &&
             closure.alpha_x * closure.alpha_y <= 1e-7f;
    case ClosureKind::MicrofacetRefraction:
    case ClosureKind::AshikhminShirley:
    case ClosureKind::MultiGgx:
    case ClosureKind::MultiGgxGlass:
      return closure.alpha_x * closure.alpha_y <= 1e-7f;
    default:
      return false;
  }
}

BsdfValue evaluate_closure(const Closure& closure, float3 geometric_normal, float3 wo, float3 wi) {
  // The true surface decides on which side light falls, so that bent normals do not let light
  // through.
  const bool is_transmitted = dot(geometric_normal, wi) < 0.0f;
  switch (closure.kind) {
    case ClosureKind::Translucent:
      return is_transmitted ? evaluate_diffuse(closure, wo, wi) : BsdfValue{};
    case ClosureKind::MicrofacetRefraction:
      return is_transmitted && !is_delta(closure) ? evaluate_microfacet_refraction(closure, wo, wi)
                                                  : BsdfValue{};
    case ClosureKind::SharpReflection:
    case ClosureKind::SharpRefraction:
    case ClosureKind::Subsurface:
    case ClosureKind::MultiGgxGlass:
      return {};
    default:
      break;
  }
  if (is_transmitted) {
    return {};
  }
  switch (closure.kind) {
    case ClosureKind::ToonDiffuse:
    case ClosureKind::ToonGlossy:
      return evaluate_toon(closure, wo, wi);
    case ClosureKind::Microfacet:
    case ClosureKind::MultiGgx:
      return is_delta(closure) ? BsdfValue{} : evaluate_microfacet(closure, wo, wi);
    case ClosureKind::AshikhminShirley:
      return is_delta(closure) ? BsdfValue{} : evaluate_ashikhmin_shirley(closure, wo, wi);
    default:
      return evaluate_diffuse(closure, wo, wi);
  }
}

BsdfSample sample_closure(const Closure& closure, float3 geometric_normal, float3 wo,
                          float2 random) {
  BsdfSample sample;
  if (is_delta(closure)) {
    sample = sample_sharp(closure, wo);
  } else {
    switch (closure.kind) {
      case ClosureKind::ToonDiffuse:
      case ClosureKind::ToonGlossy:
        sample = sample_toon(closure, wo, random);
        break;
      case ClosureKind::Microfacet:
      case ClosureKind::MultiGgx:
        sample = sample_microfacet(closure, wo, random);
        break;
      case ClosureKind::MicrofacetRefraction:
        sample = sample_microfacet_refraction(closure, wo, random);
        break;
      case ClosureKind::AshikhminShirley:
        sample = sample_ashikhmin_shirley(closure, wo, random);
        break;
      case ClosureKind::Subsurface:
      case ClosureKind::MultiGgxGlass:
        break;
      default:
        sample = sample_diffuse(closure, wo, random);
        break;
    }
  }
  // A reflection must leave on the viewer's side of the true surface, a transmission on the other.
  if (sample.pdf > 0.0f &&
      (dot(geometric_normal, sample.direction) < 0.0f) != sample.is_transmitted) {
    sample.pdf = 0.0f;
  }
  return sample;
}

float3 closure_albedo(const Closure& closure, float3 wo) {
  if (closure.fresnel == FresnelKind::Principled) {
    return closure.weight * facet_fresnel(closure, std::max(dot(closure.normal, wo), 0.0f));
  }
  return closure.weight;
}

}  // namespace kiln::render::shading
