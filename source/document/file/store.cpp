#include "document/file/store.h"

#include <cerrno>
#include <csignal>
#include <deque>
#include <fstream>
#include <unordered_set>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "core/tasks.h"
#include "document/file/chunks.h"
#include "document/file/database.h"
#include "document/file/serialization.h"
#include "document/scene.h"

namespace kiln {
namespace {

constexpr int format_version = 2;  // 1 had no links

constexpr const char* make_tables = R"(
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE blocks (uuid TEXT PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL, owner TEXT NOT NULL, properties TEXT NOT NULL);
CREATE TABLE arrays (block TEXT NOT NULL, ordinal INTEGER NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL, chunk TEXT NOT NULL,
                     PRIMARY KEY (block, ordinal, position)) WITHOUT ROWID;
CREATE TABLE chunks (hash TEXT PRIMARY KEY, size INTEGER NOT NULL, element INTEGER NOT NULL, data BLOB NOT NULL);
)";
constexpr const char* make_links = R"(
CREATE TABLE IF NOT EXISTS links (uuid TEXT PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL, library TEXT NOT NULL,
                                  source TEXT NOT NULL, is_indirect INTEGER NOT NULL) WITHOUT ROWID;
)";

// The chunks of all arrays of a block, pointing into the block.
struct ChunkRef {
  std::string array;
  std::int64_t ordinal = 0;  ///< which array of the block
  std::int64_t position = 0;
  std::string_view bytes;
  int element_size = 1;
  std::string hash;
};

class ChunkCollector final : public ArrayVisitor {
public:
  void array(std::string_view name, const void* data, std::size_t size, int element_size) override {
    const char* bytes = static_cast<const char*>(data);
    if (element_size == 1) {
      // Bytes may have been made for this call only.
      bytes = copies_.emplace_back(bytes, size).data();
    }
    std::size_t at = 0;
    do {
      chunks.push_back({std::string(name),
                        ordinal_,
                        std::int64_t(at / chunk_size),
                        std::string_view(bytes + at, std::min(chunk_size, size - at)),
                        element_size,
                        {}});
      at += chunk_size;
    } while (at < size);
    ++ordinal_;
  }
  std::vector<ChunkRef> chunks;

private:
  std::deque<std::string> copies_;
  std::int64_t ordinal_ = 0;
};

// Writes blocks into an open database within a transaction.
class Writer {
public:
  Writer(const Document& document, Database& database, Progress& progress)
      : document_(document),
        progress_(progress),
        insert_block_(database, "INSERT OR REPLACE INTO blocks VALUES (?, ?, ?, ?, ?)"),
        insert_array_(database, "INSERT INTO arrays VALUES (?, ?, ?, ?, ?)"),
        delete_arrays_(database, "DELETE FROM arrays WHERE block = ?"),
        delete_block_(database, "DELETE FROM blocks WHERE uuid = ?"),
        insert_link_(database, "INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?, ?)"),
        delete_link_(database, "DELETE FROM links WHERE uuid = ?"),
        has_block_(database, "SELECT 1 FROM blocks WHERE uuid = ?"),
        has_chunk_(database, "SELECT 1 FROM chunks WHERE hash = ?"),
        insert_chunk_(database, "INSERT OR IGNORE INTO chunks VALUES (?, ?, ?, ?)"),
        set_meta_(database, "INSERT OR REPLACE INTO meta VALUES (?, ?)"),
        database_(database) {}

  Result<void> write(const DataBlock& block, bool with_arrays) {
    if (block.is_linked()) {
      // Its content is kept by the library; what is here by way of others is found by way of them.
      return block.is_embedded() || block.link.is_indirect ? Result<void>() : write_link(block);
    }
    std::vector<BlockId> linked;
    const auto name_of = [&](BlockId id) {
      const DataBlock* other = document_.find(id);
      if (other && other->is_linked()) {
        linked.push_back(id);
      }
      return other ? other->uuid.text() : std::string();
    };
    // An override stores what differs from the block it follows.
    const DataBlock* reference = document_.find(block.library_override.reference.id);
    const std::string properties =
        block_to_json(block, prototypes_, name_of, reference)
            .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    const std::string uuid = block.uuid.text();
    report_.bytes_written += properties.size();
    ++report_.blocks_written;
    insert_block_.bind(uuid).bind(stored_type(block.dynamic_schema()).identifier).bind(block.name);
    Result<void> done = insert_block_.bind(block.owner ? name_of(block.owner) : std::string())
                            .bind(properties)
                            .finish();
    for (const BlockId id : linked) {
      done = done ? write_link(*document_.find(id)) : done;
    }
    return done && with_arrays && !reference ? write_arrays(block, uuid) : done;
  }

