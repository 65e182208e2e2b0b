// Opening documents.
#include <unordered_set>

#include <nlohmann/json.hpp>

#include "document/collection.h"
#include "document/file/chunks.h"
#include "document/file/database.h"
#include "document/file/serialization.h"
#include "document/file/store.h"
#include "document/object.h"
#include "document/scene.h"

namespace kiln {
namespace {

using nlohmann::json;

constexpr int newest_format_version = 1;
constexpr std::size_t max_array_bytes = std::size_t(16) << 30;

struct StoredBlock {
  std::string uuid, type, name, owner, properties;
};

class FileReader {
 public:
  FileReader(Database& database, const Path& path, const Registry& registry, Progress& progress)
      : database_(database), path_(path), registry_(registry), progress_(progress) {}

  Result<OpenedDocument> run() {
    Result<void> done = check_version();
    for (const auto step : {&FileReader::make_blocks, &FileReader::read_arrays, &FileReader::read_properties, &FileReader::finish}) {
      if (done) {
        done = progress_.cancelled() ? Result<void>(Error::cancelled()) : (this->*step)();
      }
    }
    if (!done) {
      return done.error();
    }
    static_cast<void>(opened_.document.take_changes());
    return std::move(opened_);
  }

 private:
  Document& document() { return opened_.document; }

  Result<void> check_version() {
    Database::Statement meta(database_, "SELECT key, value FROM meta");
    if (!meta.is_good()) {
      return Error::malformed(path_, "is no Kiln document");
    }
    while (meta.step()) {
      meta_[meta.text(0)] = meta.text(1);
    }
    const int version = std::atoi(meta_["format_version"].c_str());
    if (meta.failed() || version < 1) {
      return Error::malformed(path_, "is damaged or no Kiln document");
    }
    if (version > newest_format_version) {
      return Error::malformed(path_, "has format version {}; this version of Kiln reads up to {}", version, newest_format_version);
    }
    return {};
  }

