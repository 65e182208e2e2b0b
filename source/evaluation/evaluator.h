#pragma once

#include <memory>
#include <mutex>
#include <string_view>

#include "core/progress.h"
#include "evaluation/evaluated_scene.h"

namespace kiln {
class ImageLoader;
}

namespace kiln::evaluation {

class StepCache;

/// Makes evaluated scenes and remembers steps it has done: a modifier runs again only when its
/// settings, the mesh it gets or something it asked for is different. A scene is made from the one
/// before, in a time that grows with what was edited in between, as long as relations between
/// data-blocks stay. Results do not depend on what is remembered, on threads or on order.
///
/// Safe to use from several threads, also for several frames or documents at once; they share what
/// they have in common.
class Evaluator {
public:
  /// Remembers results up to about `max_bytes`; the least recently used go first.
  explicit Evaluator(std::size_t max_bytes = std::size_t(1) << 30);
  ~Evaluator();

  /// `layer` is the name of a view layer; an unknown one stands for the first. Null when cancelled
  /// or without such a scene.
  std::shared_ptr<const EvaluatedScene> evaluate(const Document& document, BlockId scene,
                                                 std::string_view layer, float frame,
                                                 Purpose purpose, Progress& progress);

  /// What textures of modifiers get pixels from that are not in the document. Set before use.
  void set_image_loader(ImageLoader& loader) { images_ = &loader; }

  /// World matrix of one object, from its parents alone. Cheap: vertex parents use the mesh without
  /// modifiers.
  static float4x4 world_matrix(const Document& document, const Object& object);

  /// Number of modifier steps that were run, and that were found done, since construction.
  struct Statistics {
    std::size_t steps_run = 0, steps_reused = 0, bytes = 0;
  };
  Statistics statistics() const;

  /// For tests: every reused step is run again and compared. Differences are returned by
  /// `check_failures`.
  void set_checked(bool is_checked);
  std::vector<std::string> check_failures() const;

private:
  /// A scene made before and still in use, to start from.
  std::shared_ptr<const EvaluatedScene> recent(BlockId scene, std::string_view layer,
                                               Purpose purpose) const;
  void remember(const std::shared_ptr<const EvaluatedScene>& scene);

  std::unique_ptr<StepCache> cache_;
  ImageLoader* images_ = nullptr;
  mutable std::mutex recent_mutex_;                          // guards what follows
  std::vector<std::weak_ptr<const EvaluatedScene>> recent_;  // the newest first
  std::shared_ptr<const EvaluatedScene> last_;  // kept alive, to start the next one from
};

}  // namespace kiln::evaluation
