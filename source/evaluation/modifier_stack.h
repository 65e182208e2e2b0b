#pragma once

#include "evaluation/evaluated_scene.h"

namespace kiln {
class ImageLoader;
}

namespace kiln::evaluation {

class StepCache;

/// Gives object `index` of a scene its mesh: that of its data after its modifiers, each of which is
/// run or found among the steps that were run before. What others have to be evaluated first is so
/// by the scene's plan. Unfinished when cancelled.
void run_modifiers(EvaluatedObject& object, int index, const EvaluatedScene& scene,
                   StepCache& cache, ImageLoader* images, Progress& progress);

}  // namespace kiln::evaluation
