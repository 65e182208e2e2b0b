#include "io/obj/reader.h"

#include <set>
#include <unordered_map>

#include "core/atomic_file.h"
#include "core/tasks.h"
#include "io/obj/chunk.h"
#include "io/obj/material_library.h"
#include "core/scanner.h"

namespace kiln::io::obj {
namespace {

constexpr std::size_t chunk_bytes = 1 << 20;
constexpr std::int64_t most_elements = 1'000'000'000;

// Where a chunk's elements stand in the whole.
struct Start {
  std::int64_t positions = 0, uvs = 0, normals = 0;
  std::int64_t corners = 0, faces = 0, line_corners = 0, lines = 0;
  std::size_t text_line = 0;
};

struct Totals {
  int positions = 0, uvs = 0, normals = 0;
};

// To an index of the whole file, or -1 where there is none; false where it names nothing.
bool resolve(int* index, std::int64_t start, int total) {
  if (*index == no_index) {
    *index = -1;
    return true;
  }
  const std::int64_t found = is_relative(*index) ? start + *index + relative_bias : *index;
  *index = int(found);
  return found >= 0 && found < total;
}

bool resolve_corner(RawCorner& corner, const Start& start, const Totals& totals) {
  return resolve(&corner.position, start.positions, totals.positions) &&
         resolve(&corner.uv, start.uvs, totals.uvs) &&
         resolve(&corner.normal, start.normals, totals.normals);
}

// Resolves all corners of runs that end at `ends` and drops the runs that have a wrong one.
// `moved(old, new)` tells how many runs are left of the first `old`.
struct Dropped {
  int count = 0;
  std::size_t first = 0;
};

template <typename Moved>
Dropped resolve_runs(std::vector<RawCorner>& corners, std::vector<int>& ends, const Start& start,
                     const Totals& totals, Moved&& moved) {
  Dropped dropped;
  std::size_t kept_corners = 0, kept_runs = 0;
  int begin = 0;
  for (std::size_t run = 0; run < ends.size(); ++run) {
    bool is_valid = true;
    for (int i = begin; i < ends[run]; ++i) {
      is_valid = resolve_corner(corners[std::size_t(i)], start, totals) && is_valid;
    }
    const int end = ends[run];
    moved(run, kept_runs);
    if (is_valid) {
      if (kept_corners != std::size_t(begin)) {
        std::copy(corners.begin() + begin, corners.begin() + end,
                  corners.begin() + std::ptrdiff_t(kept_corners));
      }
      kept_corners += std::size_t(end - begin);
      ends[kept_runs++] = int(kept_corners);
    } else if (dropped.count++ == 0) {
      dropped.first = run;
    }
    begin = end;
  }
  moved(ends.size(), kept_runs);
  corners.resize(kept_corners);
  ends.resize(kept_runs);
  return dropped;
}

// Second pass over a chunk, when all counts are known.
void resolve_chunk(Chunk& chunk, const Start& start, const Totals& totals) {
  std::size_t next = 0;
  const Dropped faces = resolve_runs(
      chunk.corners, chunk.face_ends, start, totals, [&](std::size_t run, std::size_t kept) {
        while (next < chunk.statements.size() && std::size_t(chunk.statements[next].face) == run) {
          chunk.statements[next++].face = int(kept);
        }
      });
  next = 0;
  const Dropped lines = resolve_runs(
      chunk.line_corners, chunk.line_ends, start, totals, [&](std::size_t run, std::size_t kept) {
        while (next < chunk.statements.size() && std::size_t(chunk.statements[next].line) == run) {
          chunk.statements[next++].line = int(kept);
        }
      });
  if (faces.count > 0) {
    chunk.problems["a face has an index that names nothing"] = {
        faces.count, line_of_face(chunk.text, faces.first)};
  }
  if (lines.count > 0) {
    chunk.problems["a line has an index that names nothing"] = {
        lines.count, line_of_polyline(chunk.text, lines.first)};
  }
}

// Collects the statements of all chunks into runs, names and materials.
class StateWalker {
public:
  StateWalker(Scene& scene, const Path& path) : scene_(scene), path_(path) {}

