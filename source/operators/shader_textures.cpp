#include "operators/shader_textures.h"

#include "image/image_pixels.h"

namespace kiln::operators {

std::shared_ptr<const render::shading::TextureImage> ShaderTextures::find(BlockId id) {
  const auto known = known_.find(id);
  if (known != known_.end()) {
    return known->second;
  }
  const Image* block = document_.find<Image>(id);
  Result<image::ImageBuffer> pixels = block ? load(*block) : Result<image::ImageBuffer>(Error::invalid("there is no image"));
  std::shared_ptr<render::shading::TextureImage> texture;
  if (pixels) {
    texture = std::make_shared<render::shading::TextureImage>();
    texture->width = pixels->width();
    texture->height = pixels->height();
    const Array<float>& floats = pixels->floats();
    std::vector<float4> values(pixels->pixel_count());
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = {floats[4 * i], floats[4 * i + 1], floats[4 * i + 2], floats[4 * i + 3]};
    }
    texture->pixels = Array<float4>(std::move(values));
  } else {
    reports_.push_back(fmt::format("Image \"{}\": {}", block ? block->name : "", pixels.error().message));
  }
  known_[id] = texture;
  return texture;
}

Result<image::ImageBuffer> ShaderTextures::load(const Image& block) const {
  const Result<const image::ColorManagement*> colors = colors_ ? colors_->get() : Result<const image::ColorManagement*>(Error::invalid("no colors"));
  if (!colors) {
    return colors.error();
  }
  const Result<image::ImageBuffer> stored = images_ ? images_->buffer(block) : Result<image::ImageBuffer>(Error::invalid("no images"));
  if (!stored) {
    return stored.error();
  }
  Result<image::ImageBuffer> ready = image::render_pixels(*stored, **colors);
  if (!ready) {
    return ready.error();
  }
  return image::with_channels(image::to_floats(*ready), 4);
}

}  // namespace kiln::operators
