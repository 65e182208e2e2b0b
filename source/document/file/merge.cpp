#include "document/file/merge.h"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "document/document.h"
#include "document/file/database.h"
#include "document/file/file_source.h"
#include "document/file/merge_properties.h"
#include "document/file/store.h"
#include "document/file/stored_items.h"
#include "document/file/versions.h"

namespace kiln {
namespace {

using nlohmann::json;
using Arrays = std::vector<FileSource::StoredArray>;

std::string title(const FileSource::Row& row) {
  return fmt::format("{} \"{}\"", row.type, row.name);
}

// One of the three files, its blocks under names that all three share: the uuid in the base, where
// there is one.
struct Side {
  explicit Side(const FileSource& from) : source(from) {}

  const FileSource& source;
  std::map<std::string, const FileSource::Row*> rows;
  std::map<std::string, const FileSource::Link*> links;
  std::unordered_map<std::string, std::string> common;  ///< from the file's own uuids

  const FileSource::Row* row(const std::string& name) const {
    const auto found = rows.find(name);
    return found == rows.end() ? nullptr : found->second;
  }
  std::string common_name(const std::string& uuid) const {
    const auto found = common.find(uuid);
    return found == common.end() ? uuid : found->second;
  }
  void add(const FileSource::Row& its_row, const std::string& name) {
    rows.emplace(name, &its_row);
    common.emplace(its_row.uuid, name);
  }
};

void name_base(Side& base) {
  for (const FileSource::Row& row : base.source.rows()) {
    base.add(row, row.uuid);
  }
  for (const FileSource::Link& link : base.source.links()) {
    base.links.emplace(link.uuid, &link);
    base.common.emplace(link.uuid, link.uuid);
  }
}

// By uuid, else by type and name; parts by their owner as well.
void name_side(const Side& base, Side& side) {
  std::set<std::string> taken;
  for (const FileSource::Row& row : side.source.rows()) {
    if (base.source.row(row.uuid)) {
      taken.insert(row.uuid);
    }
  }
  std::map<std::tuple<std::string, std::string, std::string>, std::string> free;
  for (const FileSource::Row& row : base.source.rows()) {
    if (!taken.contains(row.uuid)) {
      free.emplace(std::tuple(row.owner, row.type, row.name), row.uuid);
    }
  }
  for (const bool is_part : {false, true}) {
    for (const FileSource::Row& row : side.source.rows()) {
      if (row.owner.empty() == is_part) {
        continue;
      }
      std::string name = row.uuid;
      if (!taken.contains(row.uuid)) {
        const std::string owner = row.owner.empty() ? "" : side.common_name(row.owner);
        const auto same = free.find(std::tuple(owner, row.type, row.name));
        if (same != free.end()) {
          name = same->second;
          free.erase(same);
        }
      }
      side.add(row, name);
    }
  }
  for (const FileSource::Link& link : side.source.links()) {
    side.links.emplace(link.uuid, &link);
    side.common.emplace(link.uuid, link.uuid);
  }
}

bool are_equal(const Arrays& a, const Arrays& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.name == y.name && x.bytes == y.bytes && x.chunks == y.chunks;
  });
}

const FileSource::StoredArray* find_array(const Arrays& arrays, const std::string& name) {
  const auto found = std::find_if(arrays.begin(), arrays.end(),
                                  [&](const auto& array) { return array.name == name; });
  return found == arrays.end() ? nullptr : &*found;
}

// Whether arrays of different origin fit together: the same elements, connected the same way.
bool have_same_topology(const Arrays& a, const Arrays& b) {
  for (const char* name : {"edges", "face_offsets", "corner_vertices", "corner_edges",
                           "weight_offsets", "weight_groups", "vertex_groups"}) {
    const auto *x = find_array(a, name), *y = find_array(b, name);
    if (bool(x) != bool(y) || (x && x->chunks != y->chunks)) {
      return false;
    }
  }
  const auto *x = find_array(a, "positions"), *y = find_array(b, "positions");
  return x && y && x->bytes == y->bytes;
}

