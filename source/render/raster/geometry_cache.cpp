#include "render/raster/geometry_cache.h"

#include "core/tasks.h"

namespace kiln::render::raster {

void GeometryCache::prepare(const evaluation::EvaluatedScene& scene) {
  std::vector<const evaluation::EvaluatedObject*> missing;
  {
    const std::scoped_lock lock(mutex_);
    std::unordered_map<Fingerprint, bool> seen;
    for (const evaluation::EvaluatedObject& object : scene.objects) {
      if (object.mesh && !entries_.contains(object.geometry) &&
          seen.try_emplace(object.geometry, true).second) {
        missing.push_back(&object);
      }
    }
  }
  std::vector<std::shared_ptr<const DrawGeometry>> made(missing.size());
  parallel_for(missing.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      made[i] = std::make_shared<const DrawGeometry>(make_draw_geometry(*missing[i]->mesh));
    }
  });
  const std::scoped_lock lock(mutex_);
  for (std::size_t i = 0; i < missing.size(); ++i) {
    entries_.try_emplace(missing[i]->geometry, std::move(made[i]));
  }
}

std::shared_ptr<const DrawGeometry> GeometryCache::take(const Fingerprint& geometry,
                                                        const Mesh& mesh) {
  {
    const std::scoped_lock lock(mutex_);
    const auto found = entries_.find(geometry);
    if (found != entries_.end() && found->second) {
      return found->second;
    }
  }
  return std::make_shared<const DrawGeometry>(make_draw_geometry(mesh));
}

void GeometryCache::uploaded(const Fingerprint& geometry) {
  const std::scoped_lock lock(mutex_);
  entries_[geometry] = nullptr;
}

void GeometryCache::forget(const Fingerprint& geometry) {
  const std::scoped_lock lock(mutex_);
  entries_.erase(geometry);
}

}  // namespace kiln::render::raster
