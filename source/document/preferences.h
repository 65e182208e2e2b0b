#pragma once

#include "core/schema/builder.h"

namespace kiln {

enum class PreferredMaterialLink : std::int32_t { Obdata = 0, Object = 256 };
enum class PreferredObjectAlign : std::int32_t { World = 0, View = 524288, Cursor = 16384 };
enum class PreferredAutoKeyingMode : std::uint8_t { AddReplaceKeys = 3, ReplaceKeys = 5 };
enum class PreferredFcurveNewAutoSmoothing : std::uint8_t { None = 0, ContAccel = 1 };
enum class PreferredKeyframeNewInterpolationType : std::uint8_t {
  Constant = 0,
  Linear = 1,
  Bezier = 2,
  Sine = 12,
  Quad = 9,
  Cubic = 6,
  Quart = 10,
  Quint = 11,
  Expo = 8,
  Circ = 5,
  Back = 3,
  Bounce = 4,
  Elastic = 7
};
enum class PreferredKeyframeNewHandleType : std::uint8_t {
  Free = 0,
  Aligned = 3,
  Vector = 2,
  Auto = 1,
  AutoClamped = 4
};

/// What the user has chosen for editing.
struct PreferencesEdit {
  std::int32_t undo_steps = 32;  ///< 0: as many as the history has room for
  bool use_global_undo = true;   ///< operators make steps in the history

  // Kept for scripts and for what reads them.
  PreferredMaterialLink material_link = PreferredMaterialLink::Obdata;
  PreferredObjectAlign object_align = PreferredObjectAlign::World;
  bool use_enter_edit_mode = false;
  float collection_instance_empty_size = 1.0f;
  bool use_text_edit_auto_close = false;
  int undo_memory_limit = 0;
  bool use_auto_keying = false;
  PreferredAutoKeyingMode auto_keying_mode = PreferredAutoKeyingMode::AddReplaceKeys;
  bool use_keyframe_insert_available = false;
  bool use_auto_keying_warning = false;
  bool use_keyframe_insert_needed = false;
  bool use_visual_keying = false;
  bool use_insertkey_xyz_to_rgb = true;
  bool use_anim_channel_group_colors = false;
  PreferredFcurveNewAutoSmoothing fcurve_new_auto_smoothing =
      PreferredFcurveNewAutoSmoothing::ContAccel;
  PreferredKeyframeNewInterpolationType keyframe_new_interpolation_type =
      PreferredKeyframeNewInterpolationType::Bezier;
  PreferredKeyframeNewHandleType keyframe_new_handle_type =
      PreferredKeyframeNewHandleType::AutoClamped;
  bool use_negative_frames = true;
  float fcurve_unselected_alpha = 0.25f;
  bool use_duplicate_mesh = true;
  bool use_duplicate_surface = true;
  bool use_duplicate_curve = true;
  bool use_duplicate_lattice = true;
  bool use_duplicate_text = true;
  bool use_duplicate_metaball = true;
  bool use_duplicate_armature = true;
  bool use_duplicate_camera = true;
  bool use_duplicate_speaker = true;
  bool use_duplicate_light = true;
  bool use_duplicate_material = false;
  bool use_duplicate_action = true;
  bool use_duplicate_particle = false;
  bool use_duplicate_lightprobe = true;
  bool use_duplicate_grease_pencil = true;
  bool use_duplicate_curves = true;
  bool use_duplicate_pointcloud = true;
  bool use_duplicate_volume = false;
  bool use_duplicate_node_tree = false;
  int node_margin = 80;
  bool use_cursor_lock_adjust = true;
  bool use_mouse_depth_cursor = true;

