#include <cstring>

#include <zlib.h>

#include "image/file_format.h"
#include "image/png.h"

namespace kiln::image {
namespace {

std::uint32_t word_at(const std::uint8_t* p) {
  return std::uint32_t(p[0]) << 24 | std::uint32_t(p[1]) << 16 | std::uint32_t(p[2]) << 8 | p[3];
}

struct Header {
  int width = 0, height = 0, depth = 0, color_type = 0;
  bool is_interlaced = false;
  int samples = 0;  // per pixel as stored
  std::size_t row_bytes(int columns) const {
    return (std::size_t(columns) * samples * depth + 7) / 8;
  }
  // Distance of the bytes that predictors compare.
  std::size_t step() const { return std::max<std::size_t>(1, std::size_t(samples) * depth / 8); }
};

struct Palette {
  std::uint8_t colors[256][4];
  int size = 0;
  bool has_alpha = false;
};

// The chunks of a file, checked and taken apart.
struct Chunks {
  Header header;
  Palette palette;
  bool has_transparent_color = false;
  std::uint16_t transparent[3] = {};
  std::vector<std::span<const std::uint8_t>> data;
  std::size_t data_size = 0;
  std::vector<std::pair<std::string, std::string>> texts;
  PixelDensity density;
};

Result<Header> parse_header(std::span<const std::uint8_t> data, const Path& path) {
  if (data.size() != 13) {
    return Error::malformed(path, "its PNG header has {} bytes instead of 13", data.size());
  }
  Header header;
  const std::uint32_t width = word_at(&data[0]), height = word_at(&data[4]);
  if (width == 0 || height == 0 || width > max_image_size || height > max_image_size) {
    return Error::malformed(path, "is {} x {} pixels; expected 1 to {}", width, height,
                            max_image_size);
  }
  header.width = int(width);
  header.height = int(height);
  header.depth = data[8];
  header.color_type = data[9];
  header.is_interlaced = data[12] == 1;
  static constexpr int samples[] = {1, 0, 3, 1, 2, 0, 4};
  header.samples = header.color_type <= 6 ? samples[header.color_type] : 0;
  const bool is_small_depth = header.depth == 1 || header.depth == 2 || header.depth == 4;
  const bool is_depth_possible =
      header.depth == 8 || (header.depth == 16 && header.color_type != 3) ||
      (is_small_depth && (header.color_type == 0 || header.color_type == 3));
  if (header.samples == 0 || !is_depth_possible || data[10] != 0 || data[11] != 0 || data[12] > 1) {
    return Error::malformed(
        path,
        "has PNG color type {} with {} bits, compression {}, filter {}, interlace {}, which "
        "no PNG file can have",
        header.color_type, header.depth, data[10], data[11], data[12]);
  }
  return header;
}

void parse_transparency(std::span<const std::uint8_t> data, Chunks& chunks) {
  const int type = chunks.header.color_type;
  if (type == 3) {
    for (std::size_t i = 0; i < std::min<std::size_t>(data.size(), 256); ++i) {
      chunks.palette.colors[i][3] = data[i];
    }
    chunks.palette.has_alpha = true;
  } else if ((type == 0 && data.size() >= 2) || (type == 2 && data.size() >= 6)) {
    chunks.has_transparent_color = true;
    for (int c = 0; c < (type == 0 ? 1 : 3); ++c) {
      chunks.transparent[c] = std::uint16_t(data[2 * c] << 8 | data[2 * c + 1]);
    }
  }
}

void parse_text(std::span<const std::uint8_t> data, bool is_international, Chunks& chunks) {
  const std::string_view all(reinterpret_cast<const char*>(data.data()), data.size());
  const std::size_t name_end = all.find('\0');
  if (name_end == std::string_view::npos || chunks.texts.size() >= 1000) {
    return;
  }
  std::string_view text = all.substr(name_end + 1);
  if (is_international) {
    if (text.size() < 2 || text[0] != 0) {
      return;  // compressed text carries nothing that Kiln reads
    }
    text.remove_prefix(2);
    for (int skipped = 0; skipped < 2; ++skipped) {
      const std::size_t end = text.find('\0');
      if (end == std::string_view::npos) {
        return;
      }
      text.remove_prefix(end + 1);
    }
  }
  chunks.texts.emplace_back(all.substr(0, name_end), text);
}

Result<Chunks> parse_chunks(std::span<const std::uint8_t> file, const Path& path) {
  Chunks chunks;
  std::memset(chunks.palette.colors, 255, sizeof(chunks.palette.colors));
  bool has_header = false;
  for (std::size_t at = 8;;) {
    if (file.size() < at + 12) {
      return Error::malformed(path, "ends in the middle, at byte {}", file.size());
    }
    const std::uint32_t size = word_at(&file[at]);
    if (size > file.size() - at - 12) {
      return Error::malformed(path, "ends in the middle: {} bytes of a part at byte {} are missing",
                              size - (file.size() - at - 12), at);
    }
    const std::string_view type(reinterpret_cast<const char*>(&file[at + 4]), 4);
    const std::span<const std::uint8_t> data = file.subspan(at + 8, size);
    const bool is_critical = (type[0] & 0x20) == 0;
    if (is_critical && crc32(0, &file[at + 4], uInt(size + 4)) != word_at(&file[at + 8 + size])) {
      return Error::malformed(path, "is damaged: the check sum of the part at byte {} is wrong",
                              at);
    }
    if (!has_header && type != "IHDR") {
      return Error::malformed(path, "does not begin with a PNG header");
    }
    if (type == "IHDR") {
      Result<Header> header = parse_header(data, path);
      if (!header) {
        return header.error();
      }
      chunks.header = *header;
      has_header = true;
    } else if (type == "PLTE") {
      chunks.palette.size = int(std::min<std::size_t>(data.size() / 3, 256));
      for (int i = 0; i < chunks.palette.size; ++i) {
        std::memcpy(chunks.palette.colors[i], &data[3 * i], 3);
      }
    } else if (type == "tRNS") {
      parse_transparency(data, chunks);
    } else if (type == "IDAT") {
      chunks.data.push_back(data);
      chunks.data_size += size;
    } else if (type == "pHYs" && data.size() == 9 && data[8] == 1) {
      chunks.density = {float(word_at(&data[0])), float(word_at(&data[4]))};
    } else if (type == "tEXt" || type == "iTXt") {
      parse_text(data, type == "iTXt", chunks);
    } else if (type == "IEND") {
      break;
    }
    at += 12 + std::size_t(size);
  }
  if (chunks.header.color_type == 3 && chunks.palette.size == 0) {
    return Error::malformed(path, "has no palette");
  }
  return chunks;
}

// Takes bytes out of the zlib stream that the data chunks hold.
class Inflater {
public:
  explicit Inflater(const Chunks& chunks) : chunks_(chunks) { inflateInit(&stream_); }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // Fills `out`, or returns false where the stream is damaged or too short.
  bool read(std::span<std::uint8_t> out) {
    stream_.next_out = out.data();
    stream_.avail_out = uInt(out.size());
    while (stream_.avail_out > 0) {
      if (stream_.avail_in == 0) {
        if (next_ == chunks_.data.size()) {
          return false;
        }
        const std::span<const std::uint8_t> data = chunks_.data[next_++];
        stream_.next_in = const_cast<Bytef*>(data.data());
        stream_.avail_in = uInt(data.size());
      }
      const int status = inflate(&stream_, Z_NO_FLUSH);
      if (status == Z_STREAM_END) {
        return stream_.avail_out == 0;
      }
      if (status != Z_OK && status != Z_BUF_ERROR) {
        return false;
      }
    }
    return true;
  }

private:
  const Chunks& chunks_;
  z_stream stream_ = {};
  std::size_t next_ = 0;
};

// Undoes the prediction of one row in place; `above` is the row before or zeros.
bool restore_row(int filter, std::uint8_t* row, const std::uint8_t* above, std::size_t size,
                 std::size_t step) {
  const std::size_t head = std::min(step, size);
  switch (filter) {
    case 0:
      return true;
    case 1:
      for (std::size_t i = step; i < size; ++i) {
        row[i] = std::uint8_t(row[i] + row[i - step]);
      }
      return true;
    case 2:
      for (std::size_t i = 0; i < size; ++i) {
        row[i] = std::uint8_t(row[i] + above[i]);
      }
      return true;
    case 3:
      for (std::size_t i = 0; i < head; ++i) {
        row[i] = std::uint8_t(row[i] + above[i] / 2);
      }
      for (std::size_t i = step; i < size; ++i) {
        row[i] = std::uint8_t(row[i] + (row[i - step] + above[i]) / 2);
      }
      return true;
    case 4:
      for (std::size_t i = 0; i < head; ++i) {
        row[i] = std::uint8_t(row[i] + above[i]);
      }
      for (std::size_t i = step; i < size; ++i) {
        const int left = row[i - step], up = above[i], corner = above[i - step];
        const int to_left = std::abs(up - corner), to_up = std::abs(left - corner);
        const int to_corner = std::abs(left + up - 2 * corner);
        const int nearest = to_left <= to_up && to_left <= to_corner ? left
                            : to_up <= to_corner                     ? up
                                                                     : corner;
        row[i] = std::uint8_t(row[i] + nearest);
      }
      return true;
    default:
      return false;
  }
}

// Turns restored rows into pixels with resolved palettes and transparent colors.
class RowConverter {
public:
  RowConverter(const Chunks& chunks, int channels) : chunks_(chunks), channels_(channels) {}

