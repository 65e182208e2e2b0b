#pragma once

#include <map>
#include <mutex>
#include <optional>

#include "core/triangle_tree.h"
#include "evaluation/evaluated_scene.h"

namespace kiln::evaluation {

/// Search trees of evaluated meshes, in object space: made when first asked for, kept while there
/// is room. Safe from any thread.
class SurfaceTrees {
public:
  /// Null for objects without faces.
  std::shared_ptr<const TriangleTree> find(const EvaluatedObject& object);

private:
  struct Entry {
    std::shared_ptr<const TriangleTree> tree;
    std::uint64_t last_use = 0;
  };
  std::mutex mutex_;  // guards those below
  std::map<Fingerprint, Entry> entries_;
  std::uint64_t uses_ = 0;
  std::int64_t triangles_ = 0;
};

/// Where a ray meets the scene first.
struct SceneHit {
  float3 position, normal;  ///< world space; the normal has unit length
  int face = -1;
  int instance = -1;  ///< index into `EvaluatedScene::instances`
};
/// Only what is visible counts. `direction` need not be normalized; `max_distance` is in world
/// units.
std::optional<SceneHit> cast_ray(const EvaluatedScene& scene, SurfaceTrees& trees, float3 origin,
                                 float3 direction, float max_distance);

}  // namespace kiln::evaluation
