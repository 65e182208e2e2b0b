#include "image/dpx.h"

#include "core/assert.h"
#include "image/bytes.h"

namespace kiln::image {
namespace {

constexpr std::uint32_t magic = 0x53445058;  // "SDPX"
constexpr std::size_t header_size = 2048;

// Where fields stand in the header; those of the only element that is read follow it.
constexpr std::size_t at_data_offset = 4, at_version = 8, at_file_size = 16, at_ditto = 20,
                      at_generic_size = 24, at_industry_size = 28, at_encryption = 660,
                      at_orientation = 768, at_element_count = 770, at_width = 772, at_height = 776,
                      at_element = 780, at_high_data = at_element + 12,
                      at_descriptor = at_element + 20, at_transfer = at_element + 21,
                      at_colorimetric = at_element + 22, at_bits = at_element + 23,
                      at_packing = at_element + 24, at_encoding = at_element + 26,
                      at_pixels = at_element + 28, at_line_padding = at_element + 32;

constexpr int rgb = 50, rgba = 51, abgr = 52;
constexpr int density = 1, linear = 2, logarithmic = 3;

int channels_of(int descriptor) {
  switch (descriptor) {
    case rgb:
      return 3;
    case rgba:
    case abgr:
      return 4;
    default:
      return descriptor <= 6 ? 1 : 0;
  }
}

// Bytes of a row of `values` numbers: 10 bits stand three to a word, 12 bits one to half a word.
std::size_t row_bytes(std::size_t values, int bits) {
  return bits == 8 ? values : bits == 10 ? (values + 2) / 3 * 4 : values * 2;
}

}  // namespace

Result<ImageBuffer> read_dpx(std::span<const std::byte> file, const Path& path,
                             bool* is_logarithmic) {
  if (file.size() < 1024) {
    return Error::malformed(path, "ends inside the DPX header");
  }
  const bool is_little = big_endian(file, 0, 4) != magic;
  const auto number = [&](std::size_t at, std::size_t size) {
    return is_little ? little_endian(file, at, size) : big_endian(file, at, size);
  };
  if (number(0, 4) != magic) {
    return Error::malformed(path, "is no DPX file");
  }
  const std::uint32_t width = number(at_width, 4), height = number(at_height, 4);
  if (width == 0 || height == 0 || width > max_image_size || height > max_image_size) {
    return Error::malformed(path, "is {} x {} pixels; expected 1 to {}", width, height,
                            max_image_size);
  }
  const int descriptor = int(file[at_descriptor]), bits = int(file[at_bits]),
            channels = channels_of(descriptor);
  const std::uint32_t packing = number(at_packing, 2), encoding = number(at_encoding, 2);
  const bool is_filled = packing == 1 || packing == 2;
  const bool is_known_depth = bits == 8 || bits == 16 || ((bits == 10 || bits == 12) && is_filled);
  if (channels == 0 || !is_known_depth || encoding > 1) {
    return Error::unsupported(
        "\"{}\": has DPX descriptor {}, {} bits, packing {}, encoding {}; Kiln reads RGB, RGBA or "
        "luma "
        "of 8 or 16 bits, or 10 or 12 in filled words",
        path.string(), descriptor, bits, packing, encoding);
  }
  if (encoding == 1) {
    return Error::unsupported("\"{}\": is run-length coded, which Kiln does not read in DPX files",
                              path.string());
  }
  const std::uint32_t stated_padding = number(at_line_padding, 4);
  const std::size_t values = std::size_t(width) * channels;
  const std::size_t row_size =
      row_bytes(values, bits) + (stated_padding < 65536 ? stated_padding : 0);
  std::uint32_t offset = number(at_pixels, 4);
  if (offset < 1024 || offset == 0xffffffff) {
    offset = number(at_data_offset, 4);
  }
  if (offset > file.size() || (file.size() - offset) / row_size + 1 < height ||
      file.size() - offset < (height - 1) * row_size + row_bytes(values, bits)) {
    return Error::malformed(path, "ends in the middle: {} x {} pixels do not fit into its {} bytes",
                            width, height, file.size());
  }
  const std::uint32_t transfer = std::uint32_t(file[at_transfer]);
  *is_logarithmic = transfer == density || transfer == logarithmic;
  const bool is_upside_down = number(at_orientation, 2) == 2;
  const bool is_left_filled = packing != 2;
  const float scale = 1.0f / float((1 << bits) - 1);

  ImageBuffer image = ImageBuffer::of_floats(int(width), int(height), channels);
  const std::span<float> out = image.edit_floats();
  for (std::size_t y = 0; y < height; ++y) {
    const std::size_t row = offset + y * row_size;
    float* pixel = &out[(is_upside_down ? y : height - 1 - y) * values];
    for (std::size_t i = 0; i < values; ++i) {
      std::uint32_t value = 0;
      switch (bits) {
        case 8:
          value = std::uint32_t(file[row + i]);
          break;
        case 10:
          value =
              number(row + i / 3 * 4, 4) >> (20 - 10 * (i % 3) + (is_left_filled ? 2 : 0)) & 1023;
          break;
        case 12:
          value = number(row + 2 * i, 2) >> (is_left_filled ? 4 : 0) & 4095;
          break;
        default:
          value = number(row + 2 * i, 2);
          break;
      }
      pixel[i] = float(value) * scale;
    }
    if (descriptor == abgr) {
      for (std::size_t x = 0; x < width; ++x) {
        std::reverse(pixel + 4 * x, pixel + 4 * x + 4);
      }
    }
  }
  return image;
}

Result<void> write_dpx(ByteOutput& output, const ImageBuffer& image, int depth,
                       bool is_logarithmic) {
  KILN_ASSERT(image.is_float() && image.channels() >= 3);
  const std::size_t width = std::size_t(image.width()), height = std::size_t(image.height());
  const std::size_t values = width * std::size_t(image.channels()),
                    row_size = row_bytes(values, depth);
  std::vector<std::byte> file(header_size + row_size * height);
  put_big_endian(file, 0, 4, magic);
  put_big_endian(file, at_data_offset, 4, header_size);
  put_big_endian(file, at_version, 4, 0x56322e30);  // "V2.0"
  put_big_endian(file, at_file_size, 4, std::uint32_t(file.size()));
  put_big_endian(file, at_ditto, 4, 1);
  put_big_endian(file, at_generic_size, 4, 1664);
  put_big_endian(file, at_industry_size, 4, 384);
  put_big_endian(file, at_encryption, 4, 0xffffffff);
  put_big_endian(file, at_element_count, 2, 1);
  put_big_endian(file, at_width, 4, std::uint32_t(width));
  put_big_endian(file, at_height, 4, std::uint32_t(height));
  put_big_endian(file, at_high_data, 4, (std::uint32_t(1) << depth) - 1);
  file[at_descriptor] = std::byte(image.channels() == 4 ? rgba : rgb);
  file[at_transfer] = file[at_colorimetric] = std::byte(is_logarithmic ? density : linear);
  file[at_bits] = std::byte(depth);
  put_big_endian(file, at_packing, 2, depth == 10 || depth == 12 ? 1 : 0);
  put_big_endian(file, at_pixels, 4, header_size);
  const float top = float((1 << depth) - 1);
  for (std::size_t y = 0; y < height; ++y) {
    const float* pixel = image.floats().data() + (height - 1 - y) * values;
    const std::size_t row = header_size + y * row_size;
    for (std::size_t i = 0; i < values; ++i) {
      const std::uint32_t value =
          std::uint32_t((pixel[i] > 0.0f ? std::min(pixel[i], 1.0f) : 0.0f) * top + 0.5f);
      switch (depth) {
        case 8:
          file[row + i] = std::byte(value);
          break;
        case 10: {
          const std::size_t word = row + i / 3 * 4;
          put_big_endian(file, word, 4, big_endian(file, word, 4) | value << (22 - 10 * (i % 3)));
          break;
        }
        case 12:
          put_big_endian(file, row + 2 * i, 2, value << 4);
          break;
        default:
          put_big_endian(file, row + 2 * i, 2, value);
          break;
      }
    }
  }
  return output.write(file);
}

}  // namespace kiln::image
