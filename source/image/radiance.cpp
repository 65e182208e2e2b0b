#include "image/radiance.h"

#include <charconv>
#include <cstring>

#include "core/assert.h"
#include "core/tasks.h"

namespace kiln::image {
namespace {

using Pixel = std::array<std::uint8_t, 4>;

// Rows outside of these widths are stored without run lengths per channel.
constexpr std::size_t least_width = 8, most_width = 0x7fff;

struct Reader {
  std::span<const std::byte> bytes;
  std::size_t at = 0;

  std::size_t left() const { return bytes.size() - at; }
  std::uint8_t next() { return std::uint8_t(bytes[at++]); }
  // The text up to the next line break, or nothing at the end.
  std::optional<std::string_view> line() {
    const auto* start = reinterpret_cast<const char*>(bytes.data() + at);
    const void* end = std::memchr(start, '\n', left());
    if (!end) {
      return {};
    }
    const std::string_view text(start, std::size_t(static_cast<const char*>(end) - start));
    at += text.size() + 1;
    return text;
  }
};

bool read_plain_row(Reader& in, std::span<Pixel> row) {
  // Runs repeat the pixel before: 1, 1, 1 and a count, whose weight grows with every run that
  // follows at once.
  int shift = 0;
  for (std::size_t x = 0; x < row.size();) {
    if (in.left() < 4) {
      return false;
    }
    const Pixel pixel{in.next(), in.next(), in.next(), in.next()};
    if (pixel[0] == 1 && pixel[1] == 1 && pixel[2] == 1) {
      const std::size_t count = shift < 32 ? std::size_t(pixel[3]) << shift : row.size() + 1;
      if (x == 0 || count > row.size() - x) {
        return false;
      }
      std::fill_n(row.begin() + std::ptrdiff_t(x), count, row[x - 1]);
      x += count;
      shift += 8;
    } else {
      row[x++] = pixel;
      shift = 0;
    }
  }
  return true;
}

bool read_row(Reader& in, std::span<Pixel> row) {
  const bool is_packed = row.size() >= least_width && row.size() <= most_width && in.left() >= 4 &&
                         in.bytes[in.at] == std::byte(2) && in.bytes[in.at + 1] == std::byte(2) &&
                         in.bytes[in.at + 2] < std::byte(128);
  if (!is_packed) {
    return read_plain_row(in, row);
  }
  in.at += 2;
  const std::size_t high = in.next();
  if ((high << 8 | in.next()) != row.size()) {
    return false;
  }
  for (std::size_t c = 0; c < 4; ++c) {
    for (std::size_t x = 0; x < row.size();) {
      if (in.left() < 2) {
        return false;
      }
      const std::size_t code = in.next();
      const std::size_t count = code > 128 ? code - 128 : code;
      if (count == 0 || count > row.size() - x || (code <= 128 && count > in.left())) {
        return false;
      }
      const std::uint8_t repeated = code > 128 ? in.next() : 0;
      for (std::size_t i = 0; i < count; ++i) {
        row[x++][c] = code > 128 ? repeated : in.next();
      }
    }
  }
  return true;
}

void to_color(Pixel pixel, float* out) {
  const float unit = pixel[3] ? std::ldexp(1.0f, int(pixel[3]) - 136) : 0.0f;
  for (std::size_t c = 0; c < 3; ++c) {
    // Mantissas were cut off, so the middle of what they stand for is the best guess.
    out[c] = (float(pixel[c]) + 0.5f) * unit;
  }
}

Pixel to_pixel(const float* color) {
  const auto clean = [](float v) { return v > 0.0f ? std::min(v, 1e38f) : 0.0f; };
  const float red = clean(color[0]), green = clean(color[1]), blue = clean(color[2]);
  const float largest = std::max(red, std::max(green, blue));
  if (largest < 1e-32f) {
    return {};
  }
  int exponent = 0;
  const float scale = std::frexp(largest, &exponent) * 256.0f / largest;
  return {std::uint8_t(red * scale), std::uint8_t(green * scale), std::uint8_t(blue * scale),
          std::uint8_t(exponent + 128)};
}

void pack_channel(std::span<const Pixel> row, std::size_t c, std::vector<std::byte>& out) {
  for (std::size_t x = 0; x < row.size();) {
    std::size_t run = 1;
    while (run < 127 && x + run < row.size() && row[x + run][c] == row[x][c]) {
      ++run;
    }
    if (run >= 4) {
      out.push_back(std::byte(128 + run));
      out.push_back(std::byte(row[x][c]));
      x += run;
      continue;
    }
    const std::size_t begin = x;
    const auto begins_run = [&](std::size_t i) {
      return i + 3 < row.size() && row[i][c] == row[i + 1][c] && row[i][c] == row[i + 2][c] &&
             row[i][c] == row[i + 3][c];
    };
    while (x < row.size() && x - begin < 128 && !begins_run(x)) {
      ++x;
    }
    out.push_back(std::byte(x - begin));
    for (std::size_t i = begin; i < x; ++i) {
      out.push_back(std::byte(row[i][c]));
    }
  }
}

// "-Y 480 +X 640": rows from the top, columns from the left.
struct Resolution {
  int width = 0, height = 0;
  bool is_from_top = true, is_from_left = true;
};

std::optional<Resolution> parse_resolution(std::string_view line) {
  Resolution found;
  for (const char axis : {'Y', 'X'}) {
    while (!line.empty() && line.front() == ' ') {
      line.remove_prefix(1);
    }
    if (line.size() < 4 || (line[0] != '-' && line[0] != '+') || line[1] != axis ||
        line[2] != ' ') {
      return {};
    }
    int& size = axis == 'Y' ? found.height : found.width;
    (axis == 'Y' ? found.is_from_top : found.is_from_left) = (line[0] == '-') == (axis == 'Y');
    const auto [end, error] = std::from_chars(line.data() + 3, line.data() + line.size(), size);
    if (error != std::errc()) {
      return {};
    }
    line.remove_prefix(std::size_t(end - line.data()));
  }
  return found;
}

}  // namespace

Result<ImageBuffer> read_radiance(std::span<const std::byte> file, const Path& path) {
  Reader in{file};
  // Header lines up to an empty one.
  for (std::optional<std::string_view> line = in.line();; line = in.line()) {
    if (!line) {
      return Error::malformed(path, "ends inside the Radiance header");
    }
    if (line->empty()) {
      break;
    }
    if (line->starts_with("FORMAT=") && !line->starts_with("FORMAT=32-bit_rle_rgbe")) {
      return Error::unsupported("\"{}\": has {}, Kiln reads FORMAT=32-bit_rle_rgbe", path.string(),
                                line->substr(0, 100));
    }
  }
  const std::optional<std::string_view> line = in.line();
  const std::optional<Resolution> size = line ? parse_resolution(*line) : std::nullopt;
  if (!size || size->width < 1 || size->height < 1 || size->width > max_image_size ||
      size->height > max_image_size) {
    return Error::malformed(path, "has no resolution like \"-Y 480 +X 640\" that Kiln can hold");
  }
  const std::size_t width = std::size_t(size->width), height = std::size_t(size->height);
  // Two bytes make at most 127 of a channel; the old runs can be longer but hardly ever are.
  if (width * height * 4 / 256 > in.left() + 1024) {
    return Error::malformed(path, "is {} x {} pixels, too many for its {} bytes", width, height,
                            file.size());
  }
  ImageBuffer image = ImageBuffer::of_floats(size->width, size->height, 3);
  const std::span<float> out = image.edit_floats();
  std::vector<Pixel> row(width);
  for (std::size_t y = 0; y < height; ++y) {
    if (!read_row(in, row)) {
      return Error::malformed(path, "ends or is damaged in row {} of {}", y, height);
    }
    float* color = &out[(size->is_from_top ? height - 1 - y : y) * width * 3];
    for (std::size_t x = 0; x < width; ++x) {
      to_color(row[x], color + 3 * (size->is_from_left ? x : width - 1 - x));
    }
  }
  return image;
}

Result<void> write_radiance(ByteOutput& output, const ImageBuffer& image) {
  KILN_ASSERT(image.is_float() && image.channels() == 3);
  const std::size_t width = std::size_t(image.width());
  const std::string header = fmt::format("#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y {} +X {}\n",
                                         image.height(), image.width());
  std::vector<std::byte> file;
  for (const char c : header) {
    file.push_back(std::byte(c));
  }
  std::vector<Pixel> row(width);
  for (int y = image.height() - 1; y >= 0; --y) {
    const float* color = image.floats().data() + std::size_t(y) * width * 3;
    for (std::size_t x = 0; x < width; ++x) {
      row[x] = to_pixel(color + 3 * x);
    }
    if (width < least_width || width > most_width) {
      for (const Pixel& pixel : row) {
        for (const std::uint8_t value : pixel) {
          file.push_back(std::byte(value));
        }
      }
      continue;
    }
    file.insert(file.end(),
                {std::byte(2), std::byte(2), std::byte(width >> 8), std::byte(width & 255)});
    for (std::size_t c = 0; c < 4; ++c) {
      pack_channel(row, c, file);
    }
  }
  return output.write(file);
}

}  // namespace kiln::image
