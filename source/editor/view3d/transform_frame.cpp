#include "editor/view3d/transform_frame.h"

#include "evaluation/evaluator.h"
#include "operators/orientation.h"

namespace kiln::editor {
namespace {

// The axes that the three angles of an Euler rotation turn about: those turned later carry those
// turned before.
float3x3 gimbal_axes(const Document& document, const Object& object) {
  static constexpr int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                       {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
  const int mode = int(object.rotation_mode) - 1;
  if (mode < 0 || mode >= 6) {
    return rotation_part(evaluation::Evaluator::world_matrix(document, object));
  }
  const float4x4 to_world =
      evaluation::Evaluator::world_matrix(document, object) * inverse(object.local_matrix());
  float3x3 carried = rotation_part(to_world), out;
  for (int k = 2; k >= 0; --k) {
    const int i = orders[mode][k];
    float3 unit;
    unit[i] = 1.0f;
    const float3 turned = carried * unit;
    for (int row = 0; row < 3; ++row) {
      out[row][i] = turned[row];
    }
    carried =
        carried * quaternion_to_matrix(axis_angle_to_quaternion(unit, object.rotation_euler[i]));
  }
  return out;
}

// Of what is selected; those of the object where it has no direction.
float3x3 normal_axes(const EditedMesh& edited) {
  const auto found = operators::selection_axes(*edited.mesh, edited.world);
  return found ? found->axes : rotation_part(edited.world);
}

}  // namespace

float3x3 orientation_axes(const Session& session, TransformOrientation orientation,
                          const float3x3& view) {
  const Object* active = session.active_object();
  const Scene* scene = session.scene();
  switch (orientation) {
    case TransformOrientation::Global:
    case TransformOrientation::Custom:
      break;
    case TransformOrientation::Normal:
      if (const EditedMesh edited = edited_mesh(session); edited.mesh) {
        return normal_axes(edited);
      }
      [[fallthrough]];
    case TransformOrientation::Local:
      if (active) {
        return rotation_part(evaluation::Evaluator::world_matrix(session.document(), *active));
      }
      break;
    case TransformOrientation::View:
      return view;
    case TransformOrientation::Gimbal:
      if (active) {
        return gimbal_axes(session.document(), *active);
      }
      break;
    case TransformOrientation::Cursor:
      if (scene) {
        return rotation_part(scene->cursor.matrix());
      }
      break;
  }
  return {};
}

const char* orientation_name(TransformOrientation orientation) {
  switch (orientation) {
    case TransformOrientation::Local:
      return "local";
    case TransformOrientation::Normal:
      return "normal";
    case TransformOrientation::View:
      return "view";
    case TransformOrientation::Gimbal:
      return "gimbal";
    case TransformOrientation::Cursor:
      return "cursor";
    case TransformOrientation::Global:
    case TransformOrientation::Custom:
      break;
  }
  return "global";
}

float3x3 orientation_axes(const Session& session, const OrientationSlot& slot,
                          const float3x3& view) {
  const Scene* scene = session.scene();
  if (const CustomOrientation* custom = scene ? scene->custom_orientation(slot) : nullptr) {
    return rotation_part(to_float4x4(custom->matrix));
  }
  return orientation_axes(session, slot.type, view);
}

std::string orientation_name(const Scene& scene, const OrientationSlot& slot) {
  const CustomOrientation* custom = scene.custom_orientation(slot);
  return custom ? custom->name : orientation_name(slot.type);
}

TransformFrame transform_frame(const Session& session, const TransformTarget& target,
                               const float3x3& view, int kind) {
  TransformFrame frame;
  const Scene* scene = session.scene();
  if (!scene) {
    return frame;
  }
  const ToolSettings& tools = scene->tool_settings;
  const std::vector<float3> places = target.places();
  float3 sum, low, high;
  for (std::size_t i = 0; i < places.size(); ++i) {
    sum += places[i];
    low = i == 0 ? places[i] : min(low, places[i]);
    high = i == 0 ? places[i] : max(high, places[i]);
  }
  frame.center.pivot = places.empty() ? sum : sum / float(places.size());
  frame.center.only_locations = tools.use_transform_pivot_point_align && target.is_objects();
  switch (tools.transform_pivot_point) {
    case TransformPivot::BoundingBoxCenter:
      frame.center.pivot = (low + high) * 0.5f;
      break;
    case TransformPivot::Cursor:
      frame.center.pivot = scene->cursor.location;
      break;
    case TransformPivot::IndividualOrigins:
      frame.center.is_individual = target.is_objects();
      break;
    case TransformPivot::ActiveElement:
      if (const Object* active = session.active_object(); active && target.is_objects()) {
        frame.center.pivot =
            translation(evaluation::Evaluator::world_matrix(session.document(), *active));
      }
      break;
    case TransformPivot::MedianPoint:
      break;
  }
  const OrientationSlot& slot = scene->orientation_slot(kind);
  frame.orientation = slot.type;
  frame.name = orientation_name(*scene, slot);
  frame.axes = orientation_axes(session, slot, view);
  return frame;
}

}  // namespace kiln::editor
