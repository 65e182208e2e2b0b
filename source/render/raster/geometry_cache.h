#pragma once

#include <memory>
#include <mutex>
#include <unordered_map>

#include "evaluation/evaluated_scene.h"
#include "render/raster/geometry.h"

namespace kiln::render::raster {

/// What is on its way from evaluated scenes to the graphics card. Threads that evaluate call
/// `prepare`, the one that draws takes what it has not uploaded yet. Safe from any thread.
class GeometryCache {
public:
  /// Makes the drawing form of every mesh in the scene that has none, on all cores.
  void prepare(const evaluation::EvaluatedScene& scene);
  /// The drawing form of a mesh: prepared, or made now.
  std::shared_ptr<const DrawGeometry> take(const Fingerprint& geometry, const Mesh& mesh);
  /// The graphics card has it: `prepare` leaves it out, and the copy here goes.
  void uploaded(const Fingerprint& geometry);
  /// The graphics card has dropped it.
  void forget(const Fingerprint& geometry);

private:
  std::mutex mutex_;  // guards what follows
  std::unordered_map<Fingerprint, std::shared_ptr<const DrawGeometry>> entries_;  // null: uploaded
};

}  // namespace kiln::render::raster