  // Writes `columns` pixels to out[0], out[stride], ...
  void to_bytes(const std::uint8_t* row, int columns, std::uint8_t* out, std::size_t stride) const {
    const Header& h = chunks_.header;
    if (h.depth == 8 && h.color_type != 3 && !chunks_.has_transparent_color) {
      if (h.samples == channels_ && stride == std::size_t(channels_)) {
        std::memcpy(out, row, std::size_t(columns) * channels_);
        return;
      }
      if (h.samples == 3 && channels_ == 4) {
        for (int x = 0; x < columns; ++x, row += 3, out += stride) {
          out[0] = row[0];
          out[1] = row[1];
          out[2] = row[2];
          out[3] = 255;
        }
        return;
      }
    }
    for (int x = 0; x < columns; ++x, out += stride) {
      std::uint8_t pixel[4];
      resolve(row, x, pixel);
      store(pixel, std::uint8_t(255), out);
    }
  }

  void to_floats(const std::uint8_t* row, int columns, float* out, std::size_t stride) const {
    const int samples = chunks_.header.samples;
    for (int x = 0; x < columns; ++x, out += stride) {
      std::uint16_t stored[4] = {};
      for (int c = 0; c < samples; ++c, row += 2) {
        stored[c] = std::uint16_t(row[0] << 8 | row[1]);
      }
      float pixel[4];
      const bool is_grey = samples <= 2;
      for (int c = 0; c < 3; ++c) {
        pixel[c] = float(stored[is_grey ? 0 : c]) * (1.0f / 65535.0f);
      }
      pixel[3] =
          samples == 2 || samples == 4 ? float(stored[samples - 1]) * (1.0f / 65535.0f) : 1.0f;
      if (chunks_.has_transparent_color && is_transparent(stored)) {
        pixel[3] = 0.0f;
      }
      store(pixel, 1.0f, out);
    }
  }

private:
  bool is_transparent(const std::uint16_t* stored) const {
    const std::uint16_t* t = chunks_.transparent;
    return stored[0] == t[0] &&
           (chunks_.header.samples == 1 || (stored[1] == t[1] && stored[2] == t[2]));
  }

