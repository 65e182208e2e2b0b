#pragma once

#include <string>

class QMenu;

namespace kiln::editor {

struct EditorContext;

/// Fills a menu of object mode by its name; false where it is none.
bool fill_object_menu(const std::string& name, QMenu& menu, EditorContext& context);

}  // namespace kiln::editor
