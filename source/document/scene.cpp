#include "document/scene.h"

#include "core/schema/registry.h"
#include "core/schema/services.h"
#include "document/collection.h"
#include "document/document.h"
#include "document/object.h"
#include "document/preferences.h"
#include "document/view3d_settings.h"
#include "document/world.h"

namespace kiln {
namespace {

const Scene& scene_of(const ConstRef& r) {
  return *static_cast<const Scene*>(r.block);
}

std::vector<EnumItem> unit_items(std::initializer_list<const char*> names) {
  std::vector<EnumItem> items;
  for (const char* name : names) {
    items.push_back({name, name, int(items.size())});
  }
  return items;
}

std::vector<EnumItem> rotation_mode_items() {
  return {{"QUATERNION", "Quaternion (WXYZ)", 0},
          {"XYZ", "XYZ Euler", 1},
          {"XZY", "XZY Euler", 2},
          {"YXZ", "YXZ Euler", 3},
          {"YZX", "YZX Euler", 4},
          {"ZXY", "ZXY Euler", 5},
          {"ZYX", "ZYX Euler", 6},
          {"AXIS_ANGLE", "Axis Angle", -1}};
}

void add_unit(SchemaBuilder<UnitSettings>& s, const char* identifier, const char* label,
              std::string UnitSettings::*member, std::vector<EnumItem> items) {
  s.add_computed(
       PropertyType::Enum, identifier, label,
       [member](const ConstRef& r) { return Value(r.as<UnitSettings>().*member); },
       [member, items, identifier](const MutableRef& r, const Value& v) -> Result<void> {
         for (const EnumItem& item : items) {
           if (item.identifier == v.as_string()) {
             r.as<UnitSettings>().*member = item.identifier;
             return {};
           }
         }
         return Error::invalid("{}: enum \"{}\" not found", identifier, v.as_string());
       })
      // Which there are depends on the system of units; the property itself tells none.
      .items({{"DEFAULT", "Default", 0}})
      .items([items](const ConstRef&) { return items; })
      .default_value("DEFAULT")
      .not_animatable();
  s.add_computed(
       PropertyType::String, std::string("stored_") + identifier, "",
       [member](const ConstRef& r) { return Value(r.as<UnitSettings>().*member); },
       [member](const MutableRef& r, const Value& v) -> Result<void> {
         r.as<UnitSettings>().*member = v.as_string();
         return {};
       })
      .internal()
      .stored()
      .default_value(Value(UnitSettings().*member));
}

const Schema& scene_objects_schema() {
  static const Schema schema = [] {
    Schema s;
    s.identifier = "SceneObjects";
    s.label = "Scene Objects";
    return s;
  }();
  return schema;
}

const Schema& view_layers_schema() {
  static const Schema schema = [] {
    struct Tag {};
    SchemaBuilder<Tag> s("ViewLayers", "Render Layers");
    s.add_function(
        "new",
        {parameter(PropertyType::String, "name", "",
                   [](PropertyBuilder& p) { p.required().default_value("ViewLayer"); }),
         parameter(PropertyType::Pointer, "result", "",
                   [](PropertyBuilder& p) { p.output().target(&ViewLayer::schema); })},
        [](const Call& call) -> Result<Value> {
          auto& layers = call.edit(Change::Hierarchy | Change::Visibility).as<Scene>().view_layers;
          ViewLayer layer;
          layer.name = unique_item_name(
              call.values[0].as_string(),
              [&](std::string_view taken) { return layers.find(taken) >= 0; }, '_');
          layers.add(layer);
          return Value(Handle{
              call.target.block->id,
              {PathStep{Scene::schema().property("view_layers"), layers.id(layers.size() - 1)}}});
        });
    s.add_function(
        "remove",
        {parameter(
            PropertyType::Pointer, "layer", "",
            [](PropertyBuilder& p) { p.required().never_none().target(&ViewLayer::schema); })},
        [](const Call& call) -> Result<Value> {
          const Scene& scene = call.target.as<Scene>();
          const auto& steps = call.values[0].as_handle().steps;
          const std::int64_t at =
              steps.empty() ? -1 : scene.view_layers.index_of(steps.back().item);
          if (at < 0) {
            return Error::invalid("Error: the view layer is not in scene '{}'", scene.name);
          }
          if (scene.view_layers.size() == 1) {
            return Error::invalid(
                "Error: View layer '{}' could not be removed from scene '{}': it is the only one",
                scene.view_layers[at].name, scene.name);
          }
          call.edit(Change::Hierarchy | Change::Visibility).as<Scene>().view_layers.remove(at);
          return Value();
        });
    return s.build();
  }();
  return schema;
}

const Schema& markers_schema() {
  static const Schema schema = [] {
    struct Tag {};
    SchemaBuilder<Tag> s("TimelineMarkers", "Timeline Markers");
    s.add_function(
        "new",
        {parameter(PropertyType::String, "name", "",
                   [](PropertyBuilder& p) { p.required().default_value("Marker"); }),
         parameter(PropertyType::Int, "frame", "",
                   [](PropertyBuilder& p) { p.range(-1048574, 1048574).default_value(1); }),
         parameter(PropertyType::Pointer, "marker", "",
                   [](PropertyBuilder& p) { p.output().target(&TimelineMarker::schema); })},
        [](const Call& call) -> Result<Value> {
          auto& markers = call.edit(Change::Settings).as<Scene>().timeline_markers;
          TimelineMarker marker;
          marker.name = valid_name(call.values[0].as_string());
          marker.frame = int(call.values[1].as_int());
          markers.add(marker);
          return Value(Handle{call.target.block->id,
                              {PathStep{Scene::schema().property("timeline_markers"),
                                        markers.id(markers.size() - 1)}}});
        });
    s.add_function("remove",
                   {parameter(PropertyType::Pointer, "marker", "",
                              [](PropertyBuilder& p) {
                                p.required().never_none().target(&TimelineMarker::schema);
                              })},
                   [](const Call& call) -> Result<Value> {
                     const auto& steps = call.values[0].as_handle().steps;
                     const std::int64_t at =
                         steps.empty()
                             ? -1
                             : call.target.as<Scene>().timeline_markers.index_of(steps.back().item);
                     if (at < 0) {
                       return Error::invalid("Error: the timeline marker is not in scene '{}'",
                                             call.target.block->name);
                     }
                     call.edit(Change::Settings).as<Scene>().timeline_markers.remove(at);
                     return Value();
                   });
    s.add_function("clear", {}, [](const Call& call) -> Result<Value> {
      call.edit(Change::Settings).as<Scene>().timeline_markers.clear();
      return Value();
    });
    return s.build();
  }();
  return schema;
}

}  // namespace

float4x4 Cursor3D::matrix() const {
  Object object;  // for the rotation modes
  object.rotation_mode = RotationMode(rotation_mode);
  object.rotation_euler = rotation_euler;
  object.rotation_quaternion = rotation_quaternion;
  object.rotation_axis_angle = rotation_axis_angle;
  return to_float4x4(object.rotation_matrix(), location);
}

void Cursor3D::set_matrix(const float4x4& m) {
  location = translation(m);
  Object object;
  object.rotation_mode = RotationMode(rotation_mode);
  object.rotation_euler = rotation_euler;
  object.set_local_matrix(m);
  rotation_euler = object.rotation_euler;
  rotation_quaternion = object.rotation_quaternion;
  rotation_axis_angle = object.rotation_axis_angle;
}

const Schema& UnitSettings::schema() {
  static const Schema schema = [] {
    SchemaBuilder<UnitSettings> s("UnitSettings", "Unit Settings");
    s.add<&UnitSettings::system>("system", "Unit System")
        .items({{"NONE", "None", 0}, {"METRIC", "Metric", 1}, {"IMPERIAL", "Imperial", 2}})
        .not_animatable()
        .default_value("NONE");
    s.add<&UnitSettings::system_rotation>("system_rotation", "Rotation Units")
        .items({{"DEGREES", "Degrees", 0}, {"RADIANS", "Radians", 2}})
        .not_animatable();
    s.add<&UnitSettings::scale_length>("scale_length", "Unit Scale")
        .range(1e-09, 1000000000)
        .soft(0.001, 100)
        .step(0.1, 6)
        .subtype(Subtype::Unsigned)
        .not_animatable()
        .default_value(0.0);
    s.add<&UnitSettings::use_separate>("use_separate", "Separate Units")
        .describe("Lengths are shown in several units: 1 m 23 cm")
        .not_animatable();
    add_unit(s, "length_unit", "Length Unit", &UnitSettings::length_unit,
             unit_items({"ADAPTIVE", "KILOMETERS", "METERS", "CENTIMETERS", "MILLIMETERS",
                         "MICROMETERS"}));
    add_unit(s, "mass_unit", "Mass Unit", &UnitSettings::mass_unit,
             unit_items({"ADAPTIVE", "TONNES", "KILOGRAMS", "GRAMS", "MILLIGRAMS"}));
    add_unit(s, "time_unit", "Time Unit", &UnitSettings::time_unit,
             unit_items({"ADAPTIVE", "DAYS", "HOURS", "MINUTES", "SECONDS", "MILLISECONDS",
                         "MICROSECONDS"}));
    add_unit(s, "temperature_unit", "Temperature Unit", &UnitSettings::temperature_unit,
             unit_items({"ADAPTIVE", "KELVIN", "CELSIUS"}));
    s.set_nested_in("Scene");
    return s.build();
  }();
  return schema;
}

const Schema& Cursor3D::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Cursor3D> s("View3DCursor", "3D Cursor");
    s.add<&Cursor3D::location>("location", "Location")
        .soft(-10000, 10000)
        .step(10, 4)
        .subtype(Subtype::XyzLength)
        .not_animatable();
    s.add<&Cursor3D::rotation_quaternion>("rotation_quaternion", "Quaternion Rotation")
        .soft(-10000, 10000)
        .subtype(Subtype::Quaternion)
        .not_animatable();
    s.add<&Cursor3D::rotation_axis_angle>("rotation_axis_angle", "Axis-Angle Rotation")
        .soft(-10000, 10000)
        .subtype(Subtype::AxisAngle)
        .not_animatable();
    s.add<&Cursor3D::rotation_euler>("rotation_euler", "Euler Rotation")
        .soft(-10000, 10000)
        .subtype(Subtype::Euler)
        .not_animatable();
    s.add<&Cursor3D::rotation_mode>("stored_rotation_mode", "").internal();
    s.add_computed(
         PropertyType::Enum, "rotation_mode", "Rotation Mode",
         [](const ConstRef& r) {
           for (const EnumItem& item : rotation_mode_items()) {
             if (item.value == r.as<Cursor3D>().rotation_mode) {
               return Value(item.identifier);
             }
           }
           return Value("XYZ");
         },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           auto& cursor = r.as<Cursor3D>();
           for (const EnumItem& item : rotation_mode_items()) {
             if (item.identifier == v.as_string()) {
               // The rotation stays.
               const float4x4 matrix = cursor.matrix();
               cursor.rotation_mode = item.value;
               cursor.set_matrix(matrix);
               return {};
             }
           }
           return Error::invalid("rotation_mode: enum \"{}\" not found", v.as_string());
         })
        .items(rotation_mode_items())
        .default_value("XYZ")
        .not_animatable();
    s.add_computed(
         PropertyType::Float, "matrix", "Transform Matrix",
         [](const ConstRef& r) { return matrix_value(r.as<Cursor3D>().matrix()); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           r.as<Cursor3D>().set_matrix(value_matrix(v));
           return {};
         })
        .matrix(4, 4)
        .soft(-10000, 10000)
        .subtype(Subtype::Matrix)
        .not_animatable()
        .default_value(Value::Numbers(16, 0.0));
    return s.build();
  }();
  return schema;
}

