#pragma once

#include <map>
#include <mutex>

#include "document/image_pixels.h"
#include "document/project.h"
#include "image/image_file.h"
#include "operators/color_service.h"

namespace kiln::operators {

/// The pixels of images: read from files and packed files, or generated; kept in memory while there
/// is room. Safe from any thread.
class ImageStore final : public ImageLoader {
public:
  ImageStore(const ColorService& colors, const Project& project)
      : colors_(colors), project_(project) {}

  std::shared_ptr<const ImagePixels> find(const Image& image, std::string* problem) override;
  ImagePixels describe(const Image& image) override;
  bool has(const Image& image) const override;
  void forget(BlockId image) override;
  void set_room(std::size_t bytes) override;

  /// The same as bytes or floats with color space and alpha; what is not in memory is not kept
  /// there.
  Result<image::ImageBuffer> buffer(const Image& image) const;

  /// Sets what a new image takes from its file: format, color space, alpha. Keeps the pixels.
  Result<void> open(Image& image);

private:
  // What the pixels follow from.
  struct Key {
    std::string filepath, color_space;
    ImageAlphaMode alpha_mode{};
    ImageSource source{};
    ImageGeneratedType pattern{};
    int width = 0, height = 0;
    bool has_alpha = false, is_float = false;
    float4 color;
    Array<std::uint8_t> packed;
    explicit Key(const Image& image);
    bool operator==(const Key& other) const;
  };
  struct Loaded {
    image::ImageBuffer buffer;
    int depth = 0;
    float2 density;  // pixels a metre; 0: the file does not say
  };
  struct Entry {
    Key key;
    Loaded loaded;
    std::shared_ptr<const ImagePixels> pixels;  // made when first asked for
    std::uint64_t last_use = 0;
  };

  Result<image::ImageFile> read(const Image& image) const;
  Result<Loaded> loaded(const Image& image, const image::ImageFile& file) const;
  Result<Loaded> load(const Image& image) const;
  // The entry of the image as it is, loaded where needed. The lock is held.
  Result<Entry*> entry_of(const Image& image);
  /// Lets go of pixels until there is room for so many bytes more. The lock is held.
  void make_room(std::size_t wanted);
  Entry& keep(const Image& image, Loaded loaded);

  const ColorService& colors_;
  const Project& project_;
  mutable std::mutex mutex_;  // guards those below
  std::map<BlockId, Entry> entries_;
  std::map<BlockId, bool> freed_;  // generated images that have been dropped from memory
  std::uint64_t uses_ = 0;
  std::size_t room_ = std::size_t(4) << 30;  // bytes of pixels kept, the last used always; 0: any
};

}  // namespace kiln::operators