// Calls `visit` with what properties refer to, apart from what is merely looked at.
void for_each_use(const json& value, const std::function<void(const std::string&)>& visit) {
  if (value.is_object() && !value.contains("_ref") && !value.contains("value")) {
    for (const auto& [key, part] : value.items()) {
      if (!is_view_state(key)) {
        for_each_use(part, visit);
      }
    }
  } else if (value.is_array()) {
    for (const json& part : value) {
      for_each_use(part, visit);
    }
  } else {
    json copy = value;
    map_stored_references(copy, [&](const std::string& name) {
      visit(name);
      return name;
    });
  }
}

// What a block is to be in the merged file. Arrays by name, from one side or the other.
struct MergedBlock {
  std::string name;  ///< common
  std::string type, title_name, owner;
  json properties;
  std::vector<std::pair<FileSource::StoredArray, const FileSource*>> arrays;
  bool is_new = false;
};

class Merge {
public:
  Merge(const FileSource& base, const FileSource& ours, const FileSource& theirs,
        const Registry& registry)
      : base_(base), ours_(ours), theirs_(theirs), registry_(registry) {
    name_base(base_);
    name_side(base_, ours_);
    name_side(base_, theirs_);
  }

  Result<void> find() {
    std::set<std::string> names;
    for (const Side* side : {&base_, &ours_, &theirs_}) {
      for (const auto& [name, row] : side->rows) {
        names.insert(name);
      }
    }
    // What theirs removed comes first: lists of blocks keep what stays nevertheless.
    for (const bool is_in_theirs : {false, true}) {
      for (const std::string& name : names) {
        const Result<void> done =
            bool(theirs_.row(name)) == is_in_theirs ? merge_block(name) : Result<void>();
        if (!done) {
          return done;
        }
      }
    }
    const Result<void> kept = keep_what_is_used();
    if (!kept) {
      return kept;
    }
    merge_links();
    const auto sort = [](std::vector<MergeConflict>& list) {
      std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) {
        return std::tie(a.block, a.path) < std::tie(b.block, b.path);
      });
    };
    sort(report_.conflicts);
    sort(report_.taken);
    return {};
  }

  /// Whether the result differs from ours.
  bool changes_ours() const {
    return !changed_.empty() || !removed_.empty() || !new_links_.empty() || !old_links_.empty();
  }
  MergeReport& report() { return report_; }

  /// Brings a copy of ours up to the result.
  Result<void> write(Database& file) {
    Result<void> done = file.run("BEGIN IMMEDIATE");
    if (done) {
      done = file.run(
          "CREATE TABLE IF NOT EXISTS links (uuid TEXT PRIMARY KEY, type TEXT NOT NULL, "
          "name TEXT NOT NULL, library TEXT NOT NULL, source TEXT NOT NULL, "
          "is_indirect INTEGER NOT NULL) WITHOUT ROWID; "
          "DROP TABLE IF EXISTS history; DROP TABLE IF EXISTS history_changes; "
          "DROP TABLE IF EXISTS history_versions; DELETE FROM arrays WHERE block LIKE '@%'");
    }
    for (const auto step : {&Merge::write_removed, &Merge::write_blocks, &Merge::write_links}) {
      done = done ? (this->*step)(file) : done;
    }
    if (done) {
      Database::Statement meta(file, "INSERT OR REPLACE INTO meta VALUES ('revision', ?)");
      done = meta.bind(Uuid::random().text()).finish();
    }
    if (done) {
      Database::Statement meta(file, "INSERT OR REPLACE INTO meta VALUES ('format_version', '2')");
      done = meta.finish();
    }
    if (done) {
      done = file.run("DELETE FROM chunks WHERE hash NOT IN (SELECT chunk FROM arrays); COMMIT");
    }
    return done;
  }

