#pragma once

#include <cstdint>
#include <string>

#include "core/array.h"
#include "core/result.h"

namespace kiln::image {

/// What the fourth channel means for the other three.
enum class AlphaMode : std::uint8_t {
  Straight,       ///< color as if the pixel were opaque
  Premultiplied,  ///< color already scaled by alpha
  ChannelPacked,  ///< an unrelated value that color must not be scaled by
  None,           ///< ignored: the picture is opaque
};

/// No picture may be wider or higher than this.
inline constexpr int max_image_size = 1 << 16;

/// A picture: `channels` values per pixel, rows from the bottom, left to right, channels
/// interleaved.
///
/// Bytes stand for value * 255. Exactly one of the two arrays is filled. Pixels are shared between
/// copies until written.
class ImageBuffer {
public:
  ImageBuffer() = default;

  /// Zeros. Sizes are at least 1 and at most `max_image_size`, channels 1 to 4.
  static ImageBuffer of_bytes(int width, int height, int channels);
  static ImageBuffer of_floats(int width, int height, int channels);
  /// Takes over the values; there must be width * height * channels of them.
  static ImageBuffer of_bytes(int width, int height, int channels, Array<std::uint8_t> values);
  static ImageBuffer of_floats(int width, int height, int channels, Array<float> values);

  int width() const { return width_; }
  int height() const { return height_; }
  int channels() const { return channels_; }
  bool is_float() const { return is_float_; }
  bool empty() const { return width_ == 0; }
  std::size_t pixel_count() const { return std::size_t(width_) * std::size_t(height_); }

  const Array<std::uint8_t>& bytes() const { return bytes_; }
  const Array<float>& floats() const { return floats_; }
  std::span<std::uint8_t> edit_bytes() { return bytes_.edit(); }
  std::span<float> edit_floats() { return floats_.edit(); }

  /// One value in [0, 1] for byte pictures, as stored for float ones; `row` counts from the bottom.
  float value(int x, int row, int channel) const;

  std::string color_space;  ///< name in the color configuration; empty: not known
  AlphaMode alpha_mode = AlphaMode::Straight;

  bool operator==(const ImageBuffer&) const = default;

private:
  int width_ = 0, height_ = 0, channels_ = 0;
  bool is_float_ = false;
  Array<std::uint8_t> bytes_;
  Array<float> floats_;
};

/// The same picture in floats; values stay in the color space they are in. Shares the pixels of a
/// float picture.
ImageBuffer to_floats(const ImageBuffer& image);
/// The same picture in bytes: clamped to [0, 1] and rounded, NaN to 0. Shares the pixels of a byte
/// picture.
ImageBuffer to_bytes(const ImageBuffer& image);
/// Adds or drops channels: grey is repeated, missing alpha is 1, color becomes grey by Rec.709
/// weights of the stored values, two channels are grey and alpha.
ImageBuffer with_channels(const ImageBuffer& image, int channels);
/// Color scaled by alpha, or the reverse; pictures without alpha and those already so are returned
/// as they are. Bytes lose precision.
ImageBuffer premultiplied(const ImageBuffer& image);
ImageBuffer straight(const ImageBuffer& image);

/// The byte for a value: clamped to [0, 1], rounded to nearest, NaN to 0.
inline std::uint8_t to_byte(float value) {
  return value >= 1.0f ? 255 : value > 0.0f ? std::uint8_t(value * 255.0f + 0.5f) : 0;
}
/// The same for 16 bits.
inline std::uint16_t to_word(float value) {
  return value >= 1.0f ? 65535 : value > 0.0f ? std::uint16_t(value * 65535.0f + 0.5f) : 0;
}

}  // namespace kiln::image
