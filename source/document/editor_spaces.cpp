#include "document/editor_spaces.h"

#include <algorithm>

#include "core/schema/builder.h"
#include "core/schema/registry.h"
#include "core/schema/services.h"
#include "document/document.h"
#include "document/image.h"
#include "document/node_tree.h"
#include "document/text.h"

namespace kiln {
namespace {

// What the interface tells of switches, whatever new editors start with.
Schema all_off_by_default(Schema schema) {
  for (Property& property : schema.properties) {
    if (property.type == PropertyType::Boolean) {
      property.default_value = Value(false);
    }
  }
  return schema;
}

// Kinds of trees that node editors show: of shaders, and those of scripts.
std::vector<EnumItem> tree_types(const Services* services) {
  std::vector<EnumItem> items{{"ShaderNodeTree", "Shader Editor", 0}};
  const auto* registry = services ? services->find<const Registry>() : nullptr;
  for (const Schema* kind :
       registry ? registry->kinds_of(NodeTree::schema()) : std::vector<const Schema*>()) {
    if (kind->is_runtime) {
      items.push_back({kind->identifier, kind->label, int(items.size())});
    }
  }
  return items;
}

}  // namespace

const Schema& SpaceImageOverlay::schema() {
  static const Schema schema = [] {
    using T = SpaceImageOverlay;
    SchemaBuilder<T> s("SpaceImageOverlay", "Overlay Settings");
    s.add<&T::show_overlays>("show_overlays", "Show Overlays");
    s.add<&T::show_grid_background>("show_grid_background", "Display Background")
        .describe("A frame with squares where there is no picture");
    s.set_nested_in("SpaceImageEditor");
    return told_to_window(all_off_by_default(s.build()));
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
    s.add<&T::image_user>("image_user", "Image User").never_none().not_animatable();
    s.add<&T::show_region_ui>("show_region_ui", "Sidebar");
    s.add<&T::use_image_pin>("use_image_pin", "Image Pin")
        .describe("Shows its picture whatever object becomes active");
    s.add<&T::overlay>("overlay", "Overlay Settings").never_none().not_animatable();
    s.add<&T::scopes>("scopes", "Scopes").not_animatable();
    s.add<&T::show_gizmo>("show_gizmo", "Show Gizmo")
        .describe("Handles in the editor")
        .default_value(false);
    s.add<&T::show_gizmo_navigate>("show_gizmo_navigate", "Navigate Gizmo")
        .describe("Buttons that move and zoom")
        .default_value(false);
    s.add_computed(PropertyType::Boolean, "show_render", "Show Render", [](const ConstRef& r) {
       return Value(!r.as<T>().image);
     }).default_value(false);
    s.add<&T::show_repeat>("show_repeat", "Display Repeated")
        .describe("The picture is repeated beyond its borders");
    s.add<&T::display_channels>("display_channels", "Display Channels")
        .items({{"COLOR_ALPHA", "Color and Alpha", int(ImageChannels::ColorAlpha)},
                {"COLOR", "Color", int(ImageChannels::Color)},
                {"ALPHA", "Alpha", int(ImageChannels::Alpha)},
                {"Z_BUFFER", "Z-Buffer", int(ImageChannels::ZBuffer)},
                {"RED", "Red", int(ImageChannels::Red)},
                {"GREEN", "Green", int(ImageChannels::Green)},
                {"BLUE", "Blue", int(ImageChannels::Blue)}})
        .default_value("COLOR");
    return told_to_window(s.build());
  }();
  return schema;
}

const Schema& SpaceNodeOverlay::schema() {
  static const Schema schema = [] {
    using T = SpaceNodeOverlay;
    SchemaBuilder<T> s("SpaceNodeOverlay", "Overlay Settings");
    s.add<&T::show_overlays>("show_overlays", "Show Overlays");
    s.add<&T::show_wire_color>("show_wire_color", "Show Wire Colors");
    s.add<&T::show_context_path>("show_context_path", "Show Tree Path");
    s.set_nested_in("SpaceNodeEditor");
    return told_to_window(s.build());
  }();
  return schema;
}

const Schema& NodeTreePath::schema() {
  static const Schema schema = [] {
    SchemaBuilder<NodeTreePath> s("NodeTreePath", "Node Tree Path");
    s.add<&NodeTreePath::node_tree>("node_tree", "Node Tree").read_only().not_animatable();
    return s.build();
  }();
  return schema;
}

namespace {

// Kinds of trees other than that of what is shown cannot be opened in it.
Result<const NodeTree*> tree_of(const Call& call) {
  const auto* tree = call.document.find<NodeTree>(call.values[0].as_block());
  if (!tree) {
    return Error::invalid("SpaceNodeEditor.path: there is no such tree");
  }
  return tree;
}

SpaceNodeEditor& shown_space(const MutableRef& ref) {
  note_window_edit(ref);
  return ref.as<SpaceNodeEditor>();
}

// The trees at both ends, after the way between them has changed.
void follow_path(SpaceNodeEditor& space) {
  const std::int64_t count = space.path.size();
  space.node_tree = count > 0 ? space.path[0].node_tree : BlockRef<NodeTree>();
  space.edit_tree = count > 0 ? space.path[count - 1].node_tree : BlockRef<NodeTree>();
}

const Schema& node_editor_path_schema() {
  static const Schema schema = [] {
    struct Tag {};
    SchemaBuilder<Tag> s("SpaceNodeEditorPath", "Path");
    s.add_computed(PropertyType::String, "to_string", "",
                   [](const ConstRef& r) {
                     std::string text;
                     const auto& path = r.as<SpaceNodeEditor>().path;
                     for (std::int64_t i = 1; i < path.size(); ++i) {
                       text += "/" + path[i].name;
                     }
                     return Value(text);
                   })
        .never_none()
        .not_animatable()
        .default_value("");
    const auto tree = parameter(PropertyType::Pointer, "node_tree", "",
                                [](PropertyBuilder& p) { p.required().target(&NodeTree::schema); });
    s.add_function("clear", {}, [](const Call& call) -> Result<Value> {
      SpaceNodeEditor& space = shown_space(call.edit(Change::Settings));
      space.path.clear();
      follow_path(space);
      return Value();
    });
    s.add_function("start", {tree}, [](const Call& call) -> Result<Value> {
      const auto* wanted = call.document.find<NodeTree>(call.values[0].as_block());
      SpaceNodeEditor& space = shown_space(call.edit(Change::Settings));
      space.path.clear();
      if (wanted) {
        space.path.add(NodeTreePath{{wanted->id}, ""});
      }
      follow_path(space);
      return Value();
    });
    s.add_function("append",
                   {tree, parameter(PropertyType::Pointer, "node", "",
                                    [](PropertyBuilder& p) { p.target(&Node::schema); })},
                   [](const Call& call) -> Result<Value> {
                     const Result<const NodeTree*> wanted = tree_of(call);
                     if (!wanted) {
                       return wanted.error();
                     }
                     std::string name;
                     if (const Handle& node = call.values[1].as_handle(); !node.steps.empty()) {
                       const auto* outer = call.document.find<NodeTree>(node.block);
                       const Node* found =
                           outer ? outer->find_node(node.steps.back().item) : nullptr;
                       name = found ? found->name : name;
                     }
                     SpaceNodeEditor& space = shown_space(call.edit(Change::Settings));
                     space.path.add(NodeTreePath{{(*wanted)->id}, name});
                     follow_path(space);
                     return Value();
                   });
    s.add_function("pop", {}, [](const Call& call) -> Result<Value> {
      SpaceNodeEditor& space = shown_space(call.edit(Change::Settings));
      if (space.path.size() > 1) {
        space.path.remove(space.path.size() - 1);
        follow_path(space);
      }
      return Value();
    });
    return s.build();
  }();
  return schema;
}

}  // namespace

const Schema& SpaceNodeEditor::schema() {
  static const Schema schema = [] {
    using T = SpaceNodeEditor;
    SchemaBuilder<T> s("SpaceNodeEditor", "Space Node Editor", &Space::schema());
    s.add<&T::show_region_ui>("show_region_ui", "Sidebar").default_value(false);
    s.add_computed(
         PropertyType::Enum, "tree_type", "Tree Type",
         [](const ConstRef& r) { return Value(r.as<T>().tree_type); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           r.as<T>().tree_type = v.as_string();
           return {};
         })
        .items([](const ConstRef& r) { return tree_types(r.services); })
        .default_value("DUMMY");
    s.add<&T::shader_type>("shader_type", "Shader Type")
        .items({{"OBJECT", "Object", int(NodeSubject::Object)},
                {"WORLD", "World", int(NodeSubject::World)}});
    s.add<&T::edit_tree>("edit_tree", "Edit Tree").read_only();
    s.add<&T::node_tree>("node_tree", "Node Tree")
        .not_animatable()
        .on_change([](const MutableRef& r) {
          T& space = r.as<T>();
          space.path.clear();
          if (space.node_tree) {
            space.path.add(NodeTreePath{space.node_tree, ""});
          }
          follow_path(space);
        });
    s.add<&T::owner>("id", "ID").read_only();
    s.add<&T::id_from>("id_from", "ID From").read_only();
    s.add<&T::path>("path", "Node Tree Path")
        .collection_schema(&node_editor_path_schema)
        .not_animatable();
    s.add<&T::pin>("pin", "Pin");
    s.add<&T::use_insert_offset>("use_insert_offset", "Auto-offset")
        .describe("Nodes that are put between others push them aside")
        .default_value(false);
    s.add<&T::insert_offset_direction>("insert_offset_direction", "Auto-offset Direction")
        .items({{"RIGHT", "Right", int(InsertOffsetDirection::Right)},
                {"LEFT", "Left", int(InsertOffsetDirection::Left)}});
    s.add<&T::cursor_location>("cursor_location", "Cursor Location")
        .soft(-10000, 10000)
        .subtype(Subtype::Xyz);
    s.add<&T::overlay>("overlay", "Overlay Settings");
    return told_to_window(s.build());
  }();
  return schema;
}

const Schema& SpaceTextEditor::schema() {
  static const Schema schema = [] {
    using T = SpaceTextEditor;
    SchemaBuilder<T> s("SpaceTextEditor", "Space Text Editor", &Space::schema());
    s.add<&T::show_region_footer>("show_region_footer", "Footer").default_value(false);
    s.add<&T::show_region_ui>("show_region_ui", "Sidebar");
    s.add<&T::text>("text", "Text").not_animatable();
    s.add<&T::show_word_wrap>("show_word_wrap", "Word Wrap");
    s.add<&T::show_line_numbers>("show_line_numbers", "Line Numbers").default_value(false);
    s.add<&T::show_syntax_highlight>("show_syntax_highlight", "Syntax Highlight")
        .default_value(false);
    s.add<&T::show_line_highlight>("show_line_highlight", "Highlight Line");
    s.add<&T::tab_width>("tab_width", "Tab Width").range(2, 8).default_value(0);
    s.add<&T::font_size>("font_size", "Font Size").range(1, 256).default_value(0);
    s.add<&T::show_margin>("show_margin", "Show Margin");
    s.add<&T::margin_column>("margin_column", "Margin Column").range(0, 1024).default_value(0);
    s.add<&T::top>("top", "Top Line").range(0, infinity);
    s.add<&T::visible_lines>("visible_lines", "Visible Lines").soft(-10000, 10000).read_only();
    s.add<&T::use_overwrite>("use_overwrite", "Overwrite");
    s.add<&T::use_live_edit>("use_live_edit", "Live Edit");
    s.add<&T::use_find_all>("use_find_all", "Find All");
    s.add<&T::use_find_wrap>("use_find_wrap", "Find Wrap").default_value(false);
    s.add<&T::use_match_case>("use_match_case", "Match Case");
    s.add<&T::find_text>("find_text", "Find Text").max_bytes(256).never_none().not_animatable();
    s.add<&T::replace_text>("replace_text", "Replace Text")
        .max_bytes(256)
        .never_none()
        .not_animatable();
    return told_to_window(s.build());
  }();
  return schema;
}

const Schema& ConsoleLine::schema() {
  static const Schema schema = [] {
    using T = ConsoleLine;
    SchemaBuilder<T> s("ConsoleLine", "Console Input");
    s.add<&T::body>("body", "Line").never_none().not_animatable();
    s.add<&T::current_character>("current_character", "").soft(-10000, 10000);
    s.add<&T::kind>("type", "Type")
        .items({{"OUTPUT", "Output", int(ConsoleLineKind::Output)},
                {"INPUT", "Input", int(ConsoleLineKind::Input)},
                {"INFO", "Info", int(ConsoleLineKind::Info)},
                {"ERROR", "Error", int(ConsoleLineKind::Error)}});
    return told_to_window(s.build());
  }();
  return schema;
}

const Schema& SpaceConsole::schema() {
  static const Schema schema = [] {
    using T = SpaceConsole;
    SchemaBuilder<T> s("SpaceConsole", "Space Console", &Space::schema());
    s.add<&T::font_size>("font_size", "Font Size").range(1, 256).default_value(0);
    s.add_computed(
         PropertyType::String, "language", "Language",
         [](const ConstRef&) { return Value("python"); },
         [](const MutableRef&, const Value& v) -> Result<void> {
           return v.as_string() == "python"
                      ? Result<void>()
                      : Error::invalid(
                            "SpaceConsole.language: consoles speak \"python\" only, not "
                            "\"{}\"",
                            v.as_string());
         })
        .describe("What is typed in it")
        .max_bytes(32)
        .never_none()
        .not_animatable();
    for (const auto& [member, name] :
         {std::pair{&T::select_start, "select_start"}, std::pair{&T::select_end, "select_end"}}) {
      s.add_computed(
           PropertyType::Int, name, "",
           [member = member](const ConstRef& r) { return Value(r.as<T>().*member); },
           [member = member](const MutableRef& r, const Value& v) -> Result<void> {
             r.as<T>().*member = int(v.as_int());
             return {};
           })
          .range(0, infinity)
          .soft(0, 10000)
          .subtype(Subtype::Unsigned)
          .default_value(0);
    }
    s.add<&T::prompt>("prompt", "Prompt")
        .max_bytes(256)
        .never_none()
        .not_animatable()
        .default_value("");
    s.add<&T::history>("history", "History").not_animatable();
    s.add<&T::scrollback>("scrollback", "Output").not_animatable();
    return told_to_window(s.build());
  }();
  return schema;
}

const Schema& SpaceInfo::schema() {
  static const Schema schema = [] {
    using T = SpaceInfo;
    SchemaBuilder<T> s("SpaceInfo", "Space Info", &Space::schema());
    s.add<&T::show_report_debug>("show_report_debug", "Show Debug");
    s.add<&T::show_report_info>("show_report_info", "Show Info");
    s.add<&T::show_report_operator>("show_report_operator", "Show Operator");
    s.add<&T::show_report_warning>("show_report_warning", "Show Warn");
    s.add<&T::show_report_error>("show_report_error", "Show Error");
    return told_to_window(all_off_by_default(s.build()));
  }();
  return schema;
}

const Schema& SpaceOutliner::schema() {
  static const Schema schema = [] {
    using T = SpaceOutliner;
    SchemaBuilder<T> s("SpaceOutliner", "Space Outliner", &Space::schema());
    s.add<&T::display_mode>("display_mode", "Display Mode")
        .items({{"SCENES", "Scenes", int(OutlinerMode::Scenes)},
                {"VIEW_LAYER", "View Layer", int(OutlinerMode::ViewLayer)},
                {"LIBRARIES", "Blender File", int(OutlinerMode::Libraries)},
                {"DATA_API", "Data API", int(OutlinerMode::DataApi)},
                {"LIBRARY_OVERRIDES", "Library Overrides", int(OutlinerMode::LibraryOverrides)},
                {"ORPHAN_DATA", "Orphan Data", int(OutlinerMode::OrphanData)}})
        .default_value("SCENES");
    s.add<&T::filter_text>("filter_text", "Display Filter")
        .max_bytes(64)
        .never_none()
        .not_animatable();
    s.add<&T::use_filter_case_sensitive>("use_filter_case_sensitive",
                                         "Case Sensitive Matches Only");
    s.add<&T::use_filter_complete>("use_filter_complete", "Complete Matches Only");
    s.add<&T::use_sort_alpha>("use_sort_alpha", "Sort Alphabetically");
    s.add<&T::use_sync_select>("use_sync_select", "Sync Outliner Selection");
    s.add<&T::show_restrict_column_enable>("show_restrict_column_enable",
                                           "Exclude from View Layer");
    s.add<&T::show_restrict_column_select>("show_restrict_column_select", "Selectable");
    s.add<&T::show_restrict_column_hide>("show_restrict_column_hide", "Hide in Viewport");
    s.add<&T::show_restrict_column_viewport>("show_restrict_column_viewport",
                                             "Disable in Viewports");
    s.add<&T::show_restrict_column_render>("show_restrict_column_render", "Disable in Renders");
    s.add<&T::show_restrict_column_holdout>("show_restrict_column_holdout", "Holdout");
    s.add<&T::show_restrict_column_indirect_only>("show_restrict_column_indirect_only",
                                                  "Indirect Only");
    s.add<&T::use_filter_object>("use_filter_object", "Filter Objects");
    s.add<&T::use_filter_object_content>("use_filter_object_content", "Show Object Contents");
    s.add<&T::use_filter_children>("use_filter_children", "Show Object Children");
    s.add<&T::use_filter_collection>("use_filter_collection", "Show Collections");
    s.add<&T::filter_state>("filter_state", "Object State Filter")
        .items({{"ALL", "All", int(OutlinerState::All)},
                {"VISIBLE", "Visible", int(OutlinerState::Visible)},
                {"SELECTED", "Selected", int(OutlinerState::Selected)},
                {"ACTIVE", "Active", int(OutlinerState::Active)},
                {"SELECTABLE", "Selectable", int(OutlinerState::Selectable)}});
    s.add<&T::filter_invert>("filter_invert", "Invert");
    s.add<&T::use_filter_object_mesh>("use_filter_object_mesh", "Show Meshes");
    s.add<&T::use_filter_object_empty>("use_filter_object_empty", "Show Empties");
    s.add<&T::use_filter_object_light>("use_filter_object_light", "Show Lights");
    s.add<&T::use_filter_object_camera>("use_filter_object_camera", "Show Cameras");
    s.add<&T::use_filter_object_others>("use_filter_object_others", "Show Other Objects");
    s.add<&T::use_filter_view_layers>("use_filter_view_layers", "Show All View Layers")
        .describe("Lists of scenes have all view layers");
    s.add<&T::lib_override_view_mode>("lib_override_view_mode", "Library Override View Mode")
        .describe("What lists of library overrides have below them")
        .items({{"PROPERTIES", "Properties", int(OutlinerOverrideView::Properties),
                 "The properties that differ from the library"},
                {"HIERARCHIES", "Hierarchies", int(OutlinerOverrideView::Hierarchies),
                 "The overrides that they use"}});
    s.add<&T::use_filter_lib_override_system>("use_filter_lib_override_system",
                                              "Show System Overrides")
        .describe("Lists of library overrides have those that cannot be edited too");
    s.add<&T::show_mode_column>("show_mode_column", "Show Mode Column")
        .describe("A column tells which objects are edited, and changes that")
        .default_value(false);
    s.add<&T::use_filter_id_type>("use_filter_id_type", "Filter by Type");
    s.add<&T::filter_id_type>("filter_id_type", "Filter by Type")
        .items([](const ConstRef&) {
          std::vector<EnumItem> items;
          for (int i = 0; i < block_type_count; ++i) {
            const std::string name(identifier_of(BlockType(i)));
            items.push_back({name, std::string(default_block_name(BlockType(i))), i});
          }
          return items;
        })
        .default_value("ACTION");
    return told_to_window(all_off_by_default(s.build()));
  }();
  return schema;
}

const Schema& SpaceProperties::schema() {
  static const Schema schema = [] {
    using T = SpaceProperties;
    SchemaBuilder<T> s("SpaceProperties", "Properties Space", &Space::schema());
    s.add<&T::context>("context", "")
        .items({{"TOOL", "Tool", int(PropertiesContext::Tool)},
                {"SCENE", "Scene", int(PropertiesContext::Scene)},
                {"RENDER", "Render", int(PropertiesContext::Render)},
                {"OUTPUT", "Output", int(PropertiesContext::Output)},
                {"VIEW_LAYER", "View Layer", int(PropertiesContext::ViewLayer)},
                {"WORLD", "World", int(PropertiesContext::World)},
                {"OBJECT", "Object", int(PropertiesContext::Object)},
                {"MODIFIER", "Modifiers", int(PropertiesContext::Modifier)},
                {"DATA", "Data", int(PropertiesContext::Data)},
                {"MATERIAL", "Material", int(PropertiesContext::Material)}})
        .set([](const MutableRef& r, const Value& v) -> Result<void> {
          T& space = r.as<T>();
          const auto wanted = PropertiesContext(v.as_int());
          if (std::find(space.tabs.begin(), space.tabs.end(), wanted) == space.tabs.end()) {
            return Error::invalid("SpaceProperties.context: there is no such tab now");
          }
          space.context = wanted;
          return {};
        })
        .default_value("RENDER");
    s.add<&T::pin_id>("pin_id", "").not_animatable();
    s.add_computed(
         PropertyType::Boolean, "use_pin_id", "Pin ID",
         [](const ConstRef& r) { return Value(bool(r.as<T>().pin_id)); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           if (!v.as_bool()) {
             r.as<T>().pin_id = {};
           }
           return {};
         })
        .default_value(false);
    s.add_dynamic_array<bool>("tab_search_results", "Tab Search Results",
                              [](const ConstRef& r) -> DynamicValues {
                                const auto& found = r.as<T>().tab_search_results;
                                return {found.data(), std::int64_t(found.size())};
                              },
                              {})
        .read_only();
    s.add<&T::outliner_sync>("outliner_sync", "Outliner Sync")
        .describe("Clicks on icons of data in an outliner change the tab")
        .items({{"ALWAYS", "Always", int(OutlinerSync::Always)},
                {"NEVER", "Never", int(OutlinerSync::Never)},
                {"AUTO", "Auto", int(OutlinerSync::Auto), "Only of an outliner beside it"}})
        .default_value("AUTO");
    s.add<&T::search_filter>("search_filter", "Display Filter").never_none().not_animatable();
    return told_to_window(s.build());
  }();
  return schema;
}

}  // namespace kiln
