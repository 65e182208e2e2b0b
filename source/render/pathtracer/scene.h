#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/array.h"
#include "core/hash.h"
#include "core/math.h"
#include "render/shading/material.h"

/// What the path tracer is given: plain arrays in world and object space, without any data-block.
/// Everything is a value; arrays are shared with whoever made them.
namespace kiln::render {

/// What the values of an attribute belong to.
enum class AttributeDomain : std::uint8_t { Vertex, Corner, Face };

/// Values on a mesh that shaders look up by name, UV layers and colours included.
struct MeshAttribute {
  std::string name;
  AttributeDomain domain = AttributeDomain::Vertex;
  int components = 3;   ///< 1 to 4 floats an element
  bool is_uv = false;   ///< a UV layer: two components on corners
  Array<float> values;  ///< element by element, `components` floats each
};

/// Triangles in object space.
struct TraceMesh {
  /// Names the shape (positions and triangles). Meshes with equal, non-zero fingerprints share a
  /// BVH within and across renders; zero means the BVH is not kept.
  Fingerprint fingerprint;
  Array<float3> positions;
  Array<int3> triangles;          ///< indices of vertices
  Array<int3> triangle_corners;   ///< indices of corners; empty: corner k of triangle t is 3 t + k
  Array<int> triangle_faces;      ///< index of the face of each triangle; empty: face t
  Array<float3> vertex_normals;   ///< unit normals; empty: flat shading
  Array<float3> corner_normals;   ///< custom normals on corners; they win over `vertex_normals`
  Array<std::uint8_t> is_smooth;  ///< per triangle; empty: all smooth
  Array<int> material_slots;      ///< per triangle; empty: slot 0
  std::vector<MeshAttribute> attributes;
  std::string default_uv;  ///< layer that is taken where a shader names none; empty: the first
  float3 generated_min;  ///< generated coordinates are (position - generated_min) / generated_size
  float3 generated_size{1, 1, 1};
  Array<float3>
      generated_positions;  ///< undeformed vertices for generated coordinates; empty: `positions`
  /// Positions at further times, equally spaced over the shutter with `positions` in the middle of
  /// an odd count of steps: all steps from shutter open to close, or empty for a still mesh.
  std::vector<Array<float3>> motion_positions;
  /// Positions a frame before and after, for the vector pass; empty: those of now.
  std::vector<Array<float3>> vector_positions;
};

/// Which kinds of rays see an object.
struct RayVisibility {
  bool camera = true;
  bool diffuse = true;
  bool glossy = true;
  bool transmission = true;
  bool volume_scatter = true;
  bool shadow = true;
  bool operator==(const RayVisibility&) const = default;
};

/// Values that shaders look up by name, of an object or of the view layer.
using NamedValues = std::vector<std::pair<std::string, float4>>;

/// A mesh placed in the world.
struct TraceInstance {
  int mesh = 0;
  float4x4 matrix;                        ///< object to world
  std::vector<float4x4> motion_matrices;  ///< equally spaced over the shutter; empty: still
  std::vector<int>
      materials;  ///< material of each slot; slots beyond it use the last, none: `default_material`
  RayVisibility visibility;
  bool is_holdout = false;
  bool is_shadow_catcher = false;
  std::string name;                           ///< of the object, for cryptomatte
  std::string asset_name;                     ///< of its topmost parent, for cryptomatte
  float object_index = 0.0f;                  ///< pass index
  float random = 0.0f;                        ///< in [0, 1), what Object Info calls Random
  float4 color{1, 1, 1, 1};                   ///< viewport colour of the object
  std::shared_ptr<const NamedValues> values;  ///< of the object; null: none
  std::shared_ptr<const NamedValues> instancer_values;  ///< of what makes it, where something does
  float3
      dupli_generated;  ///< generated coordinates of the instancer where the object is an instance
  float2 dupli_uv;
  float shadow_terminator_offset = 0.0f;
  float shadow_terminator_geometry_offset = 0.1f;
  /// How far `FastGi::Replace` looks from this surface; 0: as far as the world says.
  float occlusion_distance = 0.0f;
  /// Places a frame before and after, for the vector pass; empty: that of now.
  std::vector<float4x4> vector_matrices;
  int lightgroup = -1;  ///< that its light counts to; -1: none
};

/// A surface of the scene: what `shading::compile_material` made of a node tree.
struct TraceMaterial {
  std::shared_ptr<const shading::Material> shader;
  std::string name = "default_surface";  ///< for cryptomatte
  float index = 0.0f;                    ///< pass index
  bool is_sampled_as_light = true;
  bool has_transparent_shadow = true;
};

/// A lamp. Its emission points down the local -Z axis.
struct TraceLight {
  enum class Kind : std::uint8_t { Point, Spot, Sun, Area };
  enum class Shape : std::uint8_t { Rectangle, Ellipse };
  Kind kind = Kind::Point;
  float4x4 matrix;        ///< lamp to world; its scale stretches area lamps only
  float3 power{1, 1, 1};  ///< colour times watts of the whole lamp; of a sun colour times W/m^2
  float radius = 0.0f;    ///< Point, Spot: of the ball that shines
  float spot_angle = 0.785398f;    ///< full angle of the cone
  float spot_blend = 0.15f;        ///< soft share of the cone, 0 to 1
  float angle = 0.00918f;          ///< Sun: angular diameter
  Shape shape = Shape::Rectangle;  ///< Area
  float2 size{1, 1};               ///< Area: along X and Y
  float spread = 3.14159265f;      ///< Area: full angle of the cone that light leaves in
  RayVisibility visibility;
  bool casts_shadow = true;
  bool uses_multiple_importance = true;
  int max_bounces = 1024;
  int lightgroup = -1;  ///< that its light counts to; -1: none
};

/// Surroundings: the background seen where rays leave the scene.
struct TraceWorld {
  std::shared_ptr<const shading::Material> shader;  ///< none: black
  RayVisibility visibility;
  /// How light samples find bright parts of the background: width of the map that is made of it, or
  /// 0 to leave the background to chance.
  int sample_map_width = 1024;
  float mist_start = 5.0f;
  float mist_depth = 25.0f;
  float occlusion_distance = 10.0f;  ///< how far the ambient occlusion pass and fast global
                                     ///< illumination look
  float occlusion_factor = 1.0f;     ///< on the light of fast global illumination
  float mist_falloff = 2.0f;         ///< exponent: 2 quadratic, 1 linear, 0.5 inverse quadratic
  int lightgroup = -1;               ///< that its light counts to; -1: none
};

struct TraceCamera {
  enum class Kind : std::uint8_t { Perspective, Orthographic, Panorama };
  enum class Panorama : std::uint8_t {
    Equirectangular,
    FisheyeEquidistant,
    FisheyeEquisolid,
    FisheyePolynomial,
    CubeFace,  ///< of a cube map with equal angles for equal steps
    MirrorBall
  };
  enum class SensorFit : std::uint8_t { Auto, Horizontal, Vertical };
  Kind kind = Kind::Perspective;
  Panorama panorama = Panorama::FisheyeEquisolid;
  SensorFit sensor_fit = SensorFit::Auto;
  float4x4 matrix;  ///< camera to world; looks down -Z with Y up; scale is ignored
  std::vector<float4x4> motion_matrices;
  std::vector<float4x4> vector_matrices;  ///< a frame before and after, for the vector pass
  float lens_mm = 50.0f;
  float sensor_width_mm = 36.0f;
  float sensor_height_mm = 24.0f;
  float ortho_scale = 6.0f;
  float shift_x = 0.0f, shift_y = 0.0f;  ///< in units of the fitted side of the picture
  float clip_start = 0.1f, clip_end = 100.0f;
  bool has_depth_of_field = false;
  float focus_distance = 10.0f;  ///< along the view axis
  float aperture_fstop = 2.8f;
  int aperture_blades = 0;  ///< fewer than 3: a disk
  float aperture_rotation = 0.0f;
  float aperture_ratio = 1.0f;  ///< above 1: narrower across
  float fisheye_fov = 3.14159265f;
  float fisheye_lens_mm = 10.5f;
  /// Angle from the axis of a point r millimetres off the middle of the sensor: the negative of the
  /// sum of k[i] r^i.
  std::array<float, 5> fisheye_polynomial{};
  float latitude_min = -1.5707963f, latitude_max = 1.5707963f;
  float longitude_min = -3.14159265f, longitude_max = 3.14159265f;
};

struct TraceScene {
  std::vector<TraceMesh> meshes;
  std::vector<TraceInstance> instances;
  std::vector<TraceMaterial> materials;
  std::vector<TraceLight> lights;
  TraceWorld world;
  TraceCamera camera;
  NamedValues layer_values;  ///< what shaders look up in the view layer
};

}  // namespace kiln::render
