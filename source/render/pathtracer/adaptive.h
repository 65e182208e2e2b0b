#pragma once

#include <span>
#include <vector>

#include "render/pathtracer/film.h"

namespace kiln::render {

/// Decides which pixels go on getting samples. It looks at the film only between chunks of samples,
/// so that the choice, and the picture, is the same for any number of threads and tiles.
///
/// The error of a pixel compares all of its samples with every second one, relative to the square
/// root of its brightness: H. Dammertz, J. Hanika, A. Keller, H. Lensch, "A hierarchical automatic
/// stopping condition for Monte Carlo global illumination", WSCG 2010. A pixel stops when it and
/// its eight neighbours are below the threshold, which keeps single lucky pixels from stopping.
class AdaptiveSampling {
public:
  explicit AdaptiveSampling(const RenderSettings& settings);

  /// One byte a pixel, rows from the bottom: 0 for pixels that have stopped. Empty while all go on.
  std::span<const std::uint8_t> active() const { return active_; }
  /// Looks at the picture after `samples` samples of the pixels that still go on. False when none
  /// does.
  bool update(const Film& film, const FilmLayout& layout, int samples);

private:
  const RenderSettings& settings_;
  float threshold_;
  int min_samples_;
  std::vector<std::uint8_t> active_;
};

}  // namespace kiln::render
