#pragma once

#include "editor/properties/panels.h"

namespace kiln::editor {

/// Adds the panels that scripts registered for a tab; those for the sidebar of the 3D viewport to the tab of tools. How many there were.
int add_script_panels(LayoutItem& root, Session& session, PropertiesTab tab);

}  // namespace kiln::editor
