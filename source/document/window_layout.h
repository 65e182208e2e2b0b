#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>

#include "core/schema/item_list.h"
#include "document/data_block.h"
#include "document/view3d_settings.h"

namespace kiln {

struct Image;
struct Object;
struct Text;
class NodeTree;

enum class ViewPerspective : std::uint8_t { Ortho = 0, Persp = 1, Camera = 2 };

/// Where a 3D viewport looks from. Lengths in metres, world space.
struct RegionView3D {
  float3 view_location;  ///< what the view turns about
  Quaternion view_rotation{0.716f, 0.439f, 0.291f, 0.459f};
  float view_distance = 18.0f;  ///< from the eye to that
  ViewPerspective view_perspective = ViewPerspective::Persp;
  bool is_perspective = true;
  bool is_orthographic_side_view = false;
  float4x4 window_matrix;      ///< view to clip space
  float4x4 shown_view_matrix;  ///< world to view while it looks through the camera
  /// World to view.
  float4x4 view_matrix() const;
  static const Schema& schema();
};

/// What an area shows and how: one type a kind of editor.
class Space {
public:
  virtual ~Space() = default;
  virtual const Schema& dynamic_schema() const = 0;
  virtual std::shared_ptr<Space> clone() const = 0;
  std::string kind;  ///< "VIEW_3D"
  static const Schema& schema();
};

template <typename T>
class SpaceOf : public Space {
public:
  const Schema& dynamic_schema() const override { return T::schema(); }
  std::shared_ptr<Space> clone() const override {
    return std::make_shared<T>(static_cast<const T&>(*this));
  }
};

class SpaceView3D : public SpaceOf<SpaceView3D> {
public:
  View3DShading shading;
  View3DOverlay overlay;
  RegionView3D region;
  float lens = 50.0f;  ///< millimetres, for a sensor of 36 mm
  float clip_start = 0.01f, clip_end = 1000.0f;
  std::uint32_t hidden_kinds = 0, unselectable_kinds = 0;  ///< bits as of `object_kind_bit`
  bool show_region_toolbar = true;
  static const Schema& schema();
};

class SpaceImageEditor : public SpaceOf<SpaceImageEditor> {
public:
  BlockRef<Image> image;  ///< none: the render
  float2 zoom{1.0f, 1.0f};
  static const Schema& schema();
};

class SpaceNodeEditor : public SpaceOf<SpaceNodeEditor> {
public:
  BlockRef<NodeTree> edit_tree;
  BlockRef<DataBlock> owner;  ///< the block whose tree it is
  static const Schema& schema();
};

class SpaceTextEditor : public SpaceOf<SpaceTextEditor> {
public:
  BlockRef<Text> text;
  bool show_word_wrap = false, show_syntax_highlight = true, use_overwrite = false;
  int tab_width = 4;
  int font_size = 12;  ///< pixels
  int visible_lines = 0;
  static const Schema& schema();
};

/// Editors of which scripts see nothing but their kind.
class SpacePlain : public Space {
public:
  explicit SpacePlain(const Schema& schema) : schema_(&schema) {}
  const Schema& dynamic_schema() const override { return *schema_; }
  std::shared_ptr<Space> clone() const override { return std::make_shared<SpacePlain>(*this); }

private:
  const Schema* schema_;
};

/// The kinds of editors by the names of the interface, with the name of the struct of each; not all
/// of them can be shown.
struct SpaceKind {
  const char* identifier;
  const char* label;
  const char* struct_name;
};
std::span<const SpaceKind> space_kinds();
/// The state of a new editor of a kind ("TIMELINE" is a dope sheet).
std::shared_ptr<Space> make_space(std::string_view kind);

/// A part of an area. Pixels of the window from its lower left corner.
struct ScreenRegion {
  std::string kind = "WINDOW", alignment = "NONE";
  int x = 0, y = 0, width = 0, height = 0;
  static const Schema& schema();
};

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

  WindowLayout();
  Screen& edit_screen() { return screens.edit(active_screen); }
  static const Schema& schema();
};

void register_window_layout(class Registry& registry);

}  // namespace kiln
