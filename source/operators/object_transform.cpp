// Operators on where objects are: parents and applying transforms.
#include "document/mesh.h"
#include "evaluation/evaluator.h"
#include "operators/object_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;
using evaluation::Evaluator;

enum class ParentKind : std::uint8_t { Object, Vertex, Vertex3 };

struct ParentSetSettings {
  ParentKind type = ParentKind::Object;
  bool keep_transform = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<ParentSetSettings> s("OBJECT_OT_parent_set", "Make Parent");
      s.add<&ParentSetSettings::type>("type", "Type").items({{"OBJECT", "Object", 0}}).not_animatable();
      s.add<&ParentSetSettings::keep_transform>("keep_transform", "Keep Transform").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// Gives the active object to the other selected ones as parent; they stay where they are.
Result<Outcome> set_parent(Context& context, bool keep_place, bool with_inverse) {
  Document& document = context.document();
  const float4x4 parent_world = Evaluator::world_matrix(document, *context.active_object());
  bool is_invertible = false;
  const float4x4 parent_inverse = inverse(parent_world, &is_invertible);
  for (const BlockId id : context.editable()) {
    if (id == context.active) {
      continue;
    }
    if (is_descendant(document, context.active, id)) {
      return Error::invalid("Loop in parents: \"{}\" is below \"{}\"", context.active_object()->name, document.find<Object>(id)->name);
    }
    const float4x4 world = Evaluator::world_matrix(document, *document.find<Object>(id));
    auto& object = document.edit<Object>(id, Change::Transform | Change::Hierarchy);
    const bool had_parent = bool(object.parent);
    object.parent = {context.active};
    object.parent_type = ObjectParentType::Object;
    object.matrix_parent_inverse = with_inverse && is_invertible ? parent_inverse : float4x4();
    if (with_inverse && (keep_place || had_parent)) {
      object.set_local_matrix(world);
    } else if (!with_inverse) {
      object.location = {};
      object.matrix_parent_inverse = float4x4();
      if (keep_place) {
        object.set_local_matrix(parent_inverse * world);
      }
    }
  }
  return Outcome::Finished;
}

Result<Outcome> parent_set(Context& context, const ParentSetSettings& s, const Given&) { return set_parent(context, s.keep_transform, true); }

struct ParentNoInverseSettings {
  bool keep_transform = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<ParentNoInverseSettings> s("OBJECT_OT_parent_no_inverse_set", "Make Parent without Inverse");
      s.add<&ParentNoInverseSettings::keep_transform>("keep_transform", "Keep Transform").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> parent_no_inverse_set(Context& context, const ParentNoInverseSettings& s, const Given&) {
  return set_parent(context, s.keep_transform, false);
}

enum class ParentClear : std::uint8_t { Clear, KeepTransform, Inverse };

struct ParentClearSettings {
  ParentClear type = ParentClear::Clear;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<ParentClearSettings> s("OBJECT_OT_parent_clear", "Clear Parent");
      s.add<&ParentClearSettings::type>("type", "Type")
          .items({{"CLEAR", "Clear Parent", 0}, {"CLEAR_KEEP_TRANSFORM", "Clear and Keep Transformation", 1}, {"CLEAR_INVERSE", "Clear Parent Inverse", 2}})
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> parent_clear(Context& context, const ParentClearSettings& s, const Given&) {
  for (const BlockId id : context.editable()) {
    const float4x4 world = Evaluator::world_matrix(context.document(), *context.document().find<Object>(id));
    auto& object = context.document().edit<Object>(id, Change::Transform | Change::Hierarchy);
    object.matrix_parent_inverse = float4x4();
    if (s.type != ParentClear::Inverse) {
      object.parent = {};
      if (s.type == ParentClear::KeepTransform) {
        object.set_local_matrix(world);
      }
    }
  }
  return Outcome::Finished;
}

struct ApplySettings {
  bool location = true, rotation = true, scale = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<ApplySettings> s("OBJECT_OT_transform_apply", "Apply Object Transform");
      s.add<&ApplySettings::location>("location", "Location").not_animatable();
      s.add<&ApplySettings::rotation>("rotation", "Rotation").not_animatable();
      s.add<&ApplySettings::scale>("scale", "Scale").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> transform_apply(Context& context, const ApplySettings& s, const Given&) {
  Document& document = context.document();
  for (const BlockId id : context.editable()) {
    const Object* object = document.find<Object>(id);
    const Mesh* mesh = document.find<Mesh>(object->data.id);
    if (object->data && !mesh) {
      return Error::invalid("Object \"{}\" has data that transforms cannot be applied to", object->name);
    }
    if (mesh && document.users(mesh->id) - (mesh->use_fake_user ? 1 : 0) > 1) {
      return Error::invalid("Cannot apply to a multi user: Object \"{}\", Mesh \"{}\", aborting", object->name, mesh->name);
    }
    const float4x4 before = object->local_matrix();
    auto& edited = document.edit<Object>(id, Change::Transform);
    // What stays on the object keeps its part; the rest goes to the data.
    if (s.location) {
      edited.location = {};
      edited.delta_location = {};
    }
    if (s.rotation) {
      edited.rotation_euler = edited.delta_rotation_euler = {};
      edited.rotation_quaternion = edited.delta_rotation_quaternion = {};
      edited.rotation_axis_angle = {0.0f, 0.0f, 1.0f, 0.0f};
    }
    if (s.scale) {
      edited.scale = edited.delta_scale = {1.0f, 1.0f, 1.0f};
    }
    // Location alone is taken as it is, without turning or scaling it back through what stays.
    bool is_invertible = false;
    const float4x4 rest = inverse(edited.local_matrix(), &is_invertible);
    if (!is_invertible) {
      return Error::invalid("Object \"{}\" has a scale of zero", edited.name);
    }
    if (mesh) {
      document.edit<Mesh>(edited.data.id, Change::Geometry).transform(rest * before);
    }
  }
  return context.selected.empty() ? Outcome::Cancelled : Outcome::Finished;
}

enum class DeltaKind : std::uint8_t { All, Location, Rotation, Scale };

struct DeltaSettings {
  DeltaKind mode = DeltaKind::All;
  bool reset_values = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<DeltaSettings> s("OBJECT_OT_transforms_to_deltas", "Transforms to Deltas");
      s.add<&DeltaSettings::mode>("mode", "Mode").items({{"ALL", "All Transforms", 0}, {"LOC", "Location", 1}, {"ROT", "Rotation", 2}, {"SCALE", "Scale", 3}}).not_animatable();
      s.add<&DeltaSettings::reset_values>("reset_values", "Reset Values").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> transforms_to_deltas(Context& context, const DeltaSettings& s, const Given&) {
  for (const BlockId id : context.editable()) {
    auto& object = context.document().edit<Object>(id, Change::Transform);
    if (s.mode == DeltaKind::All || s.mode == DeltaKind::Location) {
      object.delta_location += object.location;
      object.location = s.reset_values ? float3{} : object.location;
    }
    if (s.mode == DeltaKind::All || s.mode == DeltaKind::Rotation) {
      object.delta_rotation_euler += object.rotation_euler;
      object.delta_rotation_quaternion = object.delta_rotation_quaternion * object.rotation_quaternion;
      if (s.reset_values) {
        object.rotation_euler = {};
        object.rotation_quaternion = {};
      }
    }
    if (s.mode == DeltaKind::All || s.mode == DeltaKind::Scale) {
      object.delta_scale *= object.scale;
      object.scale = s.reset_values ? float3{1.0f, 1.0f, 1.0f} : object.scale;
    }
  }
  return Outcome::Finished;
}

}  // namespace

void register_object_transform(OperatorRegistry& registry) {
  add_operator(registry, "object.parent_set", "Make Parent", parent_set, needs_active_object);
  add_operator(registry, "object.parent_no_inverse_set", "Make Parent without Inverse", parent_no_inverse_set, needs_active_object);
  add_operator(registry, "object.parent_clear", "Clear Parent", parent_clear, needs_object_mode);
  add_operator(registry, "object.transform_apply", "Apply Object Transform", transform_apply, needs_object_mode);
  add_operator(registry, "object.transforms_to_deltas", "Transforms to Deltas", transforms_to_deltas, needs_object_mode);
}

}  // namespace kiln::operators
