#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "render/pathtracer/sampler.h"

namespace kiln::render {

enum class PixelFilter : std::uint8_t { Box, Gaussian, BlackmanHarris };

/// What a picture can hold besides colour; the names are those of the layers in multi-layer files.
enum class PassKind : std::uint8_t {
  Combined,
  Depth,
  Normal,
  Position,
  UV,
  Mist,
  ObjectIndex,
  MaterialIndex,
  DiffuseDirect,
  DiffuseIndirect,
  DiffuseColor,
  GlossyDirect,
  GlossyIndirect,
  GlossyColor,
  TransmissionDirect,
  TransmissionIndirect,
  TransmissionColor,
  Emission,
  Environment,
  Shadow,
  AmbientOcclusion,
  Vector,
  Aov,
  LightGroup,       ///< the combined picture by the light of one group alone
  SampleCount,      ///< share of the samples that the pixel got
  DenoisingAlbedo,  ///< what the denoiser looks at, of the first surface
  DenoisingNormal,  ///< the same, as the camera sees it, with Z away from it
  DenoisingDepth,
  Noisy,  ///< the combined picture before it is denoised
  CryptomatteObject,
  CryptomatteMaterial,
  CryptomatteAsset,
};

/// How surfaces find the light that reaches them without another bounce.
enum class LightSampling : std::uint8_t {
  Multiple,  ///< lights are sampled and met, each weighted by how well it finds them
  Forward,   ///< lights are met only
  Explicit,  ///< lights that can be sampled are sampled only
};

/// Light of many bounces told from how open surfaces are, instead of or besides following it.
enum class FastGi : std::uint8_t {
  Off,
  /// After `ao_bounces` diffuse bounces, what is farther away than the occlusion distance does not
  /// hide the background, and paths end at what is nearer.
  Replace,
  /// Diffuse surfaces get white light from everywhere that nothing within the occlusion distance
  /// hides.
  Add,
};

/// How features are rid of their noise before a picture is denoised with them.
enum class DenoisePrefilter : std::uint8_t { None, Fast, Accurate };

/// One pass that is wanted.
struct PassRequest {
  PassKind kind = PassKind::Combined;
  std::string name;      ///< Aov: name of the AOV output; LightGroup: of the group
  bool is_color = true;  ///< Aov: colour (4 channels) rather than value (1 channel)
  int depth = 0;         ///< Cryptomatte: number of levels (two identifiers a layer of 4 channels);
                         ///< LightGroup: number of the group, by which lights name it
  /// Cryptomatte: counts more names than it shows, so that the heaviest of them are shown.
  bool is_accurate = true;
  bool operator==(const PassRequest&) const = default;
};

/// A part of a picture in pixels from its lower left corner; the ends are outside.
struct PixelRect {
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  bool is_empty() const { return x1 <= x0 || y1 <= y0; }
};

/// Everything about the picture and the way light is followed that is no part of the scene.
struct RenderSettings {
  int width = 1920;
  int height = 1080;
  float pixel_aspect_x = 1.0f, pixel_aspect_y = 1.0f;
  PixelRect border;              ///< nothing else is rendered; empty: everything is
  bool crops_to_border = false;  ///< the picture is no larger than the border
  int samples = 128;
  int sample_offset = 0;  ///< first sample; pictures of disjoint ranges can be merged
  std::uint32_t seed = 0;
  SamplingStyle sampling;

  PixelFilter filter = PixelFilter::BlackmanHarris;
  float filter_width = 1.5f;  ///< pixels
  float exposure = 1.0f;      ///< factor on every light quantity
  bool film_transparent = false;
  bool film_transparent_glass = false;
  float film_transparent_roughness = 0.1f;

  int max_bounces = 12;
  int diffuse_bounces = 4;
  int glossy_bounces = 4;
  int transmission_bounces = 12;
  int volume_bounces = 0;
  int transparent_max_bounces = 8;
  int min_light_bounces = 0;  ///< bounces before paths may end by chance
  int min_transparent_bounces = 0;
  float sample_clamp_direct = 0.0f;    ///< 0: unlimited
  float sample_clamp_indirect = 0.0f;  ///< 0: unlimited
  float blur_glossy = 0.0f;            ///< 0: off
  bool caustics_reflective = true;
  bool caustics_refractive = true;
  float light_sampling_threshold = 0.01f;
  LightSampling light_sampling = LightSampling::Multiple;
  FastGi fast_gi = FastGi::Off;
  int ao_bounces = 1;  ///< FastGi::Replace: diffuse bounces; the last of them is short; 0: off

  bool use_motion_blur = false;
  /// When the shutter is open: equally likely times in [0, 1], in order; empty: all alike.
  std::vector<float> shutter_times;
  /// Rows are exposed one after the other from the top down; each for this share of the shutter's
  /// time, 1 for all at once. 1 without a rolling shutter.
  float row_exposure = 1.0f;

  /// Pixels stop where their error is below the threshold; `samples` is then the most they get.
  bool use_adaptive_sampling = false;
  float adaptive_threshold = 0.01f;  ///< 0: as fits the number of samples
  int adaptive_min_samples = 0;      ///< before a pixel may stop; 0: as fits the threshold
  /// Seconds after which no further chunk of samples begins; 0: no limit. Only with 0 the picture
  /// depends on nothing but scene and settings.
  float time_limit = 0.0f;
  /// Surfaces that are less opaque are passed by depth, indices and the like.
  float pass_alpha_threshold = 0.5f;
  bool splits_triangles = false;  ///< BVH: large triangles in several places; slower to build
  bool has_compact_bvh = false;   ///< BVH: less memory, slower rays
  /// The combined pass is filtered when all samples are there.
  bool use_denoising = false;
  bool denoises_with_albedo = true, denoises_with_normals = true;
  DenoisePrefilter denoise_prefilter = DenoisePrefilter::None;

  std::vector<PassRequest> passes{{PassKind::Combined, {}, true, 0}};
  /// Samples of a pixel that are added up before they are added to the picture. A part of what the
  /// picture is: pictures are equal to the bit only for equal chunks.
  int samples_per_chunk = 16;
};

}  // namespace kiln::render
