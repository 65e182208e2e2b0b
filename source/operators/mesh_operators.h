#pragma once

namespace kiln::operators {

class OperatorRegistry;

void register_mesh_primitives(OperatorRegistry& registry);

}  // namespace kiln::operators
