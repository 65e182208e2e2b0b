#pragma once

#include <array>

#include "core/schema/schema.h"

namespace kiln {

/// What objects turn about and scale from.
enum class TransformPivot : std::uint8_t {
  BoundingBoxCenter,
  Cursor,
  IndividualOrigins,
  MedianPoint,
  ActiveElement
};
/// What moved things snap to, as bits.
enum class SnapElements : std::int32_t {
  Vertex = 1,
  Edge = 2,
  Face = 4,
  EdgeMidpoint = 16,
  Increment = 64
};
/// Which point of what is moved is brought to the place.
enum class SnapTarget : std::uint8_t { Closest, Center, Median, Active };
/// Directions that X, Y and Z mean while transforming.
enum class TransformOrientation : std::uint8_t { Global, Local, Normal, View, Gimbal, Cursor };

// Choices of the settings that are kept for tools.
enum class ToolVertexGroupUser : std::uint8_t { None = 0, Active = 1, All = 2 };
enum class ToolVertexGroupSubset : std::uint8_t { All = 0, BoneDeform = 3, OtherDeform = 4 };
enum class ToolUvRelaxMethod : std::uint8_t { Laplacian = 1, Hc = 2, Cotan = 3 };
enum class ToolWorkspaceToolType : std::uint8_t { Default = 1, Fallback = 0 };
enum class ToolSnapNodeElement : std::uint8_t { Grid = 128, NodeX = 1, NodeY = 2, NodeXy = 3 };
enum class ToolSnapUvElement : std::uint8_t { Increment = 64, Vertex = 1 };
enum class ToolUvSelectMode : std::uint8_t { Vertex = 1, Edge = 2, Face = 4, Island = 8 };
enum class ToolUvStickySelectMode : std::uint8_t {
  Disabled = 1,
  SharedLocation = 0,
  SharedVertex = 2
};
enum class ToolAutoKeyingMode : std::uint8_t { AddReplaceKeys = 2, ReplaceKeys = 4 };
enum class ToolKeyframeType : std::uint8_t {
  Keyframe = 0,
  Breakdown = 2,
  MovingHold = 4,
  Extreme = 1,
  Jitter = 3
};
/// How the pull of proportional editing falls from 1 at what is selected to 0 at the rim.
enum class ProportionalFalloff : std::uint8_t {
  Smooth,
  Sphere,
  Root,
  InverseSquare,
  Sharp,
  Linear,
  Constant,
  Random
};

/// Settings of the editing tools that belong to the scene.
struct ToolSettings {
  std::array<bool, 3> mesh_select_mode{true, false, false};  ///< vertices, edges, faces
  TransformPivot transform_pivot_point = TransformPivot::MedianPoint;
  bool use_transform_pivot_point_align =
      false;  ///< only places change, not what is turned or scaled
  bool use_snap = false;
  SnapElements snap_elements = SnapElements::Increment;
  SnapTarget snap_target = SnapTarget::Closest;
  bool use_snap_grid_absolute = false;  ///< increments count from the world's origin
  bool use_snap_self = true;            ///< edit mode: to what is not selected of the same mesh
  bool use_snap_translate = true, use_snap_rotate = false, use_snap_scale = false;
  bool use_proportional_edit = false;          ///< edit mode
  bool use_proportional_edit_objects = false;  ///< object mode
  bool use_proportional_connected = false;     ///< along edges only
  bool use_proportional_projected = false;     ///< distances as the view shows them
  ProportionalFalloff proportional_edit_falloff = ProportionalFalloff::Smooth;
  float proportional_size = 1.0f;  ///< world space, of the reach

  // Kept for the tools that read them, by scripts or here; the file has them with the scene.
  bool use_auto_normalize = false;
  bool use_lock_relative = false;
  bool use_multipaint = false;
  ToolVertexGroupUser vertex_group_user = ToolVertexGroupUser::None;
  ToolVertexGroupSubset vertex_group_subset = ToolVertexGroupSubset::All;
  float vertex_group_weight = 1.0f;
  bool uv_sculpt_lock_borders = false;
  bool uv_sculpt_all_islands = false;
  ToolUvRelaxMethod uv_relax_method = ToolUvRelaxMethod::Laplacian;
  bool lock_object_mode = true;
  ToolWorkspaceToolType workspace_tool_type = ToolWorkspaceToolType::Fallback;
  bool use_proportional_edit_mask = false;
  bool use_proportional_action = false;
  bool use_proportional_fcurve = false;
  bool lock_markers = false;
  float double_threshold = 0.001f;
  bool use_transform_data_origin = false;
  bool use_transform_skip_children = false;
  bool use_transform_correct_face_attributes = false;
  bool use_transform_correct_keep_connected = false;
  bool use_mesh_automerge = false;
  bool use_mesh_automerge_and_split = false;
  bool use_snap_node = false;
  bool use_snap_sequencer = true;
  bool use_snap_uv = false;
  bool use_snap_align_rotation = false;
  int snap_face_nearest_steps = 1;
  bool use_snap_to_same_target = false;
  ToolSnapNodeElement snap_node_element = ToolSnapNodeElement::Grid;
  ToolSnapUvElement snap_uv_element = ToolSnapUvElement::Increment;
  bool use_snap_uv_grid_absolute = false;
  bool use_snap_peel_object = false;
  bool use_snap_project = false;
  bool use_snap_backface_culling = false;
  bool use_snap_edit = true;
  bool use_snap_nonedit = true;
  bool use_snap_selectable = false;
  ToolUvSelectMode uv_select_mode = ToolUvSelectMode::Vertex;
  ToolUvStickySelectMode uv_sticky_select_mode = ToolUvStickySelectMode::SharedLocation;
  bool use_uv_select_sync = false;
  bool show_uv_local_view = false;
  bool use_edge_path_live_unwrap = false;
  float3 normal_vector;
  ToolAutoKeyingMode auto_keying_mode = ToolAutoKeyingMode::AddReplaceKeys;
  bool use_record_with_nla = false;
  bool use_keyframe_cycle_aware = false;
  ToolKeyframeType keyframe_type = ToolKeyframeType::Keyframe;

  bool snaps_to(SnapElements element) const {
    return (std::int32_t(snap_elements) & std::int32_t(element)) != 0;
  }
  static const Schema& schema();
};

std::vector<EnumItem> proportional_falloff_items();

/// The view of `Scene::transform_orientation` as a list of one slot.
const Schema& transform_orientation_slot_schema();

}  // namespace kiln
