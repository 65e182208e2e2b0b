#pragma once

namespace kiln {
class Registry;
}

namespace kiln::evaluation {

/// Adds to the types of the document what only evaluation knows: world matrices, dimensions and
/// bounds of objects.
void register_evaluation_interface(Registry& registry);

}  // namespace kiln::evaluation
