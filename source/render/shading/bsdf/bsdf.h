#pragma once

#include "render/shading/closure.h"

/// The families of scattering functions behind `evaluate_closure` and `sample_closure`.
namespace kiln::render::shading {

BsdfValue evaluate_diffuse(const Closure& c, float3 wo, float3 wi);
BsdfSample sample_diffuse(const Closure& c, float3 wo, float2 random);

BsdfValue evaluate_toon(const Closure& c, float3 wo, float3 wi);
BsdfSample sample_toon(const Closure& c, float3 wo, float2 random);

BsdfValue evaluate_microfacet(const Closure& c, float3 wo, float3 wi);
BsdfSample sample_microfacet(const Closure& c, float3 wo, float2 random);

BsdfValue evaluate_microfacet_refraction(const Closure& c, float3 wo, float3 wi);
BsdfSample sample_microfacet_refraction(const Closure& c, float3 wo, float2 random);

BsdfValue evaluate_ashikhmin_shirley(const Closure& c, float3 wo, float3 wi);
BsdfSample sample_ashikhmin_shirley(const Closure& c, float3 wo, float2 random);

BsdfSample sample_sharp(const Closure& c, float3 wo);

/// Share of light that a single bounce off GGX facets of width `alpha` keeps, for light that leaves
/// at `cos_angle`.
float ggx_albedo(float cos_angle, float alpha);

/// Reflectance of a facet, from the closure's colours.
float3 facet_fresnel(const Closure& c, float cos_half);

}  // namespace kiln::render::shading
