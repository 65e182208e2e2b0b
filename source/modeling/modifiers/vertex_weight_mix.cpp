#include "modeling/modifiers/vertex_weight_mix.h"

namespace kiln::modeling {
namespace {

float mixed(VertexWeightMixModifier::MixMode mode, float a, float b) {
  using Mode = VertexWeightMixModifier::MixMode;
  switch (mode) {
    case Mode::Set:
      return b;
    case Mode::Add:
      return a + b;
    case Mode::Sub:
      return a - b;
    case Mode::Mul:
      return a * b;
    case Mode::Div:
      // Nothing may be divided by (nearly) zero.
      return a / (std::abs(b) < 1e-6f ? (b < 0.0f ? -1e-6f : 1e-6f) : b);
    case Mode::Dif:
      return std::abs(a - b);
    case Mode::Avg:
      return (a + b) * 0.5f;
    case Mode::Min:
      return std::min(a, b);
    case Mode::Max:
      return std::max(a, b);
  }
  return a;
}

}  // namespace

Mesh VertexWeightMixModifier::apply(const Mesh& mesh, ModifierContext& context) const {
  const int group = vertex_group_index(mesh, vertex_group_a);
  if (group < 0) {
    return mesh;
  }
  const int other = vertex_group_index(mesh, vertex_group_b);
  if (other < 0 && !vertex_group_b.empty()) {
    return mesh;
  }
  std::vector<std::uint8_t> in_a = group_members(mesh, group);
  const std::vector<std::uint8_t> in_b =
      other >= 0 ? group_members(mesh, other) : std::vector<std::uint8_t>(in_a.size(), 0);
  const int count = int(mesh.vertex_count());
  const std::vector<float> of_a = mesh.weights.group_weights(group, count);
  const std::vector<float> of_b =
      other >= 0 ? mesh.weights.group_weights(other, count) : std::vector<float>(in_a.size(), 0.0f);
  const std::vector<float> factors = mask().factors(mesh, context);
  std::vector<float> result_weights = of_a;
  std::vector<std::size_t> changed;
  std::vector<float> values;
  for (std::size_t v = 0; v < in_a.size(); ++v) {
    const bool is_affected = [&] {
      switch (mix_set) {
        case MixSet::All:
          return true;
        case MixSet::A:
          return in_a[v] != 0;
        case MixSet::B:
          return in_b[v] != 0;
        case MixSet::Or:
          return in_a[v] || in_b[v];
        case MixSet::And:
          return in_a[v] && in_b[v];
      }
      return false;
    }();
    if (!is_affected) {
      continue;
    }
    const float a = in_a[v] ? (invert_vertex_group_a ? 1.0f - of_a[v] : of_a[v]) : default_weight_a;
    const float b = in_b[v] ? (invert_vertex_group_b ? 1.0f - of_b[v] : of_b[v]) : default_weight_b;
    changed.push_back(v);
    values.push_back(lerp(a, std::clamp(mixed(mix_mode, a, b), 0.0f, 1.0f), factors[v]));
  }
  if (normalize) {
    normalize_weights(values);
  }
  for (std::size_t i = 0; i < changed.size(); ++i) {
    in_a[changed[i]] = 1;
    result_weights[changed[i]] = values[i];
  }
  Mesh result = mesh;
  set_group_weights(result, group, result_weights, in_a);
  return result;
}

const Schema& VertexWeightMixModifier::schema() {
  static const Schema schema = [] {
    using M = VertexWeightMixModifier;
    SchemaBuilder<M> s("VertexWeightMixModifier", "WeightVG Mix Modifier", &Modifier::schema());
    s.set_tag("VERTEX_WEIGHT_MIX");
    add_name<&M::vertex_group_a>(s, "vertex_group_a", "Vertex Group A");
    add_name<&M::vertex_group_b>(s, "vertex_group_b", "Vertex Group B");
    add_setting<&M::invert_vertex_group_a>(s, "invert_vertex_group_a", "Invert Weights A");
    add_setting<&M::invert_vertex_group_b>(s, "invert_vertex_group_b", "Invert Weights B");
    add_setting<&M::default_weight_a>(s, "default_weight_a", "Default Weight A")
        .subtype(Subtype::Factor)
        .range(0, 1)
        .step(1, -1);
    add_setting<&M::default_weight_b>(s, "default_weight_b", "Default Weight B")
        .subtype(Subtype::Factor)
        .range(0, 1)
        .step(1, -1);
    add_setting<&M::mix_mode>(s, "mix_mode", "Mix Mode")
        .items({{"SET", "Replace", 1},
                {"ADD", "Add", 2},
                {"SUB", "Subtract", 3},
                {"MUL", "Multiply", 4},
                {"DIV", "Divide", 5},
                {"DIF", "Difference", 6},
                {"AVG", "Average", 7},
                {"MIN", "Minimum", 8},
                {"MAX", "Maximum", 9}});
    add_setting<&M::mix_set>(s, "mix_set", "Vertex Set")
        .items({{"ALL", "All", 1},
                {"A", "VGroup A", 2},
                {"B", "VGroup B", 3},
                {"OR", "VGroup A or B", 4},
                {"AND", "VGroup A and B", 5}});
    add_setting<&M::normalize>(s, "normalize", "Normalize Weights");
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
