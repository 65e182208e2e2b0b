// Operators that take an object's place back to where nothing has been moved, turned or scaled.
#include "operators/object_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

struct ClearSettings {
  bool clear_delta = false;
};
template <const char* identifier>
struct NamedClearSettings : ClearSettings {
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<NamedClearSettings> s(identifier, "Clear");
      s.template add<&NamedClearSettings::clear_delta>("clear_delta", "Clear Delta")
          .describe("Deltas go too")
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// Components that are not locked become `rest`.
template <typename Vector>
void clear(Vector& v, const std::array<bool, 3>& locks, float rest) {
  for (int i = 0; i < 3; ++i) {
    if (!locks[std::size_t(i)]) {
      v[i] = rest;
    }
  }
}

void clear_location(Object& object, bool with_delta) {
  clear(object.location, object.lock_location, 0.0f);
  if (with_delta) {
    clear(object.delta_location, object.lock_location, 0.0f);
  }
}

void clear_scale(Object& object, bool with_delta) {
  clear(object.scale, object.lock_scale, 1.0f);
  if (with_delta) {
    clear(object.delta_scale, object.lock_scale, 1.0f);
  }
}

// Without locks of all four numbers, angles about three axes are what is locked.
Quaternion cleared_angles(const Object& object, const Quaternion& turn) {
  float3 angles = matrix_to_euler(quaternion_to_matrix(normalize(turn)));
  clear(angles, object.lock_rotation, 0.0f);
  return euler_to_quaternion(angles);
}

// Four numbers of which each has a lock; `rest` is no turn.
float4 cleared_numbers(const Object& object, float4 turn, float4 rest) {
  const auto& locks = object.lock_rotation;
  return {object.lock_rotation_w ? turn[0] : rest[0], locks[0] ? turn[1] : rest[1],
          locks[1] ? turn[2] : rest[2], locks[2] ? turn[3] : rest[3]};
}

Quaternion cleared(const Object& object, const Quaternion& turn) {
  if (!object.lock_rotations_4d) {
    return cleared_angles(object, turn);
  }
  const float4 out = cleared_numbers(object, {turn.w, turn.x, turn.y, turn.z}, {1, 0, 0, 0});
  return {out[0], out[1], out[2], out[3]};
}

// An angle and an axis.
float4 cleared_axis_angle(const Object& object, float4 turn) {
  constexpr float4 rest{0.0f, 0.0f, 1.0f, 0.0f};
  if (object.lock_rotations_4d) {
    return cleared_numbers(object, turn, rest);
  }
  float3 axis;
  float angle = 0.0f;
  quaternion_to_axis_angle(
      cleared_angles(object, axis_angle_to_quaternion({turn[1], turn[2], turn[3]}, turn[0])), &axis,
      &angle);
  return angle == 0.0f ? rest : float4{angle, axis[0], axis[1], axis[2]};
}

void clear_rotation(Object& object, bool with_delta) {
  switch (object.rotation_mode) {
    case RotationMode::Quaternion:
      object.rotation_quaternion = cleared(object, object.rotation_quaternion);
      if (with_delta) {
        object.delta_rotation_quaternion = cleared(object, object.delta_rotation_quaternion);
      }
      break;
    case RotationMode::AxisAngle:
      object.rotation_axis_angle = cleared_axis_angle(object, object.rotation_axis_angle);
      break;
    default:
      clear(object.rotation_euler, object.lock_rotation, 0.0f);
      if (with_delta) {
        clear(object.delta_rotation_euler, object.lock_rotation, 0.0f);
      }
      break;
  }
}

// The object stands where its parent's origin is, whatever its location.
void clear_origin(Object& object, bool) {
  if (object.parent) {
    const float4x4 m = object.matrix_parent_inverse;
    for (int row = 0; row < 3; ++row) {
      object.matrix_parent_inverse[row][3] =
          -(m[row][0] * object.location[0] + m[row][1] * object.location[1] +
            m[row][2] * object.location[2]);
    }
  }
}

Result<Outcome> clear_selected(Context& context, void (*change)(Object&, bool), bool with_delta) {
  const std::vector<BlockId> objects = context.editable();
  for (const BlockId id : objects) {
    change(context.document().edit<Object>(id, Change::Transform), with_delta);
  }
  return objects.empty() ? Outcome::Cancelled : Outcome::Finished;
}

constexpr char location_name[] = "OBJECT_OT_location_clear",
               rotation_name[] = "OBJECT_OT_rotation_clear", scale_name[] = "OBJECT_OT_scale_clear";
using LocationSettings = NamedClearSettings<location_name>;
using RotationSettings = NamedClearSettings<rotation_name>;
using ScaleSettings = NamedClearSettings<scale_name>;

Result<Outcome> location_clear(Context& context, const LocationSettings& s, const Given&) {
  return clear_selected(context, clear_location, s.clear_delta);
}
Result<Outcome> rotation_clear(Context& context, const RotationSettings& s, const Given&) {
  return clear_selected(context, clear_rotation, s.clear_delta);
}
Result<Outcome> scale_clear(Context& context, const ScaleSettings& s, const Given&) {
  return clear_selected(context, clear_scale, s.clear_delta);
}
Result<Outcome> origin_clear(Context& context, const NoSettings&, const Given&) {
  return clear_selected(context, clear_origin, false);
}

}  // namespace

void register_object_clear(OperatorRegistry& registry) {
  add_operator(registry, "object.location_clear", "Clear Location", location_clear,
               needs_object_mode);
  add_operator(registry, "object.rotation_clear", "Clear Rotation", rotation_clear,
               needs_object_mode);
  add_operator(registry, "object.scale_clear", "Clear Scale", scale_clear, needs_object_mode);
  add_operator(registry, "object.origin_clear", "Clear Origin", origin_clear, needs_object_mode);
}

}  // namespace kiln::operators
