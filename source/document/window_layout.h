#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/math.h"
#include "core/schema/item_list.h"
#include "document/space.h"

namespace kiln {

/// A part of an area. Pixels of the window from its lower left corner.
struct ScreenRegion {
  std::string kind = "WINDOW", alignment = "NONE";
  int x = 0, y = 0, width = 0, height = 0;
  /// What it shows of a plane: left, bottom, right and top; all 0 where it shows none.
  float4 view;
  static const Schema& schema();
};

/// A region that areas of some kind have, and where it lies in them.
struct RegionPlace {
  const char* kind;
  const char* alignment;
};
/// All of a kind of editor, in the order in which scripts find them; "WINDOW" is the last one.
std::span<const RegionPlace> region_places(std::string_view editor);

/// A rectangle of the window with an editor.
struct ScreenArea {
  std::int64_t number = 0;       ///< of the window, for its own use
  std::string kind = "VIEW_3D";  ///< of `ui_type`: "TIMELINE" rather than "DOPESHEET_EDITOR"
  int x = 0, y = 0, width = 0, height = 0;
  bool show_menus = true;
  ItemList<ScreenRegion> regions;
  ItemList<Space> spaces;  ///< the first one is shown
  static const Schema& schema();
};

/// The areas of one workspace.
struct Screen {
  std::string name = "Layout";
  bool is_animation_playing = false, show_fullscreen = false;
  bool show_statusbar = true;
  // Which editors are drawn while the animation plays; 3D viewports: all, or only that nearest to
  // the upper left corner.
  bool use_play_top_left_3d_editor = false, use_play_3d_editors = true,
       use_play_animation_editors = true, use_play_properties_editors = false,
       use_play_image_editors = false, use_play_node_editors = false;
  bool use_follow = false;  ///< timelines keep the frame that is shown in sight
  ItemList<ScreenArea> areas;
  static const Schema& schema();
};

/// The window as scripts see it: its screens, and the state of their editors. A service. Without a
/// window it is the layout that a window starts with. Owner's thread only.
struct WindowLayout {
  ItemList<Screen> screens;  ///< one a workspace; areas are told of the one that is shown
  int active_screen = 0;
  int active_area = -1;  ///< under the mouse; -1: none
  int x = 0, y = 0, width = 0, height = 0;

  bool is_edited = false;  ///< something was written since `exchange` ran
  /// Set by a window: brings what was written to the editors, and their state here.
  std::function<void()> exchange;
  /// Set by a window: something was written, which it should look at soon.
  std::function<void()> edited;
  void note_edit();

  WindowLayout();
  Screen& edit_screen() { return screens.edit(active_screen); }
  static const Schema& schema();
};

void register_window_layout(class Registry& registry);

}  // namespace kiln
