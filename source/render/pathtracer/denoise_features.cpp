// Noise of what the denoiser looks at besides the picture.
#include <algorithm>
#include <cmath>

#include "core/tasks.h"
#include "render/pathtracer/denoise.h"

namespace kiln::render {
namespace {

// How a feature is compared: how far away, over how large surroundings, and how many times its
// noise a difference may be.
struct Reach {
  int window;
  int patch;
  float tolerance;
};

Reach reach_of(DenoisePrefilter prefilter) {
  return prefilter == DenoisePrefilter::Fast ? Reach{1, 0, 4.0f} : Reach{4, 1, 1.0f};
}

// Variances are noisy themselves, and those of few samples may be 0 by chance: a mean of nine.
std::vector<float> smoothed(const std::vector<float>& plane, int width, int height) {
  std::vector<float> result(plane.size());
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      float sum = 0.0f;
      int count = 0;
      for (int j = std::max(y - 1, 0); j <= std::min(y + 1, height - 1); ++j) {
        for (int i = std::max(x - 1, 0); i <= std::min(x + 1, width - 1); ++i) {
          sum += plane[std::size_t(j) * std::size_t(width) + std::size_t(i)];
          ++count;
        }
      }
      result[std::size_t(y) * std::size_t(width) + std::size_t(x)] = sum / float(count);
    }
  }
  return result;
}

class FeatureFilter {
public:
  FeatureFilter(const std::vector<float>& values, const std::vector<float>& variance, int width,
                int height, const Reach& reach)
      : values_(values),
        variance_(smoothed(variance, width, height)),
        width_(width),
        height_(height),
        reach_(reach) {}

  float at(int x, int y) const {
    const float own_variance = variance_[index(x, y)];
    if (!(own_variance > 0.0f)) {
      return values_[index(x, y)];
    }
    float sum = 0.0f, total = 0.0f;
    for (int j = std::max(y - reach_.window, 0); j <= std::min(y + reach_.window, height_ - 1);
         ++j) {
      for (int i = std::max(x - reach_.window, 0); i <= std::min(x + reach_.window, width_ - 1);
           ++i) {
        const float weight = std::exp(-std::max(difference(x, y, i, j), 0.0f));
        sum += weight * values_[index(i, j)];
        total += weight;
      }
    }
    return sum / total;  // the pixel itself has weight 1
  }

private:
  std::size_t index(int x, int y) const {
    return std::size_t(y) * std::size_t(width_) + std::size_t(x);
  }
  // Squared, of the surroundings of two pixels, beyond what noise alone would make, in units of it.
  float difference(int x, int y, int i, int j) const {
    float sum = 0.0f;
    for (int b = -reach_.patch; b <= reach_.patch; ++b) {
      for (int a = -reach_.patch; a <= reach_.patch; ++a) {
        const std::size_t p = index(std::clamp(x + a, 0, width_ - 1),
                                    std::clamp(y + b, 0, height_ - 1)),
                          q = index(std::clamp(i + a, 0, width_ - 1),
                                    std::clamp(j + b, 0, height_ - 1));
        const float d = values_[p] - values_[q], vp = variance_[p], vq = variance_[q];
        sum += (d * d - (vp + std::min(vp, vq))) / (1e-8f + reach_.tolerance * (vp + vq));
      }
    }
    const float side = float(2 * reach_.patch + 1);
    return sum / (side * side);
  }

  const std::vector<float>& values_;
  const std::vector<float> variance_;
  int width_, height_;
  Reach reach_;
};

}  // namespace

bool prefilter_features(DenoiseInput& input, const Progress& progress) {
  if (input.prefilter == DenoisePrefilter::None) {
    return true;
  }
  const Reach reach = reach_of(input.prefilter);
  for (std::size_t f = 0; f < input.features.size() && !progress.cancelled(); ++f) {
    if (input.feature_variance[f].empty()) {
      continue;
    }
    const FeatureFilter filter(input.features[f], input.feature_variance[f], input.width,
                               input.height, reach);
    std::vector<float> result(input.features[f].size());
    parallel_for(std::size_t(input.height), 8, [&](std::size_t begin, std::size_t end) {
      for (std::size_t y = begin; y < end && !progress.cancelled(); ++y) {
        for (int x = 0; x < input.width; ++x) {
          result[y * std::size_t(input.width) + std::size_t(x)] = filter.at(x, int(y));
        }
      }
    });
    input.features[f] = std::move(result);
  }
  return !progress.cancelled();
}

}  // namespace kiln::render
