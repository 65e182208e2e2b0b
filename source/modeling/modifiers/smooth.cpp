#include "modeling/modifiers/smooth.h"

#include "core/tasks.h"

namespace kiln::modeling {
Mesh SmoothModifier::apply(const Mesh& mesh, ModifierContext&) const {
  if (!(use_x || use_y || use_z) || iterations <= 0 || mesh.edge_count() == 0) {
    return mesh;
  }
  const std::vector<float> weights = group_weights(mesh, vertex_group, invert_vertex_group);
  const Adjacency& vertex_edges = mesh.vertex_edges();
  const int2* edges = mesh.edges().data();
  std::vector<float3> from(mesh.positions().begin(), mesh.positions().end()), to(from.size());
  for (int i = 0; i < iterations; ++i) {
    parallel_for(from.size(), 1 << 11, [&](std::size_t begin, std::size_t end) {
      for (std::size_t v = begin; v < end; ++v) {
        const std::span<const int> around = vertex_edges[v];
        const float3 p = from[v];
        float3 sum;  // without edges the goal is the origin
        for (const int e : around) {
          sum += (from[std::size_t(edges[e].x)] + from[std::size_t(edges[e].y)]) * 0.5f;
        }
        const float amount = factor * (weights.empty() ? 1.0f : weights[v]);
        const float3 q = lerp(p, sum / float(std::max<std::size_t>(around.size(), 1)), amount);
        to[v] = {use_x ? q.x : p.x, use_y ? q.y : p.y, use_z ? q.z : p.z};
      }
    });
    from.swap(to);
  }
  Mesh result = mesh;
  result.set_positions(std::move(from));
  return result;
}

const Schema& SmoothModifier::schema() {
  static const Schema schema = [] {
    using M = SmoothModifier;
    SchemaBuilder<M> s("SmoothModifier", "Smooth Modifier", &Modifier::schema());
    s.set_tag("SMOOTH");
    add_setting<&M::use_x>(s, "use_x", "X");
    add_setting<&M::use_y>(s, "use_y", "Y");
    add_setting<&M::use_z>(s, "use_z", "Z");
    add_setting<&M::factor>(s, "factor", "Factor").subtype(Subtype::Factor).soft(-10, 10).step(1);
    add_setting<&M::iterations>(s, "iterations", "Repeat").range(-32768, 32767).soft(0, 30);
    add_name<&M::vertex_group>(s, "vertex_group", "Vertex Group");
    add_setting<&M::invert_vertex_group>(s, "invert_vertex_group", "Invert");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
