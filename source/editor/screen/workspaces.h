#pragma once

#include <optional>
#include <string>
#include <vector>

#include "editor/screen/screen_tree.h"

namespace kiln::editor {

/// A named arrangement of areas for one kind of work.
struct Workspace {
  std::string name;
  ScreenTree screen;
};

/// The tabs of a window and which one is shown.
struct Workspaces {
  std::vector<Workspace> list;
  int active = 0;
  bool is_dark = true;

  /// What a new user finds.
  static Workspaces standard();
  std::string to_json() const;
  /// Nothing where the text holds no workspaces.
  static std::optional<Workspaces> from_json(const std::string& text);
};

}  // namespace kiln::editor
