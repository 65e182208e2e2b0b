#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// The border between Kiln and the shared library that holds OpenImageIO, which takes a third of a
/// second to load and is opened only for the formats that nothing else reads. No type of
/// OpenImageIO crosses it, and no exception.
namespace kiln::image::io {

struct PictureInfo {
  int width = 0, height = 0;
  int channels = 0;       ///< as stored; only the first four are ever read
  int depth = 8;          ///< bits per channel
  bool is_float = false;  ///< floating point values
  bool is_premultiplied = false;
  float pixel_aspect = 1.0f;
  std::vector<std::pair<std::string, std::string>> metadata;
};

/// A file that has been opened.
class Picture {
public:
  virtual ~Picture() = default;
  virtual const PictureInfo& info() const = 0;
  /// Values of the first `channels` channels, rows from the bottom, integers scaled to [0, 255] or
  /// [0, 1]. False with the reason in `error`.
  virtual bool read(int channels, std::uint8_t* values, std::string& error) = 0;
  virtual bool read(int channels, float* values, std::string& error) = 0;
};

struct PictureToWrite {
  int width = 0, height = 0, channels = 0;
  int depth = 8;                        ///< bits per channel in the file
  const std::uint8_t* bytes = nullptr;  ///< exactly one of the two is set; rows from the bottom
  const std::uint16_t* words = nullptr;
  bool is_premultiplied = false;
  int quality = 90;
  std::string compression;  ///< OpenImageIO's name, or empty
  float pixel_aspect = 1.0f;
  std::vector<std::pair<std::string, std::string>> metadata;
};

class Pictures {
public:
  virtual ~Pictures() = default;
  /// `format` is OpenImageIO's name; the bytes of the file must outlive the picture. Null with the
  /// reason in `error`.
  virtual std::unique_ptr<Picture> open(std::span<const std::byte> file, const std::string& format,
                                        std::string& error) const = 0;
  /// The bytes of a file; empty with the reason in `error`.
  virtual std::vector<unsigned char> encode(const std::string& format,
                                            const PictureToWrite& picture,
                                            std::string& error) const = 0;
};

/// Name and type of the function that the library exports.
inline constexpr const char* entry_name = "kiln_pictures";
using Entry = const Pictures* (*)();

}  // namespace kiln::image::io
