#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "operators/image_store.h"
#include "operators/report.h"
#include "render/shading/texture_image.h"

namespace kiln::operators {

/// Pixels of image data-blocks for the shaders of one render, each loaded once. Images that cannot be loaded are null and told
/// in `reports`. Without a store or colors there are none.
class ShaderTextures {
 public:
  ShaderTextures(const Document& document, const ImageStore* images, const ColorService* colors, std::vector<Report>& reports)
      : document_(document), images_(images), colors_(colors), reports_(reports) {}

  std::shared_ptr<const render::shading::TextureImage> find(BlockId id);

 private:
  Result<image::ImageBuffer> load(const Image& block) const;

  const Document& document_;
  const ImageStore* images_;
  const ColorService* colors_;
  std::vector<Report>& reports_;
  std::unordered_map<BlockId, std::shared_ptr<const render::shading::TextureImage>> known_;
};

}  // namespace kiln::operators
