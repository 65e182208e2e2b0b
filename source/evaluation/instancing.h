#pragma once

#include <span>
#include <unordered_set>

#include "evaluation/evaluated_scene.h"

namespace kiln::evaluation {

/// Where the instances of a scene come from.
struct Copies {
  std::vector<int>
      first;  ///< object i and its copies are the instances first[i] to first[i + 1] - 1
  std::unordered_set<int> copied;  ///< objects that instancers make copies of
};

/// Fills `scene.instances` from its objects: the objects themselves and the copies that collection,
/// vertex and face instancers make of collections and children, nested to a depth of 8.
void make_instances(EvaluatedScene& scene);

/// Brings the instances in line with changes of some objects. False when all have to be made anew.
bool renew_instances(EvaluatedScene& scene, std::span<const int> objects);

}  // namespace kiln::evaluation
