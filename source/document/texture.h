#pragma once

#include "core/noise.h"
#include "document/color_ramp.h"
#include "document/data_block.h"

namespace kiln {

struct Image;
class NodeTree;

/// A pattern in space or an image, for modifiers, brushes and particles. All settings of all types
/// are here; the type says which of them the interface shows. Values and order of the enumerations
/// as in the Python interface.
struct Texture : Block<Texture, BlockType::Texture> {
  enum class Type : std::uint8_t {
    None = 0,
    Clouds = 1,
    Wood = 2,
    Marble = 3,
    Magic = 4,
    Blend = 5,
    Stucci = 6,
    Noise = 7,
    Image = 8,
    Musgrave = 11,
    Voronoi = 12,
    DistortedNoise = 13
  };
  enum class Basis : std::uint8_t {
    BlenderOriginal = 0,
    OriginalPerlin,
    ImprovedPerlin,
    VoronoiF1,
    VoronoiF2,
    VoronoiF3,
    VoronoiF4,
    VoronoiF2F1,
    VoronoiCrackle,
    CellNoise = 14
  };
  enum class Wave : std::uint8_t { Sine, Saw, Triangle };
  enum class NoiseType : std::uint8_t { Soft, Hard };
  enum class Metric : std::uint8_t {
    Distance,
    DistanceSquared,
    Manhattan,
    Chebychev,
    MinkovskyHalf,
    MinkovskyFour,
    Minkovsky
  };
  enum class Progression : std::uint8_t {
    Linear,
    Quadratic,
    Easing,
    Diagonal,
    Spherical,
    QuadraticSphere,
    Radial
  };
  enum class FlipAxis : std::uint8_t { Horizontal = 0, Vertical = 2 };
  enum class WoodType : std::uint8_t { Bands, Rings, BandNoise, RingNoise };
  enum class MarbleType : std::uint8_t { Soft, Sharp, Sharper };
  enum class StucciType : std::uint8_t { Plastic, WallIn, WallOut };
  enum class CloudType : std::uint8_t { Grayscale, Color };
  enum class MusgraveType : std::uint8_t {
    Multifractal,
    RidgedMultifractal,
    HybridMultifractal,
    Fbm,
    HeteroTerrain
  };
  enum class VoronoiColor : std::uint8_t {
    Intensity,
    Position,
    PositionOutline,
    PositionOutlineIntensity
  };
  enum class Extension : std::uint8_t {
    Repeat = 0,
    Extend = 1,
    Clip = 2,
    ClipCube = 4,
    Checker = 5
  };
  enum class Filter : std::uint8_t { Box, Ewa, Feline, Area };

  Type kind = Type::Image;
  bool use_clamp = true;
  bool use_color_ramp = false;
  ColorRamp color_ramp;
  float intensity = 1, contrast = 1, saturation = 1;
  float factor_red = 1, factor_green = 1, factor_blue = 1;
  bool use_preview_alpha = false;
  bool use_nodes = false;
  BlockRef<NodeTree> node_tree;

  // What several types share.
  float noise_scale = 0.25f;
  int noise_depth = 2;
  Basis noise_basis = Basis::BlenderOriginal;
  Wave noise_basis_2 = Wave::Sine;
  NoiseType noise_type = NoiseType::Soft;
  float turbulence = 5;
  float nabla = 0.025f;
  float noise_intensity = 1;

  Progression progression = Progression::Linear;
  FlipAxis flip_axis = FlipAxis::Horizontal;
  CloudType cloud_type = CloudType::Grayscale;
  WoodType wood_type = WoodType::Bands;
  MarbleType marble_type = MarbleType::Soft;
  StucciType stucci_type = StucciType::Plastic;
  float distortion = 1;
  Basis noise_distortion = Basis::BlenderOriginal;
  MusgraveType musgrave_type = MusgraveType::Multifractal;
  float dimension_max = 1, lacunarity = 2, octaves = 2, offset = 1, gain = 1;
  std::array<float, 4> weights{1, 0, 0, 0};  ///< of the nearest, second nearest, ... feature point
  float minkovsky_exponent = 2.5f;
  Metric distance_metric = Metric::Distance;
  VoronoiColor color_mode = VoronoiColor::Intensity;

  // Image.
  BlockRef<struct Image> image;
  bool use_interpolation = true, use_image_flip_axis = false, use_alpha = true,
       use_calculate_alpha = false;
  bool invert_alpha = false, use_mipmap = true, use_mipmap_gauss = false, use_normal_map = false;
  Filter filter_type = Filter::Ewa;
  int filter_lightprobes = 8, filter_eccentricity = 8;
  bool use_filter_size_min = false;
  float filter_size = 1;
  Extension extension = Extension::Repeat;
  int repeat_x = 1, repeat_y = 1;
  bool use_mirror_x = false, use_mirror_y = false, use_checker_odd = true, use_checker_even = false;
  float checker_distance = 0;
  float crop_min_x = 0, crop_min_y = 0, crop_max_x = 1, crop_max_y = 1;

  /// The schema of its type, such as CloudsTexture.
  const Schema& dynamic_schema() const override;
  static const Schema& schema();
};

std::vector<EnumItem> texture_type_items();
void register_texture_types(Registry& registry);

}  // namespace kiln
