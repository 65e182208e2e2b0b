#pragma once

#include <memory>

#include "document/image.h"

namespace kiln {

class Services;

/// The pixels of an image in memory; see `Image` for what the values are.
struct ImagePixels {
  int width = 0, height = 0;
  int depth = 0;  ///< bits a pixel, as stored
  bool is_float = false;
  Array<float> values{};  ///< rows from the bottom, four values a pixel
  float2 resolution{};    ///< pixels a metre, as the file says; 0: it does not say
};

/// Where pixels come from that are not in the document: files, packed files, generated patterns. A
/// higher floor knows picture files and offers this as a service. Safe from any thread.
class ImageLoader {
public:
  virtual ~ImageLoader() = default;
  /// The pixels as the image's settings give them, from memory where they have been asked for
  /// before. Null when there are none; `problem` then says why.
  virtual std::shared_ptr<const ImagePixels> find(const Image& image, std::string* problem) = 0;
  /// The same without the values; a size of 0 when there are none.
  virtual ImagePixels describe(const Image& image) = 0;
  /// Whether they are in memory.
  virtual bool has(const Image& image) const = 0;
  /// Reads the file again when the pixels are next asked for.
  virtual void forget(BlockId image) = 0;
  /// Bytes that the pixels in memory may take; 0: any. The ones used last stay in any case.
  virtual void set_room(std::size_t bytes) = 0;
};

/// The pixels of an image wherever they are; null when there are none or nothing can load them.
std::shared_ptr<const ImagePixels> image_pixels(const Image& image, const Services* services,
                                                std::string* problem = nullptr);

/// Size and kind of the pixels, without values.
ImagePixels describe_pixels(const Image& image, const Services* services);

/// How densely the pixels lie when they are printed, in pixels a metre: as the image says, else its
/// file, else 72 an inch; 0 where there are none.
float2 pixel_resolution(const Image& image, const Services* services);

/// Takes the image's pixels into the document, where they can be written. False when there are
/// none.
bool own_pixels(Image& image, const Services* services);

/// Drops what was written; the image is again what its settings say.
void drop_pixels(Image& image);

/// Makes values what the image can hold: bytes for images without float values.
void round_pixels(Image& image, std::int64_t first, std::int64_t count);

}  // namespace kiln
