#pragma once

#include "core/schema/builder.h"

namespace kiln {

/// Where a render that is started in the window shows up.
enum class RenderDisplayType : std::uint8_t { None, Screen, Area, Window };
/// What shows the axes in a corner of 3D views; the values are those of the interface.
enum class MiniAxisType : std::uint8_t { Gizmo = 0, Minimal = 1, None = 2 };
/// How the shapes of letters are brought onto pixels; the values are those of the interface.
enum class TextHinting : std::uint8_t { Auto = 0, None = 2, Slight = 4, Full = 8 };

/// Where areas that are opened from now on have their bar; the values are those of the interface.
enum class HeaderAlign : std::uint8_t { None = 0, Top = 1, Bottom = 2 };
/// How wide lines are; the values are those of the interface.
enum class LineWidth : std::int8_t { Thin = -1, Auto = 0, Thick = 1 };

/// How shares of a whole are shown: as numbers up to 1, or as percentages.
enum class FactorDisplay : std::uint8_t { Factor = 0, Percentage = 1 };
/// What colors are chosen from; the values are those of the interface.
enum class ColorPickerShape : std::uint8_t {
  SquareSv = 1,
  SquareHs = 2,
  SquareHv = 3,
  CircleHsv = 0,
  CircleHsl = 4
};

/// What the user has chosen for how the window looks. Sizes are in pixels of the interface.
struct PreferencesView {
  float ui_scale = 1.0f;  ///< of everything; holds from the next start on
  bool show_tooltips = true;
  bool show_tooltips_python = true;  ///< they tell how scripts reach the value
  bool show_developer_ui = false;    ///< what only helps those who write scripts
  bool show_splash = true;           ///< the program begins with a choice of files
  bool show_addons_enabled_only = false;
  bool use_save_prompt = true;  ///< asks before unsaved changes are given up
  RenderDisplayType render_display_type = RenderDisplayType::Area;

  HeaderAlign header_align = HeaderAlign::None;
  LineWidth ui_line_width = LineWidth::Auto;
  FactorDisplay factor_display_type = FactorDisplay::Factor;
  ColorPickerShape color_picker_type = ColorPickerShape::CircleHsv;

  // Text.
  bool use_text_antialiasing = true;
  TextHinting text_hinting = TextHinting::Auto;
  std::string font_path_ui;       ///< empty: the font of the system
  std::string font_path_ui_mono;  ///< of texts and consoles

  // 3D views.
  bool show_object_info = true;
  bool show_view_name = true;
  bool show_playback_fps = true;
  int smooth_view = 200;         ///< milliseconds that a view takes to turn by itself; 0: at once
  float rotation_angle = 15.0f;  ///< degrees that a view turns by with each key
  bool show_gizmo = true;        ///< handles around what is selected
  int gizmo_size = 75;
  bool show_navigate_ui = true;
  MiniAxisType mini_axis_type = MiniAxisType::Gizmo;
  int gizmo_size_navigate_v3d = 80;
  int mini_axis_size = 25;
  int mini_axis_brightness = 8;  ///< 0 to 10

  int view2d_grid_spacing_min = 45;  ///< at least this far apart are lines with numbers

  // Menus.
  bool use_mouse_over_open = false;  ///< they open where the mouse rests on their name
  int open_toplevel_delay = 5;       ///< tenths of a second until then
  int open_sublevel_delay = 2;       ///< the same for menus in menus

  // Pie menus.
  int pie_animation_timeout = 6;  ///< hundredths of a second that choices take to their places
  /// Hundredths of a second while directions count from where the mouse was, not from the middle.
  int pie_initial_timeout = 0;
  /// Hundredths of a second; a key that is held longer closes the menu when it is let go.
  int pie_tap_timeout = 20;
  int pie_menu_radius = 100;
  int pie_menu_threshold = 12;  ///< nearer to the middle nothing is chosen
  int pie_menu_confirm = 0;     ///< so far beyond that a choice needs no click; 0: never

  // The status bar.
  bool show_statusbar_stats = true;
  bool show_statusbar_memory = false;
  bool show_statusbar_version = true;

  static const Schema& schema();
};

}  // namespace kiln
