#pragma once

#include <string>

#include "document/view3d_settings.h"

namespace kiln::editor {

/// How a viewport looks, as JSON: `{"shading": {"type": "RENDERED"}, "overlay": {...}}`, the
/// properties that differ from the defaults by their names.
std::string write_view_state(const View3DShading& shading, const View3DOverlay& overlay);
/// Takes what is valid of such a text and leaves the rest as it is.
void read_view_state(const std::string& text, View3DShading& shading, View3DOverlay& overlay);

}  // namespace kiln::editor