  Result<void> remove(const DataBlock& block) {
    if (block.is_linked()) {
      return delete_link_.bind(block.uuid.text()).finish();
    }
    const Result<void> done = delete_arrays_.bind(block.uuid.text()).finish();
    return done ? delete_block_.bind(block.uuid.text()).finish() : done;
  }

  Result<void> write_note(const char* key, const std::string& value) {
    return set_meta_.bind(key).bind(value).finish();
  }

  Result<void> write_settings() {
    report_.revision = Uuid::random().text();
    const Document::Settings& settings = document_.settings();
    const DataBlock* scene = document_.find(settings.active_scene);
    for (const auto& [key, value] :
         {std::pair<std::string, std::string>{"format_version", std::to_string(format_version)},
          {"active_scene", scene ? scene->uuid.text() : ""},
          {"active_view_layer", settings.active_view_layer},
          {"revision", report_.revision}}) {
      const Result<void> done = set_meta_.bind(key).bind(value).finish();
      if (!done) {
        return done;
      }
    }
    return {};
  }

  Result<void> drop_unused_chunks() {
    return database_.run("DELETE FROM chunks WHERE hash NOT IN (SELECT chunk FROM arrays)");
  }
  const SaveReport& report() const { return report_; }

private:
  Result<void> write_link(const DataBlock& block) {
    if (!links_written_.insert(block.id).second) {
      return {};
    }
    const DataBlock* library = document_.find(block.link.library);
    if (!library) {
      return {};
    }
    const std::string library_uuid = library->uuid.text();
    has_block_.bind(library_uuid);
    const bool is_known = has_block_.step();
    Result<void> done = has_block_.finish();
    if (done && !is_known) {
      done = write(*library, false);
    }
    if (!done) {
      return done;
    }
    insert_link_.bind(block.uuid.text())
        .bind(stored_type(block.dynamic_schema()).identifier)
        .bind(block.name)
        .bind(library_uuid);
    return insert_link_.bind(block.link.uuid.text())
        .bind(std::int64_t(block.link.is_indirect))
        .finish();
  }

  Result<void> write_arrays(const DataBlock& block, const std::string& uuid) {
    ChunkCollector collector;
    block.visit_arrays(collector);
    std::vector<ChunkRef>& chunks = collector.chunks;
    Result<void> done = delete_arrays_.bind(uuid).finish();
    parallel_for(chunks.size(), 4, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        Hasher hasher;
        hasher.add(std::int32_t(chunks[i].element_size));
        hasher.add_bytes(chunks[i].bytes.data(), chunks[i].bytes.size());
        chunks[i].hash = hasher.finish().hex();
      }
    });
    // Compressed in batches on all cores, written by one.
    constexpr std::size_t batch = 32;
    for (std::size_t first = 0; done && first < chunks.size(); first += batch) {
      if (progress_.cancelled()) {
        return Error::cancelled();
      }
      const std::size_t count = std::min(batch, chunks.size() - first);
      std::vector<char> is_new(count, 0);
      for (std::size_t i = 0; i < count; ++i) {
        has_chunk_.bind(chunks[first + i].hash);
        is_new[i] = !has_chunk_.step();
        static_cast<void>(has_chunk_.finish());
      }
      std::vector<std::string> compressed(count);
      parallel_for(count, 8, [&](std::size_t begin, std::size_t end) {
        ChunkCodec codec;
        for (std::size_t i = begin; i < end; ++i) {
          if (is_new[i]) {
            compressed[i] = codec.compress(chunks[first + i].bytes, chunks[first + i].element_size);
          }
        }
      });
      for (std::size_t i = 0; done && i < count; ++i) {
        const ChunkRef& chunk = chunks[first + i];
        if (is_new[i]) {
          insert_chunk_.bind(chunk.hash)
              .bind(std::int64_t(chunk.bytes.size()))
              .bind(std::int64_t(chunk.element_size));
          done = insert_chunk_.bind_bytes(compressed[i]).finish();
          report_.bytes_written += compressed[i].size();
        }
        ++(is_new[i] ? report_.chunks_written : report_.chunks_shared);
        if (done) {
          done = insert_array_.bind(uuid)
                     .bind(chunk.ordinal)
                     .bind(chunk.array)
                     .bind(chunk.position)
                     .bind(chunk.hash)
                     .finish();
        }
      }
    }
    return done;
  }

  const Document& document_;
  Progress& progress_;
  Prototypes prototypes_;
  std::unordered_set<BlockId> links_written_;
  Database::Statement insert_block_, insert_array_, delete_arrays_, delete_block_, insert_link_,
      delete_link_, has_block_, has_chunk_, insert_chunk_, set_meta_;
  Database& database_;
  SaveReport report_;
};

