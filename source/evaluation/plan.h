#pragma once

#include "evaluation/evaluated_scene.h"

namespace kiln::evaluation {

/// What an evaluation has to do and in which order, and what depends on what: all that follows from
/// the relations between data-blocks (layers, parents, targets, instanced collections) and not from
/// their values. Scenes whose relations are the same share one. Immutable once made.
///
/// Step 2i is the transform of object i, step 2i + 1 its geometry.
struct Plan {
  std::unordered_map<BlockId, int> index;   ///< of `EvaluatedScene::objects`
  std::vector<std::vector<int>> levels;     ///< steps that may run side by side, in order
  std::vector<int> level_of;                ///< of each step
  std::vector<std::vector<int>> needed_by;  ///< for each step, the steps that use its result
  std::vector<std::vector<int>> children;   ///< of each object, by parenting
  std::unordered_map<BlockId, std::vector<int>> with_data;  ///< objects that show a data-block
  std::vector<int> with_modifiers;
  std::vector<int> cuts;  ///< objects that depend on themselves, where the cycle was cut
};

constexpr int transform_step(int object) {
  return 2 * object;
}
constexpr int geometry_step(int object) {
  return 2 * object + 1;
}

/// Plans the evaluation of `scene.view_layer` of `scene.scene` in `scene.document`, and puts the
/// objects in question into `scene`: those of the layer in its order, then what they need.
std::shared_ptr<const Plan> make_plan(EvaluatedScene& scene);

/// What has to be done again to get from one evaluated scene to another state of its document.
struct Renewal {
  std::vector<int> objects;  ///< whose data-block was edited
  std::vector<int> steps;    ///< to be run again, with what turns out to depend on them
};

/// None when the relations changed, so that a new plan is needed. O(what changed).
std::optional<Renewal> find_renewal(const EvaluatedScene& before, const Document& now, float frame);

}  // namespace kiln::evaluation
