#include "document/window_layout.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/schema/builder.h"
#include "core/schema/registry.h"
#include "core/schema/services.h"
#include "document/image.h"
#include "document/node_tree.h"
#include "document/object.h"
#include "document/text.h"

namespace kiln {
namespace {

constexpr SpaceKind kinds[] = {{"EMPTY", "Empty", "Space"},
                               {"VIEW_3D", "3D Viewport", "SpaceView3D"},
                               {"IMAGE_EDITOR", "UV/Image Editor", "SpaceImageEditor"},
                               {"NODE_EDITOR", "Node Editor", "SpaceNodeEditor"},
                               {"SEQUENCE_EDITOR", "Video Sequencer", "SpaceSequenceEditor"},
                               {"CLIP_EDITOR", "Movie Clip Editor", "SpaceClipEditor"},
                               {"DOPESHEET_EDITOR", "Dope Sheet", "SpaceDopeSheetEditor"},
                               {"GRAPH_EDITOR", "Graph Editor", "SpaceGraphEditor"},
                               {"NLA_EDITOR", "Nonlinear Animation", "SpaceNLA"},
                               {"TEXT_EDITOR", "Text Editor", "SpaceTextEditor"},
                               {"CONSOLE", "Python Console", "SpaceConsole"},
                               {"INFO", "Info", "SpaceInfo"},
                               {"TOPBAR", "Top Bar", "Space"},
                               {"STATUSBAR", "Status Bar", "Space"},
                               {"OUTLINER", "Outliner", "SpaceOutliner"},
                               {"PROPERTIES", "Properties", "SpaceProperties"},
                               {"FILE_BROWSER", "File Browser", "SpaceFileBrowser"},
                               {"SPREADSHEET", "Spreadsheet", "SpaceSpreadsheet"},
                               {"PREFERENCES", "Preferences", "SpacePreferences"}};

// Those that areas can show.
constexpr std::string_view editors[] = {"VIEW_3D",  "IMAGE_EDITOR", "NODE_EDITOR",
                                        "TIMELINE", "TEXT_EDITOR",  "CONSOLE",
                                        "INFO",     "OUTLINER",     "PROPERTIES"};

std::string_view plain_kind(std::string_view kind) {
  return kind == "TIMELINE" ? "DOPESHEET_EDITOR" : kind == "ShaderNodeTree" ? "NODE_EDITOR" : kind;
}

std::vector<EnumItem> kind_items(bool has_bars) {
  std::vector<EnumItem> items;
  for (const SpaceKind& kind : kinds) {
    const std::string_view name = kind.identifier;
    if (has_bars || (name != "TOPBAR" && name != "STATUSBAR" && name != "EMPTY")) {
      items.push_back({kind.identifier, kind.label, int(&kind - kinds)});
    }
  }
  return items;
}

// What the window has to hear of.
void note_edit(const MutableRef& ref) {
  auto* layout = !ref.block && ref.services ? ref.services->find<WindowLayout>() : nullptr;
  if (layout) {
    layout->is_edited = true;
  }
}

// Every property of the struct tells when it is written.
Schema noticed(Schema schema) {
  for (Property& property : schema.properties) {
    property.is_stored = false;
    if (property.is_read_only) {
      continue;
    }
    if (property.set) {
      property.set = [set = property.set](const MutableRef& ref, const Value& value) {
        note_edit(ref);
        return set(ref, value);
      };
    } else {
      property.on_change = [then = property.on_change](const MutableRef& ref) {
        if (then) {
          then(ref);
        }
        note_edit(ref);
      };
    }
  }
  return schema;
}

const Schema& plain_space_schema(std::size_t i) {
  static const std::vector<std::unique_ptr<Schema>> schemas = [] {
    std::vector<std::unique_ptr<Schema>> all;
    for (const SpaceKind& kind : kinds) {
      auto schema = std::make_unique<Schema>();
      schema->identifier = kind.struct_name;
      schema->label = kind.label;
      schema->base = &Space::schema();
      all.push_back(std::move(schema));
    }
    return all;
  }();
  return *schemas[i];
}

bool has_type_of_its_own(std::string_view kind) {
  return kind == "VIEW_3D" || kind == "IMAGE_EDITOR" || kind == "NODE_EDITOR" ||
         kind == "TEXT_EDITOR";
}

// A flag a kind of objects, over a mask of those that are not shown or cannot be selected.
void add_kind_flags(SchemaBuilder<SpaceView3D>& s, const char* what,
                    std::uint32_t SpaceView3D::*mask) {
  for (std::size_t i = 0; i < object_kind_names.size(); ++i) {
    const std::uint32_t bit = 1u << i;
    s.add_computed(
         PropertyType::Boolean, fmt::format("show_object_{}_{}", what, object_kind_names[i]),
         object_kind_names[i],
         [mask, bit](const ConstRef& r) { return Value((r.as<SpaceView3D>().*mask & bit) == 0); },
         [mask, bit](const MutableRef& r, const Value& v) -> Result<void> {
           std::uint32_t& bits = r.as<SpaceView3D>().*mask;
           bits = v.as_bool() ? bits & ~bit : bits | bit;
           return {};
         })
        .default_value(false);
  }
}

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

std::span<const SpaceKind> space_kinds() {
  return kinds;
}

std::shared_ptr<Space> make_space(std::string_view wanted) {
  const std::string_view kind = plain_kind(wanted);
  std::shared_ptr<Space> space;
  if (kind == "VIEW_3D") {
    space = std::make_shared<SpaceView3D>();
  } else if (kind == "IMAGE_EDITOR") {
    space = std::make_shared<SpaceImageEditor>();
  } else if (kind == "NODE_EDITOR") {
    space = std::make_shared<SpaceNodeEditor>();
  } else if (kind == "TEXT_EDITOR") {
    space = std::make_shared<SpaceTextEditor>();
  } else {
    std::size_t at = 0;
    for (std::size_t i = 0; i < std::size(kinds); ++i) {
      at = kinds[i].identifier == kind ? i : at;
    }
    space = std::make_shared<SpacePlain>(at == 0 ? Space::schema() : plain_space_schema(at));
  }
  space->kind = kind;
  return space;
}

float4x4 RegionView3D::view_matrix() const {
  if (view_perspective == ViewPerspective::Camera) {
    return shown_view_matrix;
  }
  const float3x3 axes = quaternion_to_matrix(view_rotation);
  const float back = view_distance;
  return inverse(to_float4x4(axes, view_location + axes * float3{0, 0, back}));
}

const Schema& RegionView3D::schema() {
  static const Schema schema = [] {
    using T = RegionView3D;
    const Value::Numbers no_matrix(16, 0.0);  // what the interface tells
    SchemaBuilder<T> s("RegionView3D", "3D View Region");
    s.add<&T::view_location>("view_location", "View Location")
        .soft(-10000, 10000)
        .step(10, 5)
        .subtype(Subtype::Translation);
    s.add<&T::view_rotation>("view_rotation", "View Rotation")
        .soft(-10000, 10000)
        .subtype(Subtype::Quaternion)
        .default_value(Value::Numbers{0, 0, 0, 0});
    s.add<&T::view_distance>("view_distance", "Distance")
        .range(0, infinity)
        .soft(0, 10000)
        .subtype(Subtype::Unsigned)
        .default_value(0.0);
    s.add<&T::view_perspective>("view_perspective", "Perspective")
        .items({{"PERSP", "Perspective", int(ViewPerspective::Persp)},
                {"ORTHO", "Orthographic", int(ViewPerspective::Ortho)},
                {"CAMERA", "Camera", int(ViewPerspective::Camera)}})
        .default_value("ORTHO");
    s.add<&T::is_perspective>("is_perspective", "Is Perspective").default_value(false);
    s.add<&T::is_orthographic_side_view>("is_orthographic_side_view", "Is Axis Aligned");
    s.add_computed(
         PropertyType::Float, "view_matrix", "View Matrix",
         [](const ConstRef& r) { return matrix_value(r.as<T>().view_matrix()); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           const auto* numbers = std::get_if<Value::Numbers>(&v.data);
           if (!numbers || numbers->size() != 16) {
             return Error::invalid("view_matrix: expected 16 numbers");
           }
           float4x4 m;
           for (int i = 0; i < 16; ++i) {
             m[i / 4][i % 4] = float((*numbers)[std::size_t(i)]);
           }
           T& region = r.as<T>();
           const float4x4 eye = inverse(m);
           const float3x3 axes = rotation_part(eye);
           region.view_rotation = matrix_to_quaternion(axes);
           region.view_location = translation(eye) - axes * float3{0, 0, region.view_distance};
           if (region.view_perspective == ViewPerspective::Camera) {
             region.view_perspective = ViewPerspective::Persp;
           }
           return {};
         })
        .matrix(4, 4)
        .soft(-10000, 10000)
        .subtype(Subtype::Matrix)
        .default_value(no_matrix);
    s.add<&T::window_matrix>("window_matrix", "Window Matrix")
        .soft(-10000, 10000)
        .subtype(Subtype::Matrix)
        .default_value(no_matrix)
        .read_only();
    s.add_computed(PropertyType::Float, "perspective_matrix", "Perspective Matrix",
                   [](const ConstRef& r) {
                     const T& region = r.as<T>();
                     return matrix_value(region.window_matrix * region.view_matrix());
                   })
        .matrix(4, 4)
        .soft(-10000, 10000)
        .subtype(Subtype::Matrix)
        .default_value(no_matrix);
    return noticed(s.build());
  }();
  return schema;
}

const Schema& Space::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Space> s("Space", "Space");
    s.add_computed(PropertyType::Enum, "type", "Type",
                   [](const ConstRef& r) { return Value(r.as<Space>().kind); })
        .items(kind_items(true))
        .default_value("EMPTY");
    return s.build();
  }();
  return schema;
}

