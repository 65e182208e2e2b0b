#include "render/shading/bsdf/bsdf.h"
#include "render/shading/sampling.h"

namespace kiln::render::shading {
namespace {

float3 cosine_direction(float3 normal, float2 random) {
  float3 tangent, bitangent;
  make_basis(normal, tangent, bitangent);
  const float3 local = sample_cosine_hemisphere(random);
  return tangent * local.x + bitangent * local.y + normal * local.z;
}

/// Oren and Nayar, "Generalization of Lambert's reflectance model", SIGGRAPH 1994, in the form
/// without trigonometry of Fujii, "A tiny improvement of Oren-Nayar reflectance model", 2012: sigma
/// is the roughness, the albedo at normal incidence is kept.
float oren_nayar(float sigma, float3 n, float3 wo, float3 wi) {
  const float cos_i = std::max(dot(n, wi), 0.0f), cos_o = std::max(dot(n, wo), 0.0f);
  const float scale = 1.0f / (pi + ((3.0f * pi - 4.0f) / 6.0f) * sigma);
  const float a = scale, b = sigma * scale;
  float t = dot(wi, wo) - cos_i * cos_o;
  if (t > 0.0f) {
    t /= std::max(std::max(cos_i, cos_o), 1e-7f);
  }
  return a + b * t;
}

/// Burley, "Physically based shading at Disney", 2012, split as in "Extending the Disney BRDF",
/// 2015 (5.3).
float burley(const Closure& c, float3 wo, float3 wi) {
  const float cos_i = dot(c.normal, wi), cos_o = dot(c.normal, wo);
  const float f_i = schlick_weight(cos_i), f_o = schlick_weight(cos_o);
  float value = 0.0f;
  const bool has_lambert = c.extra != 2.0f, has_retro = c.extra != 1.0f;
  if (has_lambert) {
    value += (1.0f - 0.5f * f_i) * (1.0f - 0.5f * f_o);
  }
  if (has_retro) {
    const float3 h = normalize(wi + wo);
    const float retro = 2.0f * c.alpha_x * square(dot(h, wi));
    value += retro * (f_i + f_o + f_i * f_o * (retro - 1.0f));
  }
  return value * inverse_pi;
}

/// Ashikhmin, Premoze and Shirley, "A microfacet-based BRDF generator", SIGGRAPH 2000, section 4.3
/// (velvet).
float velvet(const Closure& c, float3 wo, float3 wi) {
  const float cos_o = dot(c.normal, wo), cos_i = dot(c.normal, wi);
  const float3 h = normalize(wi + wo);
  const float cos_h = dot(c.normal, h), cos_ho = std::abs(dot(wo, h));
  if (!(std::abs(cos_h) < 1.0f - 1e-5f) || cos_ho < 1e-5f) {
    return 0.0f;
  }
  const float ratio = std::max(cos_h / cos_ho, 1e-5f);
  const float shadowing =
      std::min(1.0f, std::min(2.0f * std::abs(ratio * cos_o), 2.0f * std::abs(ratio * cos_i)));
  const float sin2 = 1.0f - cos_h * cos_h;
  const float inverse_sigma2 = 1.0f / square(std::max(c.alpha_x, 0.01f));
  const float d =
      std::exp(-cos_h * cos_h / sin2 * inverse_sigma2) * inverse_sigma2 * inverse_pi / square(sin2);
  return 0.25f * d * shadowing / cos_o;
}

}  // namespace

BsdfValue evaluate_diffuse(const Closure& c, float3 wo, float3 wi) {
  const float cos_i = dot(c.normal, wi);
  if (c.kind == ClosureKind::Translucent) {
    const float value = std::max(-cos_i, 0.0f) * inverse_pi;
    return {{value, value, value}, value};
  }
  if (cos_i <= 0.0f) {
    return {};
  }
  float value = cos_i * inverse_pi;
  const float pdf = value;
  switch (c.kind) {
    case ClosureKind::OrenNayar:
      if (c.alpha_x > 0.0f) {
        value = cos_i * oren_nayar(c.alpha_x, c.normal, wo, wi);
      }
      break;
    case ClosureKind::PrincipledDiffuse:
      value = dot(c.normal, wo) > 0.0f ? cos_i * burley(c, wo, wi) : 0.0f;
      break;
    case ClosureKind::Sheen:
      value = dot(c.normal, wo) > 0.0f ? cos_i * schlick_weight(dot(normalize(wi + wo), wi)) : 0.0f;
      break;
    case ClosureKind::Velvet: {
      value = dot(c.normal, wo) > 0.0f ? velvet(c, wo, wi) : 0.0f;
      return {{value, value, value}, 0.5f * inverse_pi};
    }
    default:
      break;
  }
  return {{value, value, value}, pdf};
}

BsdfSample sample_diffuse(const Closure& c, float3 wo, float2 random) {
  BsdfSample sample;
  sample.kind = ScatterKind::Diffuse;
  if (c.kind == ClosureKind::Velvet) {
    float3 tangent, bitangent;
    make_basis(c.normal, tangent, bitangent);
    const float3 local = sample_cone(random, 1.0f);
    sample.direction = tangent * local.x + bitangent * local.y + c.normal * local.z;
  } else if (c.kind == ClosureKind::Translucent) {
    sample.direction = cosine_direction(-c.normal, random);
    sample.is_transmitted = true;
  } else {
    sample.direction = cosine_direction(c.normal, random);
  }
  const BsdfValue value = evaluate_diffuse(c, wo, sample.direction);
  sample.value = value.value;
  sample.pdf = value.pdf;
  return sample;
}

BsdfValue evaluate_toon(const Closure& c, float3 wo, float3 wi) {
  const bool is_glossy = c.kind == ClosureKind::ToonGlossy;
  const float max_angle = c.alpha_x * 0.5f * pi, soft = c.alpha_y * 0.5f * pi;
  if (dot(c.normal, wi) < 0.0f || (is_glossy && dot(c.normal, wo) <= 0.0f)) {
    return {};
  }
  const float3 around = is_glossy ? reflect(wo, c.normal) : c.normal;
  const float angle = std::acos(std::min(std::max(dot(around, wi), -1.0f), 1.0f));
  const float reach = std::min(max_angle + soft, 0.5f * pi);
  if (angle >= reach) {
    return {};
  }
  const float intensity = angle < max_angle ? 1.0f
                          : soft > 0.0f     ? 1.0f - (angle - max_angle) / soft
                                            : 0.0f;
  const float pdf = 0.5f * inverse_pi / std::max(1.0f - std::cos(reach), 1e-6f);
  const float value = pdf * intensity;
  return {{value, value, value}, pdf};
}

BsdfSample sample_toon(const Closure& c, float3 wo, float2 random) {
  BsdfSample sample;
  const bool is_glossy = c.kind == ClosureKind::ToonGlossy;
  sample.kind = is_glossy ? ScatterKind::Glossy : ScatterKind::Diffuse;
  const float reach = std::min((c.alpha_x + c.alpha_y) * 0.5f * pi, 0.5f * pi);
  const float3 around = is_glossy ? reflect(wo, c.normal) : c.normal;
  float3 tangent, bitangent;
  make_basis(around, tangent, bitangent);
  const float3 local = sample_cone(random, 1.0f - std::cos(reach));
  sample.direction = tangent * local.x + bitangent * local.y + around * local.z;
  const BsdfValue value = evaluate_toon(c, wo, sample.direction);
  sample.value = value.value;
  sample.pdf = value.pdf;
  return sample;
}

}  // namespace kiln::render::shading
