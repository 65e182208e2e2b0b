#pragma once

#include "core/schema/builder.h"

namespace kiln {

/// What a histogram counts.
enum class HistogramMode : std::uint8_t { Luma = 0, Rgb = 1, R = 2, G = 3, B = 4, A = 5 };

/// How often each value is in a picture.
struct Histogram {
  HistogramMode mode = HistogramMode::Luma;
  bool show_line = false;  ///< lines rather than filled shapes
  static const Schema& schema();
};

/// What a waveform shows over the width of the picture; values as of the interface.
enum class WaveformMode : std::uint8_t {
  Luma = 0,
  Parade = 1,  ///< red, green and blue side by side
  YCbCr601 = 2,
  YCbCr709 = 3,
  YCbCrJpeg = 4,
  Rgb = 5  ///< over each other
};

/// Measuring pictures of an image editor.
struct Scopes {
  bool use_full_resolution = false;
  float accuracy = 30.0f;  ///< percents of the lines that are measured
  Histogram histogram;
  WaveformMode waveform_mode = WaveformMode::Luma;
  float waveform_alpha = 0.3f, vectorscope_alpha = 0.3f;  ///< weight of a pixel
  static const Schema& schema();
};

}  // namespace kiln