const Schema& SpaceView3D::schema() {
  static const Schema schema = [] {
    using T = SpaceView3D;
    SchemaBuilder<T> s("SpaceView3D", "3D View Space", &Space::schema());
    s.add<&T::shading>("shading", "Shading Settings");
    s.add<&T::overlay>("overlay", "Overlay Settings").never_none();
    s.add<&T::region>("region_3d", "3D Region");
    s.add<&T::lens>("lens", "Lens")
        .describe("Focal length of the view in millimetres")
        .range(1, 250)
        .subtype(Subtype::None, Unit::Camera);
    s.add<&T::clip_start>("clip_start", "Clip Start")
        .range(1e-6, infinity)
        .soft(0.001, infinity)
        .subtype(Subtype::Distance);
    s.add<&T::clip_end>("clip_end", "Clip End")
        .range(1e-6, infinity)
        .soft(0.001, infinity)
        .subtype(Subtype::Distance);
    add_kind_flags(s, "viewport", &T::hidden_kinds);
    add_kind_flags(s, "select", &T::unselectable_kinds);
    s.add<&T::show_region_toolbar>("show_region_toolbar", "Toolbar").default_value(false);
    return noticed(s.build());
  }();
  return schema;
}

const Schema& SpaceImageEditor::schema() {
  static const Schema schema = [] {
    using T = SpaceImageEditor;
    SchemaBuilder<T> s("SpaceImageEditor", "Space Image Editor", &Space::schema());
    s.add<&T::image>("image", "Image").not_animatable();
    s.add<&T::zoom>("zoom", "Zoom")
        .soft(-10000, 10000)
        .read_only()
        .default_value(Value::Numbers{0, 0});
    return noticed(s.build());
  }();
  return schema;
}