const Schema& DisplaySafeAreas::schema() {
  static const Schema schema = [] {
    SchemaBuilder<DisplaySafeAreas> s("DisplaySafeAreas", "Safe Areas");
    const auto margin = [](PropertyBuilder p) {
      p.range(0, 1).subtype(Subtype::Xyz).not_animatable();
    };
    margin(s.add<&DisplaySafeAreas::title>("title", "Title Safe Margins"));
    margin(s.add<&DisplaySafeAreas::action>("action", "Action Safe Margins")
               .default_value(Value::Numbers{0.035, 0.035}));
    margin(s.add<&DisplaySafeAreas::title_center>("title_center", "Center Title Safe Margins"));
    margin(s.add<&DisplaySafeAreas::action_center>("action_center", "Center Action Safe Margins"));
    return s.build();
  }();
  return schema;
}

const Schema& TimelineMarker::schema() {
  static const Schema schema = [] {
    SchemaBuilder<TimelineMarker> s("TimelineMarker", "Marker");
    s.add<&TimelineMarker::name>("name", "Name").max_bytes(64).not_animatable().never_none();
    s.add<&TimelineMarker::frame>("frame", "Frame").soft(-10000, 10000).subtype(Subtype::Time);
    s.add<&TimelineMarker::select>("select", "Select");
    s.add<&TimelineMarker::camera>("camera", "Camera").not_animatable().overridable();
    s.set_name_property("name");
    return s.build();
  }();
  return schema;
}

