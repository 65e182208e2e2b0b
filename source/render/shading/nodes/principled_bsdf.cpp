#include "render/shading/bsdf/bsdf.h"
#include "render/shading/nodes/closure_node.h"
#include "render/shading/nodes/shader_node.h"

/// The Principled BSDF as of 2017 to 2022. Burley, "Physically based shading at Disney", 2012, and
/// "Extending the Disney BRDF to a BSDF with integrated subsurface scattering", 2015.
namespace kiln::render::shading {
namespace {

enum class BsdfPrincipledDistribution : std::uint8_t { Ggx = 2, MultiGgx = 4 };
enum class BsdfPrincipledSubsurfaceMethod : std::uint8_t {
  Burley = 3,
  RandomWalkFixedRadius = 4,
  RandomWalk = 5
};
struct BsdfPrincipledNode : NodeType<BsdfPrincipledNode, ShaderNode> {
  BsdfPrincipledDistribution distribution = BsdfPrincipledDistribution::Ggx;
  BsdfPrincipledSubsurfaceMethod subsurface_method = BsdfPrincipledSubsurfaceMethod::RandomWalk;

  BsdfPrincipledNode() {
    width = 240.0f;
    add_color("Base Color", {0.8f, 0.8f, 0.8f, 1.0f});
    add_factor("Subsurface", 0.0f);
    add_vector("Subsurface Radius", {1.0f, 0.2f, 0.1f}, 0.0f, 100.0f);
    add_color("Subsurface Color", {0.8f, 0.8f, 0.8f, 1.0f});
    add_factor("Subsurface IOR", 1.4f, 1.01f, 3.8f);
    add_factor("Subsurface Anisotropy", 0.0f);
    add_factor("Metallic", 0.0f);
    add_factor("Specular", 0.5f);
    add_factor("Specular Tint", 0.0f);
    add_factor("Roughness", 0.5f);
    add_factor("Anisotropic", 0.0f);
    add_factor("Anisotropic Rotation", 0.0f);
    add_factor("Sheen", 0.0f);
    add_factor("Sheen Tint", 0.5f);
    add_factor("Clearcoat", 0.0f);
    add_factor("Clearcoat Roughness", 0.03f);
    add_float("IOR", 1.45f, 0.0f, 1000.0f);
    add_factor("Transmission", 0.0f);
    add_factor("Transmission Roughness", 0.0f);
    add_color("Emission", {0.0f, 0.0f, 0.0f, 1.0f});
    add_float("Emission Strength", 1.0f, 0.0f, 1000000.0f);
    add_factor("Alpha", 1.0f);
    add_vector("Normal").hide_value = true;
    add_vector("Clearcoat Normal").hide_value = true;
    add_vector("Tangent").hide_value = true;
    add_float("Weight", 0.0f).enabled = false;
    add_output("NodeSocketShader", "BSDF");
  }
  std::string_view static_type() const override { return "BSDF_PRINCIPLED"; }
  void update(const NodeTree*, const Document*) override {
    if (distribution == BsdfPrincipledDistribution::Ggx &&
        subsurface_method == BsdfPrincipledSubsurfaceMethod::Burley) {
      show({"Base Color",
            "Subsurface",
            "Subsurface Radius",
            "Subsurface Color",
            "Metallic",
            "Specular",
            "Specular Tint",
            "Roughness",
            "Anisotropic",
            "Anisotropic Rotation",
            "Sheen",
            "Sheen Tint",
            "Clearcoat",
            "Clearcoat Roughness",
            "IOR",
            "Transmission",
            "Transmission Roughness",
            "Emission",
            "Emission Strength",
            "Alpha",
            "Normal",
            "Clearcoat Normal",
            "Tangent"},
           {"BSDF"});
    } else if (distribution == BsdfPrincipledDistribution::MultiGgx &&
               subsurface_method == BsdfPrincipledSubsurfaceMethod::Burley) {
      show({"Base Color",
            "Subsurface",
            "Subsurface Radius",
            "Subsurface Color",
            "Metallic",
            "Specular",
            "Specular Tint",
            "Roughness",
            "Anisotropic",
            "Anisotropic Rotation",
            "Sheen",
            "Sheen Tint",
            "Clearcoat",
            "Clearcoat Roughness",
            "IOR",
            "Transmission",
            "Emission",
            "Emission Strength",
            "Alpha",
            "Normal",
            "Clearcoat Normal",
            "Tangent"},
           {"BSDF"});
    } else if (distribution == BsdfPrincipledDistribution::Ggx &&
               (subsurface_method == BsdfPrincipledSubsurfaceMethod::RandomWalkFixedRadius ||
                subsurface_method == BsdfPrincipledSubsurfaceMethod::RandomWalk)) {
      show({"Base Color",
            "Subsurface",
            "Subsurface Radius",
            "Subsurface Color",
            "Subsurface IOR",
            "Subsurface Anisotropy",
            "Metallic",
            "Specular",
            "Specular Tint",
            "Roughness",
            "Anisotropic",
            "Anisotropic Rotation",
            "Sheen",
            "Sheen Tint",
            "Clearcoat",
            "Clearcoat Roughness",
            "IOR",
            "Transmission",
            "Transmission Roughness",
            "Emission",
            "Emission Strength",
            "Alpha",
            "Normal",
            "Clearcoat Normal",
            "Tangent"},
           {"BSDF"});
    } else {
      show({"Base Color",
            "Subsurface",
            "Subsurface Radius",
            "Subsurface Color",
            "Subsurface IOR",
            "Subsurface Anisotropy",
            "Metallic",
            "Specular",
            "Specular Tint",
            "Roughness",
            "Anisotropic",
            "Anisotropic Rotation",
            "Sheen",
            "Sheen Tint",
            "Clearcoat",
            "Clearcoat Roughness",
            "IOR",
            "Transmission",
            "Emission",
            "Emission Strength",
            "Alpha",
            "Normal",
            "Clearcoat Normal",
            "Tangent"},
           {"BSDF"});
    }
  }
  static const Schema& schema();
};

const Schema& BsdfPrincipledNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<BsdfPrincipledNode> s("ShaderNodeBsdfPrincipled", "Principled BSDF",
                                        &ShaderNode::schema());
    s.add<&BsdfPrincipledNode::distribution>("distribution", "Distribution")
        .items({{"GGX", "GGX", 2}, {"MULTI_GGX", "Multiscatter GGX", 4}})
        .changes(Change::Shading);
    s.add<&BsdfPrincipledNode::subsurface_method>("subsurface_method", "Subsurface Method")
        .items({{"BURLEY", "Christensen-Burley", 3},
                {"RANDOM_WALK_FIXED_RADIUS", "Random Walk (Fixed Radius)", 4},
                {"RANDOM_WALK", "Random Walk", 5}})
        .default_value("BURLEY")
        .changes(Change::Shading);
    s.set_tag("ShaderNodeBsdfPrincipled");
    return s.build();
  }();
  return schema;
}

