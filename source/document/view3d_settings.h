#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/math.h"
#include "core/schema/schema.h"
#include "document/studio_light.h"

namespace kiln {

enum class ViewShadingType : std::uint8_t { Wireframe = 2, Solid = 3, Material = 4, Rendered = 6 };
enum class ViewShadingLight : std::uint8_t { Flat, Studio, Matcap };
enum class ViewCavityType : std::uint8_t { World, Screen, Both };
enum class ViewColorType : std::uint8_t {
  Material = 0,
  Random = 1,
  Single = 2,
  Texture = 3,  ///< the picture of the material's active texture node
  Object = 4,
  Vertex = 5  ///< the active color attribute
};
enum class ViewBackgroundType : std::uint8_t { Theme, World, Viewport };

/// The pass that rendered shading shows.
enum class ViewRenderPass : std::uint8_t {
  Combined = 1,
  Emission = 2,
  Background = 3,
  AmbientOcclusion = 4,
  Shadow = 5,
  DiffuseDirect = 8,
  DiffuseIndirect = 9,
  DiffuseColor = 10,
  GlossyDirect = 11,
  GlossyIndirect = 12,
  GlossyColor = 13,
  TransmissionDirect = 15,
  TransmissionIndirect = 16,
  TransmissionColor = 17,
  Position = 21,
  Normal = 22,
  Uv = 23,
  Mist = 24,
  DenoisingAlbedo = 25,
  DenoisingNormal = 26,
  SampleCount = 27
};

/// What rendered shading shows of the path tracer's work.
struct CyclesView3DShadingSettings {
  ViewRenderPass render_pass = ViewRenderPass::Combined;
  bool show_active_pixels = false;  ///< pixels that still get samples are marked
  static const Schema& schema();
};

/// How a 3D viewport shows surfaces. Colors are scene-linear.
struct View3DShading {
  ViewShadingType type = ViewShadingType::Solid;
  ViewShadingLight light = ViewShadingLight::Studio;
  std::string studio_light = "Default";  ///< name of a studio light
  std::string matcap = "Clay";           ///< name of a matcap
  std::string studio_world = "Studio";   ///< name of a world light
  bool use_world_space_lighting = false;
  float studiolight_rotate_z = 0.0f;  ///< radians, of lights fixed to the world
  ViewColorType color_type = ViewColorType::Material;
  ViewColorType wireframe_color_type = ViewColorType::Single;
  float3 single_color{0.8f, 0.8f, 0.8f};
  ViewBackgroundType background_type = ViewBackgroundType::Theme;
  float3 background_color{0.05f, 0.05f, 0.05f};
  bool show_backface_culling = false;
  bool show_xray = false;
  bool show_xray_wireframe = true;
  float xray_alpha = 0.5f;
  float xray_alpha_wireframe = 0.0f;  ///< how much surfaces cover wires behind them
  bool show_shadows = false;
  float shadow_intensity = 0.5f;
  bool show_cavity = false;
  ViewCavityType cavity_type = ViewCavityType::Screen;
  float curvature_ridge_factor = 1.0f, curvature_valley_factor = 1.0f;  ///< screen
  float cavity_ridge_factor = 1.0f, cavity_valley_factor = 1.0f;        ///< world
  bool show_object_outline = true;
  float3 object_outline_color;
  bool show_specular_highlight = true;
  // Of material preview, which is lit by a studio where the scene's own lights are left out.
  bool use_scene_lights = false;
  bool use_scene_world = false;
  float studiolight_intensity = 1.0f;
  float studiolight_background_alpha = 0.0f;  ///< how much of the world light is seen behind
  float studiolight_background_blur = 0.5f;   ///< and how blurred
  bool use_studiolight_view_rotation = true;  ///< the world light turns with the view
  bool use_scene_lights_render = true;
  bool use_scene_world_render = true;
  CyclesView3DShadingSettings cycles;

  /// Surfaces are as they will be rendered: the picture comes from the path tracer.
  bool is_traced() const {
    return type == ViewShadingType::Rendered || type == ViewShadingType::Material;
  }
  /// Which kind of light `studio_light` names now.
  StudioLightType studio_light_type() const;
  static const Schema& schema();
};

/// What a 3D viewport draws over the scene.
struct View3DOverlay {
  bool show_overlays = true;
  bool show_ortho_grid = true;
  bool show_floor = true;
  bool show_axis_x = true, show_axis_y = true, show_axis_z = false;
  float grid_scale = 1.0f;     ///< metres between the finest lines of the floor
  int grid_subdivisions = 10;  ///< lines of one spacing from one line of the next to another
  bool show_text = true;
  bool show_cursor = true;
  bool show_outline_selected = true;
  bool show_object_origins = true;
  bool show_object_origins_all = false;
  bool show_relationship_lines = true;
  bool show_extras = true;  ///< lights, cameras, empties
  bool show_wireframes = false;
  float wireframe_opacity = 1.0f;
  /// Edges between faces of one plane are shown where it is 1; below, faces have to meet at an
  /// angle the larger the lower it is.
  float wireframe_threshold = 1.0f;
  float backwire_opacity = 0.5f;    ///< of wires that lie behind surfaces that are seen through
  bool show_fade_inactive = false;  ///< objects that are not edited fade into the background
  float fade_inactive_alpha = 0.4f;
  float vertex_opacity = 1.0f;  ///< of the vertices of the mesh that is edited
  bool show_face_orientation = false;
  // Of the mesh that is edited.
  bool show_edges = true;
  bool show_faces = true;
  bool show_face_center = true;
  bool show_edge_seams = true;
  bool show_edge_sharp = true;
  bool show_edge_crease = true;
  bool show_edge_bevel_weight = true;
  bool show_face_normals = false;
  bool show_vertex_normals = false;
  bool show_split_normals = false;
  float normals_length = 0.02f;
  bool use_normals_constant_screen_size = false;
  float normals_constant_screen_size = 7.0f;  ///< pixels, where that is set
  // Numbers at what is selected of it.
  bool show_extra_edge_length = false, show_extra_edge_angle = false, show_extra_face_area = false,
       show_extra_face_angle = false, show_extra_indices = false;
  bool show_stats = false;
  bool show_statvis = false;       ///< faces tell what `MeshStatVis` measures of them
  bool show_occlude_wire = false;  ///< faces are drawn as the background, wires alone are seen

  static const Schema& schema();
};

/// Kinds of objects in masks of viewports: the bit of a kind is its place here.
inline constexpr std::array<const char*, 16> object_kind_names{
    "mesh",    "empty",   "camera",      "light",  "curve",         "surf",
    "meta",    "font",    "pointcloud",  "volume", "grease_pencil", "armature",
    "lattice", "speaker", "light_probe", "curves"};
/// The bit of `object_type`, such as "MESH".
std::uint32_t object_kind_bit(std::string_view type);

/// Names of the lights and matcaps that every viewport offers.
std::vector<std::string> studio_light_names();
std::vector<std::string> matcap_names();

}  // namespace kiln