private:
  Result<json> form_of(const Side& side, const std::string& name, ItemNumbers& numbers) const {
    const FileSource::Row* row = side.row(name);
    if (!row) {
      return json();
    }
    const Result<json> properties = side.source.properties(*row);
    if (!properties) {
      return properties.error();
    }
    return numbers.common_form(*properties, row->type,
                               [&](const std::string& uuid) { return side.common_name(uuid); });
  }

  Result<Arrays> arrays_of(const Side& side, const std::string& name) const {
    const FileSource::Row* row = side.row(name);
    return row ? side.source.arrays(*row) : Result<Arrays>(Arrays());
  }

  Result<void> merge_block(const std::string& name) {
    const FileSource::Row *base = base_.row(name), *ours = ours_.row(name),
                          *theirs = theirs_.row(name);
    if (!theirs && !base) {
      return {};  // new in ours
    }
    ItemNumbers numbers(registry_);
    json forms[3];
    Arrays arrays[3];
    const Side* sides[3] = {&base_, &ours_, &theirs_};
    for (int i = 0; i < 3; ++i) {
      Result<json> form = form_of(*sides[i], name, numbers);
      Result<Arrays> its_arrays = arrays_of(*sides[i], name);
      if (!form || !its_arrays) {
        return !form ? form.error() : its_arrays.error();
      }
      forms[i] = std::move(*form);
      arrays[i] = std::move(*its_arrays);
    }
    const auto is_same = [&](int a, int b) {
      const FileSource::Row* rows[3] = {base, ours, theirs};
      return rows[a] && rows[b] && rows[a]->name == rows[b]->name && forms[a] == forms[b] &&
             are_equal(arrays[a], arrays[b]);
    };
    const std::string its_title = title(*(ours ? ours : theirs ? theirs : base));
    if (!theirs) {
      // Theirs removed it: so it goes, unless ours did something to it.
      if (ours && is_same(0, 1)) {
        removed_.insert(name);
        report_.taken.push_back({its_title, "", its_title, its_title, ""});
      } else if (ours) {
        kept_.insert(name);
        report_.conflicts.push_back({its_title, "", its_title, its_title, ""});
      }
      return {};
    }
    if (!ours && base) {
      // Ours removed it.
      if (!is_same(0, 2)) {
        report_.conflicts.push_back({its_title, "", its_title, "", its_title});
      }
      return {};
    }
    if (!ours) {
      take_theirs(name, *theirs, forms[2], arrays[2]);
      report_.taken.push_back({its_title, "", "", "", its_title});
      return {};
    }
    if (ours->type != theirs->type) {
      // One of them made it another kind (of light, of texture): they go as a whole.
      if (base && is_same(0, 1)) {
        take_theirs(name, *theirs, forms[2], arrays[2]);
        report_.taken.push_back({its_title, "", title(*base), title(*ours), title(*theirs)});
      } else if (!base || !is_same(0, 2)) {
        report_.conflicts.push_back(
            {its_title, "", base ? title(*base) : "", title(*ours), title(*theirs)});
      }
      return {};
    }
    MergedBlock merged{name,   ours->type, ours->name, ours_.common_name(ours->owner),
                       json(), {},         false};
    merge_name(base, *ours, *theirs, merged, its_title);
    PropertyMerge properties(
        its_title, [this](const json& value) { return text_of(value); },
        [this](const std::string& block) { return kept_.contains(block); }, report_);
    merged.properties = properties.run(forms[0], forms[1], forms[2]);
    merge_arrays(arrays, merged, its_title);
    const bool is_changed = merged.title_name != ours->name || merged.properties != forms[1] ||
                            !is_ours(merged.arrays, arrays[1]);
    if (is_changed) {
      changed_.emplace(name, std::move(merged));
    }
    return {};
  }

  void take_theirs(const std::string& name, const FileSource::Row& row, const json& form,
                   const Arrays& arrays) {
    MergedBlock block{name, row.type, row.name,        theirs_.common_name(row.owner),
                      form, {},       !ours_.row(name)};
    for (const auto& array : arrays) {
      block.arrays.emplace_back(array, &theirs_.source);
    }
    changed_.emplace(name, std::move(block));
  }

  void merge_name(const FileSource::Row* base, const FileSource::Row& ours,
                  const FileSource::Row& theirs, MergedBlock& merged,
                  const std::string& its_title) {
    if (ours.name == theirs.name || (base && theirs.name == base->name)) {
      return;
    }
    const bool is_taken = base && ours.name == base->name;
    (is_taken ? report_.taken : report_.conflicts)
        .push_back({its_title, "name", base ? base->name : "", ours.name, theirs.name});
    merged.title_name = is_taken ? theirs.name : ours.name;
  }

  void merge_arrays(const Arrays (&arrays)[3], MergedBlock& merged, const std::string& its_title) {
    const auto take = [&](const Arrays& from, const Side& side) {
      for (const auto& array : from) {
        merged.arrays.emplace_back(array, &side.source);
      }
    };
    const auto size_of = [](const Arrays& all) {
      std::uint64_t bytes = 0;
      for (const auto& array : all) {
        bytes += array.bytes;
      }
      return fmt::format("{} bytes", bytes);
    };
    const Arrays &base = arrays[0], &ours = arrays[1], &theirs = arrays[2];
    if (are_equal(ours, theirs) || are_equal(theirs, base)) {
      take(ours, ours_);
      return;
    }
    if (are_equal(ours, base)) {
      report_.taken.push_back({its_title, "arrays", size_of(base), size_of(ours), size_of(theirs)});
      take(theirs, theirs_);
      return;
    }
    if (!have_same_topology(base, ours) || !have_same_topology(base, theirs)) {
      report_.conflicts.push_back(
          {its_title, "arrays", size_of(base), size_of(ours), size_of(theirs)});
      take(ours, ours_);
      return;
    }
    std::vector<std::string> names;
    for (const Arrays* side : {&ours, &theirs}) {
      for (const auto& array : *side) {
        if (std::find(names.begin(), names.end(), array.name) == names.end()) {
          names.push_back(array.name);
        }
      }
    }
    static const std::vector<std::string> none;
    for (const std::string& name : names) {
      const auto *b = find_array(base, name), *o = find_array(ours, name),
                 *t = find_array(theirs, name);
      const auto chunks =
          [&](const FileSource::StoredArray* array) -> const std::vector<std::string>& {
        return array ? array->chunks : none;
      };
      const bool keeps = chunks(o) == chunks(t) || chunks(t) == chunks(b);
      const bool takes = !keeps && chunks(o) == chunks(b);
      if (!keeps) {
        const auto shown = [](const FileSource::StoredArray* array) {
          return array ? fmt::format("{} bytes", array->bytes) : std::string();
        };
        (takes ? report_.taken : report_.conflicts)
            .push_back({its_title, "array " + name, shown(b), shown(o), shown(t)});
      }
      if (takes && t) {
        merged.arrays.emplace_back(*t, &theirs_.source);
      } else if (!takes && o) {
        merged.arrays.emplace_back(*o, &ours_.source);
      }
    }
  }

  bool is_ours(const std::vector<std::pair<FileSource::StoredArray, const FileSource*>>& merged,
               const Arrays& ours) const {
    return std::equal(merged.begin(), merged.end(), ours.begin(), ours.end(),
                      [](const auto& x, const auto& y) {
                        return x.first.name == y.name && x.first.chunks == y.chunks;
                      });
  }

  std::string text_of(const json& value) const {
    if (value.is_object() && value.contains("_ref") && value["_ref"].is_string()) {
      const std::string name = value["_ref"].get<std::string>();
      for (const Side* side : {&ours_, &theirs_, &base_}) {
        if (const FileSource::Row* row = side->row(name)) {
          return title(*row);
        }
        const auto link = side->links.find(name);
        if (link != side->links.end()) {
          return fmt::format("{} \"{}\" (linked)", link->second->type, link->second->name);
        }
      }
      return "nothing";
    }
    if (value.is_array()) {
      std::string text = "[";
      for (const json& item : value) {
        text += (text.size() > 1 ? ", " : "") + text_of(item);
        if (text.size() > 2000) {
          return text + ", ...]";
        }
      }
      return text + "]";
    }
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
  }

  // What one side removed and the other has come to use stays.
  Result<void> keep_what_is_used() {
    std::vector<std::string> waiting;
    const auto use = [&](const json& properties, const std::string& owner) {
      for_each_use(properties, [&](const std::string& name) { waiting.push_back(name); });
      waiting.push_back(owner);
    };
    for (const auto& [name, block] : changed_) {
      use(block.properties, block.owner);
    }
    for (const auto& [name, row] : ours_.rows) {
      if (removed_.empty() || removed_.contains(name) || changed_.contains(name)) {
        continue;
      }
      const Result<json> properties = ours_.source.properties(*row);
      if (!properties) {
        return properties.error();
      }
      json common = *properties;
      map_stored_references(common,
                            [this](const std::string& uuid) { return ours_.common_name(uuid); });
      use(common, ours_.common_name(row->owner));
    }
    while (!waiting.empty()) {
      const std::string name = waiting.back();
      waiting.pop_back();
      if (removed_.erase(name)) {
        const std::string its_title = title(*ours_.row(name));
        report_.conflicts.push_back({its_title, "", its_title, its_title, ""});
      } else if (!ours_.row(name) && !changed_.contains(name) && theirs_.row(name)) {
        ItemNumbers numbers(registry_);
        const Result<json> form = form_of(theirs_, name, numbers);
        const Result<Arrays> arrays = arrays_of(theirs_, name);
        if (!form || !arrays) {
          return !form ? form.error() : arrays.error();
        }
        const FileSource::Row& row = *theirs_.row(name);
        report_.conflicts.push_back({title(row), "", title(row), "", title(row)});
        take_theirs(name, row, *form, *arrays);
        use(*form, theirs_.common_name(row.owner));
      }
    }
    return {};
  }

  void merge_links() {
    for (const auto& [uuid, link] : theirs_.links) {
      if (!ours_.links.contains(uuid) && !base_.links.contains(uuid)) {
        new_links_.push_back(link);
      }
    }
    for (const auto& [uuid, link] : ours_.links) {
      if (base_.links.contains(uuid) && !theirs_.links.contains(uuid)) {
        old_links_.push_back(uuid);
      }
    }
    // A link that something still refers to stays.
    std::unordered_set<std::string> used;
    for (const auto& [name, row] : ours_.rows) {
      const auto changed = changed_.find(name);
      Result<json> properties = changed != changed_.end() ? Result<json>(changed->second.properties)
                                                          : ours_.source.properties(*row);
      if (properties && !old_links_.empty()) {
        map_stored_references(*properties, [&](const std::string& uuid) {
          used.insert(uuid);
          return uuid;
        });
      }
    }
    std::erase_if(old_links_, [&](const std::string& uuid) { return used.contains(uuid); });
  }

  // The uuid a block has in the merged file.
  std::string uuid_in_result(const std::string& name) const {
    const FileSource::Row* ours = ours_.row(name);
    const FileSource::Row* theirs = theirs_.row(name);
    return ours ? ours->uuid : theirs ? theirs->uuid : name;
  }

  Result<void> write_removed(Database& file) {
    Database::Statement block(file, "DELETE FROM blocks WHERE uuid = ?");
    Database::Statement arrays(file, "DELETE FROM arrays WHERE block = ?");
    for (const std::string& name : removed_) {
      const std::string uuid = uuid_in_result(name);
      const Result<void> done = block.bind(uuid).finish();
      const Result<void> cleared = arrays.bind(uuid).finish();
      if (!done || !cleared) {
        return done ? cleared : done;
      }
    }
    return {};
  }

  Result<void> write_blocks(Database& file) {
    std::set<std::pair<std::string, std::string>> names;  // of top-level blocks that stay
    for (const auto& [name, row] : ours_.rows) {
      if (row->owner.empty() && !removed_.contains(name) && !changed_.contains(name)) {
        names.emplace(row->type, row->name);
      }
    }
    Database::Statement insert(file, "INSERT OR REPLACE INTO blocks VALUES (?, ?, ?, ?, ?)");
    Database::Statement clear(file, "DELETE FROM arrays WHERE block = ?");
    Database::Statement insert_array(file, "INSERT INTO arrays VALUES (?, ?, ?, ?, ?)");
    // Those of ours keep their names, new ones are numbered.
    for (const bool is_new : {false, true}) {
      for (auto& [name, block] : changed_) {
        if (block.is_new != is_new) {
          continue;
        }
        std::string its_name = block.title_name;
        if (block.owner.empty()) {
          const std::string stem(split_number(its_name).first);
          for (int number = 1; !names.emplace(block.type, its_name).second; ++number) {
            its_name = numbered_name(stem, number);
          }
        }
        json properties = block.properties;
        map_stored_references(properties,
                              [this](const std::string& other) { return uuid_in_result(other); });
        const std::string uuid = uuid_in_result(name);
        insert.bind(uuid).bind(block.type).bind(its_name);
        insert.bind(block.owner.empty() ? std::string() : uuid_in_result(block.owner));
        Result<void> done =
            insert.bind(properties.dump(-1, ' ', false, json::error_handler_t::replace)).finish();
        done = done ? clear.bind(uuid).finish() : done;
        std::int64_t ordinal = 0;
        for (const auto& [array, source] : block.arrays) {
          for (std::size_t i = 0; done && i < array.chunks.size(); ++i) {
            done = copy_chunk(file, *source, array.chunks[i]);
            if (done) {
              insert_array.bind(uuid).bind(ordinal).bind(array.name).bind(std::int64_t(i));
              done = insert_array.bind(array.chunks[i]).finish();
            }
          }
          ++ordinal;
        }
        if (!done) {
          return done;
        }
      }
    }
    return {};
  }

  Result<void> copy_chunk(Database& file, const FileSource& source, const std::string& hash) {
    if (&source == &ours_.source) {
      return {};
    }
    Database::Statement select(source.database(),
                               "SELECT size, element, data FROM chunks WHERE hash = ?");
    select.bind(hash);
    if (!select.step()) {
      return Error::malformed(source.path(), "its chunk {} is missing", hash);
    }
    Database::Statement insert(file, "INSERT OR IGNORE INTO chunks VALUES (?, ?, ?, ?)");
    insert.bind(hash).bind(select.number(0)).bind(select.number(1));
    return insert.bind_bytes(select.bytes(2)).finish();
  }

  Result<void> write_links(Database& file) {
    Database::Statement remove(file, "DELETE FROM links WHERE uuid = ?");
    for (const std::string& uuid : old_links_) {
      const Result<void> done = remove.bind(uuid).finish();
      if (!done) {
        return done;
      }
    }
    Database::Statement insert(file, "INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?, ?)");
    for (const FileSource::Link* link : new_links_) {
      insert.bind(link->uuid).bind(link->type).bind(link->name);
      insert.bind(uuid_in_result(theirs_.common_name(link->library))).bind(link->source);
      const Result<void> done = insert.bind(std::int64_t(link->is_indirect)).finish();
      if (!done) {
        return done;
      }
    }
    return {};
  }

  Side base_, ours_, theirs_;
  const Registry& registry_;
  MergeReport report_;
  std::map<std::string, MergedBlock> changed_;  ///< by common name
  std::set<std::string> removed_;
  std::set<std::string> kept_;  ///< theirs removed them, but ours changed them
  std::vector<const FileSource::Link*> new_links_;
  std::vector<std::string> old_links_;
};

}  // namespace

