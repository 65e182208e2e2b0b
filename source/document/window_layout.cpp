#include "document/window_layout.h"

#include <algorithm>
#include <utility>

#include "core/schema/builder.h"
#include "core/schema/registry.h"

namespace kiln {
namespace {

// Those that areas can show.
constexpr std::string_view editors[] = {"VIEW_3D",  "IMAGE_EDITOR", "NODE_EDITOR",
                                        "TIMELINE", "TEXT_EDITOR",  "CONSOLE",
                                        "INFO",     "OUTLINER",     "PROPERTIES"};

std::vector<EnumItem> kind_items(bool has_bars) {
  std::vector<EnumItem> items;
  for (const SpaceKind& kind : space_kinds()) {
    const std::string_view name = kind.identifier;
    if (is_name_only(name)) {
      continue;
    }
    if (has_bars || (name != "TOPBAR" && name != "STATUSBAR" && name != "EMPTY")) {
      items.push_back({kind.identifier, kind.label, int(&kind - space_kinds().data())});
    }
  }
  return items;
}

constexpr RegionPlace header{"HEADER", "TOP"}, tool_header{"TOOL_HEADER", "TOP"},
    tools{"TOOLS", "LEFT"}, sidebar{"UI", "RIGHT"}, channels{"CHANNELS", "LEFT"},
    footer{"FOOTER", "BOTTOM"}, navigation{"NAVIGATION_BAR", "LEFT"}, hud{"HUD", "FLOAT"},
    main_region{"WINDOW", "NONE"};
constexpr RegionPlace plain_regions[] = {header, main_region},
                      properties_regions[] = {header, navigation, main_region},
                      view3d_regions[] = {header, tool_header, tools, sidebar, hud, main_region},
                      timeline_regions[] = {header, channels, sidebar, main_region},
                      node_regions[] = {header, sidebar, tools, main_region},
                      image_regions[] = {header, tool_header, sidebar, tools, main_region},
                      text_regions[] = {header, footer, sidebar, main_region};

const Schema& area_spaces_schema() {
  static const Schema schema = [] {
    SchemaBuilder<ScreenArea> s("AreaSpaces", "Area Spaces");
    s.add_link("active", "Active Space", &Space::schema, [](const ConstRef& r) -> PathStep {
      const auto& area = r.as<ScreenArea>();
      if (area.spaces.empty()) {
        return {};
      }
      return {ScreenArea::schema().property("spaces"), area.spaces.id(0)};
    });
    return s.build();
  }();
  return schema;
}

}  // namespace

std::span<const RegionPlace> region_places(std::string_view editor) {
  return editor == "VIEW_3D"        ? std::span<const RegionPlace>(view3d_regions)
         : editor == "PROPERTIES"   ? std::span<const RegionPlace>(properties_regions)
         : editor == "TIMELINE"     ? std::span<const RegionPlace>(timeline_regions)
         : editor == "NODE_EDITOR"  ? std::span<const RegionPlace>(node_regions)
         : editor == "IMAGE_EDITOR" ? std::span<const RegionPlace>(image_regions)
         : editor == "TEXT_EDITOR"  ? std::span<const RegionPlace>(text_regions)
                                    : std::span<const RegionPlace>(plain_regions);
}

const Schema& ScreenRegion::schema() {
  static const Schema schema = [] {
    using T = ScreenRegion;
    SchemaBuilder<T> s("Region", "Region");
    s.add_computed(PropertyType::Enum, "type", "Region Type",
                   [](const ConstRef& r) { return Value(r.as<T>().kind); })
        .items([](const ConstRef&) {
          std::vector<EnumItem> items;
          for (const char* name :
               {"WINDOW", "HEADER", "CHANNELS", "TEMPORARY", "UI", "TOOLS", "TOOL_PROPS", "PREVIEW",
                "HUD", "NAVIGATION_BAR", "EXECUTE", "FOOTER", "TOOL_HEADER", "XR"}) {
            items.push_back({name, name, int(items.size())});
          }
          return items;
        })
        .default_value("WINDOW");
    s.add<&T::x>("x", "X").read_only().soft(-10000, 10000);
    s.add<&T::y>("y", "Y").read_only().soft(-10000, 10000);
    s.add<&T::width>("width", "Width").read_only().range(0, 32767).subtype(Subtype::Unsigned);
    s.add<&T::height>("height", "Height").read_only().range(0, 32767).subtype(Subtype::Unsigned);
    s.add_computed(PropertyType::Enum, "alignment", "Alignment",
                   [](const ConstRef& r) { return Value(r.as<T>().alignment); })
        .items({{"NONE", "None", 0},
                {"TOP", "Top", 1},
                {"BOTTOM", "Bottom", 2},
                {"LEFT", "Left", 3},
                {"RIGHT", "Right", 4},
                {"HORIZONTAL_SPLIT", "Horizontal Split", 5},
                {"VERTICAL_SPLIT", "Vertical Split", 6},
                {"FLOAT", "Float", 7},
                {"QUAD_SPLIT", "Quad Split", 8}})
        .default_value("NONE");
    s.add<&T::view>("view_rectangle", "View Rectangle").read_only().hidden();
    return s.build();
  }();
  return schema;
}

const Schema& ScreenArea::schema() {
  static const Schema schema = [] {
    using T = ScreenArea;
    SchemaBuilder<T> s("Area", "Area");
    const auto set_kind = [](const MutableRef& r, const Value& v) -> Result<void> {
      T& area = r.as<T>();
      const std::string wanted = v.as_string();
      const std::string kind = wanted == "ShaderNodeTree"     ? "NODE_EDITOR"
                               : wanted == "DOPESHEET_EDITOR" ? "TIMELINE"
                                                              : wanted;
      if (kind == area.kind) {
        return {};
      }
      if (std::find(std::begin(editors), std::end(editors), kind) == std::end(editors)) {
        return Error::unsupported("Area.type: there is no editor of the kind \"{}\"", wanted);
      }
      area.kind = kind;
      area.spaces.clear();
      area.spaces.add(make_space(kind));
      return {};
    };
    s.add_computed(
         PropertyType::Enum, "type", "Editor Type",
         [](const ConstRef& r) { return Value(plain_space_kind(r.as<T>().kind)); }, set_kind)
        .items(kind_items(true))
        .default_value("VIEW_3D")
        .not_animatable();
    s.add_computed(
         PropertyType::Enum, "ui_type", "Editor Type",
         [](const ConstRef& r) {
           const std::string& kind = r.as<T>().kind;
           return Value(kind == "NODE_EDITOR" ? "ShaderNodeTree" : kind);
         },
         set_kind)
        .items([](const ConstRef&) {
          std::vector<EnumItem> items = kind_items(false);
          items.push_back({"TIMELINE", "Timeline", int(space_kinds().size())});
          items.push_back({"ShaderNodeTree", "Shader Editor", int(space_kinds().size()) + 1});
          return items;
        })
        .default_value("")
        .not_animatable();
    s.add<&T::x>("x", "X").read_only().soft(-10000, 10000);
    s.add<&T::y>("y", "Y").read_only().soft(-10000, 10000);
    s.add<&T::width>("width", "Width").read_only().range(0, 32767).subtype(Subtype::Unsigned);
    s.add<&T::height>("height", "Height").read_only().range(0, 32767).subtype(Subtype::Unsigned);
    s.add<&T::show_menus>("show_menus", "Show Menus")
        .describe("The menus in the bar")
        .default_value(false);
    s.add<&T::regions>("regions", "Regions").not_animatable();
    s.add<&T::spaces>("spaces", "Spaces").collection_schema(&area_spaces_schema).not_animatable();
    return told_to_window(s.build());
  }();
  return schema;
}

const Schema& Screen::schema() {
  static const Schema schema = [] {
    using T = Screen;
    SchemaBuilder<T> s("Screen", "Screen");
    s.add<&T::name>("name", "Name").read_only();
    s.add<&T::areas>("areas", "Areas").not_animatable();
    s.add<&T::is_animation_playing>("is_animation_playing", "Animation Playing").read_only();
    s.add<&T::show_fullscreen>("show_fullscreen", "Maximize").read_only();
    s.add_computed(PropertyType::Boolean, "is_temporary", "Temporary", [](const ConstRef&) {
       return Value(false);
     }).default_value(false);
    s.add<&T::show_statusbar>("show_statusbar", "Show Status Bar").default_value(false);
    s.add<&T::use_play_top_left_3d_editor>("use_play_top_left_3d_editor", "Top-Left 3D Editor");
    s.add<&T::use_play_3d_editors>("use_play_3d_editors", "All 3D Viewports").default_value(false);
    s.add<&T::use_follow>("use_follow", "Follow");
    s.add<&T::use_play_animation_editors>("use_play_animation_editors", "Animation Editors")
        .default_value(false);
    s.add<&T::use_play_properties_editors>("use_play_properties_editors", "Property Editors");
    s.add<&T::use_play_image_editors>("use_play_image_editors", "Image Editors");
    s.add<&T::use_play_node_editors>("use_play_node_editors", "Node Editors");
    s.set_name_property("name");
    return told_to_window(s.build());
  }();
  return schema;
}

const Schema& WindowLayout::schema() {
  static const Schema schema = [] {
    using T = WindowLayout;
    SchemaBuilder<T> s("WindowLayout", "Window Layout");
    s.add<&T::screens>("screens", "Screens");
    s.add<&T::active_screen>("active_screen", "Active Screen");
    s.add<&T::active_area>("active_area", "Active Area").read_only();
    s.add<&T::x>("x", "X").read_only();
    s.add<&T::y>("y", "Y").read_only();
    s.add<&T::width>("width", "Width").read_only();
    s.add<&T::height>("height", "Height").read_only();
    return told_to_window(s.build());
  }();
  return schema;
}

void WindowLayout::note_edit() {
  if (!std::exchange(is_edited, true) && edited) {
    edited();
  }
}

WindowLayout::WindowLayout() {
  struct Start {
    const char* kind;
    int x, y, width, height;
  };
  // As a window of 1920 x 1080 begins.
  constexpr Start starts[] = {{"PROPERTIES", 1587, 20, 333, 703},
                              {"OUTLINER", 1587, 724, 333, 322},
                              {"TIMELINE", 0, 20, 1586, 81},
                              {"VIEW_3D", 0, 102, 1586, 944}};
  constexpr int bar = 26;
  for (const char* name : {"Layout", "Modeling", "Shading", "Rendering", "Scripting"}) {
    screens.add(std::make_shared<Screen>()).name = name;
  }
  Screen& screen = screens.edit(0);
  for (const Start& start : starts) {
    ScreenArea& area = screen.areas.add(std::make_shared<ScreenArea>());
    area.kind = start.kind;
    area.x = start.x;
    area.y = start.y;
    area.width = start.width;
    area.height = start.height;
    area.spaces.add(make_space(start.kind));
    for (const RegionPlace& place : region_places(start.kind)) {
      const std::string_view kind = place.kind;
      ScreenRegion region{place.kind, place.alignment, start.x, start.y, 1, 1, {}};
      if (kind == "HEADER" || kind == "TOOL_HEADER" || kind == "FOOTER") {
        region.width = start.width;
        region.height = bar;
        region.y = kind == "FOOTER" ? start.y : start.y + start.height - bar;
      } else if (kind == "WINDOW") {
        region.width = start.width;
        region.height = start.height - bar;
      }
      area.regions.add(region);
    }
  }
}

void register_window_layout(Registry& registry) {
  register_spaces(registry);
  for (const Schema* schema : {&ScreenRegion::schema(), &ScreenArea::schema(), &Screen::schema(),
                               &WindowLayout::schema()}) {
    registry.add(*schema);
  }
}

}  // namespace kiln
