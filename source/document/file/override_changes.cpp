#include "document/file/override_changes.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "document/file/serialization.h"
#include "document/library_override.h"
#include "document/override_hierarchy.h"

namespace kiln {
namespace {

using nlohmann::json;

std::string name_of(BlockId id) {
  return fmt::format("#{}.{}", id.slot, id.serial);
}

BlockId id_of(const std::string& name) {
  BlockId id;
  return std::sscanf(name.c_str(), "#%u.%u", &id.slot, &id.serial) == 2 ? id : BlockId{};
}

// What an override would store.
json changes(const Document& document, const DataBlock& block, const DataBlock& reference) {
  const std::shared_ptr<DataBlock> plain = block.clone();
  leave_override_hierarchy(document, *plain);
  Prototypes prototypes;
  return block_to_json(*plain, prototypes, name_of, &reference);
}

}  // namespace

std::vector<std::string> override_changes(const Document& document, const DataBlock& block) {
  const DataBlock* reference = document.find(block.library_override.reference.id);
  return reference ? stored_paths(changes(document, block, *reference))
                   : std::vector<std::string>();
}

void follow_libraries(Document& document, const Document& before, const Registry& registry,
                      const std::unordered_map<BlockId, BlockId>& replaced,
                      std::vector<std::string>& warnings) {
  const std::function<BlockId(const std::string&)> present = [&](const std::string& name) {
    const BlockId id = id_of(name);
    const auto found = replaced.find(id);
    const BlockId now = found == replaced.end() ? id : found->second;
    return document.find(now) ? now : BlockId{};
  };
  std::vector<BlockId> following;
  before.for_each([&](const DataBlock& block) {
    const DataBlock* now = document.find(block.id);
    if (block.is_override() && replaced.contains(block.library_override.reference.id) && now &&
        now->is_override()) {
      following.push_back(block.id);
    }
  });
  for (const BlockId id : following) {
    const DataBlock& old = *before.find(id);
    const DataBlock* reference = before.find(old.library_override.reference.id);
    const json kept = reference ? changes(before, old, *reference) : json::object();
    reset_override(document, id);
    DataBlock& block = document.edit(id, Change::All);
    block_from_json(block, kept, registry, present, warnings);
    if (!block.finish_reading()) {
      warnings.push_back(
          fmt::format("\"{}\": what was changed does not fit its library any more", block.name));
      reset_override(document, id);
    }
  }
  const OverrideHierarchies hierarchies(document);
  for (const BlockId id : following) {
    hierarchies.enter(document.edit(id, Change::None));
    note_override_changes(document, id);
  }
}

}  // namespace kiln
