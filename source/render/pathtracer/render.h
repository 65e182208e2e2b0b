#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/progress.h"
#include "core/result.h"
#include "render/pathtracer/scene.h"
#include "render/pathtracer/settings.h"

namespace kiln::render {

/// One finished pass: scene-linear floats, rows from the bottom up, channels interleaved.
struct PassImage {
  PassRequest request;
  std::string name;      ///< layer name in multi-layer files, "Combined", "DiffDir", ...
  std::string channels;  ///< one letter a channel: "RGBA", "XYZ", "Z", "UVA"...
  std::vector<float> pixels;
};

/// The names that a cryptomatte pass can hold.
struct PassManifest {
  std::string pass;  ///< name of its layers without their numbers, "CryptoObject"
  std::string json;
};

struct RenderResult {
  int width = 0, height = 0;
  int samples = 0;
  std::vector<PassImage> passes;  ///< in the order of the request; cryptomattes are several each
  std::vector<PassManifest> manifests;
  const PassImage* find(PassKind kind) const;
};

/// BVHs of shapes, kept from one render to the next. May be shared between renders that run at the
/// same time.
class BvhCache {
public:
  BvhCache();
  ~BvhCache();
  BvhCache(const BvhCache&) = delete;
  BvhCache& operator=(const BvhCache&) = delete;

  /// Forgets shapes that no render has used since the last call.
  void drop_unused();
  /// Number of shapes that were built, ever.
  int built_count() const;

  struct Store;
  Store& store() { return *store_; }

private:
  std::unique_ptr<Store> store_;
};

/// Renders by unidirectional path tracing with next-event estimation and multiple importance
/// sampling.
///
/// A pixel is a pure function of (scene, settings, pixel, sample index): the picture is the same to
/// the bit for any number of threads. Errors: an empty picture, no camera sample, a picture too
/// large for memory, `Cancelled`. `progress` tells the share of samples done. `on_chunk`, if given,
/// is called in the caller's thread after every chunk of samples with the picture so far.
Result<RenderResult> render(const TraceScene& scene, const RenderSettings& settings,
                            Progress& progress, BvhCache* cache = nullptr,
                            const std::function<void(const RenderResult&)>& on_chunk = {});

}  // namespace kiln::render
