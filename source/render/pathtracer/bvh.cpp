#include <atomic>
#include <mutex>

#include <embree3/rtcore.h>

#include "core/tasks.h"
#include "render/pathtracer/geometry.h"

namespace kiln::render {
namespace {

using SharedScene = std::shared_ptr<RTCSceneTy>;

/// Meshes that are placed once and are no larger than this join the top BVH in world space: rays
/// save the step into an instance, and rebuilding them costs little.
constexpr std::size_t largest_flattened_mesh = 100'000;

// High quality splits triangles in space.
void set_kind(RTCScene scene, const RenderSettings& settings) {
  rtcSetSceneFlags(scene, settings.has_compact_bvh
                              ? RTCSceneFlags(RTC_SCENE_FLAG_ROBUST | RTC_SCENE_FLAG_COMPACT)
                              : RTC_SCENE_FLAG_ROBUST);
  rtcSetSceneBuildQuality(
      scene, settings.splits_triangles ? RTC_BUILD_QUALITY_HIGH : RTC_BUILD_QUALITY_MEDIUM);
}

SharedScene make_scene(RTCDevice device, const RenderSettings& settings) {
  RTCScene scene = rtcNewScene(device);
  set_kind(scene, settings);
  return {scene, [](RTCScene s) { rtcReleaseScene(s); }};
}

void set_positions(RTCGeometry geometry, unsigned step, std::span<const float3> positions,
                   const float4x4* matrix) {
  auto* out = static_cast<float3*>(rtcSetNewGeometryBuffer(
      geometry, RTC_BUFFER_TYPE_VERTEX, step, RTC_FORMAT_FLOAT3, sizeof(float3), positions.size()));
  if (!out) {
    return;
  }
  if (!matrix) {
    std::copy(positions.begin(), positions.end(), out);
    return;
  }
  for (std::size_t i = 0; i < positions.size(); ++i) {
    out[i] = transform_point(*matrix, positions[i]);
  }
}

/// Triangles as an Embree geometry, in world space if a matrix is given.
RTCGeometry make_triangles(RTCDevice device, const TraceMesh& mesh, const float4x4* matrix,
                           bool with_motion) {
  RTCGeometry geometry = rtcNewGeometry(device, RTC_GEOMETRY_TYPE_TRIANGLE);
  if (with_motion && mesh.motion_positions.size() > 1) {
    rtcSetGeometryTimeStepCount(geometry, unsigned(mesh.motion_positions.size()));
    for (unsigned step = 0; step < mesh.motion_positions.size(); ++step) {
      set_positions(geometry, step, mesh.motion_positions[step], matrix);
    }
  } else {
    set_positions(geometry, 0, mesh.positions, matrix);
  }
  auto* out = static_cast<int3*>(rtcSetNewGeometryBuffer(
      geometry, RTC_BUFFER_TYPE_INDEX, 0, RTC_FORMAT_UINT3, sizeof(int3), mesh.triangles.size()));
  if (out) {
    std::copy(mesh.triangles.begin(), mesh.triangles.end(), out);
  }
  return geometry;
}

void set_transform(RTCGeometry geometry, unsigned step, const float4x4& m) {
  const float columns[12] = {m[0].x, m[1].x, m[2].x, m[0].y, m[1].y, m[2].y,
                             m[0].z, m[1].z, m[2].z, m[0].w, m[1].w, m[2].w};
  rtcSetGeometryTransform(geometry, step, RTC_FORMAT_FLOAT3X4_COLUMN_MAJOR, columns);
}

/// Whether Embree takes the ray: it ends the program when numbers are too large or none at all, and
/// hostile scenes make such.
bool is_traceable(const TraceRay& ray) {
  constexpr float largest = 1e18f;
  const auto is_small = [](float3 v) {
    return std::abs(v.x) <= largest && std::abs(v.y) <= largest && std::abs(v.z) <= largest;
  };
  return is_small(ray.origin) && is_small(ray.direction) && ray.length >= 0.0f;
}

RTCRay embree_ray(const TraceRay& ray) {
  RTCRay r{};
  r.org_x = ray.origin.x;
  r.org_y = ray.origin.y;
  r.org_z = ray.origin.z;
  r.tnear = 0.0f;
  r.dir_x = ray.direction.x;
  r.dir_y = ray.direction.y;
  r.dir_z = ray.direction.z;
  r.time = ray.time;
  r.tfar = ray.length;
  r.mask = ray.mask;
  return r;
}

}  // namespace

struct BvhCache::Store {
  struct Entry {
    SharedScene scene;
    bool is_used = false;
  };
  std::shared_ptr<RTCDeviceTy> device;
  std::mutex mutex;  // guards entries
  std::unordered_map<Fingerprint, Entry> entries;
  std::atomic<int> built{0};
};

BvhCache::BvhCache() : store_(std::make_unique<Store>()) {
  store_->device = {rtcNewDevice(nullptr), [](RTCDevice d) {
                      if (d) {
                        rtcReleaseDevice(d);
                      }
                    }};
}
BvhCache::~BvhCache() = default;

void BvhCache::drop_unused() {
  const std::scoped_lock lock(store_->mutex);
  for (auto entry = store_->entries.begin(); entry != store_->entries.end();) {
    if (entry->second.is_used) {
      entry->second.is_used = false;
      ++entry;
    } else {
      entry = store_->entries.erase(entry);
    }
  }
}

int BvhCache::built_count() const {
  return store_->built;
}

namespace {

/// The BVH of one mesh, from the cache if it is there.
SharedScene shape_of(const TraceMesh& mesh, const RenderSettings& settings,
                     BvhCache::Store& store) {
  const bool with_motion = settings.use_motion_blur;
  const bool is_kept =
      mesh.fingerprint != Fingerprint{} && !(with_motion && mesh.motion_positions.size() > 1);
  if (is_kept) {
    const std::scoped_lock lock(store.mutex);
    const auto found = store.entries.find(mesh.fingerprint);
    if (found != store.entries.end()) {
      found->second.is_used = true;
      return found->second.scene;
    }
  }
  SharedScene scene = make_scene(store.device.get(), settings);
  RTCGeometry geometry = make_triangles(store.device.get(), mesh, nullptr, with_motion);
  rtcCommitGeometry(geometry);
  rtcAttachGeometry(scene.get(), geometry);
  rtcReleaseGeometry(geometry);
  rtcCommitScene(scene.get());
  ++store.built;
  if (is_kept) {
    const std::scoped_lock lock(store.mutex);
    store.entries[mesh.fingerprint] = {scene, true};
  }
  return scene;
}

}  // namespace

Result<void> SceneGeometry::build_bvh(const RenderSettings& settings, BvhCache& cache) {
  BvhCache::Store& store = cache.store();
  device_ = store.device;
  if (!device_) {
    return Error::unsupported("Embree finds no processor it can run on");
  }
  std::unordered_map<const TraceMesh*, int> users;
  for (const InstanceData& instance : instances_) {
    if (instance.mask) {
      ++users[instance.mesh];
    }
  }
  const auto is_flattened = [&](const InstanceData& instance) {
    return users[instance.mesh] == 1 && !instance.is_moving &&
           instance.mesh->triangles.size() <= largest_flattened_mesh;
  };

  // A BVH for every shape that is instanced, in parallel.
  std::vector<const TraceMesh*> instanced;
  std::unordered_map<const TraceMesh*, std::size_t> shape_index;
  for (const InstanceData& instance : instances_) {
    if (instance.mask && !instance.mesh->triangles.empty() && !is_flattened(instance) &&
        shape_index.try_emplace(instance.mesh, instanced.size()).second) {
      instanced.push_back(instance.mesh);
    }
  }
  shapes_.resize(instanced.size());
  parallel_for(instanced.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      shapes_[i] = shape_of(*instanced[i], settings, store);
    }
  });

  RTCDevice device = device_.get();
  top_ = rtcNewScene(device);
  set_kind(top_, settings);
  for (int i = 0; i < int(instances_.size()); ++i) {
    const InstanceData& instance = instances_[i];
    if (!instance.mask || instance.mesh->triangles.empty()) {
      continue;
    }
    RTCGeometry geometry;
    if (is_flattened(instance)) {
      geometry =
          make_triangles(device, *instance.mesh, &instance.to_world, settings.use_motion_blur);
    } else {
      geometry = rtcNewGeometry(device, RTC_GEOMETRY_TYPE_INSTANCE);
      rtcSetGeometryInstancedScene(geometry, shapes_[shape_index.at(instance.mesh)].get());
      const std::vector<float4x4>& motion = instance.source->motion_matrices;
      if (settings.use_motion_blur && motion.size() > 1) {
        rtcSetGeometryTimeStepCount(geometry, unsigned(motion.size()));
        for (unsigned step = 0; step < motion.size(); ++step) {
          set_transform(geometry, step, motion[step]);
        }
      } else {
        set_transform(geometry, 0, instance.to_world);
      }
    }
    rtcSetGeometryMask(geometry, instance.mask);
    rtcCommitGeometry(geometry);
    const unsigned id = rtcAttachGeometry(top_, geometry);
    rtcReleaseGeometry(geometry);
    if (instance_of_geometry_.size() <= id) {
      instance_of_geometry_.resize(id + 1, -1);
    }
    instance_of_geometry_[id] = i;
  }
  rtcCommitScene(top_);
  if (const RTCError error = rtcGetDeviceError(device); error != RTC_ERROR_NONE) {
    return Error::unsupported("Embree cannot build the scene's BVH (error {})", int(error));
  }
  RTCBounds bounds;
  rtcGetSceneBounds(top_, &bounds);
  if (bounds.lower_x <= bounds.upper_x) {
    bounds_min_ = {bounds.lower_x, bounds.lower_y, bounds.lower_z};
    bounds_max_ = {bounds.upper_x, bounds.upper_y, bounds.upper_z};
  }
  return {};
}

