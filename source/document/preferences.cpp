#include "document/preferences.h"

#include <filesystem>

#include "core/interface_version.h"
#include "core/schema/services.h"
#include "document/image_pixels.h"
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
    s.add<&PreferencesEdit::undo_memory_limit>("undo_memory_limit", "Undo Memory Size")
        .describe("Megabytes that undo steps may take, beyond which the oldest go (0 for any)")
        .range(0, infinity)
        .on_change([](const MutableRef& ref) {
          if (auto* project = ref.services ? ref.services->find<Project>() : nullptr) {
            project->undo.set_max_bytes(std::size_t(ref.as<PreferencesEdit>().undo_memory_limit)
                                        << 20);
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
    using Preview = FilePreviewType;
    s.add<&PreferencesFilePaths::file_preview_type>("file_preview_type", "File Preview Type")
        .describe("What the small pictures of files show that are saved from a window")
        .items(
            {{"NONE", "None", int(Preview::None), "Files get no picture"},
             {"AUTO", "Auto", int(Preview::Auto), "The largest 3D view, else the window"},
             {"SCREENSHOT", "Screenshot", int(Preview::Screenshot), "The whole window"},
             {"CAMERA", "Camera View", int(Preview::Camera), "What the camera of the scene sees"}});
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
    s.add<&PreferencesSystem::memory_cache_limit>("memory_cache_limit", "Memory Cache Limit")
        .describe("Megabytes that the pixels of images may take in memory (0 for any)")
        .range(0, infinity)
        .on_change([](const MutableRef& ref) {
          if (auto* loader = ref.services ? ref.services->find<ImageLoader>() : nullptr) {
            loader->set_room(std::size_t(ref.as<PreferencesSystem>().memory_cache_limit) << 20);
          }
        });
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
    using Antialiasing = ViewportAntialiasing;
    s.add<&PreferencesSystem::viewport_aa>("viewport_aa", "Viewport Anti-Aliasing")
        .describe("How the borders of surfaces in 3D views are made smooth")
        .items({{"OFF", "No Anti-Aliasing", int(Antialiasing::Off), "They are not"},
                {"FXAA", "Single Pass Anti-Aliasing", int(Antialiasing::Fxaa),
                 "Where brightness jumps: fast"},
                {"5", "5 Samples", int(Antialiasing::N5), "By the mean of 5 pictures"},
                {"8", "8 Samples", int(Antialiasing::N8), "By the mean of 8 pictures"},
                {"11", "11 Samples", int(Antialiasing::N11), "By the mean of 11 pictures"},
                {"16", "16 Samples", int(Antialiasing::N16), "By the mean of 16 pictures"},
                {"32", "32 Samples", int(Antialiasing::N32), "By the mean of 32 pictures"}})
        .default_value("8");
    s.add<&PreferencesSystem::use_overlay_smooth_wire>("use_overlay_smooth_wire",
                                                       "Overlay Smooth Wires")
        .describe("Lines over scenes have smooth borders")
        .default_value(true);
    s.add<&PreferencesSystem::use_edit_mode_smooth_wire>("use_edit_mode_smooth_wire",
                                                         "Edit Mode Smooth Wires")
        .describe("Lines of meshes that are edited have smooth borders")
        .default_value(false);
    s.add<&PreferencesSystem::solid_lights>("solid_lights", "Solid Lights")
        .describe("The lamps of views while the studio is edited");
    s.add<&PreferencesSystem::light_ambient>("light_ambient", "Ambient Color")
        .describe("The light from everywhere of views while the studio is edited")
        .range(0, infinity)
        .soft(0, 1)
        .subtype(Subtype::Color)
        .default_value(Value::Numbers{0, 0, 0});
    s.add<&PreferencesSystem::use_studio_light_edit>("use_studio_light_edit", "Edit Studio Light")
        .describe("Views have the lamps below instead of the studio that they chose");
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

PreferencesSystem::PreferencesSystem() {
  const StudioLight first = built_in_studio_lights().front();
  solid_lights = first.solid_lights;
  light_ambient = (first.sky + first.ground) * 0.5f;
}

Preferences::Preferences() {
  for (StudioLight& light : built_in_studio_lights()) {
    studio_lights.add(std::move(light));
  }
}

const StudioLight& Preferences::studio_light(StudioLightType type, const std::string& name) const {
  std::int64_t first = -1;
  for (std::int64_t i = 0; i < studio_lights.size(); ++i) {
    const StudioLight& light = studio_lights[i];
    if (light.type == type && (first < 0 || light.name == name)) {
      first = i;
      if (light.name == name) {
        break;
      }
    }
  }
  return studio_lights[std::max<std::int64_t>(first, 0)];  // each type has a built-in one
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

// Scripts know `new`, `load` and `remove`, which give and take lights; they stand on these.
const Schema& studio_lights_schema() {
  static const Schema schema = [] {
    SchemaBuilder<Preferences> s("StudioLights", "Studio Lights");
    const auto required = [](PropertyBuilder& p) { p.required(); };
    s.add_function("add_light",
                   {parameter(PropertyType::String, "path", "", required),
                    parameter(PropertyType::String, "type", "", required)},
                   [](const Call& call) -> Result<Value> {
                     StudioLight light;
                     light.path = call.values[0].as_string();
                     light.name = std::filesystem::path(light.path).filename().string();
                     light.is_user_defined = true;
                     const std::string& type = call.values[1].as_string();
                     light.type = type == "WORLD"    ? StudioLightType::World
                                  : type == "MATCAP" ? StudioLightType::Matcap
                                                     : StudioLightType::Studio;
                     auto& preferences = call.edit(Change::Settings).as<Preferences>();
                     const auto has_name = [&](const std::string& name) {
                       for (const StudioLight& each : preferences.studio_lights) {
                         if (each.name == name && each.type == light.type) {
                           return true;
                         }
                       }
                       return false;
                     };
                     if (light.name.empty()) {
                       return Error::invalid("studio light: \"{}\" names no file", light.path);
                     }
                     for (int i = 1; has_name(light.name); ++i) {
                       light.name = std::filesystem::path(light.path).stem().string() + "." +
                                    std::to_string(i) +
                                    std::filesystem::path(light.path).extension().string();
                     }
                     if (light.type == StudioLightType::Studio) {
                       light.solid_lights = preferences.system.solid_lights;
                       light.sky = light.ground = preferences.system.light_ambient;
                       light.path.clear();
                     }
                     preferences.studio_lights.add(std::move(light));
                     preferences.is_dirty = true;
                     return Value();
                   });
    s.add_function("remove_light", {parameter(PropertyType::Int, "index", "", required)},
                   [](const Call& call) -> Result<Value> {
                     auto& preferences = call.edit(Change::Settings).as<Preferences>();
                     const std::int64_t at = call.values[0].as_int();
                     if (at < 0 || at >= preferences.studio_lights.size()) {
                       return Error::invalid("there is no studio light {}", at);
                     }
                     if (!preferences.studio_lights[at].is_user_defined) {
                       return Error::invalid("studio light \"{}\" belongs to the program",
                                             preferences.studio_lights[at].name);
                     }
                     preferences.studio_lights.remove(at);
                     preferences.is_dirty = true;
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
                {"LIGHTS", "Lights", int(Section::Lights)},
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
    s.add_computed(
         PropertyType::Int, "version", "Version",
         [](const ConstRef&) {
           return Value(Value::Numbers(interface_version.begin(), interface_version.end()));
         })
        .array(3)
        .subtype(Subtype::Xyz)
        .range(0, infinity)
        .default_value(Value::Numbers{0, 0, 0});
    s.add<&Preferences::autoexec_paths>("autoexec_paths", "Auto-Execution Paths")
        .describe("Files whose scripts never run by themselves")
        .collection_schema(&path_compare_collection_schema)
        .not_animatable();
    s.add<&Preferences::studio_lights>("studio_lights", "Studio Lights")
        .describe("What views light scenes with that have no light of their own")
        .collection_schema(&studio_lights_schema)
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
