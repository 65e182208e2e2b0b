#include "document/file/library_loader.h"

#include <cstdio>

#include <nlohmann/json.hpp>

#include "document/file/libraries.h"
#include "document/file/serialization.h"

namespace kiln {

struct LibraryLoader::File {
  BlockId library;
  Path path;
  std::optional<FileSource> source;
  std::optional<Error> problem;
  std::unordered_map<std::string, BlockId> blocks;  ///< by the uuid that this file uses
  /// Rows that may be linked, by kind and name.
  std::map<std::pair<BlockType, std::string>, const FileSource::Row*> by_name;
};

std::optional<BlockType> block_type_of_stored(const std::string& type, const Registry& registry) {
  if (const std::optional<BlockType> direct = block_type_named(type)) {
    return direct;
  }
  const std::shared_ptr<DataBlock> sample = make_stored_block(type, registry);
  return sample ? std::optional(sample->type()) : std::nullopt;
}

LibraryLoader::LibraryLoader(Document& document, const Path& document_path,
                             const Registry& registry, Progress& progress,
                             std::vector<std::string>& warnings)
    : document_(document),
      document_path_(document_path),
      registry_(registry),
      progress_(progress),
      warnings_(warnings) {}

LibraryLoader::~LibraryLoader() = default;

BlockId LibraryLoader::library(const Path& path, const std::string& filepath, BlockId parent) {
  for (const BlockId id : document_.all(BlockType::Library)) {
    if (library_path(document_.find<Library>(id)->filepath, document_path_) == path) {
      if (!parent) {
        document_.edit<Library>(id, Change::Settings).parent = {};
      }
      return id;
    }
  }
  auto& library = document_.add<Library>(path.filename().string());
  library.filepath = filepath;
  library.parent = {parent};
  return library.id;
}

LibraryLoader::File& LibraryLoader::file_of(BlockId library) {
  std::unique_ptr<File>& file = files_[library];
  if (file) {
    return *file;
  }
  file = std::make_unique<File>();
  file->library = library;
  const Library* block = document_.find<Library>(library);
  file->path = library_path(block ? block->filepath : std::string(), document_path_);
  Result<FileSource> source = FileSource::open(file->path);
  if (!source) {
    file->problem = source.error();
    return *file;
  }
  file->source.emplace(std::move(*source));
  int3 version;
  const std::string written = file->source->meta("interface_version");
  if (block && std::sscanf(written.c_str(), "%d.%d.%d", &version.x, &version.y, &version.z) == 3 &&
      !(block->version == version)) {
    document_.edit<Library>(library, Change::Settings).version = version;
  }
  std::unordered_map<std::string, std::optional<BlockType>> types;
  for (const FileSource::Row& row : file->source->rows()) {
    const auto type = types.try_emplace(row.type);
    if (type.second) {
      type.first->second = block_type_of_stored(row.type, registry_);
    }
    if (type.first->second && row.owner.empty()) {
      file->by_name.emplace(std::pair(*type.first->second, row.name), &row);
    }
  }
  if (is_reusing_) {
    document_.for_each([&](const DataBlock& present) {
      if (present.link.library == library && !present.link.is_missing) {
        file->blocks.emplace(present.link.uuid.text(), present.id);
      }
    });
  }
  return *file;
}

std::optional<Error> LibraryLoader::problem_of(BlockId library) {
  return file_of(library).problem;
}

BlockId LibraryLoader::request(BlockId library, const Wanted& wanted) {
  File& file = file_of(library);
  const FileSource::Row* row = nullptr;
  if (file.source) {
    row = wanted.source.empty() ? nullptr : file.source->row(wanted.source);
    const std::optional<BlockType> type = block_type_of_stored(wanted.type, registry_);
    if (!row && type) {
      const auto named = file.by_name.find({*type, wanted.name});
      row = named == file.by_name.end() ? nullptr : named->second;
    }
  }
  if (row) {
    if (const BlockId made = make(file, *row, wanted.is_indirect, wanted.uuid, 0)) {
      return made;
    }
  }
  if (!wanted.needs_placeholder) {
    return {};
  }
  warnings_.push_back(
      fmt::format("{} \"{}\" cannot be linked: {}", wanted.type, wanted.name,
                  file.problem ? file.problem->message
                               : fmt::format("\"{}\" does not have it", file.path.string())));
  return placeholder(library, wanted);
}

BlockId LibraryLoader::placeholder(BlockId library, const Wanted& wanted) {
  std::shared_ptr<DataBlock> block = make_stored_block(wanted.type, registry_);
  if (!block) {
    return {};
  }
  block->link = {library, Uuid::parse(wanted.source).value_or(Uuid{}), wanted.is_indirect, true};
  block->uuid = Uuid::parse(wanted.uuid).value_or(Uuid{});
  added_.push_back(document_.add(std::move(block), wanted.name).id);
  return added_.back();
}

BlockId LibraryLoader::make(File& file, const FileSource::Row& row, bool is_indirect,
                            const std::string& uuid, int depth) {
  const auto known = file.blocks.find(row.uuid);
  if (known != file.blocks.end()) {
    if (!is_indirect && document_.find(known->second)->link.is_indirect) {
      document_.edit(known->second, Change::Settings).link.is_indirect = false;
    }
    return known->second;
  }
  // Parts of parts: no more than a hand-made file has.
  constexpr int max_depth = 8;
  const std::optional<Uuid> source = Uuid::parse(row.uuid);
  std::shared_ptr<DataBlock> block = make_stored_block(row.type, registry_);
  if (!block || !source || block->type() == BlockType::Library || depth > max_depth) {
    return {};
  }
  BlockId owner;
  if (!row.owner.empty()) {
    const FileSource::Row* owner_row = file.source->row(row.owner);
    owner = owner_row ? make(file, *owner_row, true, {}, depth + 1) : BlockId{};
    if (!owner) {
      return {};
    }
  }
  block->link = {file.library, *source, is_indirect, false};
  block->uuid = Uuid::parse(uuid).value_or(Uuid{});
  const BlockId id = document_.add(std::move(block), row.name, owner).id;
  file.blocks[row.uuid] = id;
  waiting_.push_back({&file, &row, id});
  added_.push_back(id);
  return id;
}

// What a reference in a library's file stands for: a block there, or in a library of that library.
BlockId LibraryLoader::referred(File& file, const std::string& uuid) {
  if (const FileSource::Row* row = file.source->row(uuid)) {
    return make(file, *row, true, {}, 0);
  }
  const auto known = file.blocks.find(uuid);
  if (known != file.blocks.end()) {
    return known->second;
  }
  const FileSource::Link* link = file.source->link(uuid);
  const FileSource::Row* library_row = link ? file.source->row(link->library) : nullptr;
  if (!library_row) {
    return {};
  }
  const Result<nlohmann::json> properties = file.source->properties(*library_row);
  if (!properties || !properties->contains("filepath") || !(*properties)["filepath"].is_string()) {
    return {};
  }
  const Path path = library_path((*properties)["filepath"].get<std::string>(), file.path);
  const BlockId nested = library(path, path.string(), file.library);
  const BlockId found = request(nested, {link->type,
                                         link->name,
                                         link->source,
                                         {},
                                         /*is_indirect=*/true,
                                         /*needs_placeholder=*/true});
  file.blocks[uuid] = found;
  return found;
}

Result<void> LibraryLoader::fill(const Waiting& waiting) {
  File& file = *waiting.file;
  const Result<nlohmann::json> properties = file.source->properties(*waiting.row);
  if (!properties) {
    return properties.error();
  }
  // All that is referred to is made first: adding blocks while one is written is not allowed.
  std::unordered_map<std::string, BlockId> targets;
  for (const std::string& uuid : stored_references(*properties)) {
    if (!targets.contains(uuid)) {
      targets[uuid] = referred(file, uuid);
    }
  }
  const std::function<BlockId(const std::string&)> id_of = [&](const std::string& uuid) {
    const auto found = targets.find(uuid);
    return found == targets.end() ? BlockId{} : found->second;
  };
  DataBlock& block = document_.edit(waiting.block, Change::None);
  block_from_json(block, *properties, registry_, id_of, warnings_);
  const Result<void> done = file.source->read_arrays(*waiting.row, block);
  if (!done) {
    return done;
  }
  const Result<void> ready = block.finish_reading();
  return ready ? ready : Result<void>(Error::malformed(file.path, "{}", ready.error().message));
}

Result<void> LibraryLoader::finish() {
  while (!waiting_.empty()) {
    if (progress_.cancelled()) {
      return Error::cancelled();
    }
    const Waiting next = waiting_.front();
    waiting_.pop_front();
    const Result<void> done = fill(next);
    if (!done) {
      return done;
    }
  }
  return {};
}

}  // namespace kiln
