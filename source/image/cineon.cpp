#include "image/cineon.h"

#include "core/assert.h"
#include "image/bytes.h"

namespace kiln::image {
namespace {

constexpr std::uint32_t magic = 0x802a5fd7;
constexpr std::size_t header_size = 2048;

// Where fields stand in the header.
constexpr std::size_t at_data_offset = 4, at_generic_size = 8, at_industry_size = 12,
                      at_file_size = 20, at_version = 24, at_channel_count = 193, at_channels = 196,
                      channel_size = 28, at_packing = 681;
// Within the description of a channel.
constexpr std::size_t at_bits = 2, at_width = 4, at_height = 8, at_high_data = 20,
                      at_high_quantity = 24;

}  // namespace

Result<ImageBuffer> read_cineon(std::span<const std::byte> file, const Path& path) {
  if (file.size() < 1024) {
    return Error::malformed(path, "ends inside the Cineon header");
  }
  const bool is_swapped = big_endian(file, 0, 4) != magic;
  const auto word_at = [&](std::size_t at) {
    return is_swapped ? little_endian(file, at, 4) : big_endian(file, at, 4);
  };
  if (word_at(0) != magic) {
    return Error::malformed(path, "is no Cineon file");
  }
  const int channels = int(file[at_channel_count]);
  const std::uint32_t width = word_at(at_channels + at_width),
                      height = word_at(at_channels + at_height);
  const std::uint32_t offset = word_at(at_data_offset);
  if (width == 0 || height == 0 || width > max_image_size || height > max_image_size) {
    return Error::malformed(path, "is {} x {} pixels; expected 1 to {}", width, height,
                            max_image_size);
  }
  if ((channels != 1 && channels != 3) || int(file[at_channels + at_bits]) != 10) {
    return Error::unsupported(
        "\"{}\": has {} channels of {} bits; Kiln reads Cineon files with 1 or 3 of 10",
        path.string(), channels, int(file[at_channels + at_bits]));
  }
  // 10-bit numbers fill a word from the left or the right, and every row begins a new word.
  const int shift = int(file[at_packing]) == 6 ? 0 : 2;
  const std::size_t row_words = (std::size_t(width) * channels + 2) / 3;
  if (offset > file.size() || (file.size() - offset) / 4 / row_words < height) {
    return Error::malformed(path, "ends in the middle: {} x {} pixels do not fit into its {} bytes",
                            width, height, file.size());
  }
  ImageBuffer image = ImageBuffer::of_floats(int(width), int(height), channels);
  const std::span<float> values = image.edit_floats();
  for (std::size_t y = 0; y < height; ++y) {
    float* out = &values[(height - 1 - y) * width * std::size_t(channels)];
    for (std::size_t i = 0; i < std::size_t(width) * channels; ++i) {
      const std::uint32_t word = word_at(offset + 4 * (y * row_words + i / 3));
      out[i] = float(word >> (20 - 10 * (i % 3) + shift) & 1023) / 1023.0f;
    }
  }
  return image;
}

Result<void> write_cineon(ByteOutput& output, const ImageBuffer& image) {
  KILN_ASSERT(image.is_float() && image.channels() >= 3);
  const std::size_t width = std::size_t(image.width()), height = std::size_t(image.height());
  std::vector<std::byte> bytes(header_size + 4 * width * height);
  put_big_endian(bytes, 0, 4, magic);
  put_big_endian(bytes, at_data_offset, 4, header_size);
  put_big_endian(bytes, at_generic_size, 4, 1024);
  put_big_endian(bytes, at_industry_size, 4, 1024);
  put_big_endian(bytes, at_file_size, 4, std::uint32_t(bytes.size()));
  constexpr std::string_view version = "V4.5";
  std::transform(version.begin(), version.end(), bytes.begin() + at_version,
                 [](char c) { return std::byte(c); });
  bytes[at_channel_count] = std::byte(3);
  for (std::size_t c = 0; c < 3; ++c) {
    const std::size_t at = at_channels + c * channel_size;
    bytes[at + 1] = std::byte(c + 1);  // red, green, blue printing density
    bytes[at + at_bits] = std::byte(10);
    put_big_endian(bytes, at + at_width, 4, std::uint32_t(width));
    put_big_endian(bytes, at + at_height, 4, std::uint32_t(height));
    put_big_endian(bytes, at + at_high_data, 4, 0x447fc000);      // 1023 as a float
    put_big_endian(bytes, at + at_high_quantity, 4, 0x4002f1aa);  // 2.046, its density
  }
  bytes[at_packing] = std::byte(5);  // words filled from the left
  for (std::size_t y = 0; y < height; ++y) {
    const float* pixel =
        image.floats().data() + (height - 1 - y) * width * std::size_t(image.channels());
    for (std::size_t x = 0; x < width; ++x, pixel += image.channels()) {
      std::uint32_t word = 0;
      for (int c = 0; c < 3; ++c) {
        const float value = pixel[c] > 0.0f ? std::min(pixel[c], 1.0f) : 0.0f;
        word = word << 10 | std::uint32_t(value * 1023.0f + 0.5f);
      }
      put_big_endian(bytes, header_size + 4 * (y * width + x), 4, word << 2);
    }
  }
  return output.write(bytes);
}

}  // namespace kiln::image
