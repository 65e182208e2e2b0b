#include "modeling/modifiers/vertex_weight_edit.h"

namespace kiln::modeling {
Mesh VertexWeightEditModifier::apply(const Mesh& mesh, ModifierContext& context) const {
  const int group = vertex_group_index(mesh, vertex_group);
  if (group < 0) {
    return mesh;
  }
  std::vector<std::uint8_t> is_member = group_members(mesh, group);
  const std::vector<float> old = mesh.weights.group_weights(group, int(mesh.vertex_count()));
  std::vector<float> before(old.size()), after;
  for (std::size_t v = 0; v < old.size(); ++v) {
    before[v] = is_member[v] ? old[v] : default_weight;
  }
  after = before;
  apply_falloff(falloff_type, map_curve, invert_falloff, after);
  const std::vector<float> factors = mask().factors(mesh, context);
  for (std::size_t v = 0; v < after.size(); ++v) {
    after[v] = lerp(before[v], after[v], factors[v]);
  }
  if (normalize) {
    normalize_weights(after);
  }
  for (std::size_t v = 0; v < after.size(); ++v) {
    if (!is_member[v] && use_add && after[v] > add_threshold) {
      is_member[v] = 1;
    } else if (is_member[v] && use_remove && after[v] < remove_threshold) {
      is_member[v] = 0;
    }
  }
  Mesh result = mesh;
  set_group_weights(result, group, after, is_member);
  return result;
}

const Schema& VertexWeightEditModifier::schema() {
  static const Schema schema = [] {
    using M = VertexWeightEditModifier;
    SchemaBuilder<M> s("VertexWeightEditModifier", "WeightVG Edit Modifier", &Modifier::schema());
    s.set_tag("VERTEX_WEIGHT_EDIT");
    add_name<&M::vertex_group>(s, "vertex_group", "Vertex Group");
    add_setting<&M::falloff_type>(s, "falloff_type", "Falloff Type").items(weight_falloff_items());
    add_setting<&M::invert_falloff>(s, "invert_falloff", "Invert Falloff");
    add_setting<&M::normalize>(s, "normalize", "Normalize Weights");
    add_setting<&M::map_curve>(s, "map_curve", "Mapping Curve");
    add_setting<&M::use_add>(s, "use_add", "Group Add");
    add_setting<&M::use_remove>(s, "use_remove", "Group Remove");
    add_setting<&M::default_weight>(s, "default_weight", "Default Weight")
        .subtype(Subtype::Factor)
        .range(0, 1)
        .step(1, -1);
    add_setting<&M::add_threshold>(s, "add_threshold", "Add Threshold").range(0, 1).step(1, -1);
    add_setting<&M::remove_threshold>(s, "remove_threshold", "Remove Threshold")
        .range(0, 1)
        .step(1, -1);
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
