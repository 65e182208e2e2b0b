#pragma once

#include <cstdint>
#include <string>

#include "core/math.h"
#include "render/shading/closure.h"

namespace kiln::render::shading {

/// Shading points that a program works on at a time; one lane a point.
inline constexpr int batch_size = 64;

struct alignas(64) Lane {
  float v[batch_size];
};
struct Lane3 {
  Lane x, y, z;
  float3 get(int i) const { return {x.v[i], y.v[i], z.v[i]}; }
  void set(int i, float3 value) {
    x.v[i] = value.x;
    y.v[i] = value.y;
    z.v[i] = value.z;
  }
};

/// Why a point is being shaded, as the Light Path node tells it.
enum RayFlag : std::uint32_t {
  ray_camera = 1u << 0,
  ray_diffuse = 1u << 1,
  ray_glossy = 1u << 2,
  ray_transmission = 1u << 3,
  ray_volume_scatter = 1u << 4,
  ray_shadow = 1u << 5,
  ray_singular = 1u << 6,
  ray_reflection = 1u << 7,
};

/// Which way a value is looked up beside the shading point: bump mapping asks for the height one
/// footprint to the right and one up.
enum class Shift : std::uint8_t { None, X, Y };

enum class CoordinateKind : std::uint8_t {
  Generated,
  Object,
  Camera,
  Window,
  InstancerGenerated,  ///< of the place of the instancer where an instance stands
  InstancerUv
};
enum class ObjectValue : std::uint8_t {
  Location,
  Color,
  Alpha,
  ObjectIndex,
  MaterialIndex,
  Random
};

/// Whose value a name is looked up in.
enum class ValueScope : std::uint8_t { Object, Instancer, ViewLayer };

struct ShadingBatch;

/// What shaders ask about the geometry under a shading point; implemented by whoever owns the
/// scene.
class GeometrySource {
public:
  virtual ~GeometrySource() = default;
  /// Attribute or UV layer by name; an empty name is the default UV layer. Missing ones are zero,
  /// alpha too.
  virtual void attribute(const ShadingBatch& batch, const std::string& name, Shift shift,
                         Lane3& color, Lane& alpha) const = 0;
  /// Value of the object, of its instancer (else the object), or of the view layer by name. Missing
  /// ones are zero, alpha too.
  virtual void named_value(const ShadingBatch& batch, ValueScope scope, const std::string& name,
                           Lane3& color, Lane& alpha) const = 0;
  virtual void coordinate(const ShadingBatch& batch, CoordinateKind kind, Shift shift,
                          Lane3& out) const = 0;
  /// Points between world, object and camera space.
  virtual float4x4 world_to_object(const ShadingBatch& batch, int lane) const = 0;
  virtual float4x4 object_to_world(const ShadingBatch& batch, int lane) const = 0;
  virtual float4x4 world_to_camera() const = 0;
  virtual float3 object_value(const ShadingBatch& batch, int lane, ObjectValue value) const = 0;
  /// Direction in which the first coordinate of a UV layer grows, world space, and the sign of the
  /// bitangent.
  virtual void tangent(const ShadingBatch& batch, const std::string& uv_layer, Lane3& tangent,
                       Lane& sign) const = 0;
  /// Corners of the triangle, world space.
  virtual void corners(const ShadingBatch& batch, int lane, float3 out[3]) const = 0;
  /// Share of the rays around `normal`, cosine distributed, that meet nothing within `distance`;
  /// `only_local`: nothing of the same object.
  virtual float openness(const ShadingBatch& batch, int lane, float3 normal, float distance,
                         int samples, bool only_local) const = 0;
  /// Mean normal of the same object's surface within `radius`, turned to the viewer.
  virtual float3 rounded_normal(const ShadingBatch& batch, int lane, float radius,
                                int samples) const = 0;
  /// Unit direction around an axis of the object (0: X) from generated coordinates.
  virtual void radial_tangent(const ShadingBatch& batch, int axis, Lane3& tangent) const = 0;
};

/// A batch of shading points; structure of arrays. World space.
struct ShadingBatch {
  int count = 0;
  const GeometrySource* geometry = nullptr;
  bool is_background =
      false;  ///< points are directions: `position` and `normal` hold the ray's direction

  Lane3 position;
  Lane3 normal;            ///< interpolated, turned to the viewer
  Lane3 geometric_normal;  ///< turned to the viewer
  Lane3 incoming;          ///< unit, from the surface to the viewer
  Lane u, v;               ///< weights of the second and third corner of the triangle
  Lane ray_length;
  Lane footprint;  ///< radius of what the ray sees here, metres
  Lane ray_depth, diffuse_depth, glossy_depth, transmission_depth, transparent_depth;
  Lane time;
  std::uint32_t ray_flags[batch_size];
  std::uint32_t seed[batch_size];  ///< of random numbers for this point
  int instance[batch_size];
  int primitive[batch_size];
  int material[batch_size];
  bool is_backfacing[batch_size];
  ClosureSet closures[batch_size];
};

}  // namespace kiln::render::shading
