#pragma once

#include <string>

#include "document/bake_settings.h"
#include "document/color_settings.h"
#include "document/curve_mapping.h"
#include "document/data_block.h"

namespace kiln {

enum class ImageFormatSettingsFileFormat : std::uint8_t {
  Bmp = 20,
  Iris = 1,
  Png = 17,
  Jpeg = 4,
  Jpeg2000 = 30,
  Targa = 0,
  TargaRaw = 14,
  Cineon = 26,
  Dpx = 27,
  OpenExrMultilayer = 28,
  OpenExr = 23,
  Hdr = 21,
  Tiff = 22,
  Webp = 35,
  AviJpeg = 16,
  AviRaw = 15,
  Ffmpeg = 24
};
enum class PictureColorManagement : std::uint8_t { FollowScene, Override };
enum class ImageFormatSettingsColorMode : std::uint8_t { Bw = 8, Rgb = 24, Rgba = 32 };
enum class ImageFormatSettingsColorDepth : std::uint8_t {
  N8 = 2,
  N10 = 4,
  N12 = 8,
  N16 = 16,
  N32 = 64
};
enum class ImageFormatSettingsExrCodec : std::uint8_t {
  None = 0,
  Pxr24 = 1,
  Zip = 2,
  Piz = 3,
  Rle = 4,
  Zips = 5,
  B44 = 6,
  B44a = 7,
  Dwaa = 8,
  Dwab = 9
};
enum class ImageFormatSettingsTiffCodec : std::uint8_t {
  None = 3,
  Deflate = 0,
  Lzw = 1,
  Packbits = 2
};
enum class ImageFormatSettingsJpeg2kCodec : std::uint8_t { Jp2 = 0, J2k = 1 };
enum class RenderSettingsThreadsMode : std::int32_t { Auto = 0, Fixed = 524288 };
enum class CyclesRenderSettingsDevice : std::uint8_t { Cpu = 0, Gpu = 1 };
enum class CyclesRenderSettingsPixelFilterType : std::uint8_t {
  Box = 0,
  Gaussian = 1,
  BlackmanHarris = 2
};
enum class CyclesRenderSettingsMotionBlurPosition : std::uint8_t { Start = 0, Center = 1, End = 2 };
enum class CyclesRenderSettingsRollingShutterType : std::uint8_t { None = 0, Top = 1 };

enum class CyclesUseLayerSamples : std::uint8_t { Use = 0, Bounded = 1, Ignore = 2 };
enum class CyclesBakeType : std::uint8_t {
  Combined = 0,
  Ao = 1,
  Shadow = 2,
  Position = 11,
  Normal = 3,
  Uv = 4,
  Roughness = 5,
  Emit = 6,
  Environment = 7,
  Diffuse = 8,
  Glossy = 9,
  Transmission = 10
};

/// What the denoiser may look at besides the picture.
enum class CyclesDirectLightSampling : std::uint8_t {
  MultipleImportanceSampling,
  ForwardPathTracing,
  NextEventEstimation
};
enum class CyclesSamplingPattern : std::uint8_t { Sobol = 0, ProgressiveMultiJitter = 1 };
enum class CyclesFastGiMethod : std::uint8_t { Replace, Add };
enum class CyclesDenoisingInputPasses : std::uint8_t {
  Rgb = 1,
  RgbAlbedo = 2,
  RgbAlbedoNormal = 3
};
/// Whether what the denoiser looks at besides the picture is rid of its own noise before.
enum class CyclesDenoisingPrefilter : std::uint8_t { None = 1, Fast = 2, Accurate = 3 };
/// The longest side of pictures that shaders see: 64 shifted left; 0: any.
enum class CyclesTextureLimit : std::uint8_t { Off, N128, N256, N512, N1024, N2048, N4096, N8192 };
enum class RenderPreviewPixelSize : std::uint8_t { Auto = 0, N1 = 1, N2 = 2, N4 = 4, N8 = 8 };

/// How pictures are written.
struct ImageFormatSettings {
  ImageFormatSettingsFileFormat file_format = ImageFormatSettingsFileFormat::Png;
  ImageFormatSettingsColorMode color_mode = ImageFormatSettingsColorMode::Rgba;
  ImageFormatSettingsColorDepth color_depth = ImageFormatSettingsColorDepth::N8;
  int quality = 90;
  int compression = 15;
  ImageFormatSettingsExrCodec exr_codec = ImageFormatSettingsExrCodec::None;
  ImageFormatSettingsTiffCodec tiff_codec = ImageFormatSettingsTiffCodec::Deflate;
  ImageFormatSettingsJpeg2kCodec jpeg2k_codec = ImageFormatSettingsJpeg2kCodec::Jp2;
  bool use_zbuffer = false;               ///< OpenEXR of one layer gets the depth as a channel
  bool use_preview = false;               ///< a JPEG is written beside each OpenEXR
  bool use_jpeg2k_ycc = false;            ///< brightness and two colors instead of RGB
  bool use_jpeg2k_cinema_preset = false;  ///< as digital cinema wants it
  bool use_jpeg2k_cinema_48 = false;      ///< for 48 frames a second
  // Cineon and DPX: density by the logarithm of light; 0 is what printing density says.
  bool use_cineon_log = false;
  int cineon_black = 0, cineon_white = 0;  ///< in 1024 steps
  float cineon_gamma = 0.0f;               ///< of the film
  PictureColorManagement color_management = PictureColorManagement::FollowScene;
  ColorViewSettings
      view_settings;  ///< in place of the scene's where color management is overridden
  ColorDisplaySettings display_settings;
  std::string linear_color_space = "Linear";  ///< of formats that hold light, where overridden
  /// Whether the format holds light.
  bool has_linear_color_space() const;
  static const Schema& schema();
};

/// Size, frames and files of a render.
struct RenderSettings {
  int resolution_x = 1920;
  int resolution_y = 1080;
  int resolution_percentage = 100;
  float pixel_aspect_x = 1.0f;
  float pixel_aspect_y = 1.0f;
  int fps = 24;
  float fps_base = 1.0f;
  int frame_map_old = 100;
  int frame_map_new = 100;
  float dither_intensity = 1.0f;
  float filter_size = 1.5f;
  bool film_transparent = false;
  int threads = 1;
  RenderSettingsThreadsMode threads_mode = RenderSettingsThreadsMode::Auto;
  bool use_motion_blur = false;
  float motion_blur_shutter = 0.5f;
  CurveMapping motion_blur_shutter_curve;  ///< opening of the shutter over its time
  bool use_border = false;
  float border_min_x = 0.0f;
  float border_min_y = 0.0f;
  float border_max_x = 1.0f;
  float border_max_y = 1.0f;
  bool use_crop_to_border = false;
  bool use_placeholder = false;
  bool use_overwrite = false;
  bool use_compositing = true;
  bool use_sequencer = true;
  bool use_file_extension = true;
  std::string filepath;
  bool use_simplify = false;
  int simplify_subdivision = 6;
  int simplify_subdivision_render = 0;
  bool use_persistent_data = false;
  std::string engine = "BLENDER_EEVEE";
  // What pictures that are written tell about themselves, and show if `use_stamp`.
  bool use_stamp = false;
  bool use_stamp_labels = true;
  int stamp_font_size = 12;  ///< pixels
  float4 stamp_foreground{0.8f, 0.8f, 0.8f, 1.0f};
  float4 stamp_background{0.0f, 0.0f, 0.0f, 0.25f};
  bool use_stamp_time = true;
  bool use_stamp_date = true;
  bool use_stamp_frame = true;
  bool use_stamp_frame_range = false;
  bool use_stamp_camera = true;
  bool use_stamp_lens = false;
  bool use_stamp_scene = true;
  bool use_stamp_note = false;
  bool use_stamp_marker = false;
  bool use_stamp_filename = true;
  bool use_stamp_render_time = true;
  std::string stamp_note_text;
  bool use_stamp_memory = true;
  bool use_stamp_hostname = false;
  RenderPreviewPixelSize preview_pixel_size = RenderPreviewPixelSize::Auto;
  bool use_single_layer = false;    ///< the active view layer alone is rendered
  bool use_lock_interface = false;  ///< editors take no edits while a render runs
  ImageFormatSettings image_settings;
  BakeSettings bake;