bool has_arrays(const DataBlock& block) {
  ChunkCollector collector;
  block.visit_arrays(collector);
  return !collector.chunks.empty();
}

// A new file is written beside the old one; the name tells which process is at it. Names have at
// most 255 bytes.
std::string temporary_prefix(const Path& path) {
  return path.filename().string().substr(0, 200) + ".saving-";
}
Path temporary_name(const Path& path, const Path& folder) {
  return folder / (temporary_prefix(path) + std::to_string(::getpid()));
}

// Removes what processes that are gone have left half-written.
void remove_leftovers(const Path& path, const Path& folder) {
  const std::string prefix = temporary_prefix(path);
  std::error_code problem;
  for (const auto& entry : std::filesystem::directory_iterator(folder, problem)) {
    const std::string name = entry.path().filename().string();
    const int process = name.starts_with(prefix) ? std::atoi(name.c_str() + prefix.size()) : 0;
    if (process > 0 && process != ::getpid() && ::kill(process, 0) != 0 && errno == ESRCH) {
      std::filesystem::remove(entry.path(), problem);
    }
  }
}

Result<SaveReport> write_all(const Document& document, const Path& path, Progress& progress,
                             const Path& original_path) {
  Result<Database> database = Database::open(path, true, true);
  if (!database) {
    return database.error();
  }
  // The file is new and becomes visible when it is complete: no journal is needed, but it must be
  // on the disk before the rename.
  Result<void> done = database->run(
      "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA "
      "application_id = 1263094862;");
  if (done) {
    done = database->run("BEGIN");
  }
  if (done) {
    done = database->run(make_tables);
  }
  if (done) {
    done = database->run(make_links);
  }
  SaveReport report;
  if (done) {
    Writer writer(document, *database, progress);
    const std::size_t total = document.block_count();
    std::size_t written = 0;
    document.for_each([&](const DataBlock& block) {
      if (done) {
        done = progress.cancelled() ? Result<void>(Error::cancelled()) : writer.write(block, true);
        progress.report(float(++written) / float(total + 1), "Saving");
      }
    });
    if (done) {
      done = writer.write_settings();
    }
    if (done && !original_path.empty()) {
      done = writer.write_note(original_path_key, original_path.string());
    }
    report = writer.report();
  }
  if (done) {
    done = database->run("COMMIT");
  }
  if (!done) {
    return done.error();
  }
  return report;
}

// Asks the system to write a file or folder to the disk.
bool flush_to_disk(const Path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    return false;
  }
  const bool good = ::fsync(file) == 0;
  ::close(file);
  return good;
}

// A program that was killed in the middle of an incremental save leaves a journal beside the file.
// It belongs to that file alone: the next one to open it would roll it back into whatever has the
// name by then. Opening the old file settles it.
void settle_journal(const Path& path) {
  Path journal = path;
  journal += "-journal";
  std::error_code problem;
  if (!std::filesystem::exists(journal, problem)) {
    return;
  }
  if (Result<Database> old = Database::open(path, true, false)) {
    (void)old->run("BEGIN IMMEDIATE; ROLLBACK;");
  }
  std::filesystem::remove(journal, problem);
}

std::string revision_of(const Database& database) {
  Database::Statement select(database, "SELECT value FROM meta WHERE key = 'revision'");
  return select.step() ? select.text(0) : std::string();
}

}  // namespace

