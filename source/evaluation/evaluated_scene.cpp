#include "evaluation/evaluated_scene.h"

#include "evaluation/plan.h"

namespace kiln::evaluation {

std::vector<std::string> EvaluatedScene::problems() const {
  std::vector<std::string> texts;
  for (const int object : plan->cuts) {
    texts.push_back("Object \"" + objects[std::size_t(object)].object->name +
                    "\" depends on itself; the cycle was cut here");
  }
  return texts;
}

const EvaluatedObject* EvaluatedScene::find(BlockId object) const {
  const auto found = plan->index.find(object);
  return found == plan->index.end() ? nullptr : &objects[std::size_t(found->second)];
}

}  // namespace kiln::evaluation
