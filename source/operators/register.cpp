#include "operators/register.h"

#include "operators/document_operators.h"
#include "operators/mesh_operators.h"
#include "operators/object_operators.h"
#include "operators/render_operators.h"

namespace kiln::operators {

void register_operators(OperatorRegistry& registry) {
  register_mesh_primitives(registry);
  register_vertex_groups(registry);
  register_vertex_group_members(registry);
  register_material_slots(registry);
  register_mesh_layers(registry);
  register_mesh_select(registry);
  register_mesh_extrude(registry);
  register_mesh_dissolve(registry);
  register_mesh_inset(registry);
  register_mesh_cut(registry);
  register_mesh_faces(registry);
  register_mesh_bridge(registry);
  register_mesh_quads(registry);
  register_mesh_dissolve_limited(registry);
  register_mesh_deform(registry);
  register_normals_tools(registry);
  register_orientations(registry);
  register_hiding(registry);
  register_object_add(registry);
  register_reference_images(registry);
  register_object_edit(registry);
  register_object_transform(registry);
  register_object_instances(registry);
  register_object_clear(registry);
  register_object_select(registry);
  register_object_join(registry);
  register_object_collections(registry);
  register_object_single_user(registry);
  register_custom_normals(registry);
  register_view_layer_aovs(registry);
  register_view_layer_lightgroups(registry);
  register_object_links(registry);
  register_overrides(registry);
  register_copy_paste(registry);
  register_object_modifiers(registry);
  register_object_origin(registry);
  register_transform(registry);
  register_history(registry);
  register_startup_file(registry);
  register_files(registry);
  register_links(registry);
  register_resources(registry);
  register_cleanup(registry);
  register_assets(registry);
  register_scenes(registry);
  register_import(registry);
  register_export(registry);
  register_render(registry);
  register_bake(registry);
}

}  // namespace kiln::operators
