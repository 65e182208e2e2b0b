#include <vector>

#include "render/shading/bsdf/bsdf.h"
#include "render/shading/sampling.h"

namespace kiln::render::shading {
namespace {

/// `v` in the closure's frame: x along the tangent, z along the normal.
struct Frame {
  float3 x, y, z;
  explicit Frame(const Closure& c) : z(c.normal) {
    if (c.alpha_x == c.alpha_y) {
      make_basis(z, x, y);
    } else {
      make_basis_along(z, c.tangent, x, y);
    }
  }
  float3 to_local(float3 v) const { return {dot(v, x), dot(v, y), dot(v, z)}; }
  float3 to_world(float3 v) const { return x * v.x + y * v.y + z * v.z; }
};

/// Density of facet normals, Walter et al., "Microfacet models for refraction through rough
/// surfaces", EGSR 2007; GTR1 from Burley 2012.
float facet_density(const Closure& c, float3 h) {
  const float cos2 = h.z * h.z;
  if (c.distribution == Distribution::Gtr1) {
    const float a2 = square(c.alpha_x);
    if (a2 >= 1.0f) {
      return inverse_pi;
    }
    return (a2 - 1.0f) / (pi * std::log(a2) * (1.0f + (a2 - 1.0f) * cos2));
  }
  const float slope2 = square(h.x / c.alpha_x) + square(h.y / c.alpha_y);
  if (c.distribution == Distribution::Beckmann) {
    return std::exp(-slope2 / cos2) / (pi * c.alpha_x * c.alpha_y * cos2 * cos2);
  }
  return 1.0f / (pi * c.alpha_x * c.alpha_y * square(slope2 + cos2));
}

/// Smith's masking for one direction; the Beckmann one by the rational fit of Walter et al. 2007.
float facet_masking(const Closure& c, float3 w) {
  const float ax = c.distribution == Distribution::Gtr1 ? 0.25f : c.alpha_x;
  const float ay = c.distribution == Distribution::Gtr1 ? 0.25f : c.alpha_y;
  const float tan2 = (square(w.x * ax) + square(w.y * ay)) / std::max(w.z * w.z, 1e-20f);
  if (c.distribution == Distribution::Beckmann) {
    const float a = 1.0f / std::sqrt(std::max(tan2, 1e-20f));
    return a >= 1.6f ? 1.0f : (3.535f * a + 2.181f * a * a) / (1.0f + 2.276f * a + 2.577f * a * a);
  }
  return 2.0f / (1.0f + std::sqrt(1.0f + tan2));
}

/// Density with which `sample_facet` draws `h` for `wo`, per solid angle of `h`.
float facet_pdf(const Closure& c, float3 wo, float3 h, float density) {
  if (c.distribution == Distribution::Ggx) {
    return density * facet_masking(c, wo) * std::max(dot(wo, h), 0.0f) / std::max(wo.z, 1e-7f);
  }
  return density * h.z;
}

/// A facet normal: of those that `wo` sees (GGX; Heitz, "Sampling the GGX distribution of visible
/// normals", JCGT 2018), or of all.
float3 sample_facet(const Closure& c, float3 wo, float2 u) {
  if (c.distribution != Distribution::Ggx) {
    const float phi = 2.0f * pi * u.y;
    float cos2;
    if (c.distribution == Distribution::Gtr1) {
      const float a2 = square(c.alpha_x);
      cos2 = a2 >= 1.0f ? 1.0f - u.x : (1.0f - std::pow(a2, 1.0f - u.x)) / (1.0f - a2);
      const float s = safe_sqrt(1.0f - cos2);
      return {s * std::cos(phi), s * std::sin(phi), safe_sqrt(cos2)};
    }
    const float radius = std::sqrt(-std::log(1.0f - u.x));
    const float3 slope{radius * std::cos(phi) * c.alpha_x, radius * std::sin(phi) * c.alpha_y,
                       1.0f};
    return normalize(slope);
  }
  const float3 v = normalize(float3{c.alpha_x * wo.x, c.alpha_y * wo.y, wo.z});
  const float side2 = v.x * v.x + v.y * v.y;
  const float3 t1 =
      side2 > 0.0f ? float3{-v.y, v.x, 0.0f} * (1.0f / std::sqrt(side2)) : float3{1, 0, 0};
  const float3 t2 = cross(v, t1);
  const float2 d = sample_disk(u);
  const float s = 0.5f * (1.0f + v.z);
  const float y = (1.0f - s) * safe_sqrt(1.0f - d.x * d.x) + s * d.y;
  const float3 n = t1 * d.x + t2 * y + v * safe_sqrt(1.0f - d.x * d.x - y * y);
  return normalize(float3{c.alpha_x * n.x, c.alpha_y * n.y, std::max(n.z, 1e-6f)});
}

BsdfValue evaluate_local(const Closure& c, float3 wo, float3 wi) {
  if (wo.z <= 0.0f || wi.z <= 0.0f) {
    return {};
  }
  const float3 h = normalize(wo + wi);
  const float density = facet_density(c, h);
  const float value = density * facet_masking(c, wo) * facet_masking(c, wi) / (4.0f * wo.z);
  const float pdf = facet_pdf(c, wo, h, density) / (4.0f * std::max(dot(wo, h), 1e-7f));
  return {facet_fresnel(c, dot(wo, h)) * value, pdf};
}

BsdfValue evaluate_refraction_local(const Closure& c, float3 wo, float3 wi) {
  if (wo.z <= 0.0f || wi.z >= 0.0f) {
    return {};
  }
  // The facet that bends wo to wi (equation 16); it faces the thinner side's direction only one
  // way.
  const float3 sum = -(wo + wi * c.ior);
  const float l = length(sum);
  if (l < 1e-7f) {
    return {};
  }
  float3 h = sum * (1.0f / l);
  if (h.z < 0.0f) {
    h = -h;
  }
  const float ho = dot(wo, h), hi = dot(wi, h);
  if (ho <= 0.0f || hi >= 0.0f) {
    return {};
  }
  const float density = facet_density(c, h);
  const float jacobian = square(c.ior) * -hi / square(ho + c.ior * hi);
  const float value = density * facet_masking(c, wo) * facet_masking(c, float3{wi.x, wi.y, -wi.z}) *
                      ho * jacobian / wo.z;
  const float pdf = facet_pdf(c, wo, h, density) * jacobian;
  return {{value, value, value}, pdf};
}

bool bend(float3 wo, float3 h, float ior, float3& wi) {
  const float cos_o = dot(wo, h);
  const float inverse = 1.0f / ior;
  const float k = 1.0f - square(inverse) * (1.0f - cos_o * cos_o);
  if (cos_o <= 0.0f || k <= 0.0f) {
    return false;
  }
  wi = h * (inverse * cos_o - std::sqrt(k)) - wo * inverse;
  return true;
}

/// Directional albedo of the GGX reflection over (cosine, alpha), by quadrature over visible
/// normals.
struct AlbedoTable {
  static constexpr int size = 32;
  float values[size][size];

