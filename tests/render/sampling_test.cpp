#include "render/shading/sampling.h"

#include <limits>
#include <set>

#include "render/pathtracer/distribution.h"
#include "render/pathtracer/pixel_filter.h"
#include "render/pathtracer/sampler.h"
#include "support.h"

namespace kiln::render {
namespace {

TEST(Sampler, FillsEveryElementaryIntervalOfSixteenOnce) {
  for (std::uint32_t pixel = 0; pixel < 20; ++pixel) {
    for (int log_x = 0; log_x <= 4; ++log_x) {
      std::set<int> cells;
      for (std::uint32_t sample = 0; sample < 16; ++sample) {
        const float2 p = Sampler(pixel_seed(pixel, 1, 0), sample).pair(3);
        cells.insert(int(p.x * float(1 << log_x)) * 16 + int(p.y * float(16 >> log_x)));
      }
      EXPECT_EQ(cells.size(), 16u);
    }
  }
}

TEST(Sampler, GivesUnrelatedNumbersToDifferentPairsAndPixels) {
  const Sampler a(pixel_seed(1, 1, 0), 0), b(pixel_seed(2, 1, 0), 0);

  EXPECT_NE(a.pair(0), a.pair(1));
  EXPECT_NE(a.pair(0), b.pair(0));
}

TEST(Sampler, SobolPointsFillEveryElementaryIntervalUpToTheirOffset) {
  const SamplingStyle sobol{.is_sobol = true, .distance = 0.0f};
  for (int log_x = 0; log_x <= 4; ++log_x) {
    std::set<int> cells;
    for (std::uint32_t sample = 0; sample < 16; ++sample) {
      const float2 p = Sampler(sobol, 5, pixel_seed(3, 1, 0), sample).pair(3);
      cells.insert(int(p.x * float(1 << log_x)) * 16 + int(p.y * float(16 >> log_x)));
    }
    EXPECT_EQ(cells.size(), 16u);
  }
}

TEST(Sampler, PixelsDifferAsMuchAsTheDistanceSays) {
  for (const bool is_sobol : {false, true}) {
    const auto first = [&](std::uint32_t pixel, float distance) {
      return Sampler({is_sobol, distance}, 5, pixel_seed(pixel, 1, 0), 0).pair(2).x;
    };
    EXPECT_EQ(first(1, 0.0f), first(2, 0.0f));
    // Around a circle.
    const float apart = std::abs(first(1, 0.1f) - first(2, 0.1f));
    EXPECT_LT(std::min(apart, 1.0f - apart), 0.1f);
    EXPECT_NE(first(1, 0.1f), first(2, 0.1f));
  }
  const Sampler plain(pixel_seed(1, 1, 0), 7), styled(SamplingStyle{}, 5, pixel_seed(1, 1, 0), 7);
  EXPECT_EQ(plain.pair(4), styled.pair(4));
}

TEST(FilterTable, GaussianHasItsSpread) {
  // exp(-8 x^2 / width^2) has the deviation width / 4.
  const FilterTable table(PixelFilter::Gaussian, 4.0f);
  double sum = 0.0;
  constexpr int count = 10'000;
  for (int i = 0; i < count; ++i) {
    const float x = table.sample({(float(i) + 0.5f) / count, 0.5f}).x;
    sum += double(x) * x / count;
  }

  EXPECT_NEAR(std::sqrt(sum), 1.0, 0.01);
}

TEST(FilterTable, BoxStaysInThePixel) {
  const FilterTable table(PixelFilter::Box, 5.0f);

  EXPECT_NEAR(table.sample({0.0f, 0.0f}).x, -0.5f, 1e-4f);
  EXPECT_NEAR(table.sample({0.99999f, 0.0f}).x, 0.5f, 1e-3f);
}

TEST(AliasTable, ChoosesByWeight) {
  const std::vector<float> weights{1.0f, 0.0f, 3.0f, 4.0f};
  const AliasTable table(weights);
  std::vector<int> counts(4, 0);
  for (int i = 0; i < 8000; ++i) {
    ++counts[table.sample((float(i) + 0.5f) / 8000.0f).index];
  }

  EXPECT_NEAR(counts[0], 1000, 2);
  EXPECT_EQ(counts[1], 0);
  EXPECT_NEAR(counts[2], 3000, 2);
  EXPECT_FLOAT_EQ(table.probability(3), 0.5f);
}

TEST(Distribution2d, SamplesWithItsDensity) {
  const std::vector<float> weights{1, 2, 3, 0, 0, 6};
  const Distribution2d distribution(weights, 3, 2);
  for (int i = 0; i < 100; ++i) {
    const Distribution2d::Point p = distribution.sample(Sampler(1, std::uint32_t(i)).pair(0));
    const int cell = int(p.at.y * 2.0f) * 3 + int(p.at.x * 3.0f);
    EXPECT_NEAR(p.pdf, weights[cell] / 12.0f * 6.0f, 1e-4f);
    EXPECT_FLOAT_EQ(p.pdf, distribution.pdf(p.at));
  }
}

// Tables of 256 colors are read there.
TEST(Saturate, WhatIsNoNumberIsZero) {
  EXPECT_EQ(saturate(std::numeric_limits<float>::quiet_NaN()), 0.0f);
  EXPECT_EQ(saturate(std::numeric_limits<float>::infinity()), 1.0f);
  EXPECT_EQ(saturate(-std::numeric_limits<float>::infinity()), 0.0f);
  EXPECT_EQ(saturate(0.25f), 0.25f);
}

}  // namespace
}  // namespace kiln::render
