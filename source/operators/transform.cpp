// Moving, turning and scaling the selected objects.
#include "operators/transform.h"

#include <unordered_set>

#include "evaluation/evaluator.h"
#include "operators/object_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

float3x3 about_axis(float3 axis, float angle) {
  return quaternion_to_matrix(axis_angle_to_quaternion(axis, angle));
}

}  // namespace

ObjectTransform::ObjectTransform(const Document& document, const std::vector<BlockId>& objects)
    : before_(document) {
  const std::unordered_set<BlockId> chosen(objects.begin(), objects.end());
  for (const BlockId id : objects) {
    const Object* object = document.find<Object>(id);
    if (!object || object->is_linked()) {
      continue;
    }
    bool is_carried = false;
    const Object* above = document.find(object->parent);
    for (int depth = 0; above && depth < 256 && !is_carried; ++depth) {
      is_carried = chosen.contains(above->id);
      above = document.find(above->parent);
    }
    if (!is_carried) {
      const float4x4 world = evaluation::Evaluator::world_matrix(document, *object);
      starts_.push_back({id, world, object->local_matrix() * inverse(world), object->scale});
    }
  }
}

std::vector<BlockId> ObjectTransform::objects() const {
  std::vector<BlockId> ids;
  for (const Start& start : starts_) {
    ids.push_back(start.id);
  }
  return ids;
}

float3 ObjectTransform::median() const {
  float3 sum;
  for (const Start& start : starts_) {
    sum += translation(start.world);
  }
  return starts_.empty() ? sum : sum / float(starts_.size());
}

template <typename Change3>
void ObjectTransform::apply(Document& document, bool keeps_rotation, Change3&& change) const {
  for (const Start& start : starts_) {
    const Object* before = before_.find<Object>(start.id);
    if (!document.find<Object>(start.id) || !before) {
      continue;
    }
    auto& object = document.edit<Object>(start.id, Change::Transform);
    Object moved = *before;
    change(start, moved);
    for (int i = 0; i < 3; ++i) {
      if (!object.lock_location[std::size_t(i)]) {
        object.location[i] = moved.location[i];
      }
      if (!object.lock_scale[std::size_t(i)]) {
        object.scale[i] = moved.scale[i];
      }
      if (!keeps_rotation && !object.lock_rotation[std::size_t(i)]) {
        object.rotation_euler[i] = moved.rotation_euler[i];
      }
    }
    if (!keeps_rotation && object.lock_rotation == std::array<bool, 3>{}) {
      object.rotation_quaternion = moved.rotation_quaternion;
      object.rotation_axis_angle = moved.rotation_axis_angle;
    }
  }
}

void ObjectTransform::translate(Document& document, float3 offset) const {
  apply(document, /*keeps_rotation=*/true, [&](const Start& start, Object& moved) {
    moved.location += transform_direction(start.parent_inverse, offset);
  });
}

void ObjectTransform::rotate(Document& document, const TransformCenter& center, float3 axis,
                             float angle) const {
  const float3x3 turn = about_axis(axis, angle);
  apply(document, center.only_locations, [&](const Start& start, Object& moved) {
    const float3 scale = moved.scale;
    const float3 at = translation(start.world);
    const float3 pivot = center.is_individual ? at : center.pivot;
    if (center.only_locations) {
      moved.location += transform_direction(start.parent_inverse, pivot + turn * (at - pivot) - at);
      return;
    }
    const float4x4 turned = to_float4x4(turn) * to_float4x4(upper3x3(start.world));
    float4x4 world = turned;
    const float3 place = pivot + turn * (at - pivot);
    for (int i = 0; i < 3; ++i) {
      world[i].w = place[i];
    }
    moved.set_local_matrix(start.parent_inverse * world);
    moved.scale = scale;
  });
}

void ObjectTransform::resize(Document& document, const TransformCenter& center,
                             const float3x3& axes, float3 factors) const {
  float3x3 diagonal;
  for (int i = 0; i < 3; ++i) {
    diagonal[i][i] = factors[i];
  }
  const float3x3 stretch = axes * diagonal * transpose(axes);
  apply(document, /*keeps_rotation=*/true, [&](const Start& start, Object& moved) {
    // Objects have no shear: an axis gets the length that its image has.
    const float3x3 turn = rotation_part(start.world);
    const float3x3 local = transpose(turn) * stretch * turn;
    for (int i = 0; i < 3 && !center.only_locations; ++i) {
      const float3 column{local[0][i], local[1][i], local[2][i]};
      moved.scale[i] *= length(column) * (column[i] < 0.0f ? -1.0f : 1.0f);
    }
    const float3 at = translation(start.world);
    const float3 pivot = center.is_individual ? at : center.pivot;
    const float3 place = pivot + stretch * (at - pivot);
    moved.location += transform_direction(start.parent_inverse, place - at);
  });
}

