#pragma once

#include <QMenu>
#include <string>

#include "editor/window/editor.h"

namespace kiln::editor {

/// Fills a menu of edit mode by its name in the reference: "VIEW3D_MT_edit_mesh_edges"... False for
/// another name.
bool fill_edit_menu(const std::string& name, QMenu& menu, EditorContext& context);

}  // namespace kiln::editor
