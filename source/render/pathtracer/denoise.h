#pragma once

#include <array>
#include <vector>

#include "core/progress.h"
#include "render/pathtracer/settings.h"

namespace kiln::render {

struct RenderResult;

/// A noisy picture and what is known about it, in planes of width * height values.
struct DenoiseInput {
  static constexpr int feature_count = 7;

  DenoiseInput(int width_of, int height_of);
  int width, height;
  std::array<std::vector<float>, 3> color;     ///< means of the samples
  std::array<std::vector<float>, 3> variance;  ///< of those means
  /// Quantities with little noise that color follows: albedo, normal, logarithm of the depth.
  std::array<std::vector<float>, feature_count> features;
  /// Of their means; may be empty, which stands for none.
  std::array<std::vector<float>, feature_count> feature_variance;
  DenoisePrefilter prefilter = DenoisePrefilter::None;
};

/// Rids the features of their own noise: by a mean over near pixels that differ no more than noise
/// does (Fast), or by non-local means over a wider window, which keeps finer detail (Accurate).
/// Features without noise stay as they are. False when cancelled.
///
/// F. Rousselle, M. Manzi, M. Zwicker, "Robust denoising using feature and color information",
/// Pacific Graphics 2013, section 4.
bool prefilter_features(DenoiseInput& input, const Progress& progress);

/// The picture without noise: three values a pixel, interleaved. Empty when cancelled.
///
/// Around each pixel color is modelled as a linear function of position and features, fitted to the
/// neighbours whose surroundings look alike (non-local means weights); the model's value at the
/// pixel is the result. Same result for any number of threads; about 0.3 Mflop a pixel.
///
/// B. Bitterli, F. Rousselle, B. Moon et al., "Nonlinearly weighted first-order regression for
/// denoising Monte Carlo renderings", EGSR 2016; weights: F. Rousselle, C. Knaus, M. Zwicker,
/// "Adaptive rendering with non-local means filtering", SIGGRAPH Asia 2012.
std::vector<float> denoise(const DenoiseInput& input, Progress& progress);
/// Puts it in the place of the combined pass; false when cancelled.
bool put_denoised(const DenoiseInput& input, RenderResult& result, Progress& progress);

}  // namespace kiln::render
