#pragma once

#include <vector>

#include "editor/session/session.h"

class QMenu;

namespace kiln::editor {

struct EditorContext;

/// One line of a menu that is always the same.
struct MenuEntry {
  const char* label;    ///< null: a line
  const char* command;  ///< a menu where it begins with "VIEW3D_MT"
  OperatorSettings settings = {};
};

/// Adds them with the keys they have.
void fill_entries(QMenu& menu, EditorContext& context, const std::vector<MenuEntry>& entries);

}  // namespace kiln::editor
