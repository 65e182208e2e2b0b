#include "image/iris.h"

#include "core/assert.h"
#include "image/bytes.h"

namespace kiln::image {
namespace {

constexpr std::size_t header_size = 512;
constexpr std::uint32_t magic = 474;

// Decodes one row of one channel: a count with its top bit set is followed by so many values,
// others repeat one value.
bool decode_runs(std::span<const std::byte> packed, std::size_t value_size,
                 std::span<std::uint16_t> row) {
  std::size_t at = 0, filled = 0;
  while (at + value_size <= packed.size()) {
    const std::uint32_t code = big_endian(packed, at, value_size);
    const std::size_t count = code & 0x7f;
    at += value_size;
    if (count == 0) {
      break;
    }
    const bool is_literal = (code & 0x80) != 0;
    const std::size_t needed = value_size * (is_literal ? count : 1);
    if (count > row.size() - filled || needed > packed.size() - at) {
      return false;
    }
    for (std::size_t i = 0; i < count; ++i) {
      row[filled++] =
          std::uint16_t(big_endian(packed, at + (is_literal ? i * value_size : 0), value_size));
    }
    at += needed;
  }
  return filled == row.size();
}

void encode_runs(std::span<const std::uint8_t> row, std::vector<std::byte>& out) {
  std::size_t at = 0;
  while (at < row.size()) {
    std::size_t run = 1;
    while (run < 126 && at + run < row.size() && row[at + run] == row[at]) {
      ++run;
    }
    if (run >= 3) {
      out.push_back(std::byte(run));
      out.push_back(std::byte(row[at]));
      at += run;
      continue;
    }
    // Literals up to where three equal values begin.
    const std::size_t begin = at;
    while (at < row.size() && at - begin < 126 &&
           !(at + 2 < row.size() && row[at] == row[at + 1] && row[at] == row[at + 2])) {
      ++at;
    }
    out.push_back(std::byte(0x80 | (at - begin)));
    for (std::size_t i = begin; i < at; ++i) {
      out.push_back(std::byte(row[i]));
    }
  }
  out.push_back(std::byte(0));
}

}  // namespace

Result<ImageBuffer> read_iris(std::span<const std::byte> file, const Path& path) {
  if (file.size() < header_size || big_endian(file, 0, 2) != magic) {
    return Error::malformed(path, "has no complete SGI header");
  }
  const bool is_packed = file[2] != std::byte(0);
  const std::size_t value_size = std::size_t(file[3]);
  const std::uint32_t dimension = big_endian(file, 4, 2);
  const std::size_t width = big_endian(file, 6, 2);
  const std::size_t height = dimension >= 2 ? big_endian(file, 8, 2) : 1;
  const std::size_t stored = dimension >= 3 ? big_endian(file, 10, 2) : 1;
  if (width == 0 || height == 0 || stored == 0 || (value_size != 1 && value_size != 2)) {
    return Error::malformed(
        path, "is {} x {} pixels with {} channels of {} bytes, which no SGI picture can be", width,
        height, stored, value_size);
  }
  const std::size_t channels = std::min<std::size_t>(stored, 4);
  const std::size_t table_size = 4 * height * stored;
  const std::size_t needed = is_packed ? 2 * table_size : width * height * stored * value_size;
  // Runs of 127 values are two numbers long at least.
  const bool is_short =
      file.size() - header_size < needed ||
      (is_packed && (file.size() - header_size) * 64 < width * height * channels * value_size);
  if (is_short) {
    return Error::malformed(path, "ends in the middle: {} x {} pixels do not fit into its {} bytes",
                            width, height, file.size());
  }
  ImageBuffer image = value_size == 1
                          ? ImageBuffer::of_bytes(int(width), int(height), int(channels))
                          : ImageBuffer::of_floats(int(width), int(height), int(channels));
  const std::span<std::uint8_t> bytes =
      value_size == 1 ? image.edit_bytes() : std::span<std::uint8_t>();
  const std::span<float> floats = value_size == 2 ? image.edit_floats() : std::span<float>();
  std::vector<std::uint16_t> row(width);
  for (std::size_t c = 0; c < channels; ++c) {
    for (std::size_t y = 0; y < height; ++y) {
      const std::size_t index = c * height + y;
      if (is_packed) {
        const std::size_t start = big_endian(file, header_size + 4 * index, 4);
        const std::size_t size = big_endian(file, header_size + table_size + 4 * index, 4);
        if (start > file.size() || size > file.size() - start ||
            !decode_runs(file.subspan(start, size), value_size, row)) {
          return Error::malformed(path, "is damaged: row {} cannot be decoded", y);
        }
      } else {
        for (std::size_t x = 0; x < width; ++x) {
          row[x] = std::uint16_t(
              big_endian(file, header_size + (index * width + x) * value_size, value_size));
        }
      }
      for (std::size_t x = 0; x < width; ++x) {
        const std::size_t at = (y * width + x) * channels + c;
        if (value_size == 1) {
          bytes[at] = std::uint8_t(row[x]);
        } else {
          floats[at] = float(row[x]) / 65535.0f;
        }
      }
    }
  }
  return image;
}

Result<void> write_iris(ByteOutput& output, const ImageBuffer& image) {
  KILN_ASSERT(!image.is_float());
  if (image.width() > 65535 || image.height() > 65535) {
    return Error::unsupported("IRIS cannot hold {} x {} pixels; at most 65535", image.width(),
                              image.height());
  }
  const std::size_t width = std::size_t(image.width()), height = std::size_t(image.height());
  const std::size_t channels = std::size_t(image.channels()), table_size = 4 * height * channels;
  std::vector<std::byte> file(header_size + 2 * table_size);
  put_big_endian(file, 0, 2, magic);
  file[2] = file[3] = std::byte(1);
  put_big_endian(file, 4, 2, channels == 1 ? 2 : 3);
  put_big_endian(file, 6, 2, std::uint32_t(width));
  put_big_endian(file, 8, 2, std::uint32_t(height));
  put_big_endian(file, 10, 2, std::uint32_t(channels));
  put_big_endian(file, 16, 4, 255);
  std::vector<std::uint8_t> row(width);
  for (std::size_t c = 0; c < channels; ++c) {
    for (std::size_t y = 0; y < height; ++y) {
      for (std::size_t x = 0; x < width; ++x) {
        row[x] = image.bytes()[(y * width + x) * channels + c];
      }
      const std::size_t start = file.size();
      if (start > 0xffffffffu - 4 * width) {
        return Error::unsupported("IRIS cannot hold {} x {} pixels", image.width(), image.height());
      }
      encode_runs(row, file);
      put_big_endian(file, header_size + 4 * (c * height + y), 4, std::uint32_t(start));
      put_big_endian(file, header_size + table_size + 4 * (c * height + y), 4,
                     std::uint32_t(file.size() - start));
    }
  }
  return output.write(file);
}

}  // namespace kiln::image
