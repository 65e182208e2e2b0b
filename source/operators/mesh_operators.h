#pragma once

namespace kiln::operators {

class OperatorRegistry;

void register_mesh_primitives(OperatorRegistry& registry);
void register_mesh_edit(OperatorRegistry& registry);

}  // namespace kiln::operators
