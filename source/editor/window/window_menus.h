#pragma once

#include <string>

class QMenu;

namespace kiln::editor {

struct EditorContext;

/// What the menus of the window itself have, by their names; false for other names.
bool fill_window_menu(const std::string& name, QMenu& menu, EditorContext& context);

}  // namespace kiln::editor
