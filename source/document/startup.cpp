#include "document/camera.h"
#include "document/collection.h"
#include "document/default_trees.h"
#include "document/light.h"
#include "document/material.h"
#include "document/mesh.h"
#include "document/object.h"
#include "document/project.h"
#include "document/scene.h"
#include "document/world.h"

namespace kiln {
namespace {

// A cube of side 2, the faces in the order -X, +Y, +X, -Y, -Z, +Z.
void make_cube(Mesh& mesh) {
  std::vector<float3> positions;
  for (int i = 0; i < 8; ++i) {
    positions.push_back({i & 4 ? 1.0f : -1.0f, i & 2 ? 1.0f : -1.0f, i & 1 ? 1.0f : -1.0f});
  }
  mesh.set_positions(Array<float3>(std::move(positions)));
  mesh.set_topology({}, Array<int>{0, 4, 8, 12, 16, 20, 24},
                    Array<int>{0, 1, 3, 2, 2, 3, 7, 6, 6, 7, 5, 4, 4, 5, 1, 0, 2, 6, 4, 0, 7, 3, 1, 5});
  std::vector<float2> uvs;
  for (int face = 0; face < 6; ++face) {
    for (const float2 corner : {float2{0, 0}, {1, 0}, {1, 1}, {0, 1}}) {
      uvs.push_back(corner);
    }
  }
  mesh.add_uv_map("UVMap", Array<float2>(std::move(uvs)));
}

BlockId add_object(Document& document, BlockId collection, std::string_view name, BlockId data, float3 location, float3 rotation) {
  auto& object = document.add<Object>(name);
  object.data = {data};
  object.initialize_for(document.find(data));
  object.location = location;
  object.rotation_euler = rotation;
  const BlockId id = object.id;
  document.edit<Collection>(collection).objects.push_back({id});
  return id;
}

// The start-up scene stands in front of a dark grey.
void darken(NodeTree& tree) {
  for (std::int64_t i = 0; i < tree.nodes.size(); ++i) {
    Node& node = tree.nodes.edit(i);
    for (std::int64_t s = 0; s < node.inputs.size(); ++s) {
      if (node.inputs[s].type == SocketType::Rgba) {
        node.inputs.edit(s).number = {0.05087609f, 0.05087609f, 0.05087609f, 1.0f};
      }
    }
  }
}

}  // namespace

Document make_empty_document() {
  Document document;
  const BlockId scene = add_scene(document, "Scene").id;
  auto& settings = document.edit_settings();
  settings.active_scene = scene;
  settings.active_view_layer = "ViewLayer";
  document.edit<Scene>(scene).render.image_settings.exr_codec = ImageFormatSettingsExrCodec::Zip;
  document.edit<Scene>(scene).render.filepath = "/tmp/";
  return document;
}

Document make_startup_document(const Registry& registry) {
  Document document = make_empty_document();
  Services services;
  services.set<const Registry>(&registry);
  const BlockId scene = document.settings().active_scene;
  const BlockId root = document.find<Scene>(scene)->collection.id;
  const BlockId collection = document.add<Collection>("Collection").id;
  document.edit<Collection>(root).children.push_back({collection});

  const BlockId material = document.add<Material>("Material").id;
  document.edit<Material>(material).use_nodes = true;
  const BlockRef<NodeTree> surface = add_embedded_tree(document, material, material_tree, &services);
  document.edit<Material>(material).node_tree = surface;
  const BlockId world = document.add<World>("World").id;
  const BlockRef<NodeTree> background = add_embedded_tree(document, world, world_tree, &services);
  document.edit<World>(world).node_tree = background;
  document.edit<World>(world).use_nodes = true;
  darken(document.edit<NodeTree>(background));

  auto& mesh = document.add<Mesh>("Cube");
  make_cube(mesh);
  mesh.materials.push_back({material});
  const BlockId mesh_id = mesh.id;
  auto& light = document.add<Light>("Light");
  light.energy = 1000.0f;
  light.shadow_soft_size = 0.1f;
  const BlockId light_id = light.id;
  const BlockId camera_id = document.add<Camera>("Camera").id;

  const BlockId cube = add_object(document, collection, "Cube", mesh_id, {}, {});
  add_object(document, collection, "Light", light_id, {4.0762453f, 1.005454f, 5.903862f}, {0.650328f, 0.055217113f, 1.8663908f});
  const BlockId camera = add_object(document, collection, "Camera", camera_id, {7.3588915f, -6.925791f, 4.958309f}, {1.109319f, 0.0f, 0.8149282f});
  auto& stage = document.edit<Scene>(scene);
  stage.camera = {camera};
  stage.world = {world};
  ViewLayer& layer = stage.view_layers.edit(0);
  layer.active_collection = {collection};
  layer.set_selected(cube, true);
  layer.active = {cube};
  return document;
}

}  // namespace kiln