namespace {

// A scene that comes to stand behind itself would never end: it stays as it is.
Result<void> set_background(const MutableRef& r, const Value& v) {
  auto& scene = r.as<Scene>();
  const auto* behind = r.document ? r.document->find<Scene>(v.as_block()) : nullptr;
  if (behind) {
    bool comes_back = behind->id == scene.id;
    for (const Scene* next : background_scenes(*r.document, *behind)) {
      comes_back = comes_back || next->id == scene.id;
    }
    if (comes_back) {
      return {};
    }
  }
  scene.background_set = {v.as_block()};
  return {};
}

// The slots as three numbers each: type, whether it is used, custom orientation.
void add_stored_slots(SchemaBuilder<Scene>& s) {
  const auto numbers = [](const ConstRef& r) {
    Value::Numbers out;
    for (const OrientationSlot& slot : r.as<Scene>().orientation_slots) {
      out.insert(out.end(), {double(slot.type), double(slot.use), double(slot.custom)});
    }
    return Value(out);
  };
  const auto take = [](const MutableRef& r, const Value& v) -> Result<void> {
    const Value::Numbers& in = v.as_numbers();
    for (std::size_t i = 0; i < orientation_slot_count && 3 * i + 2 < in.size(); ++i) {
      const double type = in[3 * i], custom = in[3 * i + 2];
      r.as<Scene>().orientation_slots[i] = {
          type >= 0 && type <= double(TransformOrientation::Custom)
              ? TransformOrientation(int(type))
              : TransformOrientation::Global,
          in[3 * i + 1] != 0.0, custom >= 0 && custom < 1e6 ? int(custom) : -1};
    }
    return {};
  };
  s.add_computed(PropertyType::Int, "stored_orientation_slots", "", numbers, take)
      .array(3 * orientation_slot_count)
      .default_value(Value::Numbers{0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1})
      .changes(Change::Selection)
      .stored()
      .internal();
}

}  // namespace

