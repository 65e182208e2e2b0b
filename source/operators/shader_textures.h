#pragma once

#include <string>
#include <map>
#include <tuple>
#include <vector>

#include "document/scene.h"
#include "operators/image_store.h"
#include "operators/report.h"
#include "render/shading/texture_image.h"

namespace kiln::operators {

/// Pixels of image data-blocks for the shaders of one render, each loaded once. Images that cannot be loaded are null and told
/// in `reports`. Without a store or colors there are none.
class ShaderTextures {
 public:
  /// No picture is larger than `largest_side` pixels either way; 0: any size.
  ShaderTextures(const Document& document, const ImageStore* images, const ColorService* colors, std::vector<Report>& reports,
                 int largest_side = 0)
      : document_(document), images_(images), colors_(colors), reports_(reports), largest_side_(largest_side) {}

  /// `file_number`: which picture of a sequence.
  std::shared_ptr<const render::shading::TextureImage> find(BlockId id, int file_number);

 private:
  Result<image::ImageBuffer> load(const Image& block) const;

  const Document& document_;
  const ImageStore* images_;
  const ColorService* colors_;
  std::vector<Report>& reports_;
  int largest_side_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, int>, std::shared_ptr<const render::shading::TextureImage>> known_;
};

/// The path of another picture of a sequence: the last number in the file's name replaced, in as many digits. The same path
/// where its name has no number.
std::string sequence_path(const std::string& path, int number);

/// The longest side of textures in a scene: its limit for renders or viewports where it is simplified; 0: any.
int texture_limit(const Scene& scene, bool is_render);

}  // namespace kiln::operators
