#include "render/pathtracer/pixel_filter.h"

#include "core/to_int.h"
#include "render/shading/sampling.h"

namespace kiln::render {
namespace {

constexpr int table_size = 1024;

/// The filter at `x` pixels from the centre; `half` is where it ends.
float evaluate(PixelFilter filter, float x, float half) {
  switch (filter) {
    case PixelFilter::Box:
      return 1.0f;
    case PixelFilter::Gaussian: {
      // Three times the width is looked at, where exp(-18) is left.
      const float v = 3.0f * x / half;
      return std::exp(-2.0f * v * v);
    }
    case PixelFilter::BlackmanHarris: {
      // Harris, "On the use of windows for harmonic analysis", 1978: four terms, minimum side
      // lobes.
      const float v = pi * (x / half + 1.0f);
      return 0.35875f - 0.48829f * std::cos(v) + 0.14128f * std::cos(2.0f * v) -
             0.01168f * std::cos(3.0f * v);
    }
  }
  return 1.0f;
}

}  // namespace

FilterTable::FilterTable(PixelFilter filter, float width) {
  // Where the filter ends. Wide filters reach beyond their nominal width, which counts about what
  // they weigh most.
  const float half = filter == PixelFilter::Box        ? 0.5f
                     : filter == PixelFilter::Gaussian ? 1.5f * width
                                                       : width;
  constexpr int steps = 8192;
  std::vector<double> cumulated(steps + 1, 0.0);
  for (int i = 0; i < steps; ++i) {
    const float x = half * (2.0f * (float(i) + 0.5f) / steps - 1.0f);
    cumulated[i + 1] = cumulated[i] + std::max(evaluate(filter, x, half), 0.0f);
  }
  inverse_.resize(table_size + 1);
  int at = 0;
  for (int i = 0; i <= table_size; ++i) {
    const double wanted = cumulated[steps] * i / table_size;
    while (at < steps - 1 && cumulated[at + 1] < wanted) {
      ++at;
    }
    const double step = cumulated[at + 1] - cumulated[at];
    const double inside = step > 0.0 ? std::min((wanted - cumulated[at]) / step, 1.0) : 0.0;
    inverse_[i] = half * float(2.0 * (at + inside) / steps - 1.0);
  }
}

float FilterTable::sample(float random) const {
  const float at = random * table_size;
  const int i = std::min(to_int(at), table_size - 1);
  return lerp(inverse_[i], inverse_[i + 1], at - float(i));
}

}  // namespace kiln::render
