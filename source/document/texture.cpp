#include "document/texture.h"

#include "core/schema/registry.h"
#include "document/image.h"
#include "document/node_tree.h"

namespace kiln {
namespace {

using T = Texture;

template <auto Member>
PropertyBuilder add(SchemaBuilder<T>& s, std::string identifier, std::string label) {
  return s.add<Member>(std::move(identifier), std::move(label)).changes(Change::Shading);
}

std::vector<EnumItem> basis_items() {
  return {
      {"BLENDER_ORIGINAL", "Blender Original", 0,
       "Noise algorithm - Blender original: Smooth interpolated noise"},
      {"ORIGINAL_PERLIN", "Original Perlin", 1,
       "Noise algorithm - Original Perlin: Smooth interpolated noise"},
      {"IMPROVED_PERLIN", "Improved Perlin", 2,
       "Noise algorithm - Improved Perlin: Smooth interpolated noise"},
      {"VORONOI_F1", "Voronoi F1", 3,
       "Noise algorithm - Voronoi F1: Returns distance to the closest feature point"},
      {"VORONOI_F2", "Voronoi F2", 4,
       "Noise algorithm - Voronoi F2: Returns distance to the 2nd closest feature point"},
      {"VORONOI_F3", "Voronoi F3", 5,
       "Noise algorithm - Voronoi F3: Returns distance to the 3rd closest feature point"},
      {"VORONOI_F4", "Voronoi F4", 6,
       "Noise algorithm - Voronoi F4: Returns distance to the 4th closest feature point"},
      {"VORONOI_F2_F1", "Voronoi F2-F1", 7, "Noise algorithm - Voronoi F1-F2"},
      {"VORONOI_CRACKLE", "Voronoi Crackle", 8,
       "Noise algorithm - Voronoi Crackle: Voronoi tessellation with sharp edges"},
      {"CELL_NOISE", "Cell Noise", 14, "Noise algorithm - Cell Noise: Square cell tessellation"}};
}

void add_noise_scale(SchemaBuilder<T>& s) {
  add<&T::noise_scale>(s, "noise_scale", "Noise Size")
      .range(0.0001, infinity)
      .soft(0.0001, 2)
      .step(1, 2);
}
void add_noise_depth(SchemaBuilder<T>& s) {
  add<&T::noise_depth>(s, "noise_depth", "Noise Depth").range(0, 30).soft(0, 24);
}
void add_noise_basis(SchemaBuilder<T>& s) {
  add<&T::noise_basis>(s, "noise_basis", "Noise Basis").items(basis_items());
}
void add_wave(SchemaBuilder<T>& s, const char* sine) {
  add<&T::noise_basis_2>(s, "noise_basis_2", "Noise Basis 2")
      .items({{"SIN", sine, 0}, {"SAW", "Saw", 1}, {"TRI", "Tri", 2}});
}
void add_noise_type(SchemaBuilder<T>& s) {
  add<&T::noise_type>(s, "noise_type", "Noise Type")
      .items({{"SOFT_NOISE", "Soft", 0}, {"HARD_NOISE", "Hard", 1}});
}
void add_turbulence(SchemaBuilder<T>& s) {
  add<&T::turbulence>(s, "turbulence", "Turbulence")
      .range(0.0001, infinity)
      .soft(0.0001, 200)
      .step(10, 2);
}
void add_nabla(SchemaBuilder<T>& s) {
  add<&T::nabla>(s, "nabla", "Nabla").range(0.001, 0.1).step(1, 2);
}

void add_blend(SchemaBuilder<T>& s) {
  add<&T::progression>(s, "progression", "Progression")
      .items({{"LINEAR", "Linear", 0},
              {"QUADRATIC", "Quadratic", 1},
              {"EASING", "Easing", 2},
              {"DIAGONAL", "Diagonal", 3},
              {"SPHERICAL", "Spherical", 4},
              {"QUADRATIC_SPHERE", "Quadratic Sphere", 5},
              {"RADIAL", "Radial", 6}});
  add<&T::flip_axis>(s, "use_flip_axis", "Flip Axis")
      .items({{"HORIZONTAL", "Horizontal", 0}, {"VERTICAL", "Vertical", 2}});
}

void add_clouds(SchemaBuilder<T>& s) {
  add_noise_scale(s);
  add_noise_depth(s);
  add_noise_basis(s);
  add_noise_type(s);
  add<&T::cloud_type>(s, "cloud_type", "Color")
      .items({{"GRAYSCALE", "Grayscale", 0}, {"COLOR", "Color", 1}});
  add_nabla(s);
}

void add_distorted_noise(SchemaBuilder<T>& s) {
  add<&T::distortion>(s, "distortion", "Distortion Amount").range(0, 10);
  add_noise_scale(s);
  add_noise_basis(s);
  add<&T::noise_distortion>(s, "noise_distortion", "Noise Distortion").items(basis_items());
  add_nabla(s);
}

void add_magic(SchemaBuilder<T>& s) {
  add_turbulence(s);
  add_noise_depth(s);
}

void add_marble(SchemaBuilder<T>& s) {
  add_noise_scale(s);
  add_turbulence(s);
  add_noise_depth(s);
  add_noise_type(s);
  add<&T::marble_type>(s, "marble_type", "Pattern")
      .items({{"SOFT", "Soft", 0}, {"SHARP", "Sharp", 1}, {"SHARPER", "Sharper", 2}});
  add_noise_basis(s);
  add_wave(s, "Sin");
  add_nabla(s);
}

void add_musgrave(SchemaBuilder<T>& s) {
  add<&T::musgrave_type>(s, "musgrave_type", "Type")
      .items({{"MULTIFRACTAL", "Multifractal", 0},
              {"RIDGED_MULTIFRACTAL", "Ridged Multifractal", 1},
              {"HYBRID_MULTIFRACTAL", "Hybrid Multifractal", 2},
              {"FBM", "fBM", 3},
              {"HETERO_TERRAIN", "Hetero Terrain", 4}});
  add<&T::dimension_max>(s, "dimension_max", "Highest Dimension").range(0.0001, 2).step(1, 2);
  add<&T::lacunarity>(s, "lacunarity", "Lacunarity").range(0, 6).step(1, 2);
  add<&T::octaves>(s, "octaves", "Octaves").range(0, 8).step(1, 2);
  add<&T::offset>(s, "offset", "Offset").range(0, 6).step(1, 2);
  add<&T::gain>(s, "gain", "Gain").range(0, 6).step(1, 2);
  add<&T::noise_intensity>(s, "noise_intensity", "Noise Intensity").range(0, 10).step(1, 2);
  add_noise_scale(s);
  add_noise_basis(s);
  add_nabla(s);
}

void add_stucci(SchemaBuilder<T>& s) {
  add_turbulence(s);
  add_noise_basis(s);
  add_noise_scale(s);
  add_noise_type(s);
  add<&T::stucci_type>(s, "stucci_type", "Pattern")
      .items({{"PLASTIC", "Plastic", 0}, {"WALL_IN", "Wall In", 1}, {"WALL_OUT", "Wall Out", 2}});
}

template <std::size_t I>
void add_weight(SchemaBuilder<T>& s) {
  s.add_column<float>(
       fmt::format("weight_{}", I + 1), fmt::format("Weight {}", I + 1),
       [](const void* data, std::int64_t) -> const void* {
         return &static_cast<const T*>(data)->weights[I];
       },
       [](void* data, std::int64_t) -> void* { return &static_cast<T*>(data)->weights[I]; },
       /*is_contiguous=*/false)
      .range(-2, 2)
      .default_value(I == 0 ? 1.0f : 0.0f)
      .changes(Change::Shading)
      .stored();
}

void add_voronoi(SchemaBuilder<T>& s) {
  add_weight<0>(s);
  add_weight<1>(s);
  add_weight<2>(s);
  add_weight<3>(s);
  add<&T::minkovsky_exponent>(s, "minkovsky_exponent", "Minkowski Exponent").range(0.01, 10);
  add<&T::distance_metric>(s, "distance_metric", "Distance Metric")
      .items({{"DISTANCE", "Actual Distance", 0},
              {"DISTANCE_SQUARED", "Distance Squared", 1},
              {"MANHATTAN", "Manhattan", 2},
              {"CHEBYCHEV", "Chebychev", 3},
              {"MINKOVSKY_HALF", "Minkowski 1/2", 4},
              {"MINKOVSKY_FOUR", "Minkowski 4", 5},
              {"MINKOVSKY", "Minkowski", 6}});
  add<&T::color_mode>(s, "color_mode", "Coloring")
      .items({{"INTENSITY", "Intensity", 0},
              {"POSITION", "Position", 1},
              {"POSITION_OUTLINE", "Position and Outline", 2},
              {"POSITION_OUTLINE_INTENSITY", "Position, Outline, and Intensity", 3}});
  add<&T::noise_intensity>(s, "noise_intensity", "Noise Intensity").range(0.01, 10);
  add_noise_scale(s);
  add_nabla(s);
}

void add_wood(SchemaBuilder<T>& s) {
  add_noise_scale(s);
  add_turbulence(s);
  add_noise_basis(s);
  add_noise_type(s);
  add<&T::wood_type>(s, "wood_type", "Pattern")
      .items({{"BANDS", "Bands", 0},
              {"RINGS", "Rings", 1},
              {"BANDNOISE", "Band Noise", 2},
              {"RINGNOISE", "Ring Noise", 3}});
  add_wave(s, "Sine");
  add_nabla(s);
}

void add_image(SchemaBuilder<T>& s) {
  add<&T::use_interpolation>(s, "use_interpolation", "Interpolation");
  add<&T::use_image_flip_axis>(s, "use_flip_axis", "Flip Axis");
  add<&T::use_alpha>(s, "use_alpha", "Use Alpha");
  add<&T::use_calculate_alpha>(s, "use_calculate_alpha", "Calculate Alpha");
  add<&T::invert_alpha>(s, "invert_alpha", "Invert Alpha");
  add<&T::use_mipmap>(s, "use_mipmap", "MIP Map");
  add<&T::use_mipmap_gauss>(s, "use_mipmap_gauss", "MIP Map Gaussian filter");
  add<&T::filter_type>(s, "filter_type", "Filter")
      .items({{"BOX", "Box", 0}, {"EWA", "EWA", 1}, {"FELINE", "FELINE", 2}, {"AREA", "Area", 3}});
  add<&T::filter_lightprobes>(s, "filter_lightprobes", "Filter Probes").range(1, 256);
  add<&T::filter_eccentricity>(s, "filter_eccentricity", "Filter Eccentricity").range(1, 256);
  add<&T::use_filter_size_min>(s, "use_filter_size_min", "Minimum Filter Size");
  add<&T::filter_size>(s, "filter_size", "Filter Size").range(0.1, 50).step(1, 2);
  add<&T::extension>(s, "extension", "Extension")
      .items({{"EXTEND", "Extend", 1},
              {"CLIP", "Clip", 2},
              {"CLIP_CUBE", "Clip Cube", 4},
              {"REPEAT", "Repeat", 0},
              {"CHECKER", "Checker", 5}});
  add<&T::repeat_x>(s, "repeat_x", "Repeat X").range(1, 512);
  add<&T::repeat_y>(s, "repeat_y", "Repeat Y").range(1, 512);
  add<&T::use_mirror_x>(s, "use_mirror_x", "Mirror X");
  add<&T::use_mirror_y>(s, "use_mirror_y", "Mirror Y");
  add<&T::use_checker_odd>(s, "use_checker_odd", "Checker Odd");
  add<&T::use_checker_even>(s, "use_checker_even", "Checker Even");
  add<&T::checker_distance>(s, "checker_distance", "Checker Distance").range(0, 0.99).step(0.1f, 2);
  add<&T::crop_min_x>(s, "crop_min_x", "Crop Minimum X").range(-10, 10).step(1, 2);
  add<&T::crop_min_y>(s, "crop_min_y", "Crop Minimum Y").range(-10, 10).step(1, 2);
  add<&T::crop_max_x>(s, "crop_max_x", "Crop Maximum X").range(-10, 10).step(1, 2);
  add<&T::crop_max_y>(s, "crop_max_y", "Crop Maximum Y").range(-10, 10).step(1, 2);
  add<&T::image>(s, "image", "Image").not_animatable().overridable();
  add<&T::use_normal_map>(s, "use_normal_map", "Normal Map");
}

Schema typed(const char* identifier, const char* label, void (*add_settings)(SchemaBuilder<T>&)) {
  SchemaBuilder<T> s(identifier, label, &T::schema());
  if (add_settings) {
    add_settings(s);
  }
  Schema schema = s.build();
  schema.make = nullptr;  // made by choosing the type of a Texture
  return schema;
}

/// The schema of each type, by its number; types without settings of their own share the base.
const Schema& schema_of_type(T::Type type) {
  static const Schema clouds = typed("CloudsTexture", "Clouds Texture", add_clouds);
  static const Schema wood = typed("WoodTexture", "Wood Texture", add_wood);
  static const Schema marble = typed("MarbleTexture", "Marble Texture", add_marble);
  static const Schema magic = typed("MagicTexture", "Magic Texture", add_magic);
  static const Schema blend = typed("BlendTexture", "Blend Texture", add_blend);
  static const Schema stucci = typed("StucciTexture", "Stucci Texture", add_stucci);
  static const Schema noise = typed("NoiseTexture", "Noise Texture", nullptr);
  static const Schema image = typed("ImageTexture", "Image Texture", add_image);
  static const Schema musgrave = typed("MusgraveTexture", "Musgrave", add_musgrave);
  static const Schema voronoi = typed("VoronoiTexture", "Voronoi", add_voronoi);
  static const Schema distorted =
      typed("DistortedNoiseTexture", "Distorted Noise", add_distorted_noise);
  switch (type) {
    case T::Type::Clouds:
      return clouds;
    case T::Type::Wood:
      return wood;
    case T::Type::Marble:
      return marble;
    case T::Type::Magic:
      return magic;
    case T::Type::Blend:
      return blend;
    case T::Type::Stucci:
      return stucci;
    case T::Type::Noise:
      return noise;
    case T::Type::Image:
      return image;
    case T::Type::Musgrave:
      return musgrave;
    case T::Type::Voronoi:
      return voronoi;
    case T::Type::DistortedNoise:
      return distorted;
    case T::Type::None:
      break;
  }
  return T::schema();
}

}  // namespace

std::vector<EnumItem> texture_type_items() {
  return {
      {"NONE", "None", 0},
      {"BLEND", "Blend", 5, "Procedural - create a ramp texture", "TEXTURE"},
      {"CLOUDS", "Clouds", 1, "Procedural - create a cloud-like fractal noise texture", "TEXTURE"},
      {"DISTORTED_NOISE", "Distorted Noise", 13,
       "Procedural - noise texture distorted by two noise algorithms", "TEXTURE"},
      {"IMAGE", "Image or Movie", 8, "Allow for images or movies to be used as textures",
       "IMAGE_DATA"},
      {"MAGIC", "Magic", 4, "Procedural - color texture based on trigonometric functions",
       "TEXTURE"},
      {"MARBLE", "Marble", 3, "Procedural - marble-like noise texture with wave generated bands",
       "TEXTURE"},
      {"MUSGRAVE", "Musgrave", 11, "Procedural - highly flexible fractal noise texture", "TEXTURE"},
      {"NOISE", "Noise", 7, "Procedural - random noise, gives a different result every time",
       "TEXTURE"},
      {"STUCCI", "Stucci", 6, "Procedural - create a fractal noise texture", "TEXTURE"},
      {"VORONOI", "Voronoi", 12, "Procedural - create cell-like patterns based on Worley noise",
       "TEXTURE"},
      {"WOOD", "Wood", 2, "Procedural - wave generated bands or rings, with optional noise",
       "TEXTURE"}};
}

const Schema& Texture::dynamic_schema() const {
  return schema_of_type(kind);
}

const Schema& Texture::schema() {
  static const Schema schema = [] {
    SchemaBuilder<T> s("Texture", "Texture", &DataBlock::schema());
    add<&T::kind>(s, "type", "Type").items(texture_type_items());
    add<&T::use_clamp>(s, "use_clamp", "Clamp").default_value(false);
    add<&T::use_color_ramp>(s, "use_color_ramp", "Use Color Ramp");
    s.add<&T::color_ramp>("color_ramp", "Color Ramp")
        .subtype(Subtype::None, Unit::Mass)
        .not_animatable();
    add<&T::intensity>(s, "intensity", "Brightness").range(0, 2).step(1);
    add<&T::contrast>(s, "contrast", "Contrast").range(0, 5).step(1);
    add<&T::saturation>(s, "saturation", "Saturation").range(0, 2).step(1);
    add<&T::factor_red>(s, "factor_red", "Factor Red").range(0, 2).step(1);
    add<&T::factor_green>(s, "factor_green", "Factor Green").range(0, 2).step(1);
    add<&T::factor_blue>(s, "factor_blue", "Factor Blue").range(0, 2).step(1);
    add<&T::use_preview_alpha>(s, "use_preview_alpha", "Show Alpha");
    add<&T::use_nodes>(s, "use_nodes", "Use Nodes");
    s.add<&T::node_tree>("node_tree", "Node Tree").read_only().not_animatable().overridable();
    return s.build();
  }();
  return schema;
}

void register_texture_types(Registry& registry) {
  registry.add(Texture::schema());
  for (const EnumItem& item : texture_type_items()) {
    registry.add(schema_of_type(Texture::Type(item.value)));
  }
}

}  // namespace kiln
