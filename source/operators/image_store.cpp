#include "operators/image_store.h"

#include "document/render_settings.h"
#include "image/generated.h"
#include "image/image_pixels.h"
#include "operators/paths.h"

namespace kiln::operators {
namespace {

std::size_t bytes_of(const image::ImageBuffer& buffer) {
  return buffer.pixel_count() * std::size_t(buffer.channels()) * (buffer.is_float() ? 4 : 1);
}

}  // namespace

ImageStore::Key::Key(const Image& image)
    : filepath(image.filepath),
      color_space(image.color_space),
      alpha_mode(image.alpha_mode),
      source(image.source),
      pattern(image.generated_type),
      width(image.generated_width),
      height(image.generated_height),
      has_alpha(image.generated_alpha),
      is_float(image.use_generated_float),
      color(image.generated_color),
      packed(image.packed) {}

bool ImageStore::Key::operator==(const Key& other) const {
  if (source != other.source || color_space != other.color_space) {
    return false;
  }
  if (source == ImageSource::Generated) {
    return pattern == other.pattern && width == other.width && height == other.height &&
           has_alpha == other.has_alpha && is_float == other.is_float && color == other.color;
  }
  return filepath == other.filepath && alpha_mode == other.alpha_mode &&
         packed.data() == other.packed.data() && packed.size() == other.packed.size();
}

Result<image::ImageFile> ImageStore::read(const Image& image) const {
  if (!image.packed.empty()) {
    return image::read_image(std::as_bytes(image.packed.span()),
                             image.filepath.empty() ? image.name : image.filepath);
  }
  if (image.filepath.empty()) {
    return Error::invalid("there is no file of this image");
  }
  return image::read_image(absolute_path(image.filepath, project_.path));
}

Result<ImageStore::Loaded> ImageStore::loaded(const Image& image,
                                              const image::ImageFile& file) const {
  const Result<const image::ColorManagement*> colors = colors_.get();
  if (!colors) {
    return colors.error();
  }
  Result<image::ImageBuffer> pixels =
      image::loaded_pixels(file, image.color_space, image::AlphaMode(image.alpha_mode), **colors);
  if (!pixels) {
    return pixels.error();
  }
  return Loaded{std::move(*pixels), file.depth(), {file.density.x, file.density.y}};
}

Result<ImageStore::Loaded> ImageStore::load(const Image& image) const {
  if (image.source == ImageSource::Generated) {
    Loaded result;
    const bool is_float = image.use_generated_float;
    result.buffer = image::generated(
        image::Pattern(image.generated_type), std::clamp(image.generated_width, 1, max_image_size),
        std::clamp(image.generated_height, 1, max_image_size), image.generated_color, is_float);
    result.depth = (is_float ? 4 : 1) * (image.generated_alpha ? 32 : 24);
    const Result<const image::ColorManagement*> colors =
        is_float ? colors_.get() : Result<const image::ColorManagement*>(nullptr);
    if (!colors) {
      return colors.error();
    }
    result.buffer.color_space = is_float && !is_data_space(image.color_space)
                                    ? (*colors)->scene_linear()
                                    : image.color_space;
    result.buffer.alpha_mode =
        is_float ? image::AlphaMode::Premultiplied : image::AlphaMode::Straight;
    return result;
  }
  const Result<image::ImageFile> file = read(image);
  return file ? loaded(image, *file) : file.error();
}

void ImageStore::set_room(std::size_t bytes) {
  const std::scoped_lock lock(mutex_);
  room_ = bytes;
  make_room(0);
}

// The pixels that nobody has looked at for longest go.
void ImageStore::make_room(std::size_t wanted) {
  const auto size = [](const Entry& e) {
    return bytes_of(e.loaded.buffer) + (e.pixels ? e.pixels->values.size() * 4 : 0);
  };
  std::size_t total = wanted;
  for (const auto& [id, entry] : entries_) {
    total += size(entry);
  }
  while (room_ > 0 && total > room_ && !entries_.empty()) {
    const auto oldest = std::min_element(
        entries_.begin(), entries_.end(),
        [](const auto& a, const auto& b) { return a.second.last_use < b.second.last_use; });
    total -= size(oldest->second);
    entries_.erase(oldest);
  }
}

ImageStore::Entry& ImageStore::keep(const Image& image, Loaded loaded) {
  entries_.erase(image.id);
  make_room(bytes_of(loaded.buffer));
  freed_.erase(image.id);
  return entries_.emplace(image.id, Entry{Key(image), std::move(loaded), nullptr, 0}).first->second;
}

Result<ImageStore::Entry*> ImageStore::entry_of(const Image& image) {
  const auto known = entries_.find(image.id);
  Entry* entry =
      known != entries_.end() && known->second.key == Key(image) ? &known->second : nullptr;
  if (!entry) {
    Result<Loaded> loaded = load(image);
    if (!loaded) {
      return loaded.error();
    }
    entry = &keep(image, std::move(*loaded));
  }
  entry->last_use = ++uses_;
  return entry;
}

std::shared_ptr<const ImagePixels> ImageStore::find(const Image& image, std::string* problem) {
  const std::scoped_lock lock(mutex_);
  const Result<Entry*> found = entry_of(image);
  if (!found) {
    if (problem) {
      *problem = found.error().message;
    }
    return nullptr;
  }
  Entry& entry = **found;
  if (!entry.pixels) {
    const image::ImageBuffer& buffer = entry.loaded.buffer;
    entry.pixels = std::make_shared<const ImagePixels>(
        ImagePixels{buffer.width(), buffer.height(), entry.loaded.depth, buffer.is_float(),
                    image::to_floats(buffer).floats(), entry.loaded.density});
  }
  return entry.pixels;
}

ImagePixels ImageStore::describe(const Image& image) {
  const std::scoped_lock lock(mutex_);
  const Result<Entry*> found = entry_of(image);
  if (!found) {
    return {};
  }
  const image::ImageBuffer& buffer = (*found)->loaded.buffer;
  return {buffer.width(),          buffer.height(), (*found)->loaded.depth, buffer.is_float(), {},
          (*found)->loaded.density};
}

bool ImageStore::has(const Image& image) const {
  const std::scoped_lock lock(mutex_);
  const auto known = entries_.find(image.id);
  return known != entries_.end() ||
         (image.source == ImageSource::Generated && !freed_.contains(image.id));
}

void ImageStore::forget(BlockId image) {
  const std::scoped_lock lock(mutex_);
  entries_.erase(image);
  freed_[image] = true;
}

Result<image::ImageBuffer> ImageStore::buffer(const Image& image) const {
  if (!image.pixels.empty()) {
    image::ImageBuffer floats =
        image::ImageBuffer::of_floats(image.width, image.height, 4, image.pixels);
    image::ImageBuffer result = image.is_float ? floats : image::to_bytes(floats);
    result.color_space = image.color_space;
    result.alpha_mode = image::AlphaMode(image.alpha_mode);
    if (image.is_float) {
      const Result<const image::ColorManagement*> colors = colors_.get();
      if (!colors) {
        return colors.error();
      }
      if (!is_data_space(image.color_space)) {
        result.color_space = (*colors)->scene_linear();
      }
      result.alpha_mode = image::AlphaMode::Premultiplied;
    } else if (result.alpha_mode == image::AlphaMode::Premultiplied) {
      result.alpha_mode = image::AlphaMode::Straight;
    }
    return result;
  }
  {
    const std::scoped_lock lock(mutex_);
    const auto known = entries_.find(image.id);
    if (known != entries_.end() && known->second.key == Key(image)) {
      return known->second.loaded.buffer;
    }
  }
  const Result<Loaded> loaded = load(image);
  return loaded ? Result<image::ImageBuffer>(loaded->buffer)
                : Result<image::ImageBuffer>(loaded.error());
}

Result<void> ImageStore::open(Image& image) {
  const Result<image::ImageFile> file = read(image);
  if (!file) {
    return file.error();
  }
  const Result<const image::ColorManagement*> colors = colors_.get();
  if (!colors) {
    return colors.error();
  }
  image.color_space = image::default_color_space(*file, **colors);
  const bool is_premultiplied =
      file->is_scene_linear || file->pixels.alpha_mode == image::AlphaMode::Premultiplied;
  image.alpha_mode = is_premultiplied ? ImageAlphaMode::Premultiplied : ImageAlphaMode::Straight;
  const std::string_view identifier = image::traits(file->format).identifier;
  for (const EnumItem& item : picture_format_items()) {
    if (item.identifier == identifier) {
      image.file_format = ImageFormatSettingsFileFormat(item.value);
    }
  }
  Result<Loaded> made = loaded(image, *file);
  if (!made) {
    return made.error();
  }
  const std::scoped_lock lock(mutex_);
  keep(image, std::move(*made));
  return {};
}

}  // namespace kiln::operators