  void resolve(const std::uint8_t* row, int x, std::uint8_t pixel[4]) const {
    const Header& h = chunks_.header;
    std::uint16_t stored[4] = {};
    if (h.depth == 8) {
      for (int c = 0; c < h.samples; ++c) {
        stored[c] = row[std::size_t(x) * h.samples + c];
      }
    } else {
      const int per_byte = 8 / h.depth;
      const int shift = 8 - h.depth * (x % per_byte + 1);
      stored[0] = std::uint16_t(row[x / per_byte] >> shift & ((1 << h.depth) - 1));
    }
    if (h.color_type == 3) {
      // Indices beyond the palette show its unused entries, which are white.
      std::memcpy(pixel, chunks_.palette.colors[stored[0]], 4);
      return;
    }
    const int top = (1 << h.depth) - 1;
    for (int c = 0; c < 3; ++c) {
      pixel[c] = std::uint8_t(stored[h.samples <= 2 ? 0 : c] * 255 / top);
    }
    pixel[3] = h.samples == 2 || h.samples == 4 ? std::uint8_t(stored[h.samples - 1]) : 255;
    if (chunks_.has_transparent_color && is_transparent(stored)) {
      pixel[3] = 0;
    }
  }

  template <typename T>
  void store(const T pixel[4], T, T* out) const {
    out[0] = pixel[0];
    if (channels_ == 2) {
      out[1] = pixel[3];
    } else if (channels_ >= 3) {
      out[1] = pixel[1];
      out[2] = pixel[2];
      if (channels_ == 4) {
        out[3] = pixel[3];
      }
    }
  }

