#include "modeling/modifiers/warp.h"

#include "core/tasks.h"
#include "modeling/modifiers/falloff.h"

namespace kiln::modeling {
namespace {

/// A transformation as move, turn and stretch, parts of which can be taken.
///
/// The polar decomposition: Higham, "Computing the Polar Decomposition - with Applications", 1986.
class PartialTransform {
public:
  explicit PartialTransform(const float4x4& m) : location_(translation(m)) {
    const float3x3 whole = upper3x3(m);
    float3x3 turn = whole;
    for (int i = 0; i < 50; ++i) {
      bool is_invertible = false;
      const float3x3 other = transpose(inverse(turn, &is_invertible));
      if (!is_invertible) {
        turn = {};
        break;
      }
      float change = 0;
      for (int row = 0; row < 3; ++row) {
        const float3 mean = (turn[row] + other[row]) * 0.5f;
        change = std::max(change, length(mean - turn[row]));
        turn[row] = mean;
      }
      if (!(change > 1e-6f)) {
        break;
      }
    }
    if (determinant(turn) < 0.0f) {
      for (float3& row : turn.rows) {
        row = -row;
      }
    }
    stretch_ = transpose(turn) * whole;
    quaternion_to_axis_angle(matrix_to_quaternion(turn), &axis_, &angle_);
  }

  /// `t` of the way from no transformation to the whole.
  float3 operator()(float3 p, float t) const {
    const float3 stretched = lerp(p, stretch_ * p, t);
    return quaternion_to_matrix(axis_angle_to_quaternion(axis_, angle_ * t)) * stretched +
           location_ * t;
  }

private:
  float3 location_, axis_;
  float angle_ = 0;
  float3x3 stretch_;
};

}  // namespace

Mesh WarpModifier::apply(const Mesh& mesh, ModifierContext& context) const {
  if (!object_from || !object_to || strength == 0.0f || mesh.vertex_count() == 0) {
    return mesh;
  }
  const float4x4 to_own = inverse(context.world_matrix());
  const float4x4 from = to_own * context.world_matrix(object_from);
  const float4x4 to = to_own * context.world_matrix(object_to);
  bool is_invertible = false;
  const float4x4 from_inverse = inverse(from, &is_invertible);
  if (!is_invertible) {
    return mesh;
  }
  // The transformation about the place of `object_from`.
  const float3 center = translation(from);
  const float4x4 whole =
      translation_matrix(-center) * (to * from_inverse) * translation_matrix(center);

  const TextureLookup pattern(mesh, context, texture, texture_coords, uv_layer,
                              texture_coords_object);
  const std::vector<float> weights = group_weights(mesh, vertex_group, invert_vertex_group);
  const PartialTransform partial(whole);
  const Falloff falloff(int(falloff_type), falloff_curve);
  Array<float3> moved = mesh.positions();
  const std::span<float3> positions = moved.edit();
  parallel_for(positions.size(), 1 << 11, [&](std::size_t begin, std::size_t end) {
    for (std::size_t v = begin; v < end; ++v) {
      const float3 p = positions[v] - center;
      float amount = strength * (weights.empty() ? 1.0f : weights[v]);
      if (falloff_type != FalloffType::None) {
        const float away = length(p);
        amount *= away < std::abs(falloff_radius)
                      ? falloff((falloff_radius - away) / falloff_radius)
                      : 0.0f;
      }
      if (amount == 0.0f) {
        continue;
      }
      if (pattern) {
        amount *= pattern(v).intensity;
      }
      const float3 q =
          use_volume_preserve ? partial(p, amount) : lerp(p, transform_point(whole, p), amount);
      positions[v] = q + center;
    }
  });
  Mesh result = mesh;
  result.set_positions(std::move(moved));
  return result;
}

const Schema& WarpModifier::schema() {
  static const Schema schema = [] {
    using M = WarpModifier;
    SchemaBuilder<M> s("WarpModifier", "Warp Modifier", &Modifier::schema());
    s.set_tag("WARP");
    add_target<&M::object_from>(s, "object_from", "Object From");
    add_name<&M::bone_from>(s, "bone_from", "Bone From");
    add_target<&M::object_to>(s, "object_to", "Object To");
    add_name<&M::bone_to>(s, "bone_to", "Bone To");
    add_setting<&M::strength>(s, "strength", "Strength").soft(-100, 100).step(10, 2);
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
        .soft(-10000, 10000);
    add_setting<&M::falloff_curve>(s, "falloff_curve", "Falloff Curve");
    add_setting<&M::use_volume_preserve>(s, "use_volume_preserve", "Preserve Volume");
    add_name<&M::vertex_group>(s, "vertex_group", "Vertex Group");
    add_setting<&M::invert_vertex_group>(s, "invert_vertex_group", "Invert");
    add_target<&M::texture>(s, "texture", "Texture");
    add_setting<&M::texture_coords>(s, "texture_coords", "Texture Coordinates")
        .items(texture_space_items());
    add_name<&M::uv_layer>(s, "uv_layer", "UV Map");
    add_target<&M::texture_coords_object>(s, "texture_coords_object", "Texture Coordinate Object");
    add_name<&M::texture_coords_bone>(s, "texture_coords_bone", "Texture Coordinate Bone");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
