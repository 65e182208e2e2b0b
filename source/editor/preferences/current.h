#pragma once

#include <algorithm>

#include "document/preferences.h"
#include "editor/session/session.h"

namespace kiln::editor {

/// What the user has chosen; as at the first start where the program runs without preferences.
inline const Preferences& current_preferences(const Session& session) {
  static const Preferences untouched;
  const auto* preferences = session.services().find<Preferences>();
  return preferences ? *preferences : untouched;
}

/// Device pixels that lines of views and between nodes are wide.
inline float line_width_of(const Preferences& preferences) {
  return std::max(1.0f, preferences.system.pixel_size) *
         (preferences.view.ui_line_width == LineWidth::Thin    ? 0.6f
          : preferences.view.ui_line_width == LineWidth::Thick ? 1.8f
                                                               : 1.0f);
}

}  // namespace kiln::editor
