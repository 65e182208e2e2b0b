#include "document/preferences.h"

namespace kiln {
namespace {

using View = PreferencesView;

void add_interface(SchemaBuilder<View>& s) {
  s.add<&View::ui_scale>("ui_scale", "UI Scale")
      .describe("Size of everything in the window; holds from the next start on")
      .range(0.25, 4)
      .soft(0.5, 2)
      .step(1, 2);
  s.add<&View::show_tooltips>("show_tooltips", "Tooltips")
      .describe("Explains what the mouse rests on");
  s.add<&View::show_tooltips_python>("show_tooltips_python", "Python Tooltips")
      .describe("Explanations tell how scripts reach the value")
      .default_value(false);
  s.add<&View::show_developer_ui>("show_developer_ui", "Developer Extras")
      .describe("Shows what helps those who write scripts: paths of values, indices of elements");
  s.add<&View::show_splash>("show_splash", "Show Splash")
      .describe("The program begins with a choice of files")
      .default_value(false);
  s.add<&View::header_align>("header_align", "Header Position")
      .describe("Where the bars of areas are that are opened from now on")
      .items({{"NONE", "Keep Existing", int(HeaderAlign::None), "Where the area before had it"},
              {"TOP", "Top", int(HeaderAlign::Top)},
              {"BOTTOM", "Bottom", int(HeaderAlign::Bottom)}});
  s.add<&View::ui_line_width>("ui_line_width", "UI Line Width")
      .describe("How wide lines in views and between nodes are")
      .items({{"THIN", "Thin", int(LineWidth::Thin)},
              {"AUTO", "Default", int(LineWidth::Auto)},
              {"THICK", "Thick", int(LineWidth::Thick)}})
      .default_value("AUTO");
  s.add<&View::show_addons_enabled_only>("show_addons_enabled_only", "Enabled Add-ons Only")
      .describe("The list of add-ons leaves out those that are switched off");
  s.add<&View::use_save_prompt>("use_save_prompt", "Save Prompt")
      .describe("Asks before unsaved changes are given up");
  s.add<&View::render_display_type>("render_display_type", "Render Display Type")
      .describe("Where a render shows up")
      .items({{"NONE", "Keep User Interface", 0, "Nothing in the window changes"},
              {"SCREEN", "Maximized Area", 1, "An image editor that takes the whole window"},
              {"AREA", "Image Editor", 2, "An image editor in one of the areas"},
              {"WINDOW", "New Window", 3, "An image editor in a window of its own"}})
      .default_value("WINDOW");
}

void add_fields(SchemaBuilder<View>& s) {
  s.add<&View::factor_display_type>("factor_display_type", "Factor Display Type")
      .describe("How shares of a whole are shown")
      .items(
          {{"FACTOR", "Factor", int(FactorDisplay::Factor), "Numbers from 0 to 1"},
           {"PERCENTAGE", "Percentage", int(FactorDisplay::Percentage), "Numbers from 0 to 100"}});
  using Shape = ColorPickerShape;
  s.add<&View::color_picker_type>("color_picker_type", "Color Picker Type")
      .describe("What colors are chosen from")
      .items({{"CIRCLE_HSV", "Circle (HSV)", int(Shape::CircleHsv),
               "A wheel of hues, and a bar for the value"},
              {"CIRCLE_HSL", "Circle (HSL)", int(Shape::CircleHsl),
               "A wheel of hues, and a bar for the lightness"},
              {"SQUARE_SV", "Square (SV + H)", int(Shape::SquareSv),
               "Saturation and value, and a bar for the hue"},
              {"SQUARE_HS", "Square (HS + V)", int(Shape::SquareHs),
               "Hue and saturation, and a bar for the value"},
              {"SQUARE_HV", "Square (HV + S)", int(Shape::SquareHv),
               "Hue and value, and a bar for the saturation"}});
}

void add_text(SchemaBuilder<View>& s) {
  s.add<&View::use_text_antialiasing>("use_text_antialiasing", "Text Anti-Aliasing")
      .describe("Letters have soft edges")
      .default_value(false);
  s.add<&View::text_hinting>("text_hinting", "Text Hinting")
      .describe("How letters are brought onto whole pixels")
      .items(
          {{"AUTO", "Auto", 0}, {"NONE", "None", 2}, {"SLIGHT", "Slight", 4}, {"FULL", "Full", 8}});
  s.add<&View::font_path_ui>("font_path_ui", "Interface Font")
      .describe("File of the font; empty for that of the system")
      .subtype(Subtype::FilePath)
      .max_bytes(1024)
      .not_animatable();
  s.add<&View::font_path_ui_mono>("font_path_ui_mono", "Monospaced Font")
      .describe(
          "File of the font of texts and consoles that are opened from now on; empty for that of "
          "the system")
      .subtype(Subtype::FilePath)
      .max_bytes(1024)
      .not_animatable();
}

void add_views(SchemaBuilder<View>& s) {
  s.add<&View::show_object_info>("show_object_info", "Display Object Info")
      .describe("3D views tell the frame and the active object");
  s.add<&View::show_view_name>("show_view_name", "Display View Name")
      .describe("3D views tell from where they look");
  s.add<&View::show_playback_fps>("show_playback_fps", "Display Playback Frame Rate (FPS)")
      .describe("3D views tell how many frames a second are shown while the scene is played");
  s.add<&View::smooth_view>("smooth_view", "Smooth View")
      .describe("Milliseconds that a view takes to get where a key sends it; 0 for at once")
      .range(0, 1000);
  s.add<&View::rotation_angle>("rotation_angle", "Rotation Angle")
      .describe("By how many degrees a key turns the view")
      .range(0, 90);
  s.add<&View::show_gizmo>("show_gizmo", "Gizmos").describe("Handles around what is selected");
  s.add<&View::gizmo_size>("gizmo_size", "Gizmo Size")
      .describe("Size of handles around what is selected")
      .subtype(Subtype::Pixel)
      .range(10, 200);
  s.add<&View::show_navigate_ui>("show_navigate_ui", "Navigation Controls")
      .describe("Buttons for turning, moving and zooming in a corner of 3D views");
  s.add<&View::mini_axis_type>("mini_axis_type", "Mini Axes Type")
      .describe("What shows the directions of the axes")
      .items({{"NONE", "Off", 2},
              {"MINIMAL", "Simple Axis", 1},
              {"GIZMO", "Interactive Navigation", 0}});
  s.add<&View::gizmo_size_navigate_v3d>("gizmo_size_navigate_v3d", "Navigate Gizmo Size")
      .describe("Size of the navigation controls")
      .subtype(Subtype::Pixel)
      .range(30, 200);
  s.add<&View::mini_axis_size>("mini_axis_size", "Mini Axes Size")
      .describe("Length of the simple axes")
      .subtype(Subtype::Pixel)
      .range(10, 64);
  s.add<&View::mini_axis_brightness>("mini_axis_brightness", "Mini Axes Brightness")
      .describe("How clearly the simple axes are seen")
      .range(0, 10);
  s.add<&View::view2d_grid_spacing_min>("view2d_grid_spacing_min", "2D View Minimum Grid Spacing")
      .describe("How near to each other lines with numbers may be")
      .subtype(Subtype::Pixel)
      .range(1, 500);
}

void add_menus(SchemaBuilder<View>& s) {
  s.add<&View::use_mouse_over_open>("use_mouse_over_open", "Open on Mouse Over")
      .describe("Menus open where the mouse rests on their name");
  s.add<&View::open_toplevel_delay>("open_toplevel_delay", "Top Level Menu Open Delay")
      .describe("Tenths of a second until a menu opens by itself")
      .range(1, 40);
  s.add<&View::open_sublevel_delay>("open_sublevel_delay", "Sub Level Menu Open Delay")
      .describe("Tenths of a second until a menu in a menu opens")
      .range(1, 40);
  s.add<&View::pie_animation_timeout>("pie_animation_timeout", "Animation Timeout")
      .describe("Hundredths of a second that the choices of a pie menu take to their places")
      .range(0, 1000);
  s.add<&View::pie_initial_timeout>("pie_initial_timeout", "Recenter Timeout")
      .describe(
          "Hundredths of a second while directions in a pie menu count from where the mouse was "
          "when it opened, not from the middle of the menu")
      .range(0, 1000);
  s.add<&View::pie_tap_timeout>("pie_tap_timeout", "Tap Key Timeout")
      .describe(
          "A key held longer than so many hundredths of a second closes its pie menu when it is "
          "let "
          "go")
      .range(0, 1000);
  s.add<&View::pie_menu_radius>("pie_menu_radius", "Radius")
      .describe("How far from the middle the choices of a pie menu are")
      .subtype(Subtype::Pixel)
      .range(0, 1000);
  s.add<&View::pie_menu_threshold>("pie_menu_threshold", "Threshold")
      .describe("Nearer to the middle of a pie menu nothing is chosen")
      .subtype(Subtype::Pixel)
      .range(0, 1000);
  s.add<&View::pie_menu_confirm>("pie_menu_confirm", "Confirm Threshold")
      .describe("That far beyond the threshold a choice needs no click; 0 for never")
      .subtype(Subtype::Pixel)
      .range(0, 1000);
  s.add<&View::show_statusbar_stats>("show_statusbar_stats", "Show Statistics")
      .describe("The status bar tells how much there is in the scene")
      .default_value(false);
  s.add<&View::show_statusbar_memory>("show_statusbar_memory", "Show Memory")
      .describe("The status bar tells how much memory the program uses");
  s.add<&View::show_statusbar_version>("show_statusbar_version", "Show Version")
      .describe("The status bar tells the version of the program");
}

}  // namespace

const Schema& PreferencesView::schema() {
  static const Schema schema = [] {
    SchemaBuilder<PreferencesView> s("PreferencesView", "View & Controls");
    add_interface(s);
    add_fields(s);
    add_text(s);
    add_views(s);
    add_menus(s);
    s.set_nested_in("Preferences");
    return noted_in_preferences(s.build());
  }();
  return schema;
}

}  // namespace kiln