Result<MergeReport> merge_documents(const Path& base, const Path& ours, const Path& theirs,
                                    const Path& out, const Registry& registry, Progress& progress) {
  const Result<FileSource> sources[3] = {FileSource::open(base), FileSource::open(ours),
                                         FileSource::open(theirs)};
  for (const Result<FileSource>& source : sources) {
    if (!source) {
      return source.error();
    }
  }
  Merge merge(*sources[0], *sources[1], *sources[2], registry);
  Result<void> done = merge.find();
  if (!done) {
    return done.error();
  }
  std::error_code problem;
  if (!merge.changes_ours() && std::filesystem::equivalent(ours, out, problem)) {
    return std::move(merge.report());
  }
  const Path temporary = temporary_name(out);
  done = copy_whole_file(ours, temporary);
  if (done && merge.changes_ours()) {
    Result<Database> file = Database::open(temporary, true, false);
    done = file ? merge.write(*file) : Result<void>(file.error());
  }
  if (done) {
    // Nothing is replaced by what cannot be read.
    const Result<OpenedDocument> opened = open_document(temporary, registry, progress);
    done = opened ? Result<void>() : Result<void>(opened.error());
  }
  if (done && !flush_to_disk(temporary)) {
    done = Error::unreadable(out, "cannot be written to the disk");
  }
  if (done) {
    std::filesystem::rename(temporary, out, problem);
    done = problem ? Result<void>(Error::unreadable(out, "cannot be written: " + problem.message()))
                   : Result<void>();
  }
  std::filesystem::remove(temporary, problem);
  if (!done) {
    return done.error();
  }
  return std::move(merge.report());
}

}  // namespace kiln
