#include "document/file/file_source.h"

#include <nlohmann/json.hpp>

#include "core/schema/registry.h"
#include "core/tasks.h"
#include "document/file/chunks.h"
#include "document/file/store.h"

namespace kiln {
namespace {

using nlohmann::json;

constexpr int newest_format_version = 2;
// An array may be much larger than the file (zeros, shared chunks), but not without limit.
constexpr std::uintmax_t always_allowed_bytes = std::uintmax_t(4) << 30;
constexpr std::uintmax_t allowed_ratio = 1000;
constexpr std::size_t chunks_at_once = 64;

// One chunk of an array, compressed: a part of a common buffer.
struct StoredChunk {
  std::size_t begin = 0, compressed_size = 0;
  std::size_t size = 0;
  int element_size = 1;
};

// Whoever goes through JSON calls itself for what is nested.
bool is_too_deep(std::string_view text) {
  constexpr int max_depth = 512;
  int depth = 0;
  bool is_in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      is_in_text = !is_in_text;
    } else if (is_in_text && c == '\\') {
      ++i;
    } else if (!is_in_text && (c == '{' || c == '[')) {
      if (++depth > max_depth) {
        return true;
      }
    } else if (!is_in_text && (c == '}' || c == ']')) {
      --depth;
    }
  }
  return false;
}

void collect_references(const json& value, std::vector<std::string>& out) {
  if (value.is_object()) {
    const auto reference = value.find("_ref");
    if (reference != value.end() && reference->is_string()) {
      out.push_back(reference->get<std::string>());
    }
    const auto type = value.find("type");
    const auto custom = value.find("value");
    if (type != value.end() && custom != value.end() && *type == "block" && custom->is_string()) {
      out.push_back(custom->get<std::string>());
    }
  }
  if (value.is_structured()) {
    for (const json& item : value) {
      collect_references(item, out);
    }
  }
}

}  // namespace

void FileSource::Buffers::reserve(std::size_t size, std::size_t used) {
  if (size <= capacity && bytes) {
    return;
  }
  capacity = std::max({size, capacity + capacity / 2, chunk_size});
  auto larger = std::make_unique_for_overwrite<char[]>(capacity);
  std::copy_n(bytes.get(), used, larger.get());
  bytes = std::move(larger);
}

FileSource::FileSource(Database database, Path path)
    : database_(std::make_unique<Database>(std::move(database))), path_(std::move(path)) {}

Result<FileSource> FileSource::open(const Path& path) {
  std::error_code problem;
  if (!std::filesystem::exists(path, problem)) {
    return Error::unreadable(path, problem && problem != std::errc::no_such_file_or_directory
                                       ? "cannot be opened: " + problem.message()
                                       : "there is no such file");
  }
  if (!is_document_file(path)) {
    return Error::malformed(path, "is no Kiln document");
  }
  // A save that was cut off left its journal: opened for writing, SQLite takes the half-done part
  // back.
  const bool was_cut_off = std::filesystem::exists(path.string() + "-journal", problem);
  Result<Database> database = Database::open(path, was_cut_off, false);
  if (!database) {
    return database.error();
  }
  FileSource source(std::move(*database), path);
  // One transaction for all that is read: nobody writes in between, and locks are taken once.
  const Result<void> begun = source.database_->run("BEGIN");
  if (!begun) {
    return begun.error();
  }
  source.file_size_ = std::filesystem::file_size(path, problem);
  if (problem) {
    return Error::unreadable(path, "cannot be read: " + problem.message());
  }
  const Result<void> done = source.read_index();
  if (!done) {
    return done.error();
  }
  return source;
}