struct Settings {
  bool is_multi_scattering = false;
};

enum Input {
  in_weight,
  in_base_color,
  in_subsurface = 4,
  in_subsurface_radius,
  in_subsurface_color = 8,
  in_subsurface_ior = 11,
  in_subsurface_anisotropy,
  in_metallic,
  in_specular,
  in_specular_tint,
  in_roughness,
  in_anisotropic,
  in_anisotropic_rotation,
  in_sheen,
  in_sheen_tint,
  in_clearcoat,
  in_clearcoat_roughness,
  in_ior,
  in_transmission,
  in_transmission_roughness,
  in_normal,
  in_clearcoat_normal = in_normal + 3,
  in_tangent = in_clearcoat_normal + 3,
};

/// Base colour without its brightness.
float3 tint_of(float3 color) {
  const float l = luminance(color);
  return l > 0.0f ? color * (1.0f / l) : float3{1, 1, 1};
}

/// Index of refraction whose reflectance at normal incidence is 0.08 `specular`.
float specular_ior(float specular) {
  return 2.0f / (1.0f - safe_sqrt(0.08f * specular)) - 1.0f;
}

/// Weight that gives a GGX reflection of reflectance `color` the light back that bounces between
/// facets.
float3 with_multiple_bounces(float3 color, float3 normal, float3 incoming, float alpha) {
  const float kept = ggx_albedo(dot(normal, incoming), alpha);
  float3 gain;
  for (int k = 0; k < 3; ++k) {
    gain[k] = 1.0f / std::max(1.0f - saturate(color[k]) * (1.0f - kept), 1e-3f);
  }
  return gain;
}

