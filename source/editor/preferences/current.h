#pragma once

#include "document/preferences.h"
#include "editor/session/session.h"

namespace kiln::editor {

/// What the user has chosen; as at the first start where the program runs without preferences.
inline const Preferences& current_preferences(const Session& session) {
  static const Preferences untouched;
  const auto* preferences = session.services().find<Preferences>();
  return preferences ? *preferences : untouched;
}

}  // namespace kiln::editor
