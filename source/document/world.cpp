#include "document/world.h"

#include "document/default_trees.h"
#include "document/node_tree.h"

namespace kiln {

const Schema& WorldMistSettings::schema() {
  static const Schema schema = [] {
    SchemaBuilder<WorldMistSettings> s("WorldMistSettings", "World Mist");
    s.add<&WorldMistSettings::start>("start", "Start")
        .range(0, infinity)
        .soft(0, 10000)
        .step(10, 2)
        .subtype(Subtype::Distance);
    s.add<&WorldMistSettings::depth>("depth", "Depth")
        .range(0, infinity)
        .soft(0, 10000)
        .step(10, 2)
        .subtype(Subtype::Distance);
    s.add<&WorldMistSettings::falloff>("falloff", "Falloff")
        .items({{"QUADRATIC", "Quadratic", 0},
                {"LINEAR", "Linear", 1},
                {"INVERSE_QUADRATIC", "Inverse Quadratic", 2}});
    s.set_nested_in("World");
    return s.build();
  }();
  return schema;
}

const Schema& WorldLighting::schema() {
  static const Schema schema = [] {
    SchemaBuilder<WorldLighting> s("WorldLighting", "Lighting");
    s.add<&WorldLighting::ao_factor>("ao_factor", "Factor")
        .describe("How much light fast global illumination takes from open sky")
        .range(0, 2147483600.0)
        .soft(0, 1)
        .step(0.1, 2)
        .subtype(Subtype::Factor)
        .changes(Change::Shading);
    s.add<&WorldLighting::distance>("distance", "Distance")
        .range(0, infinity)
        .subtype(Subtype::Distance)
        .changes(Change::Shading);
    s.set_nested_in("World");
    return s.build();
  }();
  return schema;
}

const Schema& CyclesWorldSettings::schema() {
  static const Schema schema = [] {
    SchemaBuilder<CyclesWorldSettings> s("CyclesWorldSettings", "", &property_group_schema());
    s.add<&CyclesWorldSettings::sampling_method>("sampling_method", "Sampling Method")
        .items({{"NONE", "None", 0}, {"AUTOMATIC", "Auto", 1}, {"MANUAL", "Manual", 2}})
        .changes(Change::Shading);
    s.add<&CyclesWorldSettings::sample_map_resolution>("sample_map_resolution", "Map Resolution")
        .range(4, 8192)
        .changes(Change::Shading);
    s.add<&CyclesWorldSettings::max_bounces>("max_bounces", "Max Bounces")
        .range(0, 1024)
        .changes(Change::Shading);
    return s.build();
  }();
  return schema;
}

const Schema& CyclesVisibilitySettings::schema() {
  static const Schema schema = [] {
    SchemaBuilder<CyclesVisibilitySettings> s("CyclesVisibilitySettings", "",
                                              &property_group_schema());
    s.add<&CyclesVisibilitySettings::camera>("camera", "Camera").changes(Change::Shading);
    s.add<&CyclesVisibilitySettings::diffuse>("diffuse", "Diffuse").changes(Change::Shading);
    s.add<&CyclesVisibilitySettings::glossy>("glossy", "Glossy").changes(Change::Shading);
    s.add<&CyclesVisibilitySettings::transmission>("transmission", "Transmission")
        .changes(Change::Shading);
    s.add<&CyclesVisibilitySettings::shadow>("shadow", "Shadow").changes(Change::Shading);
    s.add<&CyclesVisibilitySettings::scatter>("scatter", "Volume Scatter").changes(Change::Shading);
    return s.build();
  }();
  return schema;
}

const Schema& World::schema() {
  static const Schema schema = [] {
    SchemaBuilder<World> s("World", "World", &DataBlock::schema());
    s.add<&World::color>("color", "Color")
        .range(0, infinity)
        .soft(0, 1)
        .subtype(Subtype::Color)
        .changes(Change::Shading);
    s.add<&World::mist_settings>("mist_settings", "Mist").not_animatable().never_none();
    s.add<&World::light_settings>("light_settings", "World Lighting").not_animatable().never_none();
    s.add<&World::node_tree>("node_tree", "Node Tree")
        .changes(Change::Shading)
        .read_only()
        .not_animatable()
        .overridable();
    s.add<&World::use_nodes>("use_nodes", "Use Nodes")
        .changes(Change::Shading)
        .not_animatable()
        .set([](const MutableRef& r, const Value& v) {
          return set_use_nodes(r, v.as_bool(), &World::use_nodes, &World::node_tree, world_tree);
        });
    s.add<&World::lightgroup>("lightgroup", "Lightgroup")
        .describe("The light group that the light of the background counts to")
        .changes(Change::Shading)
        .never_none()
        .not_animatable();
    s.add<&World::cycles>("cycles", "Cycles World Settings").not_animatable();
    s.add<&World::cycles_visibility>("cycles_visibility", "Cycles Visibility Settings")
        .not_animatable();
    return s.build();
  }();
  return schema;
}

}  // namespace kiln