  // First all blocks, empty, so that they can refer to each other.
  Result<void> make_blocks() {
    Database::Statement rows(database_, "SELECT uuid, type, name, owner, properties FROM blocks ORDER BY rowid");
    while (rows.step()) {
      stored_.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4)});
    }
    if (!rows.is_good() || rows.failed()) {
      return Error::malformed(path_, "its table of data-blocks is damaged");
    }
    // Owners come first.
    std::stable_sort(stored_.begin(), stored_.end(), [](const StoredBlock& a, const StoredBlock& b) { return a.owner.empty() > b.owner.empty(); });
    for (const StoredBlock& stored : stored_) {
      const std::optional<Uuid> uuid = Uuid::parse(stored.uuid);
      std::shared_ptr<DataBlock> block = make_block(stored.type);
      if (!block) {
        opened_.warnings.push_back(fmt::format("{} \"{}\": this type of data-block is not known here; left out", stored.type, stored.name));
        continue;
      }
      if (!uuid || ids_.contains(stored.uuid)) {
        return Error::malformed(path_, "{} \"{}\" has no valid name of its own (uuid \"{}\")", stored.type, stored.name, stored.uuid);
      }
      block->uuid = *uuid;
      const auto owner = ids_.find(stored.owner);
      if (!stored.owner.empty() && owner == ids_.end()) {
        opened_.warnings.push_back(fmt::format("{} \"{}\": what it is a part of is missing; left out", stored.type, stored.name));
        continue;
      }
      ids_[stored.uuid] = document().add(std::move(block), stored.name, stored.owner.empty() ? BlockId{} : owner->second).id;
    }
    return {};
  }

  std::shared_ptr<DataBlock> make_block(const std::string& type) const {
    // Kinds of lights and trees share one struct: it is made through the type they derive from.
    for (const Schema* schema = registry_.find(type); schema; schema = schema->base) {
      if (schema->make && schema->is_a(DataBlock::schema())) {
        return std::shared_ptr<DataBlock>(static_cast<DataBlock*>(schema->make()));
      }
    }
    return nullptr;
  }

  Result<void> read_arrays() {
    Database::Statement rows(database_,
                             "SELECT a.block, a.name, a.position, c.size, c.element, c.data FROM arrays a LEFT JOIN chunks c ON c.hash = a.chunk "
                             "ORDER BY a.block, a.ordinal, a.position");
    std::string block, name, bytes;
    std::int64_t expected = 0;
    const auto flush = [&]() -> Result<void> {
      const auto id = ids_.find(block);
      if (id != ids_.end() && !name.empty() && !document().edit(id->second, Change::None).set_array(name, bytes)) {
        return Error::malformed(path_, "\"{}\": array \"{}\" of {} bytes does not fit", document().find(id->second)->name, name, bytes.size());
      }
      bytes.clear();
      expected = 0;
      return {};
    };
    while (rows.step()) {
      const std::string row_block = rows.text(0), row_name = rows.text(1);
      if (row_block != block || row_name != name) {
        const Result<void> done = flush();
        if (!done) {
          return done;
        }
        block = row_block;
        name = row_name;
      }
      const std::int64_t size = rows.number(3), element = rows.number(4);
      if (rows.number(2) != expected++ || size < 0 || element < 1 || element > 16) {
        return Error::malformed(path_, "array \"{}\" of data-block {} has gaps or is damaged", name, block);
      }
      const Result<std::string> chunk = decompress_chunk(rows.bytes(5), std::size_t(size), int(element));
      if (!chunk) {
        return Error::malformed(path_, "array \"{}\" of data-block {}: {}", name, block, chunk.error().message);
      }
      if (bytes.size() + chunk->size() > max_array_bytes) {
        return Error::malformed(path_, "array \"{}\" of data-block {} is larger than allowed", name, block);
      }
      bytes += *chunk;
    }
    if (!rows.is_good() || rows.failed()) {
      return Error::malformed(path_, "its array data is damaged");
    }
    return flush();
  }

  Result<void> read_properties() {
    const std::function<BlockId(const std::string&)> id_of = [this](const std::string& uuid) {
      const auto found = ids_.find(uuid);
      return found == ids_.end() ? BlockId{} : found->second;
    };
    for (const StoredBlock& stored : stored_) {
      const auto id = ids_.find(stored.uuid);
      if (id == ids_.end()) {
        continue;
      }
      const json properties = json::parse(stored.properties, nullptr, /*allow_exceptions=*/false);
      if (!properties.is_object()) {
        return Error::malformed(path_, "{} \"{}\": its properties are damaged", stored.type, stored.name);
      }
      block_from_json(document().edit(id->second, Change::None), properties, registry_, id_of, opened_.warnings);
    }
    return {};
  }

  // Nothing may contradict itself: arrays, parents, and there is a scene to work on.
  Result<void> finish() {
    for (const auto& [uuid, id] : ids_) {
      const Result<void> done = document().edit(id, Change::None).finish_reading();
      if (!done) {
        return Error::malformed(path_, "{}", done.error().message);
      }
    }
    for (const BlockId id : document().all(BlockType::Object)) {
      const auto* object = document().find<Object>(id);
      if (object->parent && is_descendant(document(), object->parent.id, id)) {
        opened_.warnings.push_back(fmt::format("Object \"{}\": its parent is below itself; the parent was taken away", object->name));
        document().edit<Object>(id, Change::None).parent = {};
      }
    }
    for (const BlockId id : document().all(BlockType::Scene)) {
      const auto* scene = document().find<Scene>(id);
      if (scene->view_layers.empty() || !document().find(scene->collection)) {
        return Error::malformed(path_, "Scene \"{}\" has no view layer or no collection", scene->name);
      }
    }
    if (document().all(BlockType::Scene).empty()) {
      return Error::malformed(path_, "has no scene");
    }
    auto& settings = document().edit_settings();
    const auto scene = ids_.find(meta_["active_scene"]);
    settings.active_scene = scene == ids_.end() ? document().all(BlockType::Scene).front() : scene->second;
    settings.active_view_layer = meta_["active_view_layer"];
    return {};
  }

  Database& database_;
  const Path& path_;
  const Registry& registry_;
  Progress& progress_;
  OpenedDocument opened_;
  std::unordered_map<std::string, std::string> meta_;
  std::vector<StoredBlock> stored_;
  std::unordered_map<std::string, BlockId> ids_;
};

}  // namespace

Result<OpenedDocument> open_document(const Path& path, const Registry& registry, Progress& progress) {
  std::error_code problem;
  if (!std::filesystem::exists(path, problem)) {
    return Error::unreadable(path, "there is no such file");
  }
  if (!is_document_file(path)) {
    return Error::malformed(path, "is no Kiln document");
  }
  // A save that was cut off left its journal: opened for writing, SQLite takes the half-done part back.
  const bool was_cut_off = std::filesystem::exists(path.string() + "-journal", problem);
  Result<Database> database = Database::open(path, was_cut_off, false);
  if (!database) {
    return database.error();
  }
  return FileReader(*database, path, registry, progress).run();
}

}  // namespace kiln
