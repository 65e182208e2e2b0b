#include <cstring>

#include <zlib.h>

#include "core/assert.h"
#include "image/png.h"

namespace kiln::image {
namespace {

enum Filter : std::uint8_t { None, Sub, Up, Average, Paeth };
constexpr Filter candidates[] = {None, Sub, Up, Paeth};

constexpr std::size_t part_bytes = 512 * 1024;   // filtered bytes that one task compresses
constexpr std::size_t window_bytes = 32 * 1024;  // how far back deflate looks

// The third predictor of the specification, section 9.4.
std::uint8_t paeth(int left, int up, int corner) {
  const int to_left = std::abs(up - corner), to_up = std::abs(left - corner);
  const int to_corner = std::abs(left + up - 2 * corner);
  return std::uint8_t(to_left <= to_up && to_left <= to_corner ? left
                      : to_up <= to_corner                     ? up
                                                               : corner);
}

// `out` gets the filter's number and the filtered row.
void filter_row(Filter filter, const std::uint8_t* row, const std::uint8_t* above, std::size_t size,
                std::size_t pixel, std::uint8_t* out) {
  *out++ = filter;
  switch (filter) {
    case None:
      std::memcpy(out, row, size);
      break;
    case Sub:
      std::memcpy(out, row, pixel);
      for (std::size_t i = pixel; i < size; ++i) {
        out[i] = std::uint8_t(row[i] - row[i - pixel]);
      }
      break;
    case Up:
      for (std::size_t i = 0; i < size; ++i) {
        out[i] = std::uint8_t(row[i] - above[i]);
      }
      break;
    case Average:
      break;  // hardly ever best, so not offered
    case Paeth:
      for (std::size_t i = 0; i < pixel; ++i) {
        out[i] = std::uint8_t(row[i] - above[i]);
      }
      for (std::size_t i = pixel; i < size; ++i) {
        out[i] = std::uint8_t(row[i] - paeth(row[i - pixel], above[i], above[i - pixel]));
      }
      break;
  }
}

class Encoder {
public:
  Encoder(const PngRows& rows, int level)
      : rows_(rows),
        level_(level),
        pixel_size_(std::size_t(rows.channels) * rows.depth / 8),
        row_size_(pixel_size_ * rows.width) {}

  std::size_t filtered_size() const { return (row_size_ + 1) * rows_.height; }

  // Filters rows [begin, end) into `out`.
  void filter_rows(Filter filter, int begin, int end, std::uint8_t* out) const {
    std::vector<std::uint8_t> buffers(2 * row_size_);
    std::uint8_t *row = buffers.data(), *above = row + row_size_;
    if (begin > 0 && filter >= Up) {
      rows_.row(begin - 1, above);
    }
    for (int y = begin; y < end; ++y) {
      rows_.row(y, row);
      filter_row(filter, row, above, row_size_, pixel_size_, out);
      out += row_size_ + 1;
      std::swap(row, above);
    }
  }

  // Compresses bands of rows with each filter and takes the one that does best on them.
  Filter best_filter() const {
    if (level_ == 0) {
      return None;
    }
    constexpr int bands = 8, band_rows = 6;
    const int height = std::min(band_rows, rows_.height);
    const std::size_t band_size = (row_size_ + 1) * height;
    std::vector<std::uint64_t> sizes(std::size(candidates) * bands);
    parallel_for(sizes.size(), 1, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        const int y = int(std::int64_t(rows_.height - height) * int(i % bands) / (bands - 1));
        std::vector<std::uint8_t> filtered(band_size);
        filter_rows(candidates[i / bands], y, y + height, filtered.data());
        uLongf size = compressBound(band_size);
        std::vector<std::uint8_t> packed(size);
        compress2(packed.data(), &size, filtered.data(), band_size, 1);
        sizes[i] = size;
      }
    });
    std::size_t best = 0;
    std::uint64_t best_size = ~std::uint64_t(0);
    for (std::size_t f = 0; f < std::size(candidates); ++f) {
      std::uint64_t size = 0;
      for (int b = 0; b < bands; ++b) {
        size += sizes[f * bands + b];
      }
      if (size < best_size) {
        best = f;
        best_size = size;
      }
    }
    return candidates[best];
  }

  struct Part {
    std::vector<std::uint8_t> deflated;
    uLong adler = 0;
  };

  // Compresses [begin, end) of the filtered bytes into a piece of a raw deflate stream that ends at
  // a byte boundary.
  Part compress(std::span<const std::uint8_t> filtered, std::size_t begin, std::size_t end,
                Filter filter) const {
    z_stream stream = {};
    [[maybe_unused]] const int opened = deflateInit2(
        &stream, level_, Z_DEFLATED, -15, 8, filter == None ? Z_DEFAULT_STRATEGY : Z_FILTERED);
    KILN_ASSERT(opened == Z_OK);
    if (begin > 0 && level_ > 0) {
      const std::size_t known = std::min(begin, window_bytes);
      deflateSetDictionary(&stream, filtered.data() + begin - known, uInt(known));
    }
    Part part;
    part.deflated.resize(deflateBound(&stream, uLong(end - begin)) + 64);
    stream.next_in = const_cast<Bytef*>(filtered.data() + begin);
    stream.avail_in = uInt(end - begin);
    stream.next_out = part.deflated.data();
    stream.avail_out = uInt(part.deflated.size());
    deflate(&stream, end == filtered.size() ? Z_FINISH : Z_SYNC_FLUSH);
    KILN_ASSERT(stream.avail_in == 0 && stream.avail_out > 0);
    part.deflated.resize(part.deflated.size() - stream.avail_out);
    deflateEnd(&stream);
    part.adler = adler32(adler32(0, nullptr, 0), filtered.data() + begin, uInt(end - begin));
    return part;
  }

private:
  const PngRows& rows_;
  int level_;
  std::size_t pixel_size_, row_size_;
};

