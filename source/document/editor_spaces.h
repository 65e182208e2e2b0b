#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/schema/item_list.h"
#include "document/data_block.h"
#include "document/image_scopes.h"
#include "document/space.h"
#include "document/texture_mapping.h"

namespace kiln {

struct Image;
struct Text;
class NodeTree;

/// Values as of the interface.
enum class ImageChannels : std::int32_t {
  Color = 0,
  ColorAlpha = 0x1000,
  Alpha = 0x2000,
  ZBuffer = 0x4000,
  Red = 0x8000000,
  Green = 0x10000000,
  Blue = 0x20000000
};

/// What an image editor draws besides its picture.
struct SpaceImageOverlay {
  bool show_overlays = true;
  bool show_grid_background = true;  ///< a frame with squares where there is no picture
  static const Schema& schema();
};

class SpaceImageEditor : public SpaceOf<SpaceImageEditor> {
public:
  BlockRef<Image> image;  ///< none: the render
  float2 zoom{1.0f, 1.0f};
  ImageUser image_user{.use_auto_refresh = true, .frame_start = 0};
  bool show_region_ui = false;
  bool use_image_pin = false;                          ///< stays with its image, whatever is active
  bool show_gizmo = true, show_gizmo_navigate = true;  ///< buttons that move and zoom
  SpaceImageOverlay overlay;
  Scopes scopes;
  bool show_repeat = false;  ///< the picture goes on at its borders
  ImageChannels display_channels = ImageChannels::ColorAlpha;
  static const Schema& schema();
};

enum class NodeSubject : std::uint8_t { Object = 0, World = 1 };

/// What a node editor draws over its nodes.
struct SpaceNodeOverlay {
  bool show_overlays = true;
  bool show_wire_color = true;    ///< links have the colors of their sockets
  bool show_context_path = true;  ///< where the tree lies
  static const Schema& schema();
};

/// A tree in the way from the outermost one to the group that is open.
struct NodeTreePath {
  BlockRef<NodeTree> node_tree;
  std::string name;  ///< of the node that it was opened from
  static const Schema& schema();
};

/// Where nodes go to make room for one that is put between them.
enum class InsertOffsetDirection : std::uint8_t { Right = 0, Left = 1 };

class SpaceNodeEditor : public SpaceOf<SpaceNodeEditor> {
public:
  bool show_region_ui = true;
  std::string tree_type = "ShaderNodeTree";
  NodeSubject shader_type = NodeSubject::Object;
  BlockRef<DataBlock> owner;    ///< the block whose tree it is
  BlockRef<DataBlock> id_from;  ///< what that is used by: the object of a material
  BlockRef<NodeTree> node_tree;
  BlockRef<NodeTree> edit_tree;   ///< the same, or the group in it that is open
  ItemList<NodeTreePath> path;    ///< from the one to the other
  bool pin = false;               ///< stays with the tree, whatever is active
  bool use_insert_offset = true;  ///< nodes that are dropped onto a link push others aside
  InsertOffsetDirection insert_offset_direction = InsertOffsetDirection::Right;
  float2 cursor_location;
  SpaceNodeOverlay overlay;
  static const Schema& schema();
};

class SpaceTextEditor : public SpaceOf<SpaceTextEditor> {
public:
  BlockRef<Text> text;
  bool show_word_wrap = false, show_line_numbers = true, show_syntax_highlight = true;
  bool show_line_highlight = false;  ///< of the line with the cursor
  bool show_margin = false;
  int margin_column = 80;
  bool use_overwrite = false;
  bool use_live_edit = false;  ///< runs the text after every change
  int tab_width = 4;
  int font_size = 12;  ///< pixels
  int top = 0;         ///< first line that is seen
  int visible_lines = 0;
  bool show_region_footer = true;  ///< a line about the file
  bool show_region_ui = false;     ///< what finds and replaces
  std::string find_text, replace_text;
  bool use_find_wrap = true;  ///< goes on at the start
  bool use_find_all = false;  ///< goes on in the other texts
  bool use_match_case = false;
  static const Schema& schema();
};

enum class ConsoleLineKind : std::uint8_t { Output, Input, Info, Error };

/// A line that was typed into the console, or that it printed.
struct ConsoleLine {
  std::string body;
  int current_character = 0;
  ConsoleLineKind kind = ConsoleLineKind::Output;
  static const Schema& schema();
};

class SpaceConsole : public SpaceOf<SpaceConsole> {
public:
  int font_size = 12;                    ///< pixels
  int select_start = 0, select_end = 0;  ///< characters from the end of what is shown
  std::string prompt = ">>> ";
  ItemList<ConsoleLine> history;     ///< what was typed; the last one is being typed
  ItemList<ConsoleLine> scrollback;  ///< what is shown
  static const Schema& schema();
};

/// Which kinds of lines the log shows.
class SpaceInfo : public SpaceOf<SpaceInfo> {
public:
  bool show_report_debug = false;
  bool show_report_info = true, show_report_operator = true, show_report_warning = true,
       show_report_error = true;
  static const Schema& schema();
};

/// Values as of the interface.
enum class OutlinerMode : std::uint8_t {
  Scenes = 0,
  Libraries = 7,
  DataApi = 11,
  OrphanData = 14,
  ViewLayer = 15,
  LibraryOverrides = 16
};
/// What lists of library overrides have below them: what differs, or the overrides that they use.
enum class OutlinerOverrideView : std::uint8_t { Properties = 1, Hierarchies = 2 };
enum class OutlinerState : std::uint8_t {
  All = 0,
  Visible = 1,
  Selected = 3,
  Active = 4,
  Selectable = 5
};

/// What the outliner lists, in which order, and which columns it has.
class SpaceOutliner : public SpaceOf<SpaceOutliner> {
public:
  OutlinerMode display_mode = OutlinerMode::ViewLayer;
  std::string filter_text;
  bool use_filter_case_sensitive = false;
  bool use_filter_complete = false;  ///< the whole name has to be the text
  bool use_sort_alpha = true;
  bool use_sync_select = true;  ///< what is selected here is selected in the scene
  bool show_restrict_column_enable = true, show_restrict_column_select = false,
       show_restrict_column_hide = true, show_restrict_column_viewport = false,
       show_restrict_column_render = true, show_restrict_column_holdout = false,
       show_restrict_column_indirect_only = false;
  bool use_filter_object = true;          ///< objects are listed
  bool use_filter_object_content = true;  ///< with their data, modifiers and materials
  bool use_filter_children = true;        ///< below their parents
  bool use_filter_collection = true;
  OutlinerState filter_state = OutlinerState::All;
  bool filter_invert = false;  ///< of the state
  bool use_filter_object_mesh = true, use_filter_object_empty = true,
       use_filter_object_light = true, use_filter_object_camera = true,
       use_filter_object_others = true;
  bool use_filter_view_layers = true;  ///< lists of scenes have their view layers
  OutlinerOverrideView lib_override_view_mode = OutlinerOverrideView::Properties;
  bool use_filter_lib_override_system = false;  ///< lists of overrides have those left to libraries
  bool show_mode_column = true;                 ///< what is in which mode can be seen and changed
  bool use_filter_id_type = false;              ///< lists of all data have one type only
  BlockType filter_id_type = BlockType::Mesh;
  static const Schema& schema();
};

/// The tabs of the properties editor; values as of the interface.
enum class PropertiesContext : std::uint8_t {
  Render = 0,
  Scene = 1,
  World = 2,
  Object = 3,
  Data = 4,
  Material = 5,
  Modifier = 10,
  ViewLayer = 13,
  Tool = 14,
  Output = 16,
};

/// Whose clicks on the icons of data change the tab; values as of the interface.
enum class OutlinerSync : std::uint8_t { Auto = 0, Always = 1, Never = 2 };

class SpaceProperties : public SpaceOf<SpaceProperties> {
public:
  PropertiesContext context = PropertiesContext::Object;
  BlockRef<DataBlock> pin_id;  ///< what is shown whatever is active
  std::string search_filter;
  OutlinerSync outliner_sync = OutlinerSync::Auto;
  std::vector<PropertiesContext> tabs;           ///< those that there are now
  std::vector<std::uint8_t> tab_search_results;  ///< of those: whether something was found
  static const Schema& schema();
};

}  // namespace kiln