  void walk(const std::vector<Chunk>& chunks, const std::vector<Start>& starts) {
    for (std::size_t i = 0; i < chunks.size(); ++i) {
      for (const Statement& statement : chunks[i].statements) {
        finish_runs(starts[i].faces + statement.face, starts[i].lines + statement.line);
        apply(statement);
      }
    }
    finish_runs(scene_.face_count(), scene_.line_count());
  }

private:
  void apply(const Statement& statement) {
    const std::string text(statement.text);
    switch (statement.kind) {
      case Statement::Kind::Object:
        object_name_ = text;
        has_object_ = false;
        // An object starts afresh but for its material.
        group_ = -1;
        break;
      case Statement::Kind::Group:
        group_ =
            text.empty() || text == "off" || text == "null" || text == "(null)" || text == "default"
                ? -1
                : index_of(text, scene_.groups, groups_);
        break;
      case Statement::Kind::Material:
        material_ = text.empty() ? -1 : material_index(text);
        break;
      case Statement::Kind::SmoothGroup: {
        int number = 0;
        Scanner scanner(statement.text);
        smooth_group_ = scanner.integer(&number) ? number : statement.text == "on" ? 1 : 0;
        break;
      }
      case Statement::Kind::Library:
        read_libraries(text);
        break;
    }
  }

  static int index_of(const std::string& name, std::vector<std::string>& names,
                      std::unordered_map<std::string, int>& known) {
    const auto [found, is_new] = known.try_emplace(name, int(names.size()));
    if (is_new) {
      names.push_back(name);
    }
    return found->second;
  }

  // Materials may be used before their library is named.
  int material_index(const std::string& name) {
    const auto [found, is_new] = materials_.try_emplace(name, int(scene_.materials.size()));
    if (is_new) {
      scene_.materials.push_back({.name = name});
    }
    return found->second;
  }

  void read_libraries(const std::string& text) {
    // One name, which may have blanks in it, or several.
    if (read_library(text)) {
      return;
    }
    Scanner names(text);
    std::size_t count = 0, found = 0;
    while (!names.at_end()) {
      ++count;
      found += read_library(std::string(names.word())) ? 1 : 0;
    }
    if (found < count) {
      scene_.warnings.push_back(
          fmt::format("\"{}\": the material library \"{}\" cannot be read", path_.string(), text));
    }
  }

  bool read_library(std::string name) {
    if (name.empty() || name.find('\0') != std::string::npos) {
      return false;
    }
    if (libraries_.contains(name)) {
      return true;
    }
    std::string with_slashes = name;
    std::replace(with_slashes.begin(), with_slashes.end(), '\\', '/');
    for (const Path& candidate : {path_.parent_path() / name, path_.parent_path() / with_slashes,
                                  path_.parent_path() / Path(with_slashes).filename()}) {
      std::error_code ignored;
      if (!std::filesystem::is_regular_file(candidate, ignored)) {
        continue;
      }
      const Result<std::vector<std::byte>> bytes = read_file(candidate);
      if (!bytes) {
        continue;
      }
      libraries_.insert(name);
      scene_.libraries.push_back(candidate);
      const std::string_view text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
      for (Material& material : parse_materials(text, candidate, scene_.warnings)) {
        const int index = material_index(material.name);
        scene_.materials[std::size_t(index)] = std::move(material);
      }
      return true;
    }
    return false;
  }

  // Faces and lines up to these counts belong to the state as it is.
  void finish_runs(std::int64_t faces, std::int64_t lines) {
    if (faces > faces_) {
      const FaceRun run{int(faces_), int(faces - faces_), object(),
                        group_,      material_,           smooth_group_};
      scene_.face_runs.push_back(run);
      faces_ = faces;
    }
    if (lines > lines_) {
      scene_.line_runs.push_back({int(lines_), int(lines - lines_), object()});
      lines_ = lines;
    }
  }