namespace {

using Given = std::unordered_set<std::string>;

enum class Orientation : std::uint8_t { Global, Local };
enum class OrientAxis : std::uint8_t { X, Y, Z };

// Columns are the axes that values count along.
float3x3 axes_of(const Context& context, Orientation orientation) {
  const Object* active = context.active_object();
  return orientation == Orientation::Local && active
             ? rotation_part(evaluation::Evaluator::world_matrix(context.document(), *active))
             : float3x3();
}

template <typename Settings>
void add_orientation(SchemaBuilder<Settings>& s) {
  s.template add<&Settings::orient_type>("orient_type", "Orientation")
      .items({{"GLOBAL", "Global", 0}, {"LOCAL", "Local", 1}})
      .not_animatable();
  s.template add<&Settings::constraint_axis>("constraint_axis", "Constraint Axis")
      .subtype(Subtype::Xyz)
      .not_animatable();
}

struct TranslateSettings {
  float3 value;
  Orientation orient_type = Orientation::Global;
  std::array<bool, 3> constraint_axis{};
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<TranslateSettings> s("TRANSFORM_OT_translate", "Move");
      s.add<&TranslateSettings::value>("value", "Move")
          .step(1)
          .subtype(Subtype::Translation)
          .not_animatable();
      add_orientation(s);
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> translate(Context& context, const TranslateSettings& s, const Given&) {
  const ObjectTransform transform(context.document(), context.editable());
  transform.translate(context.document(), axes_of(context, s.orient_type) * s.value);
  return transform.empty() ? Outcome::Cancelled : Outcome::Finished;
}

struct RotateSettings {
  float value = 0.0f;
  OrientAxis orient_axis = OrientAxis::Z;
  Orientation orient_type = Orientation::Global;
  std::array<bool, 3> constraint_axis{};
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<RotateSettings> s("TRANSFORM_OT_rotate", "Rotate");
      s.add<&RotateSettings::value>("value", "Angle")
          .soft(-6.2831855, 6.2831855)
          .subtype(Subtype::Angle)
          .not_animatable();
      s.add<&RotateSettings::orient_axis>("orient_axis", "Axis")
          .items({{"X", "X", 0}, {"Y", "Y", 1}, {"Z", "Z", 2}})
          .not_animatable();
      add_orientation(s);
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> rotate(Context& context, const RotateSettings& s, const Given&) {
  const ObjectTransform transform(context.document(), context.editable());
  // As measured in the reference: without a constraint the angle counts clockwise, with one
  // counter-clockwise.
  const bool is_constrained = s.constraint_axis != std::array<bool, 3>{};
  const float3x3 axes = axes_of(context, s.orient_type);
  const int i = int(s.orient_axis);
  transform.rotate(context.document(), {transform.median()}, {axes[0][i], axes[1][i], axes[2][i]},
                   is_constrained ? s.value : -s.value);
  return transform.empty() ? Outcome::Cancelled : Outcome::Finished;
}

struct ResizeSettings {
  float3 value{1, 1, 1};
  Orientation orient_type = Orientation::Global;
  std::array<bool, 3> constraint_axis{};
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<ResizeSettings> s("TRANSFORM_OT_resize", "Resize");
      s.add<&ResizeSettings::value>("value", "Scale")
          .step(1)
          .subtype(Subtype::Xyz)
          .not_animatable();
      add_orientation(s);
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> resize(Context& context, const ResizeSettings& s, const Given&) {
  const ObjectTransform transform(context.document(), context.editable());
  transform.resize(context.document(), {transform.median()}, axes_of(context, s.orient_type),
                   s.value);
  return transform.empty() ? Outcome::Cancelled : Outcome::Finished;
}

}  // namespace

void register_transform(OperatorRegistry& registry) {
  add_operator(registry, "transform.translate", "Move", translate, needs_object_mode);
  add_operator(registry, "transform.rotate", "Rotate", rotate, needs_object_mode);
  add_operator(registry, "transform.resize", "Resize", resize, needs_object_mode);
}

}  // namespace kiln::operators
