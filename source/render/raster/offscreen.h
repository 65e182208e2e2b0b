#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/result.h"

namespace kiln::render::raster {

/// An OpenGL context without a window (EGL), current in the thread that made it for as long as it
/// lives, and a framebuffer.
class OffscreenContext {
public:
  static Result<std::unique_ptr<OffscreenContext>> create(int width, int height);
  ~OffscreenContext();
  OffscreenContext(const OffscreenContext&) = delete;
  OffscreenContext& operator=(const OffscreenContext&) = delete;

  std::uint32_t framebuffer() const;
  int width() const;
  int height() const;
  /// Four bytes a pixel, rows from the bottom.
  std::vector<std::uint8_t> read_pixels() const;

private:
  struct State;
  explicit OffscreenContext(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace kiln::render::raster
