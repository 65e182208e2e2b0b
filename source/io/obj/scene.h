#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "core/array.h"
#include "core/math.h"
#include "core/result.h"

namespace kiln::io::obj {

/// What a picture is used for in a material.
enum class MapUse : std::uint8_t {
  Ambient,           ///< map_Ka
  Color,             ///< map_Kd
  Specular,          ///< map_Ks
  SpecularExponent,  ///< map_Ns
  Emission,          ///< map_Ke
  Alpha,             ///< map_d
  Bump,              ///< map_Bump, bump: heights
  Normal,            ///< norm
  Displacement,      ///< disp
  Decal,             ///< decal
  Reflection,        ///< refl, map_refl
  Roughness,         ///< map_Pr
  Metallic,          ///< map_Pm
  Sheen,             ///< map_Ps
};

struct Map {
  MapUse use = MapUse::Color;
  std::string path{};          ///< as written, with '/' between folders
  float3 offset{0, 0, 0};      ///< -o
  float3 scale{1, 1, 1};       ///< -s
  float bump_strength = 1.0f;  ///< -bm
  float base = 0.0f;           ///< first value of -mm: added to the picture's values
  float gain = 1.0f;           ///< second value of -mm: multiplied with them
  bool is_clamped = false;     ///< -clamp on: no repetition
  char channel = '\0';         ///< -imfchan: r, g, b, m, l or z; 0: not said
  std::string projection{};    ///< -type: "sphere", "cube_top", ...; empty: by UV
  bool operator==(const Map&) const = default;
};

/// A material of an MTL file. Single values that the file does not give are negative.
struct Material {
  std::string name;
  float3 ambient{0, 0, 0};              ///< Ka
  float3 color{0.8f, 0.8f, 0.8f};       ///< Kd
  float3 specular{1, 1, 1};             ///< Ks
  float3 emission{0, 0, 0};             ///< Ke
  float3 transmission_filter{1, 1, 1};  ///< Tf
  bool has_specular = false, has_emission = false;
  float specular_exponent = -1.0f;                           ///< Ns: 0 to 1000
  float refraction = -1.0f;                                  ///< Ni: index
  float alpha = -1.0f;                                       ///< d, or 1 - Tr
  int illumination = -1;                                     ///< illum
  float roughness = -1.0f, metallic = -1.0f, sheen = -1.0f;  ///< Pr, Pm, Ps
  float clearcoat = -1.0f, clearcoat_roughness = -1.0f;      ///< Pc, Pcr
  float anisotropy = -1.0f, anisotropy_rotation = -1.0f;     ///< aniso, anisor
  std::vector<Map> maps{};

  const Map* map(MapUse use) const;
  bool operator==(const Material&) const = default;
};

/// Faces that follow each other and agree in everything that the file says about them.
struct FaceRun {
  int first_face = 0, face_count = 0;
  int object = 0;        ///< index into `Scene::objects`
  int group = -1;        ///< index into `Scene::groups`; -1: none
  int material = -1;     ///< index into `Scene::materials`; -1: none
  int smooth_group = 0;  ///< 0: flat
  bool operator==(const FaceRun&) const = default;
};

struct LineRun {
  int first_line = 0, line_count = 0;
  int object = 0;
  bool operator==(const LineRun&) const = default;
};

/// An object as the file has it: what follows a line "o NAME", or what comes before the first of
/// them.
struct Object {
  std::string name;  ///< empty where the file gives none
  bool operator==(const Object&) const = default;
};

/// The content of an OBJ file as arrays. Every index is valid. Corners of face f are
/// face_offsets[f] to face_offsets[f + 1]; vertices of polyline l are line_offsets[l] to
/// line_offsets[l + 1]. Both offset arrays have one entry more than there are faces and lines.
struct Scene {
  Array<float3> positions;
  Array<float3> colors;  ///< one per position as written (display values), or none at all; white
                         ///< where a vertex has none
  Array<float2> uvs;
  Array<float3> normals;

  Array<int> face_offsets;
  Array<int> corner_positions;
  Array<int> corner_uvs;      ///< -1 where a corner has none; empty if no corner has any
  Array<int> corner_normals;  ///< the same

  Array<int> line_offsets;
  Array<int> line_positions;

  std::vector<FaceRun> face_runs;
  std::vector<LineRun> line_runs;
  std::vector<Object> objects;
  std::vector<std::string> groups;
  std::vector<Material> materials;    ///< of the libraries, and of names that no library has
  std::vector<Path> libraries;        ///< material files that were read
  std::vector<std::string> warnings;  ///< what was left out and why, with line numbers

  int face_count() const { return face_offsets.empty() ? 0 : int(face_offsets.size()) - 1; }
  int line_count() const { return line_offsets.empty() ? 0 : int(line_offsets.size()) - 1; }
};

}  // namespace kiln::io::obj
