#include "modeling/modifiers/texture_lookup.h"

#include "document/image.h"

namespace kiln::modeling {

std::vector<EnumItem> texture_space_items() {
  return {{"LOCAL", "Local", 0, "Use the vertices' own coordinates"},
          {"GLOBAL", "Global", 1, "Use world coordinates"},
          {"OBJECT", "Object", 2, "Use the coordinates of another object"},
          {"UV", "UV", 3, "Use UV coordinates"}};
}

TextureLookup::TextureLookup(const Mesh& mesh, const ModifierContext& context,
                             BlockRef<Texture> texture, TextureSpace space, std::string_view uv_map,
                             BlockRef<Object> object)
    : texture_(context.find(texture)), places_(mesh.positions()) {
  if (!texture_) {
    return;
  }
  const Image* picture = texture_->image ? context.find(texture_->image) : nullptr;
  image_ = picture ? context.pixels_of(*picture) : nullptr;
  if (texture_->kind == Texture::Type::Noise) {
    seed_ = std::uint32_t(context.frame());
  }
  float4x4 matrix;
  switch (space) {
    case TextureSpace::Local:
      return;
    case TextureSpace::Uv: {
      // A vertex takes the UV of the last of its corners.
      const Attribute* map = mesh.uv_map(uv_map);
      if (!map) {
        return;
      }
      const Array<float2>& uvs = *map->as<float2>();
      Array<float3> places(mesh.vertex_count());
      const std::span<float3> to = places.edit();
      for (std::size_t c = 0; c < uvs.size(); ++c) {
        to[std::size_t(mesh.corner_vertices().data()[c])] = {2.0f * uvs.data()[c].x - 1.0f,
                                                             2.0f * uvs.data()[c].y - 1.0f, 0.0f};
      }
      places_ = std::move(places);
      return;
    }
    case TextureSpace::Object:
      if (!object) {
        return;
      }
      matrix = inverse(context.world_matrix(object)) * context.world_matrix();
      break;
    case TextureSpace::Global:
      matrix = context.world_matrix();
      break;
  }
  for (float3& p : places_.edit()) {
    p = transform_point(matrix, p);
  }
}

}  // namespace kiln::modeling
