#include "render/pathtracer/sampler.h"
#include "render/shading/sampling.h"
#include "support.h"

namespace kiln::render::shading {
namespace {

struct Case {
  const char* name;
  Closure closure;
  bool is_reciprocal = true;
  bool is_lossless = true;  ///< returns no more than it gets
};

Closure make(ClosureKind kind, float alpha_x, float alpha_y = -1.0f) {
  Closure c;
  c.kind = kind;
  c.weight = {1, 1, 1};
  c.normal = {0, 0, 1};
  c.tangent = {1, 0, 0};
  c.alpha_x = alpha_x;
  c.alpha_y = alpha_y < 0.0f ? alpha_x : alpha_y;
  return c;
}

Closure beckmann(float alpha) {
  Closure c = make(ClosureKind::Microfacet, alpha);
  c.distribution = Distribution::Beckmann;
  return c;
}

Closure gtr1(float alpha) {
  Closure c = make(ClosureKind::Microfacet, alpha);
  c.distribution = Distribution::Gtr1;
  return c;
}

Closure refraction(float alpha, float ior) {
  Closure c = make(ClosureKind::MicrofacetRefraction, alpha);
  c.ior = ior;
  return c;
}

std::vector<Case> cases() {
  return {
      {"Lambert", make(ClosureKind::OrenNayar, 0.0f)},
      {"OrenNayar", make(ClosureKind::OrenNayar, 0.7f)},
      {"PrincipledDiffuse", make(ClosureKind::PrincipledDiffuse, 0.3f)},
      {"Sheen", make(ClosureKind::Sheen, 0.0f), true, false},
      {"Velvet", make(ClosureKind::Velvet, 0.5f), false},
      {"Translucent", make(ClosureKind::Translucent, 0.0f), false},
      {"ToonDiffuse", make(ClosureKind::ToonDiffuse, 0.5f, 0.2f), false},
      {"ToonGlossy", make(ClosureKind::ToonGlossy, 0.3f, 0.2f), false},
      {"Ggx", make(ClosureKind::Microfacet, 0.3f)},
      {"GgxAnisotropic", make(ClosureKind::Microfacet, 0.5f, 0.15f)},
      {"Beckmann", beckmann(0.3f)},
      {"Gtr1", gtr1(0.2f), true, false},
      {"AshikhminShirley", make(ClosureKind::AshikhminShirley, 0.3f, 0.15f), true, false},
      {"RefractionIn", refraction(0.3f, 1.5f), false},
      {"RefractionOut", refraction(0.3f, 1.0f / 1.5f), false},
  };
}

class Bsdf : public testing::TestWithParam<Case> {};

const float3 up{0, 0, 1};
const float3 views[] = {normalize(float3{0.1f, 0.0f, 1.0f}), normalize(float3{0.7f, 0.3f, 0.6f})};

/// Directions evenly over the sphere: a Fibonacci lattice.
float3 lattice(int i, int count) {
  const float z = 1.0f - (2.0f * float(i) + 1.0f) / float(count);
  const float phi = 2.39996323f * float(i);
  const float r = safe_sqrt(1.0f - z * z);
  return {r * std::cos(phi), r * std::sin(phi), z};
}

TEST_P(Bsdf, DensityIntegratesToTheShareOfSuccessfulDraws) {
  for (const float3 wo : views) {
    constexpr int count = 200'000;
    double integral = 0.0;
    for (int i = 0; i < count; ++i) {
      integral +=
          evaluate_closure(GetParam().closure, up, wo, lattice(i, count)).pdf * 4.0 * pi / count;
    }
    int drawn = 0;
    constexpr int draws = 4096;
    for (int i = 0; i < draws; ++i) {
      drawn +=
          sample_closure(GetParam().closure, up, wo, Sampler(7, std::uint32_t(i)).pair(1)).pdf >
          0.0f;
    }

    EXPECT_NEAR(integral, double(drawn) / draws, 0.02);
  }
}

TEST_P(Bsdf, DrawsEstimateTheIntegralOfTheFunction) {
  for (const float3 wo : views) {
    constexpr int count = 200'000;
    double integral = 0.0;
    for (int i = 0; i < count; ++i) {
      integral += evaluate_closure(GetParam().closure, up, wo, lattice(i, count)).value.x * 4.0 *
                  pi / count;
    }
    double estimate = 0.0;
    constexpr int draws = 1 << 14;
    for (int i = 0; i < draws; ++i) {
      const BsdfSample sample =
          sample_closure(GetParam().closure, up, wo, Sampler(7, std::uint32_t(i)).pair(1));
      estimate += sample.pdf > 0.0f ? sample.value.x / sample.pdf / draws : 0.0f;
    }

    EXPECT_NEAR(estimate, integral, 0.02 * std::max(integral, 0.5));
  }
}

TEST_P(Bsdf, DrawnDirectionsHaveTheValueAndDensityOfEvaluation) {
  for (int i = 0; i < 64; ++i) {
    const BsdfSample sample =
        sample_closure(GetParam().closure, up, views[1], Sampler(3, std::uint32_t(i)).pair(1));
    if (sample.pdf > 0.0f) {
      const BsdfValue value = evaluate_closure(GetParam().closure, up, views[1], sample.direction);
      EXPECT_NEAR(value.pdf, sample.pdf, 2e-3f * sample.pdf);
      EXPECT_NEAR(value.value.x, sample.value.x, 2e-3f * sample.value.x + 1e-6f);
    }
  }
}

TEST_P(Bsdf, NeverReturnsMoreLightThanItGets) {
  if (!GetParam().is_lossless) {
    GTEST_SKIP() << "brighter at grazing angles by design";
  }
  for (const float3 wo : views) {
    double estimate = 0.0;
    constexpr int draws = 4096;
    for (int i = 0; i < draws; ++i) {
      const BsdfSample sample =
          sample_closure(GetParam().closure, up, wo, Sampler(5, std::uint32_t(i)).pair(1));
      estimate += sample.pdf > 0.0f ? sample.value.x / sample.pdf / draws : 0.0f;
    }

    EXPECT_LE(estimate, 1.02);
  }
}

TEST_P(Bsdf, IsReciprocal) {
  if (!GetParam().is_reciprocal) {
    GTEST_SKIP() << "not reciprocal by definition";
  }
  const float3 a = views[0], b = normalize(float3{-0.5f, 0.2f, 0.5f});

  const float forth = evaluate_closure(GetParam().closure, up, a, b).value.x / b.z;
  const float back = evaluate_closure(GetParam().closure, up, b, a).value.x / a.z;

  EXPECT_NEAR(forth, back, 1e-3f * std::max(forth, 1e-3f));
}

INSTANTIATE_TEST_SUITE_P(All, Bsdf, testing::ValuesIn(cases()),
                         [](const testing::TestParamInfo<Case>& test) { return test.param.name; });

TEST(Fresnel, IsTotalBeyondTheCriticalAngle) {
  EXPECT_FLOAT_EQ(fresnel_dielectric(0.1f, 1.0f / 1.5f), 1.0f);
  EXPECT_NEAR(fresnel_dielectric(1.0f, 1.5f), 0.04f, 1e-6f);
}

}  // namespace
}  // namespace kiln::render::shading