  const Chunks& chunks_;
  int channels_;
};

class Decoder {
public:
  Decoder(const Chunks& chunks, const Path& path, ImageBuffer& image)
      : chunks_(chunks),
        path_(path),
        image_(image),
        converter_(chunks, image.channels()),
        bytes_(image.is_float() ? std::span<std::uint8_t>() : image.edit_bytes()),
        floats_(image.is_float() ? image.edit_floats() : std::span<float>()) {}

  Result<void> run() { return chunks_.header.is_interlaced ? interlaced() : plain(); }

private:
  // Rows are taken out of the stream in bands; while one band is inflated, the one before is
  // restored and converted.
  Result<void> plain() {
    const Header& h = chunks_.header;
    const std::size_t size = h.row_bytes(h.width) + 1;
    const int band_rows = int(std::clamp<std::size_t>(256 * 1024 / size, 1, 1024));
    std::vector<std::uint8_t> bands[2], above(size - 1);
    bands[0].resize(size * band_rows);
    bands[1].resize(size * band_rows);
    Inflater inflater(chunks_);
    bool is_intact = true;
    const int band_count = (h.height + band_rows - 1) / band_rows;
    const auto rows_of = [&](int band) { return std::min(band_rows, h.height - band * band_rows); };
    for (int band = 0; band <= band_count && is_intact; ++band) {
      bool is_inflated = true, is_restored = true;
      const auto inflate_band = [&] {
        if (band < band_count) {
          is_inflated = inflater.read(std::span(bands[band % 2]).first(size * rows_of(band)));
        }
      };
      const auto convert_band = [&] {
        if (band > 0) {
          std::uint8_t* row = bands[(band - 1) % 2].data();
          for (int i = 0; i < rows_of(band - 1) && is_restored; ++i, row += size) {
            const std::uint8_t* before = i > 0 ? row - size + 1 : above.data();
            is_restored = restore_row(row[0], row + 1, before, size - 1, h.step());
            convert(row + 1, h.width, 0, (band - 1) * band_rows + i, 1);
          }
          std::memcpy(above.data(), row - size + 1, size - 1);
        }
      };
      parallel_invoke(inflate_band, convert_band);
      is_intact = is_inflated && is_restored;
    }
    if (!is_intact) {
      return Error::malformed(path_, "is damaged: its compressed pixels cannot be decoded");
    }
    return {};
  }