const Schema& SpaceNodeEditor::schema() {
  static const Schema schema = [] {
    using T = SpaceNodeEditor;
    SchemaBuilder<T> s("SpaceNodeEditor", "Space Node Editor", &Space::schema());
    s.add<&T::edit_tree>("edit_tree", "Edit Tree").read_only();
    s.add<&T::owner>("id", "ID").read_only();
    return noticed(s.build());
  }();
  return schema;
}

const Schema& SpaceTextEditor::schema() {
  static const Schema schema = [] {
    using T = SpaceTextEditor;
    SchemaBuilder<T> s("SpaceTextEditor", "Space Text Editor", &Space::schema());
    s.add<&T::text>("text", "Text").not_animatable();
    s.add<&T::show_word_wrap>("show_word_wrap", "Word Wrap");
    s.add<&T::show_syntax_highlight>("show_syntax_highlight", "Syntax Highlight")
        .default_value(false);
    s.add<&T::use_overwrite>("use_overwrite", "Overwrite");
    s.add<&T::tab_width>("tab_width", "Tab Width").range(2, 8).default_value(0);
    s.add<&T::font_size>("font_size", "Font Size").range(1, 256).default_value(0);
    s.add<&T::visible_lines>("visible_lines", "Visible Lines").soft(-10000, 10000).read_only();
    return noticed(s.build());
  }();
  return schema;
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
         [](const ConstRef& r) { return Value(plain_kind(r.as<T>().kind)); }, set_kind)
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
          items.push_back({"TIMELINE", "Timeline", int(std::size(kinds))});
          items.push_back({"ShaderNodeTree", "Shader Editor", int(std::size(kinds)) + 1});
          return items;
        })
        .default_value("")
        .not_animatable();
    s.add<&T::x>("x", "X").read_only().soft(-10000, 10000);
    s.add<&T::y>("y", "Y").read_only().soft(-10000, 10000);
    s.add<&T::width>("width", "Width").read_only().range(0, 32767).subtype(Subtype::Unsigned);
    s.add<&T::height>("height", "Height").read_only().range(0, 32767).subtype(Subtype::Unsigned);
    s.add<&T::regions>("regions", "Regions").not_animatable();
    s.add<&T::spaces>("spaces", "Spaces").collection_schema(&area_spaces_schema).not_animatable();
    return noticed(s.build());
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
    s.set_name_property("name");
    return s.build();
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
    return noticed(s.build());
  }();
  return schema;
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
  constexpr int header = 26;
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
    area.regions.add(ScreenRegion{"HEADER", "TOP", start.x, start.y + start.height - header,
                                  start.width, header});
    area.regions.add(
        ScreenRegion{"WINDOW", "NONE", start.x, start.y, start.width, start.height - header});
  }
}

void register_window_layout(Registry& registry) {
  for (const Schema* schema : {&RegionView3D::schema(), &Space::schema(), &SpaceView3D::schema(),
                               &SpaceImageEditor::schema(), &SpaceNodeEditor::schema(),
                               &SpaceTextEditor::schema(), &ScreenRegion::schema(),
                               &ScreenArea::schema(), &Screen::schema(), &WindowLayout::schema()}) {
    registry.add(*schema);
  }
  for (std::size_t i = 0; i < std::size(kinds); ++i) {
    if (std::string_view(kinds[i].struct_name) != "Space" &&
        !has_type_of_its_own(kinds[i].identifier)) {
      registry.add(plain_space_schema(i));
    }
  }
}

}  // namespace kiln
