#include "document/space.h"

#include <algorithm>
#include <vector>

#include "core/schema/builder.h"
#include "core/schema/registry.h"
#include "core/schema/services.h"
#include "document/editor_spaces.h"
#include "document/view3d_space.h"
#include "document/window_layout.h"

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

// Editors of which scripts see more than their kind.
struct OwnSpace {
  std::string_view kind;
  std::shared_ptr<Space> (*make)();
  const Schema& (*schema)();
};

template <typename T>
constexpr OwnSpace own(std::string_view kind) {
  return {kind, []() -> std::shared_ptr<Space> { return std::make_shared<T>(); }, &T::schema};
}

constexpr OwnSpace own_spaces[] = {
    own<SpaceView3D>("VIEW_3D"),         own<SpaceImageEditor>("IMAGE_EDITOR"),
    own<SpaceNodeEditor>("NODE_EDITOR"), own<SpaceTextEditor>("TEXT_EDITOR"),
    own<SpaceConsole>("CONSOLE"),        own<SpaceInfo>("INFO"),
    own<SpaceOutliner>("OUTLINER"),      own<SpaceProperties>("PROPERTIES")};

const OwnSpace* find_own(std::string_view kind) {
  for (const OwnSpace& space : own_spaces) {
    if (space.kind == kind) {
      return &space;
    }
  }
  return nullptr;
}

}  // namespace

const Schema& Space::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Space> s("Space", "Space");
    s.add_computed(PropertyType::Enum, "type", "Type",
                   [](const ConstRef& r) { return Value(r.as<Space>().kind); })
        .items([](const ConstRef&) {
          std::vector<EnumItem> items;
          for (const SpaceKind& kind : kinds) {
            items.push_back({kind.identifier, kind.label, int(&kind - kinds)});
          }
          return items;
        })
        .default_value("EMPTY");
    s.add<&Space::show_region_header>("show_region_header", "Header")
        .describe("The bar of the area")
        .default_value(false);
    return told_to_window(s.build());
  }();
  return schema;
}

std::span<const SpaceKind> space_kinds() {
  return kinds;
}

std::string_view plain_space_kind(std::string_view kind) {
  return kind == "TIMELINE" ? "DOPESHEET_EDITOR" : kind == "ShaderNodeTree" ? "NODE_EDITOR" : kind;
}

std::shared_ptr<Space> make_space(std::string_view wanted) {
  const std::string_view kind = plain_space_kind(wanted);
  std::shared_ptr<Space> space;
  if (const OwnSpace* found = find_own(kind)) {
    space = found->make();
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

void note_window_edit(const MutableRef& ref) {
  auto* layout = !ref.block && ref.services ? ref.services->find<WindowLayout>() : nullptr;
  if (layout) {
    layout->note_edit();
  }
}

Schema told_to_window(Schema schema) {
  for (Property& property : schema.properties) {
    if (property.is_read_only) {
      continue;
    }
    if (property.set) {
      property.set = [set = property.set](const MutableRef& ref, const Value& value) {
        note_window_edit(ref);
        return set(ref, value);
      };
    } else {
      property.on_change = [then = property.on_change](const MutableRef& ref) {
        if (then) {
          then(ref);
        }
        note_window_edit(ref);
      };
    }
  }
  return schema;
}

bool is_name_only(std::string_view kind) {
  constexpr std::string_view names[] = {"SEQUENCE_EDITOR", "CLIP_EDITOR",  "GRAPH_EDITOR",
                                        "NLA_EDITOR",      "FILE_BROWSER", "SPREADSHEET"};
  return std::find(std::begin(names), std::end(names), kind) != std::end(names);
}

void register_spaces(Registry& registry) {
  registry.add(Space::schema());
  for (const OwnSpace& space : own_spaces) {
    registry.add(space.schema());
  }
  for (std::size_t i = 0; i < std::size(kinds); ++i) {
    if (std::string_view(kinds[i].struct_name) != "Space" && !is_name_only(kinds[i].identifier) &&
        !find_own(kinds[i].identifier)) {
      registry.add(plain_space_schema(i));
    }
  }
}

}  // namespace kiln
