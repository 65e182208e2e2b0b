#pragma once

#include "core/schema/item_list.h"
#include "document/path_compare.h"
#include "document/preferences_input.h"
#include "document/preferences_view.h"
#include "document/studio_light.h"

namespace kiln {

enum class PreferredMaterialLink : std::int32_t { Obdata = 0, Object = 256 };
enum class PreferredObjectAlign : std::int32_t { World = 0, View = 524288, Cursor = 16384 };

/// What the user has chosen for editing.
struct PreferencesEdit {
  std::int32_t undo_steps = 32;  ///< 0: as many as the history has room for
  int undo_memory_limit = 0;     ///< megabytes that the history may take; 0: any
  bool use_global_undo = true;   ///< operators make steps in the history

  PreferredMaterialLink material_link = PreferredMaterialLink::Obdata;
  PreferredObjectAlign object_align = PreferredObjectAlign::World;
  bool use_enter_edit_mode = false;
  bool use_cursor_lock_adjust = true;    ///< views that follow the 3D cursor stay when it is set
  bool use_mouse_depth_cursor = true;    ///< the 3D cursor is placed on what is under the mouse
  bool use_text_edit_auto_close = true;  ///< brackets and quotes come in pairs
  float collection_instance_empty_size = 1.0f;
  bool use_negative_frames = true;
  int node_margin = 80;  ///< room between nodes after one was put between them, tree units
  bool use_duplicate_mesh = true;
  bool use_duplicate_camera = true;
  bool use_duplicate_light = true;
  bool use_duplicate_material = false;

  static const Schema& schema();
};

/// What the small pictures of files show.
enum class FilePreviewType : std::uint8_t { None = 0, Auto = 1, Screenshot = 2, Camera = 3 };

/// What the user has chosen for files and saving them.
struct PreferencesFilePaths {
  std::int32_t save_version = 1;  ///< what a file was before is kept beside it, so many times
  bool use_auto_save_temporary_files = true;
  std::int32_t auto_save_time = 2;      ///< minutes
  std::int32_t undo_history_size = 16;  ///< megabytes of a file for its history; 0: none

  bool use_relative_paths = true;
  bool use_tabs_as_spaces = true;              ///< of new texts
  bool use_scripts_auto_execute = false;       ///< files may run their scripts when they are opened
  std::string render_output_directory = "//";  ///< of new scenes
  std::string script_directory;
  std::string temporary_directory;
  std::string texture_directory;  ///< where dialogs for images begin
  std::string image_editor;       ///< the program that images are edited with
  int recent_files = 10;
  FilePreviewType file_preview_type = FilePreviewType::Auto;
  // In file dialogs.
  bool show_hidden_files_datablocks = false;
  bool use_filter_files = true;  ///< only files of the kind that is looked for
  bool show_recent_locations = true;
  bool show_system_bookmarks = true;

  static const Schema& schema();
};

/// How pictures come onto the screen.
enum class ImageDrawMethod : std::uint8_t { Automatic, Texture2D, Glsl };

/// The longest edge of pictures on the graphics card: 8192 halved so many times less one; 0: any.
enum class TextureLimit : std::uint8_t { Off, N8192, N4096, N2048, N1024, N512, N256, N128 };
/// Samples of pictures that are seen from the side; values are those of the interface.
enum class AnisotropicFilter : std::uint8_t { Off = 1, N2 = 2, N4 = 4, N8 = 8, N16 = 16 };

/// How edges in views are made smooth; samples a pixel from `N5` on.
enum class ViewportAntialiasing : std::uint8_t {
  Off = 0,
  Fxaa = 1,
  N5 = 5,
  N8 = 8,
  N11 = 11,
  N16 = 16,
  N32 = 32
};

/// What the user has chosen for the machine.
struct PreferencesSystem {
  // Of what 3D views keep on the graphics card: seconds after which what was not drawn goes (0:
  // never), and between two looks for that.
  int vbo_time_out = 120, vbo_collection_rate = 60;
  int texture_time_out = 120, texture_collection_rate = 60;
  TextureLimit gl_texture_limit = TextureLimit::Off;
  AnisotropicFilter anisotropic_filter = AnisotropicFilter::N2;
  float gl_clip_alpha = 0.004f;  ///< pictures that cover less are not seen
  ImageDrawMethod image_draw_method = ImageDrawMethod::Automatic;
  bool use_select_pick_depth = true;  ///< clicks choose what lies in front
  int scrollback = 10000;             ///< lines that consoles keep

  int memory_cache_limit = 4096;  ///< megabytes that pictures in memory may take; 0: any

  ViewportAntialiasing viewport_aa = ViewportAntialiasing::Fxaa;
  bool use_overlay_smooth_wire = true;    ///< of the lines over scenes
  bool use_edit_mode_smooth_wire = true;  ///< of the mesh that is edited
  /// Views have the lights below instead of the studio that they chose.
  bool use_studio_light_edit = false;
  ItemList<SolidLight> solid_lights;  ///< `StudioLight::lamp_count`
  float3 light_ambient;

  // Of the screen: set by the window.
  float ui_scale = 1.0f;
  float pixel_size = 1.0f;  ///< device pixels that a point is wide
  int dpi = 72;
  float ui_line_width = 1.0f;  ///< device pixels

  PreferencesSystem();
  static const Schema& schema();
};

/// The parts of the window with preferences; the values are those of the interface.
enum class PreferencesSection : std::uint8_t {
  Interface = 0,
  Editing = 1,
  System = 3,
  Input = 5,
  Addons = 6,
  Lights = 7,
  Keymap = 8,
  Navigation = 14,
  FilePaths = 15
};

/// Which handles of the window there are; programs of their own may take them away.
struct PreferencesApps {
  bool show_corner_split = true;               ///< corners that split and join areas
  bool show_edge_resize = true;                ///< borders between areas can be dragged
  bool show_regions_visibility_toggle = true;  ///< tabs that bring hidden regions back

  static const Schema& schema();
};

/// What the user has chosen for the program rather than for a document. A service.
struct Preferences {
  PreferencesSection active_section = PreferencesSection::Interface;
  bool is_dirty = false;             ///< something was changed and not kept yet
  bool use_preferences_save = true;  ///< they are kept when the program ends
  PreferencesView view;
  PreferencesInput inputs;
  PreferencesEdit edit;
  PreferencesFilePaths filepaths;
  PreferencesSystem system;
  PreferencesApps apps;
  ItemList<StudioLight> studio_lights;   ///< those that the user added
  ItemList<PathCompare> autoexec_paths;  ///< files whose scripts never run by themselves

  Preferences();
  /// The light of this name; the first one of the type for an unknown name.
  const StudioLight& studio_light(StudioLightType type, const std::string& name) const;
  /// Whether a file that is opened may run its scripts.
  bool runs_scripts_of(const std::string& file) const;
  static const Schema& schema();
};

/// The schema of a part of the preferences: what is written there makes them dirty.
Schema noted_in_preferences(Schema schema);

}  // namespace kiln
