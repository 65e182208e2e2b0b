#pragma once

#include <array>
#include <cmath>
#include <cstdint>

#include "core/math.h"

namespace kiln::render::shading {

/// Which scattering function a closure stands for.
enum class ClosureKind : std::uint8_t {
  OrenNayar,          ///< roughness 0 is Lambert
  PrincipledDiffuse,  ///< Burley 2012, without its retro-reflection where `extra` says so
  Sheen,              ///< Burley 2012
  Translucent,
  Velvet,  ///< Ashikhmin, Premoze, Shirley 2000
  ToonDiffuse,
  ToonGlossy,
  Microfacet,  ///< reflection, GGX, Beckmann or GTR1
  MicrofacetRefraction,
  AshikhminShirley,  ///< 2000
  SharpReflection,
  SharpRefraction,
  MultiGgx,  ///< GGX with the light that bounces between facets
  MultiGgxGlass,
  Subsurface,
};

enum class Distribution : std::uint8_t { Ggx, Beckmann, Gtr1 };

/// How a microfacet closure colours its reflection.
enum class FresnelKind : std::uint8_t {
  None,        ///< the weight is all there is
  Principled,  ///< from `color` at normal incidence to white at grazing, following a dielectric of
               ///< `ior`
};

/// One weighted scattering function at a shading point.
struct Closure {
  float3 weight;               ///< factor of the function
  float sample_weight = 0.0f;  ///< how often it is chosen for sampling, relative to its neighbours
  float3 normal;               ///< unit, on the side of the viewer
  ClosureKind kind = ClosureKind::OrenNayar;
  Distribution distribution = Distribution::Ggx;
  FresnelKind fresnel = FresnelKind::None;
  float alpha_x = 0.0f,
        alpha_y = 0.0f;   ///< microfacet widths; roughness, sigma, size or smooth of the others
  float3 tangent;         ///< direction of `alpha_x`
  float ior = 1.0f;       ///< relative, far side over viewer's side
  float3 color{1, 1, 1};  ///< reflection at normal incidence, or what the kind needs
  float extra = 0.0f;
  float3 radius;  ///< Subsurface: mean free paths
};

inline constexpr int max_closures = 16;

/// Everything a surface program leaves at a shading point.
struct ClosureSet {
  std::array<Closure, max_closures> closures;
  int count = 0;
  float3 emission;
  float3 transparency;  ///< share of light that goes straight on
  float holdout = 0.0f;

  void clear() {
    count = 0;
    emission = transparency = float3{};
    holdout = 0.0f;
  }
  /// Room for a closure of this weight, or nothing where it could not be seen or there is no room
  /// left.
  Closure* add(float3 weight) {
    weight = max(weight, float3{});
    const float sample_weight = (weight.x + weight.y + weight.z) * (1.0f / 3.0f);
    if (!(sample_weight > 1e-5f) || count == max_closures) {
      return nullptr;
    }
    Closure& closure = closures[count++];
    closure = Closure{};
    closure.weight = weight;
    closure.sample_weight = sample_weight;
    return &closure;
  }
};

/// What sort of scattering a direction came from; decides bounce limits, visibility and passes.
enum class ScatterKind : std::uint8_t { Diffuse, Glossy, Transmission };

/// A direction that was drawn.
struct BsdfSample {
  float3 direction;  ///< unit, away from the surface
  float3 value;      ///< closure value times cosine, not divided by `pdf`
  float pdf = 0.0f;  ///< per solid angle; 0: nothing was drawn
  ScatterKind kind = ScatterKind::Diffuse;
  bool is_transmitted = false;  ///< to the other side
  bool is_delta = false;        ///< `value / pdf` is meant, no other technique finds this direction
  float roughness = 1.0f;       ///< how blurred, 0 to 1
};

/// Value times cosine and probability density of one direction.
struct BsdfValue {
  float3 value;
  float pdf = 0.0f;
};

/// Which pass a closure's light belongs to.
ScatterKind scatter_kind(const Closure& closure);
/// True for closures that no light sample can hit.
bool is_delta(const Closure& closure);

/// The function of `closure` (without its weight) for light from `wi` to `wo`, both unit vectors
/// away from the surface, and the density with which `sample_closure` draws `wi`. Zero for delta
/// closures. `geometric_normal` is on the viewer's side.
BsdfValue evaluate_closure(const Closure& closure, float3 geometric_normal, float3 wo, float3 wi);

/// Draws `wi` for `wo` with two numbers in [0, 1).
BsdfSample sample_closure(const Closure& closure, float3 geometric_normal, float3 wo,
                          float2 random);

/// Mean reflectance as the colour passes count it.
float3 closure_albedo(const Closure& closure, float3 wo);

}  // namespace kiln::render::shading