  RenderSettings();
  /// Size of the picture in pixels, percentage applied.
  int2 size() const;
  static const Schema& schema();
};

/// Settings of the path tracer.
struct CyclesRenderSettings {
  CyclesRenderSettingsDevice device = CyclesRenderSettingsDevice::Cpu;
  bool use_denoising = true;
  int samples = 4096;
  int preview_samples = 1024;
  int sample_offset = 0;
  float time_limit = 0.0f;
  CyclesSamplingPattern sampling_pattern = CyclesSamplingPattern::ProgressiveMultiJitter;
  float scrambling_distance = 1.0f;          ///< how much samples differ from pixel to pixel
  bool preview_scrambling_distance = false;  ///< that counts in views too
  bool auto_scrambling_distance = false;     ///< it follows from the number of samples
  float light_sampling_threshold = 0.01f;
  CyclesDirectLightSampling direct_light_sampling_type =
      CyclesDirectLightSampling::MultipleImportanceSampling;
  bool use_adaptive_sampling = true;
  float adaptive_threshold = 0.01f;
  CyclesDenoisingInputPasses denoising_input_passes = CyclesDenoisingInputPasses::RgbAlbedoNormal;
  CyclesDenoisingPrefilter denoising_prefilter = CyclesDenoisingPrefilter::Accurate;
  int adaptive_min_samples = 0;
  // The same in views.
  bool use_preview_adaptive_sampling = true;
  float preview_adaptive_threshold = 0.1f;
  int preview_adaptive_min_samples = 0;
  bool use_preview_denoising = false;
  CyclesDenoisingInputPasses preview_denoising_input_passes = CyclesDenoisingInputPasses::RgbAlbedo;
  CyclesDenoisingPrefilter preview_denoising_prefilter = CyclesDenoisingPrefilter::Fast;
  int preview_denoising_start_sample = 1;  ///< with fewer the picture is shown as it is
  int min_light_bounces = 0;
  int min_transparent_bounces = 0;
  bool caustics_reflective = true;
  bool caustics_refractive = true;
  float blur_glossy = 1.0f;
  int max_bounces = 12;
  int diffuse_bounces = 4;
  int glossy_bounces = 4;
  int transmission_bounces = 12;
  int volume_bounces = 0;
  int transparent_max_bounces = 8;
  float film_exposure = 1.0f;
  bool film_transparent_glass = false;
  float film_transparent_roughness = 0.1f;
  CyclesRenderSettingsPixelFilterType pixel_filter_type =
      CyclesRenderSettingsPixelFilterType::BlackmanHarris;
  float filter_width = 1.5f;
  int seed = 0;
  bool use_animated_seed = false;
  float sample_clamp_direct = 0.0f;
  float sample_clamp_indirect = 10.0f;
  CyclesRenderSettingsMotionBlurPosition motion_blur_position =
      CyclesRenderSettingsMotionBlurPosition::Center;
  CyclesRenderSettingsRollingShutterType rolling_shutter_type =
      CyclesRenderSettingsRollingShutterType::None;
  float rolling_shutter_duration = 0.1f;
  bool preview_pause = false;
  // With the scene's `use_simplify`.
  bool use_camera_cull = false;  ///< objects that allow it are left out where the camera sees none
  float camera_cull_margin = 0.1f;  ///< of the picture's size
  bool use_distance_cull = false;
  float distance_cull_margin = 50.0f;
  CyclesTextureLimit texture_limit = CyclesTextureLimit::Off;
  CyclesTextureLimit texture_limit_render = CyclesTextureLimit::Off;
  CyclesUseLayerSamples use_layer_samples = CyclesUseLayerSamples::Use;
  // Light of many bounces is told from how open surfaces are (`World::light_settings`).
  bool use_fast_gi = false;
  CyclesFastGiMethod fast_gi_method = CyclesFastGiMethod::Replace;
  int ao_bounces = 1;         ///< in views: bounces that light makes before; 0 follows all
  int ao_bounces_render = 1;  ///< the same in renders
  bool debug_use_spatial_splits = false;
  bool debug_use_compact_bvh = false;
  CyclesBakeType bake_type = CyclesBakeType::Combined;
  static const Schema& schema();
};

/// The file name extension of a format, with the dot.
std::string_view file_extension(ImageFormatSettingsFileFormat format);

/// The formats pictures and films are written in, as the interface lists them.
std::vector<EnumItem> picture_format_items();

void register_render_settings(class Registry& registry);

}  // namespace kiln
