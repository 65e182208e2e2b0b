#include "document/world.h"
#include "editor/properties/panel_parts.h"

namespace kiln::editor {

void add_scene_panels(LayoutItem& root, const Scene& scene) {
  const Handle handle{scene.id, {}};
  const Schema& schema = Scene::schema();
  LayoutItem& general = root.panel("scene.scene", "Scene");
  add_properties(general, handle, schema, {"camera", "world", "background_set"});
  LayoutItem& units = root.panel("scene.units", "Units");
  add_properties(units, handle_inside(handle, schema, "unit_settings"), UnitSettings::schema(),
                 {"system", "scale_length", "use_separate", "system_rotation", "length_unit",
                  "mass_unit", "time_unit", "temperature_unit"});
  LayoutItem& gravity = root.panel("scene.gravity", "Gravity", false);
  add_properties(gravity, handle, schema, {"use_gravity", "gravity"});
  LayoutItem& cursor = root.panel("scene.cursor", "3D Cursor", false);
  add_properties(cursor, handle_inside(handle, schema, "cursor"), Cursor3D::schema(),
                 {"location", "rotation_euler"});
  LayoutItem& safe = root.panel("scene.safe", "Safe Areas", false);
  add_properties(safe, handle_inside(handle, schema, "safe_areas"), DisplaySafeAreas::schema(),
                 {"title", "action", "title_center", "action_center"});
}

void add_world_panels(LayoutItem& root, const Document& document, const Scene* scene,
                      const World* world) {
  if (scene) {
    LayoutItem& choice = root.prop({scene->id, {}}, *Scene::schema().property("world"));
    choice.is_block = true;
    choice.has_no_label = true;
  }
  if (!world) {
    return;
  }
  const Handle of{world->id, {}};
  LayoutItem& surface = root.panel("world.surface", "Surface");
  add_properties(surface, of, World::schema(), {"use_nodes"});
  if (!world->use_nodes || !add_surface_inputs(surface, document, world->node_tree.id,
                                               "ShaderNodeOutputWorld", "Surface")) {
    add_properties(surface, of, World::schema(), {"color"});
  }
  add_properties(root.panel("world.rays", "Ray Visibility", false),
                 handle_inside(of, World::schema(), "cycles_visibility"),
                 CyclesVisibilitySettings::schema(),
                 {"camera", "diffuse", "glossy", "transmission", "scatter"});
  add_properties(root.panel("world.settings", "Settings", false),
                 handle_inside(of, World::schema(), "cycles"), CyclesWorldSettings::schema(),
                 {"sampling_method", "sample_map_resolution", "max_bounces"});
  add_properties(root.panel("world.lightgroup", "Light Group", false), of, World::schema(),
                 {"lightgroup"});
  LayoutItem& mist = root.panel("world.mist", "Mist Pass", false);
  add_properties(mist, handle_inside(of, World::schema(), "mist_settings"),
                 WorldMistSettings::schema(), {"start", "depth", "falloff"});
  add_properties(root.panel("world.occlusion", "Ambient Occlusion", false),
                 handle_inside(of, World::schema(), "light_settings"), WorldLighting::schema(),
                 {"distance", "ao_factor"});
}

}  // namespace kiln::editor
