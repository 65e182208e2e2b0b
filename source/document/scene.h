#pragma once

#include <string>

#include "document/render_settings.h"
#include "document/tool_settings.h"
#include "document/view_layer.h"

namespace kiln {

struct Camera;
struct World;

enum class UnitSettingsSystem : std::uint8_t { None = 0, Metric = 1, Imperial = 2 };
/// How playback keeps time. Without sound `AudioSync` drops frames too.
enum class SyncMode : std::uint8_t { None = 0, FrameDrop = 8, AudioSync = 9 };
enum class UnitSettingsSystemRotation : std::uint8_t { Degrees = 0, Radians = 2 };

struct UnitSettings {
  UnitSettingsSystem system = UnitSettingsSystem::Metric;
  UnitSettingsSystemRotation system_rotation = UnitSettingsSystemRotation::Degrees;
  float scale_length = 1.0f;
  bool use_separate = false;  ///< lengths in several units: "1 m 23 cm"
  std::string length_unit = "METERS", mass_unit = "KILOGRAMS", time_unit = "SECONDS",
              temperature_unit = "KELVIN";
  static const Schema& schema();
};

/// The 3D cursor: where new things go.
struct Cursor3D {
  float3 location;
  Quaternion rotation_quaternion{1.0f, 0.0f, 0.0f, 0.0f};
  float4 rotation_axis_angle{0.0f, 0.0f, 1.0f, 0.0f};
  float3 rotation_euler;
  int rotation_mode = 1;  ///< as RotationMode
  float4x4 matrix() const;
  void set_matrix(const float4x4& m);
  static const Schema& schema();
};

/// Margins of pictures within which titles and what happens are seen on every screen, as shares of
/// half the width and height.
struct DisplaySafeAreas {
  float2 title{0.1f, 0.05f}, action{0.035f, 0.035f};
  float2 title_center{0.175f, 0.05f}, action_center{0.15f, 0.05f};  ///< for narrower screens
  static const Schema& schema();
};

struct TimelineMarker {
  std::string name;
  int frame = 0;
  bool select = false;
  BlockRef<Object> camera;
  static const Schema& schema();
};

/// One stage: what is in it, from when to when, and how it is rendered.
struct Scene : Block<Scene, BlockType::Scene> {
  BlockRef<Object> camera;
  BlockRef<World> world;
  BlockRef<Scene> background_set;  ///< whose objects are seen as if they were in this one, too
  int frame_current = 1;
  int frame_start = 1;
  int frame_end = 250;
  int frame_step = 1;
  float frame_subframe = 0.0f;
  bool use_preview_range = false;
  int frame_preview_start = 0;
  int frame_preview_end = 0;
  float3 gravity{0.0f, 0.0f, -9.81f};
  bool use_gravity = true;
  BlockRef<Collection> collection;  ///< the root, embedded
  ItemList<ViewLayer> view_layers;  ///< at least one
  ItemList<TimelineMarker> timeline_markers;
  UnitSettings unit_settings;
  Cursor3D cursor;
  DisplaySafeAreas safe_areas;
  ToolSettings tool_settings;
  std::array<OrientationSlot, orientation_slot_count> orientation_slots;
  ItemList<CustomOrientation> custom_orientations;
  RenderSettings render;
  CyclesRenderSettings cycles;
  ColorViewSettings view_settings;
  ColorDisplaySettings display_settings;
  bool use_nodes = false;
  SyncMode sync_mode = SyncMode::AudioSync;
  bool lock_frame_selection_to_range = false;  ///< scrubbing stays within the range of frames

  float frame() const { return float(frame_current) + frame_subframe; }
  /// The slot that a kind of transformation goes by: 1 moving, 2 turning, 3 scaling, else slot 0.
  const OrientationSlot& orientation_slot(int kind) const {
    return kind > 0 && orientation_slots[std::size_t(kind)].use
               ? orientation_slots[std::size_t(kind)]
               : orientation_slots[0];
  }
  /// The custom orientation of a slot; null where it has none.
  const CustomOrientation* custom_orientation(const OrientationSlot& slot) const {
    return slot.type == TransformOrientation::Custom && slot.custom >= 0 &&
                   slot.custom < custom_orientations.size()
               ? &custom_orientations[slot.custom]
               : nullptr;
  }
  static const Schema& schema();
};

/// A scene with its root collection and one view layer.
Scene& add_scene(Document& document, std::string_view name);
/// The scene that is worked on; the first one where the document names none. Null in a document
/// without scenes.
const Scene* active_scene(const Document& document);
/// Index of the view layer that is worked on.
std::int64_t active_layer_index(const Document& document, const Scene& scene);
const ViewLayer& active_layer(const Document& document, const Scene& scene);

/// The scenes behind `scene`, nearest first: its background set, that one's, and so on, each once.
std::vector<const Scene*> background_scenes(const Document& document, const Scene& scene);
/// The layer that a scene is rendered with where nobody chooses: the first that is enabled.
const ViewLayer& first_render_layer(const Scene& scene);

void register_scene_types(class Registry& registry);

}  // namespace kiln
