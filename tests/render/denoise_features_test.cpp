// Noise of what the denoiser looks at besides the picture.
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "render/pathtracer/denoise.h"

namespace kiln::render {
namespace {

constexpr int width = 32, height = 24;
constexpr float noise = 0.2f;

// Left half 0.2, right half 0.8, with noise.
DenoiseInput step(DenoisePrefilter prefilter, float amount) {
  DenoiseInput input(width, height);
  input.prefilter = prefilter;
  std::mt19937 random(5);
  std::normal_distribution<float> normal(0.0f, 1.0f);
  for (std::size_t f = 0; f < input.features.size(); ++f) {
    input.feature_variance[f].assign(input.features[f].size(), amount * amount);
    for (std::size_t p = 0; p < input.features[f].size(); ++p) {
      input.features[f][p] = (p % width < width / 2 ? 0.2f : 0.8f) + amount * normal(random);
    }
  }
  return input;
}

// Root of the mean squared distance from what it is without noise.
double error(const DenoiseInput& input) {
  double sum = 0.0;
  for (std::size_t p = 0; p < input.features[0].size(); ++p) {
    const double d = input.features[0][p] - (p % width < width / 2 ? 0.2 : 0.8);
    sum += d * d;
  }
  return std::sqrt(sum / double(input.features[0].size()));
}

double error_after(DenoisePrefilter prefilter) {
  DenoiseInput input = step(prefilter, 0.3f * noise);
  EXPECT_TRUE(prefilter_features(input, Progress()));
  return error(input);
}

TEST(DenoisingPrefilter, TakesNoiseAndKeepsEdges) {
  const double before = error_after(DenoisePrefilter::None);
  const double fast = error_after(DenoisePrefilter::Fast);
  const double accurate = error_after(DenoisePrefilter::Accurate);

  EXPECT_LT(fast, 0.6 * before);
  EXPECT_LT(accurate, 0.8 * fast);
}

TEST(DenoisingPrefilter, LeavesWhatHasNoNoise) {
  for (const DenoisePrefilter prefilter : {DenoisePrefilter::Fast, DenoisePrefilter::Accurate}) {
    DenoiseInput input = step(prefilter, 0.0f);
    const auto before = input.features;

    EXPECT_TRUE(prefilter_features(input, Progress()));

    EXPECT_EQ(input.features, before);
  }
}

}  // namespace
}  // namespace kiln::render
