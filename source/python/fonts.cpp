#include "python/fonts.h"

#include <algorithm>
#include <memory>
#include <vector>

#include <ft2build.h>
#include FT_FREETYPE_H

#include "python/py_ref.h"

namespace kiln::python {
namespace {

constexpr const char* capsule_name = "kiln.font";
constexpr int max_text_pixels = 1 << 14;

struct Library {
  FT_Library library = nullptr;
  Library() {
    if (FT_Init_FreeType(&library) != 0) {
      library = nullptr;
    }
  }
  ~Library() { FT_Done_FreeType(library); }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
};

// A font file. Each has a library of its own, so that nothing is shared.
struct Font {
  Library library;
  FT_Face face = nullptr;
  ~Font() {
    if (face) {
      FT_Done_Face(face);
    }
  }
};

void destroy(PyObject* capsule) { delete static_cast<Font*>(PyCapsule_GetPointer(capsule, capsule_name)); }

// open_font(path): an object, or None where the file is no font.
PyObject* open_font(PyObject*, PyObject* name) {
  PyObject* encoded = nullptr;
  if (!PyUnicode_FSConverter(name, &encoded)) {
    return nullptr;
  }
  const PyRef holder = PyRef::steal(encoded);
  auto font = std::make_unique<Font>();
  if (!font->library.library || FT_New_Face(font->library.library, PyBytes_AS_STRING(encoded), 0, &font->face) != 0) {
    Py_RETURN_NONE;
  }
  PyObject* capsule = PyCapsule_New(font.get(), capsule_name, destroy);
  if (capsule) {
    font.release();
  }
  return capsule;
}

struct Glyph {
  int left, top, width, height;
  std::vector<std::uint8_t> pixels;
};

struct Line {
  double advance = 0;                   ///< pixels
  int low = 0, high = 0, ink_right = 0;  ///< of what is drawn, from the base line
  std::vector<Glyph> glyphs;
};

// Sets one line of text; characters the font lacks show as its box.
Line set_line(Font& font, double size, PyObject* text, bool with_pixels) {
  Line line;
  FT_Set_Char_Size(font.face, 0, FT_F26Dot6(std::clamp(size, 1.0, 2000.0) * 64.0), 72, 72);
  FT_UInt previous = 0;
  for (Py_ssize_t i = 0; i < PyUnicode_GET_LENGTH(text); ++i) {
    const FT_UInt index = FT_Get_Char_Index(font.face, PyUnicode_READ_CHAR(text, i));
    FT_Vector kerning{};
    if (previous && FT_HAS_KERNING(font.face) && FT_Get_Kerning(font.face, previous, index, FT_KERNING_DEFAULT, &kerning) == 0) {
      line.advance += double(kerning.x) / 64.0;
    }
    previous = index;
    if (FT_Load_Glyph(font.face, index, FT_LOAD_NO_BITMAP | FT_LOAD_TARGET_LIGHT) != 0) {
      continue;
    }
    const FT_GlyphSlot slot = font.face->glyph;
    if (slot->format == FT_GLYPH_FORMAT_OUTLINE && FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL) == 0) {
      Glyph glyph{int(line.advance + 0.5) + slot->bitmap_left, slot->bitmap_top, int(slot->bitmap.width), int(slot->bitmap.rows), {}};
      if (glyph.width > 0 && glyph.height > 0) {
        line.low = std::min(line.low, glyph.top - glyph.height);
        line.high = std::max(line.high, glyph.top);
        line.ink_right = std::max(line.ink_right, glyph.left + glyph.width);
        if (with_pixels) {
          for (int y = 0; y < glyph.height; ++y) {
            const std::uint8_t* row = slot->bitmap.buffer + std::ptrdiff_t(y) * slot->bitmap.pitch;
            glyph.pixels.insert(glyph.pixels.end(), row, row + glyph.width);
          }
        }
        line.glyphs.push_back(std::move(glyph));
      }
    }
    line.advance += double(slot->advance.x) / 64.0;
  }
  return line;
}

Font* font_argument(PyObject* args, double* size, PyObject** text) {
  PyObject* capsule = nullptr;
  if (!PyArg_ParseTuple(args, "OdU", &capsule, size, text)) {
    return nullptr;
  }
  return static_cast<Font*>(PyCapsule_GetPointer(capsule, capsule_name));
}

// measure_text(font, size, text) -> (advance, lowest, highest) in pixels
PyObject* measure_text(PyObject*, PyObject* args) {
  double size = 0;
  PyObject* text = nullptr;
  Font* font = font_argument(args, &size, &text);
  if (!font) {
    return nullptr;
  }
  const Line line = set_line(*font, size, text, false);
  return Py_BuildValue("(dii)", line.advance, line.low, line.high);
}

// draw_text(font, size, text) -> (left, lowest, width, height, bytes): coverage, rows from the bottom
PyObject* draw_text(PyObject*, PyObject* args) {
  double size = 0;
  PyObject* text = nullptr;
  Font* font = font_argument(args, &size, &text);
  if (!font) {
    return nullptr;
  }
  const Line line = set_line(*font, size, text, true);
  int left = 0;
  for (const Glyph& glyph : line.glyphs) {
    left = std::min(left, glyph.left);
  }
  const int width = std::clamp(line.ink_right - left, 0, max_text_pixels), height = std::clamp(line.high - line.low, 0, max_text_pixels);
  std::vector<char> pixels(std::size_t(width) * std::size_t(height));
  for (const Glyph& glyph : line.glyphs) {
    for (int y = 0; y < glyph.height; ++y) {
      const int row = glyph.top - 1 - y - line.low;
      for (int x = 0; x < glyph.width && row >= 0 && row < height; ++x) {
        const int column = glyph.left + x - left;
        if (column >= 0 && column < width) {
          char& pixel = pixels[std::size_t(row) * std::size_t(width) + std::size_t(column)];
          const std::uint8_t coverage = glyph.pixels[std::size_t(y) * std::size_t(glyph.width) + std::size_t(x)];
          pixel = char(std::max(std::uint8_t(pixel), coverage));
        }
      }
    }
  }
  PyObject* bytes = PyBytes_FromStringAndSize(pixels.data(), Py_ssize_t(pixels.size()));
  return bytes ? Py_BuildValue("(iiiiN)", left, line.low, width, height, bytes) : nullptr;
}

PyMethodDef functions[] = {{"open_font", open_font, METH_O, "open_font(path): a font, or None"},
                           {"measure_text", measure_text, METH_VARARGS, "measure_text(font, size, text): (advance, lowest, highest)"},
                           {"draw_text", draw_text, METH_VARARGS, "draw_text(font, size, text): (left, lowest, width, height, bytes)"},
                           {nullptr, nullptr, 0, nullptr}};

}  // namespace

bool add_font_functions(PyObject* module) { return PyModule_AddFunctions(module, functions) == 0; }

}  // namespace kiln::python
