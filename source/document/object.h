#pragma once

#include <string>
#include <vector>

#include "document/modifier.h"
#include "document/texture_mapping.h"

namespace kiln {

struct Collection;
struct Material;
struct Object;

enum class ObjectParentType : std::uint8_t {
  Object = 0,
  Armature = 4,
  Lattice = 4,
  Vertex = 5,
  Vertex3 = 6,
  Bone = 7
};
enum class ObjectTrackAxis : std::uint8_t {
  PosX = 0,
  PosY = 1,
  PosZ = 2,
  NegX = 3,
  NegY = 4,
  NegZ = 5
};
enum class ObjectUpAxis : std::uint8_t { X = 0, Y = 1, Z = 2 };
enum class ObjectEmptyDisplayType : std::uint8_t {
  PlainAxes = 2,
  Arrows = 1,
  SingleArrow = 4,
  Circle = 3,
  Cube = 5,
  Sphere = 6,
  Cone = 7,
  Image = 8
};
enum class ObjectEmptyImageDepth : std::uint8_t { Default = 0, Front = 1, Back = 2 };
enum class ObjectEmptyImageSide : std::uint8_t { DoubleSided = 0, Front = 4, Back = 8 };
enum class ObjectInstanceType : std::int32_t {
  None = 0,
  Verts = 16,
  Faces = 512,
  Collection = 256
};
enum class ObjectDisplayType : std::uint8_t { Bounds = 1, Wire = 2, Solid = 3, Textured = 5 };
enum class ObjectDisplayBoundsType : std::uint8_t {
  Box = 0,
  Sphere = 1,
  Cylinder = 2,
  Cone = 3,
  Capsule = 7
};
enum class RotationMode : std::int32_t {
  AxisAngle = -1,
  Quaternion = 0,
  Xyz,
  Xzy,
  Yxz,
  Yzx,
  Zxy,
  Zyx
};
enum class ObjectMode : std::uint8_t {
  Object = 0,
  Edit = 1,
  Sculpt = 2,
  VertexPaint = 4,
  WeightPaint = 8,
  TexturePaint = 16,
  Pose = 64
};

struct CyclesObjectSettings {
  bool use_motion_blur = true;
  bool use_deform_motion = true;
  int motion_steps = 1;
  bool use_camera_cull = false, use_distance_cull = false;
  float shadow_terminator_offset = 0.0f;
  float shadow_terminator_geometry_offset = 0.1f;
  float ao_distance = 0.0f;  ///< how far fast global illumination looks from here; 0: as the world says
  static const Schema& schema();
};

/// One material slot: whether the object or its data says the material.
struct MaterialSlot {
  bool is_linked_to_object = false;
  BlockRef<Material> object_material;
};

/// Something at a place in the scene: a transform, what it shows (`data`, nothing for empties) and
/// how.
struct Object : Block<Object, BlockType::Object> {
  BlockRef<DataBlock> data;

  // Where it is: location, rotation by `rotation_mode`, scale, each with a delta before it; then
  // the parent.
  float3 location;
  Quaternion rotation_quaternion{1.0f, 0.0f, 0.0f, 0.0f};
  float4 rotation_axis_angle{0.0f, 0.0f, 1.0f, 0.0f};
  float3 rotation_euler;
  RotationMode rotation_mode = RotationMode::Xyz;
  float3 scale{1.0f, 1.0f, 1.0f};
  float3 delta_location;
  float3 delta_rotation_euler;
  Quaternion delta_rotation_quaternion{1.0f, 0.0f, 0.0f, 0.0f};
  float3 delta_scale{1.0f, 1.0f, 1.0f};
  std::array<bool, 3> lock_location{false, false, false};
  std::array<bool, 3> lock_rotation{false, false, false};
  bool lock_rotation_w = false;
  bool lock_rotations_4d = true;
  std::array<bool, 3> lock_scale{false, false, false};
  BlockRef<Object> parent;
  ObjectParentType parent_type = ObjectParentType::Object;
  int3 parent_vertices;
  float4x4 matrix_parent_inverse;

