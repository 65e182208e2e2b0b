#pragma once

#include <array>

#include "core/math.h"
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
  Volume = 8,
  EdgeMidpoint = 16,
  EdgePerpendicular = 32,
  Increment = 64,
  FaceNearest = 256
};
/// What dragged nodes snap to: a grid, or the sides of other nodes.
enum class SnapNodeElement : std::uint8_t { NodeX = 1, NodeY = 2, NodeXY = 3, Grid = 128 };
/// Which point of what is moved is brought to the place.
enum class SnapTarget : std::uint8_t { Closest, Center, Median, Active };
/// Directions that X, Y and Z mean while transforming.
enum class TransformOrientation : std::uint8_t {
  Global,
  Local,
  Normal,
  View,
  Gimbal,
  Cursor,
  Custom  ///< one of the scene's own
};

/// Directions that the user keeps under a name, in the scene.
struct CustomOrientation {
  std::string name;
  float3x3 matrix;  ///< columns are the axes, world space
  static const Schema& schema();
};

/// Which directions one kind of transformation has. Slot 0 is that of all kinds; 1 to 3 are those
/// of moving, turning and scaling where they have one of their own (`use`).
struct OrientationSlot {
  TransformOrientation type = TransformOrientation::Global;
  bool use = false;
  int custom = -1;  ///< index in `Scene::custom_orientations`, of type `Custom`
};
inline constexpr int orientation_slot_count = 4;

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

enum class StatVisType : std::uint8_t { Overhang, Thickness, Intersect, Distort, Sharp };
/// Which way things fall off a mesh.
enum class StatVisAxis : std::uint8_t { PosX, PosY, PosZ, NegX, NegY, NegZ };

/// What viewports measure of the mesh that is edited, and the range they show. Angles in radians,
/// lengths in metres.
struct MeshStatVis {
  StatVisType type = StatVisType::Overhang;
  float overhang_min = 0.0f, overhang_max = 0.7853982f;
  StatVisAxis overhang_axis = StatVisAxis::NegZ;
  float thickness_min = 0.0f, thickness_max = 0.1f;
  int thickness_samples = 1;
  float distort_min = 0.08726646f, distort_max = 0.7853982f;
  float sharp_min = 1.5707964f, sharp_max = 3.1415927f;
  static const Schema& schema();
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

  float vertex_group_weight = 1.0f;
  bool use_transform_data_origin = false;
  bool use_transform_skip_children = false;
  bool use_snap_edit = true;
  bool use_snap_nonedit = true;
  bool use_snap_selectable = false;
  bool use_snap_backface_culling = false;  ///< faces seen from behind are looked through
  bool use_snap_peel_object = false;       ///< the middle of an object as a whole, not of each part
  bool use_snap_align_rotation = false;    ///< objects turn their Z axis along the surface
  bool use_mesh_automerge = false;  ///< moved vertices join with those that they come to lie on
  float double_threshold = 0.001f;  ///< world space, how near that is
  bool use_mesh_automerge_and_split = false;  ///< and cut the edges that they lie on, or that cross

  int snap_face_nearest_steps = 1;       ///< of one way along surfaces
  bool use_snap_project = false;         ///< everything goes onto the surface by itself
  bool use_snap_to_same_target = false;  ///< only onto the surface that was nearest at the start
  bool use_transform_correct_face_attributes = false;  ///< UVs stay where they are in space
  bool use_transform_correct_keep_connected = false;   ///< without tearing them apart
  bool lock_object_mode =
      true;              ///< clicks reach only objects that are in the mode of the active one
  float3 normal_vector;  ///< that was copied
  bool use_snap_node = false;
  SnapNodeElement snap_node_element = SnapNodeElement::Grid;

  MeshStatVis statvis;

  bool snaps_to(SnapElements element) const {
    return (std::int32_t(snap_elements) & std::int32_t(element)) != 0;
  }
  static const Schema& schema();
};

std::vector<EnumItem> proportional_falloff_items();

/// The view of `Scene::orientation_slots` as a list.
const Schema& transform_orientation_slot_schema();

}  // namespace kiln
