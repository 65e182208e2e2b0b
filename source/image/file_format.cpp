#include "image/file_format.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <string>

namespace kiln::image {
namespace {

constexpr FormatTraits table[] = {
    {.format = FileFormat::Bmp, .identifier = "BMP", .extension = ".bmp", .all_extensions = ".bmp"},
    {.format = FileFormat::Iris,
     .identifier = "IRIS",
     .extension = ".rgb",
     .all_extensions = ".rgb .rgba .sgi .bw",
     .has_alpha = true},
    {.format = FileFormat::Png,
     .identifier = "PNG",
     .extension = ".png",
     .all_extensions = ".png",
     .has_alpha = true,
     .depths = {8, 16}},
    {.format = FileFormat::Jpeg,
     .identifier = "JPEG",
     .extension = ".jpg",
     .all_extensions = ".jpg .jpeg"},
    {.format = FileFormat::Jpeg2000,
     .identifier = "JPEG2000",
     .extension = ".jp2",
     .all_extensions = ".jp2 .j2c .j2k",
     .has_alpha = true,
     .depths = {8, 12, 16}},
    {.format = FileFormat::Targa,
     .identifier = "TARGA",
     .extension = ".tga",
     .all_extensions = ".tga",
     .has_alpha = true},
    {.format = FileFormat::TargaRaw,
     .identifier = "TARGA_RAW",
     .extension = ".tga",
     .all_extensions = ".tga",
     .has_alpha = true},
    {.format = FileFormat::Cineon,
     .identifier = "CINEON",
     .extension = ".cin",
     .all_extensions = ".cin",
     .has_grey = false,
     .depths = {10}},
    {.format = FileFormat::Dpx,
     .identifier = "DPX",
     .extension = ".dpx",
     .all_extensions = ".dpx",
     .has_grey = false,
     .has_alpha = true,
     .depths = {8, 10, 12, 16}},
    {.format = FileFormat::OpenExrMultilayer,
     .identifier = "OPEN_EXR_MULTILAYER",
     .extension = ".exr",
     .all_extensions = ".exr",
     .is_scene_linear = true,
     .has_alpha = true,
     .depths = {16, 32}},
    {.format = FileFormat::OpenExr,
     .identifier = "OPEN_EXR",
     .extension = ".exr",
     .all_extensions = ".exr",
     .is_scene_linear = true,
     .has_alpha = true,
     .depths = {16, 32}},
    {.format = FileFormat::Hdr,
     .identifier = "HDR",
     .extension = ".hdr",
     .all_extensions = ".hdr .pic",
     .is_scene_linear = true,
     .depths = {32}},
    {.format = FileFormat::Tiff,
     .identifier = "TIFF",
     .extension = ".tif",
     .all_extensions = ".tif .tiff .tx",
     .has_alpha = true,
     .depths = {8, 16}},
    {.format = FileFormat::Webp,
     .identifier = "WEBP",
     .extension = ".webp",
     .all_extensions = ".webp",
     .has_grey = false,
     .has_alpha = true},
    {.format = FileFormat::Psd,
     .identifier = "",
     .extension = ".psd",
     .all_extensions = ".psd",
     .can_write = false},
    {.format = FileFormat::Dds,
     .identifier = "",
     .extension = ".dds",
     .all_extensions = ".dds",
     .can_write = false},
};

bool is_plausible_targa(std::span<const std::byte> start) {
  if (start.size() < 18) {
    return false;
  }
  const auto byte = [&](std::size_t i) { return std::uint8_t(start[i]); };
  const int map_type = byte(1), type = byte(2), bits = byte(16);
  const int width = byte(12) | byte(13) << 8, height = byte(14) | byte(15) << 8;
  const bool is_known_type =
      type == 1 || type == 2 || type == 3 || type == 9 || type == 10 || type == 11;
  const bool is_known_depth = bits == 8 || bits == 15 || bits == 16 || bits == 24 || bits == 32;
  return map_type <= 1 && is_known_type && is_known_depth && width > 0 && height > 0;
}

}  // namespace

const FormatTraits& traits(FileFormat format) {
  return table[std::size_t(format)];
}

std::span<const FormatTraits> all_formats() {
  return table;
}

std::optional<FileFormat> format_by_identifier(std::string_view identifier) {
  for (const FormatTraits& candidate : table) {
    if (!identifier.empty() && candidate.identifier == identifier) {
      return candidate.format;
    }
  }
  return {};
}

std::optional<FileFormat> format_by_extension(std::string_view file_name) {
  const std::size_t dot = file_name.rfind('.');
  if (dot == std::string_view::npos) {
    return {};
  }
  std::string extension(file_name.substr(dot));
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return char(std::tolower(c)); });
  // The plain EXR, not the multilayer one, is what a name alone stands for.
  if (extension == ".exr") {
    return FileFormat::OpenExr;
  }
  for (const FormatTraits& candidate : table) {
    std::string_view names = candidate.all_extensions;
    while (!names.empty()) {
      const std::size_t end = std::min(names.find(' '), names.size());
      if (names.substr(0, end) == extension) {
        return candidate.format;
      }
      names.remove_prefix(std::min(end + 1, names.size()));
    }
  }
  return {};
}

std::optional<FileFormat> format_by_content(std::span<const std::byte> start) {
  const auto begins_with = [&](std::string_view mark, std::size_t at = 0) {
    return start.size() >= at + mark.size() &&
           std::memcmp(start.data() + at, mark.data(), mark.size()) == 0;
  };
  using namespace std::string_view_literals;
  if (begins_with("\x89PNG\r\n\x1a\n"sv)) {
    return FileFormat::Png;
  }
  if (begins_with("\xff\xd8\xff"sv)) {
    return FileFormat::Jpeg;
  }
  if (begins_with("\x76\x2f\x31\x01"sv)) {
    return FileFormat::OpenExr;
  }
  if (begins_with("II*\0"sv) || begins_with("MM\0*"sv) || begins_with("II+\0"sv) ||
      begins_with("MM\0+"sv)) {
    return FileFormat::Tiff;
  }
  if (begins_with("#?RADIANCE"sv) || begins_with("#?RGBE"sv)) {
    return FileFormat::Hdr;
  }
  if (begins_with("SDPX"sv) || begins_with("XPDS"sv)) {
    return FileFormat::Dpx;
  }
  if (begins_with("\x80\x2a\x5f\xd7"sv) || begins_with("\xd7\x5f\x2a\x80"sv)) {
    return FileFormat::Cineon;
  }
  if (begins_with("RIFF"sv) && begins_with("WEBP"sv, 8)) {
    return FileFormat::Webp;
  }
  if (begins_with("\0\0\0\x0cjP  "sv) || begins_with("\xff\x4f\xff\x51"sv)) {
    return FileFormat::Jpeg2000;
  }
  if (begins_with("8BPS"sv)) {
    return FileFormat::Psd;
  }
  if (begins_with("DDS "sv)) {
    return FileFormat::Dds;
  }
  if (begins_with("\x01\xda"sv)) {
    return FileFormat::Iris;
  }
  if (begins_with("BM"sv)) {
    return FileFormat::Bmp;
  }
  if (is_plausible_targa(start)) {
    return std::uint8_t(start[2]) >= 9 ? FileFormat::Targa : FileFormat::TargaRaw;
  }
  return {};
}

}  // namespace kiln::image
