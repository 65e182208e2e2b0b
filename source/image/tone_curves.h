#pragma once

#include <array>

#include "core/array.h"
#include "core/math.h"

namespace kiln::image {

/// One curve as equally spaced samples; values beyond the range continue along a straight line.
struct ToneCurve {
  Array<float> samples;       ///< at least two; empty: the identity
  float start = 0.0f;         ///< input of the first sample
  float end = 1.0f;           ///< input of the last sample
  float slope_before = 0.0f;  ///< of the line below `start`; 0 holds the first sample
  float slope_after = 0.0f;   ///< of the line above `end`

  float operator()(float x) const;
  bool operator==(const ToneCurve&) const = default;
};

/// RGB curves as the view settings have them: levels, then the curve of all channels, then each
/// channel's own.
struct ToneCurves {
  ToneCurve combined;
  std::array<ToneCurve, 3> channels;
  float3 black_level{0, 0, 0};  ///< this input becomes 0
  float3 white_level{1, 1, 1};  ///< this input becomes 1
  /// The largest and the smallest channel follow the curve of all, the one between keeps its place
  /// between them, so that hues stay.
  bool is_filmlike = false;

  bool is_identity() const;
  float3 operator()(float3 color) const;
  bool operator==(const ToneCurves&) const = default;
};

}  // namespace kiln::image
