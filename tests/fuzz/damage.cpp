#include "damage.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "document/file/database.h"
#include "document/register.h"
#include "modeling/modifiers/register.h"
#include "render/register.h"

namespace kiln::fuzz {
namespace {

using nlohmann::json;

struct Column {
  const char* table;
  const char* name;
};

constexpr Column columns[] = {{"blocks", "properties"},
                              {"blocks", "type"},
                              {"blocks", "name"},
                              {"blocks", "owner"},
                              {"blocks", "uuid"},
                              {"arrays", "block"},
                              {"arrays", "ordinal"},
                              {"arrays", "name"},
                              {"arrays", "position"},
                              {"arrays", "chunk"},
                              {"chunks", "hash"},
                              {"chunks", "size"},
                              {"chunks", "element"},
                              {"chunks", "data"},
                              {"meta", "key"},
                              {"meta", "value"},
                              {"links", "uuid"},
                              {"links", "type"},
                              {"links", "name"},
                              {"links", "library"},
                              {"links", "source"},
                              {"links", "is_indirect"},
                              {"history", "position"},
                              {"history", "id"},
                              {"history", "label"},
                              {"history", "bytes"},
                              {"history_changes", "uuid"},
                              {"history_changes", "position"},
                              {"history_changes", "version"},
                              {"history_versions", "version"},
                              {"history_versions", "type"},
                              {"history_versions", "owner"},
                              {"history_versions", "properties"}};

std::int64_t count_of(const Database& database, const std::string& table) {
  Database::Statement count(database, ("SELECT count(*) FROM " + table).c_str());
  return count.step() ? count.number(0) : 0;
}

std::string cell_of(const Database& database, const Column& column, std::size_t row) {
  Database::Statement cell(
      database, fmt::format("SELECT {} FROM {} ORDER BY rowid LIMIT 1 OFFSET {}", column.name,
                            column.table, row)
                    .c_str());
  return cell.step() ? std::string(cell.bytes(0)) : std::string();
}

void set_cell(const Database& database, const Column& column, std::size_t row,
              const std::string& value, bool is_bytes) {
  Database::Statement set(database,
                          fmt::format("UPDATE OR IGNORE {0} SET {1} = ?1 WHERE rowid = (SELECT "
                                      "rowid FROM {0} ORDER BY rowid LIMIT 1 OFFSET {2})",
                                      column.table, column.name, row)
                              .c_str());
  if (is_bytes) {
    set.bind_bytes(value);
  } else {
    set.bind(std::string_view(value));
  }
  (void)set.finish();
}

// The values of a JSON tree, in order.
void collect(json& value, std::vector<json*>& out) {
  out.push_back(&value);
  if (value.is_structured()) {
    for (json& part : value) {
      collect(part, out);
    }
  }
}

json strange_value(Choices& choices, const json& other) {
  switch (choices.index(14)) {
    case 0:
      return nullptr;
    case 1:
      return -1;
    case 2:
      return 1e308;
    case 3:
      return "nan";
    case 4:
      return json::array();
    case 5:
      return json::object();
    case 6:
      return std::string(std::size_t(1) << choices.index(18), 'x');
    case 7:
      return std::int64_t(choices.number(8));
    case 8:
      return bool(choices.number(1) & 1);
    case 9:
      return json(std::vector<json>(choices.index(70), other));
    case 10:
      return choices.text(24);
    case 11:
      return json{{"_ref", choices.text(32)}};
    case 12:
      return std::int64_t(choices.number(1));
    default:
      return other;
  }
}

// Puts a value of one tree, or a strange one, into another.
std::string changed_json(const std::string& text, const std::string& other_text, Choices& choices) {
  json tree = json::parse(text, nullptr, false), other = json::parse(other_text, nullptr, false);
  if (tree.is_discarded() || other.is_discarded()) {
    return text;
  }
  std::vector<json*> places, sources;
  collect(tree, places);
  collect(other, sources);
  json& place = *places[choices.index(places.size())];
  const json& source = *sources[choices.index(sources.size())];
  if (place.is_object() && choices.index(4) == 0) {
    place[choices.index(2) ? choices.text(12) : std::string("_type")] =
        strange_value(choices, source);
  } else if (place.is_array() && choices.index(2) == 0) {
    place.push_back(source);
  } else {
    place = strange_value(choices, source);
  }
  return tree.dump(-1, ' ', false, json::error_handler_t::replace);
}

void change(const Database& database, Choices& choices) {
  const bool is_properties = choices.index(2) == 0;
  const Column column = is_properties ? columns[choices.index(5) == 0 ? std::size(columns) - 1 : 0]
                                      : columns[choices.index(std::size(columns))];
  const std::size_t rows = std::size_t(count_of(database, column.table));
  const std::size_t row = choices.index(rows), other = choices.index(rows);
  const std::string text = cell_of(database, column, row);
  if (is_properties) {
    set_cell(database, column, row, changed_json(text, cell_of(database, column, other), choices),
             false);
    return;
  }
  switch (choices.index(6)) {
    case 0:
      set_cell(database, column, row, cell_of(database, column, other), false);
      break;
    case 1:
      set_cell(database, column, row, choices.text(40), choices.index(2) == 0);
      break;
    case 2:
      set_cell(database, column, row, std::to_string(std::int64_t(choices.number(8))), false);
      break;
    case 3: {
      std::string spliced = text;
      const std::size_t at = choices.index(text.size() + 1);
      spliced.replace(at, std::min(text.size() - at, choices.index(16)), choices.text(16));
      set_cell(database, column, row, spliced, column.name == std::string_view("data"));
      break;
    }
    case 4: {
      Database::Statement remove(database,
                                 fmt::format("DELETE FROM {0} WHERE rowid = (SELECT rowid FROM {0} "
                                             "ORDER BY rowid LIMIT 1 OFFSET {1})",
                                             column.table, row)
                                     .c_str());
      (void)remove.finish();
      break;
    }
    default:
      set_cell(database, column, row, std::to_string(choices.number(1)), false);
  }
}

}  // namespace

std::uint64_t Choices::number(int bytes) {
  std::uint64_t out = 0;
  for (int i = 0; i < bytes && !rest_.empty(); ++i) {
    out = out << 8 | rest_.front();
    rest_ = rest_.subspan(1);
  }
  return out;
}

std::size_t Choices::index(std::size_t count) {
  return count == 0 ? 0 : std::size_t(number(count > 256 ? 2 : 1)) % count;
}

std::string Choices::text(std::size_t longest) {
  const std::size_t wanted = index(longest + 1), size = std::min(wanted, rest_.size());
  const std::string out(reinterpret_cast<const char*>(rest_.data()), size);
  rest_ = rest_.subspan(size);
  return out;
}

World::World() {
  register_document_types(registry);
  modeling::register_modifiers(registry);
  render::register_render_types(registry);
  const Path memory("/dev/shm");
  folder =
      (std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path()) /
      fmt::format("kiln_fuzz_{}", getpid());
  std::filesystem::create_directories(folder);
  if (const char* path = std::getenv("KILN_FUZZ_SEED")) {
    std::ifstream stream(path, std::ios::binary);
    seed.assign(std::istreambuf_iterator<char>(stream), {});
  }
  if (seed.empty()) {
    fail("KILN_FUZZ_SEED names no document (seed.py makes one)");
  }
}

World::~World() {
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
}

void World::write_damaged(const Path& path, Choices& choices) const {
  write_file(path, seed);
  Result<Database> database = Database::open(path, true, false);
  if (!database || !database->run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")) {
    fail("the document to start from cannot be opened");
  }
  const std::size_t changes = 1 + choices.index(12);
  for (std::size_t i = 0; i < changes && !choices.is_over(); ++i) {
    change(*database, choices);
  }
  (void)database->run("COMMIT");
}

World& world() {
  static World one;
  return one;
}

void write_file(const Path& path, std::string_view bytes) {
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream.write(bytes.data(), std::streamsize(bytes.size()));
}

void fail(std::string_view what) {
  fmt::print(stderr, "FINDING: {}\n", what);
  std::abort();
}

}  // namespace kiln::fuzz
