// Writing histories.
#include "document/file/history.h"

#include <algorithm>

namespace kiln {
namespace {

constexpr const char* make_tables = R"(
CREATE TABLE IF NOT EXISTS history (position INTEGER PRIMARY KEY, id TEXT NOT NULL, label TEXT NOT NULL, active_scene TEXT NOT NULL,
                                    active_view_layer TEXT NOT NULL, bytes INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS history_changes (uuid TEXT NOT NULL, position INTEGER NOT NULL, version INTEGER NOT NULL,
                                            PRIMARY KEY (uuid, position)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS history_versions (version INTEGER PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL, owner TEXT NOT NULL,
                                             library TEXT NOT NULL, source TEXT NOT NULL, properties TEXT NOT NULL);
)";

// What no step has any more.
constexpr const char* drop_unused_versions = R"(
DELETE FROM history_versions WHERE version NOT IN (SELECT version FROM history_changes);
DELETE FROM arrays WHERE block LIKE '@%' AND CAST(SUBSTR(block, 2) AS INTEGER) NOT IN (SELECT version FROM history_versions);
)";

// At the first step that is left, one row a block tells what it is; blocks that never change from
// there on need none.
constexpr const char* merge_first_steps = R"(
DELETE FROM history_changes WHERE EXISTS (
  SELECT 1 FROM history_changes later WHERE later.uuid = history_changes.uuid AND later.position > history_changes.position
  AND later.position <= (SELECT MIN(position) FROM history));
DELETE FROM history_changes WHERE position <= (SELECT MIN(position) FROM history)
  AND NOT EXISTS (SELECT 1 FROM history_changes later WHERE later.uuid = history_changes.uuid AND later.position > history_changes.position);
)";

// Whether a file stores the block itself.
bool is_kept(const DataBlock* block) {
  return block && !(block->is_linked() && (block->is_embedded() || block->link.is_indirect));
}

// About what keeping a step takes: two versions of the properties of each block, and the arrays
// that were written, of which most chunks are usually the same as before.
std::uint64_t expected_bytes(const Document& before, const Document& after) {
  std::uint64_t bytes = 0;
  for (const BlockChange& change : Document::difference(before, after).blocks) {
    const DataBlock *old = before.find(change.block), *now = after.find(change.block);
    bytes += 800;
    if (!now) {
      continue;
    }
    const std::vector<ArrayPlace> former = old ? array_places(*old) : std::vector<ArrayPlace>();
    for (const ArrayPlace& array : array_places(*now)) {
      const bool is_shared = std::any_of(former.begin(), former.end(), [&](const ArrayPlace& f) {
        return f.name == array.name && f.size == array.size && f.data && f.data == array.data;
      });
      bytes += is_shared ? 0 : array.size / 8;
    }
  }
  return bytes;
}

class Writer {
public:
  Writer(const SavedHistory& history, Database& database, BlockWriter& writer)
      : history_(history), database_(database), writer_(writer) {}

  Result<bool> run() {
    for (const auto step :
         {&Writer::prepare, &Writer::drop_old, &Writer::append, &Writer::shrink, &Writer::finish}) {
      const Result<void> done = (this->*step)();
      if (!done) {
        return done.error();
      }
    }
    return drops_chunks_;
  }

private:
  Result<void> prepare() {
    const Result<void> done = database_.run(make_tables);
    if (!done) {
      return done;
    }
    Database::Statement select(database_, "SELECT position, id FROM history ORDER BY position");
    while (select.step()) {
      stored_.emplace_back(select.number(0), select.text(1));
    }
    Database::Statement top(database_, "SELECT COALESCE(MAX(version), 0) FROM history_versions");
    next_version_ = top.step() ? top.number(0) + 1 : 1;
    is_known_.emplace(database_, "SELECT 1 FROM history_changes WHERE uuid = ?");
    insert_change_.emplace(database_, "INSERT OR REPLACE INTO history_changes VALUES (?, ?, ?)");
    insert_version_.emplace(database_, "INSERT INTO history_versions VALUES (?, ?, ?, ?, ?, ?, ?)");
    return select.failed() || top.failed() ? Result<void>(database_.error("reading the history"))
                                           : Result<void>();
  }

