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

constexpr int band_rows = 16;  // filtered at a time

/// A plane with a frame that repeats its edge, so that neighbours need no bounds.
class FramedPlane {
public:
  FramedPlane(const std::vector<float>& plane, int width, int height, int frame)
      : stride_(width + 2 * frame), frame_(frame) {
    values_.resize(std::size_t(stride_) * std::size_t(height + 2 * frame));
    for (int y = -frame; y < height + frame; ++y) {
      const std::size_t row = std::size_t(std::clamp(y, 0, height - 1)) * std::size_t(width);
      for (int x = -frame; x < width + frame; ++x) {
        values_[std::size_t(at(x, y))] = plane[row + std::size_t(std::clamp(x, 0, width - 1))];
      }
    }
  }
  std::ptrdiff_t at(int x, int y) const {
    return std::ptrdiff_t(y + frame_) * stride_ + x + frame_;
  }
  const float* row(int x, int y) const { return values_.data() + at(x, y); }

private:
  std::vector<float> values_;
  int stride_, frame_;
};

// Variances are noisy themselves, and those of few samples may be 0 by chance: a mean of nine.
std::vector<float> smoothed(const std::vector<float>& plane, int width, int height) {
  const FramedPlane framed(plane, width, height, 1);
  std::vector<float> result(plane.size());
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      float sum = 0.0f;
      for (int j = -1; j <= 1; ++j) {
        const float* row = framed.row(x, y + j);
        sum += row[-1] + row[0] + row[1];
      }
      result[std::size_t(y) * std::size_t(width) + std::size_t(x)] = sum * (1.0f / 9.0f);
    }
  }
  return result;
}

/// One feature, filtered a band of rows at a time.
class FeatureFilter {
public:
  FeatureFilter(const std::vector<float>& values, const std::vector<float>& variance, int width,
                int height, const Reach& reach)
      : width_(width),
        height_(height),
        reach_(reach),
        values_(values, width, height, reach.window + reach.patch),
        variance_(smoothed(variance, width, height), width, height, reach.window + reach.patch) {}

  void run(int first, int end, std::vector<float>& result) const {
    const int rows = end - first;
    const std::size_t count = std::size_t(rows) * std::size_t(width_);
    std::vector<float> sums(count, 0.0f), totals(count, 0.0f);
    std::vector<float> distance(std::size_t(width_ + 2 * reach_.patch) *
                                std::size_t(rows + 2 * reach_.patch));
    for (int dy = -reach_.window; dy <= reach_.window; ++dy) {
      for (int dx = -reach_.window; dx <= reach_.window; ++dx) {
        measure(first, rows, dx, dy, distance);
        gather(first, rows, dx, dy, distance, sums, totals);
      }
    }
    for (int y = first; y < end; ++y) {
      const float *value = values_.row(0, y), *variance = variance_.row(0, y);
      const std::size_t from = std::size_t(y - first) * std::size_t(width_);
      float* out = result.data() + std::size_t(y) * std::size_t(width_);
      for (int x = 0; x < width_; ++x) {
        // The pixel itself has the weight 1.
        out[x] = variance[x] > 0.0f ? sums[from + std::size_t(x)] / totals[from + std::size_t(x)]
                                    : value[x];
      }
    }
  }

private:
  // Squared differences beyond what noise alone would make, in units of it, of pixels and their
  // neighbours at one offset.
  void measure(int first, int rows, int dx, int dy, std::vector<float>& distance) const {
    const int patch = reach_.patch, wide = width_ + 2 * patch;
    for (int j = -patch; j < rows + patch; ++j) {
      const float *p = values_.row(-patch, first + j), *q = values_.row(dx - patch, first + j + dy),
                  *p_variance = variance_.row(-patch, first + j),
                  *q_variance = variance_.row(dx - patch, first + j + dy);
      float* out = distance.data() + std::size_t(j + patch) * std::size_t(wide);
      for (int i = 0; i < wide; ++i) {
        const float d = p[i] - q[i], vp = p_variance[i], vq = q_variance[i];
        out[i] = (d * d - (vp + std::min(vp, vq))) / (1e-8f + reach_.tolerance * (vp + vq));
      }
    }
  }

  void gather(int first, int rows, int dx, int dy, const std::vector<float>& distance,
              std::vector<float>& sums, std::vector<float>& totals) const {
    const int patch = reach_.patch, wide = width_ + 2 * patch, side = 2 * patch + 1;
    const float scale = 0.125f / float(side * side);
    // Neighbours outside of the picture are none.
    const int left = std::max(0, -dx), right = std::min(width_, width_ - dx);
    for (int j = std::max(0, -dy - first); j < std::min(rows, height_ - dy - first); ++j) {
      const float* neighbour = values_.row(dx, first + j + dy);
      const float* around = distance.data() + std::size_t(j) * std::size_t(wide);
      float* sum = sums.data() + std::size_t(j) * std::size_t(width_);
      float* total = totals.data() + std::size_t(j) * std::size_t(width_);
      for (int x = left; x < right; ++x) {
        float d = 0.0f;
        for (int b = 0; b < side; ++b) {
          for (int a = 0; a < side; ++a) {
            d += around[b * wide + x + a];
          }
        }
        // exp(-d) as a power, for d up to 8.
        const float base = std::max(0.0f, 1.0f - std::max(d * scale, 0.0f));
        const float two = base * base, four = two * two, weight = four * four;
        sum[x] += weight * neighbour[x];
        total[x] += weight;
      }
    }
  }

  int width_, height_;
  Reach reach_;
  FramedPlane values_, variance_;
};

}  // namespace

bool prefilter_features(DenoiseInput& input, const Progress& progress) {
  if (input.prefilter == DenoisePrefilter::None) {
    return true;
  }
  const Reach reach = reach_of(input.prefilter);
  for (std::size_t f = 0; f < input.features.size() && !progress.cancelled(); ++f) {
    const std::vector<float>& variance = input.feature_variance[f];
    if (std::none_of(variance.begin(), variance.end(), [](float v) { return v > 0.0f; })) {
      continue;
    }
    const FeatureFilter filter(input.features[f], variance, input.width, input.height, reach);
    std::vector<float> result(input.features[f].size());
    const int bands = (input.height + band_rows - 1) / band_rows;
    parallel_for(std::size_t(bands), 1, [&](std::size_t begin, std::size_t end) {
      for (std::size_t band = begin; band < end && !progress.cancelled(); ++band) {
        const int first = int(band) * band_rows;
        filter.run(first, std::min(first + band_rows, input.height), result);
      }
    });
    input.features[f] = std::move(result);
  }
  return !progress.cancelled();
}

}  // namespace kiln::render
