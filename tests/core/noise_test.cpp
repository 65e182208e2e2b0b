#include "core/noise.h"

#include <limits>

#include <gtest/gtest.h>

namespace kiln {
namespace {

TEST(Noise, GradientNoiseVanishesOnTheLattice) {
  for (const NoiseBasis basis :
       {NoiseBasis::Blender, NoiseBasis::PerlinOriginal, NoiseBasis::PerlinNew}) {
    EXPECT_EQ(noise({3, -7, 12}, basis), 0.0f);
  }
}

TEST(Noise, GivesTheValuesThatScriptsKnow) {
  // Measured in Blender 3.4.1.
  EXPECT_NEAR(noise({0.1f, 0.2f, 0.3f}, NoiseBasis::Blender), 0.03423035f, 1e-6f);
  EXPECT_NEAR(noise({0.1f, 0.2f, 0.3f}, NoiseBasis::PerlinOriginal), 0.12219560f, 1e-6f);
  EXPECT_NEAR(noise({0.1f, 0.2f, 0.3f}, NoiseBasis::PerlinNew), -0.34100264f, 1e-6f);
  EXPECT_NEAR(noise({0.1f, 0.2f, 0.3f}, NoiseBasis::VoronoiF2), 0.11902905f, 1e-6f);
  EXPECT_NEAR(noise({0.1f, 0.2f, 0.3f}, NoiseBasis::CellNoise), -0.35910451f, 1e-6f);
}

TEST(Noise, RepeatsEvery256) {
  const float3 p{0.3f, 0.6f, 0.2f};

  const float3 moved = p + float3{256, 512, -256};

  EXPECT_NEAR(noise(p, NoiseBasis::PerlinNew), noise(moved, NoiseBasis::PerlinNew), 1e-3f);
}

TEST(Noise, VoronoiPointsAreNearestFirst) {
  const VoronoiPoints nearest = voronoi({1.3f, -2.2f, 0.4f});

  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(nearest.distances[i], distance(nearest.points[i], {1.3f, -2.2f, 0.4f}), 1e-6f);
  }
  EXPECT_TRUE(std::is_sorted(nearest.distances.begin(), nearest.distances.end()));
}

TEST(Noise, CellNoiseIsConstantInACubeAndDiffersBetweenCubes) {
  EXPECT_EQ(cell_noise({1.1f, 2.9f, 3.5f}), cell_noise({1.9f, 2.1f, 3.2f}));
  EXPECT_NE(cell_noise({1.1f, 2.9f, 3.5f}), cell_noise({2.1f, 2.9f, 3.5f}));
}

TEST(Noise, TurbulenceOfOneOctaveIsNoise) {
  const float3 p{0.4f, 1.7f, -0.3f};

  EXPECT_EQ(turbulence(p, 1, false, NoiseBasis::PerlinNew, 0.5f, 2.0f),
            noise(p, NoiseBasis::PerlinNew));
}

TEST(Noise, AFractionOfAnOctaveFadesItIn) {
  const float3 p{0.1f, 0.2f, 0.3f};
  const auto fractal = [&](float octaves) {
    return fractal_noise(p, 0.7f, 2.1f, octaves, NoiseBasis::PerlinOriginal);
  };

  EXPECT_NEAR(fractal(4.5f), 0.5f * (fractal(4.0f) + fractal(5.0f)), 1e-6f);
}

TEST(Noise, HugeAndUnrealPositionsDoNoHarm) {
  const float infinity = std::numeric_limits<float>::infinity();
  const float nan = std::numeric_limits<float>::quiet_NaN();
  for (int basis = 0; basis < noise_basis_count; ++basis) {
    for (const float x : {1e30f, -1e30f, infinity, -infinity, nan}) {
      noise({x, 0.5f, -x}, NoiseBasis(basis));
      turbulence({x, 0.5f, -x}, 1000000, true, NoiseBasis(basis), 2.0f, 1e30f);
      ridged_multi_fractal({x, 0.5f, -x}, nan, x, infinity, x, x, NoiseBasis(basis));
    }
  }
  SUCCEED();
}

}  // namespace
}  // namespace kiln
