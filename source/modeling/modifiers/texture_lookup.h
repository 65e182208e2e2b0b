#pragma once

#include "document/image_pixels.h"
#include "document/object.h"
#include "modeling/modifiers/settings.h"
#include "modeling/texture_sample.h"

namespace kiln::modeling {

/// Where a modifier looks a texture up.
enum class TextureSpace : std::uint8_t { Local = 0, Global = 1, Object = 2, Uv = 3 };
std::vector<EnumItem> texture_space_items();

/// A texture as the vertices of a mesh see it: the data-blocks found, the places computed.
class TextureLookup {
public:
  /// `uv_map` and `object` are used in their spaces only; without them places are local.
  TextureLookup(const Mesh& mesh, const ModifierContext& context, BlockRef<Texture> texture,
                TextureSpace space, std::string_view uv_map, BlockRef<Object> object);
  explicit operator bool() const { return texture_ != nullptr; }
  TextureSample operator()(std::size_t vertex) const {
    return sample(*texture_, places_[vertex], image_.get(), seed_);
  }

private:
  const Texture* texture_ = nullptr;
  std::shared_ptr<const ImagePixels> image_;
  std::uint32_t seed_ = 0;
  Array<float3> places_;
};

}  // namespace kiln::modeling
