#pragma once

#include "evaluation/evaluated_scene.h"

namespace kiln::evaluation {

/// Fills `scene.instances` from its objects: the objects themselves and the copies that collection,
/// vertex and face instancers make of collections and children, nested to a depth of 8.
void make_instances(EvaluatedScene& scene);

}  // namespace kiln::evaluation
