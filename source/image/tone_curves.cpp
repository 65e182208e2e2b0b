#include "image/tone_curves.h"

#include <algorithm>

namespace kiln::image {

float ToneCurve::operator()(float x) const {
  if (samples.size() < 2 || !(end > start)) {
    return x;
  }
  if (x <= start) {
    return samples.front() + (x - start) * slope_before;
  }
  if (x >= end) {
    return samples.back() + (x - end) * slope_after;
  }
  const std::size_t last = samples.size() - 1;
  const float position = (x - start) / (end - start) * float(last);
  // A NaN gets here and takes the first sample.
  const std::size_t i = position > 0.0f ? std::min(std::size_t(position), last - 1) : 0;
  return lerp(samples[i], samples[i + 1], position - float(i));
}

bool ToneCurves::is_identity() const {
  return combined.samples.empty() && channels[0].samples.empty() && channels[1].samples.empty() &&
         channels[2].samples.empty() && black_level == float3{0, 0, 0} &&
         white_level == float3{1, 1, 1};
}

float3 ToneCurves::operator()(float3 color) const {
  for (int i = 0; i < 3; ++i) {
    // A white level at or below the black one leaves no range; the smallest one stands in.
    const float range = std::max(white_level[i] - black_level[i], 1e-5f);
    color[i] = (color[i] - black_level[i]) / range;
  }
  if (is_filmlike) {
    const float low = std::min({color.x, color.y, color.z}),
                high = std::max({color.x, color.y, color.z});
    const float new_low = combined(low), new_high = combined(high);
    for (int i = 0; i < 3; ++i) {
      color[i] = channels[i](high > low ? new_low + (new_high - new_low) *
                                                        ((color[i] - low) / (high - low))
                                        : new_low);
    }
    return color;
  }
  for (int i = 0; i < 3; ++i) {
    color[i] = channels[i](combined(color[i]));
  }
  return color;
}

}  // namespace kiln::image
