#pragma once

#include <string>

#include "document/data_block.h"
#include "document/render_slots.h"

namespace kiln {

enum class ImageFormatSettingsFileFormat : std::uint8_t;

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

/// A picture: from a file, or made in the program.
///
/// Pixels that were written or scaled are here (`pixels`). All others follow from the settings and
/// are made or read when they are needed: see `ImageLoader`.
struct Image : Block<Image, BlockType::Image> {
  std::string filepath;
  ImageFormatSettingsFileFormat file_format;  ///< what `save` writes; that of the file once read
  ImageSource source = ImageSource::File;
  ImageGeneratedType generated_type = ImageGeneratedType::UvGrid;
  int generated_width = 1024, generated_height = 1024;
  bool generated_alpha = false;  ///< only counts in `depth`: pixels have four values anyway
  bool use_generated_float = false;
  float4 generated_color;
  ImageAlphaMode alpha_mode = ImageAlphaMode::Straight;
  std::string color_space = "sRGB";
  float2 display_aspect{1.0f, 1.0f};  ///< width and height that a pixel is shown with
  float2 resolution;                  ///< pixels a metre; 0: as the file says
  bool use_view_as_render = false;    ///< shown with the view settings of the scene, as renders are
  bool use_half_precision = true;     ///< the graphics card keeps floats in 16 bits
  ItemList<RenderSlot> render_slots;  ///< of the image that stands for renders (`Viewer`)
  bool is_dirty = false;              ///< `pixels` are not in a file or packed

  // The pixels where they differ from what the settings give; empty else.
  int width = 0, height = 0;
  int depth = 32;         ///< bits a pixel
  bool is_float = false;  ///< scene-linear values (stored ones where the color space is data); else
                          ///< display values in steps of 1/255
  Array<float> pixels;    ///< rows from the bottom, four values each

  Array<std::uint8_t> packed;  ///< the file itself, kept in the document
  std::string packed_path;     ///< where it came from

  Image();
  void visit_arrays(ArrayVisitor& visitor) const override;
  bool set_array(std::string_view array_name, std::string_view bytes) override;
  Result<void> finish_reading() override;
  static const Schema& schema();
};

/// Largest width and height of an image in memory.
inline constexpr int max_image_size = 65536;

/// Whether values of the color space are never converted.
bool is_data_space(std::string_view color_space);

/// The color spaces an image may be stored in.
std::vector<EnumItem> color_space_items();

/// The color space of an image or of pictures that are written, shown as a struct of its own.
const Schema& color_space_schema();

/// A new generated image, filled with its generated color.
Image& add_image(Document& document, std::string_view name, int width, int height, bool has_alpha,
                 bool is_float, bool is_data);

void register_image_types(class Registry& registry);

}  // namespace kiln
