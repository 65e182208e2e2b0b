#pragma once

#include "core/schema/builder.h"

namespace kiln {

/// What the user has chosen for editing.
struct PreferencesEdit {
  std::int32_t undo_steps = 32;  ///< 0: as many as the history has room for
  bool use_global_undo = true;   ///< operators make steps in the history

  static const Schema& schema();
};

/// What the user has chosen for files and saving them.
struct PreferencesFilePaths {
  std::int32_t save_version = 1;  ///< what a file was before is kept beside it, so many times
  bool use_auto_save_temporary_files = true;
  std::int32_t auto_save_time = 2;      ///< minutes
  std::int32_t undo_history_size = 16;  ///< megabytes of a file for its history; 0: none

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
  PreferencesFilePaths filepaths;
  PreferencesSystem system;

  static const Schema& schema();
};

}  // namespace kiln