void kernel(const KernelCall& call) {
  const Settings& settings = call.get<Settings>();
  for (int i = 0; i < call.count; ++i) {
    const float weight = call.in(in_weight)[i];
    if (weight <= 0.0f) {
      continue;
    }
    ClosureSet& closures = call.batch.closures[i];
    const float3 incoming = call.batch.incoming.get(i);
    const float3 normal = closure_normal(call, in_normal, i);
    const float3 base = call.in3(in_base_color, i);
    const float metallic = saturate(call.in(in_metallic)[i]);
    const float transmission = saturate(call.in(in_transmission)[i]);
    const float specular = std::max(call.in(in_specular)[i], 0.0f);
    const float specular_tint = call.in(in_specular_tint)[i];
    const float roughness = saturate(call.in(in_roughness)[i]);
    const float subsurface = call.in(in_subsurface)[i];
    const float sheen = call.in(in_sheen)[i];
    const float clearcoat = call.in(in_clearcoat)[i];
    const float diffuse_weight = (1.0f - metallic) * (1.0f - transmission) * weight;
    const float glass_weight = (1.0f - metallic) * transmission * weight;
    const float specular_weight = (1.0f - transmission * (1.0f - metallic)) * weight;

    // Diffuse, or scattering below the surface in its place.
    if (diffuse_weight > 1e-5f) {
      const bool is_subsurface = subsurface > 1e-5f;
      const float3 mixed =
          is_subsurface ? lerp(base, call.in3(in_subsurface_color, i), saturate(subsurface)) : base;
      if (Closure* c = closures.add(mixed * diffuse_weight)) {
        c->kind = ClosureKind::PrincipledDiffuse;
        c->normal = normal;
        c->alpha_x = roughness;
        c->extra = 0.0f;
      }
      if (sheen > 1e-5f) {
        const float3 color = lerp(float3{1, 1, 1}, tint_of(base), call.in(in_sheen_tint)[i]);
        if (Closure* c = closures.add(color * (sheen * diffuse_weight))) {
          c->kind = ClosureKind::Sheen;
          c->normal = normal;
        }
      }
    }

    // Specular reflection, dielectric or metallic.
    if (specular_weight > 1e-5f && (specular > 1e-5f || metallic > 1e-5f)) {
      const float3 tint = lerp(float3{1, 1, 1}, tint_of(base), specular_tint);
      const float3 color = tint * (0.08f * specular * (1.0f - metallic)) + base * metallic;
      const float alpha = square(roughness);
      float3 gain{specular_weight, specular_weight, specular_weight};
      if (settings.is_multi_scattering) {
        gain = gain * with_multiple_bounces(color, normal, incoming, alpha);
      }
      if (Closure* c = closures.add(gain)) {
        c->kind = ClosureKind::Microfacet;
        c->normal = normal;
        c->fresnel = FresnelKind::Principled;
        c->ior = specular_ior(specular);
        c->color = color;
        const float aspect = safe_sqrt(1.0f - 0.9f * saturate(call.in(in_anisotropic)[i]));
        c->alpha_x = alpha / std::max(aspect, 1e-3f);
        c->alpha_y = alpha * aspect;
        if (aspect < 1.0f) {
          c->tangent = rotate_tangent(normalize(call.in3(in_tangent, i)), normal,
                                      call.in(in_anisotropic_rotation)[i]);
        }
        // Reflectance decides how often it is drawn.
        const float3 seen = facet_fresnel(*c, dot(normal, incoming));
        c->sample_weight = std::max(mean(c->weight * seen), 1e-4f);
      }
    }

    // Glass.
    if (glass_weight > 1e-5f) {
      float ior = std::max(call.in(in_ior)[i], 1e-5f);
      if (call.batch.is_backfacing[i]) {
        ior = 1.0f / ior;
      }
      const float fresnel = fresnel_dielectric(dot(normal, incoming), ior);
      const float reflection_alpha = square(roughness);
      const float refraction_roughness =
          settings.is_multi_scattering
              ? roughness
              : 1.0f -
                    (1.0f - roughness) * (1.0f - saturate(call.in(in_transmission_roughness)[i]));
      const float3 color = lerp(float3{1, 1, 1}, base, specular_tint);
      if (Closure* c = closures.add(float3{1, 1, 1} * (glass_weight * fresnel))) {
        c->kind = ClosureKind::Microfacet;
        c->normal = normal;
        c->fresnel = FresnelKind::Principled;
        c->color = color;
        c->ior = ior;
        c->alpha_x = c->alpha_y = reflection_alpha;
      }
      if (Closure* c = closures.add(base * (glass_weight * (1.0f - fresnel)))) {
        c->kind = ClosureKind::MicrofacetRefraction;
        c->normal = normal;
        c->ior = ior;
        c->alpha_x = c->alpha_y = square(refraction_roughness);
      }
    }

    // Clearcoat.
    if (clearcoat > 1e-5f) {
      const float amount = 0.25f * clearcoat * weight;
      if (Closure* c = closures.add({amount, amount, amount})) {
        c->kind = ClosureKind::Microfacet;
        c->distribution = Distribution::Gtr1;
        c->normal = closure_normal(call, in_clearcoat_normal, i);
        c->fresnel = FresnelKind::Principled;
        c->ior = 1.5f;
        c->color = {0.04f, 0.04f, 0.04f};
        c->alpha_x = c->alpha_y =
            std::max(square(saturate(call.in(in_clearcoat_roughness)[i])), 1e-4f);
        c->sample_weight *= mean(facet_fresnel(*c, dot(c->normal, incoming)));
      }
    }
  }
}

