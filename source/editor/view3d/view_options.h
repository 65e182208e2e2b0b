#pragma once

#include <array>
#include <optional>

#include "core/math.h"
#include "document/data_block.h"

namespace kiln::editor {

/// What a viewport keeps to while the view moves, and which handles it has.
struct ViewOptions {
  bool lock_camera = false;  ///< moving the view moves the camera that is looked through
  bool lock_cursor = false;  ///< the view stays about the 3D cursor
  float3 lock_offset;        ///< from the cursor to what the view is about then
  BlockId lock_object;       ///< the view stays about this object
  bool use_local_camera = false;
  BlockId camera;  ///< looked through where `use_local_camera`
  bool use_render_border = false;
  float4 render_border{0, 0, 1, 1};  ///< shares of the view: left, bottom, right, top
  bool show_gizmo = true, show_gizmo_navigate = true, show_gizmo_tool = true,
       show_gizmo_context = true;
  bool show_gizmo_object_translate = false, show_gizmo_object_rotate = false,
       show_gizmo_object_scale = false;
  // Of the data of the active object.
  bool show_gizmo_light_size = true, show_gizmo_light_look_at = true, show_gizmo_camera_lens = true,
       show_gizmo_camera_dof_distance = true, show_gizmo_empty_image = true;
};

}  // namespace kiln::editor