  ItemList<Modifier> modifiers;
  ItemId active_modifier = 0;
  std::vector<MaterialSlot> slots;  ///< may be shorter than the slots of the data
  int active_material_index = 0;
  ObjectMode mode = ObjectMode::Object;
  BlockRef<Collection> instance_collection;
  ObjectTrackAxis track_axis = ObjectTrackAxis::PosY;
  ObjectUpAxis up_axis = ObjectUpAxis::Z;
  ObjectEmptyDisplayType empty_display_type = ObjectEmptyDisplayType::PlainAxes;
  float empty_display_size = 1.0f;
  // Of an empty that shows a picture: its display type is Image, its data an image.
  float2 empty_image_offset{-0.5f, -0.5f};  ///< of the lower left corner, in sizes of the picture
  ImageUser image_user{.use_auto_refresh = true};
  ObjectEmptyImageDepth empty_image_depth = ObjectEmptyImageDepth::Default;
  ObjectEmptyImageSide empty_image_side = ObjectEmptyImageSide::DoubleSided;
  bool show_empty_image_perspective = true, show_empty_image_orthographic = true;
  bool show_empty_image_only_axis_aligned = false;  ///< only in views along an axis of the object
  bool use_empty_image_alpha = false;               ///< it is as opaque as `color` says
  int pass_index = 0;
  float4 color{1.0f, 1.0f, 1.0f, 1.0f};
  bool hide_viewport = false;
  bool is_never_evaluated = false;  ///< hidden before anything was evaluated with it
  bool hide_select = false;
  bool hide_render = false;
  bool show_instancer_for_render = true;
  bool show_instancer_for_viewport = true;
  bool visible_camera = true;
  bool visible_diffuse = true;
  bool visible_glossy = true;
  bool visible_transmission = true;
  bool visible_volume_scatter = true;
  bool visible_shadow = true;
  bool is_holdout = false;
  bool is_shadow_catcher = false;
  ObjectInstanceType instance_type = ObjectInstanceType::None;
  bool use_instance_vertices_rotation = false;
  bool use_instance_faces_scale = false;
  float instance_faces_scale = 1.0f;
  ObjectDisplayType display_type = ObjectDisplayType::Textured;
  bool show_bounds = false;
  ObjectDisplayBoundsType display_bounds_type = ObjectDisplayBoundsType::Box;
  bool show_name = false;
  bool show_axis = false;
  bool show_texture_space = false;
  bool show_wire = false;
  bool show_in_front = false;
  bool show_all_edges = false;          ///< wireframes have edges between faces of one plane too
  bool show_transparent = false;        ///< surfaces are as opaque as `color` says
  bool use_camera_lock_parent = false;  ///< a view locked to this camera moves its parents instead
  CyclesObjectSettings cycles;
  std::string lightgroup;  ///< that its light counts to

  /// What a new object starts with depends on what it shows.
  void initialize_for(const DataBlock* block);
  /// Rotation alone, deltas included.
  float3x3 rotation_matrix() const;
  /// Location, rotation and scale with deltas, without parent.
  float4x4 local_matrix() const;
  /// Sets location, rotation (in the current mode, keeping near the present angles) and scale so
  /// that `local_matrix()` is `m`.
  void set_local_matrix(const float4x4& m);
  /// Changes the mode and keeps the rotation.
  void set_rotation_mode(RotationMode mode);

  void visit_references(FunctionRef<void(BlockId)> visit) const override;
  void map_references(FunctionRef<BlockId(BlockId)> visit) override;
  static const Schema& schema();
};

/// The identifier of what an object is, by its data: "MESH", "CAMERA", "EMPTY", ...
std::string_view object_type(const Document& document, const Object& object);
/// Number of material slots, and the material in one of them (empty when there is none).
int slot_count(const Document& document, const Object& object);
BlockRef<Material> slot_material(const Document& document, const Object& object, int slot);
/// Whether it is an empty that shows a picture, if it has one.
inline bool shows_picture(const Object& object) {
  return object.empty_display_type == ObjectEmptyDisplayType::Image;
}
/// Whether `ancestor` is above `object` in the parent chain (or is it).
bool is_descendant(const Document& document, BlockId object, BlockId ancestor);
/// Children of every object, each list ordered by name.
std::vector<BlockId> children_of(const Document& document, BlockId parent);

/// Adds selection and visibility functions to the schema of objects.
void add_object_functions(SchemaBuilder<Object>& s);
/// Adds the vertex groups of the mesh an object shows.
void add_vertex_groups(SchemaBuilder<Object>& s);
void register_object_types(class Registry& registry);

}  // namespace kiln
