#pragma once

#include <array>

#include "document/data_block.h"
#include "document/space.h"
#include "document/view3d_settings.h"

namespace kiln {

struct Object;

enum class ViewPerspective : std::uint8_t { Ortho = 0, Persp = 1, Camera = 2 };

/// Where a 3D viewport looks from. Lengths in metres, world space.
struct RegionView3D {
  bool lock_rotation = false;
  bool use_clip_planes = false;
  /// Only what lies on the positive side of all planes is shown: normals and distances.
  std::array<float4, 6> clip_planes{};
  float view_camera_zoom = 0.0f;  ///< of the camera's frame in the view
  float2 view_camera_offset;
  float3 view_location;  ///< what the view turns about
  Quaternion view_rotation{0.716f, 0.439f, 0.291f, 0.459f};
  float view_distance = 18.0f;  ///< from the eye to that
  ViewPerspective view_perspective = ViewPerspective::Persp;
  bool is_perspective = true;
  bool is_orthographic_side_view = false;
  float4x4 window_matrix;      ///< view to clip space
  float4x4 shown_view_matrix;  ///< world to view while it looks through the camera
  /// World to view.
  float4x4 view_matrix() const;
  static const Schema& schema();
};

class SpaceView3D : public SpaceOf<SpaceView3D> {
public:
  View3DShading shading;
  View3DOverlay overlay;
  RegionView3D region;
  float lens = 50.0f;  ///< millimetres, for a sensor of 36 mm
  float clip_start = 0.01f, clip_end = 1000.0f;
  std::uint32_t hidden_kinds = 0, unselectable_kinds = 0;  ///< bits as of `object_kind_bit`
  bool show_region_toolbar = true;
  std::string tool = "builtin.select_box";  ///< identifier of the tool in use
  bool show_region_tool_header = false;     ///< a bar with what the active tool can be told
  bool show_region_hud = true;              ///< the settings of the last operation
  bool show_region_ui = false;              ///< the sidebar
  bool is_local_view = false;               ///< only what was selected then is shown
  BlockRef<Object> camera;                  ///< where `use_local_camera`, else that of the scene
  bool use_local_camera = false;
  bool use_render_border = false;
  float render_border_min_x = 0.0f, render_border_min_y = 0.0f, render_border_max_x = 1.0f,
        render_border_max_y = 1.0f;
  BlockRef<Object> lock_object;
  bool lock_cursor = false, lock_camera = false;
  bool show_gizmo = true, show_gizmo_navigate = true, show_gizmo_context = true,
       show_gizmo_tool = true;
  bool show_gizmo_object_translate = false, show_gizmo_object_rotate = false,
       show_gizmo_object_scale = false;
  bool show_gizmo_light_size = true, show_gizmo_light_look_at = true;
  bool show_gizmo_camera_lens = true, show_gizmo_camera_dof_distance = true;
  bool show_gizmo_empty_image = true;
  static const Schema& schema();
};

}  // namespace kiln
