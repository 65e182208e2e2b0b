#pragma once

#include <span>
#include <vector>

#include "core/math.h"
#include "render/pathtracer/denoise.h"
#include "render/pathtracer/render.h"
#include "render/pathtracer/settings.h"

namespace kiln::render {

/// Where the passes of a sample lie among its floats. Passes that another one is divided by are
/// there too.
class FilmLayout {
public:
  explicit FilmLayout(const RenderSettings& settings);

  int stride() const { return stride_; }
  /// Offset of a pass, -1 where nobody wants it.
  int offset(PassKind kind) const { return offsets_[int(kind)]; }
  bool has(PassKind kind) const { return offset(kind) >= 0; }
  /// True if light is to be split into diffuse, glossy and transmission.
  bool has_light_passes() const { return has_light_passes_; }
  /// True if anything but colour is asked of the first surface.
  bool has_surface_passes() const { return has_surface_passes_; }
  /// What is known about the noise of the combined pass. Offsets are -1 where nobody asks.
  int half_offset() const { return half_offset_; }      ///< RGB of the samples of even index alone
  int square_offset() const { return square_offset_; }  ///< squares of RGB
  /// Of the first surface, for the denoiser: albedo, normal, logarithm of 1 + depth; 7 values.
  int feature_offset() const { return feature_offset_; }
  int feature_square_offset() const { return feature_square_offset_; }  ///< their squares
  /// Of the light of a group, -1 where nobody wants it.
  int lightgroup_offset(int group) const {
    return group >= 0 && group < int(lightgroups_.size()) ? lightgroups_[std::size_t(group)] : -1;
  }
  /// Pairs of identifier and weight that a sample or pixel keeps for a cryptomatte pass.
  std::span<float> matte(PassKind kind, float* floats) const {
    return {floats + offset(kind), std::size_t(matte_sizes_[int(kind)])};
  }
  bool has_mattes() const { return has_mattes_; }
  /// Adds a sample, or sums of samples, to sums.
  void add(float* sums, const float* more) const;
  struct Aov {
    std::string name;
    bool is_color = true;
    int offset = 0;
  };
  const std::vector<Aov>& aovs() const { return aovs_; }

private:
  std::vector<int> offsets_, matte_sizes_;
  std::vector<Aov> aovs_;
  std::vector<int> lightgroups_;
  int stride_ = 0;
  int plain_ = 0;  // floats that are added one by one; mattes follow
  int half_offset_ = -1, square_offset_ = -1, feature_offset_ = -1, feature_square_offset_ = -1;
  bool has_light_passes_ = false, has_surface_passes_ = false, has_mattes_ = false;
};

/// The sums of all samples of every pixel.
class Film {
public:
  Film(const RenderSettings& settings, const FilmLayout& layout);
  std::span<float> pixel(int x, int y) {
    return {sums_.data() + (std::size_t(y) * width_ + x) * layout_.stride(),
            std::size_t(layout_.stride())};
  }
  /// Samples that have been added to the pixel.
  int& samples(int x, int y) { return samples_[std::size_t(y) * width_ + x]; }
  int samples(int x, int y) const { return samples_[std::size_t(y) * width_ + x]; }
  const float* sums(int x, int y) const {
    return sums_.data() + (std::size_t(y) * width_ + x) * layout_.stride();
  }
  int width() const { return width_; }
  int height() const { return height_; }

  /// The picture so far; pixels may have got different numbers of samples.
  RenderResult develop(const RenderSettings& settings, int samples) const;
  /// What the denoiser needs, of a layout with features.
  DenoiseInput denoise_input(const RenderSettings& settings) const;

private:
  const FilmLayout& layout_;
  int width_, height_;
  std::vector<float> sums_;
  std::vector<int> samples_;
};

/// Number of channels of a pass, their letters and the layer's name.
struct PassInfo {
  int channels = 3;
  const char* letters = "RGB";
  std::string name;
};
PassInfo pass_info(const PassRequest& request);

}  // namespace kiln::render