Result<void> FileSource::read_index() {
  Database::Statement meta(*database_, "SELECT key, value FROM meta");
  if (!meta.is_good()) {
    return Error::malformed(path_, "is damaged or no Kiln document");
  }
  while (meta.step()) {
    meta_[meta.text(0)] = meta.text(1);
  }
  const int version = std::atoi(meta_["format_version"].c_str());
  if (meta.failed() || version < 1) {
    return Error::malformed(path_, "is damaged or no Kiln document");
  }
  if (version > newest_format_version) {
    return Error::malformed(path_, "has format version {}; this version of Kiln reads up to {}",
                            version, newest_format_version);
  }
  Database::Statement blocks(*database_,
                             "SELECT uuid, type, name, owner FROM blocks ORDER BY rowid");
  while (blocks.step()) {
    rows_.push_back({blocks.text(0), blocks.text(1), blocks.text(2), blocks.text(3)});
    if (!row_index_.emplace(rows_.back().uuid, rows_.size() - 1).second) {
      return Error::malformed(path_, "has two data-blocks with the uuid \"{}\"", rows_.back().uuid);
    }
  }
  if (!blocks.is_good() || blocks.failed()) {
    return Error::malformed(path_, "its table of data-blocks is damaged");
  }
  if (version >= 2) {
    Database::Statement links(*database_,
                              "SELECT uuid, type, name, library, source, is_indirect FROM links");
    while (links.step()) {
      links_.push_back({links.text(0), links.text(1), links.text(2), links.text(3), links.text(4),
                        links.number(5) != 0});
      link_index_.emplace(links_.back().uuid, links_.size() - 1);
    }
    if (!links.is_good() || links.failed()) {
      return Error::malformed(path_, "its table of links is damaged");
    }
  }
  return {};
}

std::string FileSource::meta(const std::string& key) const {
  const auto found = meta_.find(key);
  return found == meta_.end() ? std::string() : found->second;
}

const FileSource::Row* FileSource::row(const std::string& uuid) const {
  const auto found = row_index_.find(uuid);
  return found == row_index_.end() ? nullptr : &rows_[found->second];
}

const FileSource::Link* FileSource::link(const std::string& uuid) const {
  const auto found = link_index_.find(uuid);
  return found == link_index_.end() ? nullptr : &links_[found->second];
}

Result<json> FileSource::properties(const Row& row) const {
  if (!select_properties_) {
    select_properties_ = std::make_unique<Database::Statement>(
        *database_, "SELECT properties FROM blocks WHERE uuid = ?");
  }
  Database::Statement& select = *select_properties_;
  select.bind(row.uuid);
  const json properties = select.step() ? parse_properties(select.bytes(0)) : json();
  if (!select.finish() || !properties.is_object()) {
    return Error::malformed(path_, "{} \"{}\": its properties are damaged", row.type, row.name);
  }
  return properties;
}

Result<std::vector<FileSource::StoredArray>> FileSource::arrays(const Row& row) const {
  Database::Statement select(*database_,
                             "SELECT a.ordinal, a.name, a.chunk, c.size FROM arrays a "
                             "LEFT JOIN chunks c ON c.hash = a.chunk WHERE a.block = ? "
                             "ORDER BY a.ordinal, a.position");
  select.bind(row.uuid);
  std::vector<StoredArray> found;
  std::int64_t ordinal = -1;
  while (select.step()) {
    if (select.number(0) != ordinal || found.empty()) {
      ordinal = select.number(0);
      found.push_back({select.text(1), 0, {}});
    }
    found.back().chunks.push_back(select.text(2));
    found.back().bytes += std::uint64_t(std::max<std::int64_t>(0, select.number(3)));
  }
  if (!select.finish()) {
    return Error::malformed(path_, "{} \"{}\": its arrays are damaged", row.type, row.name);
  }
  return found;
}

