#include <numbers>

#include "document/preferences.h"

namespace kiln {

const Schema& PreferencesInput::schema() {
  static const Schema schema = [] {
    using Input = PreferencesInput;
    SchemaBuilder<Input> s("PreferencesInput", "Input");
    s.add<&Input::view_zoom_method>("view_zoom_method", "Zoom Style")
        .describe("What the movement of the mouse means while it zooms")
        .items({{"CONTINUE", "Continue", int(ViewZoomMethod::Continue),
                 "How fast: zooming goes on while the button is held"},
                {"DOLLY", "Dolly", int(ViewZoomMethod::Dolly), "How far"},
                {"SCALE", "Scale", int(ViewZoomMethod::Scale),
                 "How much farther from the middle of the view it is than at first"}});
    s.add<&Input::view_zoom_axis>("view_zoom_axis", "Zoom Axis")
        .describe("Which way the mouse moves for zooming")
        .items({{"VERTICAL", "Vertical", 0, "Up and down"},
                {"HORIZONTAL", "Horizontal", 67108864, "To the left and to the right"}});
    s.add<&Input::invert_mouse_zoom>("invert_mouse_zoom", "Invert Zoom Direction")
        .describe("Zooming with the mouse works the other way round");
    s.add<&Input::use_mouse_depth_navigate>("use_mouse_depth_navigate", "Auto Depth")
        .describe("A view turns and moves about the place under the mouse");
    s.add<&Input::use_zoom_to_mouse>("use_zoom_to_mouse", "Zoom to Mouse Position")
        .describe("What is under the mouse stays there");
    s.add<&Input::use_auto_perspective>("use_auto_perspective", "Auto Perspective")
        .describe("Views along an axis have no perspective, until they are turned");
    s.add<&Input::use_rotate_around_active>("use_rotate_around_active", "Orbit Around Selection")
        .describe("A view turns about the middle of what is selected");
    s.add<&Input::view_rotate_method>("view_rotate_method", "Orbit Method")
        .describe("How the mouse turns a view")
        .items({{"TURNTABLE", "Turntable", 0, "The Z axis stays upright"},
                {"TRACKBALL", "Trackball", 32, "Freely in all directions"}});
    s.add<&Input::view_rotate_sensitivity_turntable>("view_rotate_sensitivity_turntable",
                                                     "Orbit Sensitivity")
        .describe("How far a pixel turns a turntable")
        .subtype(Subtype::Angle)
        .range(0.001 * std::numbers::pi / 180.0, 15.0 * std::numbers::pi / 180.0)
        .step(1, 2);
    s.add<&Input::view_rotate_sensitivity_trackball>("view_rotate_sensitivity_trackball",
                                                     "Orbit Sensitivity")
        .describe("How fast a trackball turns")
        .subtype(Subtype::Factor)
        .range(0.1, 10)
        .soft(0.1, 2)
        .step(0.01f, 2);
    s.add<&Input::use_mouse_continuous>("use_mouse_continuous", "Continuous Grab")
        .describe("A drag that meets the edge of the view goes on at the other side");
    s.add<&Input::use_drag_immediately>("use_drag_immediately", "Release Confirms")
        .describe("What was begun by dragging ends when the button is let go");
    s.add<&Input::use_numeric_input_advanced>("use_numeric_input_advanced",
                                              "Default to Advanced Numeric Input")
        .describe("Operators may be typed into numbers without pressing = first");
    s.add<&Input::use_mouse_emulate_3_button>("use_mouse_emulate_3_button",
                                              "Emulate 3 Button Mouse")
        .describe("With a key held the left button works as the middle one")
        .default_value(false);
    s.add<&Input::mouse_emulate_3_button_modifier>("mouse_emulate_3_button_modifier",
                                                   "Emulate 3 Button Modifier")
        .describe("The key for that")
        .items({{"ALT", "Alt", int(EmulatingKey::Alt)},
                {"OSKEY", "OS-Key", int(EmulatingKey::Super)}});
    s.add<&Input::drag_threshold_mouse>("drag_threshold_mouse", "Mouse Drag Threshold")
        .describe("How far the mouse moves until a press is no click any more")
        .subtype(Subtype::Pixel)
        .range(1, 255);
    s.add<&Input::move_threshold>("move_threshold", "Motion Threshold")
        .describe(
            "How far from the last click another one is at a new place: clicks at the same place "
            "go through what lies there")
        .subtype(Subtype::Pixel)
        .range(0, 255)
        .soft(0, 10);
    s.add<&Input::mouse_double_click_time>("mouse_double_click_time", "Double Click Timeout")
        .describe("Milliseconds within which two clicks are a double one")
        .range(1, 1000);
    s.add<&Input::use_emulate_numpad>("use_emulate_numpad", "Emulate Numpad")
        .describe("The row of digits works as the number pad");
    s.add<&Input::invert_zoom_wheel>("invert_zoom_wheel", "Wheel Invert Zoom")
        .describe("The wheel zooms the other way round");
    s.set_nested_in("Preferences");
    return noted_in_preferences(s.build());
  }();
  return schema;
}

}  // namespace kiln
