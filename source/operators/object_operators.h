#pragma once

namespace kiln::operators {

class OperatorRegistry;

void register_object_add(OperatorRegistry& registry);  ///< lights, cameras, empties
void register_reference_images(OperatorRegistry& registry);
void register_object_edit(
    OperatorRegistry& registry);  ///< delete, duplicate, select, modes, shading
void register_object_transform(OperatorRegistry& registry);  ///< parents, applying transforms
void register_object_modifiers(
    OperatorRegistry& registry);                          ///< adding, applying, removing modifiers
void register_object_links(OperatorRegistry& registry);   ///< sharing data with other objects
void register_overrides(OperatorRegistry& registry);      ///< of linked objects and collections
void register_object_clear(OperatorRegistry& registry);   ///< back to no transform
void register_object_select(OperatorRegistry& registry);  ///< by relation, kind or name
void register_object_join(OperatorRegistry& registry);    ///< several meshes to one
void register_object_collections(OperatorRegistry& registry);      ///< moving between collections
void register_object_single_user(OperatorRegistry& registry);      ///< data of their own
void register_custom_normals(OperatorRegistry& registry);          ///< giving them up
void register_view_layer_aovs(OperatorRegistry& registry);         ///< passes that materials write
void register_view_layer_lightgroups(OperatorRegistry& registry);  ///< passes of some light alone
void register_material_slots(OperatorRegistry& registry);    ///< slots of materials, their faces
void register_object_instances(OperatorRegistry& registry);  ///< making instances real
void register_object_origin(OperatorRegistry& registry);     ///< origins
void register_transform(OperatorRegistry& registry);         ///< moving, turning and scaling
void register_copy_paste(OperatorRegistry& registry);        ///< objects from document to document
void register_orientations(OperatorRegistry& registry);      ///< directions that the user keeps

}  // namespace kiln::operators
