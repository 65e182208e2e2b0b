#pragma once

namespace kiln::operators {

class OperatorRegistry;

void register_mesh_primitives(OperatorRegistry& registry);
void register_vertex_groups(OperatorRegistry& registry);  ///< groups of vertices and their weights
void register_mesh_layers(OperatorRegistry& registry);    ///< custom normals, attributes

}  // namespace kiln::operators
