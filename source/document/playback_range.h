#pragma once

#include <algorithm>

#include "document/scene.h"

namespace kiln {

struct FrameRange {
  int first = 1, last = 1;  ///< both are shown; `last` is never before `first`
};

/// What playback goes through: the preview range where the scene uses one, else all its frames.
inline FrameRange playback_range(const Scene& scene) {
  const int first = scene.use_preview_range ? scene.frame_preview_start : scene.frame_start;
  const int last = scene.use_preview_range ? scene.frame_preview_end : scene.frame_end;
  return {first, std::max(first, last)};
}

}  // namespace kiln
