#pragma once

#include <map>
#include <string>

#include "core/result.h"

namespace kiln::editor {

struct Theme;

/// What the user changed of how the window looks. Kept in a file of the user's folder.
struct InterfaceSettings {
  float scale = 1.0f;  ///< of everything, 0.5 to 3; holds from the next start on
  /// Colors as "#rrggbb" by the names of `theme_colors`, of the dark and the light theme.
  std::map<std::string, std::string> dark, light;

  std::string to_json() const;
  /// What is unknown or has no such value is left out.
  static InterfaceSettings from_json(const std::string& json);
  /// Puts the changed colors into a theme.
  void apply(Theme& theme) const;

  /// Writes the file of a folder; an empty path: nowhere.
  void store(const Path& folder) const;
  static Path file(const Path& folder) { return folder / "interface.json"; }
};

}  // namespace kiln::editor
