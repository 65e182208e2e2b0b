#pragma once

#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/math.h"

namespace kiln::io::obj {

/// A corner or line vertex as written: position, UV and normal. Each is an index into the whole
/// file (0 or more), or relative to the elements read before (see `relative_index`), or missing.
struct RawCorner {
  int position, uv, normal;
};
inline constexpr int no_index = std::numeric_limits<int>::min();

/// Encodes an index counted from the start of the chunk, which may be negative: it means the chunks
/// before.
inline constexpr int relative_bias = 1 << 30;
inline int relative_index(int in_chunk) {
  return in_chunk - relative_bias;
}
inline bool is_relative(int index) {
  return index < 0 && index != no_index;
}

/// The color of a vertex that has none.
inline constexpr float3 no_color{-1, -1, -1};

/// A line that changes the state of what follows.
struct Statement {
  enum class Kind : std::uint8_t { Object, Group, Material, SmoothGroup, Library };
  Kind kind;
  int face, line;         ///< how many faces and polylines of the chunk come before it
  std::string_view text;  ///< what follows the keyword
};

/// What one piece of a file says, with indices not yet resolved.
struct Chunk {
  std::string_view text;  ///< whole lines
  std::vector<float3> positions;
  std::vector<float3> colors;  ///< empty, or as many as positions
  std::vector<float2> uvs;
  std::vector<float3> normals;
  std::vector<RawCorner> corners;
  std::vector<int> face_ends;  ///< of each face, counted in corners
  std::vector<RawCorner> line_corners;
  std::vector<int> line_ends;
  std::vector<Statement> statements;
  bool has_uvs = false, has_normals = false;  ///< whether any corner has one

  /// A kind of problem: how often, and where first.
  struct Problem {
    int count = 0;
    std::size_t first_line = 0;  ///< counted from 0 in the chunk
  };
  std::map<std::string, Problem> problems;
  std::size_t line_count = 0;
};

/// Reads the lines of `chunk.text` into the rest of it.
void parse_chunk(Chunk& chunk);

/// The line, counted from 0, of a face (or polyline) that `parse_chunk` found in the text.
std::size_t line_of_face(std::string_view text, std::size_t face);
std::size_t line_of_polyline(std::string_view text, std::size_t polyline);

/// Cuts a text into pieces of about `size` bytes that end where logical lines end.
std::vector<std::string_view> cut_into_chunks(std::string_view text, std::size_t size);

}  // namespace kiln::io::obj
