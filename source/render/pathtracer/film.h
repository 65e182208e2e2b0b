#pragma once

#include <span>
#include <vector>

#include "core/math.h"
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
  struct Aov {
    std::string name;
    bool is_color = true;
    int offset = 0;
  };
  const std::vector<Aov>& aovs() const { return aovs_; }

private:
  std::vector<int> offsets_;
  std::vector<Aov> aovs_;
  int stride_ = 0;
  bool has_light_passes_ = false, has_surface_passes_ = false;
};

/// The sums of all samples of every pixel.
class Film {
public:
  Film(const RenderSettings& settings, const FilmLayout& layout);
  std::span<float> pixel(int x, int y) {
    return {sums_.data() + (std::size_t(y) * width_ + x) * layout_.stride(),
            std::size_t(layout_.stride())};
  }
  /// The picture after `samples` samples.
  RenderResult develop(const RenderSettings& settings, int samples) const;

private:
  const FilmLayout& layout_;
  int width_, height_;
  std::vector<float> sums_;
};

/// Number of channels of a pass, their letters and the layer's name.
struct PassInfo {
  int channels = 3;
  const char* letters = "RGB";
  const char* name = "";
};
PassInfo pass_info(const PassRequest& request);

}  // namespace kiln::render
