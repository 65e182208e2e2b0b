#pragma once

#include <QMenu>
#include <string>

#include "editor/window/editor.h"

namespace kiln::editor {

class Viewport;

/// Fills a menu of the 3D viewport by its name in the reference: "VIEW3D_MT_add",
/// "VIEW3D_MT_object_context_menu", "VIEW3D_MT_snap_pie"... False for another name.
bool fill_view3d_menu(const std::string& name, QMenu& menu, EditorContext& context,
                      Viewport& viewport);

void fill_view_menu(QMenu& menu, EditorContext& context);
void fill_select_menu(QMenu& menu, EditorContext& context);

}  // namespace kiln::editor
