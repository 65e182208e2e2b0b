#include "io/obj/chunk.h"

#include <cstring>

#include "core/scanner.h"

namespace kiln::io::obj {
namespace {

// Whether the line break at `end` is hidden by a backslash before it.
bool is_continued(const char* begin, const char* end) {
  const char* last = end;
  if (last > begin && last[-1] == '\r') {
    --last;
  }
  return last > begin && last[-1] == '\\';
}

class ChunkParser {
public:
  explicit ChunkParser(Chunk& chunk) : chunk_(chunk) {}

  void run() {
    run([] { return false; });
  }

  // Stops behind the line after which `is_done()`.
  template <typename IsDone>
  void run(IsDone&& is_done) {
    const char* at = chunk_.text.data();
    const char* const end = at + chunk_.text.size();
    while (at < end) {
      const char* line_end = static_cast<const char*>(std::memchr(at, '\n', std::size_t(end - at)));
      if (!line_end) {
        line_end = end;
      }
      if (line_end < end && is_continued(at, line_end)) {
        at = parse_continued(at, end);
      } else {
        parse_line({at, std::size_t(line_end - at)});
        ++chunk_.line_count;
        at = line_end + 1;
      }
      if (is_done()) {
        return;
      }
    }
  }

private:
  // Joins a line with those it continues on; returns where the next one begins.
  const char* parse_continued(const char* at, const char* end) {
    // Kept for as long as statements refer to names: joined lines are rare, and names in them are
    // copied nowhere else.
    std::string joined;
    std::size_t lines = 0;
    for (bool goes_on = true; goes_on && at < end;) {
      const char* line_end = static_cast<const char*>(std::memchr(at, '\n', std::size_t(end - at)));
      if (!line_end) {
        line_end = end;
      }
      goes_on = is_continued(at, line_end);
      const char* content_end = line_end;
      while (goes_on && content_end > at && content_end[-1] != '\\') {
        --content_end;
      }
      joined.append(at, goes_on ? content_end - 1 : content_end);
      joined.push_back(' ');
      at = line_end + 1;
      ++lines;
    }
    parse_line(joined, true);
    chunk_.line_count += lines;
    return at;
  }

  void parse_line(std::string_view text, bool is_joined = false) {
    if (!text.empty() && text.back() == '\r') {
      text.remove_suffix(1);
    }
    Scanner line(text);
    if (line.at_end()) {
      return;
    }
    const char first = line.peek();
    if (first == '#') {
      return;
    }
    const std::string_view keyword = line.word();
    if (keyword == "v") {
      parse_position(line);
    } else if (keyword == "f" || keyword == "fo") {
      parse_face(line);
    } else if (keyword == "vn") {
      float3 normal;
      if (line.number(&normal.x) && line.number(&normal.y) && line.number(&normal.z)) {
        chunk_.normals.push_back(finite(normal));
      } else {
        chunk_.normals.emplace_back();
        report("a normal does not have three numbers");
      }
    } else if (keyword == "vt") {
      float2 uv;
      if (line.number(&uv.x)) {
        // A missing second number is 0; a third one belongs to solid textures.
        line.number(&uv.y);
      } else {
        report("a texture coordinate has no number");
      }
      if (!std::isfinite(uv.x) || !std::isfinite(uv.y)) {
        uv = {};
        report("a number is not finite; 0 is taken");
      }
      chunk_.uvs.push_back(uv);
    } else if (keyword == "l") {
      parse_polyline(line);
    } else if (is_joined &&
               (keyword == "o" || keyword == "g" || keyword == "usemtl" || keyword == "mtllib")) {
      report("a name goes on over several lines");
    } else if (keyword == "g") {
      add(Statement::Kind::Group, line.rest());
    } else if (keyword == "o") {
      add(Statement::Kind::Object, line.rest());
    } else if (keyword == "usemtl") {
      add(Statement::Kind::Material, line.rest());
    } else if (keyword == "s") {
      add(Statement::Kind::SmoothGroup, is_joined ? std::string_view("off") : line.rest());
    } else if (keyword == "mtllib") {
      add(Statement::Kind::Library, line.rest());
    } else {
      report(unread_reason(keyword));
    }
  }

  static std::string unread_reason(std::string_view keyword) {
    for (const std::string_view curve :
         {"vp",    "cstype", "deg",  "bmat", "step", "curv", "curv2", "surf",
          "parm",  "trim",   "hole", "scrv", "sp",   "end",  "con",   "ctech",
          "stech", "bzp",    "bsp",  "cdc",  "cdp",  "res"}) {
      if (keyword == curve) {
        return "curves and surfaces are not read";
      }
    }
    for (const std::string_view display : {"p", "mg", "bevel", "c_interp", "d_interp", "lod",
                                           "shadow_obj", "trace_obj", "usemap", "maplib"}) {
      if (keyword == display) {
        return fmt::format("\"{}\" is not read", display);
      }
    }
    return "a line is not understood";
  }

  float3 finite(float3 v) {
    if (is_finite(v)) {
      return v;
    }
    report("a number is not finite; 0 is taken");
    return {std::isfinite(v.x) ? v.x : 0.0f, std::isfinite(v.y) ? v.y : 0.0f,
            std::isfinite(v.z) ? v.z : 0.0f};
  }

