#include "modeling/modifiers/uv_warp.h"

#include "core/tasks.h"

namespace kiln::modeling {
Mesh UVWarpModifier::apply(const Mesh& mesh, ModifierContext& context) const {
  const Attribute* map = mesh.uv_map(uv_layer);
  if (!map || mesh.corner_count() == 0) {
    return mesh;
  }
  // In 3D: the two axes take the places of u and v.
  const int u = int(axis_u), v = int(axis_v);
  float4x4 matrix;
  if (object_from && object_to) {
    matrix = inverse(context.world_matrix(object_from)) * context.world_matrix(object_to);
    matrix = inverse(matrix);
  }
  float3 middle, moved, sized{1, 1, 1};
  middle[u] = center.x;
  middle[v] = center.y;
  sized[u] = scale.x;
  sized[v] = scale.y;
  moved[u] = offset.x;
  moved[v] = offset.y;
  const float s = std::sin(rotation), c = std::cos(rotation);

  const std::vector<float> weights = group_weights(mesh, vertex_group, invert_vertex_group);
  const std::string name = map->name;
  Array<float2> values = *map->as<float2>();
  const std::span<float2> uvs = values.edit();
  const int* vertices = mesh.corner_vertices().data();
  parallel_for(uvs.size(), 1 << 13, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const float weight = weights.empty() ? 1.0f : weights[std::size_t(vertices[i])];
      float3 p;
      p[u] = uvs[i].x;
      p[v] = uvs[i].y;
      float3 q = (p - middle) * sized;
      const float x = q[u], y = q[v];
      q[u] = c * x - s * y;
      q[v] = s * x + c * y;
      q += moved;
      q = transform_point(matrix, q) + middle;
      uvs[i] = {lerp(uvs[i].x, q[u], weight), lerp(uvs[i].y, q[v], weight)};
    }
  });
  Mesh result = mesh;
  result.attributes.ensure<float2>(name, Domain::Corner, values.size()) = std::move(values);
  return result;
}

const Schema& UVWarpModifier::schema() {
  static const Schema schema = [] {
    using M = UVWarpModifier;
    SchemaBuilder<M> s("UVWarpModifier", "UVWarp Modifier", &Modifier::schema());
    s.set_tag("UV_WARP");
    add_setting<&M::axis_u>(s, "axis_u", "U-Axis")
        .items({{"X", "X", 0}, {"Y", "Y", 1}, {"Z", "Z", 2}});
    add_setting<&M::axis_v>(s, "axis_v", "V-Axis")
        .items({{"X", "X", 0}, {"Y", "Y", 1}, {"Z", "Z", 2}});
    add_setting<&M::center>(s, "center", "UV Center").soft(-10000, 10000);
    add_setting<&M::offset>(s, "offset", "Offset").soft(-10000, 10000);
    add_setting<&M::scale>(s, "scale", "Scale").soft(-10000, 10000);
    add_setting<&M::rotation>(s, "rotation", "Rotation")
        .subtype(Subtype::Angle)
        .soft(-10000, 10000);
    add_target<&M::object_from>(s, "object_from", "Object From");
    add_name<&M::bone_from>(s, "bone_from", "Bone From");
    add_target<&M::object_to>(s, "object_to", "Object To");
    add_name<&M::bone_to>(s, "bone_to", "Bone To");
    add_name<&M::vertex_group>(s, "vertex_group", "Vertex Group");
    add_setting<&M::invert_vertex_group>(s, "invert_vertex_group", "Invert");
    add_name<&M::uv_layer>(s, "uv_layer", "UV Layer");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
