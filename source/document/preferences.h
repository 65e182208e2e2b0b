#pragma once

#include "core/schema/builder.h"

namespace kiln {

/// What the user has chosen for editing.
struct PreferencesEdit {
  std::int32_t undo_steps = 32;  ///< 0: as many as the history has room for
  bool use_global_undo = true;   ///< operators make steps in the history

  static const Schema& schema();
};

/// How pictures come onto the screen.
enum class ImageDrawMethod : std::uint8_t { Automatic, Texture2D, Glsl };

/// What the user has chosen for the machine.
struct PreferencesSystem {
  ImageDrawMethod image_draw_method = ImageDrawMethod::Automatic;

  static const Schema& schema();
};

/// What the user has chosen for the program rather than for a document. A service.
struct Preferences {
  PreferencesEdit edit;
  PreferencesSystem system;

  static const Schema& schema();
};

}  // namespace kiln
