#pragma once

#include <cstdint>
#include <memory>

#include "core/math.h"
#include "core/result.h"
#include "image/color_management.h"

namespace kiln::render::raster {

/// Shows a picture on the screen through a display transform that runs on the graphics card. One
/// context, which must be current in every call, the destructor included.
class DisplayPass {
public:
  DisplayPass();
  ~DisplayPass();
  DisplayPass(const DisplayPass&) = delete;
  DisplayPass& operator=(const DisplayPass&) = delete;

  /// What the context can do.
  struct Limits {
    int texture_size = 0;      ///< pixels along the longer edge
    bool is_software = false;  ///< the processor does the work of the card
  };
  static Limits limits();

  /// The transform from scene-linear values; compiled, and its tables loaded.
  Result<void> set_transform(const image::GpuShader& shader);
  /// Scene-linear pixels, rows from the bottom, color multiplied by alpha where there are four
  /// channels (of 1, 3 or 4). Kept as half floats, or as they are.
  Result<void> set_scene_linear(int width, int height, int channels, const float* pixels,
                                bool keeps_floats = false);
  /// Pixels that are display values already: blue, green, red, alpha, rows from the top.
  Result<void> set_display_bytes(int width, int height, const std::uint8_t* pixels);

  struct Place {
    float4 rect{0, 0, 1, 1};  ///< of the picture: left, top, width, height in pixels of the target
    int width = 0, height = 0;  ///< of the target
    float gain = 1.0f;          ///< scene-linear values are multiplied by it
    float checker = 10.0f;      ///< edge of the squares that transparency shows; 0: black
    float4 background{0, 0, 0, 1};
    bool repeats = false;  ///< the picture goes on at its borders, over the whole target
  };
  /// Draws into the framebuffer; what is outside the picture gets the background.
  Result<void> draw(const Place& place, std::uint32_t framebuffer);

private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kiln::render::raster