void emission_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.batch.closures[i].emission += call.in3(1, i) * (call.in(0)[i] * call.in(4)[i]);
  }
}

void transparency_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    const float t = call.in(0)[i] * (1.0f - call.in(1)[i]);
    call.batch.closures[i].transparency += float3{t, t, t};
  }
}

bool is_zero(const Scalar& s) {
  return s.is_constant && s.constant == 0.0f;
}

void compile(NodeCompiler& node) {
  const Scalar alpha = node.saturate(node.input("Alpha"));
  const ProgramKind kind = node.program_kind();
  const Scalar solid = node.multiply(node.weight(), alpha);
  if (kind != ProgramKind::Emission && !(alpha.is_constant && alpha.constant == 1.0f)) {
    node.emit(transparency_kernel, Purity::ReadsBatch, {node.weight(), alpha}, {});
  }
  if (kind != ProgramKind::Transparency) {
    const Value3 emission = node.input3("Emission");
    const Scalar strength = node.input("Emission Strength");
    if (!is_zero(strength) &&
        !(is_zero(emission.x) && is_zero(emission.y) && is_zero(emission.z))) {
      node.emit(emission_kernel, Purity::ReadsBatch, inputs_of({solid, emission, strength}), {});
    }
  }
  if (kind != ProgramKind::Surface || (solid.is_constant && solid.constant <= 0.0f)) {
    return;
  }
  const Value3 normal = normal_input(node);
  const Value3 coat_normal = node.is_linked("Clearcoat Normal")
                                 ? node.input3("Clearcoat Normal")
                                 : normal_input(node, "Clearcoat Normal");
  const Scalar anisotropic = node.input("Anisotropic");
  node.emit(kernel, Purity::ReadsBatch,
            inputs_of({solid,
                       node.input3("Base Color"),
                       node.input("Subsurface"),
                       node.input3("Subsurface Radius"),
                       node.input3("Subsurface Color"),
                       node.input("Subsurface IOR"),
                       node.input("Subsurface Anisotropy"),
                       node.input("Metallic"),
                       node.input("Specular"),
                       node.input("Specular Tint"),
                       node.input("Roughness"),
                       anisotropic,
                       node.input("Anisotropic Rotation"),
                       node.input("Sheen"),
                       node.input("Sheen Tint"),
                       node.input("Clearcoat"),
                       node.input("Clearcoat Roughness"),
                       node.input("IOR"),
                       node.input("Transmission"),
                       node.input("Transmission Roughness"),
                       normal,
                       coat_normal,
                       is_zero(anisotropic) ? constant(float3{1, 0, 0}) : tangent_input(node)}),
            {},
            std::make_shared<Settings>(Settings{node.node().text("distribution") == "MULTI_GGX"}));
}

}  // namespace

void register_principled_bsdf(ShaderNodeList& nodes) {
  nodes.add<BsdfPrincipledNode>(compile);
}

}  // namespace kiln::render::shading
