#include "modeling/modifiers/displace.h"

#include "core/tasks.h"
#include "document/image_pixels.h"
#include "modeling/texture_sample.h"

namespace kiln::modeling {
namespace {

/// Where the texture is looked up for each vertex; empty where that is its own position.
std::vector<float3> texture_positions(const DisplaceModifier& settings, const Mesh& mesh,
                                      const ModifierContext& context) {
  using Coordinates = DisplaceModifier::Coordinates;
  std::vector<float3> result;
  float4x4 matrix;
  switch (settings.texture_coords) {
    case Coordinates::Local:
      return result;
    case Coordinates::Uv: {
      // A vertex takes the UV of the last of its corners.
      const Attribute* map = mesh.uv_map(settings.uv_layer);
      if (!map) {
        return result;
      }
      const Array<float2>& uvs = *map->as<float2>();
      result.resize(mesh.vertex_count());
      for (std::size_t c = 0; c < uvs.size(); ++c) {
        result[std::size_t(mesh.corner_vertices().data()[c])] = {
            2.0f * uvs.data()[c].x - 1.0f, 2.0f * uvs.data()[c].y - 1.0f, 0.0f};
      }
      return result;
    }
    case Coordinates::Object:
      if (!settings.texture_coords_object) {
        return result;
      }
      matrix =
          inverse(context.world_matrix(settings.texture_coords_object)) * context.world_matrix();
      break;
    case Coordinates::Global:
      matrix = context.world_matrix();
      break;
  }
  result.resize(mesh.vertex_count());
  for (std::size_t v = 0; v < result.size(); ++v) {
    result[v] = transform_point(matrix, mesh.positions().data()[v]);
  }
  return result;
}

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
  const DataBlock* block = texture ? context.find(texture.id) : nullptr;
  const Texture* pattern =
      block && block->type() == BlockType::Texture ? static_cast<const Texture*>(block) : nullptr;
  if (strength == 0.0f || mesh.vertex_count() == 0 ||
      (!pattern && direction == Direction::RgbToXyz)) {
    return mesh;
  }
  const DataBlock* picture = pattern && pattern->image ? context.find(pattern->image.id) : nullptr;
  const std::shared_ptr<const ImagePixels> image =
      picture && picture->type() == BlockType::Image
          ? context.pixels_of(*static_cast<const Image*>(picture))
          : nullptr;
  const std::uint32_t seed =
      pattern && pattern->kind == Texture::Type::Noise ? std::uint32_t(context.frame()) : 0;

  const std::vector<float3> places =
      pattern ? texture_positions(*this, mesh, context) : std::vector<float3>();
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
  const float3* old = mesh.positions().data();
  parallel_for(positions.size(), 1 << 11, [&](std::size_t begin, std::size_t end) {
    for (std::size_t v = begin; v < end; ++v) {
      const float weight = strength * (weights.empty() ? 1.0f : weights[v]);
      if (weight == 0.0f) {
        continue;
      }
      TextureSample s;
      s.intensity = 1.0f;
      if (pattern) {
        s = sample(*pattern, places.empty() ? old[v] : places[v], image.get(), seed);
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
        .items(
            {{"LOCAL", "Local", 0, "Use the local coordinate system for the texture coordinates"},
             {"GLOBAL", "Global", 1,
              "Use the global coordinate system for the texture coordinates"},
             {"OBJECT", "Object", 2,
              "Use the linked object's local coordinate system for the texture coordinates"},
             {"UV", "UV", 3, "Use UV coordinates for the texture coordinates"}});
    add_name<&M::uv_layer>(s, "uv_layer", "UV Map");
    add_target<&M::texture_coords_object>(s, "texture_coords_object", "Texture Coordinate Object");
    add_name<&M::texture_coords_bone>(s, "texture_coords_bone", "Texture Coordinate Bone");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
