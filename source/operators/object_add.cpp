// Operators that add objects without geometry.
#include "document/camera.h"
#include "document/light.h"
#include "operators/object_operators.h"
#include "operators/placement.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

void place(Context& context, Object& object, const Placement& placement, const Given& given) {
  const ResolvedPlacement where = resolve(context, placement, given);
  object.location = where.location;
  object.rotation_euler = where.rotation;
  object.scale = where.scale;
}

struct LightAddSettings : Placement {
  LightType type = LightType::Point;
  float radius = 1.0f;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<LightAddSettings> s("OBJECT_OT_light_add", "Add Light");
      s.add<&LightAddSettings::type>("type", "Type").items({{"POINT", "Point", 0}, {"SUN", "Sun", 1}, {"SPOT", "Spot", 2}, {"AREA", "Area", 4}}).not_animatable();
      s.add<&LightAddSettings::radius>("radius", "Radius").range(0, 1e12).soft(0.001, 100).step(1).subtype(Subtype::Distance).not_animatable();
      add_placement(s, false);
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> add_light(Context& context, const LightAddSettings& s, const Given& given) {
  const char* name = s.type == LightType::Sun ? "Sun" : s.type == LightType::Spot ? "Spot" : s.type == LightType::Area ? "Area" : "Point";
  auto& light = context.document().add<Light>(name);
  light.kind = s.type;
  light.size = light.size_y = s.radius;
  if (s.type == LightType::Sun) {
    light.energy = 1.0f;
  }
  place(context, context.add_object(name, &light), s, given);
  return Outcome::Finished;
}

struct CameraAddSettings : Placement {
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<CameraAddSettings> s("OBJECT_OT_camera_add", "Add Camera");
      add_placement(s);
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> add_camera(Context& context, const CameraAddSettings& s, const Given& given) {
  const DataBlock& camera = context.document().add<Camera>("Camera");
  const BlockId id = context.add_object("Camera", &camera).id;
  place(context, context.document().edit<Object>(id), s, given);
  if (!context.get_scene().camera) {
    context.document().edit<Scene>(context.scene, Change::Hierarchy).camera = {id};
  }
  return Outcome::Finished;
}

struct EmptyAddSettings : Placement {
  ObjectEmptyDisplayType type = ObjectEmptyDisplayType::PlainAxes;
  float radius = 1.0f;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<EmptyAddSettings> s("OBJECT_OT_empty_add", "Add Empty");
      s.add<&EmptyAddSettings::type>("type", "Type").items(Object::schema().property("empty_display_type")->items).not_animatable();
      s.add<&EmptyAddSettings::radius>("radius", "Radius").range(0, 1e12).soft(0.001, 100).step(1).subtype(Subtype::Distance).not_animatable();
      add_placement(s, false);
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> add_empty(Context& context, const EmptyAddSettings& s, const Given& given) {
  Object& object = context.add_object("Empty", nullptr);
  object.empty_display_type = s.type;
  object.empty_display_size = s.radius;
  place(context, object, s, given);
  return Outcome::Finished;
}

}  // namespace

void register_object_add(OperatorRegistry& registry) {
  add_operator(registry, "object.light_add", "Add Light", add_light, needs_object_mode);
  add_operator(registry, "object.camera_add", "Add Camera", add_camera, needs_object_mode);
  add_operator(registry, "object.empty_add", "Add Empty", add_empty, needs_object_mode);
}

}  // namespace kiln::operators