  // x y z, then nothing, a weight, a color, or a weight and a color.
  void parse_position(Scanner& line) {
    float3 position;
    if (!line.number(&position.x) || !line.number(&position.y) || !line.number(&position.z)) {
      report("a vertex does not have three numbers");
      position = {};
    }
    chunk_.positions.push_back(finite(position));
    float more[4];
    int count = 0;
    while (count < 4 && !line.at_end() && line.number(&more[count])) {
      ++count;
    }
    if (count >= 3) {
      const float* color = more + (count - 3);
      chunk_.colors.resize(chunk_.positions.size() - 1, no_color);
      chunk_.colors.push_back(max(finite({color[0], color[1], color[2]}), {}));
    } else if (!chunk_.colors.empty()) {
      chunk_.colors.push_back(no_color);
    }
  }

  // An index as written, to an encoded one; false for 0.
  static bool encode(int written, std::size_t known, int* index) {
    if (written > 0) {
      *index = written - 1;
      return true;
    }
    if (written == 0 || written <= -relative_bias) {
      return false;
    }
    *index = relative_index(int(known) + written);
    return true;
  }

  // "1", "1/2", "1//3" or "1/2/3".
  bool parse_corner(Scanner& line, RawCorner* corner) {
    int written = 0;
    *corner = {no_index, no_index, no_index};
    if (!line.integer(&written) || !encode(written, chunk_.positions.size(), &corner->position)) {
      return false;
    }
    if (line.take('/')) {
      if (line.peek() != '/' && line.peek() != ' ' && line.peek() != '\t' && line.peek() != '\0') {
        if (!line.integer(&written) || !encode(written, chunk_.uvs.size(), &corner->uv)) {
          return false;
        }
      }
      if (line.take('/') && line.peek() != ' ' && line.peek() != '\t' && line.peek() != '\0') {
        if (!line.integer(&written) || !encode(written, chunk_.normals.size(), &corner->normal)) {
          return false;
        }
      }
    }
    const char next = line.peek();
    return next == '\0' || next == ' ' || next == '\t';
  }

  void parse_face(Scanner& line) {
    const std::size_t before = chunk_.corners.size();
    bool has_uvs = false, has_normals = false;
    while (!line.at_end()) {
      RawCorner corner;
      if (!parse_corner(line, &corner)) {
        chunk_.corners.resize(before);
        report("a face has an index that is none");
        return;
      }
      has_uvs = has_uvs || corner.uv != no_index;
      has_normals = has_normals || corner.normal != no_index;
      chunk_.corners.push_back(corner);
    }
    if (chunk_.corners.size() < before + 3) {
      chunk_.corners.resize(before);
      report("a face has fewer than three corners");
      return;
    }
    chunk_.has_uvs = chunk_.has_uvs || has_uvs;
    chunk_.has_normals = chunk_.has_normals || has_normals;
    chunk_.face_ends.push_back(int(chunk_.corners.size()));
  }

  void parse_polyline(Scanner& line) {
    const std::size_t before = chunk_.line_corners.size();
    while (!line.at_end()) {
      RawCorner corner;
      if (!parse_corner(line, &corner)) {
        chunk_.line_corners.resize(before);
        report("a line has an index that is none");
        return;
      }
      chunk_.line_corners.push_back(corner);
    }
    if (chunk_.line_corners.size() < before + 2) {
      chunk_.line_corners.resize(before);
      report("a line has fewer than two vertices");
      return;
    }
    chunk_.line_ends.push_back(int(chunk_.line_corners.size()));
  }

  void add(Statement::Kind kind, std::string_view text) {
    chunk_.statements.push_back(
        {kind, int(chunk_.face_ends.size()), int(chunk_.line_ends.size()), text});
  }

  void report(const std::string& what) {
    Chunk::Problem& problem = chunk_.problems[what];
    if (problem.count++ == 0) {
      problem.first_line = chunk_.line_count;
    }
  }

  Chunk& chunk_;
};

}  // namespace

void parse_chunk(Chunk& chunk) {
  // Files of triangles have a vertex for about 130 bytes and a corner for 25.
  chunk.positions.reserve(chunk.text.size() / 140);
  chunk.corners.reserve(chunk.text.size() / 40);
  chunk.face_ends.reserve(chunk.text.size() / 120);
  ChunkParser(chunk).run();
}

std::size_t line_of_face(std::string_view text, std::size_t face) {
  Chunk chunk;
  chunk.text = text;
  ChunkParser(chunk).run([&] { return chunk.face_ends.size() > face; });
  return chunk.line_count - 1;
}

std::size_t line_of_polyline(std::string_view text, std::size_t polyline) {
  Chunk chunk;
  chunk.text = text;
  ChunkParser(chunk).run([&] { return chunk.line_ends.size() > polyline; });
  return chunk.line_count - 1;
}

std::vector<std::string_view> cut_into_chunks(std::string_view text, std::size_t size) {
  std::vector<std::string_view> chunks;
  while (!text.empty()) {
    std::size_t end = std::min(size, text.size());
    // Move the cut behind the next line break that ends a logical line.
    while (end < text.size()) {
      const std::size_t line_break = text.find('\n', end - 1);
      if (line_break == std::string_view::npos) {
        end = text.size();
        break;
      }
      end = line_break + 1;
      if (!is_continued(text.data(), text.data() + line_break)) {
        break;
      }
      ++end;
    }
    end = std::min(end, text.size());
    chunks.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return chunks;
}

}  // namespace kiln::io::obj