void append_word(std::vector<std::uint8_t>& bytes, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    bytes.push_back(std::uint8_t(value >> shift));
  }
}

Result<void> write_chunk(ByteOutput& output, const char* type, std::span<const std::uint8_t> data) {
  std::vector<std::uint8_t> head;
  append_word(head, std::uint32_t(data.size()));
  head.insert(head.end(), type, type + 4);
  uLong crc = crc32(0, head.data() + 4, 4);
  // With no bytes at all zlib would start the sum over.
  if (!data.empty()) {
    crc = crc32(crc, data.data(), uInt(data.size()));
  }
  std::vector<std::uint8_t> tail;
  append_word(tail, std::uint32_t(crc));
  for (const std::span<const std::uint8_t> bytes :
       {std::span<const std::uint8_t>(head), data, std::span<const std::uint8_t>(tail)}) {
    if (Result<void> written = output.write(std::as_bytes(bytes)); !written) {
      return written;
    }
  }
  return {};
}

Result<void> write_header(ByteOutput& output, const PngRows& rows, PixelDensity density,
                          std::span<const std::pair<std::string, std::string>> texts) {
  static constexpr std::uint8_t signature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  if (Result<void> written = output.write(std::as_bytes(std::span(signature))); !written) {
    return written;
  }
  static constexpr std::uint8_t color_types[] = {0, 0, 4, 2, 6};
  std::vector<std::uint8_t> header;
  append_word(header, std::uint32_t(rows.width));
  append_word(header, std::uint32_t(rows.height));
  header.insert(header.end(), {std::uint8_t(rows.depth), color_types[rows.channels], 0, 0, 0});
  if (Result<void> written = write_chunk(output, "IHDR", header); !written) {
    return written;
  }
  // Pixels a metre.
  std::vector<std::uint8_t> physical;
  append_word(physical, std::uint32_t(std::lround(std::clamp(density.x, 0.0f, 1e9f))));
  append_word(physical, std::uint32_t(std::lround(std::clamp(density.y, 0.0f, 1e9f))));
  physical.push_back(1);
  if (Result<void> written = write_chunk(output, "pHYs", physical); !written) {
    return written;
  }
  for (const auto& [name, text] : texts) {
    // International text: UTF-8, not compressed, no language.
    std::vector<std::uint8_t> data(
        name.begin(), name.begin() + std::ptrdiff_t(std::min<std::size_t>(name.size(), 79)));
    data.insert(data.end(), {0, 0, 0, 0, 0});
    data.insert(data.end(), text.begin(), text.end());
    if (name.empty()) {
      continue;
    }
    if (Result<void> written = write_chunk(output, "iTXt", data); !written) {
      return written;
    }
  }
  return {};
}

}  // namespace

Result<void> write_png(ByteOutput& output, const PngRows& rows, int level, PixelDensity density,
                       std::span<const std::pair<std::string, std::string>> texts) {
  KILN_ASSERT(rows.width >= 1 && rows.height >= 1 && rows.channels >= 1 && rows.channels <= 4);
  if (Result<void> written = write_header(output, rows, density, texts); !written) {
    return written;
  }
  const Encoder encoder(rows, std::clamp(level, 0, 9));
  const Filter filter = encoder.best_filter();

  // Filter all rows, then compress the parts; each part may refer back to the bytes before it.
  std::vector<std::uint8_t> filtered(encoder.filtered_size());
  const std::size_t row_size = filtered.size() / rows.height;
  parallel_for(rows.height, 16, [&](std::size_t begin, std::size_t end) {
    encoder.filter_rows(filter, int(begin), int(end), filtered.data() + begin * row_size);
  });
  const std::size_t part_count = (filtered.size() + part_bytes - 1) / part_bytes;
  std::vector<Encoder::Part> parts(part_count);
  parallel_for(part_count, 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      parts[i] = encoder.compress(filtered, i * part_bytes,
                                  std::min((i + 1) * part_bytes, filtered.size()), filter);
    }
  });

  uLong adler = parts[0].adler;
  for (std::size_t i = 0; i < part_count; ++i) {
    std::vector<std::uint8_t>& data = parts[i].deflated;
    if (i == 0) {
      data.insert(data.begin(), {0x78, 0x01});
    } else {
      const std::size_t size = std::min((i + 1) * part_bytes, filtered.size()) - i * part_bytes;
      adler = adler32_combine(adler, parts[i].adler, z_off_t(size));
    }
    if (i + 1 == part_count) {
      append_word(data, std::uint32_t(adler));
    }
    if (Result<void> written = write_chunk(output, "IDAT", data); !written) {
      return written;
    }
    data = {};
  }
  return write_chunk(output, "IEND", {});
}

}  // namespace kiln::image
