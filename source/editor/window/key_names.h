#pragma once

#include "editor/keymap/keymap.h"

class QKeyEvent;

namespace kiln::editor {

/// The stroke of a key event under the names that keymaps use; an empty key for modifiers alone.
KeyStroke stroke_of(const QKeyEvent& event);
/// The name of the key for scripts, also of modifiers: "LEFT_SHIFT"; "NONE" for others.
std::string script_name_of(const QKeyEvent& event);

}  // namespace kiln::editor