  // Steps that both have stay, where what comes after them can be told.
  Result<void> drop_old() {
    const auto& steps = history_.steps;
    std::size_t common = 0;  // of steps, one beyond the last that is stored
    std::vector<std::int64_t> kept;
    std::size_t at = 0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const std::string id = steps[i].id.text();
      for (std::size_t k = at; k < stored_.size(); ++k) {
        if (stored_[k].second == id) {
          kept.push_back(stored_[k].first);
          at = k + 1;
          common = i + 1;
          break;
        }
      }
    }
    // A single step that changed more than there is room for, and all before it, are not kept.
    first_ = common;
    std::uint64_t bytes = 0;
    for (std::size_t i = steps.size(); i-- > common;) {
      const bool has_former = i > 0 && steps[i].is_loaded && steps[i - 1].is_loaded;
      bytes += has_former ? expected_bytes(steps[i - 1].state, steps[i].state) : 0;
      if (!has_former || bytes > history_.max_bytes) {
        kept.clear();
        first_ = steps[i].is_loaded ? i : i + 1;
        break;
      }
    }
    if (kept.size() == stored_.size()) {
      last_position_ = kept.empty() ? 0 : kept.back();
      is_continued_ = !kept.empty();
      return {};
    }
    drops_chunks_ = true;
    if (kept.empty()) {
      return database_.run(
          "DELETE FROM history; DELETE FROM history_changes; DELETE FROM history_versions; "
          "DELETE FROM arrays WHERE block LIKE '@%'");
    }
    Database::Statement remove(database_, "DELETE FROM history WHERE position = ?");
    Result<void> done;
    for (const auto& [position, id] : stored_) {
      if (done && !std::binary_search(kept.begin(), kept.end(), position)) {
        done = remove.bind(position).finish();
      }
    }
    last_position_ = kept.back();
    is_continued_ = true;
    if (done) {
      Database::Statement undone(database_, "DELETE FROM history_changes WHERE position > ?");
      done = undone.bind(last_position_).finish();
    }
    if (done) {
      done = database_.run(merge_first_steps);
    }
    return done ? database_.run(drop_unused_versions) : done;
  }

  Result<void> append() {
    const auto& steps = history_.steps;
    for (std::size_t i = first_; i < steps.size(); ++i) {
      if (!steps[i].is_loaded) {
        return {};  // it is in the file, or nowhere
      }
      step_bytes_ = 0;
      const std::int64_t position = ++last_position_;
      Result<void> done;
      if (is_continued_) {
        done = write_changes(steps[i - 1].state, steps[i].state, position);
      }
      is_continued_ = true;
      if (!done) {
        return done;
      }
      const Document::Settings& settings = steps[i].state.settings();
      const DataBlock* scene = steps[i].state.find(settings.active_scene);
      Database::Statement insert(database_, "INSERT INTO history VALUES (?, ?, ?, ?, ?, ?)");
      insert.bind(position).bind(steps[i].id.text()).bind(valid_name(steps[i].label, 200));
      insert.bind(scene ? scene->uuid.text() : std::string()).bind(settings.active_view_layer);
      done = insert.bind(step_bytes_).finish();
      if (!done) {
        return done;
      }
    }
    return {};
  }

  Result<void> write_changes(const Document& before, const Document& after, std::int64_t position) {
    for (const BlockChange& change : Document::difference(before, after).blocks) {
      const DataBlock *old = before.find(change.block), *now = after.find(change.block);
      old = is_kept(old) ? old : nullptr;
      now = is_kept(now) ? now : nullptr;
      Result<void> done;
      if (old && now && old->uuid != now->uuid) {
        done = write_change(before, old, after, nullptr, position);
        old = nullptr;
      }
      if (done && (old || now)) {
        done = write_change(before, old, after, now, position);
      }
      if (!done) {
        return done;
      }
    }
    return {};
  }

