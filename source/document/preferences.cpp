#include "document/preferences.h"

#include "core/schema/services.h"
#include "document/project.h"

namespace kiln {

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
    s.add<&PreferencesEdit::collection_instance_empty_size>("collection_instance_empty_size",
                                                            "Collection Instance Empty Size")
        .range(0.001, infinity);
    s.add<&PreferencesEdit::use_text_edit_auto_close>("use_text_edit_auto_close",
                                                      "Auto Close Character Pairs");
    s.add<&PreferencesEdit::undo_memory_limit>("undo_memory_limit", "Undo Memory Size")
        .range(0, infinity);
    s.add<&PreferencesEdit::use_auto_keying>("use_auto_keying", "Auto Keying Enable");
    s.add<&PreferencesEdit::auto_keying_mode>("auto_keying_mode", "Auto Keying Mode")
        .items({{"ADD_REPLACE_KEYS", "Add/Replace", int(PreferredAutoKeyingMode::AddReplaceKeys)},
                {"REPLACE_KEYS", "Replace", int(PreferredAutoKeyingMode::ReplaceKeys)}});
    s.add<&PreferencesEdit::use_keyframe_insert_available>("use_keyframe_insert_available",
                                                           "Auto Keyframe Insert Available");
    s.add<&PreferencesEdit::use_auto_keying_warning>("use_auto_keying_warning",
                                                     "Show Auto Keying Warning");
    s.add<&PreferencesEdit::use_keyframe_insert_needed>("use_keyframe_insert_needed",
                                                        "Keyframe Insert Needed");
    s.add<&PreferencesEdit::use_visual_keying>("use_visual_keying", "Visual Keying");
    s.add<&PreferencesEdit::use_insertkey_xyz_to_rgb>("use_insertkey_xyz_to_rgb",
                                                      "New F-Curve Colors - XYZ to RGB");
    s.add<&PreferencesEdit::use_anim_channel_group_colors>("use_anim_channel_group_colors",
                                                           "Channel Group Colors");
    s.add<&PreferencesEdit::fcurve_new_auto_smoothing>("fcurve_new_auto_smoothing",
                                                       "New Curve Smoothing Mode")
        .items({{"NONE", "None", int(PreferredFcurveNewAutoSmoothing::None)},
                {"CONT_ACCEL", "Continuous Acceleration",
                 int(PreferredFcurveNewAutoSmoothing::ContAccel)}});
    s.add<&PreferencesEdit::keyframe_new_interpolation_type>("keyframe_new_interpolation_type",
                                                             "New Interpolation Type")
        .items({{"CONSTANT", "Constant", int(PreferredKeyframeNewInterpolationType::Constant)},
                {"LINEAR", "Linear", int(PreferredKeyframeNewInterpolationType::Linear)},
                {"BEZIER", "Bezier", int(PreferredKeyframeNewInterpolationType::Bezier)},
                {"SINE", "Sinusoidal", int(PreferredKeyframeNewInterpolationType::Sine)},
                {"QUAD", "Quadratic", int(PreferredKeyframeNewInterpolationType::Quad)},
                {"CUBIC", "Cubic", int(PreferredKeyframeNewInterpolationType::Cubic)},
                {"QUART", "Quartic", int(PreferredKeyframeNewInterpolationType::Quart)},
                {"QUINT", "Quintic", int(PreferredKeyframeNewInterpolationType::Quint)},
                {"EXPO", "Exponential", int(PreferredKeyframeNewInterpolationType::Expo)},
                {"CIRC", "Circular", int(PreferredKeyframeNewInterpolationType::Circ)},
                {"BACK", "Back", int(PreferredKeyframeNewInterpolationType::Back)},
                {"BOUNCE", "Bounce", int(PreferredKeyframeNewInterpolationType::Bounce)},
                {"ELASTIC", "Elastic", int(PreferredKeyframeNewInterpolationType::Elastic)}});
    s.add<&PreferencesEdit::keyframe_new_handle_type>("keyframe_new_handle_type",
                                                      "New Handles Type")
        .items(
            {{"FREE", "Free", int(PreferredKeyframeNewHandleType::Free)},
             {"ALIGNED", "Aligned", int(PreferredKeyframeNewHandleType::Aligned)},
             {"VECTOR", "Vector", int(PreferredKeyframeNewHandleType::Vector)},
             {"AUTO", "Automatic", int(PreferredKeyframeNewHandleType::Auto)},
             {"AUTO_CLAMPED", "Auto Clamped", int(PreferredKeyframeNewHandleType::AutoClamped)}});
    s.add<&PreferencesEdit::use_negative_frames>("use_negative_frames", "Allow Negative Frames");
    s.add<&PreferencesEdit::fcurve_unselected_alpha>("fcurve_unselected_alpha",
                                                     "Unselected F-Curve Opacity")
        .range(0.001, 1)
        .subtype(Subtype::Factor);
    s.add<&PreferencesEdit::use_duplicate_mesh>("use_duplicate_mesh", "Duplicate Mesh");
    s.add<&PreferencesEdit::use_duplicate_surface>("use_duplicate_surface", "Duplicate Surface");
    s.add<&PreferencesEdit::use_duplicate_curve>("use_duplicate_curve", "Duplicate Curve");
    s.add<&PreferencesEdit::use_duplicate_lattice>("use_duplicate_lattice", "Duplicate Lattice");
    s.add<&PreferencesEdit::use_duplicate_text>("use_duplicate_text", "Duplicate Text");
    s.add<&PreferencesEdit::use_duplicate_metaball>("use_duplicate_metaball", "Duplicate Metaball");
    s.add<&PreferencesEdit::use_duplicate_armature>("use_duplicate_armature", "Duplicate Armature");
    s.add<&PreferencesEdit::use_duplicate_camera>("use_duplicate_camera", "Duplicate Camera");
    s.add<&PreferencesEdit::use_duplicate_speaker>("use_duplicate_speaker", "Duplicate Speaker");
    s.add<&PreferencesEdit::use_duplicate_light>("use_duplicate_light", "Duplicate Light");
    s.add<&PreferencesEdit::use_duplicate_material>("use_duplicate_material", "Duplicate Material");
    s.add<&PreferencesEdit::use_duplicate_action>("use_duplicate_action", "Duplicate Action");
    s.add<&PreferencesEdit::use_duplicate_particle>("use_duplicate_particle", "Duplicate Particle");
    s.add<&PreferencesEdit::use_duplicate_lightprobe>("use_duplicate_lightprobe",
                                                      "Duplicate Light Probe");
    s.add<&PreferencesEdit::use_duplicate_grease_pencil>("use_duplicate_grease_pencil",
                                                         "Duplicate GPencil");
    s.add<&PreferencesEdit::use_duplicate_curves>("use_duplicate_curves", "Duplicate Curves");
    s.add<&PreferencesEdit::use_duplicate_pointcloud>("use_duplicate_pointcloud",
                                                      "Duplicate Point Cloud");
    s.add<&PreferencesEdit::use_duplicate_volume>("use_duplicate_volume", "Duplicate Volume");
    s.add<&PreferencesEdit::use_duplicate_node_tree>("use_duplicate_node_tree",
                                                     "Duplicate Node Tree");
    s.add<&PreferencesEdit::node_margin>("node_margin", "Auto-offset Margin")
        .range(0, 255)
        .subtype(Subtype::Pixel);
    s.add<&PreferencesEdit::use_cursor_lock_adjust>("use_cursor_lock_adjust", "Cursor Lock Adjust");
    s.add<&PreferencesEdit::use_mouse_depth_cursor>("use_mouse_depth_cursor",
                                                    "Cursor Surface Project");
    return s.build();
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
    s.add<&PreferencesFilePaths::show_hidden_files_datablocks>("show_hidden_files_datablocks",
                                                               "Show Hidden Files/Data-Blocks");
    s.add<&PreferencesFilePaths::use_filter_files>("use_filter_files", "Filter Files");
    s.add<&PreferencesFilePaths::show_recent_locations>("show_recent_locations",
                                                        "Show Recent Locations");
    s.add<&PreferencesFilePaths::show_system_bookmarks>("show_system_bookmarks",
                                                        "Show System Locations");
    s.add<&PreferencesFilePaths::use_relative_paths>("use_relative_paths", "Relative Paths");
    s.add<&PreferencesFilePaths::use_file_compression>("use_file_compression", "Compress File");
    s.add<&PreferencesFilePaths::use_load_ui>("use_load_ui", "Load UI");
    s.add<&PreferencesFilePaths::use_scripts_auto_execute>("use_scripts_auto_execute",
                                                           "Auto Run Python Scripts");
    s.add<&PreferencesFilePaths::use_tabs_as_spaces>("use_tabs_as_spaces", "Tabs as Spaces");
    s.add<&PreferencesFilePaths::font_directory>("font_directory", "Fonts Directory")
        .subtype(Subtype::DirPath)
        .max_bytes(768)
        .not_animatable();
    s.add<&PreferencesFilePaths::texture_directory>("texture_directory", "Textures Directory")
        .subtype(Subtype::DirPath)
        .max_bytes(768)
        .not_animatable();
    s.add<&PreferencesFilePaths::render_output_directory>("render_output_directory",
                                                          "Render Output Directory")
        .subtype(Subtype::DirPath)
        .max_bytes(1024)
        .not_animatable();
    s.add<&PreferencesFilePaths::script_directory>("script_directory", "Python Scripts Directory")
        .subtype(Subtype::DirPath)
        .max_bytes(768)
        .not_animatable();
    s.add<&PreferencesFilePaths::i18n_branches_directory>("i18n_branches_directory",
                                                          "Translation Branches Directory")
        .subtype(Subtype::DirPath)
        .max_bytes(768)
        .not_animatable();
    s.add<&PreferencesFilePaths::sound_directory>("sound_directory", "Sounds Directory")
        .subtype(Subtype::DirPath)
        .max_bytes(768)
        .not_animatable();
    s.add<&PreferencesFilePaths::temporary_directory>("temporary_directory", "Temporary Directory")
        .subtype(Subtype::DirPath)
        .max_bytes(768)
        .not_animatable();
    s.add<&PreferencesFilePaths::render_cache_directory>("render_cache_directory",
                                                         "Render Cache Path")
        .subtype(Subtype::DirPath)
        .max_bytes(768)
        .not_animatable();
    s.add<&PreferencesFilePaths::image_editor>("image_editor", "Image Editor")
        .subtype(Subtype::FilePath)
        .max_bytes(1024)
        .not_animatable();
    s.add<&PreferencesFilePaths::animation_player>("animation_player", "Animation Player")
        .subtype(Subtype::FilePath)
        .max_bytes(1024)
        .not_animatable();
    s.add<&PreferencesFilePaths::animation_player_preset>("animation_player_preset",
                                                          "Animation Player Preset")
        .items({{"INTERNAL", "Internal", int(PreferredAnimationPlayerPreset::Internal)},
                {"DJV", "DJV", int(PreferredAnimationPlayerPreset::Djv)},
                {"FRAMECYCLER", "FrameCycler", int(PreferredAnimationPlayerPreset::Framecycler)},
                {"RV", "RV", int(PreferredAnimationPlayerPreset::Rv)},
                {"MPLAYER", "MPlayer", int(PreferredAnimationPlayerPreset::Mplayer)},
                {"CUSTOM", "Custom", int(PreferredAnimationPlayerPreset::Custom)}});
    s.add<&PreferencesFilePaths::recent_files>("recent_files", "Recent Files").range(0, 30);
    s.add<&PreferencesFilePaths::file_preview_type>("file_preview_type", "File Preview Type")
        .items({{"NONE", "None", int(PreferredFilePreviewType::None)},
                {"AUTO", "Auto", int(PreferredFilePreviewType::Auto)},
                {"SCREENSHOT", "Screenshot", int(PreferredFilePreviewType::Screenshot)},
                {"CAMERA", "Camera View", int(PreferredFilePreviewType::Camera)}});
    s.set_nested_in("Preferences");
    return s.build();
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
        .range(0, infinity);
    s.add<&PreferencesSystem::scrollback>("scrollback", "Scrollback")
        .range(32, 32768)
        .subtype(Subtype::Unsigned);
    s.add<&PreferencesSystem::use_overlay_smooth_wire>("use_overlay_smooth_wire",
                                                       "Overlay Smooth Wires");
    s.add<&PreferencesSystem::use_edit_mode_smooth_wire>("use_edit_mode_smooth_wire",
                                                         "Edit Mode Smooth Wires");
    s.add<&PreferencesSystem::use_region_overlap>("use_region_overlap", "Region Overlap");
    s.add<&PreferencesSystem::viewport_aa>("viewport_aa", "Viewport Anti-Aliasing")
        .items({{"OFF", "No Anti-Aliasing", int(PreferredViewportAa::Off)},
                {"FXAA", "Single Pass Anti-Aliasing", int(PreferredViewportAa::Fxaa)},
                {"5", "5 Samples", int(PreferredViewportAa::N5)},
                {"8", "8 Samples", int(PreferredViewportAa::N8)},
                {"11", "11 Samples", int(PreferredViewportAa::N11)},
                {"16", "16 Samples", int(PreferredViewportAa::N16)},
                {"32", "32 Samples", int(PreferredViewportAa::N32)}})
        .not_animatable();
    s.add<&PreferencesSystem::light_ambient>("light_ambient", "Ambient Color")
        .range(0, infinity)
        .soft(0, 1)
        .subtype(Subtype::Color);
    s.add<&PreferencesSystem::use_studio_light_edit>("use_studio_light_edit", "Edit Studio Light");
    s.add<&PreferencesSystem::gl_clip_alpha>("gl_clip_alpha", "Clip Alpha")
        .range(0, 1)
        .subtype(Subtype::Factor);
    s.add<&PreferencesSystem::anisotropic_filter>("anisotropic_filter", "Anisotropic Filtering")
        .items({{"FILTER_0", "Off", int(PreferredAnisotropicFilter::Filter0)},
                {"FILTER_2", "2x", int(PreferredAnisotropicFilter::Filter2)},
                {"FILTER_4", "4x", int(PreferredAnisotropicFilter::Filter4)},
                {"FILTER_8", "8x", int(PreferredAnisotropicFilter::Filter8)},
                {"FILTER_16", "16x", int(PreferredAnisotropicFilter::Filter16)}});
    s.add<&PreferencesSystem::gl_texture_limit>("gl_texture_limit", "GL Texture Limit")
        .items({{"CLAMP_OFF", "Off", int(PreferredGlTextureLimit::ClampOff)},
                {"CLAMP_8192", "8192", int(PreferredGlTextureLimit::Clamp8192)},
                {"CLAMP_4096", "4096", int(PreferredGlTextureLimit::Clamp4096)},
                {"CLAMP_2048", "2048", int(PreferredGlTextureLimit::Clamp2048)},
                {"CLAMP_1024", "1024", int(PreferredGlTextureLimit::Clamp1024)},
                {"CLAMP_512", "512", int(PreferredGlTextureLimit::Clamp512)},
                {"CLAMP_256", "256", int(PreferredGlTextureLimit::Clamp256)},
                {"CLAMP_128", "128", int(PreferredGlTextureLimit::Clamp128)}});
    s.add<&PreferencesSystem::texture_time_out>("texture_time_out", "Texture Time Out")
        .range(0, 3600);
    s.add<&PreferencesSystem::texture_collection_rate>("texture_collection_rate",
                                                       "Texture Collection Rate")
        .range(1, 3600);
    s.add<&PreferencesSystem::vbo_time_out>("vbo_time_out", "VBO Time Out").range(0, 3600);
    s.add<&PreferencesSystem::vbo_collection_rate>("vbo_collection_rate", "VBO Collection Rate")
        .range(1, 3600);
    s.add<&PreferencesSystem::use_select_pick_depth>("use_select_pick_depth", "GPU Depth Picking");
    s.add<&PreferencesSystem::use_gpu_subdivision>("use_gpu_subdivision", "GPU Subdivision");
    s.add<&PreferencesSystem::ui_scale>("ui_scale", "UI Scale")
        .soft(-10000, 10000)
        .read_only()
        .not_stored()
        .default_value(0.0);
    s.add<&PreferencesSystem::ui_line_width>("ui_line_width", "UI Line Width")
        .soft(-10000, 10000)
        .read_only()
        .not_stored();
    s.add<&PreferencesSystem::pixel_size>("pixel_size", "Pixel Size")
        .soft(-10000, 10000)
        .read_only()
        .not_stored();
    s.add<&PreferencesSystem::dpi>("dpi", "DPI")
        .soft(-10000, 10000)
        .read_only()
        .not_stored()
        .default_value(0);
    return s.build();
  }();
  return schema;
}

const Schema& Preferences::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Preferences> s("Preferences", "Preferences");
    s.add<&Preferences::edit>("edit", "Edit Methods");
    s.add<&Preferences::filepaths>("filepaths", "File Paths");
    s.add<&Preferences::system>("system", "System");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln
