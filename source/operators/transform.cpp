// Moving, turning and scaling selected objects, or vertices in edit mode.
#include "operators/transform.h"

#include <unordered_set>

#include "document/mesh.h"
#include "document/scene.h"
#include "evaluation/evaluator.h"
#include "operators/edit_mode.h"
#include "operators/object_operators.h"
#include "operators/orientation.h"
#include "operators/transform_settings.h"

namespace kiln::operators {
namespace {

float3x3 about_axis(float3 axis, float angle) {
  return quaternion_to_matrix(axis_angle_to_quaternion(axis, angle));
}

}  // namespace

ObjectTransform::ObjectTransform(const Document& document, const std::vector<BlockId>& objects)
    : before_(document) {
  if (const Scene* scene = active_scene(document)) {
    keeps_children_ = scene->tool_settings.use_transform_skip_children;
    keeps_data_ = scene->tool_settings.use_transform_data_origin;
  }
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
    const bool locks_w = object.lock_rotations_4d && object.lock_rotation_w;
    if (!keeps_rotation && object.lock_rotation == std::array<bool, 3>{} && !locks_w) {
      object.rotation_quaternion = moved.rotation_quaternion;
      object.rotation_axis_angle = moved.rotation_axis_angle;
    } else if (!keeps_rotation && object.lock_rotations_4d) {
      // Each of the four numbers has a lock of its own.
      for (int i = 0; i < 4; ++i) {
        if (i == 0 ? !locks_w : !object.lock_rotation[std::size_t(i - 1)]) {
          object.rotation_quaternion[i] = moved.rotation_quaternion[i];
          object.rotation_axis_angle[i] = moved.rotation_axis_angle[i];
        }
      }
    }
    keep_in_place(document, start, *before);
  }
}

