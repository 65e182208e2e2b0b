#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "core/math.h"

namespace kiln::image {

/// A function from color to color, made by `ColorManagement`. Copies are cheap; const use is safe
/// from any thread.
class ColorTransform {
public:
  /// Leaves every value as it is.
  ColorTransform() = default;

  bool is_identity() const { return implementation_ == nullptr; }
  float3 operator()(float3 color) const;

  /// Transforms pixels of `channels` (3 or 4) floats in place, in the calling thread; a fourth
  /// channel stays.
  void apply(std::span<float> pixels, int channels) const;
  /// The same on all cores.
  void apply_parallel(std::span<float> pixels, int channels) const;
  /// As `apply_parallel` for four channels with premultiplied alpha: color is divided by alpha
  /// before the transform and multiplied after it. Pixels with alpha 0 or 1 are transformed as they
  /// are.
  void apply_premultiplied(std::span<float> pixels) const;

  struct Implementation {
    virtual ~Implementation() = default;
    virtual void apply(float* pixels, std::size_t count, int channels) const = 0;
  };
  explicit ColorTransform(std::shared_ptr<const Implementation> implementation);

private:
  std::shared_ptr<const Implementation> implementation_;
};

}  // namespace kiln::image
