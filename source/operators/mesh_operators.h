#pragma once

namespace kiln::operators {

class OperatorRegistry;

void register_mesh_primitives(OperatorRegistry& registry);
void register_vertex_group_members(OperatorRegistry& registry);  ///< selected vertices into groups and out of them
void register_vertex_groups(OperatorRegistry& registry);  ///< groups of vertices and their weights
void register_mesh_layers(OperatorRegistry& registry);    ///< custom normals, attributes
// Of meshes in edit mode.
void register_mesh_select(OperatorRegistry& registry);
void register_mesh_select_linked(OperatorRegistry& registry);
void register_mesh_select_alike(OperatorRegistry& registry);  ///< similar, mirrored, regions
void register_mesh_extrude(OperatorRegistry& registry);   ///< extrude, duplicate, split, separate
void register_mesh_dissolve(OperatorRegistry& registry);  ///< delete, dissolve, merge
void register_mesh_dissolve_limited(OperatorRegistry& registry);
void register_mesh_inset(OperatorRegistry& registry);   ///< inset, bevel
void register_mesh_cut(OperatorRegistry& registry);     ///< subdivide, loop cut, connect, slide
void register_mesh_faces(OperatorRegistry& registry);   ///< fill, normals, shading, marks of edges
void register_mesh_bridge(OperatorRegistry& registry);  ///< faces between loops
void register_mesh_quads(OperatorRegistry& registry);   ///< triangles to quads
void register_mesh_deform(OperatorRegistry& registry);  ///< shear, to sphere, push, shrink
void register_normals_tools(OperatorRegistry& registry);  ///< copying and pasting normals
void register_hiding(OperatorRegistry& registry);       ///< objects, parts of meshes

}  // namespace kiln::operators
