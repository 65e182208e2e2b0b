#include "operators/shader_textures.h"

#include "image/image_pixels.h"

namespace kiln::operators {

std::shared_ptr<const render::shading::TextureImage> ShaderTextures::find(BlockId id, int file_number) {
  const Image* asked = document_.find<Image>(id);
  const bool is_sequence = asked && asked->source == ImageSource::Sequence;
  const auto key = std::make_tuple(std::uint32_t(id.slot), std::uint32_t(id.serial), is_sequence ? file_number : 0);
  const auto known = known_.find(key);
  if (known != known_.end()) {
    return known->second;
  }
  const Image* block = document_.find<Image>(id);
  Image shown;
  if (is_sequence) {
    shown = *block;
    shown.filepath = sequence_path(shown.filepath, file_number);
    block = &shown;
  }
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
    // Halved, by means of four pixels, until it is small enough.
    while (largest_side_ > 0 && std::max(texture->width, texture->height) > largest_side_) {
      const int width = std::max(1, texture->width / 2), height = std::max(1, texture->height / 2);
      std::vector<float4> half(std::size_t(width) * std::size_t(height));
      for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
          float4 sum;
          for (int k = 0; k < 4; ++k) {
            const int i = std::min(2 * x + (k & 1), texture->width - 1), j = std::min(2 * y + (k >> 1), texture->height - 1);
            sum += values[std::size_t(j) * std::size_t(texture->width) + std::size_t(i)];
          }
          half[std::size_t(y) * std::size_t(width) + std::size_t(x)] = sum * 0.25f;
        }
      }
      values = std::move(half);
      texture->width = width;
      texture->height = height;
    }
    texture->pixels = Array<float4>(std::move(values));
  } else {
    reports_.push_back(fmt::format("Image \"{}\": {}", block ? block->name : "", pixels.error().message));
  }
  known_[key] = texture;
  return texture;
}

std::string sequence_path(const std::string& path, int number) {
  const std::size_t name = path.find_last_of("/\\") == std::string::npos ? 0 : path.find_last_of("/\\") + 1;
  const std::size_t dot = std::max(path.rfind('.') == std::string::npos ? path.size() : path.rfind('.'), name);
  std::size_t end = dot;
  while (end > name && !(path[end - 1] >= '0' && path[end - 1] <= '9')) {
    --end;
  }
  std::size_t begin = end;
  while (begin > name && path[begin - 1] >= '0' && path[begin - 1] <= '9') {
    --begin;
  }
  return begin == end ? path : path.substr(0, begin) + fmt::format("{:0{}}", std::max(number, 0), end - begin) + path.substr(end);
}

int texture_limit(const Scene& scene, bool is_render) {
  const CyclesTextureLimit limit = is_render ? scene.cycles.texture_limit_render : scene.cycles.texture_limit;
  return scene.render.use_simplify && limit != CyclesTextureLimit::Off ? 64 << int(limit) : 0;
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