  AlbedoTable() {
    for (int a = 0; a < size; ++a) {
      Closure c;
      c.kind = ClosureKind::Microfacet;
      c.normal = {0, 0, 1};
      c.tangent = {1, 0, 0};
      c.alpha_x = c.alpha_y = std::max(float(a) / (size - 1), 1e-3f);
      for (int i = 0; i < size; ++i) {
        const float cos_o = std::max(float(i) / (size - 1), 1e-3f);
        const float3 wo{safe_sqrt(1.0f - cos_o * cos_o), 0.0f, cos_o};
        constexpr int steps = 16;
        double sum = 0.0;
        for (int k = 0; k < steps * steps; ++k) {
          const float3 h =
              sample_facet(c, wo, {(k % steps + 0.5f) / steps, (k / steps + 0.5f) / steps});
          const float3 wi = reflect(wo, h);
          sum += wi.z > 0.0f ? facet_masking(c, wi) : 0.0f;
        }
        values[a][i] = float(sum / (steps * steps));
      }
    }
  }
};

}  // namespace

float ggx_albedo(float cos_angle, float alpha) {
  static const AlbedoTable table;
  const float x = saturate(cos_angle) * (AlbedoTable::size - 1),
              y = saturate(alpha) * (AlbedoTable::size - 1);
  const int i = std::min(int(x), AlbedoTable::size - 2),
            j = std::min(int(y), AlbedoTable::size - 2);
  const float fx = x - i, fy = y - j;
  return lerp(lerp(table.values[j][i], table.values[j][i + 1], fx),
              lerp(table.values[j + 1][i], table.values[j + 1][i + 1], fx), fy);
}

float3 facet_fresnel(const Closure& c, float cos_half) {
  if (c.fresnel == FresnelKind::None) {
    return {1, 1, 1};
  }
  const float f0 = fresnel_dielectric(1.0f, c.ior);
  const float f = fresnel_dielectric(cos_half, c.ior);
  const float t = saturate((f - f0) / std::max(1.0f - f0, 1e-7f));
  return lerp(c.color, float3{1, 1, 1}, t);
}

BsdfValue evaluate_microfacet(const Closure& c, float3 wo, float3 wi) {
  const Frame frame(c);
  return evaluate_local(c, frame.to_local(wo), frame.to_local(wi));
}

BsdfSample sample_microfacet(const Closure& c, float3 wo, float2 random) {
  BsdfSample sample;
  sample.kind = ScatterKind::Glossy;
  sample.roughness = std::sqrt(std::max(c.alpha_x, c.alpha_y));
  const Frame frame(c);
  const float3 local_o = frame.to_local(wo);
  if (local_o.z <= 0.0f) {
    return sample;
  }
  const float3 h = sample_facet(c, local_o, random);
  const float3 local_i = reflect(local_o, h);
  if (dot(local_o, h) <= 0.0f || local_i.z <= 0.0f) {
    return sample;
  }
  const BsdfValue value = evaluate_local(c, local_o, local_i);
  sample.direction = frame.to_world(local_i);
  sample.value = value.value;
  sample.pdf = value.pdf;
  return sample;
}

BsdfValue evaluate_microfacet_refraction(const Closure& c, float3 wo, float3 wi) {
  const Frame frame(c);
  return evaluate_refraction_local(c, frame.to_local(wo), frame.to_local(wi));
}

BsdfSample sample_microfacet_refraction(const Closure& c, float3 wo, float2 random) {
  BsdfSample sample;
  sample.kind = ScatterKind::Transmission;
  sample.is_transmitted = true;
  sample.roughness = std::sqrt(std::max(c.alpha_x, c.alpha_y));
  const Frame frame(c);
  const float3 local_o = frame.to_local(wo);
  if (local_o.z <= 0.0f) {
    return sample;
  }
  const float3 h = sample_facet(c, local_o, random);
  float3 local_i;
  if (!bend(local_o, h, c.ior, local_i) || local_i.z >= 0.0f) {
    return sample;
  }
  const BsdfValue value = evaluate_refraction_local(c, local_o, local_i);
  sample.direction = normalize(frame.to_world(local_i));
  sample.value = value.value;
  sample.pdf = value.pdf;
  return sample;
}

BsdfSample sample_sharp(const Closure& c, float3 wo) {
  BsdfSample sample;
  sample.is_delta = true;
  sample.roughness = 0.0f;
  const float cos_o = dot(c.normal, wo);
  if (cos_o <= 0.0f) {
    return sample;
  }
  // Density and value are large and equal: their quotient counts, and no light sample outweighs
  // them.
  constexpr float huge = 1e6f;
  const bool is_refraction =
      c.kind == ClosureKind::SharpRefraction || c.kind == ClosureKind::MicrofacetRefraction;
  if (is_refraction) {
    sample.kind = ScatterKind::Transmission;
    sample.is_transmitted = true;
    if (!bend(wo, c.normal, c.ior, sample.direction)) {
      return sample;
    }
    sample.direction = normalize(sample.direction);
    sample.value = {huge, huge, huge};
  } else {
    sample.kind = ScatterKind::Glossy;
    sample.direction = reflect(wo, c.normal);
    sample.value = facet_fresnel(c, cos_o) * huge;
  }
  sample.pdf = huge;
  return sample;
}

BsdfValue evaluate_ashikhmin_shirley(const Closure& c, float3 wo, float3 wi) {
  const Frame frame(c);
  const float3 o = frame.to_local(wo), i = frame.to_local(wi);
  if (o.z <= 0.0f || i.z <= 0.0f) {
    return {};
  }
  const float3 h = normalize(o + i);
  const float hi = std::max(std::abs(dot(h, i)), 1e-6f);
  const float n_x = 2.0f / square(c.alpha_x) - 2.0f, n_y = 2.0f / square(c.alpha_y) - 2.0f;
  const float side2 = 1.0f - h.z * h.z;
  const float exponent = side2 > 1e-9f ? (n_x * h.x * h.x + n_y * h.y * h.y) / side2 : n_x;
  const float lobe = std::pow(h.z, exponent);
  const float norm = std::sqrt((n_x + 1.0f) * (n_y + 1.0f));
  const float value = i.z * norm / (8.0f * pi) * lobe / (hi * std::max(o.z, i.z));
  const float pdf = norm / (2.0f * pi) * lobe / (4.0f * hi);
  return {{value, value, value}, pdf};
}

/// Equations 9 and 10 of Ashikhmin and Shirley, "An anisotropic Phong BRDF model", JGT 2000.
BsdfSample sample_ashikhmin_shirley(const Closure& c, float3 wo, float2 random) {
  BsdfSample sample;
  sample.kind = ScatterKind::Glossy;
  sample.roughness = std::sqrt(std::max(c.alpha_x, c.alpha_y));
  const Frame frame(c);
  const float3 o = frame.to_local(wo);
  if (o.z <= 0.0f) {
    return sample;
  }
  const float n_x = 2.0f / square(c.alpha_x) - 2.0f, n_y = 2.0f / square(c.alpha_y) - 2.0f;
  float phi = 2.0f * pi * random.x;
  if (n_x != n_y) {
    const float quarter = std::floor(random.x * 4.0f);
    const float inside = std::min(random.x * 4.0f - quarter, 0.99999f);
    const float base =
        std::atan(std::sqrt((n_x + 1.0f) / (n_y + 1.0f)) * std::tan(0.5f * pi * inside));
    phi = quarter == 0.0f   ? base
          : quarter == 1.0f ? pi - base
          : quarter == 2.0f ? pi + base
                            : 2.0f * pi - base;
  }
  const float cos_phi = std::cos(phi), sin_phi = std::sin(phi);
  const float exponent = n_x * cos_phi * cos_phi + n_y * sin_phi * sin_phi;
  const float cos_theta = std::pow(1.0f - random.y, 1.0f / (exponent + 1.0f));
  const float sin_theta = safe_sqrt(1.0f - cos_theta * cos_theta);
  const float3 h{sin_theta * cos_phi, sin_theta * sin_phi, cos_theta};
  const float3 i = reflect(o, h);
  if (i.z <= 0.0f) {
    return sample;
  }
  sample.direction = frame.to_world(i);
  const BsdfValue value = evaluate_ashikhmin_shirley(c, wo, sample.direction);
  sample.value = value.value;
  sample.pdf = value.pdf;
  return sample;
}

}  // namespace kiln::render::shading
