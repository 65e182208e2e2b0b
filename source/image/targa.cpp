#include "image/targa.h"

#include <cstring>

#include "core/assert.h"
#include "image/bytes.h"

namespace kiln::image {
namespace {

constexpr std::size_t header_size = 18;

struct Header {
  int id_size = 0, type = 0, map_entry_bits = 0, bits = 0, alpha_bits = 0;
  std::size_t map_first = 0, map_size = 0;
  int width = 0, height = 0;
  bool is_from_top = false, is_from_right = false;

  bool is_packed() const { return type >= 9; }
  bool is_palette() const { return (type & 7) == 1; }
  bool is_grey() const { return (type & 7) == 3; }
  std::size_t pixel_bytes() const { return std::size_t(bits + 7) / 8; }
  std::size_t entry_bytes() const { return std::size_t(map_entry_bits + 7) / 8; }
};

Result<Header> parse_header(std::span<const std::byte> file, const Path& path) {
  if (file.size() < header_size) {
    return Error::malformed(path, "ends inside the Targa header");
  }
  Header h;
  h.id_size = int(file[0]);
  h.type = int(file[2]);
  h.map_first = little_endian(file, 3, 2);
  h.map_size = file[1] == std::byte(1) ? little_endian(file, 5, 2) : 0;
  h.map_entry_bits = int(file[7]);
  h.width = int(little_endian(file, 12, 2));
  h.height = int(little_endian(file, 14, 2));
  h.bits = int(file[16]);
  h.alpha_bits = int(file[17]) & 15;
  h.is_from_right = (file[17] & std::byte(0x10)) != std::byte(0);
  h.is_from_top = (file[17] & std::byte(0x20)) != std::byte(0);
  const bool is_known_type = (h.type >= 1 && h.type <= 3) || (h.type >= 9 && h.type <= 11);
  const bool is_known_depth = h.is_palette() ? h.bits == 8 && h.map_size > 0
                              : h.is_grey()
                                  ? h.bits == 8 || h.bits == 16
                                  : h.bits == 15 || h.bits == 16 || h.bits == 24 || h.bits == 32;
  if (!is_known_type || !is_known_depth || h.width == 0 || h.height == 0) {
    return Error::malformed(
        path, "has Targa type {} with {} bits and {} x {} pixels, which Kiln does not know", h.type,
        h.bits, h.width, h.height);
  }
  if (h.is_palette() && h.map_entry_bits != 15 && h.map_entry_bits != 16 &&
      h.map_entry_bits != 24 && h.map_entry_bits != 32) {
    return Error::malformed(path, "has a palette of {} bits; expected 15, 16, 24 or 32",
                            h.map_entry_bits);
  }
  return h;
}

// A stored color of 15 to 32 bits as red, green, blue, alpha.
void unpack_color(const std::byte* stored, int bits, std::uint8_t out[4]) {
  if (bits <= 16) {
    const int value = int(stored[0]) | int(stored[1]) << 8;
    for (int c = 0; c < 3; ++c) {
      const int five = value >> (10 - 5 * c) & 31;
      out[c] = std::uint8_t(five << 3 | five >> 2);
    }
    out[3] = 255;
    return;
  }
  out[0] = std::uint8_t(stored[2]);
  out[1] = std::uint8_t(stored[1]);
  out[2] = std::uint8_t(stored[0]);
  out[3] = bits == 32 ? std::uint8_t(stored[3]) : 255;
}

// Undoes the run lengths; false where the data ends early.
bool unpack_runs(std::span<const std::byte> in, std::size_t pixel, std::span<std::byte> out) {
  std::size_t at = 0, filled = 0;
  while (filled < out.size()) {
    if (at >= in.size()) {
      return false;
    }
    const int code = int(in[at++]);
    const std::size_t size = std::min((std::size_t(code & 127) + 1) * pixel, out.size() - filled);
    const std::size_t needed = code & 128 ? pixel : size;
    if (needed > in.size() - at) {
      return false;
    }
    if (code & 128) {
      for (std::size_t i = 0; i < size; ++i) {
        out[filled + i] = in[at + i % pixel];
      }
    } else {
      std::memcpy(&out[filled], &in[at], size);
    }
    at += needed;
    filled += size;
  }
  return true;
}

void pack_row(std::span<const std::byte> row, std::size_t pixel, std::vector<std::byte>& out) {
  const std::size_t count = row.size() / pixel;
  const auto is_same = [&](std::size_t a, std::size_t b) {
    return std::memcmp(&row[a * pixel], &row[b * pixel], pixel) == 0;
  };
  for (std::size_t at = 0; at < count;) {
    std::size_t run = 1;
    while (run < 128 && at + run < count && is_same(at, at + run)) {
      ++run;
    }
    if (run >= 2) {
      out.push_back(std::byte(127 + run));
      out.insert(out.end(), row.begin() + std::ptrdiff_t(at * pixel),
                 row.begin() + std::ptrdiff_t((at + 1) * pixel));
      at += run;
      continue;
    }
    const std::size_t begin = at;
    while (at < count && at - begin < 128 && !(at + 1 < count && is_same(at, at + 1))) {
      ++at;
    }
    out.push_back(std::byte(at - begin - 1));
    out.insert(out.end(), row.begin() + std::ptrdiff_t(begin * pixel),
               row.begin() + std::ptrdiff_t(at * pixel));
  }
}

}  // namespace

Result<ImageBuffer> read_targa(std::span<const std::byte> file, const Path& path) {
  const Result<Header> header = parse_header(file, path);
  if (!header) {
    return header.error();
  }
  const Header& h = *header;
  const std::size_t map_at = header_size + std::size_t(h.id_size);
  const std::size_t map_bytes = h.map_size * h.entry_bytes();
  if (file.size() < map_at + map_bytes) {
    return Error::malformed(path, "ends inside the palette");
  }
  const std::span<const std::byte> data = file.subspan(map_at + map_bytes);
  const std::size_t pixel = h.pixel_bytes(), count = std::size_t(h.width) * std::size_t(h.height),
                    raw_size = count * pixel;
  // A run of 128 pixels takes one more byte than a pixel.
  if (h.is_packed() ? raw_size / 128 > data.size() : raw_size > data.size()) {
    return Error::malformed(path, "ends in the middle: {} x {} pixels do not fit into its {} bytes",
                            h.width, h.height, file.size());
  }
  std::vector<std::byte> unpacked;
  std::span<const std::byte> raw = data.first(std::min(raw_size, data.size()));
  if (h.is_packed()) {
    unpacked.resize(raw_size);
    if (!unpack_runs(data, pixel, unpacked)) {
      return Error::malformed(path, "ends in the middle of its pixels");
    }
    raw = unpacked;
  }
  const int color_bits = h.is_palette() ? h.map_entry_bits : h.bits;
  const int channels = h.is_grey() ? (h.bits == 16 ? 2 : 1) : color_bits == 32 ? 4 : 3;
  ImageBuffer image = ImageBuffer::of_bytes(h.width, h.height, channels);
  const std::span<std::uint8_t> out = image.edit_bytes();
  for (int y = 0; y < h.height; ++y) {
    const int row = h.is_from_top ? h.height - 1 - y : y;
    for (int x = 0; x < h.width; ++x) {
      const int column = h.is_from_right ? h.width - 1 - x : x;
      const std::byte* stored =
          &raw[(std::size_t(y) * std::size_t(h.width) + std::size_t(x)) * pixel];
      std::uint8_t* to = &out[(std::size_t(row) * std::size_t(h.width) + std::size_t(column)) *
                              std::size_t(channels)];
      if (h.is_grey()) {
        std::memcpy(to, stored, std::size_t(channels));
        continue;
      }
      std::uint8_t color[4] = {0, 0, 0, 255};
      if (h.is_palette()) {
        // An index outside of the palette is black.
        const std::size_t index = std::size_t(stored[0]) - h.map_first;
        if (std::size_t(stored[0]) >= h.map_first && index < h.map_size) {
          unpack_color(&file[map_at + index * h.entry_bytes()], h.map_entry_bits, color);
        }
      } else {
        unpack_color(stored, h.bits, color);
      }
      std::memcpy(to, color, std::size_t(channels));
    }
  }
  return image;
}

Result<void> write_targa(ByteOutput& output, const ImageBuffer& image, bool use_run_lengths) {
  KILN_ASSERT(!image.is_float() && image.channels() != 2);
  if (image.width() > 65535 || image.height() > 65535) {
    return Error::unsupported("TARGA cannot hold {} x {} pixels; at most 65535", image.width(),
                              image.height());
  }
  const std::size_t channels = std::size_t(image.channels()), width = std::size_t(image.width());
  std::vector<std::byte> file(header_size);
  file[2] = std::byte((channels == 1 ? 3 : 2) + (use_run_lengths ? 8 : 0));
  put_little_endian(file, 12, 2, std::uint32_t(image.width()));
  put_little_endian(file, 14, 2, std::uint32_t(image.height()));
  file[16] = std::byte(8 * channels);
  file[17] = std::byte(channels == 4 ? 8 : 0);
  std::vector<std::byte> row(width * channels);
  for (int y = 0; y < image.height(); ++y) {
    const std::uint8_t* pixel = image.bytes().data() + std::size_t(y) * row.size();
    for (std::size_t i = 0; i < row.size(); i += channels, pixel += channels) {
      for (std::size_t c = 0; c < channels; ++c) {
        // Blue comes first.
        row[i + c] = std::byte(pixel[channels >= 3 && c < 3 ? 2 - c : c]);
      }
    }
    if (use_run_lengths) {
      pack_row(row, channels, file);
    } else {
      file.insert(file.end(), row.begin(), row.end());
    }
  }
  return output.write(file);
}

}  // namespace kiln::image
