#pragma once

#include "core/script_panels.h"
#include "editor/layout/layout.h"

namespace kiln::editor {

/// What a script described, as a tree of fields. Buttons of operators that cannot run now are
/// disabled, with the reason.
LayoutItem from_script(const ScriptLayoutItem& item, const Session& session);

/// Adds a panel of a script, and those inside it.
void add_script_panel(LayoutItem& parent, const ScriptPanel& panel, const Session& session);

}  // namespace kiln::editor
