#include "modeling/modifiers/normal_edit.h"

#include <numbers>

namespace kiln::modeling {
namespace {

/// Away from a centre: straight from an object, else at right angles to ellipsoids with the
/// proportions of the mesh's bounds.
std::vector<float3> radial_normals(const Mesh& mesh, float3 center, bool is_straight) {
  float3 low, high;
  mesh.bounds(&low, &high);
  const float3 size = is_straight ? float3{1, 1, 1} : max(high - low, float3{1e-6f, 1e-6f, 1e-6f});
  std::vector<float3> result(mesh.vertex_count());
  for (std::size_t v = 0; v < result.size(); ++v) {
    result[v] = normalize((mesh.positions()[v] - center) / (size * size));
  }
  return result;
}

}  // namespace

Mesh NormalEditModifier::apply(const Mesh& mesh, ModifierContext& context) const {
  if (mesh.face_count() == 0) {
    return mesh;
  }
  if (!mesh.use_auto_smooth) {
    context.warn("auto smooth has to be on in the mesh");
    return mesh;
  }
  const bool is_directional = mode == Mode::Directional;
  if (is_directional && !target) {
    return mesh;
  }
  const std::size_t corner_count = mesh.corner_count();
  Array<float3> old = mesh.corner_normals();

  const float3 place =
      target ? translation(inverse(context.world_matrix()) * context.world_matrix(target)) : offset;
  std::vector<float3> of_vertices;
  if (!is_directional) {
    of_vertices = radial_normals(mesh, place, bool(target));
  } else if (use_direction_parallel) {
    of_vertices.assign(mesh.vertex_count(), normalize(place - offset));
  } else {
    // Toward a place twice as far away as the target.
    of_vertices.resize(mesh.vertex_count());
    for (std::size_t v = 0; v < of_vertices.size(); ++v) {
      of_vertices[v] = normalize(place * 2.0f - mesh.positions()[v]);
    }
  }

  const std::vector<float> weights = group_weights(mesh, vertex_group, invert_vertex_group);
  const float limit = std::cos(mix_limit);
  const bool has_limit = mix_limit < std::numbers::pi_v<float> - 1e-6f;
  Array<float3> mixed(corner_count);
  const std::span<float3> out = mixed.edit();
  for (std::size_t c = 0; c < corner_count; ++c) {
    const std::size_t v = std::size_t(mesh.corner_vertices()[c]);
    const float3 before = old[c];
    float3 wanted = of_vertices[v];
    switch (mix_mode) {
      case MixMode::Copy:
        break;
      case MixMode::Add:
        wanted = normalize(before + wanted);
        break;
      case MixMode::Sub:
        wanted = normalize(wanted - before);
        break;
      case MixMode::Mul:
        wanted = normalize(before * wanted);
        break;
    }
    if (wanted == float3{}) {
      wanted = before;
    }
    float amount = mix_factor * (weights.empty() ? 1.0f : weights[v]);
    const float cosine = std::clamp(dot(before, wanted), -1.0f, 1.0f);
    if (has_limit && cosine < limit) {
      // No further than the angle of the limit.
      amount = std::min(amount, mix_limit / std::acos(cosine));
    }
    // Along the great circle: both are directions.
    const float angle = std::acos(cosine), sine = std::sin(angle);
    out[c] = sine > 1e-5f ? before * (std::sin(angle * (1 - amount)) / sine) +
                                wanted * (std::sin(angle * amount) / sine)
                          : lerp(before, wanted, amount);
  }

  Mesh result = mesh;
  if (!no_polynors_fix) {
    // Faces whose normals all lie behind them turn around.
    std::vector<std::size_t> turned;
    for (std::size_t f = 0; f < mesh.face_count(); ++f) {
      float3 sum;
      for (int c = mesh.face_offsets()[f]; c < mesh.face_offsets()[f + 1]; ++c) {
        sum += out[std::size_t(c)];
      }
      if (dot(sum, mesh.face_normals()[f]) < 0.0f) {
        turned.push_back(f);
      }
    }
    for (const std::size_t f : turned) {
      const int begin = mesh.face_offsets()[f], end = mesh.face_offsets()[f + 1];
      result.flip_face(f);
      std::reverse(out.begin() + begin + 1, out.begin() + end);
    }
  }
  result.set_custom_normals(std::move(mixed));
  return result;
}

const Schema& NormalEditModifier::schema() {
  static const Schema schema = [] {
    using M = NormalEditModifier;
    SchemaBuilder<M> s("NormalEditModifier", "Normal Edit Modifier", &Modifier::schema());
    s.set_tag("NORMAL_EDIT");
    add_setting<&M::mode>(s, "mode", "Mode")
        .items({{"RADIAL", "Radial", 0}, {"DIRECTIONAL", "Directional", 1}});
    add_setting<&M::offset>(s, "offset", "Offset")
        .subtype(Subtype::Coordinates)
        .soft(-100, 100)
        .step(1);
    add_setting<&M::mix_mode>(s, "mix_mode", "Mix Mode")
        .items({{"COPY", "Copy", 0},
                {"ADD", "Add", 1},
                {"SUB", "Subtract", 2},
                {"MUL", "Multiply", 3}});
    add_setting<&M::mix_factor>(s, "mix_factor", "Mix Factor").subtype(Subtype::Factor).range(0, 1);
    add_setting<&M::mix_limit>(s, "mix_limit", "Max Angle")
        .subtype(Subtype::Angle)
        .range(0, 3.1415927);
    add_setting<&M::no_polynors_fix>(s, "no_polynors_fix", "Lock Polygon Normals");
    add_name<&M::vertex_group>(s, "vertex_group", "Vertex Group");
    add_setting<&M::invert_vertex_group>(s, "invert_vertex_group", "Invert");
    add_target<&M::target>(s, "target", "Target");
    add_setting<&M::use_direction_parallel>(s, "use_direction_parallel", "Parallel Normals")
        .default_value(true);
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
