#pragma once

#include <string>

#include "editor/session/session.h"

namespace kiln::editor {

/// Brings the 3D cursor to things and things to the 3D cursor: "view3d.snap_cursor_to_center",
/// "..._to_selected", "..._to_active", "..._to_grid", "view3d.snap_selected_to_cursor"
/// (`keeps_offsets`: as one),
/// "..._to_active", "..._to_grid". False for another name.
bool run_snap_command(Session& session, const std::string& command, bool keeps_offsets);

/// Puts the 3D cursor somewhere, as one undo step.
void set_cursor(Session& session, float3 place, std::uint64_t merge_key = 0);

}  // namespace kiln::editor