std::vector<const Scene*> background_scenes(const Document& document, const Scene& scene) {
  std::vector<const Scene*> result;
  const Scene* next = document.find(scene.background_set);
  while (next && next->id != scene.id &&
         std::find(result.begin(), result.end(), next) == result.end()) {
    result.push_back(next);
    next = document.find(next->background_set);
  }
  return result;
}

const ViewLayer& first_render_layer(const Scene& scene) {
  for (const ViewLayer& layer : scene.view_layers) {
    if (layer.use) {
      return layer;
    }
  }
  return scene.view_layers[0];
}

const Schema& Scene::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Scene> s("Scene", "Scene", &DataBlock::schema());
    s.add<&Scene::camera>("camera", "Camera")
        .changes(Change::Hierarchy)
        .not_animatable()
        .overridable();
    s.add<&Scene::world>("world", "World")
        .changes(Change::Hierarchy)
        .not_animatable()
        .overridable();
    s.add<&Scene::background_set>("background_set", "Background Scene")
        .describe("A scene whose objects are seen behind those of this one, and rendered with them")
        .changes(Change::Hierarchy)
        .not_animatable()
        .overridable()
        .set(set_background);
    s.add_computed(
         PropertyType::String, "use_stamp_note", "Stamp Note",
         [](const ConstRef& r) { return Value(r.as<Scene>().render.stamp_note_text); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           r.as<Scene>().render.stamp_note_text = v.as_string();
           return {};
         })
        .max_bytes(768)
        .default_value("")
        .never_none()
        .not_animatable();
    s.add_blocks(
         "objects", "Objects", &Object::schema,
         [](const ConstRef& r) { return all_objects(*r.document, scene_of(r).collection.id); },
         [](const ConstRef& r, std::string_view name) {
           return r.document->named_among(BlockType::Object, name, [&](BlockId id) {
             return is_object_within(*r.document, id, scene_of(r).collection.id);
           });
         })
        .collection_schema(&scene_objects_schema)
        .not_animatable();
    s.add<&Scene::frame_current>("frame_current", "Current Frame")
        .range(-1048574, 1048574)
        .on_change([](const MutableRef& ref) {
          const auto* preferences = ref.services ? ref.services->find<Preferences>() : nullptr;
          if (preferences && !preferences->edit.use_negative_frames) {
            auto& scene = ref.as<Scene>();
            scene.frame_current = std::max(scene.frame_current, 0);
          }
        })
        .subtype(Subtype::Time)
        .not_animatable();
    s.add<&Scene::frame_start>("frame_start", "Start Frame")
        .range(0, 1048574)
        .subtype(Subtype::Time)
        .not_animatable();
    s.add<&Scene::frame_end>("frame_end", "End Frame")
        .range(0, 1048574)
        .subtype(Subtype::Time)
        .not_animatable();
    s.add<&Scene::frame_step>("frame_step", "Frame Step")
        .range(0, 1048574)
        .soft(1, 100)
        .subtype(Subtype::Time)
        .not_animatable();
    s.add<&Scene::frame_subframe>("frame_subframe", "Current Subframe")
        .range(0, 1)
        .step(0.01f, 2)
        .subtype(Subtype::Time)
        .overridable();
    s.add_computed(PropertyType::Float, "frame_current_final", "Current Frame Final",
                   [](const ConstRef& r) { return Value(r.as<Scene>().frame()); })
        .range(-1048574, 1048574)
        .subtype(Subtype::Time)
        .not_animatable()
        .default_value(0.0);
    s.add_computed(
         PropertyType::Float, "frame_float", "Current Subframe",
         [](const ConstRef& r) { return Value(r.as<Scene>().frame()); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           if (std::isnan(v.as_float())) {
             return Error::invalid("Scene.frame_float: this is no number");
           }
           const double frame = std::clamp(v.as_float(), -1048574.0, 1048574.0);
           r.as<Scene>().frame_current = int(std::floor(frame));
           r.as<Scene>().frame_subframe = float(frame - std::floor(frame));
           return {};
         })
        .range(-1048574, 1048574)
        .step(10, 2)
        .default_value(0.0)
        .subtype(Subtype::Time)
        .not_animatable();
    s.add<&Scene::use_preview_range>("use_preview_range", "Use Preview Range").not_animatable();
    s.add<&Scene::frame_preview_start>("frame_preview_start", "Preview Range Start Frame")
        .soft(-10000, 10000)
        .subtype(Subtype::Time)
        .not_animatable();
    s.add<&Scene::frame_preview_end>("frame_preview_end", "Preview Range End Frame")
        .soft(-10000, 10000)
        .subtype(Subtype::Time)
        .not_animatable();
    s.add<&Scene::gravity>("gravity", "Gravity")
        .soft(-200, 200)
        .step(1, 2)
        .subtype(Subtype::Acceleration);
    s.add<&Scene::sync_mode>("sync_mode", "Sync Mode")
        .describe("What playback does when frames take longer than they last")
        .items({{"NONE", "Play Every Frame", int(SyncMode::None)},
                {"FRAME_DROP", "Frame Dropping", int(SyncMode::FrameDrop)},
                {"AUDIO_SYNC", "Sync to Audio", int(SyncMode::AudioSync)}});
    s.add<&Scene::lock_frame_selection_to_range>("lock_frame_selection_to_range",
                                                 "Lock Frame Selection")
        .not_animatable();
    s.add<&Scene::use_gravity>("use_gravity", "Global Gravity");
    s.add<&Scene::timeline_markers>("timeline_markers", "Timeline Markers")
        .collection_schema(&markers_schema)
        .not_animatable()
        .overridable();
    s.add<&Scene::tool_settings>("tool_settings", "Tool Settings").never_none().not_animatable();
    s.add<&Scene::custom_orientations>("stored_custom_orientations", "").internal();
    add_stored_slots(s);
    s.add_view("transform_orientation_slots", "Transform Orientation Slots",
               &transform_orientation_slot_schema,
               [](const ConstRef&) { return std::int64_t(orientation_slot_count); });
    s.add<&Scene::unit_settings>("unit_settings", "Unit Settings").never_none().not_animatable();
    s.add<&Scene::render>("render", "Render Data").never_none().not_animatable();
    s.add<&Scene::cycles>("cycles", "Cycles Render Settings").not_animatable();
    s.add<&Scene::cursor>("cursor", "3D Cursor").never_none().not_animatable();
    s.add<&Scene::safe_areas>("safe_areas", "Safe Areas").never_none().not_animatable();
    s.add<&Scene::view_settings>("view_settings", "View Settings").not_animatable();
    s.add<&Scene::display_settings>("display_settings", "Display Settings").not_animatable();
    s.add<&Scene::view_layers>("view_layers", "View Layers")
        .collection_schema(&view_layers_schema)
        .not_animatable()
        .overridable();
    s.add<&Scene::collection>("collection", "Collection")
        .read_only()
        .never_none()
        .not_animatable()
        .overridable();
    return s.build();
  }();
  return schema;
}

