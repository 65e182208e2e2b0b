#include "document/register.h"

#include "core/schema/registry.h"
#include "document/asset.h"
#include "document/blend_data.h"
#include "document/camera.h"
#include "document/collection.h"
#include "document/color_ramp.h"
#include "document/curve_mapping.h"
#include "document/image.h"
#include "document/library.h"
#include "document/library_override.h"
#include "document/light.h"
#include "document/material.h"
#include "document/mesh.h"
#include "document/node_tree.h"
#include "document/object.h"
#include "document/scene.h"
#include "document/text.h"
#include "document/texture.h"
#include "document/texture_mapping.h"
#include "document/window_layout.h"
#include "document/world.h"

namespace kiln {

void register_document_types(Registry& registry) {
  registry.add(DataBlock::schema());
  registry.add(property_group_schema());
  for (const Schema* schema :
       {&Camera::schema(), &CameraDofSettings::schema(), &CyclesCameraSettings::schema(),
        &World::schema(), &WorldMistSettings::schema(), &WorldLighting::schema(), &CyclesWorldSettings::schema(),
        &CyclesVisibilitySettings::schema(), &Material::schema(),
        &CyclesMaterialSettings::schema()}) {
    registry.add(*schema);
  }
  register_camera_background(registry);
  register_library_types(registry);
  register_override_types(registry);
  register_asset_types(registry);
  register_mesh_types(registry);
  register_texture_types(registry);
  register_light_types(registry);
  register_collection_types(registry);
  register_image_types(registry);
  register_object_types(registry);
  register_view_layer_types(registry);
  register_render_settings(registry);
  register_window_layout(registry);
  register_scene_types(registry);
  register_text_types(registry);
  register_color_ramp(registry);
  register_curve_mapping(registry);
  register_texture_mapping(registry);
  register_node_types(registry);
  register_blend_data(registry);
}

}  // namespace kiln
