#pragma once

#include "editor/layout/layout.h"

namespace kiln::editor {

/// Adds the panel "Custom Properties" of a data-block: values by name, which can be changed,
/// renamed, removed and added. Groups and lists of scripts are shown by their names only; values of
/// properties that scripts registered are left to their panels.
void add_custom_properties(LayoutItem& root, Session& session, const DataBlock& block);

}  // namespace kiln::editor
