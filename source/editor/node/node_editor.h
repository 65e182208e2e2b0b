#pragma once

#include "editor/window/editor.h"

namespace kiln::editor {

void register_node(EditorRegistry& registry);

}  // namespace kiln::editor
