#include "modeling/modifiers/vertex_weight_proximity.h"

#include "core/tasks.h"
#include "modeling/triangle_tree.h"

namespace kiln::modeling {
Mesh VertexWeightProximityModifier::apply(const Mesh& mesh, ModifierContext& context) const {
  const int group = vertex_group_index(mesh, vertex_group);
  if (group < 0 || !target) {
    return mesh;
  }
  const std::vector<std::uint8_t> is_member = group_members(mesh, group);
  const float4x4 own = context.world_matrix(), other = context.world_matrix(target);
  std::vector<float> weights(mesh.vertex_count(), 0.0f);
  const std::shared_ptr<const Mesh> surface =
      proximity_mode == ProximityMode::Geometry ? context.mesh_of(target) : nullptr;
  std::vector<TriangleTree> trees;
  if (surface) {
    // Distances are those in the target's own space, brought back to the world.
    if (has_flag(proximity_geometry, ProximityGeometry::Vertex)) {
      std::vector<int3> points;
      for (int v = 0; v < int(surface->vertex_count()); ++v) {
        points.push_back({v, v, v});
      }
      trees.emplace_back(surface->positions(), std::move(points));
    }
    if (has_flag(proximity_geometry, ProximityGeometry::Edge)) {
      std::vector<int3> lines;
      for (const int2 e : surface->edges()) {
        lines.push_back({e.x, e.y, e.y});
      }
      trees.emplace_back(surface->positions(), std::move(lines));
    }
    if (has_flag(proximity_geometry, ProximityGeometry::Face)) {
      trees.emplace_back(surface->positions(),
                         std::vector<int3>(surface->triangle_vertices().begin(),
                                           surface->triangle_vertices().end()));
    }
  }
  const float4x4 to_other = inverse(other) * own;
  const float between = distance(translation(own), translation(other));
  parallel_for(weights.size(), 512, [&](std::size_t begin, std::size_t end) {
    for (std::size_t v = begin; v < end; ++v) {
      if (!is_member[v]) {
        continue;
      }
      const float3 p = mesh.positions().data()[v];
      float nearest = between;
      if (proximity_mode == ProximityMode::Geometry && surface) {
        nearest = std::numeric_limits<float>::max();
        const float3 seen = transform_point(to_other, p);
        for (const TriangleTree& tree : trees) {
          if (const TriangleTree::Hit hit = tree.nearest(seen)) {
            nearest = std::min(
                nearest, distance(transform_point(other, hit.position), transform_point(own, p)));
          }
        }
      }
      const float range = max_dist - min_dist;
      weights[v] = std::abs(range) > 1e-9f ? std::clamp((nearest - min_dist) / range, 0.0f, 1.0f)
                                           : (nearest <= min_dist ? 0.0f : 1.0f);
    }
  });
  apply_falloff(falloff_type, map_curve, invert_falloff, weights);
  const std::vector<float> old = mesh.weights.group_weights(group, int(mesh.vertex_count()));
  const std::vector<float> factors = mask().factors(mesh, context);
  for (std::size_t v = 0; v < weights.size(); ++v) {
    weights[v] = lerp(old[v], weights[v], factors[v]);
  }
  if (normalize) {
    std::vector<float> members;
    for (std::size_t v = 0; v < weights.size(); ++v) {
      if (is_member[v]) {
        members.push_back(weights[v]);
      }
    }
    normalize_weights(members);
    for (std::size_t v = 0, i = 0; v < weights.size(); ++v) {
      if (is_member[v]) {
        weights[v] = members[i++];
      }
    }
  }
  Mesh result = mesh;
  set_group_weights(result, group, weights, is_member);
  return result;
}

const Schema& VertexWeightProximityModifier::schema() {
  static const Schema schema = [] {
    using M = VertexWeightProximityModifier;
    SchemaBuilder<M> s("VertexWeightProximityModifier", "WeightVG Proximity Modifier",
                       &Modifier::schema());
    s.set_tag("VERTEX_WEIGHT_PROXIMITY");
    add_name<&M::vertex_group>(s, "vertex_group", "Vertex Group");
    add_setting<&M::proximity_mode>(s, "proximity_mode", "Proximity Mode")
        .items({{"OBJECT", "Object", 1}, {"GEOMETRY", "Geometry", 2}})
        .default_value("GEOMETRY");
    add_setting<&M::proximity_geometry>(s, "proximity_geometry", "Proximity Geometry")
        .items({{"VERTEX", "Vertex", 1}, {"EDGE", "Edge", 2}, {"FACE", "Face", 4}})
        .enum_flag()
        .default_value(Value::List{Value("FACE")});
    add_target<&M::target>(s, "target", "Target Object");
    add_setting<&M::min_dist>(s, "min_dist", "Lowest")
        .subtype(Subtype::Distance)
        .range(0, infinity)
        .soft(0, 1000)
        .step(10, -1);
    add_setting<&M::max_dist>(s, "max_dist", "Highest")
        .subtype(Subtype::Distance)
        .range(0, infinity)
        .soft(0, 1000)
        .step(10, -1);
    add_setting<&M::falloff_type>(s, "falloff_type", "Falloff Type").items(weight_falloff_items());
    add_setting<&M::invert_falloff>(s, "invert_falloff", "Invert Falloff");
    add_setting<&M::normalize>(s, "normalize", "Normalize Weights");
    add_setting<&M::map_curve>(s, "map_curve", "Mapping Curve");
    add_setting<&M::mask_constant>(s, "mask_constant", "Influence")
        .subtype(Subtype::Factor)
        .soft(0, 1)
        .step(1, -1);
    add_name<&M::mask_vertex_group>(s, "mask_vertex_group", "Mask Vertex Group");
    add_setting<&M::invert_mask_vertex_group>(s, "invert_mask_vertex_group", "Invert");
    add_target<&M::mask_texture>(s, "mask_texture", "Masking Tex");
    add_setting<&M::mask_tex_use_channel>(s, "mask_tex_use_channel", "Use Channel")
        .items(texture_channel_items());
    add_setting<&M::mask_tex_mapping>(s, "mask_tex_mapping", "Texture Coordinates")
        .items(texture_space_items());
    add_name<&M::mask_tex_uv_layer>(s, "mask_tex_uv_layer", "UV Map");
    add_target<&M::mask_tex_map_object>(s, "mask_tex_map_object", "Texture Coordinate Object");
    add_name<&M::mask_tex_map_bone>(s, "mask_tex_map_bone", "Texture Coordinate Bone");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