// Children and data that are not to move go back to where they were.
void ObjectTransform::keep_in_place(Document& document, const Start& start,
                                    const Object& before) const {
  if (!keeps_children_ && !keeps_data_) {
    return;
  }
  const float4x4 world =
      evaluation::Evaluator::world_matrix(document, *document.find<Object>(start.id));
  if (keeps_data_) {
    const auto* shape = before_.find<Mesh>(before.data.id);
    if (shape && !shape->is_linked() && document.find<Mesh>(before.data.id)) {
      const float4x4 back = inverse(world) * start.world;
      auto& mesh = document.edit<Mesh>(before.data.id, Change::Geometry);
      Array<float3> positions = shape->positions();
      for (float3& position : positions.edit()) {
        position = transform_point(back, position);
      }
      mesh.set_positions(std::move(positions));
    }
  }
  if (keeps_children_) {
    for (const BlockId id : document.users_of(start.id)) {
      const Object* child = before_.find<Object>(id);
      if (!child || child->parent.id != start.id || child->is_linked()) {
        continue;
      }
      const float4x4 was = evaluation::Evaluator::world_matrix(before_, *child);
      auto& moved = document.edit<Object>(id, Change::Transform);
      const float4x4 is = evaluation::Evaluator::world_matrix(document, moved);
      moved.set_local_matrix(moved.local_matrix() * inverse(is) * was);
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

float3x3 orientation_of(const Context& context, Orientation orientation, const float3x3& matrix,
                        bool has_matrix) {
  if (has_matrix) {
    return matrix;
  }
  const Object* active = context.active_object();
  switch (orientation) {
    case Orientation::Normal:
      if (is_editing_mesh(context)) {
        const auto found =
            selection_axes(*context.document().find<Mesh>(active->data.id),
                           evaluation::Evaluator::world_matrix(context.document(), *active));
        if (found) {
          return found->axes;
        }
      }
      [[fallthrough]];
    case Orientation::Local:
    case Orientation::Gimbal:
      if (active) {
        return rotation_part(evaluation::Evaluator::world_matrix(context.document(), *active));
      }
      break;
    case Orientation::Cursor:
      return rotation_part(context.get_scene().cursor.matrix());
    case Orientation::Global:
    case Orientation::View:
      break;
  }
  return {};
}

bool is_editing_mesh(const Context& context) {
  return !needs_edited_mesh(context);
}

std::optional<std::string> needs_something_to_move(const Context& context) {
  return is_editing_mesh(context) ? std::nullopt : needs_object_mode(context);
}

TransformPoints points_of(Context& context, const ProportionalSettings& settings,
                          bool has_normals) {
  if (!is_editing_mesh(context)) {
    return TransformPoints(context.document(), context.editable(), context.selectable(),
                           settings.proportional());
  }
  std::vector<TransformPoints::Edited> meshes;
  for (const BlockId mesh : edited_meshes(context)) {
    std::vector<BlockId> objects{context.active};
    objects.insert(objects.end(), context.selected.begin(), context.selected.end());
    for (const BlockId id : objects) {
      const Object* object = context.document().find<Object>(id);
      if (object && object->data.id == mesh) {
        meshes.push_back({mesh, evaluation::Evaluator::world_matrix(context.document(), *object)});
        break;
      }
    }
  }
  return TransformPoints(context.document(), meshes, settings.proportional(), has_normals);
}

namespace {

using Given = std::unordered_set<std::string>;

template <typename Settings>
void add_constraint(SchemaBuilder<Settings>& s) {
  add_orientation(s);
  s.template add<&Settings::constraint_axis>("constraint_axis", "Constraint Axis")
      .subtype(Subtype::Xyz)
      .not_animatable();
  add_proportional(s);
}

// Objects that move along, each with its share; those that are selected are left to the caller.
template <typename Move>
void move_along(Context& context, const ProportionalSettings& settings, Move&& move) {
  if (!settings.use_proportional_edit) {
    return;
  }
  const std::vector<BlockId> selected = context.editable(), all = context.selectable();
  std::vector<float3> places;
  std::vector<std::uint8_t> is_selected;
  for (const BlockId id : all) {
    places.push_back(translation(evaluation::Evaluator::world_matrix(
        context.document(), *context.document().find<Object>(id))));
    is_selected.push_back(std::find(selected.begin(), selected.end(), id) != selected.end());
  }
  const std::vector<float> weights =
      proportional_weights(settings.proportional(), places, is_selected);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!is_selected[i] && weights[i] > 0.0f) {
      move(ObjectTransform(context.document(), {all[i]}), weights[i]);
    }
  }
}

Result<Outcome> moved(Context& context, const TransformPoints& points) {
  if (points.empty()) {
    return Outcome::Cancelled;
  }
  if (const Result<void> merged = merge_moved_vertices(context); !merged) {
    return merged.error();
  }
  return Outcome::Finished;
}

struct TranslateSettings : ProportionalSettings {
  float3 value;
  Orientation orient_type = Orientation::Global;
  float3x3 orient_matrix;
  std::array<bool, 3> constraint_axis{};
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<TranslateSettings> s("TRANSFORM_OT_translate", "Move");
      s.add<&TranslateSettings::value>("value", "Move")
          .step(1)
          .subtype(Subtype::Translation)
          .not_animatable();
      add_constraint(s);
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> translate(Context& context, const TranslateSettings& s, const Given& given) {
  const float3 offset = axes_of(context, s, given) * s.value;
  if (is_editing_mesh(context)) {
    const TransformPoints points = points_of(context, s);
    points.translate(context.document(), offset);
    return moved(context, points);
  }
  const ObjectTransform transform(context.document(), context.editable());
  move_along(context, s, [&](const ObjectTransform& other, float weight) {
    other.translate(context.document(), offset * weight);
  });
  transform.translate(context.document(), offset);
  return transform.empty() ? Outcome::Cancelled : Outcome::Finished;
}

struct RotateSettings : ProportionalSettings {
  float value = 0.0f;
  OrientAxis orient_axis = OrientAxis::Z;
  Orientation orient_type = Orientation::Global;
  float3x3 orient_matrix;
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
      add_constraint(s);
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> rotate(Context& context, const RotateSettings& s, const Given& given) {
  // As measured in the reference: without a constraint the angle counts clockwise, with one
  // counter-clockwise.
  const bool is_constrained = s.constraint_axis != std::array<bool, 3>{};
  const float angle = is_constrained ? s.value : -s.value;
  const float3x3 axes = axes_of(context, s, given);
  const int i = int(s.orient_axis);
  const float3 axis{axes[0][i], axes[1][i], axes[2][i]};
  if (is_editing_mesh(context)) {
    const TransformPoints points = points_of(context, s);
    points.rotate(context.document(), points.median(), axis, angle);
    return moved(context, points);
  }
  const ObjectTransform transform(context.document(), context.editable());
  const TransformCenter center{transform.median()};
  move_along(context, s, [&](const ObjectTransform& other, float weight) {
    other.rotate(context.document(), center, axis, angle * weight);
  });
  transform.rotate(context.document(), center, axis, angle);
  return transform.empty() ? Outcome::Cancelled : Outcome::Finished;
}

struct ResizeSettings : ProportionalSettings {
  float3 value{1, 1, 1};
  Orientation orient_type = Orientation::Global;
  float3x3 orient_matrix;
  std::array<bool, 3> constraint_axis{};
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<ResizeSettings> s("TRANSFORM_OT_resize", "Resize");
      s.add<&ResizeSettings::value>("value", "Scale")
          .step(1)
          .subtype(Subtype::Xyz)
          .not_animatable();
      add_constraint(s);
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> resize(Context& context, const ResizeSettings& s, const Given& given) {
  const float3x3 axes = axes_of(context, s, given);
  if (is_editing_mesh(context)) {
    const TransformPoints points = points_of(context, s);
    points.resize(context.document(), points.median(), axes, s.value);
    return moved(context, points);
  }
  const ObjectTransform transform(context.document(), context.editable());
  const TransformCenter center{transform.median()};
  move_along(context, s, [&](const ObjectTransform& other, float weight) {
    const float3 one{1, 1, 1};
    other.resize(context.document(), center, axes, one + (s.value - one) * weight);
  });
  transform.resize(context.document(), center, axes, s.value);
  return transform.empty() ? Outcome::Cancelled : Outcome::Finished;
}

}  // namespace

void register_transform(OperatorRegistry& registry) {
  add_operator(registry, "transform.translate", "Move", translate, needs_something_to_move);
  add_operator(registry, "transform.rotate", "Rotate", rotate, needs_something_to_move);
  add_operator(registry, "transform.resize", "Resize", resize, needs_something_to_move);
}

}  // namespace kiln::operators