Scene& add_scene(Document& document, std::string_view name) {
  const BlockId id = document.add<Scene>(name).id;
  const BlockId root = document.add<Collection>("Scene Collection", id).id;
  auto& scene = document.edit<Scene>(id);
  scene.collection = {root};
  ViewLayer layer;
  layer.name = "ViewLayer";
  scene.view_layers.add(layer);
  scene.render.use_overwrite = true;  // unlike what the interface calls the default
  return scene;
}

const Scene* active_scene(const Document& document) {
  if (const auto* scene = document.find<Scene>(document.settings().active_scene)) {
    return scene;
  }
  const auto& scenes = document.all(BlockType::Scene);
  return scenes.empty() ? nullptr : document.find<Scene>(scenes.front());
}

std::int64_t active_layer_index(const Document& document, const Scene& scene) {
  return std::max<std::int64_t>(0, scene.view_layers.find(document.settings().active_view_layer));
}

const ViewLayer& active_layer(const Document& document, const Scene& scene) {
  return scene.view_layers[active_layer_index(document, scene)];
}

void register_scene_types(Registry& registry) {
  for (const Schema* schema :
       {&Scene::schema(), &UnitSettings::schema(), &Cursor3D::schema(), &TimelineMarker::schema(),
        &ToolSettings::schema(), &transform_orientation_slot_schema(), &CustomOrientation::schema(),
        &scene_objects_schema(), &view_layers_schema(), &markers_schema(), &View3DShading::schema(),
        &View3DOverlay::schema(), &CyclesView3DShadingSettings::schema()}) {
    registry.add(*schema);
  }
}

}  // namespace kiln
