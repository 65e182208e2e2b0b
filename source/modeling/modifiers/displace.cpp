#include "modeling/modifiers/displace.h"

#include "core/tasks.h"

namespace kiln::modeling {
namespace {

/// Mean of the normals of the corners at each vertex.
std::vector<float3> mean_corner_normals(const Mesh& mesh) {
  std::vector<float3> result(mesh.vertex_count());
  const Array<float3> normals = mesh.corner_normals();
  for (std::size_t c = 0; c < normals.size(); ++c) {
    result[std::size_t(mesh.corner_vertices().data()[c])] += normals.data()[c];
  }
  for (float3& n : result) {
    n = normalize(n);
  }
  return result;
}

}  // namespace

Mesh DisplaceModifier::apply(const Mesh& mesh, ModifierContext& context) const {
  const TextureLookup pattern(mesh, context, texture, texture_coords, uv_layer,
                              texture_coords_object);
  if (strength == 0.0f || mesh.vertex_count() == 0 ||
      (!pattern && direction == Direction::RgbToXyz)) {
    return mesh;
  }
  const std::vector<float> weights = group_weights(mesh, vertex_group, invert_vertex_group);
  const float4x4 world = space == Space::Global ? context.world_matrix() : float4x4();
  std::vector<float3> normals;
  const bool has_custom_normals = mesh.use_auto_smooth && mesh.attributes.find(".custom_normal");
  if (direction == Direction::CustomNormal && has_custom_normals) {
    normals = mean_corner_normals(mesh);
  }
  const float3* of_vertices = normals.empty() ? nullptr : normals.data();
  if (!of_vertices && (direction == Direction::Normal || direction == Direction::CustomNormal)) {
    of_vertices = mesh.vertex_normals().data();
  }

  Array<float3> moved = mesh.positions();
  const std::span<float3> positions = moved.edit();
  parallel_for(positions.size(), 1 << 11, [&](std::size_t begin, std::size_t end) {
    for (std::size_t v = begin; v < end; ++v) {
      const float weight = strength * (weights.empty() ? 1.0f : weights[v]);
      if (weight == 0.0f) {
        continue;
      }
      TextureSample s;
      s.intensity = 1.0f;
      if (pattern) {
        s = pattern(v);
      }
      const auto limited = [](float d) { return std::clamp(d, -10000.0f, 10000.0f); };
      const float distance = limited((s.value() - mid_level) * weight);
      switch (direction) {
        case Direction::X:
        case Direction::Y:
        case Direction::Z:
          // The row of the matrix is the world axis seen from the object.
          positions[v] += xyz(world[int(direction)]) * distance;
          break;
        case Direction::RgbToXyz: {
          const float3 color =
              s.has_color ? s.color : float3{s.intensity, s.intensity, s.intensity};
          const float3 offset = (color - float3{mid_level, mid_level, mid_level}) * weight;
          const float3 way{limited(offset.x), limited(offset.y), limited(offset.z)};
          positions[v] += xyz(world[0]) * way.x + xyz(world[1]) * way.y + xyz(world[2]) * way.z;
          break;
        }
        case Direction::Normal:
        case Direction::CustomNormal:
          positions[v] += of_vertices[v] * distance;
          break;
      }
    }
  });
  Mesh result = mesh;
  result.set_positions(std::move(moved));
  return result;
}

const Schema& DisplaceModifier::schema() {
  static const Schema schema = [] {
    using M = DisplaceModifier;
    SchemaBuilder<M> s("DisplaceModifier", "Displace Modifier", &Modifier::schema());
    s.set_tag("DISPLACE");
    add_name<&M::vertex_group>(s, "vertex_group", "Vertex Group");
    add_setting<&M::mid_level>(s, "mid_level", "Midlevel").subtype(Subtype::Factor).soft(0, 1);
    add_setting<&M::strength>(s, "strength", "Strength").soft(-100, 100);
    add_setting<&M::direction>(s, "direction", "Direction")
        .items(
            {{"X", "X", 0, "Use the texture's intensity value to displace in the X direction"},
             {"Y", "Y", 1, "Use the texture's intensity value to displace in the Y direction"},
             {"Z", "Z", 2, "Use the texture's intensity value to displace in the Z direction"},
             {"NORMAL", "Normal", 3,
              "Use the texture's intensity value to displace along the vertex normal"},
             {"CUSTOM_NORMAL", "Custom Normal", 5,
              "Use the texture's intensity value to displace along the (averaged) custom normal"},
             {"RGB_TO_XYZ", "RGB to XYZ", 4,
              "Use the texture's RGB values to displace the mesh in the XYZ direction"}});
    add_setting<&M::space>(s, "space", "Space")
        .items({{"LOCAL", "Local", 0}, {"GLOBAL", "Global", 1}});
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
