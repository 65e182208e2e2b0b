#pragma once

#include <string>

#include "document/data_block.h"

namespace kiln {

enum class ImageSource : std::uint8_t {
  File = 1,
  Sequence = 2,
  Movie = 3,
  Generated = 4,
  Viewer = 5,
  Tiled = 6
};
enum class ImageAlphaMode : std::uint8_t { Straight, Premultiplied, ChannelPacked, None };
enum class ImageGeneratedType : std::uint8_t { Blank, UvGrid, ColorGrid };

/// Pixels from a file or made in the program. Pixels of generated or edited images are here; those
/// of files are read when needed and not kept in the document, unless the image is packed.
struct Image : Block<Image, BlockType::Image> {
  std::string filepath;
  ImageSource source = ImageSource::File;
  ImageGeneratedType generated_type = ImageGeneratedType::UvGrid;
  int generated_width = 1024, generated_height = 1024;
  bool use_generated_float = false;
  float4 generated_color{0.0f, 0.0f, 0.0f, 1.0f};
  ImageAlphaMode alpha_mode = ImageAlphaMode::Straight;
  std::string color_space = "sRGB";
  bool use_half_precision = true;
  bool is_dirty = false;

  // Pixels that were made or changed here: rows from the bottom, four values each. Empty when they
  // come from the file.
  int width = 0, height = 0;
  int depth = 32;  ///< bits a pixel of the buffer
  bool is_float =
      false;  ///< `pixels` are values in `color_space`; else display values in steps of 1/255
  Array<float> pixels;
  Array<std::uint8_t> packed;  ///< the file itself, kept in the document

  void visit_arrays(ArrayVisitor& visitor) const override;
  bool set_array(std::string_view array_name, std::string_view bytes) override;
  Result<void> finish_reading() override;
  static const Schema& schema();
};

/// Largest width and height of an image in memory.
inline constexpr int max_image_size = 65536;

/// The color spaces an image may be stored in.
std::vector<EnumItem> color_space_items();

/// A new generated image, filled with its generated color.
Image& add_image(Document& document, std::string_view name, int width, int height, bool has_alpha,
                 bool is_float, bool is_data);

void register_image_types(class Registry& registry);

}  // namespace kiln