  Result<void> write_change(const Document& before, const DataBlock* old, const Document& after,
                            const DataBlock* now, std::int64_t position) {
    const std::string uuid = (now ? now : old)->uuid.text();
    is_known_->bind(uuid);
    const bool has_versions = is_known_->step();
    Result<void> done = is_known_->finish();
    if (done && !has_versions) {
      // What it was before, in all steps that are kept.
      done = insert_change(uuid, 0, before, old);
    }
    done = done ? insert_change(uuid, position, after, now) : done;
    if (!done || !now || !has_stored_arrays(*now)) {
      return done;
    }
    // What going back to the step before needs: chunks that the step replaced or added.
    Database::Statement size(
        database_,
        "SELECT COALESCE(SUM(LENGTH(data)), 0) FROM chunks WHERE hash IN (SELECT chunk FROM arrays "
        "WHERE block IN (SELECT '@' || version FROM history_changes WHERE uuid = ?1 AND position "
        "= ?2)) AND hash NOT IN (SELECT chunk FROM arrays WHERE block = (SELECT '@' || version "
        "FROM "
        "history_changes WHERE uuid = ?1 AND position < ?2 ORDER BY position DESC LIMIT 1))");
    size.bind(uuid).bind(position);
    step_bytes_ += size.step() ? size.number(0) : 0;
    return {};
  }

  Result<void> insert_change(const std::string& uuid, std::int64_t position,
                             const Document& document, const DataBlock* block) {
    std::int64_t version = 0;
    if (block) {
      std::int64_t& number = versions_[block];
      if (number == 0) {
        number = next_version_++;
        const Result<void> done = write_version(number, document, *block);
        if (!done) {
          return done;
        }
      }
      version = number;
    }
    return insert_change_->bind(uuid).bind(position).bind(version).finish();
  }

  Result<void> write_version(std::int64_t number, const Document& document,
                             const DataBlock& block) {
    const DataBlock* owner = document.find(block.owner);
    const DataBlock* library = document.find(block.link.library);
    Database::Statement& insert = *insert_version_;
    insert.bind(number).bind(stored_type(block.dynamic_schema()).identifier).bind(block.name);
    insert.bind(owner ? owner->uuid.text() : std::string());
    insert.bind(library ? library->uuid.text() : std::string());
    insert.bind(library ? block.link.uuid.text() : std::string());
    const std::string properties = library ? "{}" : writer_.properties_of(block, document);
    step_bytes_ += std::int64_t(properties.size());
    const Result<void> done = insert.bind(properties).finish();
    return done && !library && has_stored_arrays(block)
               ? writer_.write_arrays(block, "@" + std::to_string(number))
               : done;
  }

  // The oldest steps go until the rest has room.
  Result<void> shrink() {
    Database::Statement sum(database_,
                            "SELECT COALESCE(SUM(bytes), 0), COUNT(*), COALESCE(MIN(position), 0) "
                            "FROM history");
    bool is_shorter = false;
    while (sum.step() && sum.number(0) > std::int64_t(history_.max_bytes) && sum.number(1) > 1) {
      Database::Statement remove(database_, "DELETE FROM history WHERE position = ?");
      const Result<void> removed = remove.bind(sum.number(2)).finish();
      const Result<void> done = sum.finish();
      if (!removed || !done) {
        return removed ? done : removed;
      }
      // The first step needs no content of its own: what it wrote is what those before it need.
      const Result<void> cleared = database_.run(
          "UPDATE history SET bytes = 0 WHERE position = (SELECT MIN(position) FROM history)");
      if (!cleared) {
        return cleared;
      }
      is_shorter = true;
    }
    static_cast<void>(sum.finish());
    if (!is_shorter) {
      return {};
    }
    drops_chunks_ = true;
    const Result<void> done = database_.run(merge_first_steps);
    return done ? database_.run(drop_unused_versions) : done;
  }

  Result<void> finish() {
    const Result<void> done =
        writer_.write_note("history_present", history_.steps[history_.present].id.text());
    return done ? writer_.write_note("history_revision", writer_.report().revision) : done;
  }

  const SavedHistory& history_;
  Database& database_;
  BlockWriter& writer_;
  std::vector<std::pair<std::int64_t, std::string>> stored_;
  std::size_t first_ = 0;  ///< of the steps to be appended
  std::int64_t last_position_ = 0, next_version_ = 1;
  bool is_continued_ = false;  ///< what was before the next step is in the file
  bool drops_chunks_ = false;
  std::int64_t step_bytes_ = 0;  ///< of the step that is being written
  std::unordered_map<const DataBlock*, std::int64_t> versions_;
  std::optional<Database::Statement> is_known_, insert_change_, insert_version_;
};

}  // namespace

Result<bool> write_history(const SavedHistory& history, Database& database, BlockWriter& writer) {
  if (history.steps.empty() || history.present >= history.steps.size()) {
    return false;
  }
  return Writer(history, database, writer).run();
}

}  // namespace kiln