Result<void> FileSource::read_arrays(const Row& row, DataBlock& block) const {
  if (!select_arrays_) {
    select_arrays_ = std::make_unique<Database::Statement>(
        *database_,
        "SELECT a.name, a.ordinal, a.position, c.size, c.element, c.data "
        "FROM arrays a LEFT JOIN chunks c ON c.hash = a.chunk "
        "WHERE a.block = ? ORDER BY a.ordinal, a.position");
  }
  Database::Statement& select = *select_arrays_;
  select.bind(row.uuid);
  const auto damaged = [&](const std::string& array, std::string_view what) {
    return Error::malformed(path_, "{} \"{}\": array \"{}\" {}", row.type, row.name, array, what);
  };
  std::string name;
  std::size_t filled = 0;  // of bytes_
  std::int64_t ordinal = -1, expected = 0;
  std::vector<StoredChunk> waiting;
  std::vector<char>& compressed = buffers_.compressed;
  compressed.clear();
  // Decompresses on all cores what has been read so far.
  const auto decompress = [&]() -> Result<void> {
    std::size_t total = filled;
    std::vector<std::size_t> starts;
    for (const StoredChunk& chunk : waiting) {
      starts.push_back(total);
      total += chunk.size;
    }
    if (total > std::max(always_allowed_bytes, allowed_ratio * file_size_)) {
      return damaged(name, "is larger than allowed");
    }
    buffers_.reserve(total, filled);
    char* const bytes = buffers_.bytes.get();
    std::vector<std::optional<Error>> errors(waiting.size());
    parallel_for(waiting.size(), 8, [&](std::size_t begin, std::size_t end) {
      ChunkCodec codec;
      for (std::size_t i = begin; i < end; ++i) {
        const StoredChunk& chunk = waiting[i];
        const Result<void> done =
            codec.decompress({compressed.data() + chunk.begin, chunk.compressed_size},
                             chunk.element_size, {bytes + starts[i], chunk.size});
        if (!done) {
          errors[i] = done.error();
        }
      }
    });
    waiting.clear();
    compressed.clear();
    filled = total;
    for (const auto& error : errors) {
      if (error) {
        return damaged(name, error->message);
      }
    }
    return {};
  };
  const auto flush = [&]() -> Result<void> {
    if (ordinal < 0) {
      return {};
    }
    const Result<void> done = decompress();
    if (!done) {
      return done;
    }
    if (!block.set_array(name, {buffers_.bytes.get(), filled})) {
      return damaged(name, fmt::format("of {} bytes does not fit", filled));
    }
    filled = 0;
    expected = 0;
    return {};
  };
  while (select.step()) {
    if (select.number(1) != ordinal) {
      const Result<void> done = flush();
      if (!done) {
        return done;
      }
      ordinal = select.number(1);
      name = select.text(0);
    }
    const std::int64_t size = select.number(3), element = select.number(4);
    if (ordinal < 0 || select.number(2) != expected++ || size < 0 ||
        size > std::int64_t(chunk_size) || element < 1 || element > 16) {
      return damaged(name, "has gaps or is damaged");
    }
    const std::string_view data = select.bytes(5);
    waiting.push_back({compressed.size(), data.size(), std::size_t(size), int(element)});
    compressed.insert(compressed.end(), data.begin(), data.end());
    if (waiting.size() >= chunks_at_once) {
      const Result<void> done = decompress();
      if (!done) {
        return done;
      }
    }
  }
  if (!select.finish()) {
    return damaged(name, "cannot be read");
  }
  return flush();
}

json parse_properties(std::string_view text) {
  json properties =
      is_too_deep(text) ? json() : json::parse(text, nullptr, /*allow_exceptions=*/false);
  return properties.is_object() ? std::move(properties) : json();
}

std::vector<std::string> stored_references(const json& properties) {
  std::vector<std::string> references;
  collect_references(properties, references);
  return references;
}

std::shared_ptr<DataBlock> make_stored_block(const std::string& type, const Registry& registry) {
  // Kinds of lights and trees share one struct: it is made through the type they derive from.
  for (const Schema* schema = registry.find(type); schema; schema = schema->base) {
    if (schema->make && schema->is_a(DataBlock::schema())) {
      return std::shared_ptr<DataBlock>(static_cast<DataBlock*>(schema->make()));
    }
  }
  return nullptr;
}

}  // namespace kiln
