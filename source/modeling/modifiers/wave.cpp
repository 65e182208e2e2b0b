#include "modeling/modifiers/wave.h"

#include "core/tasks.h"

namespace kiln::modeling {
Mesh WaveModifier::apply(const Mesh& mesh, ModifierContext& context) const {
  if (mesh.vertex_count() == 0) {
    return mesh;
  }
  float2 start{start_position_x, start_position_y};
  if (start_position_object) {
    const float3 at =
        translation(inverse(context.world_matrix()) * context.world_matrix(start_position_object));
    start = {at.x, at.y};
  }
  // The wave fades out over `damping_time` frames after its life.
  const float age = context.frame() - time_offset;
  float top = height;
  if (lifetime != 0.0f && age > lifetime) {
    const float fade = (age - lifetime) / (damping_time != 0.0f ? damping_time : 10.0f);
    top = fade > 1.0f ? 0.0f : height * (1.0f - std::sqrt(std::max(fade, 0.0f)));
  }
  if (top == 0.0f) {
    return mesh;
  }
  const float edge = std::exp(-width * narrowness * width * narrowness);
  const TextureLookup pattern(mesh, context, texture, texture_coords, uv_layer,
                              texture_coords_object);
  const std::vector<float> weights = group_weights(mesh, vertex_group, invert_vertex_group);
  const float3* normals = use_normal ? mesh.vertex_normals().data() : nullptr;
  Array<float3> moved = mesh.positions();
  const std::span<float3> positions = moved.edit();
  parallel_for(positions.size(), 1 << 11, [&](std::size_t begin, std::size_t end) {
    for (std::size_t v = begin; v < end; ++v) {
      const float weight = weights.empty() ? 1.0f : weights[v];
      if (weight == 0.0f) {
        continue;
      }
      const float x = positions[v].x - start.x, y = positions[v].y - start.y;
      const float reach = use_x && use_y ? std::sqrt(x * x + y * y) : use_x ? x : use_y ? y : 0.0f;
      float phase = reach - age * speed;
      if (use_cyclic && width > 0.0f) {
        phase = std::fmod(phase - width, 2.0f * width) + width;
      }
      const float fall =
          falloff_radius != 0.0f ? std::max(1.0f - std::abs(reach) / falloff_radius, 0.0f) : 1.0f;
      if (!(std::abs(phase) < width) || fall == 0.0f) {
        continue;
      }
      float amount = (std::exp(-phase * narrowness * phase * narrowness) - edge) * fall * weight;
      if (pattern) {
        amount *= pattern(v).intensity;
      }
      if (normals) {
        const float3 n = normals[v];
        positions[v] += float3{use_normal_x ? n.x : 0.0f, use_normal_y ? n.y : 0.0f,
                               use_normal_z ? n.z : 0.0f} *
                        (top * amount);
      } else {
        positions[v].z += top * amount;
      }
    }
  });
  Mesh result = mesh;
  result.set_positions(std::move(moved));
  return result;
}

const Schema& WaveModifier::schema() {
  static const Schema schema = [] {
    using M = WaveModifier;
    SchemaBuilder<M> s("WaveModifier", "Wave Modifier", &Modifier::schema());
    s.set_tag("WAVE");
    add_setting<&M::use_x>(s, "use_x", "X");
    add_setting<&M::use_y>(s, "use_y", "Y");
    add_setting<&M::use_cyclic>(s, "use_cyclic", "Cyclic");
    add_setting<&M::use_normal>(s, "use_normal", "Normals");
    add_setting<&M::use_normal_x>(s, "use_normal_x", "X Normal");
    add_setting<&M::use_normal_y>(s, "use_normal_y", "Y Normal");
    add_setting<&M::use_normal_z>(s, "use_normal_z", "Z Normal");
    add_setting<&M::time_offset>(s, "time_offset", "Time Offset")
        .subtype(Subtype::Time)
        .range(-1048574, 1048574);
    add_setting<&M::lifetime>(s, "lifetime", "Lifetime")
        .subtype(Subtype::Time)
        .range(-1048574, 1048574);
    add_setting<&M::damping_time>(s, "damping_time", "Damping Time")
        .subtype(Subtype::Time)
        .range(-1048574, 1048574);
    add_setting<&M::falloff_radius>(s, "falloff_radius", "Falloff Radius")
        .subtype(Subtype::Distance)
        .range(0, infinity)
        .soft(0, 100)
        .step(100, 2);
    add_setting<&M::start_position_x>(s, "start_position_x", "Start Position X")
        .subtype(Subtype::Distance)
        .soft(-100, 100)
        .step(100, 2);
    add_setting<&M::start_position_y>(s, "start_position_y", "Start Position Y")
        .subtype(Subtype::Distance)
        .soft(-100, 100)
        .step(100, 2);
    add_target<&M::start_position_object>(s, "start_position_object", "Start Position Object");
    add_name<&M::vertex_group>(s, "vertex_group", "Vertex Group");
    add_setting<&M::invert_vertex_group>(s, "invert_vertex_group", "Invert");
    add_setting<&M::speed>(s, "speed", "Speed").soft(-1, 1).step(10, 2);
    add_setting<&M::height>(s, "height", "Height")
        .subtype(Subtype::Distance)
        .soft(-2, 2)
        .step(10, 2);
    add_setting<&M::width>(s, "width", "Width")
        .subtype(Subtype::Distance)
        .range(0, infinity)
        .soft(0, 5)
        .step(10, 2);
    add_setting<&M::narrowness>(s, "narrowness", "Narrowness")
        .subtype(Subtype::Distance)
        .range(0, infinity)
        .soft(0, 10)
        .step(10, 2);
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