  // Adam7, section 8.2 of the specification: seven reduced pictures one after the other.
  Result<void> interlaced() {
    struct Pass {
      int x, y, step_x, step_y;
    };
    static constexpr Pass passes[] = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4},
                                      {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};
    const Header& h = chunks_.header;
    Inflater inflater(chunks_);
    for (const Pass& pass : passes) {
      const int columns = (h.width - pass.x + pass.step_x - 1) / pass.step_x;
      const int rows = (h.height - pass.y + pass.step_y - 1) / pass.step_y;
      if (columns <= 0 || rows <= 0) {
        continue;
      }
      const std::size_t size = h.row_bytes(columns) + 1;
      std::vector<std::uint8_t> row(size), above(size);
      for (int i = 0; i < rows; ++i) {
        if (!inflater.read(row) || !restore_row(row[0], &row[1], &above[1], size - 1, h.step())) {
          return Error::malformed(path_, "is damaged: its compressed pixels cannot be decoded");
        }
        convert(&row[1], columns, pass.x, pass.y + i * pass.step_y, pass.step_x);
        std::swap(row, above);
      }
    }
    return {};
  }

  void convert(const std::uint8_t* row, int columns, int x, int y, int step_x) {
    const std::size_t channels = std::size_t(image_.channels());
    const std::size_t at = (std::size_t(image_.height() - 1 - y) * image_.width() + x) * channels;
    if (!floats_.empty()) {
      converter_.to_floats(row, columns, &floats_[at], channels * step_x);
    } else {
      converter_.to_bytes(row, columns, &bytes_[at], channels * step_x);
    }
  }

  const Chunks& chunks_;
  const Path& path_;
  const ImageBuffer& image_;
  RowConverter converter_;
  std::span<std::uint8_t> bytes_;
  std::span<float> floats_;
};

}  // namespace

Result<ImageBuffer> read_png(std::span<const std::byte> file, const Path& path, int channels,
                             PngInfo* info) {
  static constexpr std::uint8_t signature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  if (file.size() < 8 || std::memcmp(file.data(), signature, 8) != 0) {
    return Error::malformed(path, "is no PNG file");
  }
  const Result<Chunks> chunks =
      parse_chunks({reinterpret_cast<const std::uint8_t*>(file.data()), file.size()}, path);
  if (!chunks) {
    return chunks.error();
  }
  const Header& h = chunks->header;
  // Deflate makes at most 1032 bytes of one (zlib's technical notes).
  const std::uint64_t raw_size = std::uint64_t(h.row_bytes(h.width)) * h.height;
  if (raw_size / 1032 > chunks->data_size + 64) {
    return Error::malformed(path, "is {} x {} pixels, too many for its {} bytes", h.width, h.height,
                            file.size());
  }
  const bool has_alpha = h.color_type == 4 || h.color_type == 6 || chunks->has_transparent_color ||
                         (h.color_type == 3 && chunks->palette.has_alpha);
  const int stored = (h.color_type == 0 || h.color_type == 4 ? 1 : 3) + (has_alpha ? 1 : 0);
  if (info) {
    *info = {.width = h.width,
             .height = h.height,
             .channels = stored,
             .depth = h.depth,
             .texts = chunks->texts,
             .density = chunks->density};
  }
  const int made = channels ? channels : stored;
  ImageBuffer image = h.depth == 16 ? ImageBuffer::of_floats(h.width, h.height, made)
                                    : ImageBuffer::of_bytes(h.width, h.height, made);
  Decoder decoder(*chunks, path, image);
  if (Result<void> decoded = decoder.run(); !decoded) {
    return decoded.error();
  }
  return image;
}

}  // namespace kiln::image
