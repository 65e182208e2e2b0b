#pragma once

#include <span>

namespace kiln::image {

/// How printing density tells light: steps of 1023 that stand for black and white, and how much
/// density grows with the logarithm of light.
struct FilmCurve {
  float black = 95.0f, white = 685.0f;
  float gamma = 1.0f / 0.6f;
};

/// Values of film scans (DPX, Cineon) in [0, 1] to scene-linear light, in place; a fourth channel
/// stays.
///
/// Logarithmic ones are printing density: 0.002 density a step of 1023, black at 95, white at 685,
/// film gamma 0.6 (Kodak, "Grayscale transformation of Cineon digital film data for display,
/// conversion, and film recording", 1993). What that gives, and all others, are display values of
/// the sRGB curve.
void film_to_linear(std::span<float> values, int channels, bool is_logarithmic);

/// Display values in [0, 1] to printing density in [0, 1], in place: the reverse of the first step
/// above.
void display_to_film_log(std::span<float> values, int channels, const FilmCurve& curve = {});

/// Light to display values of the sRGB curve, in place; a fourth channel stays.
void light_to_film(std::span<float> values, int channels);

}  // namespace kiln::image