SceneGeometry::~SceneGeometry() {
  if (top_) {
    rtcReleaseScene(top_);
  }
}

TraceHit SceneGeometry::intersect(const TraceRay& ray) const {
  if (!is_traceable(ray)) {
    return {};
  }
  RTCIntersectContext context;
  rtcInitIntersectContext(&context);
  RTCRayHit query;
  query.ray = embree_ray(ray);
  query.hit.geomID = RTC_INVALID_GEOMETRY_ID;
  query.hit.instID[0] = RTC_INVALID_GEOMETRY_ID;
  rtcIntersect1(top_, &context, &query);
  TraceHit hit;
  if (query.hit.geomID != RTC_INVALID_GEOMETRY_ID) {
    const unsigned outer =
        query.hit.instID[0] != RTC_INVALID_GEOMETRY_ID ? query.hit.instID[0] : query.hit.geomID;
    hit = {query.ray.tfar, query.hit.u, query.hit.v, instance_of_geometry_[outer],
           int(query.hit.primID)};
  }
  return hit;
}

void SceneGeometry::intersect_coherent(const TraceRay* rays, TraceHit* hits, int count) const {
  constexpr int width = 8;
  RTCIntersectContext context;
  rtcInitIntersectContext(&context);
  context.flags = RTC_INTERSECT_CONTEXT_FLAG_COHERENT;
  for (int begin = 0; begin < count; begin += width) {
    alignas(32) int valid[width];
    alignas(32) RTCRayHit8 query;
    const int used = std::min(width, count - begin);
    for (int i = 0; i < width; ++i) {
      const TraceRay& ray = rays[begin + std::min(i, used - 1)];
      valid[i] = i < used && is_traceable(ray) ? -1 : 0;
      query.ray.org_x[i] = ray.origin.x;
      query.ray.org_y[i] = ray.origin.y;
      query.ray.org_z[i] = ray.origin.z;
      query.ray.tnear[i] = 0.0f;
      query.ray.dir_x[i] = ray.direction.x;
      query.ray.dir_y[i] = ray.direction.y;
      query.ray.dir_z[i] = ray.direction.z;
      query.ray.time[i] = ray.time;
      query.ray.tfar[i] = ray.length;
      query.ray.mask[i] = ray.mask;
      query.ray.id[i] = 0;
      query.ray.flags[i] = 0;
      query.hit.geomID[i] = RTC_INVALID_GEOMETRY_ID;
      query.hit.instID[0][i] = RTC_INVALID_GEOMETRY_ID;
    }
    rtcIntersect8(valid, top_, &context, &query);
    for (int i = 0; i < used; ++i) {
      TraceHit hit;
      if (query.hit.geomID[i] != RTC_INVALID_GEOMETRY_ID) {
        const unsigned outer = query.hit.instID[0][i] != RTC_INVALID_GEOMETRY_ID
                                   ? query.hit.instID[0][i]
                                   : query.hit.geomID[i];
        hit = {query.ray.tfar[i], query.hit.u[i], query.hit.v[i], instance_of_geometry_[outer],
               int(query.hit.primID[i])};
      }
      hits[begin + i] = hit;
    }
  }
}

bool SceneGeometry::occluded(const TraceRay& ray) const {
  if (!is_traceable(ray)) {
    return true;
  }
  RTCIntersectContext context;
  rtcInitIntersectContext(&context);
  RTCRay query = embree_ray(ray);
  rtcOccluded1(top_, &context, &query);
  return query.tfar < 0.0f;
}

}  // namespace kiln::render