Result<SaveReport> save_document(const Document& document, const Path& wanted, Progress& progress,
                                 const Path& original_path) {
  std::error_code problem;
  // What a link points to is replaced, not the link.
  const Path path = std::filesystem::is_symlink(wanted, problem)
                        ? std::filesystem::weakly_canonical(wanted, problem)
                        : wanted;
  const Path folder = path.has_parent_path() ? path.parent_path() : Path(".");
  const std::filesystem::file_status old = std::filesystem::status(path, problem);
  if (std::filesystem::is_directory(old)) {
    return Error::unreadable(path, "cannot be written: it is a folder");
  }
  if (std::filesystem::exists(old) && !std::filesystem::is_regular_file(old)) {
    return Error::unreadable(path, "cannot be written: it is no ordinary file");
  }
  if (problem && problem != std::errc::no_such_file_or_directory) {
    return Error::unreadable(path, "cannot be written: " + problem.message());
  }
  if (!std::filesystem::is_directory(folder, problem)) {
    return Error::unreadable(path, "cannot be written: there is no folder " + folder.string());
  }
  remove_leftovers(path, folder);
  const Path temporary = temporary_name(path, folder);
  std::filesystem::remove(temporary, problem);
  Result<SaveReport> report = write_all(document, temporary, progress, original_path);
  if (!report && report.error().kind != Error::Kind::Cancelled) {
    // The user knows the file by its own name.
    std::string message = report.error().message;
    if (const std::size_t at = message.find(temporary.string()); at != std::string::npos) {
      message.replace(at, temporary.string().size(), path.string());
    }
    report = Error{report.error().kind, std::move(message)};
  }
  if (report && !flush_to_disk(temporary)) {
    report = Error::unreadable(path, "cannot be written to the disk");
  }
  if (report && std::filesystem::exists(old)) {
    std::filesystem::permissions(temporary, old.permissions(), problem);
  }
  if (report) {
    settle_journal(path);
    std::filesystem::rename(temporary, path, problem);
    if (problem) {
      report = Error::unreadable(path, "cannot be replaced: " + problem.message());
    } else {
      flush_to_disk(folder);
    }
  }
  if (!report) {
    std::filesystem::remove(temporary, problem);
    std::filesystem::remove(temporary.string() + "-journal", problem);
  }
  return report;
}

Result<SaveReport> save_changes(const Document& document, const SavedState& state, const Path& path,
                                Progress& progress) {
  const Document& saved = state.document;
  if (!is_document_file(path)) {
    return save_document(document, path, progress);
  }
  Result<Database> database = Database::open(path, true, false);
  if (!database) {
    return database.error();
  }
  // Another program may have put something else there.
  if (revision_of(*database) != state.revision) {
    database = Error::cancelled();  // closed before it is replaced
    return save_document(document, path, progress);
  }
  const ChangeSet changes = Document::difference(saved, document);
  Result<void> done =
      database->run("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; BEGIN IMMEDIATE");
  if (!done) {
    return done.error();
  }
  done = database->run(make_links);
  SaveReport report;
  if (done) {
    Writer writer(document, *database, progress);
    bool drops_chunks = false;
    // What is gone goes first: something else may have its uuid by now.
    for (const BlockChange& change : changes.blocks) {
      const DataBlock* old = saved.find(change.block);
      const DataBlock* block = document.find(change.block);
      const bool is_another =
          old && block && (old->uuid != block->uuid || old->is_linked() != block->is_linked());
      if (done && old && (!block || is_another)) {
        drops_chunks = drops_chunks || has_arrays(*old);
        done = writer.remove(*old);
      }
    }
    for (const BlockChange& change : changes.blocks) {
      const DataBlock* block = document.find(change.block);
      if (!done || !block) {
        continue;
      }
      const DataBlock* old = saved.find(change.block);
      const bool writes_arrays = !old || old->uuid != block->uuid ||
                                 any(change.kinds & (Change::Geometry | Change::Shading));
      drops_chunks = drops_chunks || (change.what == BlockChange::What::Edited && writes_arrays &&
                                      has_arrays(*block));
      done = writer.write(*block, writes_arrays);
    }
    if (done) {
      done = writer.write_settings();
    }
    if (done && drops_chunks) {
      done = writer.drop_unused_chunks();
    }
    report = writer.report();
  }
  if (done) {
    done = database->run("COMMIT");
  }
  if (!done) {
    static_cast<void>(database->run("ROLLBACK"));
    return done.error();
  }
  return report;
}

bool is_document_file(const Path& path) {
  std::ifstream stream(path, std::ios::binary);
  char head[16] = {};
  stream.read(head, sizeof(head));
  return stream.gcount() == 16 && std::string_view(head, 15) == "SQLite format 3";
}

}  // namespace kiln
