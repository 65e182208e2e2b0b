#include "editor/node/node_editor.h"

namespace kiln::editor {
void register_node(EditorRegistry&) {}
}  // namespace kiln::editor
