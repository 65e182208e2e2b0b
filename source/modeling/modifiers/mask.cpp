#include "modeling/modifiers/mask.h"

#include "modeling/clip.h"

namespace kiln::modeling {
Mesh MaskModifier::apply(const Mesh& mesh, ModifierContext&) const {
  if (vertex_group.empty()) {
    return mesh;
  }
  // Without such a group nobody is a member.
  std::vector<float> over = group_weights(mesh, vertex_group, false);
  over.resize(mesh.vertex_count());
  std::vector<std::uint8_t> is_kept(over.size());
  for (std::size_t v = 0; v < over.size(); ++v) {
    over[v] -= threshold;
    is_kept[v] = (over[v] > 0.0f) != invert_vertex_group;
    over[v] = invert_vertex_group ? -over[v] : over[v];
  }
  if (use_smooth) {
    return clip(mesh, over, is_kept);
  }
  Mesh result = mesh;
  result.keep_only(is_kept, {}, {});
  return result;
}

const Schema& MaskModifier::schema() {
  static const Schema schema = [] {
    using M = MaskModifier;
    SchemaBuilder<M> s("MaskModifier", "Mask Modifier", &Modifier::schema());
    s.set_tag("MASK");
    add_name<&M::vertex_group>(s, "vertex_group", "Vertex Group");
    add_setting<&M::invert_vertex_group>(s, "invert_vertex_group", "Invert");
    add_setting<&M::use_smooth>(s, "use_smooth", "Smooth");
    add_setting<&M::threshold>(s, "threshold", "Threshold")
        .subtype(Subtype::Factor)
        .range(0, 1)
        .step(0.1f);
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
