#include "document/file/consistency.h"

#include <unordered_set>

#include "document/collection.h"
#include "document/object.h"
#include "document/scene.h"

namespace kiln {
namespace {

void break_parent_cycles(Document& document, std::vector<std::string>& warnings) {
  std::unordered_set<BlockId> good;
  for (const BlockId start : document.all(BlockType::Object).to_vector()) {
    std::unordered_set<BlockId> chain;
    for (BlockId id = start; !good.contains(id);) {
      chain.insert(id);
      const auto* object = document.find<Object>(id);
      const BlockId parent = object ? object->parent.id : BlockId{};
      if (!document.find<Object>(parent)) {
        break;
      }
      if (chain.contains(parent)) {
        warnings.push_back(fmt::format(
            "Object \"{}\": its parent is below itself; the parent was taken away", object->name));
        document.edit<Object>(id, Change::None).parent = {};
        break;
      }
      id = parent;
    }
    good.insert(chain.begin(), chain.end());
  }
}

// A collection holds objects and collections only, each object once.
void remove_strangers(Document& document, std::vector<std::string>& warnings) {
  std::vector<BlockId> broken;
  const auto is_stranger = [&](const auto& ref) { return !document.find(ref); };
  document.for_each([&](const DataBlock& block) {
    if (const auto* collection = document.find<Collection>(block.id)) {
      std::unordered_set<BlockId> seen;
      const auto is_again = [&](BlockRef<Object> ref) { return !seen.insert(ref.id).second; };
      if (std::any_of(collection->objects.begin(), collection->objects.end(), is_again) ||
          std::any_of(collection->objects.begin(), collection->objects.end(), is_stranger) ||
          std::any_of(collection->children.begin(), collection->children.end(), is_stranger)) {
        broken.push_back(block.id);
      }
    }
  });
  for (const BlockId id : broken) {
    auto& collection = document.edit<Collection>(id, Change::None);
    warnings.push_back(fmt::format(
        "Collection \"{}\": something in it is no object or collection, or is there twice",
        collection.name));
    collection.objects.erase_if(is_stranger);
    std::unordered_set<BlockId> seen;
    collection.objects.erase_if([&](BlockRef<Object> ref) { return !seen.insert(ref.id).second; });
    std::erase_if(collection.children, is_stranger);
  }
}

// Depth first with a stack of its own: a file may nest collections deeper than functions can.
void break_collection_cycles(Document& document, std::vector<std::string>& warnings) {
  std::vector<BlockId> all;
  document.for_each([&](const DataBlock& block) {
    if (block.type() == BlockType::Collection) {
      all.push_back(block.id);
    }
  });
  enum class State { Open, Done };
  std::unordered_map<BlockId, State> states;
  for (const BlockId root : all) {
    std::vector<std::pair<BlockId, std::size_t>> stack;
    if (states.emplace(root, State::Open).second) {
      stack.emplace_back(root, 0);
    }
    while (!stack.empty()) {
      const BlockId id = stack.back().first;
      const auto* collection = document.find<Collection>(id);
      const std::size_t i = stack.back().second++;
      if (i >= collection->children.size()) {
        states[id] = State::Done;
        stack.pop_back();
        continue;
      }
      const BlockId child = collection->children[i].id;
      if (!document.find<Collection>(child)) {
        continue;
      }
      const auto state = states.find(child);
      if (state == states.end()) {
        states[child] = State::Open;
        stack.emplace_back(child, 0);
      } else if (state->second == State::Open) {
        warnings.push_back(fmt::format("Collection \"{}\": it holds itself; \"{}\" was taken out",
                                       collection->name, document.find(child)->name));
        auto& children = document.edit<Collection>(id, Change::None).children;
        children.erase(children.begin() + std::ptrdiff_t(i));
        --stack.back().second;
      }
    }
  }
}

void remove_broken_scenes(Document& document, std::vector<std::string>& warnings) {
  for (const BlockId id : document.all(BlockType::Scene).to_vector()) {
    const auto* scene = document.find<Scene>(id);
    if (scene->view_layers.empty() || !document.find(scene->collection)) {
      warnings.push_back(fmt::format(
          "Scene \"{}\": it has no view layer or no collection; left out", scene->name));
      document.remove(id);
    }
  }
}

}  // namespace

void remove_contradictions(Document& document, std::vector<std::string>& warnings) {
  remove_strangers(document, warnings);
  break_parent_cycles(document, warnings);
  break_collection_cycles(document, warnings);
  remove_broken_scenes(document, warnings);
}

}  // namespace kiln
