#pragma once

#include "core/schema/builder.h"

namespace kiln {

enum class ViewRotateMethod : std::int32_t { Turntable = 0, Trackball = 32 };
enum class ViewZoomAxis : std::int32_t { Vertical = 0, Horizontal = 67108864 };
/// What a mouse movement means while it zooms: how fast, how far, or the distance from the middle.
enum class ViewZoomMethod : std::uint8_t { Continue = 0, Scale = 1, Dolly = 2 };
/// The key that makes the left button the middle one.
enum class EmulatingKey : std::uint8_t { Alt = 0, Super = 1 };

/// What the user has chosen for mouse and keyboard.
struct PreferencesInput {
  ViewRotateMethod view_rotate_method = ViewRotateMethod::Turntable;
  float view_rotate_sensitivity_turntable = 0.4f * 3.14159265f / 180.0f;  ///< radians a pixel
  float view_rotate_sensitivity_trackball = 1.0f;
  ViewZoomMethod view_zoom_method = ViewZoomMethod::Dolly;
  ViewZoomAxis view_zoom_axis = ViewZoomAxis::Vertical;
  bool invert_mouse_zoom = false;
  bool invert_zoom_wheel = false;
  bool use_zoom_to_mouse = false;
  bool use_auto_perspective = true;         ///< views along an axis have no perspective
  bool use_rotate_around_active = false;    ///< views turn about what is selected
  bool use_mouse_depth_navigate = false;    ///< and about what was under the mouse
  bool use_emulate_numpad = false;          ///< the row of digits works as the number pad
  bool use_mouse_continuous = true;         ///< drags go on where the mouse meets an edge
  bool use_drag_immediately = true;         ///< what a drag began ends with the button
  bool use_numeric_input_advanced = false;  ///< typed numbers are expressions from the start
  bool use_mouse_emulate_3_button = true;   ///< with a key the left button is the middle one
  EmulatingKey mouse_emulate_3_button_modifier = EmulatingKey::Alt;
  int move_threshold = 2;             ///< pixels; a click farther off is at another place
  int drag_threshold_mouse = 3;       ///< pixels from where on a press becomes a drag
  int mouse_double_click_time = 350;  ///< milliseconds

  static const Schema& schema();
};

}  // namespace kiln
