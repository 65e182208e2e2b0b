#include "document/file/store.h"

#include <fstream>

#include "core/log.h"
#include "core/stopwatch.h"
#include "document/file/block_writer.h"
#include "document/file/history.h"
#include "document/file/preview.h"
#include "document/file/versions.h"

namespace kiln {
namespace {

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

Result<SaveReport> write_all(const Document& document, const Path& path, Progress& progress,
                             const SaveOptions& options) {
  Result<Database> database = Database::open(path, true, true);
  if (!database) {
    return database.error();
  }
  // The file is new and becomes visible when it is complete: no journal is needed, but it must be
  // on the disk before the rename.
  Result<void> done = database->run(
      "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA "
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
    BlockWriter writer(document, *database, progress);
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
    if (done && !options.preview.empty()) {
      done = writer.write_note(preview_key, options.preview);
    }
    if (done && !options.original_path.empty()) {
      done = writer.write_note(original_path_key, options.original_path.string());
    }
    if (done && options.history) {
      const Result<bool> kept = write_history(*options.history, *database, writer);
      done = kept ? Result<void>() : Result<void>(kept.error());
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

// What a link points to is replaced, not the link.
Path behind_links(const Path& path) {
  std::error_code problem;
  return std::filesystem::is_symlink(path, problem)
             ? std::filesystem::weakly_canonical(path, problem)
             : path;
}

std::string revision_of(const Database& database) {
  Database::Statement select(database, "SELECT value FROM meta WHERE key = 'revision'");
  return select.step() ? select.text(0) : std::string();
}

}  // namespace

Result<SaveReport> save_document(const Document& document, const Path& wanted, Progress& progress,
                                 const SaveOptions& options) {
  std::error_code problem;
  const Path path = behind_links(wanted);
  const Path folder = folder_of(path);
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
  remove_leftovers(path);
  const Path temporary = temporary_name(path);
  std::filesystem::remove(temporary, problem);
  const Stopwatch watch;
  Result<SaveReport> report = write_all(document, temporary, progress, options);
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
    if (is_document_file(path)) {
      shift_versions(path, options.versions);
    }
    std::filesystem::rename(temporary, path, problem);
    if (problem) {
      report = Error::unreadable(path, "cannot be replaced: " + problem.message());
    } else {
      flush_to_disk(folder);
      trace("file", "wrote \"{}\" in {:.3f} s", path.string(), watch.seconds());
    }
  }
  if (!report) {
    std::filesystem::remove(temporary, problem);
    std::filesystem::remove(temporary.string() + "-journal", problem);
  }
  return report;
}

namespace {

// Writes into a database that holds `saved` what differs from it.
Result<SaveReport> write_changes(const Document& document, const Document& saved,
                                 Database& database, Progress& progress,
                                 const SaveOptions& options) {
  const ChangeSet changes = Document::difference(saved, document);
  Result<void> done =
      database.run("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; BEGIN IMMEDIATE");
  if (!done) {
    return done.error();
  }
  done = database.run(make_links);
  SaveReport report;
  if (done) {
    BlockWriter writer(document, database, progress);
    bool drops_chunks = false;
    // What is gone goes first: something else may have its uuid by now.
    for (const BlockChange& change : changes.blocks) {
      const DataBlock* old = saved.find(change.block);
      const DataBlock* block = document.find(change.block);
      const bool is_another =
          old && block && (old->uuid != block->uuid || old->is_linked() != block->is_linked());
      if (done && old && (!block || is_another)) {
        drops_chunks = drops_chunks || has_stored_arrays(*old);
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
                                      has_stored_arrays(*block));
      done = writer.write(*block, writes_arrays);
    }
    if (done) {
      done = writer.write_settings();
    }
    if (done) {
      done = options.preview.empty() ? database.run("DELETE FROM meta WHERE key = 'preview'")
                                     : writer.write_note(preview_key, options.preview);
    }
    if (done && options.history) {
      const Result<bool> dropped = write_history(*options.history, database, writer);
      done = dropped ? Result<void>() : Result<void>(dropped.error());
      drops_chunks = drops_chunks || (dropped && *dropped);
    }
    if (done && drops_chunks) {
      done = writer.drop_unused_chunks();
    }
    report = writer.report();
  }
  if (done) {
    done = database.run("COMMIT");
  }
  if (!done) {
    static_cast<void>(database.run("ROLLBACK"));
    return done.error();
  }
  return report;
}

}  // namespace

Result<SaveReport> save_changes(const Document& document, const SavedState& state,
                                const Path& wanted, Progress& progress,
                                const SaveOptions& options) {
  const Path path = behind_links(wanted);
  const auto holds = [](const Path& file, const std::string& revision) {
    const Result<Database> database =
        is_document_file(file) ? Database::open(file, false, false) : Error::cancelled();
    return database && revision_of(*database) == revision;
  };
  // Another program may have put something else there.
  if (!holds(path, state.revision)) {
    return save_document(document, path, progress, options);
  }
  const auto bring_up = [&](const Path& file, const Document& from) -> Result<SaveReport> {
    Result<Database> database = Database::open(file, true, false);
    return database ? write_changes(document, from, *database, progress, options)
                    : Result<SaveReport>(database.error());
  };
  if (options.versions < 1) {
    return bring_up(path, state.document);
  }
  // The oldest version becomes the newest: it is brought up to date and put in the place of the
  // file, which becomes the first version as it is.
  const Path last = version_path(path, options.versions);
  for (const SavedState& older : options.older) {
    if (holds(last, older.revision)) {
      Result<SaveReport> report = bring_up(last, older.document);
      const Result<void> done = report ? rotate_versions(path, options.versions) : Result<void>();
      if (!done) {
        return done.error();
      }
      if (report) {
        report->older.push_back(state);
      }
      return report;
    }
  }
  // No version is known yet: the file has to be copied. A large one is copied when it has been
  // written, so that nobody waits for it.
  const Path copy = temporary_name(path);
  const bool is_copied = copy_shared_or_small(path, copy);
  Result<SaveReport> report = bring_up(path, state.document);
  std::error_code problem;
  if (report && is_copied) {
    if (add_version(path, options.versions, copy)) {
      report->older.push_back(state);
    }
  } else if (report) {
    report->lacks_version = true;
  }
  std::filesystem::remove(copy, problem);
  return report;
}

Result<SavedState> save_version(const Document& before, const SavedState& now, const Path& wanted,
                                int versions, Progress& progress) {
  const Path path = behind_links(wanted);
  const Path copy = temporary_name(path);
  Result<void> done = copy_whole_file(path, copy);
  Result<SaveReport> report = Error::cancelled();
  if (done) {
    Result<Database> database = Database::open(copy, true, false);
    report = database ? write_changes(before, now.document, *database, progress, {})
                      : Result<SaveReport>(database.error());
    done = report ? Result<void>() : Result<void>(report.error());
  }
  if (done) {
    done = add_version(path, versions, copy);
  }
  std::error_code problem;
  std::filesystem::remove(copy, problem);
  if (!done) {
    return done.error();
  }
  return SavedState{before, report->revision};
}

bool is_document_file(const Path& path) {
  std::ifstream stream(path, std::ios::binary);
  char head[16] = {};
  stream.read(head, sizeof(head));
  return stream.gcount() == 16 && std::string_view(head, 15) == "SQLite format 3";
}

}  // namespace kiln
