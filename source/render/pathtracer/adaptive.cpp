#include "render/pathtracer/adaptive.h"

#include <atomic>
#include <cmath>

#include "core/tasks.h"
#include "core/to_int.h"

namespace kiln::render {
namespace {

// Of the difference between the mean of all samples and that of the even ones.
float pixel_error(const float* sums, const FilmLayout& layout, int offset, int samples,
                  float exposure) {
  if (samples == 0) {
    return 0.0f;  // outside of the border
  }
  const int even = (offset + samples + 1) / 2 - (offset + 1) / 2;
  if (samples < 2 || even < 1 || even == samples) {
    return 1e30f;
  }
  const float* half = sums + layout.half_offset();
  float difference = 0.0f, brightness = 0.0f;
  for (int c = 0; c < 3; ++c) {
    const float mean = sums[c] / float(samples);
    difference += std::abs(mean - half[c] / float(even));
    brightness += std::abs(mean);
  }
  // Below a hundredth of white the eye no longer follows.
  return exposure * difference / std::sqrt(std::max(exposure * brightness, 0.01f));
}

}  // namespace

AdaptiveSampling::AdaptiveSampling(const RenderSettings& settings) : settings_(settings) {
  threshold_ = settings.adaptive_threshold > 0.0f
                   ? settings.adaptive_threshold
                   : std::max(1.0f / float(settings.samples), 0.001f);
  min_samples_ = settings.adaptive_min_samples > 0
                     ? settings.adaptive_min_samples
                     : std::clamp(to_int(16.0f / std::cbrt(threshold_)), 16, 256);
}

bool AdaptiveSampling::update(const Film& film, const FilmLayout& layout, int samples) {
  if (samples < min_samples_) {
    return true;
  }
  const int width = film.width(), height = film.height();
  const std::size_t count = std::size_t(width) * std::size_t(height);
  std::vector<std::uint8_t> is_noisy(count);
  parallel_for(std::size_t(height), 16, [&](std::size_t begin, std::size_t end) {
    for (std::size_t y = begin; y < end; ++y) {
      for (int x = 0; x < width; ++x) {
        is_noisy[y * std::size_t(width) + std::size_t(x)] =
            pixel_error(film.sums(x, int(y)), layout, settings_.sample_offset,
                        film.samples(x, int(y)), settings_.exposure) > threshold_;
      }
    }
  });
  std::vector<std::uint8_t> next(count);
  std::atomic<bool> goes_on = false;
  parallel_for(std::size_t(height), 16, [&](std::size_t begin, std::size_t end) {
    bool any = false;
    for (int y = int(begin); y < int(end); ++y) {
      for (int x = 0; x < width; ++x) {
        const std::size_t at = std::size_t(y) * std::size_t(width) + std::size_t(x);
        if (!active_.empty() && !active_[at]) {
          continue;
        }
        for (int j = std::max(y - 1, 0); j <= std::min(y + 1, height - 1) && !next[at]; ++j) {
          for (int i = std::max(x - 1, 0); i <= std::min(x + 1, width - 1); ++i) {
            next[at] |= is_noisy[std::size_t(j) * std::size_t(width) + std::size_t(i)];
          }
        }
        any = any || next[at];
      }
    }
    if (any) {
      goes_on = true;
    }
  });
  active_ = std::move(next);
  return goes_on;
}

}  // namespace kiln::render
