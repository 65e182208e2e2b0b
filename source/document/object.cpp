#include "document/object.h"

#include "core/schema/registry.h"
#include "core/schema/services.h"
#include "document/camera.h"
#include "document/collection.h"
#include "document/document.h"
#include "document/light.h"
#include "document/material.h"
#include "document/mesh.h"
#include "document/modifier_names.h"
#include "document/project.h"
#include "document/scene.h"

namespace kiln {
namespace {

constexpr EulerOrder euler_order(RotationMode mode) {
  return mode < RotationMode::Xyz ? EulerOrder::XYZ
                                  : EulerOrder(int(mode) - int(RotationMode::Xyz));
}

Quaternion axis_angle(float4 r) {
  return axis_angle_to_quaternion({r.y, r.z, r.w}, r.x);
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

std::vector<EnumItem> type_items() {
  return {{"MESH", "Mesh", 1},
          {"CURVE", "Curve", 2},
          {"SURFACE", "Surface", 3},
          {"META", "Metaball", 5},
          {"FONT", "Text", 4},
          {"CURVES", "Hair Curves", 27},
          {"POINTCLOUD", "Point Cloud", 28},
          {"VOLUME", "Volume", 29},
          {"GPENCIL", "Grease Pencil", 26},
          {"ARMATURE", "Armature", 25},
          {"LATTICE", "Lattice", 22},
          {"EMPTY", "Empty", 0},
          {"LIGHT", "Light", 10},
          {"LIGHT_PROBE", "Light Probe", 13},
          {"CAMERA", "Camera", 11},
          {"SPEAKER", "Speaker", 12}};
}

// What an object can show instead of its present data (null: it is an empty): more of the same
// kind, and empties pictures.
bool is_object_data(const DataBlock* now, const DataBlock& block) {
  switch (block.type()) {
    case BlockType::Mesh:
    case BlockType::Camera:
    case BlockType::Light:
      return now && now->type() == block.type();
    case BlockType::Image:
      return !now || now->type() == BlockType::Image;
    default:
      return false;
  }
}

// The image user of an object is there while it is an empty that shows a picture.
Schema with_image_user_of_pictures(Schema schema) {
  for (Property& property : schema.properties) {
    if (property.identifier == "image_user") {
      property.address = [](const void* data, std::int64_t) -> const void* {
        const auto& object = *static_cast<const Object*>(data);
        return shows_picture(object) ? &object.image_user : nullptr;
      };
    }
  }
  return schema;
}

Result<void> set_parent(const MutableRef& r, const Value& v) {
  const BlockId parent = v.as_block();
  // As in the reference, a parent that is below the object is not taken, without a word.
  if (parent && r.document && is_descendant(*r.document, parent, r.block->id)) {
    return {};
  }
  r.as<Object>().parent = {parent};
  return {};
}

// Material slots are views: their number follows the data, what they hold is the object's or the
// data's.
const Schema& slot_schema();

class SlotAccess final : public CollectionAccess {
public:
  bool is_view() const override { return true; }
  std::int64_t size(const ConstRef& owner) const override {
    return owner.document ? slot_count(*owner.document, owner.as<Object>()) : 0;
  }
  ConstElement at(const ConstRef& owner, std::int64_t i) const override {
    return {{&slot_schema(), owner.data, i, owner.block, owner.document, owner.services}, 0, {}};
  }
  MutableRef edit_at(const MutableRef& owner, std::int64_t i) const override {
    auto& object = owner.as<Object>();
    if (std::int64_t(object.slots.size()) <= i) {
      object.slots.resize(std::size_t(i) + 1);
    }
    return {&slot_schema(), owner.data, i, owner.block, owner.document, owner.services};
  }
};

bool is_linked_to_object(const ConstRef& r) {
  const auto& slots = r.as<Object>().slots;
  return std::size_t(r.index) < slots.size() && slots[std::size_t(r.index)].is_linked_to_object;
}

Result<void> set_slot_material(const MutableRef& r, const Value& v) {
  const BlockRef<Material> material{v.as_block()};
  if (is_linked_to_object(r)) {
    r.as<Object>().slots[std::size_t(r.index)].object_material = material;
    return {};
  }
  const std::int64_t index = r.index;
  const BlockRef<DataBlock> data = r.as<Object>().data;
  if (const auto* mesh = r.document->find<Mesh>(data.id);
      mesh && std::size_t(index) < mesh->materials.size()) {
    r.document->edit<Mesh>(data.id, Change::Shading | Change::Hierarchy)
        .materials[std::size_t(index)] = material;
  }
  return {};
}

const Schema& slot_schema() {
  static const Schema schema = [] {
    SchemaBuilder<MaterialSlot> s("MaterialSlot", "Material Slot");
    s.add_computed(
         PropertyType::Pointer, "material", "Material",
         [](const ConstRef& r) {
           return Value(slot_material(*r.document, r.as<Object>(), int(r.index)).id);
         },
         set_slot_material)
        .target(&Material::schema)
        .changes(Change::Shading | Change::Hierarchy)
        .not_animatable()
        .overridable();
    s.add_computed(
         PropertyType::Enum, "link", "Link",
         [](const ConstRef& r) { return Value(is_linked_to_object(r) ? "OBJECT" : "DATA"); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           r.as<Object>().slots[std::size_t(r.index)].is_linked_to_object =
               v.as_string() == "OBJECT";
           return {};
         })
        .items({{"OBJECT", "Object", 1}, {"DATA", "Data", 0}})
        .default_value("DATA")
        .changes(Change::Shading)
        .overridable();
    s.add_computed(PropertyType::Int, "slot_index", "Index",
                   [](const ConstRef& r) { return Value(r.index); })
        .soft(-10000, 10000)
        .default_value(0);
    s.add_computed(PropertyType::String, "name", "Name",
                   [](const ConstRef& r) {
                     const DataBlock* m = r.document->find(
                         slot_material(*r.document, r.as<Object>(), int(r.index)).id);
                     return Value(m ? m->name : "");
                   })
        .default_value("")
        .never_none()
        .not_animatable();
    s.set_name_property("name");
    Schema built = s.build();
    built.make = nullptr;
    return built;
  }();
  return schema;
}

const Schema& modifiers_schema() {
  static const Schema schema = [] {
    struct Tag {};
    SchemaBuilder<Tag> s("ObjectModifiers", "Object Modifiers");
    const Property modifier =
        parameter(PropertyType::Pointer, "modifier", "",
                  [](PropertyBuilder& p) { p.required().never_none().target(&Modifier::schema); });
    s.add_computed(
         PropertyType::Pointer, "active", "Active Modifier",
         [](const ConstRef& r) -> Value {
           const auto& object = r.as<Object>();
           if (object.modifiers.index_of(object.active_modifier) < 0) {
             return {};
           }
           return Handle{
               r.block->id,
               {PathStep{Object::schema().property("modifiers"), object.active_modifier}}};
         },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           r.as<Object>().active_modifier =
               v.as_handle().steps.empty() ? 0 : v.as_handle().steps.back().item;
           return {};
         })
        .target(&Modifier::schema)
        .changes(Change::Selection)
        .not_animatable();
    s.add_function(
        "new",
        {parameter(PropertyType::String, "name", "Name", [](PropertyBuilder& p) { p.required(); }),
         parameter(PropertyType::Enum, "type", "",
                   [](PropertyBuilder& p) {
                     p.required().items([](const ConstRef& r) {
                       std::vector<EnumItem> items;
                       const auto* registry =
                           r.services ? r.services->find<const Registry>() : nullptr;
                       for (const Schema* kind : registry ? registry->kinds_of(Modifier::schema())
                                                          : std::vector<const Schema*>()) {
                         items.push_back({kind->tag, modifier_label(*kind), int(items.size())});
                       }
                       return items;
                     });
                   }),
         parameter(PropertyType::Pointer, "modifier", "",
                   [](PropertyBuilder& p) { p.output().target(&Modifier::schema); })},
        [](const Call& call) -> Result<Value> {
          const auto* registry = call.services.find<const Registry>();
          const Schema* kind =
              registry ? registry->kind(Modifier::schema(), call.values[1].as_string()) : nullptr;
          if (!kind) {
            return Error::invalid("enum \"{}\" is no type of modifier", call.values[1].as_string());
          }
          if (!call.document.find<Mesh>(call.target.as<Object>().data.id)) {
            return Value();
          }
          auto& object = call.edit(Change::Geometry).as<Object>();
          std::shared_ptr<Modifier> modifier(static_cast<Modifier*>(kind->make()));
          const std::string& wanted = call.values[0].as_string();
          modifier->name = unique_item_name(
              wanted.empty() ? default_modifier_name(*kind) : wanted,
              [&](std::string_view taken) { return object.modifiers.find(taken) >= 0; });
          object.modifiers.add(std::move(modifier));
          object.active_modifier = object.modifiers.id(object.modifiers.size() - 1);
          return Value(
              Handle{object.id,
                     {PathStep{Object::schema().property("modifiers"), object.active_modifier}}});
        });
    s.add_function("remove", {modifier}, [](const Call& call) -> Result<Value> {
      const Handle& handle = call.values[0].as_handle();
      const std::int64_t at =
          handle.steps.empty() || handle.block != call.target.block->id
              ? -1
              : call.target.as<Object>().modifiers.index_of(handle.steps.back().item);
      if (at < 0) {
        return Error::invalid("Error: Modifier is not in object '{}'", call.target.block->name);
      }
      call.edit(Change::Geometry).as<Object>().modifiers.remove(at);
      return Value();
    });
    s.add_function("clear", {}, [](const Call& call) -> Result<Value> {
      call.edit(Change::Geometry).as<Object>().modifiers.clear();
      return Value();
    });
    return s.build();
  }();
  return schema;
}

}  // namespace

void Object::initialize_for(const DataBlock* block) {
  if (block && (block->type() == BlockType::Camera || block->type() == BlockType::Light)) {
    track_axis = ObjectTrackAxis::NegZ;
    up_axis = ObjectUpAxis::Y;
  }
}

float3x3 Object::rotation_matrix() const {
  switch (rotation_mode) {
    case RotationMode::Quaternion:
      return quaternion_to_matrix(normalize(delta_rotation_quaternion) *
                                  normalize(rotation_quaternion));
    case RotationMode::AxisAngle:
      return quaternion_to_matrix(axis_angle(rotation_axis_angle));
    default: {
      const EulerOrder order = euler_order(rotation_mode);
      return euler_to_matrix(delta_rotation_euler, order) * euler_to_matrix(rotation_euler, order);
    }
  }
}

float4x4 Object::local_matrix() const {
  return compose(location + delta_location, rotation_matrix(), scale * delta_scale);
}

void Object::set_local_matrix(const float4x4& m) {
  location = translation(m) - delta_location;
  const float3 lengths{length(axis(m, 0)), length(axis(m, 1)), length(axis(m, 2))};
  const float sign = determinant(upper3x3(m)) < 0.0f ? -1.0f : 1.0f;
  for (int i = 0; i < 3; ++i) {
    scale[i] = delta_scale[i] != 0.0f ? sign * lengths[i] / delta_scale[i] : 0.0f;
  }
  const float3x3 rotation = rotation_part(m);
  switch (rotation_mode) {
    case RotationMode::Quaternion: {
      const Quaternion d = normalize(delta_rotation_quaternion);
      rotation_quaternion = Quaternion{d.w, -d.x, -d.y, -d.z} * matrix_to_quaternion(rotation);
      break;
    }
    case RotationMode::AxisAngle: {
      float3 direction;
      float angle = 0.0f;
      quaternion_to_axis_angle(matrix_to_quaternion(rotation), &direction, &angle);
      rotation_axis_angle = {angle, direction.x, direction.y, direction.z};
      break;
    }
    default: {
      const EulerOrder order = euler_order(rotation_mode);
      const float3x3 without_delta =
          transpose(euler_to_matrix(delta_rotation_euler, order)) * rotation;
      rotation_euler = matrix_to_compatible_euler(without_delta, rotation_euler, order);
    }
  }
}

void Object::set_rotation_mode(RotationMode wanted) {
  Quaternion q;
  if (rotation_mode == RotationMode::Quaternion) {
    q = normalize(rotation_quaternion);
  } else if (rotation_mode == RotationMode::AxisAngle) {
    q = axis_angle(rotation_axis_angle);
  } else {
    q = euler_to_quaternion(rotation_euler, euler_order(rotation_mode));
  }
  if (wanted == rotation_mode) {
    return;
  }
  if (wanted == RotationMode::Quaternion) {
    rotation_quaternion = q;
  } else if (wanted == RotationMode::AxisAngle) {
    float3 direction;
    float angle = 0.0f;
    quaternion_to_axis_angle(q, &direction, &angle);
    rotation_axis_angle = {angle, direction.x, direction.y, direction.z};
  } else {
    rotation_euler =
        rotation_mode >= RotationMode::Xyz
            ? matrix_to_euler(euler_to_matrix(rotation_euler, euler_order(rotation_mode)),
                              euler_order(wanted))
            : matrix_to_euler(quaternion_to_matrix(q), euler_order(wanted));
  }
  rotation_mode = wanted;
}

void Object::visit_references(FunctionRef<void(BlockId)> visit) const {
  for (const MaterialSlot& slot : slots) {
    if (slot.object_material) {
      visit(slot.object_material.id);
    }
  }
}

void Object::map_references(FunctionRef<BlockId(BlockId)> visit) {
  for (MaterialSlot& slot : slots) {
    if (slot.object_material) {
      slot.object_material.id = visit(slot.object_material.id);
    }
  }
}

std::string_view object_type(const Document& document, const Object& object) {
  const DataBlock* data = document.find(object.data.id);
  if (!data) {
    return "EMPTY";
  }
  switch (data->type()) {
    case BlockType::Mesh:
      return "MESH";
    case BlockType::Camera:
      return "CAMERA";
    case BlockType::Light:
      return "LIGHT";
    default:
      return "EMPTY";
  }
}

int slot_count(const Document& document, const Object& object) {
  const auto* mesh = document.find<Mesh>(object.data.id);
  return mesh ? int(mesh->materials.size()) : 0;
}

BlockRef<Material> slot_material(const Document& document, const Object& object, int slot) {
  const auto at = std::size_t(slot);
  if (at < object.slots.size() && object.slots[at].is_linked_to_object) {
    return object.slots[at].object_material;
  }
  const auto* mesh = document.find<Mesh>(object.data.id);
  return mesh && at < mesh->materials.size() ? mesh->materials[at] : BlockRef<Material>();
}

bool is_descendant(const Document& document, BlockId object, BlockId ancestor) {
  // A chain longer than there are blocks has a cycle, which a damaged file may hold.
  std::size_t steps = document.block_count() + 1;
  for (BlockId id = object; id && steps > 0; --steps) {
    if (id == ancestor) {
      return true;
    }
    const auto* o = document.find<Object>(id);
    id = o ? o->parent.id : BlockId{};
  }
  return false;
}

std::vector<BlockId> children_of(const Document& document, BlockId parent) {
  std::vector<BlockId> children;
  for (const BlockId user : document.users_of(parent)) {
    const auto* object = document.find<Object>(user);
    if (object && object->parent.id == parent) {
      children.push_back(user);
    }
  }
  std::sort(children.begin(), children.end(),
            [&](BlockId a, BlockId b) { return document.find(a)->name < document.find(b)->name; });
  return children;
}

const Schema& CyclesObjectSettings::schema() {
  static const Schema schema = [] {
    SchemaBuilder<CyclesObjectSettings> s("CyclesObjectSettings", "", &property_group_schema());
    s.add<&CyclesObjectSettings::use_motion_blur>("use_motion_blur", "Use Motion Blur")
        .changes(Change::Shading);
    s.add<&CyclesObjectSettings::use_deform_motion>("use_deform_motion", "Use Deformation Motion")
        .changes(Change::Shading);
    s.add<&CyclesObjectSettings::motion_steps>("motion_steps", "Motion Steps")
        .range(1, 7)
        .changes(Change::Shading);
    s.add<&CyclesObjectSettings::use_camera_cull>("use_camera_cull", "Use Camera Cull");
    s.add<&CyclesObjectSettings::use_distance_cull>("use_distance_cull", "Use Distance Cull");
    s.add<&CyclesObjectSettings::shadow_terminator_offset>("shadow_terminator_offset",
                                                           "Shadow Terminator Shading Offset")
        .range(0, 1)
        .step(3, 2)
        .changes(Change::Shading);
    s.add<&CyclesObjectSettings::shadow_terminator_geometry_offset>(
         "shadow_terminator_geometry_offset", "Shadow Terminator Geometry Offset")
        .range(0, 1)
        .step(3, 2)
        .changes(Change::Shading);
    s.add<&CyclesObjectSettings::ao_distance>("ao_distance", "AO Distance")
        .describe(
            "How far fast global illumination looks from this object; 0 takes the distance of the "
            "world")
        .range(0, infinity)
        .step(3, 2)
        .subtype(Subtype::Distance)
        .changes(Change::Shading);
    return s.build();
  }();
  return schema;
}

namespace {

// Symmetry of editing, which is kept with the mesh.
template <bool Mesh::*Member>
void add_mesh_mirror(SchemaBuilder<Object>& s, const char* name, const char* label) {
  s.add_computed(
       PropertyType::Boolean, name, label,
       [](const ConstRef& r) {
         const Mesh* mesh = r.document ? r.document->find<Mesh>(r.as<Object>().data.id) : nullptr;
         return Value(mesh && mesh->*Member);
       },
       [](const MutableRef& r, const Value& v) -> Result<void> {
         const BlockId data = r.as<Object>().data.id;
         if (r.document && r.document->find<Mesh>(data)) {
           r.document->edit<Mesh>(data, Change::Settings).*Member = v.as_bool();
         }
         return {};
       })
      .default_value(false);
}

}  // namespace

const Schema& Object::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Object> s("Object", "Object", &DataBlock::schema());
    s.add<&Object::data>("data", "Data")
        .changes(Change::Geometry | Change::Shading | Change::Hierarchy)
        .not_animatable()
        .overridable()
        .accepts([](const ConstRef& owner, const ConstRef& candidate) {
          return is_object_data(owner.document->find(owner.as<Object>().data.id), *candidate.block);
        });
    s.add_computed(PropertyType::Enum, "type", "Type",
                   [](const ConstRef& r) {
                     return Value(r.document ? object_type(*r.document, r.as<Object>()) : "EMPTY");
                   })
        .items(type_items())
        .default_value("EMPTY");
    s.add<&Object::mode>("mode", "Mode")
        .read_only()
        .changes(Change::Selection)
        .items({{"OBJECT", "Object Mode", 0},
                {"EDIT", "Edit Mode", 1},
                {"POSE", "Pose Mode", 64},
                {"SCULPT", "Sculpt Mode", 2},
                {"VERTEX_PAINT", "Vertex Paint", 4},
                {"WEIGHT_PAINT", "Weight Paint", 8},
                {"TEXTURE_PAINT", "Texture Paint", 16}});
    s.add<&Object::parent>("parent", "Parent")
        .changes(Change::Transform | Change::Hierarchy)
        .not_animatable()
        .overridable()
        .set(set_parent);
    s.add<&Object::parent_type>("parent_type", "Parent Type")
        .items({{"OBJECT", "Object", 0},
                {"ARMATURE", "Armature", 4},
                {"LATTICE", "Lattice", 4},
                {"VERTEX", "Vertex", 5},
                {"VERTEX_3", "3 Vertices", 6},
                {"BONE", "Bone", 7}})
        .changes(Change::Transform)
        .overridable();
    s.add<&Object::parent_vertices>("parent_vertices", "Parent Vertices")
        .non_negative()
        .changes(Change::Transform);
    s.add<&Object::track_axis>("track_axis", "Track Axis")
        .items({{"POS_X", "+X", 0},
                {"POS_Y", "+Y", 1},
                {"POS_Z", "+Z", 2},
                {"NEG_X", "-X", 3},
                {"NEG_Y", "-Y", 4},
                {"NEG_Z", "-Z", 5}})
        .overridable()
        .default_value("POS_X");
    s.add<&Object::up_axis>("up_axis", "Up Axis")
        .items({{"X", "X", 0}, {"Y", "Y", 1}, {"Z", "Z", 2}})
        .overridable()
        .default_value("X");
    s.add_collection("material_slots", "Material Slots", &slot_schema,
                     std::make_shared<SlotAccess>())
        .not_animatable()
        .overridable();
    s.add_computed(
         PropertyType::Pointer, "active_material", "Active Material",
         [](const ConstRef& r) {
           return r.document ? Value(slot_material(*r.document, r.as<Object>(),
                                                   r.as<Object>().active_material_index)
                                         .id)
                             : Value();
         },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           const int index = r.as<Object>().active_material_index;
           if (index < slot_count(*r.document, r.as<Object>())) {
             return set_slot_material({nullptr, r.data, index, r.block, r.document, r.services}, v);
           }
           if (r.document->find<Mesh>(r.as<Object>().data.id)) {
             r.document->edit<Mesh>(r.as<Object>().data.id, Change::Shading | Change::Hierarchy)
                 .materials.push_back({v.as_block()});
           }
           return {};
         })
        .target(&Material::schema)
        .changes(Change::Shading)
        .not_animatable()
        .overridable();
    s.add<&Object::active_material_index>("active_material_index", "Active Material Index")
        .range(0, infinity)
        .soft(0, 10000)
        .changes(Change::Selection)
        .subtype(Subtype::Unsigned)
        .not_animatable()
        .overridable();
    s.add<&Object::location>("location", "Location")
        .step(1, 5)
        .subtype(Subtype::Translation)
        .changes(Change::Transform)
        .overridable();
    s.add<&Object::rotation_quaternion>("rotation_quaternion", "Quaternion Rotation")
        .soft(-10000, 10000)
        .subtype(Subtype::Quaternion)
        .changes(Change::Transform)
        .overridable();
    s.add<&Object::rotation_axis_angle>("rotation_axis_angle", "Axis-Angle Rotation")
        .soft(-10000, 10000)
        .subtype(Subtype::AxisAngle)
        .changes(Change::Transform)
        .overridable();
    s.add<&Object::rotation_euler>("rotation_euler", "Euler Rotation")
        .soft(-10000, 10000)
        .subtype(Subtype::Euler)
        .changes(Change::Transform)
        .overridable();
    s.add<&Object::rotation_mode>("rotation_mode", "Rotation Mode")
        .items(rotation_mode_items())
        .changes(Change::Transform)
        .overridable()
        .set([](const MutableRef& r, const Value& v) -> Result<void> {
          for (const EnumItem& item : rotation_mode_items()) {
            if (item.identifier == v.as_string()) {
              r.as<Object>().set_rotation_mode(RotationMode(item.value));
              return {};
            }
          }
          return Error::invalid("rotation_mode: enum \"{}\" not found", v.as_string());
        });
    s.add<&Object::scale>("scale", "Scale")
        .step(1)
        .subtype(Subtype::Xyz)
        .changes(Change::Transform)
        .overridable();
    s.add<&Object::delta_location>("delta_location", "Delta Location")
        .step(1, 5)
        .subtype(Subtype::Translation)
        .changes(Change::Transform)
        .overridable();
    s.add<&Object::delta_rotation_euler>("delta_rotation_euler", "Delta Rotation (Euler)")
        .soft(-10000, 10000)
        .subtype(Subtype::Euler)
        .changes(Change::Transform)
        .overridable();
    s.add<&Object::delta_rotation_quaternion>("delta_rotation_quaternion",
                                              "Delta Rotation (Quaternion)")
        .soft(-10000, 10000)
        .subtype(Subtype::Quaternion)
        .changes(Change::Transform)
        .overridable();
    s.add<&Object::delta_scale>("delta_scale", "Delta Scale")
        .step(1)
        .subtype(Subtype::Xyz)
        .changes(Change::Transform)
        .overridable();
    s.add<&Object::lock_location>("lock_location", "Lock Location")
        .changes(Change::Transform)
        .overridable();
    s.add<&Object::lock_rotation>("lock_rotation", "Lock Rotation")
        .changes(Change::Transform)
        .overridable();
    s.add<&Object::lock_rotation_w>("lock_rotation_w", "Lock Rotation (4D Angle)")
        .changes(Change::Transform)
        .overridable();
    s.add<&Object::lock_rotations_4d>("lock_rotations_4d", "Lock Rotations (4D)")
        .changes(Change::Transform)
        .overridable();
    s.add<&Object::lock_scale>("lock_scale", "Lock Scale").changes(Change::Transform).overridable();
    s.add<&Object::matrix_parent_inverse>("matrix_parent_inverse", "Parent Inverse Matrix")
        .soft(-10000, 10000)
        .subtype(Subtype::Matrix)
        .changes(Change::Transform)
        .overridable()
        .default_value(matrix_value(float4x4()));
    s.add_computed(
         PropertyType::Float, "matrix_basis", "Input Matrix",
         [](const ConstRef& r) { return matrix_value(r.as<Object>().local_matrix()); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           r.as<Object>().set_local_matrix(value_matrix(v));
           return {};
         })
        .matrix(4, 4)
        .soft(-10000, 10000)
        .subtype(Subtype::Matrix)
        .changes(Change::Transform)
        .not_animatable()
        .default_value(Value::Numbers(16, 0.0));
    s.add<&Object::modifiers>("modifiers", "Modifiers")
        .changes(Change::Geometry)
        .collection_schema(&modifiers_schema)
        .not_animatable()
        .overridable();
    s.add_blocks("children", "Children", &Object::schema, [](const ConstRef& r) {
       return children_of(*r.document, r.block->id);
     }).not_animatable();
    s.add_blocks("users_collection", "Collections", &Collection::schema, [](const ConstRef& r) {
       std::vector<BlockId> found;
       for (const BlockId user : r.document->users_of(r.block->id)) {
         const auto* c = r.document->find<Collection>(user);
         if (c && c->contains({r.block->id})) {
           found.push_back(user);
         }
       }
       std::sort(found.begin(), found.end(), [&](BlockId a, BlockId b) {
         return r.document->find(a)->name < r.document->find(b)->name;
       });
       return found;
     }).not_animatable();
    s.add<&Object::empty_display_type>("empty_display_type", "Empty Display Type")
        .items({{"PLAIN_AXES", "Plain Axes", 2},
                {"ARROWS", "Arrows", 1},
                {"SINGLE_ARROW", "Single Arrow", 4},
                {"CIRCLE", "Circle", 3},
                {"CUBE", "Cube", 5},
                {"SPHERE", "Sphere", 6},
                {"CONE", "Cone", 7},
                {"IMAGE", "Image", 8}})
        .on_change([](const MutableRef& r) {
          if (!shows_picture(r.as<Object>())) {
            r.as<Object>().image_user = Object().image_user;
          }
        })
        .overridable();
    s.add<&Object::empty_display_size>("empty_display_size", "Empty Display Size")
        .range(0.0001, 1000)
        .soft(0.01, 100)
        .step(1, 2)
        .subtype(Subtype::Distance)
        .overridable();
    s.add<&Object::empty_image_offset>("empty_image_offset", "Origin Offset")
        .step(0.1, 2)
        .overridable();
    s.add<&Object::image_user>("image_user", "Image User")
        .never_none()
        .not_animatable()
        .overridable();
    s.add<&Object::empty_image_depth>("empty_image_depth", "Empty Image Depth")
        .items({{"DEFAULT", "Default", 0}, {"FRONT", "Front", 1}, {"BACK", "Back", 2}})
        .overridable();
    s.add<&Object::empty_image_side>("empty_image_side", "Empty Image Side")
        .items({{"DOUBLE_SIDED", "Both", 0}, {"FRONT", "Front", 4}, {"BACK", "Back", 8}})
        .overridable();
    s.add<&Object::show_empty_image_perspective>("show_empty_image_perspective",
                                                 "Display in Perspective Mode")
        .describe("The picture is shown where the view has perspective")
        .default_value(false)
        .overridable();
    s.add<&Object::show_empty_image_orthographic>("show_empty_image_orthographic",
                                                  "Display in Orthographic Mode")
        .describe("The picture is shown where the view has no perspective")
        .default_value(false)
        .overridable();
    s.add<&Object::show_empty_image_only_axis_aligned>("show_empty_image_only_axis_aligned",
                                                       "Display Only Axis Aligned")
        .describe("The picture is shown only to views that face it")
        .overridable();
    s.add<&Object::use_empty_image_alpha>("use_empty_image_alpha", "Use Alpha")
        .describe("The alpha of the object's color says how opaque the picture is")
        .overridable();
    s.add<&Object::lightgroup>("lightgroup", "Lightgroup")
        .describe("The light group that light from this object counts to")
        .changes(Change::Shading)
        .never_none()
        .not_animatable()
        .overridable();
    s.add<&Object::pass_index>("pass_index", "Pass Index")
        .range(0, 32767)
        .subtype(Subtype::Unsigned)
        .changes(Change::Shading)
        .overridable();
    s.add<&Object::color>("color", "Color")
        .range(0, infinity)
        .soft(0, 1)
        .subtype(Subtype::Color)
        .changes(Change::Shading)
        .overridable();
    s.add<&Object::hide_viewport>("hide_viewport", "Disable in Viewports")
        .changes(Change::Visibility)
        .overridable()
        .on_change([](const MutableRef& ref) {
          auto& object = ref.as<Object>();
          const auto* project = ref.services ? ref.services->find<Project>() : nullptr;
          object.is_never_evaluated =
              object.hide_viewport && project && !project->was_evaluated(object.id);
        });
    s.add<&Object::is_never_evaluated>("is_never_evaluated", "").internal();
    s.add<&Object::hide_select>("hide_select", "Disable Selection")
        .changes(Change::Visibility)
        .not_animatable()
        .overridable();
    s.add<&Object::hide_render>("hide_render", "Disable in Renders")
        .changes(Change::Visibility)
        .overridable();
    s.add<&Object::show_instancer_for_render>("show_instancer_for_render", "Render Instancer")
        .changes(Change::Visibility)
        .overridable();
    s.add<&Object::show_instancer_for_viewport>("show_instancer_for_viewport", "Display Instancer")
        .changes(Change::Visibility)
        .overridable();
    s.add<&Object::visible_camera>("visible_camera", "Camera Visibility")
        .default_value(false)
        .changes(Change::Visibility)
        .overridable();
    s.add<&Object::visible_diffuse>("visible_diffuse", "Diffuse Visibility")
        .default_value(false)
        .changes(Change::Visibility)
        .overridable();
    s.add<&Object::visible_glossy>("visible_glossy", "Glossy Visibility")
        .default_value(false)
        .changes(Change::Visibility)
        .overridable();
    s.add<&Object::visible_transmission>("visible_transmission", "Transmission Visibility")
        .default_value(false)
        .changes(Change::Visibility)
        .overridable();
    s.add<&Object::visible_volume_scatter>("visible_volume_scatter", "Volume Scatter Visibility")
        .default_value(false)
        .changes(Change::Visibility)
        .overridable();
    s.add<&Object::visible_shadow>("visible_shadow", "Shadow Visibility")
        .default_value(false)
        .changes(Change::Visibility)
        .overridable();
    s.add<&Object::is_holdout>("is_holdout", "Holdout").changes(Change::Visibility).overridable();
    s.add<&Object::is_shadow_catcher>("is_shadow_catcher", "Shadow Catcher")
        .changes(Change::Visibility)
        .overridable();
    s.add<&Object::instance_type>("instance_type", "Instance Type")
        .items({{"NONE", "None", 0},
                {"VERTS", "Vertices", 16},
                {"FACES", "Faces", 512},
                {"COLLECTION", "Collection", 256}})
        .changes(Change::Visibility)
        .overridable();
    s.add<&Object::use_instance_vertices_rotation>("use_instance_vertices_rotation",
                                                   "Orient with Normals")
        .changes(Change::Visibility)
        .overridable();
    s.add<&Object::use_instance_faces_scale>("use_instance_faces_scale", "Scale to Face Sizes")
        .changes(Change::Visibility)
        .overridable();
    s.add<&Object::instance_faces_scale>("instance_faces_scale", "Instance Faces Scale")
        .range(0.001, 10000)
        .changes(Change::Visibility)
        .overridable();
    s.add<&Object::instance_collection>("instance_collection", "Instance Collection")
        .changes(Change::Visibility | Change::Hierarchy)
        .not_animatable()
        .overridable();
    s.add_computed(PropertyType::Boolean, "is_instancer", "Is Instancer", [](const ConstRef& r) {
       return Value(r.as<Object>().instance_type != ObjectInstanceType::None);
     }).default_value(false);
    s.add<&Object::display_type>("display_type", "Display As")
        .items({{"BOUNDS", "Bounds", 1},
                {"WIRE", "Wire", 2},
                {"SOLID", "Solid", 3},
                {"TEXTURED", "Textured", 5}})
        .overridable();
    s.add<&Object::show_bounds>("show_bounds", "Display Bounds").overridable();
    s.add<&Object::display_bounds_type>("display_bounds_type", "Display Bounds Type")
        .items({{"BOX", "Box", 0},
                {"SPHERE", "Sphere", 1},
                {"CYLINDER", "Cylinder", 2},
                {"CONE", "Cone", 3},
                {"CAPSULE", "Capsule", 7}})
        .overridable();
    s.add<&Object::show_name>("show_name", "Display Name").overridable();
    s.add<&Object::show_axis>("show_axis", "Display Axes").overridable();
    s.add<&Object::show_texture_space>("show_texture_space", "Display Texture Space").overridable();
    s.add<&Object::show_wire>("show_wire", "Display Wire").overridable();
    s.add<&Object::show_in_front>("show_in_front", "In Front").overridable();
    s.add<&Object::show_all_edges>("show_all_edges", "Display All Edges")
        .describe("Wireframes show edges between faces of one plane too")
        .overridable();
    s.add<&Object::show_transparent>("show_transparent", "Display Transparent")
        .describe("Surfaces in the object's color are as opaque as it says")
        .overridable();
    s.add<&Object::use_camera_lock_parent>("use_camera_lock_parent", "Camera Parent Lock")
        .describe("Views that are locked to this camera move the uppermost of its parents instead")
        .overridable();
    // Objects of a scene are neither made by an instancer nor part of a background.
    for (const char* name :
         {"is_from_instancer", "is_from_set", "use_dynamic_topology_sculpting"}) {
      s.add_computed(PropertyType::Boolean, name, name, [](const ConstRef&) {
         return Value(false);
       }).default_value(false);
    }
    add_mesh_mirror<&Mesh::use_mirror_x>(s, "use_mesh_mirror_x", "X");
    add_mesh_mirror<&Mesh::use_mirror_y>(s, "use_mesh_mirror_y", "Y");
    add_mesh_mirror<&Mesh::use_mirror_z>(s, "use_mesh_mirror_z", "Z");
    s.add<&Object::cycles>("cycles", "Cycles Object Settings").not_animatable();
    add_vertex_groups(s);
    add_object_functions(s);
    s.add_item_id<&Object::active_modifier>("stored_active_modifier");
    s.add_computed(
         PropertyType::Collection, "stored_slots", "",
         [](const ConstRef& r) {
           Value::List list;
           for (const MaterialSlot& slot : r.as<Object>().slots) {
             list.emplace_back(slot.is_linked_to_object);
             list.emplace_back(Value(slot.object_material.id));
           }
           return Value(std::move(list));
         },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           auto& slots = r.as<Object>().slots;
           slots.clear();
           for (std::size_t i = 0; i + 1 < v.as_list().size(); i += 2) {
             slots.push_back({v.as_list()[i].as_bool(), {v.as_list()[i + 1].as_block()}});
           }
           return {};
         })
        .internal()
        .stored()
        .default_value(Value::List());
    return with_image_user_of_pictures(s.build());
  }();
  return schema;
}

void register_object_types(Registry& registry) {
  for (const Schema* schema : {&Object::schema(), &slot_schema(), &modifiers_schema(),
                               &Modifier::schema(), &CyclesObjectSettings::schema()}) {
    registry.add(*schema);
  }
}

}  // namespace kiln