  // Objects are made when something is in them.
  int object() {
    if (!has_object_) {
      scene_.objects.push_back({object_name_});
      has_object_ = true;
    }
    return int(scene_.objects.size()) - 1;
  }

  Scene& scene_;
  const Path& path_;
  std::string object_name_;
  bool has_object_ = false;
  int group_ = -1, material_ = -1, smooth_group_ = 0;
  std::int64_t faces_ = 0, lines_ = 0;
  std::unordered_map<std::string, int> groups_, materials_;
  std::set<std::string> libraries_;
};

Result<std::vector<Start>> find_starts(const std::vector<Chunk>& chunks, const Path& path) {
  std::vector<Start> starts(chunks.size() + 1);
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    const Chunk& chunk = chunks[i];
    Start& next = starts[i + 1];
    next = starts[i];
    next.positions += std::int64_t(chunk.positions.size());
    next.uvs += std::int64_t(chunk.uvs.size());
    next.normals += std::int64_t(chunk.normals.size());
    next.corners += std::int64_t(chunk.corners.size());
    next.faces += std::int64_t(chunk.face_ends.size());
    next.line_corners += std::int64_t(chunk.line_corners.size());
    next.lines += std::int64_t(chunk.line_ends.size());
    next.text_line += chunk.line_count;
  }
  const Start& all = starts.back();
  for (const std::int64_t count :
       {all.positions, all.uvs, all.normals, all.corners, all.line_corners}) {
    if (count > most_elements) {
      return Error::malformed(path, "has {} elements of a kind, more than the {} a mesh can hold",
                              count, most_elements);
    }
  }
  return starts;
}

template <typename T>
std::span<T> part(std::vector<T>& whole, std::int64_t begin, std::size_t count) {
  return std::span<T>(whole).subspan(std::size_t(begin), count);
}

// Puts the elements of all chunks together.
void gather(const std::vector<Chunk>& chunks, const std::vector<Start>& starts, Scene& scene) {
  const Start& all = starts.back();
  bool has_colors = false, has_uvs = false, has_normals = false;
  for (const Chunk& chunk : chunks) {
    has_colors = has_colors || !chunk.colors.empty();
    has_uvs = has_uvs || chunk.has_uvs;
    has_normals = has_normals || chunk.has_normals;
  }
  std::vector<float3> positions(std::size_t(all.positions)), normals(std::size_t(all.normals));
  std::vector<float3> colors(has_colors ? positions.size() : 0, no_color);
  std::vector<float2> uvs(std::size_t(all.uvs));
  std::vector<int> face_offsets(std::size_t(all.faces) + 1),
      corner_positions(std::size_t(all.corners));
  std::vector<int> corner_uvs(has_uvs ? corner_positions.size() : 0),
      corner_normals(has_normals ? corner_positions.size() : 0);
  std::vector<int> line_offsets(std::size_t(all.lines) + 1),
      line_positions(std::size_t(all.line_corners));
  parallel_for(chunks.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const Chunk& chunk = chunks[i];
      const Start& start = starts[i];
      std::copy(chunk.positions.begin(), chunk.positions.end(),
                part(positions, start.positions, chunk.positions.size()).begin());
      std::copy(chunk.uvs.begin(), chunk.uvs.end(), part(uvs, start.uvs, chunk.uvs.size()).begin());
      std::copy(chunk.normals.begin(), chunk.normals.end(),
                part(normals, start.normals, chunk.normals.size()).begin());
      if (!chunk.colors.empty()) {
        std::copy(chunk.colors.begin(), chunk.colors.end(),
                  part(colors, start.positions, chunk.colors.size()).begin());
      }
      for (std::size_t k = 0; k < chunk.corners.size(); ++k) {
        const std::size_t at = std::size_t(start.corners) + k;
        corner_positions[at] = chunk.corners[k].position;
        if (has_uvs) {
          corner_uvs[at] = chunk.corners[k].uv;
        }
        if (has_normals) {
          corner_normals[at] = chunk.corners[k].normal;
        }
      }
      for (std::size_t k = 0; k < chunk.face_ends.size(); ++k) {
        face_offsets[std::size_t(start.faces) + k + 1] = int(start.corners) + chunk.face_ends[k];
      }
      for (std::size_t k = 0; k < chunk.line_corners.size(); ++k) {
        line_positions[std::size_t(start.line_corners) + k] = chunk.line_corners[k].position;
      }
      for (std::size_t k = 0; k < chunk.line_ends.size(); ++k) {
        line_offsets[std::size_t(start.lines) + k + 1] =
            int(start.line_corners) + chunk.line_ends[k];
      }
    }
  });
  scene.positions = std::move(positions);
  scene.colors = std::move(colors);
  scene.uvs = std::move(uvs);
  scene.normals = std::move(normals);
  scene.face_offsets = std::move(face_offsets);
  scene.corner_positions = std::move(corner_positions);
  scene.corner_uvs = std::move(corner_uvs);
  scene.corner_normals = std::move(corner_normals);
  scene.line_offsets = std::move(line_offsets);
  scene.line_positions = std::move(line_positions);
}

