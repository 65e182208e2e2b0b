#include "document/file/block_writer.h"

#include <deque>

#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "core/interface_version.h"
#include "core/tasks.h"
#include "document/file/chunks.h"
#include "document/override_hierarchy.h"
#include "document/scene.h"

namespace kiln {

// One piece of an array, pointing into the block.
struct BlockWriter::Chunk {
  std::string array;
  std::int64_t ordinal = 0;  ///< which array of the block
  std::int64_t position = 0;
  std::string_view bytes;
  int element_size = 1;
  std::string hash;
  std::shared_ptr<const std::string> copy;  ///< of bytes that were made for the visit only
};

namespace {

constexpr const char* format_version = "2";  // 1 had no links

struct FoundArray {
  std::string name;
  const char* data;
  std::size_t size;
  int element_size;
  std::shared_ptr<const std::string> copy;
};

class ArrayCollector final : public ArrayVisitor {
public:
  void array(std::string_view name, const void* data, std::size_t size, int element_size) override {
    FoundArray found{std::string(name), static_cast<const char*>(data), size, element_size, {}};
    if (element_size == 1) {
      found.copy = std::make_shared<const std::string>(found.data, size);
      found.data = found.copy->data();
    }
    arrays.push_back(std::move(found));
  }
  std::vector<FoundArray> arrays;
};

std::string hash_of(std::string_view bytes, int element_size) {
  Hasher hasher;
  hasher.add(std::int32_t(element_size));
  hasher.add_bytes(bytes.data(), bytes.size());
  return hasher.finish().hex();
}

}  // namespace

BlockWriter::BlockWriter(const Document& document, Database& database, Progress& progress)
    : document_(document),
      database_(database),
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
      set_meta_(database, "INSERT OR REPLACE INTO meta VALUES (?, ?)") {}

BlockWriter::~BlockWriter() = default;

Result<void> BlockWriter::write(const DataBlock& block, bool with_arrays) {
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
  std::shared_ptr<DataBlock> plain;
  if (reference) {
    plain = block.clone();
    leave_override_hierarchy(document_, *plain);
  }
  const std::string properties =
      block_to_json(plain ? *plain : block, prototypes_, name_of, reference)
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

Result<void> BlockWriter::remove(const DataBlock& block) {
  if (block.is_linked()) {
    return delete_link_.bind(block.uuid.text()).finish();
  }
  const Result<void> done = delete_arrays_.bind(block.uuid.text()).finish();
  return done ? delete_block_.bind(block.uuid.text()).finish() : done;
}

Result<void> BlockWriter::write_note(const char* key, const std::string& value) {
  return set_meta_.bind(key).bind(value).finish();
}

Result<void> BlockWriter::write_settings() {
  report_.revision = Uuid::random().text();
  const Document::Settings& settings = document_.settings();
  const DataBlock* scene = document_.find(settings.active_scene);
  for (const auto& [key, value] :
       {std::pair<const char*, std::string>{"format_version", format_version},
        {"active_scene", scene ? scene->uuid.text() : ""},
        {"active_view_layer", settings.active_view_layer},
        {"use_autopack", settings.use_autopack ? "1" : "0"},
        {"interface_version", fmt::format("{}", fmt::join(interface_version, "."))},
        {"revision", report_.revision}}) {
    const Result<void> done = write_note(key, value);
    if (!done) {
      return done;
    }
  }
  return {};
}

Result<void> BlockWriter::drop_unused_chunks() {
  return database_.run("DELETE FROM chunks WHERE hash NOT IN (SELECT chunk FROM arrays)");
}

std::string BlockWriter::properties_of(const DataBlock& block, const Document& document) {
  const auto name_of = [&](BlockId id) {
    const DataBlock* other = document.find(id);
    return other ? other->uuid.text() : std::string();
  };
  std::string text = block_to_json(block, prototypes_, name_of)
                         .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  report_.bytes_written += text.size();
  return text;
}

Result<void> BlockWriter::write_link(const DataBlock& block) {
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

std::vector<BlockWriter::Chunk> BlockWriter::chunks_of(const DataBlock& block) {
  ArrayCollector collector;
  block.visit_arrays(collector);
  std::vector<Chunk> chunks;
  std::vector<std::size_t> unhashed;
  for (std::size_t i = 0; i < collector.arrays.size(); ++i) {
    const FoundArray& array = collector.arrays[i];
    const auto known =
        array.copy ? hashes_.end() : hashes_.find({array.data, array.size, array.element_size});
    std::size_t at = 0;
    do {
      Chunk chunk{array.name,
                  std::int64_t(i),
                  std::int64_t(at / chunk_size),
                  std::string_view(array.data + at, std::min(chunk_size, array.size - at)),
                  array.element_size,
                  {},
                  array.copy};
      if (known != hashes_.end()) {
        chunk.hash = known->second[at / chunk_size];
      } else {
        unhashed.push_back(chunks.size());
      }
      chunks.push_back(std::move(chunk));
      at += chunk_size;
    } while (at < array.size);
  }
  parallel_for(unhashed.size(), 4, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      Chunk& chunk = chunks[unhashed[i]];
      chunk.hash = hash_of(chunk.bytes, chunk.element_size);
    }
  });
  for (const std::size_t i : unhashed) {
    const FoundArray& array = collector.arrays[std::size_t(chunks[i].ordinal)];
    if (!array.copy) {
      hashes_[{array.data, array.size, array.element_size}].push_back(chunks[i].hash);
    }
  }
  return chunks;
}

Result<void> BlockWriter::write_arrays(const DataBlock& block, const std::string& key) {
  const std::vector<Chunk> chunks = chunks_of(block);
  Result<void> done = delete_arrays_.bind(key).finish();
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
      const Chunk& chunk = chunks[first + i];
      if (is_new[i]) {
        insert_chunk_.bind(chunk.hash)
            .bind(std::int64_t(chunk.bytes.size()))
            .bind(std::int64_t(chunk.element_size));
        done = insert_chunk_.bind_bytes(compressed[i]).finish();
        report_.bytes_written += compressed[i].size();
      }
      ++(is_new[i] ? report_.chunks_written : report_.chunks_shared);
      if (done) {
        done = insert_array_.bind(key)
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

bool has_stored_arrays(const DataBlock& block) {
  struct Finder final : ArrayVisitor {
    void array(std::string_view, const void*, std::size_t, int) override { is_found = true; }
    bool is_found = false;
  } finder;
  block.visit_arrays(finder);
  return finder.is_found;
}

std::vector<ArrayPlace> array_places(const DataBlock& block) {
  ArrayCollector collector;
  block.visit_arrays(collector);
  std::vector<ArrayPlace> places;
  for (const FoundArray& array : collector.arrays) {
    places.push_back({array.name, array.copy ? nullptr : array.data, array.size});
  }
  return places;
}

}  // namespace kiln
