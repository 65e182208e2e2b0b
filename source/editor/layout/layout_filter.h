#pragma once

#include "editor/layout/layout.h"

namespace kiln::editor {

/// Leaves out everything without this text in its label, without regard to case. A panel whose
/// title has it keeps all its content; panels with something left are open.
void keep_matches(LayoutItem& root, const std::string& text);

}  // namespace kiln::editor