  static const Schema& schema();
};

enum class PreferredAnimationPlayerPreset : std::uint8_t {
  Internal = 0,
  Djv = 2,
  Framecycler = 3,
  Rv = 4,
  Mplayer = 5,
  Custom = 50
};
enum class PreferredFilePreviewType : std::uint8_t {
  None = 0,
  Auto = 1,
  Screenshot = 2,
  Camera = 3
};

/// What the user has chosen for files and saving them.
struct PreferencesFilePaths {
  std::int32_t save_version = 1;  ///< what a file was before is kept beside it, so many times
  bool use_auto_save_temporary_files = true;
  std::int32_t auto_save_time = 2;      ///< minutes
  std::int32_t undo_history_size = 16;  ///< megabytes of a file for its history; 0: none

  // Kept for scripts and for what reads them.
  bool show_hidden_files_datablocks = true;
  bool use_filter_files = true;
  bool show_recent_locations = false;
  bool show_system_bookmarks = false;
  bool use_relative_paths = true;
  bool use_file_compression = false;
  bool use_load_ui = false;
  bool use_scripts_auto_execute = true;
  bool use_tabs_as_spaces = false;
  std::string font_directory;
  std::string texture_directory;
  std::string render_output_directory;
  std::string script_directory;
  std::string i18n_branches_directory;
  std::string sound_directory;
  std::string temporary_directory;
  std::string render_cache_directory;
  std::string image_editor;
  std::string animation_player;
  PreferredAnimationPlayerPreset animation_player_preset = PreferredAnimationPlayerPreset::Internal;
  int recent_files = 10;
  PreferredFilePreviewType file_preview_type = PreferredFilePreviewType::Auto;

  static const Schema& schema();
};

/// How pictures come onto the screen.
enum class ImageDrawMethod : std::uint8_t { Automatic, Texture2D, Glsl };

enum class PreferredViewportAa : std::uint8_t {
  Off = 0,
  Fxaa = 1,
  N5 = 5,
  N8 = 8,
  N11 = 11,
  N16 = 16,
  N32 = 32
};
enum class PreferredAnisotropicFilter : std::uint8_t {
  Filter0 = 1,
  Filter2 = 2,
  Filter4 = 4,
  Filter8 = 8,
  Filter16 = 16
};
enum class PreferredGlTextureLimit : std::int32_t {
  ClampOff = 0,
  Clamp8192 = 8192,
  Clamp4096 = 4096,
  Clamp2048 = 2048,
  Clamp1024 = 1024,
  Clamp512 = 512,
  Clamp256 = 256,
  Clamp128 = 128
};

/// What the user has chosen for the machine.
struct PreferencesSystem {
  ImageDrawMethod image_draw_method = ImageDrawMethod::Automatic;

  // Of the screen: set by the window.
  float ui_scale = 1.0f;
  float ui_line_width = 1.0f;
  float pixel_size = 1.0f;  ///< device pixels that a point is wide
  int dpi = 72;

  // Kept for scripts and for what reads them.
  int memory_cache_limit = 4096;
  int scrollback = 256;
  bool use_overlay_smooth_wire = true;
  bool use_edit_mode_smooth_wire = false;
  bool use_region_overlap = true;
  PreferredViewportAa viewport_aa = PreferredViewportAa::N8;
  float3 light_ambient;
  bool use_studio_light_edit = false;
  float gl_clip_alpha = 0.004f;
  PreferredAnisotropicFilter anisotropic_filter = PreferredAnisotropicFilter::Filter0;
  PreferredGlTextureLimit gl_texture_limit = PreferredGlTextureLimit::ClampOff;
  int texture_time_out = 120;
  int texture_collection_rate = 60;
  int vbo_time_out = 120;
  int vbo_collection_rate = 60;
  bool use_select_pick_depth = false;
  bool use_gpu_subdivision = true;

  static const Schema& schema();
};

/// What the user has chosen for the program rather than for a document. A service.
struct Preferences {
  PreferencesEdit edit;
  PreferencesFilePaths filepaths;
  PreferencesSystem system;

  static const Schema& schema();
};

}  // namespace kiln
