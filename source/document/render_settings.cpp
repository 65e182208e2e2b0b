#include "document/render_settings.h"

#include "core/schema/registry.h"
#include "core/schema/services.h"
#include "document/image.h"

namespace kiln {
namespace {

// The program's engines, and those that scripts registered.
std::vector<EnumItem> engine_items(const ConstRef& owner) {
  std::vector<EnumItem> items{{"BLENDER_EEVEE", "Eevee", 0},
                              {"BLENDER_WORKBENCH", "Workbench", 1},
                              {"CYCLES", "Cycles", 2}};
  const auto* registry = owner.services ? owner.services->find<const Registry>() : nullptr;
  const Schema* base = registry ? registry->find("RenderEngine") : nullptr;
  for (std::size_t i = 0; base && i < registry->all().size(); ++i) {
    const Schema& schema = *registry->all()[i];
    if (schema.is_runtime && schema.is_a(*base)) {
      items.push_back({schema.identifier, schema.label, int(items.size())});
    }
  }
  return items;
}

}  // namespace

RenderSettings::RenderSettings() : motion_blur_shutter_curve(1, 0.0f, 1.0f) {
  // Open from the first instant to the last.
  motion_blur_shutter_curve.curves.edit(0).points.edit(0).location.y = 1.0f;
}

int2 RenderSettings::size() const {
  return {std::max(1, resolution_x * resolution_percentage / 100),
          std::max(1, resolution_y * resolution_percentage / 100)};
}

std::string_view file_extension(ImageFormatSettingsFileFormat format) {
  using Format = ImageFormatSettingsFileFormat;
  switch (format) {
    case Format::Bmp:
      return ".bmp";
    case Format::Iris:
      return ".rgb";
    case Format::Png:
      return ".png";
    case Format::Jpeg:
      return ".jpg";
    case Format::Jpeg2000:
      return ".jp2";
    case Format::Targa:
    case Format::TargaRaw:
      return ".tga";
    case Format::Cineon:
      return ".cin";
    case Format::Dpx:
      return ".dpx";
    case Format::OpenExr:
    case Format::OpenExrMultilayer:
      return ".exr";
    case Format::Hdr:
      return ".hdr";
    case Format::Tiff:
      return ".tif";
    case Format::Webp:
      return ".webp";
    default:
      return "";
  }
}

std::vector<EnumItem> picture_format_items() {
  return {{"BMP", "BMP", 20},
          {"IRIS", "Iris", 1},
          {"PNG", "PNG", 17},
          {"JPEG", "JPEG", 4},
          {"JPEG2000", "JPEG 2000", 30},
          {"TARGA", "Targa", 0},
          {"TARGA_RAW", "Targa Raw", 14},
          {"CINEON", "Cineon", 26},
          {"DPX", "DPX", 27},
          {"OPEN_EXR_MULTILAYER", "OpenEXR MultiLayer", 28},
          {"OPEN_EXR", "OpenEXR", 23},
          {"HDR", "Radiance HDR", 21},
          {"TIFF", "TIFF", 22},
          {"WEBP", "WebP", 35},
          {"AVI_JPEG", "AVI JPEG", 16},
          {"AVI_RAW", "AVI Raw", 15},
          {"FFMPEG", "FFmpeg Video", 24}};
}

bool ImageFormatSettings::has_linear_color_space() const {
  using Format = ImageFormatSettingsFileFormat;
  return file_format == Format::OpenExr || file_format == Format::OpenExrMultilayer ||
         file_format == Format::Hdr || file_format == Format::Dpx || file_format == Format::Cineon;
}

const Schema& ImageFormatSettings::schema() {
  static const Schema schema = [] {
    SchemaBuilder<ImageFormatSettings> s("ImageFormatSettings", "Image Format");
    s.add<&ImageFormatSettings::file_format>("file_format", "File Format")
        .items(picture_format_items())
        .not_animatable();
    s.add<&ImageFormatSettings::color_mode>("color_mode", "Color Mode")
        .items({{"BW", "BW", 8}, {"RGB", "RGB", 24}, {"RGBA", "RGBA", 32}})
        .not_animatable()
        .default_value("BW");
    s.add<&ImageFormatSettings::color_depth>("color_depth", "Color Depth")
        .items(
            {{"8", "8", 2}, {"10", "10", 4}, {"12", "12", 8}, {"16", "16", 16}, {"32", "32", 64}})
        .not_animatable();
    s.add<&ImageFormatSettings::use_zbuffer>("use_zbuffer", "Z Buffer")
        .describe("OpenEXR files of one layer get the depth as a channel")
        .not_animatable();
    s.add<&ImageFormatSettings::use_preview>("use_preview", "Preview")
        .describe("A JPEG file is written beside each OpenEXR file")
        .not_animatable();
    s.add<&ImageFormatSettings::use_jpeg2k_ycc>("use_jpeg2k_ycc", "YCC")
        .describe("Pixels are kept as brightness and two colors")
        .not_animatable();
    s.add<&ImageFormatSettings::use_jpeg2k_cinema_preset>("use_jpeg2k_cinema_preset", "Cinema")
        .describe("Files are as digital cinema wants them")
        .not_animatable();
    s.add<&ImageFormatSettings::use_jpeg2k_cinema_48>("use_jpeg2k_cinema_48", "Cinema (48)")
        .describe("Files for digital cinema are small enough for 48 frames a second")
        .not_animatable();
    s.add<&ImageFormatSettings::use_cineon_log>("use_cineon_log", "Log").not_animatable();
    s.add<&ImageFormatSettings::cineon_black>("cineon_black", "Black")
        .describe(
            "The step of 1023 that is black; that of printing density if white is not above it")
        .range(0, 1024)
        .not_animatable();
    s.add<&ImageFormatSettings::cineon_white>("cineon_white", "White")
        .describe("The step of 1023 that is white; that of printing density if not above black")
        .range(0, 1024)
        .not_animatable();
    s.add<&ImageFormatSettings::cineon_gamma>("cineon_gamma", "Gamma")
        .describe("How much density grows with light; 0 is that of printing density")
        .range(0, 10)
        .not_animatable();
    s.add<&ImageFormatSettings::color_management>("color_management", "Color Management")
        .items({{"FOLLOW_SCENE", "Follow Scene", 0}, {"OVERRIDE", "Override", 1}})
        .not_animatable();
    s.add<&ImageFormatSettings::quality>("quality", "Quality")
        .range(0, 100)
        .subtype(Subtype::Percentage)
        .not_animatable();
    s.add<&ImageFormatSettings::compression>("compression", "Compression")
        .range(0, 100)
        .subtype(Subtype::Percentage)
        .not_animatable();
    s.add<&ImageFormatSettings::exr_codec>("exr_codec", "Codec")
        .items({{"NONE", "None", 0},
                {"PXR24", "Pxr24 (lossy)", 1},
                {"ZIP", "ZIP (lossless)", 2},
                {"PIZ", "PIZ (lossless)", 3},
                {"RLE", "RLE (lossless)", 4},
                {"ZIPS", "ZIPS (lossless)", 5},
                {"B44", "B44 (lossy)", 6},
                {"B44A", "B44A (lossy)", 7},
                {"DWAA", "DWAA (lossy)", 8},
                {"DWAB", "DWAB (lossy)", 9}})
        .not_animatable();
    s.add<&ImageFormatSettings::tiff_codec>("tiff_codec", "Compression")
        .items({{"NONE", "None", 3},
                {"DEFLATE", "Deflate", 0},
                {"LZW", "LZW", 1},
                {"PACKBITS", "Pack Bits", 2}})
        .not_animatable();
    s.add<&ImageFormatSettings::jpeg2k_codec>("jpeg2k_codec", "Codec")
        .items({{"JP2", "JP2", 0}, {"J2K", "J2K", 1}})
        .not_animatable();
    s.add<&ImageFormatSettings::view_settings>("view_settings", "View Settings").not_animatable();
    s.add<&ImageFormatSettings::display_settings>("display_settings", "Display Settings")
        .not_animatable();
    s.add_nested("linear_colorspace_settings", "Color Space Settings", &color_space_schema)
        .not_animatable();
    s.add<&ImageFormatSettings::linear_color_space>("stored_linear_color_space", "").internal();
    s.add_computed(PropertyType::Boolean, "has_linear_colorspace", "Has Linear Color Space",
                   [](const ConstRef& r) {
                     return Value(r.as<ImageFormatSettings>().has_linear_color_space());
                   })
        .default_value(false)
        .not_animatable();
    s.set_nested_in("Scene");
    return s.build();
  }();
  return schema;
}

const Schema& RenderSettings::schema() {
  static const Schema schema = [] {
    SchemaBuilder<RenderSettings> s("RenderSettings", "Render Data");
    s.add<&RenderSettings::bake>("bake", "Bake Data").not_animatable();
    s.add<&RenderSettings::image_settings>("image_settings", "Image Format")
        .not_animatable()
        .never_none();
    s.add<&RenderSettings::resolution_x>("resolution_x", "Resolution X")
        .range(4, 65536)
        .subtype(Subtype::Pixel)
        .not_animatable();
    s.add<&RenderSettings::resolution_y>("resolution_y", "Resolution Y")
        .range(4, 65536)
        .subtype(Subtype::Pixel)
        .not_animatable();
    s.add<&RenderSettings::resolution_percentage>("resolution_percentage", "Resolution %")
        .range(1, 32767)
        .soft(1, 100)
        .step(10)
        .subtype(Subtype::Percentage)
        .not_animatable();
    s.add<&RenderSettings::pixel_aspect_x>("pixel_aspect_x", "Pixel Aspect X")
        .range(1, 200)
        .not_animatable();
    s.add<&RenderSettings::pixel_aspect_y>("pixel_aspect_y", "Pixel Aspect Y")
        .range(1, 200)
        .not_animatable();
    s.add<&RenderSettings::fps>("fps", "FPS").range(1, 32767).soft(1, 240).not_animatable();
    s.add<&RenderSettings::fps_base>("fps_base", "FPS Base")
        .range(1e-05, 1000000)
        .soft(0.1, 120)
        .step(2)
        .not_animatable();
    s.add<&RenderSettings::frame_map_old>("frame_map_old", "Frame Map Old")
        .range(1, 900)
        .not_animatable();
    s.add<&RenderSettings::frame_map_new>("frame_map_new", "Frame Map New")
        .range(1, 900)
        .not_animatable();
    s.add<&RenderSettings::dither_intensity>("dither_intensity", "Dither Intensity")
        .range(0, infinity)
        .soft(0, 2)
        .step(0.1, 2);
    s.add<&RenderSettings::filter_size>("filter_size", "Filter Size")
        .range(0, 500)
        .soft(0.01, 10)
        .step(1, 2)
        .subtype(Subtype::Pixel);
    s.add<&RenderSettings::film_transparent>("film_transparent", "Transparent");
    s.add<&RenderSettings::threads>("threads", "Threads").range(1, 1024);
    s.add<&RenderSettings::threads_mode>("threads_mode", "Threads Mode")
        .items({{"AUTO", "Auto-Detect", 0}, {"FIXED", "Fixed", 524288}});
    s.add<&RenderSettings::use_motion_blur>("use_motion_blur", "Motion Blur").not_animatable();
    s.add<&RenderSettings::motion_blur_shutter>("motion_blur_shutter", "Shutter")
        .range(0, infinity)
        .soft(0.01, 1)
        .step(1, 2)
        .subtype(Subtype::Factor);
    s.add<&RenderSettings::motion_blur_shutter_curve>("motion_blur_shutter_curve", "Shutter Curve")
        .not_animatable();
    s.add<&RenderSettings::use_border>("use_border", "Render Region").not_animatable();
    s.add<&RenderSettings::border_min_x>("border_min_x", "Region Minimum X")
        .range(0, 1)
        .not_animatable();
    s.add<&RenderSettings::border_min_y>("border_min_y", "Region Minimum Y")
        .range(0, 1)
        .not_animatable();
    s.add<&RenderSettings::border_max_x>("border_max_x", "Region Maximum X")
        .range(0, 1)
        .not_animatable();
    s.add<&RenderSettings::border_max_y>("border_max_y", "Region Maximum Y")
        .range(0, 1)
        .not_animatable();
    s.add<&RenderSettings::use_crop_to_border>("use_crop_to_border", "Crop to Render Region")
        .not_animatable();
    s.add<&RenderSettings::use_placeholder>("use_placeholder", "Placeholders").not_animatable();
    s.add<&RenderSettings::use_overwrite>("use_overwrite", "Overwrite");
    s.add<&RenderSettings::use_compositing>("use_compositing", "Compositing").not_animatable();
    s.add<&RenderSettings::use_sequencer>("use_sequencer", "Sequencer").not_animatable();
    s.add<&RenderSettings::use_file_extension>("use_file_extension", "File Extensions")
        .not_animatable();
    s.add<&RenderSettings::filepath>("filepath", "Output Path")
        .subtype(Subtype::FilePath)
        .max_bytes(1024)
        .not_animatable()
        .never_none();
    s.add<&RenderSettings::use_simplify>("use_simplify", "Use Simplify");
    s.add<&RenderSettings::simplify_subdivision>("simplify_subdivision", "Simplify Subdivision")
        .range(0, 32767)
        .soft(0, 6)
        .subtype(Subtype::Unsigned);
    s.add<&RenderSettings::simplify_subdivision_render>("simplify_subdivision_render",
                                                        "Simplify Subdivision")
        .range(0, 32767)
        .soft(0, 6)
        .subtype(Subtype::Unsigned);
    s.add<&RenderSettings::use_persistent_data>("use_persistent_data", "Persistent Data");
    s.add_computed(
         PropertyType::Enum, "engine", "Engine",
         [](const ConstRef& r) { return Value(r.as<RenderSettings>().engine); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           for (const EnumItem& item : engine_items(r)) {
             if (item.identifier == v.as_string()) {
               r.as<RenderSettings>().engine = item.identifier;
               return {};
             }
           }
           return Error::invalid("engine: enum \"{}\" not found", v.as_string());
         })
        .items(engine_items)
        .default_value("BLENDER_EEVEE")
        .not_animatable();
    s.add<&RenderSettings::engine>("stored_engine", "").internal();
    s.add_computed(
         PropertyType::String, "file_extension", "Extension",
         [](const ConstRef& r) {
           return Value(file_extension(r.as<RenderSettings>().image_settings.file_format));
         })
        .default_value("")
        .never_none()
        .not_animatable();
    s.add_computed(PropertyType::Boolean, "is_movie_format", "Movie Format", [](const ConstRef&) {
       return Value(false);
     }).default_value(false);
    s.add_computed(PropertyType::Boolean, "has_multiple_engines", "Multiple Engines",
                   [](const ConstRef&) { return Value(true); })
        .default_value(false);
    s.add<&RenderSettings::use_stamp_time>("use_stamp_time", "Stamp Time");
    s.add<&RenderSettings::use_stamp_date>("use_stamp_date", "Stamp Date");
    s.add<&RenderSettings::use_stamp_frame>("use_stamp_frame", "Stamp Frame");
    s.add<&RenderSettings::use_stamp_frame_range>("use_stamp_frame_range", "Stamp Frame");
    s.add<&RenderSettings::use_stamp_camera>("use_stamp_camera", "Stamp Camera");
    s.add<&RenderSettings::use_stamp_lens>("use_stamp_lens", "Stamp Lens");
    s.add<&RenderSettings::use_stamp_scene>("use_stamp_scene", "Stamp Scene");
    s.add<&RenderSettings::use_stamp_note>("use_stamp_note", "Stamp Note");
    s.add<&RenderSettings::use_stamp_marker>("use_stamp_marker", "Stamp Marker");
    s.add<&RenderSettings::use_stamp_filename>("use_stamp_filename", "Stamp Filename");
    s.add<&RenderSettings::use_stamp_render_time>("use_stamp_render_time", "Stamp Render Time");
    s.add<&RenderSettings::stamp_note_text>("stamp_note_text", "Stamp Note Text")
        .max_bytes(768)
        .not_animatable();
    s.add<&RenderSettings::use_stamp_memory>("use_stamp_memory", "Stamp Peak Memory");
    s.add<&RenderSettings::use_stamp_hostname>("use_stamp_hostname", "Stamp Hostname");
    s.add<&RenderSettings::use_stamp>("use_stamp", "Stamp Output")
        .describe("Pictures that are written show what they tell about themselves");
    s.add<&RenderSettings::use_stamp_labels>("use_stamp_labels", "Stamp Labels")
        .default_value(false);
    s.add<&RenderSettings::stamp_font_size>("stamp_font_size", "Font Size")
        .range(8, 64)
        .subtype(Subtype::Pixel)
        .not_animatable();
    s.add<&RenderSettings::stamp_foreground>("stamp_foreground", "Text Color")
        .range(0, 1)
        .subtype(Subtype::Color);
    s.add<&RenderSettings::stamp_background>("stamp_background", "Background")
        .range(0, 1)
        .subtype(Subtype::Color);
    s.add<&RenderSettings::use_single_layer>("use_single_layer", "Render Single Layer")
        .describe("Only the active view layer is rendered")
        .not_animatable();
    s.add<&RenderSettings::use_lock_interface>("use_lock_interface", "Lock Interface")
        .describe("Editors take no edits while a render runs")
        .not_animatable();
    s.add<&RenderSettings::preview_pixel_size>("preview_pixel_size", "Pixel Size")
        .items({{"AUTO", "Automatic", int(RenderPreviewPixelSize::Auto)},
                {"1", "1x", int(RenderPreviewPixelSize::N1)},
                {"2", "2x", int(RenderPreviewPixelSize::N2)},
                {"4", "4x", int(RenderPreviewPixelSize::N4)},
                {"8", "8x", int(RenderPreviewPixelSize::N8)}});
    s.set_nested_in("Scene");
    return s.build();
  }();
  return schema;
}

namespace {

std::vector<EnumItem> denoising_pass_items() {
  return {
      {"RGB", "None", int(CyclesDenoisingInputPasses::Rgb)},
      {"RGB_ALBEDO", "Albedo", int(CyclesDenoisingInputPasses::RgbAlbedo)},
      {"RGB_ALBEDO_NORMAL", "Albedo and Normal", int(CyclesDenoisingInputPasses::RgbAlbedoNormal)}};
}

std::vector<EnumItem> denoising_prefilter_items() {
  return {{"NONE", "None", int(CyclesDenoisingPrefilter::None)},
          {"FAST", "Fast", int(CyclesDenoisingPrefilter::Fast)},
          {"ACCURATE", "Accurate", int(CyclesDenoisingPrefilter::Accurate)}};
}

void add_preview_quality(SchemaBuilder<CyclesRenderSettings>& s) {
  using T = CyclesRenderSettings;
  s.add<&T::use_preview_adaptive_sampling>("use_preview_adaptive_sampling", "Use Adaptive Sampling")
      .describe("Views give no more samples to pixels that are good enough");
  s.add<&T::preview_adaptive_threshold>("preview_adaptive_threshold", "Adaptive Sampling Threshold")
      .describe("How much noise pixels of views may keep; 0 chooses by the number of samples")
      .range(0, 1)
      .soft(0.001, 1)
      .step(3, 4);
  s.add<&T::preview_adaptive_min_samples>("preview_adaptive_min_samples", "Adaptive Min Samples")
      .describe("Samples that every pixel of a view gets; 0 chooses by the threshold")
      .range(0, 4096);
  s.add<&T::use_preview_denoising>("use_preview_denoising", "Use Viewport Denoising")
      .describe("Views show their picture without noise");
  s.add<&T::preview_denoising_input_passes>("preview_denoising_input_passes",
                                            "Viewport Input Passes")
      .describe("What the denoiser of views looks at besides the picture")
      .items(denoising_pass_items());
  s.add<&T::preview_denoising_prefilter>("preview_denoising_prefilter",
                                         "Viewport Denoising Prefilter")
      .describe("How albedo and normals are rid of noise for the denoiser of views")
      .items(denoising_prefilter_items());
  s.add<&T::preview_denoising_start_sample>("preview_denoising_start_sample", "Start Denoising")
      .describe("Samples a view has before it shows its picture without noise")
      .range(0, 16777216);
}

void add_light_finding(SchemaBuilder<CyclesRenderSettings>& s) {
  using T = CyclesRenderSettings;
  s.add<&T::direct_light_sampling_type>("direct_light_sampling_type", "Direct Light Sampling")
      .describe("How surfaces find the light that reaches them directly")
      .items({{"MULTIPLE_IMPORTANCE_SAMPLING", "Multiple Importance Sampling",
               int(CyclesDirectLightSampling::MultipleImportanceSampling)},
              {"FORWARD_PATH_TRACING", "Forward Path Tracing",
               int(CyclesDirectLightSampling::ForwardPathTracing)},
              {"NEXT_EVENT_ESTIMATION", "Next-Event Estimation",
               int(CyclesDirectLightSampling::NextEventEstimation)}});
  s.add<&T::use_fast_gi>("use_fast_gi", "Fast GI Approximation")
      .describe("Light of many bounces is guessed from how open surfaces are");
  s.add<&T::fast_gi_method>("fast_gi_method", "Fast GI Method")
      .describe("What becomes of the light that is followed")
      .items({{"REPLACE", "Replace", int(CyclesFastGiMethod::Replace)},
              {"ADD", "Add", int(CyclesFastGiMethod::Add)}});
  s.add<&T::ao_bounces>("ao_bounces", "AO Bounces")
      .describe(
          "Bounces in views before open sky takes the place of what is followed; 0 follows all")
      .range(0, 1024);
  s.add<&T::ao_bounces_render>("ao_bounces_render", "AO Bounces Render")
      .describe(
          "Bounces in renders before open sky takes the place of what is followed; 0 follows all")
      .range(0, 1024);
}

}  // namespace

const Schema& CyclesRenderSettings::schema() {
  static const Schema schema = [] {
    SchemaBuilder<CyclesRenderSettings> s("CyclesRenderSettings", "", &property_group_schema());
    s.add<&CyclesRenderSettings::device>("device", "Device")
        .items({{"CPU", "CPU", 0}, {"GPU", "GPU Compute", 1}});
    s.add<&CyclesRenderSettings::use_denoising>("use_denoising", "Use Denoising");
    s.add<&CyclesRenderSettings::samples>("samples", "Samples").range(1, 16777216);
    s.add<&CyclesRenderSettings::preview_samples>("preview_samples", "Viewport Samples")
        .range(0, 16777216)
        .soft(1, 16777216);
    s.add<&CyclesRenderSettings::sample_offset>("sample_offset", "Sample Offset")
        .range(0, 16777216);
    s.add<&CyclesRenderSettings::time_limit>("time_limit", "Time Limit")
        .range(0, infinity)
        .step(100, 2)
        .subtype(Subtype::None, Unit::TimeAbsolute);
    s.add<&CyclesRenderSettings::sampling_pattern>("sampling_pattern", "Sampling Pattern")
        .describe("How the random numbers of pixels are made")
        .items({{"SOBOL", "Sobol", int(CyclesSamplingPattern::Sobol),
                 "One sequence for all pixels, moved for each"},
                {"PROGRESSIVE_MULTI_JITTER", "Progressive Multi-Jitter",
                 int(CyclesSamplingPattern::ProgressiveMultiJitter),
                 "A well spread sequence of its own for each pixel"}});
    s.add<&CyclesRenderSettings::scrambling_distance>("scrambling_distance", "Scrambling Distance")
        .describe("How much the random numbers of neighbouring pixels differ")
        .range(0, infinity)
        .soft(0, 1)
        .step(3, 2);
    s.add<&CyclesRenderSettings::preview_scrambling_distance>("preview_scrambling_distance",
                                                              "Scrambling Distance viewport")
        .describe("The scrambling distance counts in 3D views too");
    s.add<&CyclesRenderSettings::auto_scrambling_distance>("auto_scrambling_distance",
                                                           "Automatic Scrambling Distance")
        .describe("The more samples there are, the shorter the scrambling distance");
    s.add<&CyclesRenderSettings::light_sampling_threshold>("light_sampling_threshold",
                                                           "Light Sampling Threshold")
        .range(0, 1)
        .step(3, 2);
    s.add<&CyclesRenderSettings::denoising_input_passes>("denoising_input_passes", "Input Passes")
        .items(denoising_pass_items());
    s.add<&CyclesRenderSettings::denoising_prefilter>("denoising_prefilter", "Denoising Prefilter")
        .describe("How albedo and normals are rid of noise before the picture is")
        .items(denoising_prefilter_items());
    add_light_finding(s);
    add_preview_quality(s);
    s.add<&CyclesRenderSettings::use_camera_cull>("use_camera_cull", "Use Camera Cull");
    s.add<&CyclesRenderSettings::camera_cull_margin>("camera_cull_margin", "Camera Cull Margin")
        .range(0, 5)
        .step(3, 2)
        .subtype(Subtype::Factor);
    s.add<&CyclesRenderSettings::use_distance_cull>("use_distance_cull", "Use Distance Cull");
    s.add<&CyclesRenderSettings::distance_cull_margin>("distance_cull_margin", "Cull Distance")
        .range(0, infinity)
        .step(3, 2)
        .subtype(Subtype::None, Unit::Length);
    const std::vector<EnumItem> limits{
        {"OFF", "No Limit", 0}, {"128", "128", 1},   {"256", "256", 2},   {"512", "512", 3},
        {"1024", "1024", 4},    {"2048", "2048", 5}, {"4096", "4096", 6}, {"8192", "8192", 7}};
    s.add<&CyclesRenderSettings::texture_limit>("texture_limit", "Viewport Texture Limit")
        .items(limits);
    s.add<&CyclesRenderSettings::texture_limit_render>("texture_limit_render",
                                                       "Render Texture Limit")
        .items(limits);
    s.add<&CyclesRenderSettings::use_adaptive_sampling>("use_adaptive_sampling",
                                                        "Use Adaptive Sampling");
    s.add<&CyclesRenderSettings::adaptive_threshold>("adaptive_threshold",
                                                     "Adaptive Sampling Threshold")
        .range(0, 1)
        .soft(0.001, 1)
        .step(3, 4);
    s.add<&CyclesRenderSettings::adaptive_min_samples>("adaptive_min_samples",
                                                       "Adaptive Min Samples")
        .range(0, 4096);
    s.add<&CyclesRenderSettings::min_light_bounces>("min_light_bounces", "Min Light Bounces")
        .range(0, 1024);
    s.add<&CyclesRenderSettings::min_transparent_bounces>("min_transparent_bounces",
                                                          "Min Transparent Bounces")
        .range(0, 1024);
    s.add<&CyclesRenderSettings::caustics_reflective>("caustics_reflective", "Reflective Caustics");
    s.add<&CyclesRenderSettings::caustics_refractive>("caustics_refractive", "Refractive Caustics");
    s.add<&CyclesRenderSettings::blur_glossy>("blur_glossy", "Filter Glossy")
        .range(0, 10)
        .step(3, 2);
    s.add<&CyclesRenderSettings::max_bounces>("max_bounces", "Max Bounces").range(0, 1024);
    s.add<&CyclesRenderSettings::diffuse_bounces>("diffuse_bounces", "Diffuse Bounces")
        .range(0, 1024);
    s.add<&CyclesRenderSettings::glossy_bounces>("glossy_bounces", "Glossy Bounces").range(0, 1024);
    s.add<&CyclesRenderSettings::transmission_bounces>("transmission_bounces",
                                                       "Transmission Bounces")
        .range(0, 1024);
    s.add<&CyclesRenderSettings::volume_bounces>("volume_bounces", "Volume Bounces").range(0, 1024);
    s.add<&CyclesRenderSettings::transparent_max_bounces>("transparent_max_bounces",
                                                          "Transparent Max Bounces")
        .range(0, 1024);
    s.add<&CyclesRenderSettings::film_exposure>("film_exposure", "Exposure")
        .range(0, 10)
        .step(3, 2);
    s.add<&CyclesRenderSettings::film_transparent_glass>("film_transparent_glass",
                                                         "Transparent Glass");
    s.add<&CyclesRenderSettings::film_transparent_roughness>("film_transparent_roughness",
                                                             "Transparent Roughness Threshold")
        .range(0, 1)
        .step(3, 2);
    s.add<&CyclesRenderSettings::pixel_filter_type>("pixel_filter_type", "Filter Type")
        .items({{"BOX", "Box", 0},
                {"GAUSSIAN", "Gaussian", 1},
                {"BLACKMAN_HARRIS", "Blackman-Harris", 2}});
    s.add<&CyclesRenderSettings::filter_width>("filter_width", "Filter Width")
        .range(0.01, 10)
        .step(3, 2)
        .subtype(Subtype::Pixel);
    s.add<&CyclesRenderSettings::seed>("seed", "Seed").range(0, infinity);
    s.add<&CyclesRenderSettings::use_animated_seed>("use_animated_seed", "Use Animated Seed");
    s.add<&CyclesRenderSettings::sample_clamp_direct>("sample_clamp_direct", "Clamp Direct")
        .range(0, 100000000)
        .step(3, 2);
    s.add<&CyclesRenderSettings::sample_clamp_indirect>("sample_clamp_indirect", "Clamp Indirect")
        .range(0, 100000000)
        .step(3, 2);
    s.add<&CyclesRenderSettings::motion_blur_position>("motion_blur_position",
                                                       "Motion Blur Position")
        .items({{"START", "Start on Frame", 0},
                {"CENTER", "Center on Frame", 1},
                {"END", "End on Frame", 2}});
    s.add<&CyclesRenderSettings::rolling_shutter_type>("rolling_shutter_type", "Shutter Type")
        .items({{"NONE", "None", 0}, {"TOP", "Top-Bottom", 1}});
    s.add<&CyclesRenderSettings::rolling_shutter_duration>("rolling_shutter_duration",
                                                           "Rolling Shutter Duration")
        .range(0, 1)
        .step(3, 2)
        .subtype(Subtype::Factor);
    s.add<&CyclesRenderSettings::preview_pause>("preview_pause", "Pause Preview");
    s.add<&CyclesRenderSettings::use_layer_samples>("use_layer_samples", "Layer Samples")
        .items({{"USE", "Use", int(CyclesUseLayerSamples::Use)},
                {"BOUNDED", "Bounded", int(CyclesUseLayerSamples::Bounded)},
                {"IGNORE", "Ignore", int(CyclesUseLayerSamples::Ignore)}});
    s.add<&CyclesRenderSettings::debug_use_spatial_splits>("debug_use_spatial_splits",
                                                           "Use Spatial Splits");
    s.add<&CyclesRenderSettings::debug_use_compact_bvh>("debug_use_compact_bvh", "Use Compact BVH");
    s.add<&CyclesRenderSettings::bake_type>("bake_type", "Bake Type")
        .items({{"COMBINED", "Combined", int(CyclesBakeType::Combined)},
                {"AO", "Ambient Occlusion", int(CyclesBakeType::Ao)},
                {"SHADOW", "Shadow", int(CyclesBakeType::Shadow)},
                {"POSITION", "Position", int(CyclesBakeType::Position)},
                {"NORMAL", "Normal", int(CyclesBakeType::Normal)},
                {"UV", "UV", int(CyclesBakeType::Uv)},
                {"ROUGHNESS", "Roughness", int(CyclesBakeType::Roughness)},
                {"EMIT", "Emit", int(CyclesBakeType::Emit)},
                {"ENVIRONMENT", "Environment", int(CyclesBakeType::Environment)},
                {"DIFFUSE", "Diffuse", int(CyclesBakeType::Diffuse)},
                {"GLOSSY", "Glossy", int(CyclesBakeType::Glossy)},
                {"TRANSMISSION", "Transmission", int(CyclesBakeType::Transmission)}});
    return s.build();
  }();
  return schema;
}

void register_render_settings(Registry& registry) {
  registry.add(BakeSettings::schema());
  for (const Schema* schema :
       {&ImageFormatSettings::schema(), &RenderSettings::schema(), &CyclesRenderSettings::schema(),
        &ColorViewSettings::schema(), &ColorDisplaySettings::schema()}) {
    registry.add(*schema);
  }
}

}  // namespace kiln
