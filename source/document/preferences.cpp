#include "document/preferences.h"

#include "core/schema/services.h"
#include "document/project.h"

namespace kiln {

Schema noted_in_preferences(Schema schema) {
  const auto note = [](const MutableRef& ref) {
    if (auto* preferences = ref.services ? ref.services->find<Preferences>() : nullptr) {
      preferences->is_dirty = true;
    }
  };
  for (Property& property : schema.properties) {
    const std::string_view name = property.identifier;
    if (property.is_read_only || name == "is_dirty" || name == "active_section") {
      continue;
    }
    if (property.set) {
      property.set = [set = property.set, note](const MutableRef& ref, const Value& value) {
        note(ref);
        return set(ref, value);
      };
    } else {
      property.on_change = [then = property.on_change, note](const MutableRef& ref) {
        if (then) {
          then(ref);
        }
        note(ref);
      };
    }
  }
  return schema;
}

const Schema& PreferencesEdit::schema() {
  static const Schema schema = [] {
    SchemaBuilder<PreferencesEdit> s("PreferencesEdit", "Edit Methods");
    s.add<&PreferencesEdit::undo_steps>("undo_steps", "Undo Steps")
        .describe("Steps that can be undone (0 for as many as fit)")
        .range(0, 256)
        .not_animatable()
        .on_change([](const MutableRef& ref) {
          auto* project = ref.services ? ref.services->find<Project>() : nullptr;
          const int steps = ref.as<PreferencesEdit>().undo_steps;
          if (project) {
            project->undo.set_max_steps(steps == 0 ? 256 : std::size_t(steps) + 1);
          }
        });
    s.add<&PreferencesEdit::use_global_undo>("use_global_undo", "Global Undo")
        .describe("Operators make steps that can be undone")
        .not_animatable();
    s.add<&PreferencesEdit::material_link>("material_link", "Material Link To")
        .items({{"OBDATA", "Object Data", int(PreferredMaterialLink::Obdata)},
                {"OBJECT", "Object", int(PreferredMaterialLink::Object)}});
    s.add<&PreferencesEdit::object_align>("object_align", "Align Object To")
        .items({{"WORLD", "World", int(PreferredObjectAlign::World)},
                {"VIEW", "View", int(PreferredObjectAlign::View)},
                {"CURSOR", "3D Cursor", int(PreferredObjectAlign::Cursor)}});
    s.add<&PreferencesEdit::use_enter_edit_mode>("use_enter_edit_mode", "Enter Edit Mode");
    s.add<&PreferencesEdit::use_cursor_lock_adjust>("use_cursor_lock_adjust", "Cursor Lock Adjust")
        .describe("A view that follows the 3D cursor shows the same as before when it is set");
    s.add<&PreferencesEdit::use_mouse_depth_cursor>("use_mouse_depth_cursor",
                                                    "Cursor Surface Project")
        .describe("The 3D cursor is placed on what is under the mouse, else as deep as it is");
    s.add<&PreferencesEdit::use_text_edit_auto_close>("use_text_edit_auto_close",
                                                      "Auto Close Character Pairs")
        .describe("Typing a bracket or a quote in a text also writes the one that closes it")
        .default_value(false);
    s.add<&PreferencesEdit::collection_instance_empty_size>("collection_instance_empty_size",
                                                            "Collection Instance Empty Size")
        .range(0.001, infinity);
    s.add<&PreferencesEdit::node_margin>("node_margin", "Auto-offset Margin")
        .describe("Least distance of nodes after one was put between them")
        .subtype(Subtype::Pixel)
        .range(0, 255);
    s.add<&PreferencesEdit::use_negative_frames>("use_negative_frames", "Allow Negative Frames");
    s.add<&PreferencesEdit::use_duplicate_mesh>("use_duplicate_mesh", "Duplicate Mesh");
    s.add<&PreferencesEdit::use_duplicate_camera>("use_duplicate_camera", "Duplicate Camera");
    s.add<&PreferencesEdit::use_duplicate_light>("use_duplicate_light", "Duplicate Light");
    s.add<&PreferencesEdit::use_duplicate_material>("use_duplicate_material", "Duplicate Material");
    return noted_in_preferences(s.build());
  }();
  return schema;
}

const Schema& PreferencesFilePaths::schema() {
  static const Schema schema = [] {
    SchemaBuilder<PreferencesFilePaths> s("PreferencesFilePaths", "File Paths");
    s.add<&PreferencesFilePaths::save_version>("save_version", "Save Versions")
        .describe("How many older versions of a file are kept beside it")
        .range(0, 32);
    s.add<&PreferencesFilePaths::use_auto_save_temporary_files>("use_auto_save_temporary_files",
                                                                "Auto Save Temporary Files")
        .describe("What is not saved yet is kept in a recovery file, in the background");
    s.add<&PreferencesFilePaths::auto_save_time>("auto_save_time", "Auto Save Time")
        .describe("Minutes between two automatic saves")
        .range(1, 60);
    s.add<&PreferencesFilePaths::undo_history_size>("undo_history_size", "Undo History in Files")
        .describe("Megabytes of a file that its undo history may take; 0 keeps none")
        .range(0, 65536)
        .soft(0, 256)
        .not_animatable();
    s.add<&PreferencesFilePaths::use_relative_paths>("use_relative_paths", "Relative Paths");
    s.add<&PreferencesFilePaths::script_directory>("script_directory", "Python Scripts Directory")
        .subtype(Subtype::DirPath)
        .max_bytes(768)
        .not_animatable();
    s.add<&PreferencesFilePaths::temporary_directory>("temporary_directory", "Temporary Directory")
        .subtype(Subtype::DirPath)
        .max_bytes(768)
        .not_animatable();
    s.add<&PreferencesFilePaths::texture_directory>("texture_directory", "Textures Directory")
        .describe("Where dialogs for images begin")
        .subtype(Subtype::DirPath)
        .max_bytes(768)
        .not_animatable();
    s.add<&PreferencesFilePaths::image_editor>("image_editor", "Image Editor")
        .describe("The program that images are edited with")
        .subtype(Subtype::FilePath)
        .max_bytes(1024)
        .not_animatable();
    s.add<&PreferencesFilePaths::use_tabs_as_spaces>("use_tabs_as_spaces", "Tabs as Spaces")
        .describe("The tab key writes spaces into new texts")
        .default_value(false);
    s.add<&PreferencesFilePaths::use_scripts_auto_execute>("use_scripts_auto_execute",
                                                           "Auto Run Python Scripts")
        .describe("Texts of a file that ask for it run when the file is opened")
        .default_value(true);
    s.add<&PreferencesFilePaths::render_output_directory>("render_output_directory",
                                                          "Render Output Directory")
        .describe("Where new scenes write what they render")
        .subtype(Subtype::DirPath)
        .max_bytes(1024)
        .not_animatable()
        .default_value("");
    s.add<&PreferencesFilePaths::recent_files>("recent_files", "Recent Files").range(0, 30);
    s.add<&PreferencesFilePaths::show_hidden_files_datablocks>("show_hidden_files_datablocks",
                                                               "Show Hidden Files/Data-Blocks")
        .describe("File dialogs list files whose name begins with a dot, too")
        .default_value(true);
    s.add<&PreferencesFilePaths::use_filter_files>("use_filter_files", "Filter Files")
        .describe("File dialogs list only files of the kind that is looked for");
    s.add<&PreferencesFilePaths::show_recent_locations>("show_recent_locations",
                                                        "Show Recent Locations")
        .describe("File dialogs offer the folders of the files that were opened last")
        .default_value(false);
    s.add<&PreferencesFilePaths::show_system_bookmarks>("show_system_bookmarks",
                                                        "Show System Locations")
        .describe("File dialogs offer the folders of the system, such as those for documents")
        .default_value(false);
    s.set_nested_in("Preferences");
    return noted_in_preferences(s.build());
  }();
  return schema;
}

const Schema& PreferencesSystem::schema() {
  static const Schema schema = [] {
    SchemaBuilder<PreferencesSystem> s("PreferencesSystem", "System");
    s.add<&PreferencesSystem::image_draw_method>("image_draw_method", "Image Display Method")
        .describe("What turns the pixels of pictures into colors of the screen")
        .items(
            {{"AUTO", "Automatic", 0, "The graphics card, where it is one and takes the picture"},
             {"2DTEXTURE", "2D Texture", 1, "The processor; the graphics card gets the result"},
             {"GLSL", "GLSL", 2, "The graphics card, whatever the size of the picture"}})
        .not_animatable();
    s.add<&PreferencesSystem::vbo_time_out>("vbo_time_out", "VBO Time Out")
        .describe(
            "Seconds after which meshes that views do not show any more leave the card; 0: never")
        .range(0, 3600);
    s.add<&PreferencesSystem::vbo_collection_rate>("vbo_collection_rate", "VBO Collection Rate")
        .describe("Seconds between two looks for such meshes")
        .range(1, 3600);
    s.add<&PreferencesSystem::texture_time_out>("texture_time_out", "Texture Time Out")
        .describe(
            "Seconds after which pictures that views do not show any more leave the card; 0: never")
        .range(0, 3600);
    s.add<&PreferencesSystem::texture_collection_rate>("texture_collection_rate",
                                                       "Texture Collection Rate")
        .describe("Seconds between two looks for such pictures")
        .range(1, 3600);
    using Limit = TextureLimit;
    s.add<&PreferencesSystem::gl_texture_limit>("gl_texture_limit", "Limit Size")
        .describe(
            "The longest edge that pictures in views have on the card; larger ones are halved")
        .items({{"CLAMP_OFF", "Off", int(Limit::Off)},
                {"CLAMP_8192", "8192", int(Limit::N8192)},
                {"CLAMP_4096", "4096", int(Limit::N4096)},
                {"CLAMP_2048", "2048", int(Limit::N2048)},
                {"CLAMP_1024", "1024", int(Limit::N1024)},
                {"CLAMP_512", "512", int(Limit::N512)},
                {"CLAMP_256", "256", int(Limit::N256)},
                {"CLAMP_128", "128", int(Limit::N128)}});
    using Filter = AnisotropicFilter;
    s.add<&PreferencesSystem::anisotropic_filter>("anisotropic_filter", "Anisotropic Filtering")
        .describe("How clear pictures are that are seen from the side")
        .items({{"FILTER_0", "Off", int(Filter::Off)},
                {"FILTER_2", "2x", int(Filter::N2)},
                {"FILTER_4", "4x", int(Filter::N4)},
                {"FILTER_8", "8x", int(Filter::N8)},
                {"FILTER_16", "16x", int(Filter::N16)}})
        .default_value("FILTER_0");
    s.add<&PreferencesSystem::gl_clip_alpha>("gl_clip_alpha", "Clip Alpha")
        .describe("Parts of pictures in views that cover less are left out")
        .subtype(Subtype::Factor)
        .range(0, 1);
    s.add<&PreferencesSystem::use_select_pick_depth>("use_select_pick_depth", "GPU Depth Picking")
        .describe(
            "Clicks choose what lies in front, rather than the nearest middle under the mouse")
        .default_value(false);
    s.add<&PreferencesSystem::scrollback>("scrollback", "Scrollback")
        .describe("How many lines consoles keep")
        .subtype(Subtype::Unsigned)
        .range(32, 32768)
        .default_value(256);
    s.add<&PreferencesSystem::ui_scale>("ui_scale", "UI Scale")
        .soft(-10000, 10000)
        .read_only()
        .not_stored()
        .default_value(0.0);
    s.add<&PreferencesSystem::pixel_size>("pixel_size", "Pixel Size")
        .soft(-10000, 10000)
        .read_only()
        .not_stored();
    s.add<&PreferencesSystem::dpi>("dpi", "DPI")
        .soft(-10000, 10000)
        .read_only()
        .not_stored()
        .default_value(0);
    s.add<&PreferencesSystem::ui_line_width>("ui_line_width", "UI Line Width")
        .soft(-10000, 10000)
        .read_only()
        .not_stored();
    return noted_in_preferences(s.build());
  }();
  return schema;
}

const Schema& PreferencesApps::schema() {
  static const Schema schema = [] {
    SchemaBuilder<PreferencesApps> s("PreferencesApps", "Apps");
    s.add<&PreferencesApps::show_corner_split>("show_corner_split", "Corner Splitting")
        .describe("Corners of areas split and join them")
        .default_value(false);
    s.add<&PreferencesApps::show_edge_resize>("show_edge_resize", "Edge Resize")
        .describe("Borders between areas can be dragged")
        .default_value(false);
    s.add<&PreferencesApps::show_regions_visibility_toggle>("show_regions_visibility_toggle",
                                                            "Regions Visibility Toggle")
        .describe("Small tabs bring hidden regions back")
        .default_value(false);
    s.set_nested_in("Preferences");
    return noted_in_preferences(s.build());
  }();
  return schema;
}

bool Preferences::runs_scripts_of(const std::string& file) const {
  bool runs = filepaths.use_scripts_auto_execute;
  for (std::int64_t i = 0; runs && i < autoexec_paths.size(); ++i) {
    runs = !autoexec_paths[i].matches(file);
  }
  return runs;
}

namespace {

// Scripts know `new` and `remove`, which give and take items; they stand on these.
const Schema& path_compare_collection_schema() {
  static const Schema schema = [] {
    SchemaBuilder<Preferences> s("PathCompareCollection", "Paths Compare");
    s.add_function("add_path", {}, [](const Call& call) -> Result<Value> {
      call.edit(Change::Settings).as<Preferences>().autoexec_paths.add(PathCompare{});
      return Value();
    });
    s.add_function(
        "remove_path",
        {parameter(PropertyType::Int, "index", "", [](PropertyBuilder& p) { p.required(); })},
        [](const Call& call) -> Result<Value> {
          auto& paths = call.edit(Change::Settings).as<Preferences>().autoexec_paths;
          const std::int64_t at = call.values[0].as_int();
          if (at < 0 || at >= paths.size()) {
            return Error::invalid("there is no path {}", at);
          }
          paths.remove(at);
          return Value();
        });
    return s.build();
  }();
  return schema;
}

}  // namespace

const Schema& Preferences::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Preferences> s("Preferences", "Preferences");
    using Section = PreferencesSection;
    s.add<&Preferences::active_section>("active_section", "Active Section")
        .describe("The part of the preferences that their window shows")
        .items({{"INTERFACE", "Interface", int(Section::Interface)},
                {"EDITING", "Editing", int(Section::Editing)},
                {"ADDONS", "Add-ons", int(Section::Addons)},
                {"INPUT", "Input", int(Section::Input)},
                {"NAVIGATION", "Navigation", int(Section::Navigation)},
                {"KEYMAP", "Keymap", int(Section::Keymap)},
                {"SYSTEM", "System", int(Section::System)},
                {"FILE_PATHS", "File Paths", int(Section::FilePaths)}});
    s.add<&Preferences::is_dirty>("is_dirty", "Dirty")
        .describe("Something was changed and is not kept yet")
        .not_stored()
        .default_value(false);
    s.add<&Preferences::use_preferences_save>("use_preferences_save", "Save on Exit")
        .describe("What was changed is kept when the program ends");
    s.add_computed(PropertyType::Int, "version", "Version",
                   [](const ConstRef&) {
                     return Value(Value::Numbers{3, 4, 1});
                   })
        .array(3)
        .subtype(Subtype::Xyz)
        .range(0, infinity)
        .default_value(Value::Numbers{0, 0, 0});
    s.add<&Preferences::autoexec_paths>("autoexec_paths", "Auto-Execution Paths")
        .describe("Files whose scripts never run by themselves")
        .collection_schema(&path_compare_collection_schema)
        .not_animatable();
    s.add<&Preferences::apps>("apps", "Apps");
    s.add<&Preferences::view>("view", "View & Controls");
    s.add<&Preferences::inputs>("inputs", "Input");
    s.add<&Preferences::edit>("edit", "Edit Methods");
    s.add<&Preferences::filepaths>("filepaths", "File Paths");
    s.add<&Preferences::system>("system", "System");
    return noted_in_preferences(s.build());
  }();
  return schema;
}

}  // namespace kiln
