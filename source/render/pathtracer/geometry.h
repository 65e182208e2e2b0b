#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/result.h"
#include "render/pathtracer/camera.h"
#include "render/pathtracer/render.h"
#include "render/pathtracer/scene.h"
#include "render/shading/batch.h"

struct RTCSceneTy;
struct RTCDeviceTy;

namespace kiln::render {

/// Kinds of rays as bits of Embree's ray mask; objects are seen by the rays whose bits they have.
enum RayMask : std::uint32_t {
  mask_camera = 1u << 0,
  mask_diffuse = 1u << 1,
  mask_glossy = 1u << 2,
  mask_transmission = 1u << 3,
  mask_volume_scatter = 1u << 4,
  mask_shadow_opaque = 1u << 5,       ///< shadow rays, objects without transparent materials
  mask_shadow_transparent = 1u << 6,  ///< shadow rays, objects with some
};

struct TraceRay {
  float3 origin, direction;
  float length = 1e30f;
  float time = 0.0f;
  std::uint32_t mask = ~0u;
};

/// Where a ray met a triangle; `instance` is -1 where it met nothing.
struct TraceHit {
  float distance = 1e30f;
  float u = 0.0f, v = 0.0f;  ///< weights of the triangle's second and third corner
  int instance = -1;
  int primitive = -1;
  bool operator==(const TraceHit&) const = default;
};

/// What shading needs to know about an instance.
struct InstanceData {
  const TraceInstance* source = nullptr;
  const TraceMesh* mesh = nullptr;
  float4x4 to_world, to_object;
  bool is_moving = false;
  bool has_transparency = false;
  bool has_smooth_normals = false;
  std::uint32_t mask = 0;
  std::vector<int> materials;  ///< of each slot
  std::unordered_map<std::string, int> attributes;
  int default_uv = -1;  ///< attribute index
};

/// A triangle's place in world space.
struct TriangleShape {
  float3 a, b, c;
};

/// The scene as rays see it: BVHs and the surface under a hit. Immutable after construction; safe
/// for any number of threads.
class SceneGeometry final : public shading::GeometrySource {
public:
  static Result<std::unique_ptr<SceneGeometry>> build(const TraceScene& scene,
                                                      const RenderSettings& settings,
                                                      const CameraModel& camera, BvhCache& cache);
  ~SceneGeometry() override;

  TraceHit intersect(const TraceRay& ray) const;
  /// Camera rays of neighbouring pixels at a time.
  void intersect_coherent(const TraceRay* rays, TraceHit* hits, int count) const;
  bool occluded(const TraceRay& ray) const;

  const TraceScene& scene() const { return scene_; }
  const InstanceData& instance(int index) const { return instances_[index]; }
  int instance_count() const { return int(instances_.size()); }
  int material_of(const TraceHit& hit) const;
  bool has_transparent_shadows() const { return has_transparent_shadows_; }
  TriangleShape triangle(int instance, int primitive, float time) const;
  /// Bounding box of everything, and its radius.
  float3 bounds_min() const { return bounds_min_; }
  float3 bounds_max() const { return bounds_max_; }

  /// Writes the surface of `hit` into lane `lane`: position, normals, side. `direction` is the
  /// ray's.
  void fill_point(const TraceHit& hit, const TraceRay& ray, shading::ShadingBatch& batch,
                  int lane) const;

  void attribute(const shading::ShadingBatch& batch, const std::string& name, shading::Shift shift,
                 shading::Lane3& color, shading::Lane& alpha) const override;
  void named_value(const shading::ShadingBatch& batch, shading::ValueScope scope,
                   const std::string& name, shading::Lane3& color,
                   shading::Lane& alpha) const override;
  void coordinate(const shading::ShadingBatch& batch, shading::CoordinateKind kind,
                  shading::Shift shift, shading::Lane3& out) const override;
  float4x4 world_to_object(const shading::ShadingBatch& batch, int lane) const override;
  float4x4 object_to_world(const shading::ShadingBatch& batch, int lane) const override;
  float4x4 world_to_camera() const override { return camera_.world_to_camera(); }
  float3 object_value(const shading::ShadingBatch& batch, int lane,
                      shading::ObjectValue value) const override;
  void tangent(const shading::ShadingBatch& batch, const std::string& uv_layer,
               shading::Lane3& tangent, shading::Lane& sign) const override;
  void radial_tangent(const shading::ShadingBatch& batch, int axis,
                      shading::Lane3& tangent) const override;
  void corners(const shading::ShadingBatch& batch, int lane, float3 out[3]) const override;
  float openness(const shading::ShadingBatch& batch, int lane, float3 normal, float distance,
                 int samples, bool only_local) const override;
  float3 rounded_normal(const shading::ShadingBatch& batch, int lane, float radius,
                        int samples) const override;

private:
  SceneGeometry(const TraceScene& scene, const CameraModel& camera)
      : scene_(scene), camera_(camera) {}
  void prepare_instances(const RenderSettings& settings);
  /// Moves vertices where materials say so; see displace.cpp.
  void displace_meshes();
  TraceMesh displaced(const InstanceData& data, int instance) const;
  Result<void> build_bvh(const RenderSettings& settings, BvhCache& cache);
  /// Triangle weights one footprint beside the hit.
  float2 shifted_weights(const shading::ShadingBatch& batch, int lane, shading::Shift shift) const;

  const TraceScene& scene_;
  const CameraModel& camera_;
  std::vector<InstanceData> instances_;
  std::vector<int> instance_of_geometry_;
  std::vector<std::unique_ptr<const TraceMesh>> displaced_;
  std::vector<std::shared_ptr<RTCSceneTy>>
      shapes_;  // kept alive for the instances of the top scene
  std::shared_ptr<RTCDeviceTy> device_;
  RTCSceneTy* top_ = nullptr;
  bool has_transparent_shadows_ = false;
  float3 bounds_min_, bounds_max_;
};

/// Moves `position` off the surface it lies on to the side of `direction`, by about the rounding
/// errors of a position. Wächter and Binder, "A fast and robust method for avoiding
/// self-intersection", Ray Tracing Gems 2019.
float3 offset_from_surface(float3 position, float3 geometric_normal, float3 direction);

/// The two directions along a surface in which footprints are measured, for bump mapping.
void footprint_axes(float3 geometric_normal, float3& right, float3& up);

}  // namespace kiln::render
