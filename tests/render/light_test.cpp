#include "render/pathtracer/lamps.h"
#include "render/pathtracer/sampler.h"
#include "render/pathtracer/triangle_light.h"
#include "render/shading/sampling.h"
#include "support.h"

namespace kiln::render {
namespace {

/// Light that a lamp two metres above sends on a patch that faces it, for a power of pi * pi.
double irradiance(const TraceLight& light) {
  const LampModel lamp(light);
  double sum = 0.0;
  constexpr int count = 4096;
  for (int i = 0; i < count; ++i) {
    const LampSample s = lamp.sample({0, 0, 0}, Sampler(1, std::uint32_t(i)).pair(0));
    sum += s.pdf > 0.0f ? s.radiance.x / s.pdf * std::max(s.direction.z, 0.0f) / count : 0.0;
  }
  return sum;
}

TraceLight lamp_above(TraceLight::Kind kind) {
  TraceLight light;
  light.kind = kind;
  light.matrix = translation_matrix({0, 0, 2});
  light.power = {100, 100, 100};
  return light;
}

TEST(Lamp, PointSpreadsItsPowerOverTheSphere) {
  EXPECT_NEAR(irradiance(lamp_above(TraceLight::Kind::Point)), 100.0 / (4.0 * pi) / 4.0, 1e-3);
}

TEST(Lamp, PointWithARadiusIsADiskThatFacesTheViewer) {
  TraceLight light = lamp_above(TraceLight::Kind::Point);
  light.radius = 1.0f;

  // Form factor of a disk: r^2 / (r^2 + d^2) instead of r^2 / d^2.
  EXPECT_NEAR(irradiance(light), 0.8 * 100.0 / (4.0 * pi) / 4.0, 5e-3);
}

TEST(Lamp, SunKeepsItsStrengthPerDirection) {
  TraceLight light = lamp_above(TraceLight::Kind::Sun);
  light.power = {3, 3, 3};
  light.angle = pi / 3.0f;

  // Mean cosine over a disk of tan(30 degrees) at distance 1; 0.92820 of 3 as measured in the
  // reference.
  EXPECT_NEAR(irradiance(light), 3.0 * 0.9282, 3e-3);
}

TEST(Lamp, AreaHasAQuarterOfItsPowerOverTheArea) {
  TraceLight light = lamp_above(TraceLight::Kind::Area);
  light.size = {0.1f, 0.1f};

  EXPECT_NEAR(irradiance(light), 25.0 / 4.0, 0.02);
}

TEST(Lamp, NarrowSpreadKeepsThePower) {
  TraceLight wide = lamp_above(TraceLight::Kind::Area), narrow = wide;
  narrow.spread = 0.8f;
  const auto total = [](const TraceLight& light) {
    // Radiance times cosine over the hemisphere, at one point of the lamp.
    const LampModel lamp(light);
    double sum = 0.0;
    constexpr int count = 20'000;
    for (int i = 0; i < count; ++i) {
      const float c = (float(i) + 0.5f) / count;
      const float3 d{safe_sqrt(1.0f - c * c), 0.0f, c};
      const auto found = lamp.intersect(float3{0, 0, 2} - d * 2.0f, d, 1e30f);
      sum += found ? found->radiance.x * c / count : 0.0;
    }
    return sum;
  };

  EXPECT_NEAR(total(narrow) / total(wide), 1.0, 0.01);
}

TEST(Lamp, RaysFindWhatSamplesFindWithTheSameDensity) {
  for (const auto kind : {TraceLight::Kind::Point, TraceLight::Kind::Spot, TraceLight::Kind::Area,
                          TraceLight::Kind::Sun}) {
    TraceLight light = lamp_above(kind);
    light.radius = 0.5f;
    light.angle = 0.3f;
    const LampModel lamp(light);
    for (int i = 0; i < 32; ++i) {
      const float3 from{0.1f, 0.2f, 0.0f};
      const LampSample s = lamp.sample(from, Sampler(4, std::uint32_t(i)).pair(0));
      const auto met = lamp.intersect(from, s.direction, 1e30f);
      ASSERT_TRUE(met);
      EXPECT_NEAR(met->pdf, s.pdf, 1e-3f * s.pdf);
      EXPECT_NEAR(met->radiance.x, s.radiance.x, 1e-3f * s.radiance.x + 1e-6f);
    }
  }
}

TEST(TriangleLight, SamplesTheSolidAngleOfNearTriangles) {
  const TriangleShape octant{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  for (int i = 0; i < 64; ++i) {
    const TriangleSample s =
        sample_triangle(octant, {0, 0, 0}, Sampler(9, std::uint32_t(i)).pair(0));
    EXPECT_NEAR(s.pdf, 2.0f / pi, 1e-4f);
    EXPECT_NEAR(
        s.direction.x * s.distance + s.direction.y * s.distance + s.direction.z * s.distance, 1.0f,
        1e-4f);
  }
}

TEST(TriangleLight, EstimatesTheFormFactorNearAndFar) {
  for (const float height : {0.05f, 0.5f, 5.0f, 50.0f}) {
    const TriangleShape t{{-1, -1, height}, {2, -1, height}, {-1, 2, height}};
    double by_samples = 0.0, by_area = 0.0;
    constexpr int count = 1 << 14;
    for (int i = 0; i < count; ++i) {
      const float2 random = Sampler(2, std::uint32_t(i)).pair(0);
      const TriangleSample s = sample_triangle(t, {0, 0, 0}, random);
      by_samples += s.pdf > 0.0f ? s.direction.z / s.pdf / count : 0.0;
      // Stratified over the area as a check.
      const float root = std::sqrt(random.x);
      const float3 p =
          t.a + (t.b - t.a) * (root * (1.0f - random.y)) + (t.c - t.a) * (root * random.y);
      const float d2 = dot(p, p);
      by_area += 4.5 * square(p.z / std::sqrt(d2)) / d2 / count;
    }
    EXPECT_NEAR(by_samples, by_area, 0.03 * by_area) << height;
  }
}

}  // namespace
}  // namespace kiln::render
