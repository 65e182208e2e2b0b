#include "document/file/libraries.h"

#include <unordered_set>

#include <nlohmann/json.hpp>

#include "document/file/consistency.h"
#include "document/file/library_loader.h"
#include "document/file/override_changes.h"
#include "document/file/serialization.h"

namespace kiln {
namespace {

// Whether local blocks use one, and whether linked ones do.
std::pair<bool, bool> usage(const Document& document, BlockId id) {
  bool is_local = false, is_linked = false;
  for (const BlockId user : document.users_of(id)) {
    const DataBlock* block = document.find(user);
    if (block && user != id && block->owner != id) {
      (block->is_linked() ? is_linked : is_local) = true;
    }
  }
  return {is_local, is_linked};
}

void drop_unused_library(Document& document, BlockId library) {
  bool is_used = false;
  document.for_each(
      [&](const DataBlock& block) { is_used = is_used || block.link.library == library; });
  if (!is_used) {
    document.remove(library);
  }
}

}  // namespace

Path library_path(const std::string& filepath, const Path& document_path) {
  std::error_code problem;
  Path path;
  if (filepath.starts_with("//")) {
    const Path folder = document_path.empty()
                            ? std::filesystem::current_path(problem)
                            : std::filesystem::absolute(document_path, problem).parent_path();
    path = folder / filepath.substr(2);
  } else {
    path = std::filesystem::absolute(filepath, problem);
  }
  return path.lexically_normal();
}

Result<std::vector<LibraryItem>> list_library(const Path& path, const Registry& registry,
                                              bool assets_only) {
  const Result<FileSource> source = FileSource::open(path);
  if (!source) {
    return source.error();
  }
  std::unordered_map<std::string, std::optional<BlockType>> types;
  std::vector<LibraryItem> items;
  for (const FileSource::Row& row : source->rows()) {
    const auto type = types.try_emplace(row.type);
    if (type.second) {
      type.first->second = block_type_of_stored(row.type, registry);
    }
    if (assets_only) {
      const Result<nlohmann::json> properties = source->properties(row);
      if (!properties || properties->value("stored_is_asset", nlohmann::json()) != true) {
        continue;
      }
    }
    if (type.first->second && row.owner.empty() && *type.first->second != BlockType::Library) {
      items.push_back({*type.first->second, row.name});
    }
  }
  std::sort(items.begin(), items.end(), [](const LibraryItem& a, const LibraryItem& b) {
    return std::pair(a.type, a.name) < std::pair(b.type, b.name);
  });
  return items;
}

Result<Linked> link_blocks(Document& document, const Path& document_path,
                           const LinkRequest& request, const Registry& registry,
                           Progress& progress) {
  Linked linked;
  // Taken back as a whole where something fails.
  const Document before = document;
  const bool had_library = [&] {
    for (const BlockId id : document.all(BlockType::Library)) {
      if (library_path(document.find<Library>(id)->filepath, document_path) == request.path) {
        return true;
      }
    }
    return false;
  }();
  LibraryLoader loader(document, document_path, registry, progress, linked.warnings);
  if (request.is_append) {
    loader.read_anew();
  }
  const BlockId library = loader.library(request.path, request.filepath, {});
  Result<void> done;
  if (const std::optional<Error> problem = loader.problem_of(library)) {
    done = *problem;
  }
  for (const LibraryItem& item : request.items) {
    if (done) {
      linked.items.push_back(loader.request(
          library, {std::string(identifier_of(item.type)), item.name, {}, {}, false, false}));
    }
  }
  if (done) {
    done = loader.finish();
  }
  if (!done) {
    document.restore(before);
    return done.error();
  }
  remove_contradictions(document, linked.warnings);
  for (BlockId& id : linked.items) {
    id = document.find(id) ? id : BlockId{};
  }
  if (request.is_append) {
    for (const BlockId id : request.is_recursive ? loader.added() : linked.items) {
      const DataBlock* block = document.find(id);
      if (block && block->link.library == library) {
        document.make_local(id);
      }
    }
    if (!had_library) {
      drop_unused_library(document, library);
    }
  }
  for (const BlockId id : linked.items) {
    if (id && request.use_fake_user) {
      document.edit(id, Change::Settings).use_fake_user = true;
    }
  }
  return linked;
}

Result<std::vector<std::string>> reload_library(Document& document, const Path& document_path,
                                                BlockId library, const Registry& registry,
                                                Progress& progress) {
  std::vector<std::string> warnings;
  if (!document.find<Library>(library)) {
    return Error::invalid("there is no such library");
  }
  const Document before = document;
  std::vector<const DataBlock*> old;
  before.for_each([&](const DataBlock& block) {
    if (block.link.library == library && !block.is_embedded()) {
      old.push_back(&block);
    }
  });
  LibraryLoader loader(document, document_path, registry, progress, warnings);
  loader.read_anew();
  if (const std::optional<Error> problem = loader.problem_of(library)) {
    return *problem;
  }
  std::vector<std::pair<BlockId, BlockId>> replaced;
  std::unordered_set<BlockId> wanted;
  for (const DataBlock* block : old) {
    const bool is_used = usage(before, block->id).first;
    if (!block->link.is_indirect || is_used) {
      wanted.insert(block->id);
    }
  }
  for (const DataBlock* block : old) {
    if (wanted.contains(block->id)) {
      replaced.emplace_back(block->id, loader.request(library, {stored_type(block->dynamic_schema()).identifier,
                                                                block->name,
                                                                block->link.uuid.text(),
                                                                {},
                                                                block->link.is_indirect,
                                                                true}));
    }
  }
  const Result<void> done = loader.finish();
  if (!done) {
    document.restore(before);
    return done.error();
  }
  remove_contradictions(document, warnings);
  for (const auto& [from, to] : replaced) {
    if (document.find(to)) {
      document.replace_references(from, to);
    }
  }
  for (const DataBlock* block : old) {
    document.remove(block->id);
  }
  // The names that were numbered beside the old ones.
  for (const auto& [from, to] : replaced) {
    const DataBlock* former = before.find(from);
    if (to && former && document.find(to)) {
      document.edit(to, Change::None).uuid = former->uuid;
      document.rename(to, former->name);
    }
  }
  follow_libraries(document, before, registry, {replaced.begin(), replaced.end()}, warnings);
  return warnings;
}

Document extract_blocks(const Document& document, const std::vector<BlockId>& blocks,
                        bool use_fake_user) {
  Document out;
  std::unordered_map<BlockId, BlockId> ids;
  std::vector<BlockId> waiting(blocks.rbegin(), blocks.rend());
  std::vector<BlockId> order;
  // Owners and libraries go before what needs them.
  while (!waiting.empty()) {
    const BlockId id = waiting.back();
    const DataBlock* block = document.find(id);
    if (!block || ids.contains(id)) {
      waiting.pop_back();
      continue;
    }
    BlockId first = block->owner && !ids.contains(block->owner) ? block->owner : BlockId{};
    if (!first && block->is_linked() && !ids.contains(block->link.library)) {
      first = block->link.library;
    }
    if (first && document.find(first)) {
      waiting.push_back(first);
      continue;
    }
    waiting.pop_back();
    std::shared_ptr<DataBlock> copy = block->clone();
    if (copy->is_linked()) {
      copy->link.library = ids[copy->link.library];
    }
    const auto owner = ids.find(block->owner);
    ids[id] =
        out.add(std::move(copy), block->name, owner == ids.end() ? BlockId{} : owner->second).id;
    order.push_back(id);
    for_each_reference(*block, [&](BlockId target) { waiting.push_back(target); });
  }
  for (const BlockId id : order) {
    map_references(out.edit(ids[id], Change::None), [&](BlockId target) {
      const auto found = ids.find(target);
      return found == ids.end() ? BlockId{} : found->second;
    });
  }
  for (const BlockId id : blocks) {
    if (use_fake_user && ids.contains(id)) {
      out.edit(ids[id], Change::None).use_fake_user = true;
    }
  }
  return out;
}

BlockId make_block_local(Document& document, BlockId id) {
  const DataBlock* block = document.find(id);
  if (!block || !block->is_linked() || block->is_embedded()) {
    return id;
  }
  const auto [is_used_locally, is_used_by_linked] = usage(document, id);
  if (!is_used_by_linked) {
    document.make_local(id);
    return id;
  }
  if (!is_used_locally) {
    return id;
  }
  const std::vector<BlockId> users = document.users_of(id);
  const BlockId copy = document.duplicate(id);
  for (const BlockId user : users) {
    const DataBlock* other = document.find(user);
    if (other && !other->is_linked() && other->owner != id) {
      map_references(document.edit(user, Change::Hierarchy | Change::Geometry | Change::Shading |
                                             Change::Transform | Change::Settings),
                     [&](BlockId target) { return target == id ? copy : target; });
    }
  }
  return copy;
}

}  // namespace kiln
