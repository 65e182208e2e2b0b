#include "image/text.h"

#include <algorithm>
#include <memory>

#include <ft2build.h>
#include FT_FREETYPE_H

namespace kiln::image {
namespace {

constexpr const char* font_files[] = {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
                                      "/usr/share/fonts/TTF/DejaVuSans.ttf",
                                      "/usr/share/fonts/dejavu/DejaVuSans.ttf"};
constexpr int max_width = 1 << 14;

// The program's font at a size.
class Face {
public:
  explicit Face(int size) {
    if (FT_Init_FreeType(&library_) != 0) {
      library_ = nullptr;
      return;
    }
    for (const char* file : font_files) {
      if (FT_New_Face(library_, file, 0, &face_) == 0) {
        FT_Set_Char_Size(face_, 0, FT_F26Dot6(size) * 64, 72, 72);
        return;
      }
    }
  }
  ~Face() {
    if (face_) {
      FT_Done_Face(face_);
    }
    if (library_) {
      FT_Done_FreeType(library_);
    }
  }
  Face(const Face&) = delete;
  Face& operator=(const Face&) = delete;
  FT_Face get() const { return face_; }

private:
  FT_Library library_ = nullptr;
  FT_Face face_ = nullptr;
};

// The next character of UTF-8; bytes that are none count as themselves.
char32_t next_character(std::string_view text, std::size_t* at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? std::uint8_t(text[i]) : 0u; };
  const std::uint8_t first = byte(*at);
  const int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
  char32_t code = more == 3   ? first & 0x07u
                  : more == 2 ? first & 0x0fu
                  : more      ? first & 0x1fu
                              : first;
  for (int i = 1; i <= more; ++i) {
    if ((byte(*at + std::size_t(i)) & 0xc0u) != 0x80u) {
      ++*at;
      return first;
    }
    code = code << 6 | (byte(*at + std::size_t(i)) & 0x3fu);
  }
  *at += std::size_t(more) + 1;
  return code;
}

}  // namespace

Result<TextLine> set_text(std::string_view text, int size) {
  const Face face(std::clamp(size, 1, 1000));
  if (!face.get()) {
    return Error::unsupported("there is no font DejaVu Sans");
  }
  const FT_Size_Metrics& metrics = face.get()->size->metrics;
  const int below = int(-metrics.descender + 63) / 64, above = int(metrics.ascender + 63) / 64;
  struct Glyph {
    int left, top, width, height;
    std::vector<std::uint8_t> pixels;
  };
  std::vector<Glyph> glyphs;
  double pen = 0.0;
  for (std::size_t at = 0; at < text.size() && pen < max_width;) {
    if (FT_Load_Char(face.get(), next_character(text, &at), FT_LOAD_RENDER) != 0) {
      continue;
    }
    const FT_GlyphSlot slot = face.get()->glyph;
    Glyph glyph{int(pen + 0.5) + slot->bitmap_left,
                slot->bitmap_top,
                int(slot->bitmap.width),
                int(slot->bitmap.rows),
                {}};
    for (int y = 0; y < glyph.height; ++y) {
      const std::uint8_t* row = slot->bitmap.buffer + std::ptrdiff_t(y) * slot->bitmap.pitch;
      glyph.pixels.insert(glyph.pixels.end(), row, row + glyph.width);
    }
    glyphs.push_back(std::move(glyph));
    pen += double(slot->advance.x) / 64.0;
  }
  TextLine line;
  line.width = std::max(1, int(pen + 1.0));
  line.height = std::max(1, above + below);
  line.coverage.resize(std::size_t(line.width) * std::size_t(line.height));
  for (const Glyph& glyph : glyphs) {
    for (int y = 0; y < glyph.height; ++y) {
      const int row = below + glyph.top - 1 - y;
      for (int x = 0; x < glyph.width; ++x) {
        const int column = glyph.left + x;
        if (row >= 0 && row < line.height && column >= 0 && column < line.width) {
          std::uint8_t& out =
              line.coverage[std::size_t(row) * std::size_t(line.width) + std::size_t(column)];
          out = std::max(out,
                         glyph.pixels[std::size_t(y) * std::size_t(glyph.width) + std::size_t(x)]);
        }
      }
    }
  }
  return line;
}

Result<void> draw_text(ImageBuffer& picture, std::span<const std::string> lines, bool is_at_top,
                       const TextLook& look) {
  const int channels = picture.channels();
  const bool has_alpha = channels == 2 || channels == 4;
  const auto blend = [&](int x, int y, const float* color, float share) {
    const std::size_t first =
        (std::size_t(y) * std::size_t(picture.width()) + std::size_t(x)) * std::size_t(channels);
    const float grey = 0.2126f * color[0] + 0.7152f * color[1] + 0.0722f * color[2];
    for (int c = 0; c < channels; ++c) {
      const bool is_alpha = has_alpha && c == channels - 1;
      const float wanted = is_alpha ? 1.0f : channels < 3 ? grey : color[c];
      if (picture.is_float()) {
        float& value = picture.edit_floats()[first + std::size_t(c)];
        value += (wanted - value) * share;
      } else {
        std::uint8_t& value = picture.edit_bytes()[first + std::size_t(c)];
        value = to_byte(float(value) / 255.0f * (1.0f - share) + wanted * share);
      }
    }
  };
  const int margin = std::max(2, look.size / 4);
  int used = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    // From the top down, or from the bottom up.
    const Result<TextLine> line = set_text(lines[is_at_top ? i : lines.size() - 1 - i], look.size);
    if (!line) {
      return line.error();
    }
    const int bottom = is_at_top ? picture.height() - used - line->height : used;
    for (int y = 0; y < line->height; ++y) {
      for (int x = 0; x < line->width + 2 * margin; ++x) {
        if (bottom + y < 0 || bottom + y >= picture.height() || x >= picture.width()) {
          continue;
        }
        blend(x, bottom + y, look.background, look.background[3]);
        const int column = x - margin;
        if (column >= 0 && column < line->width) {
          const std::uint8_t covered =
              line->coverage[std::size_t(y) * std::size_t(line->width) + std::size_t(column)];
          blend(x, bottom + y, look.color, look.color[3] * float(covered) / 255.0f);
        }
      }
    }
    used += line->height;
  }
  return {};
}

}  // namespace kiln::image
