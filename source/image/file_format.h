#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace kiln::image {

enum class FileFormat : std::uint8_t {
  Bmp,
  Iris,
  Png,
  Jpeg,
  Jpeg2000,
  Targa,
  TargaRaw,
  Cineon,
  Dpx,
  OpenExrMultilayer,
  OpenExr,
  Hdr,
  Tiff,
  Webp,
  Psd,  ///< read only, as are the following
  Dds,
};

/// Which picture channels a file holds.
enum class ColorMode : std::uint8_t { BW, RGB, RGBA };

/// What a format can do.
struct FormatTraits {
  FileFormat format;
  const char* identifier;  ///< as scripts name it: "OPEN_EXR"; empty for formats that are only read
  const char* extension;   ///< ".exr", what is appended to a name without one
  const char* all_extensions;  ///< every usual one, separated by spaces
  bool can_write = true;
  bool is_scene_linear = false;     ///< holds light, not display values
  bool has_grey = true;             ///< can be written with one channel
  bool has_alpha = false;           ///< can be written with alpha
  std::uint8_t depths[4] = {8, 0};  ///< bits per channel that can be written
};

const FormatTraits& traits(FileFormat format);
std::span<const FormatTraits> all_formats();

/// By the name that scripts use.
std::optional<FileFormat> format_by_identifier(std::string_view identifier);
/// By the end of a file name, upper or lower case.
std::optional<FileFormat> format_by_extension(std::string_view file_name);
/// By content; the first 64 bytes are enough. Targa has no mark, its header is only judged
/// plausible.
std::optional<FileFormat> format_by_content(std::span<const std::byte> start);

/// Most bytes per pixel channel that a compressed file of the size can sensibly stand for; guards
/// readers against small files that declare huge pictures.
inline bool is_plausible_size(std::uint64_t file_bytes, std::uint64_t pixel_bytes) {
  // The best that the compressions in use do is deflate inside run lengths; 1 MiB lets tiny flat
  // pictures through.
  return pixel_bytes <= (std::uint64_t(1) << 20) || pixel_bytes / 4096 <= file_bytes;
}

}  // namespace kiln::image
