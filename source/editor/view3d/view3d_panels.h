#pragma once

#include <memory>
#include <string>
#include <vector>

#include "editor/layout/layout.h"

namespace kiln::editor {

class VertexMedian;

/// Tabs of the sidebar of the 3D viewport that are its own.
std::vector<std::string> view3d_tabs();
/// Adds the panels of one of them: where the active object or what is selected of its mesh is,
/// settings of tools, the 3D cursor.
void add_view3d_panels(LayoutItem& root, const Session& session,
                       const std::shared_ptr<VertexMedian>& median, const std::string& tab);

/// How the view looks and what it keeps to; `owner` has a `SpaceView3D`.
void add_view_settings(LayoutItem& root, const std::shared_ptr<ScriptOwner>& owner);

}  // namespace kiln::editor
