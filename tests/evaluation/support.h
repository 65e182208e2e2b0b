#pragma once

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "core/schema/registry.h"
#include "document/document.h"
#include "document/scene.h"
#include "evaluation/evaluator.h"

namespace kiln::evaluation {

/// A document with one scene, and ways to put things into it.
class EvaluationTest : public ::testing::Test {
protected:
  EvaluationTest() : document(start(&scene, &root, &mesh)) {}
  static Document start(BlockId* scene, BlockId* root, BlockId* mesh);

  /// An object of a collection (by default the scene's own); without a mesh an empty.
  BlockId add(const char* name, BlockId data = {}, BlockId collection = {});
  Object& edit(BlockId object, Change kinds = Change::All) {
    return document.edit<Object>(object, kinds);
  }
  template <typename T>
  T& add_modifier(BlockId object) {
    auto made = std::make_shared<T>();
    T& settings = *made;
    settings.name = "Modifier" + std::to_string(document.find<Object>(object)->modifiers.size());
    document.edit<Object>(object).modifiers.add(std::move(made));
    return settings;
  }
  std::shared_ptr<const EvaluatedScene> evaluate(Evaluator& evaluator, float frame = 1,
                                                 Purpose purpose = Purpose::Viewport) {
    return evaluator.evaluate(document, scene, "ViewLayer", frame, purpose, progress);
  }

  BlockId scene, root, mesh;  ///< `mesh` is a cube
  Document document;
  Progress progress;
};

/// What is to be seen of a scene, as text: place, shape and visibility of objects and instances.
std::string description(const EvaluatedScene& scene);

}  // namespace kiln::evaluation
