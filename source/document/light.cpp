#include "document/light.h"

#include "core/schema/registry.h"
#include "document/default_trees.h"
#include "document/node_tree.h"

namespace kiln {
namespace {

void add_energy(SchemaBuilder<Light>& s, bool is_sun) {
  if (is_sun) {
    s.add<&Light::energy>("energy", "Strength").soft(0, 10).step(1).changes(Change::Shading);
  } else {
    s.add<&Light::energy>("energy", "Power")
        .soft(0, 1000000)
        .step(10, 5)
        .subtype(Subtype::Power)
        .changes(Change::Shading);
  }
}

void add_soft_size(SchemaBuilder<Light>& s) {
  s.add<&Light::shadow_soft_size>("shadow_soft_size", "Shadow Soft Size")
      .range(0, infinity)
      .soft(0, 100)
      .step(0.1)
      .subtype(Subtype::Distance)
      .changes(Change::Shading);
  s.add<&Light::use_shadow>("use_shadow", "use_shadow").changes(Change::Shading);
}

const Schema& point_schema() {
  static const Schema schema = [] {
    SchemaBuilder<Light> s("PointLight", "Point Light", &Light::schema());
    add_energy(s, false);
    add_soft_size(s);
    return s.build();
  }();
  return schema;
}

const Schema& sun_schema() {
  static const Schema schema = [] {
    SchemaBuilder<Light> s("SunLight", "Sun Light", &Light::schema());
    s.add<&Light::angle>("angle", "Angle")
        .range(0, 3.1415927)
        .subtype(Subtype::Angle)
        .changes(Change::Shading);
    add_energy(s, true);
    add_soft_size(s);
    return s.build();
  }();
  return schema;
}

const Schema& spot_schema() {
  static const Schema schema = [] {
    SchemaBuilder<Light> s("SpotLight", "Spot Light", &Light::schema());
    add_energy(s, false);
    add_soft_size(s);
    s.add<&Light::spot_size>("spot_size", "Spot Size")
        .range(0.017453292, 3.1415927)
        .subtype(Subtype::Angle)
        .changes(Change::Shading);
    s.add<&Light::spot_blend>("spot_blend", "Spot Blend").range(0, 1).changes(Change::Shading);
    s.add<&Light::show_cone>("show_cone", "Show Cone").changes(Change::Shading);
    return s.build();
  }();
  return schema;
}

const Schema& area_schema() {
  static const Schema schema = [] {
    SchemaBuilder<Light> s("AreaLight", "Area Light", &Light::schema());
    add_energy(s, false);
    add_soft_size(s);
    s.add<&Light::shape>("shape", "Shape")
        .items({{"SQUARE", "Square", 0},
                {"RECTANGLE", "Rectangle", 1},
                {"DISK", "Disk", 4},
                {"ELLIPSE", "Ellipse", 5}})
        .changes(Change::Shading);
    s.add<&Light::size>("size", "Size")
        .range(0, infinity)
        .soft(0, 100)
        .step(0.1)
        .subtype(Subtype::Distance)
        .changes(Change::Shading);
    s.add<&Light::size_y>("size_y", "Size Y")
        .range(0, infinity)
        .soft(0, 100)
        .step(0.1)
        .subtype(Subtype::Distance)
        .changes(Change::Shading);
    s.add<&Light::spread>("spread", "Spread")
        .range(0.017453292, 3.1415927)
        .subtype(Subtype::Angle)
        .changes(Change::Shading);
    return s.build();
  }();
  return schema;
}

}  // namespace

const Schema& CyclesLightSettings::schema() {
  static const Schema schema = [] {
    SchemaBuilder<CyclesLightSettings> s("CyclesLightSettings", "", &property_group_schema());
    s.add<&CyclesLightSettings::cast_shadow>("cast_shadow", "Cast Shadow").changes(Change::Shading);
    s.add<&CyclesLightSettings::max_bounces>("max_bounces", "Max Bounces")
        .range(0, 1024)
        .changes(Change::Shading);
    s.add<&CyclesLightSettings::use_multiple_importance_sampling>(
         "use_multiple_importance_sampling", "Multiple Importance Sample")
        .changes(Change::Shading);
    s.add<&CyclesLightSettings::is_portal>("is_portal", "Is Portal").changes(Change::Shading);
    return s.build();
  }();
  return schema;
}

const Schema& Light::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Light> s("Light", "Light", &DataBlock::schema());
    s.add<&Light::kind>("type", "Type")
        .items({{"POINT", "Point", 0}, {"SUN", "Sun", 1}, {"SPOT", "Spot", 2}, {"AREA", "Area", 4}})
        .changes(Change::Shading);
    s.add<&Light::color>("color", "Color")
        .range(0, infinity)
        .soft(0, 1)
        .subtype(Subtype::Color)
        .changes(Change::Shading);
    s.add<&Light::node_tree>("node_tree", "Node Tree")
        .changes(Change::Shading)
        .read_only()
        .not_animatable()
        .overridable();
    s.add<&Light::use_nodes>("use_nodes", "Use Nodes")
        .changes(Change::Shading)
        .not_animatable()
        .set([](const MutableRef& r, const Value& v) {
          return set_use_nodes(r, v.as_bool(), &Light::use_nodes, &Light::node_tree, light_tree);
        });
    s.add<&Light::cycles>("cycles", "Cycles Light Settings").not_animatable();
    // What the types share but only they show; the file keeps it whatever the type is now.
    s.add<&Light::energy>("stored_energy", "").internal();
    s.add<&Light::shadow_soft_size>("stored_shadow_soft_size", "").range(0, infinity).internal();
    s.add<&Light::use_shadow>("stored_use_shadow", "").internal();
    s.add<&Light::angle>("stored_angle", "").range(0, 3.1415927).internal();
    s.add<&Light::spot_size>("stored_spot_size", "").range(0.017453292, 3.1415927).internal();
    s.add<&Light::spot_blend>("stored_spot_blend", "").range(0, 1).internal();
    s.add<&Light::show_cone>("stored_show_cone", "").internal();
    s.add<&Light::shape>("stored_shape", "").internal();
    s.add<&Light::size>("stored_size", "").range(0, infinity).internal();
    s.add<&Light::size_y>("stored_size_y", "").range(0, infinity).internal();
    s.add<&Light::spread>("stored_spread", "").range(0.017453292, 3.1415927).internal();
    return s.build();
  }();
  return schema;
}

const Schema& Light::dynamic_schema() const {
  switch (kind) {
    case LightType::Point:
      return point_schema();
    case LightType::Sun:
      return sun_schema();
    case LightType::Spot:
      return spot_schema();
    case LightType::Area:
      return area_schema();
  }
  return schema();
}

void register_light_types(Registry& registry) {
  for (const Schema* schema : {&Light::schema(), &point_schema(), &sun_schema(), &spot_schema(),
                               &area_schema(), &CyclesLightSettings::schema()}) {
    registry.add(*schema);
  }
}

}  // namespace kiln
