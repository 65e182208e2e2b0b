#include "modeling/modifiers/cast.h"

#include "core/tasks.h"

namespace kiln::modeling {
Mesh CastModifier::apply(const Mesh& mesh, ModifierContext& context) const {
  if (!(use_x || use_y || use_z) || mesh.vertex_count() == 0) {
    return mesh;
  }
  // The shape lies at the control object: seen from there with `use_transform`, else only around
  // it.
  float4x4 to_shape, from_shape;
  float3 center;
  if (object) {
    to_shape = inverse(context.world_matrix(object)) * context.world_matrix();
    from_shape = inverse(to_shape);
    center = translation(from_shape);
  }
  const bool is_turned = object && use_transform;
  const auto seen = [&](float3 p) { return is_turned ? transform_point(to_shape, p) : p - center; };

  const bool is_flat = cast_type == CastType::Cylinder;
  const auto reach = [&](float3 p) {
    switch (cast_type) {
      case CastType::Sphere:
        return length(p);
      case CastType::Cylinder:
        return length(float3{p.x, p.y, 0});
      default:
        return max_component({std::abs(p.x), std::abs(p.y), std::abs(p.z)});
    }
  };
  // Without a size the shape is as large as the mesh around the centre, turned or not.
  float target = use_radius_as_size ? radius : size;
  float3 box;
  if (target <= 0.0f) {
    double sum = 0;
    for (const float3 p : mesh.positions()) {
      const float3 d = p - center;
      sum += length(d);
      box = max(box, float3{std::abs(d.x), std::abs(d.y), std::abs(d.z)});
    }
    target = float(sum / double(mesh.vertex_count()));
  } else {
    box = {target, target, target};
  }

  const std::vector<float> weights = group_weights(mesh, vertex_group, invert_vertex_group);
  Array<float3> moved = mesh.positions();
  const std::span<float3> positions = moved.edit();
  parallel_for(positions.size(), 1 << 12, [&](std::size_t begin, std::size_t end) {
    for (std::size_t v = begin; v < end; ++v) {
      const float3 d = seen(positions[v]);
      const float amount = factor * (weights.empty() ? 1.0f : weights[v]);
      if ((radius > 0.0f && reach(d) > radius) || amount == 0.0f) {
        continue;
      }
      float3 goal = d;
      if (cast_type == CastType::Cuboid) {
        float scale = std::numeric_limits<float>::infinity();
        for (int k = 0; k < 3; ++k) {
          if (std::abs(d[k]) > 1e-9f) {
            scale = std::min(scale, box[k] / std::abs(d[k]));
          }
        }
        goal = std::isfinite(scale) ? d * scale : d;
      } else {
        goal = normalize(is_flat ? float3{d.x, d.y, 0} : d) * target;
        if (is_flat) {
          goal.z = d.z;
        }
      }
      float3 p = lerp(d, goal, amount);
      p = {use_x ? p.x : d.x, use_y ? p.y : d.y, use_z ? p.z : d.z};
      positions[v] = is_turned ? transform_point(from_shape, p) : p + center;
    }
  });
  Mesh result = mesh;
  result.set_positions(std::move(moved));
  return result;
}

const Schema& CastModifier::schema() {
  static const Schema schema = [] {
    using M = CastModifier;
    SchemaBuilder<M> s("CastModifier", "Cast Modifier", &Modifier::schema());
    s.set_tag("CAST");
    add_setting<&M::cast_type>(s, "cast_type", "Shape")
        .items({{"SPHERE", "Sphere", 0}, {"CYLINDER", "Cylinder", 1}, {"CUBOID", "Cuboid", 2}});
    add_target<&M::object>(s, "object", "Object");
    add_setting<&M::invert_vertex_group>(s, "invert_vertex_group", "Invert");
    add_setting<&M::use_x>(s, "use_x", "X");
    add_setting<&M::use_y>(s, "use_y", "Y");
    add_setting<&M::use_z>(s, "use_z", "Z");
    add_setting<&M::use_radius_as_size>(s, "use_radius_as_size", "Size from Radius");
    add_setting<&M::use_transform>(s, "use_transform", "Use Transform");
    add_setting<&M::factor>(s, "factor", "Factor")
        .subtype(Subtype::Factor)
        .soft(-10, 10)
        .step(5, 2);
    add_setting<&M::radius>(s, "radius", "Radius")
        .subtype(Subtype::Distance)
        .range(0, infinity)
        .soft(0, 100)
        .step(5, 2);
    add_setting<&M::size>(s, "size", "Size").range(0, infinity).soft(0, 100).step(5, 2);
    add_name<&M::vertex_group>(s, "vertex_group", "Vertex Group");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
