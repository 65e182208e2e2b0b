#include "modeling/modifiers/hook.h"

#include "core/tasks.h"
#include "modeling/modifiers/falloff.h"

namespace kiln::modeling {
Mesh HookModifier::apply(const Mesh& mesh, ModifierContext& context) const {
  if (!object || strength == 0.0f || mesh.vertex_count() == 0) {
    return mesh;
  }
  const float4x4 to_hook = inverse(context.world_matrix()) * context.world_matrix(object);
  const float4x4 whole = to_hook * matrix_inverse;
  const std::vector<float> weights = group_weights(mesh, vertex_group, invert_vertex_group);
  const Falloff falloff(int(falloff_type), falloff_curve);
  // The hooked vertices: the listed ones, or those of the group.
  std::vector<std::uint8_t> is_listed(mesh.vertex_count(), indices.empty() ? 1 : 0);
  for (const int i : indices) {
    if (i >= 0 && std::size_t(i) < is_listed.size()) {
      is_listed[std::size_t(i)] = 1;
    }
  }
  if (indices.empty() && vertex_group.empty()) {
    return mesh;
  }
  const float4x4 own = context.world_matrix();
  const bool has_falloff = falloff_type != FalloffType::None && falloff_radius > 0.0f;
  Array<float3> moved = mesh.positions();
  const std::span<float3> positions = moved.edit();
  parallel_for(positions.size(), 1 << 12, [&](std::size_t begin, std::size_t end) {
    for (std::size_t v = begin; v < end; ++v) {
      float amount = strength * (weights.empty() ? 1.0f : weights[v]);
      if (!is_listed[v] || amount == 0.0f) {
        continue;
      }
      const float3 p = positions[v];
      if (has_falloff) {
        const float away = use_falloff_uniform ? length(transform_direction(own, p - center))
                                               : distance(p, center);
        amount *= away < falloff_radius ? falloff(1.0f - away / falloff_radius) : 0.0f;
      }
      positions[v] = lerp(p, transform_point(whole, p), amount);
    }
  });
  Mesh result = mesh;
  result.set_positions(std::move(moved));
  return result;
}

const Schema& HookModifier::schema() {
  static const Schema schema = [] {
    using M = HookModifier;
    SchemaBuilder<M> s("HookModifier", "Hook Modifier", &Modifier::schema());
    s.set_tag("HOOK");
    add_setting<&M::strength>(s, "strength", "Strength").subtype(Subtype::Factor).range(0, 1);
    add_setting<&M::falloff_type>(s, "falloff_type", "Falloff Type")
        .items({{"NONE", "No Falloff", 0},
                {"CURVE", "Curve", 1},
                {"SMOOTH", "Smooth", 3},
                {"SPHERE", "Sphere", 7},
                {"ROOT", "Root", 4},
                {"INVERSE_SQUARE", "Inverse Square", 8},
                {"SHARP", "Sharp", 2},
                {"LINEAR", "Linear", 5},
                {"CONSTANT", "Constant", 6}});
    add_setting<&M::falloff_radius>(s, "falloff_radius", "Radius")
        .subtype(Subtype::Distance)
        .range(0, infinity)
        .soft(0, 100)
        .step(100, 2);
    add_setting<&M::falloff_curve>(s, "falloff_curve", "Falloff Curve");
    add_setting<&M::center>(s, "center", "Hook Center")
        .subtype(Subtype::Translation)
        .soft(-10000, 10000);
    add_setting<&M::matrix_inverse>(s, "matrix_inverse", "Matrix")
        .subtype(Subtype::Matrix)
        .soft(-10000, 10000);
    add_target<&M::object>(s, "object", "Object");
    add_name<&M::subtarget>(s, "subtarget", "Sub-Target");
    add_setting<&M::use_falloff_uniform>(s, "use_falloff_uniform", "Uniform Falloff");
    add_name<&M::vertex_group>(s, "vertex_group", "Vertex Group");
    add_setting<&M::invert_vertex_group>(s, "invert_vertex_group", "Invert");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