// The problems of all chunks, each kind once.
void report_problems(const std::vector<Chunk>& chunks, const std::vector<Start>& starts,
                     const Path& path, Scene& scene) {
  struct Found {
    std::int64_t count = 0;
    std::size_t line = 0;
  };
  std::map<std::string, Found> all;
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    for (const auto& [what, problem] : chunks[i].problems) {
      Found& found = all[what];
      if (found.count == 0) {
        found.line = starts[i].text_line + problem.first_line + 1;
      }
      found.count += problem.count;
    }
  }
  for (const auto& [what, found] : all) {
    scene.warnings.push_back(
        found.count == 1 ? fmt::format("\"{}\", line {}: {}", path.string(), found.line, what)
                         : fmt::format("\"{}\", line {} and {} more: {}", path.string(), found.line,
                                       found.count - 1, what));
  }
}

}  // namespace

Result<Scene> parse_obj(std::string_view text, const Path& path, Progress& progress) {
  if (text.starts_with("\xef\xbb\xbf")) {
    text.remove_prefix(3);
  }
  std::vector<Chunk> chunks;
  for (const std::string_view piece : cut_into_chunks(text, chunk_bytes)) {
    chunks.emplace_back().text = piece;
  }
  parallel_for(chunks.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end && !progress.cancelled(); ++i) {
      parse_chunk(chunks[i]);
    }
  });
  Result<std::vector<Start>> starts = find_starts(chunks, path);
  if (!starts) {
    return starts.error();
  }
  const Totals totals{int(starts->back().positions), int(starts->back().uvs),
                      int(starts->back().normals)};
  progress.report(0.6f, "Reading OBJ");
  parallel_for(chunks.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end && !progress.cancelled(); ++i) {
      resolve_chunk(chunks[i], (*starts)[i], totals);
    }
  });
  if (progress.cancelled()) {
    return Error::cancelled();
  }
  // Faces may have been dropped.
  starts = find_starts(chunks, path);
  progress.report(0.8f, "Reading OBJ");
  Scene scene;
  gather(chunks, *starts, scene);
  report_problems(chunks, *starts, path, scene);
  StateWalker(scene, path).walk(chunks, *starts);
  progress.report(1.0f, "Reading OBJ");
  return scene;
}

Result<Scene> read_obj(const Path& path, Progress& progress) {
  const Result<MappedFile> file = MappedFile::open(path);
  if (!file) {
    return file.error();
  }
  const std::span<const std::byte> bytes = file->bytes();
  return parse_obj({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, path, progress);
}

}  // namespace kiln::io::obj
