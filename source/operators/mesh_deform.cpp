// Transforms of places alone: shearing, to a sphere, pushing, along normals. Of vertices in edit
// mode, else of objects.
#include <cmath>

#include "evaluation/evaluator.h"
#include "operators/edit_mode.h"
#include "operators/mesh_operators.h"
#include "operators/transform_settings.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

struct ShearSettings : ProportionalSettings {
  float value = 0.0f;
  OrientAxis orient_axis = OrientAxis::Z, orient_axis_ortho = OrientAxis::X;
  Orientation orient_type = Orientation::Global;
  float3x3 orient_matrix;
  static const Schema& schema() {
    static const Schema schema = [] {
      using T = ShearSettings;
      SchemaBuilder<T> s("TRANSFORM_OT_shear", "Shear");
      s.add<&T::value>("value", "Offset").step(1).not_animatable();
      add_axis<&T::orient_axis>(s, "orient_axis", "Axis");
      add_axis<&T::orient_axis_ortho>(s, "orient_axis_ortho", "Axis Ortho");
      add_orientation(s);
      add_proportional(s);
      return s.build();
    }();
    return schema;
  }
};

// Points move along the axis given as the orthogonal one, by as much as they are away along the
// third.
Result<Outcome> shear(Context& context, const ShearSettings& s, const Given& given) {
  if (s.orient_axis == s.orient_axis_ortho) {
    return Error::invalid("orient_axis and orient_axis_ortho are the same axis");
  }
  const TransformPoints points = points_of(context, s);
  const float3x3 axes = axes_of(context, s, given);
  const auto axis = [&](int i) { return float3{axes[0][i], axes[1][i], axes[2][i]}; };
  const float3 center = points.median();
  const int along = int(s.orient_axis_ortho);
  const float3 by = axis(along), across = axis(3 - along - int(s.orient_axis));
  points.apply(context.document(), [&](const TransformPoints::Point& p) {
    return p.place + by * (dot(p.place - center, across) * s.value);
  });
  return points.empty() ? Outcome::Cancelled : Outcome::Finished;
}

struct ToSphereSettings : ProportionalSettings {
  float value = 0.0f;
  static const Schema& schema() {
    static const Schema schema = [] {
      using T = ToSphereSettings;
      SchemaBuilder<T> s("TRANSFORM_OT_tosphere", "To Sphere");
      s.add<&T::value>("value", "Factor").subtype(Subtype::Factor).range(0, 1).not_animatable();
      add_proportional(s);
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> to_sphere(Context& context, const ToSphereSettings& s, const Given&) {
  const TransformPoints points = points_of(context, s);
  const float3 center = points.median();
  float radius = 0.0f;
  int count = 0;
  for (const TransformPoints::Point& p : points.points()) {
    if (p.weight >= 1.0f) {
      radius += length(p.place - center);
      ++count;
    }
  }
  radius /= float(std::max(count, 1));
  points.apply(context.document(), [&](const TransformPoints::Point& p) {
    const float3 from = p.place - center;
    const float away = length(from);
    return away < 1e-12f ? p.place : center + from * ((1.0f - s.value) + s.value * radius / away);
  });
  return points.empty() ? Outcome::Cancelled : Outcome::Finished;
}

struct PushPullSettings : ProportionalSettings {
  float value = 0.0f;
  static const Schema& schema() {
    static const Schema schema = [] {
      using T = PushPullSettings;
      SchemaBuilder<T> s("TRANSFORM_OT_push_pull", "Push/Pull");
      s.add<&T::value>("value", "Distance").step(1).not_animatable();
      add_proportional(s);
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> push_pull(Context& context, const PushPullSettings& s, const Given&) {
  const TransformPoints points = points_of(context, s);
  const float3 center = points.median();
  points.apply(context.document(), [&](const TransformPoints::Point& p) {
    const float3 from = p.place - center;
    const float away = length(from);
    return away < 1e-12f ? p.place : p.place - from * (s.value / away);
  });
  return points.empty() ? Outcome::Cancelled : Outcome::Finished;
}

struct ShrinkFattenSettings : ProportionalSettings {
  float value = 0.0f;
  bool use_even_offset = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      using T = ShrinkFattenSettings;
      SchemaBuilder<T> s("TRANSFORM_OT_shrink_fatten", "Shrink/Fatten");
      s.add<&T::value>("value", "Offset").subtype(Subtype::Distance).step(1).not_animatable();
      s.add<&T::use_even_offset>("use_even_offset", "Offset Even").not_animatable();
      add_proportional(s);
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> shrink_fatten(Context& context, const ShrinkFattenSettings& s, const Given&) {
  const TransformPoints points = points_of(context, s, /*has_normals=*/true);
  points.apply(context.document(), [&](const TransformPoints::Point& p) {
    return p.place + (s.use_even_offset ? p.even_normal : p.normal) * s.value;
  });
  return points.empty() ? Outcome::Cancelled : Outcome::Finished;
}

}  // namespace

void register_mesh_deform(OperatorRegistry& registry) {
  add_operator(registry, "transform.shear", "Shear", shear, needs_something_to_move);
  add_operator(registry, "transform.tosphere", "To Sphere", to_sphere, needs_something_to_move);
  add_operator(registry, "transform.push_pull", "Push/Pull", push_pull, needs_something_to_move);
  add_operator(registry, "transform.shrink_fatten", "Shrink/Fatten", shrink_fatten,
               needs_edited_mesh);
}

}  // namespace kiln::operators
