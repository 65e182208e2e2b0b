#include "document/override_hierarchy.h"

#include <algorithm>
#include <unordered_set>

#include "document/collection.h"
#include "document/collection_membership.h"
#include "document/object.h"
#include "document/scene.h"

namespace kiln {
namespace {

constexpr Change all_content =
    Change::Hierarchy | Change::Geometry | Change::Shading | Change::Transform | Change::Settings;

bool is_placed(const DataBlock& block) {
  return block.type() == BlockType::Object || block.type() == BlockType::Collection;
}

// Replaces references but the one to what an override follows.
void map_uses(DataBlock& block, FunctionRef<BlockId(BlockId)> map) {
  const BlockId kept = block.library_override.reference.id;
  map_references(block, map);
  block.library_override.reference.id = kept;
}

bool uses_any(const DataBlock& block, const std::unordered_set<BlockId>& others) {
  bool found = false;
  for_each_reference(block, [&](BlockId id) { found = found || others.contains(id); });
  return found;
}

// The linked blocks that are overridden together, the one that is asked for first.
std::vector<BlockId> members_of(const Document& document, BlockId root) {
  const BlockId library = document.find(root)->link.library;
  std::vector<BlockId> members = {root};
  std::unordered_set<BlockId> is_member = {root};
  const auto member = [&](BlockId id) -> const DataBlock* {
    const DataBlock* block = document.find(id);
    const bool fits = block && block->link.library == library && !block->is_embedded();
    return fits && !is_member.contains(id) ? block : nullptr;
  };
  // Objects and collections that others of them need.
  for (std::size_t i = 0; i < members.size(); ++i) {
    const DataBlock& block = *document.find(members[i]);
    for_each_reference(block, [&](BlockId id) {
      const DataBlock* used = is_placed(block) ? member(id) : nullptr;
      if (used && is_placed(*used)) {
        is_member.insert(id);
        members.push_back(id);
      }
    });
  }
  // Data between them, such as the lens of a camera that focuses on one of them.
  for (bool grows = true; grows;) {
    grows = false;
    for (std::size_t i = 0; i < members.size(); ++i) {
      for_each_reference(*document.find(members[i]), [&](BlockId id) {
        const DataBlock* used = member(id);
        if (used && used->type() != BlockType::Library && uses_any(*used, is_member)) {
          is_member.insert(id);
          members.push_back(id);
          grows = true;
        }
      });
    }
  }
  return members;
}

void put_into(Document& document, BlockId collection, BlockId object) {
  if (!document.find<Collection>(collection)->contains({object})) {
    document.edit<Collection>(collection, Change::Hierarchy | Change::Visibility)
        .objects.push_back({object});
  }
}

// Local collections that hold the linked block; the one of the scene where there are none.
std::vector<BlockId> places_of(const Document& document, BlockId linked, const Scene& scene) {
  std::vector<BlockId> places;
  for (const BlockId id : collections_of(document, linked)) {
    if (!document.find(id)->is_linked() && !document.find(id)->is_override()) {
      places.push_back(id);
    }
  }
  return places.empty() ? std::vector<BlockId>{scene.collection.id} : places;
}

// A collection for objects that a hierarchy needs and that its own collections do not hold.
BlockId add_hidden_collection(Document& document, BlockId parent) {
  auto& hidden = document.add<Collection>("OVERRIDE_HIDDEN");
  hidden.hide_viewport = hidden.hide_render = true;
  const BlockId id = hidden.id;
  document.edit<Collection>(parent, Change::Hierarchy | Change::Visibility)
      .children.push_back({id});
  return id;
}

void bring_into_scene(Document& document, BlockId scene_id, BlockId linked_root,
                      const std::vector<BlockId>& made) {
  const Scene* scene = document.find<Scene>(scene_id);
  const BlockId root = made.front();
  if (!scene || scene->is_linked() || !is_placed(*document.find(root))) {
    return;
  }
  const BlockId scene_collection = scene->collection.id;
  const bool is_collection = document.find(root)->type() == BlockType::Collection;
  const std::vector<BlockId> places =
      is_collection ? std::vector<BlockId>{} : places_of(document, linked_root, *scene);
  if (is_collection) {
    document.edit<Collection>(scene_collection, Change::Hierarchy | Change::Visibility)
        .children.push_back({root});
  }
  BlockId hidden;
  for (const BlockId id : made) {
    if (document.find(id)->type() != BlockType::Object || !collections_of(document, id).empty()) {
      continue;
    }
    if (is_collection && !hidden) {
      hidden = add_hidden_collection(document, scene_collection);
    }
    for (const BlockId place : is_collection ? std::vector<BlockId>{hidden} : places) {
      put_into(document, place, id);
    }
  }
}

std::vector<BlockId> parts_of(const Document& document, BlockId id) {
  std::vector<BlockId> parts;
  for_each_reference(*document.find(id), [&](BlockId target) {
    const DataBlock* part = document.find(target);
    if (part && part->owner == id && std::find(parts.begin(), parts.end(), target) == parts.end()) {
      parts.push_back(target);
    }
  });
  return parts;
}

}  // namespace

BlockId create_override_hierarchy(Document& document, BlockId linked, BlockId scene,
                                  bool is_system) {
  const DataBlock* block = document.find(linked);
  if (!block || !block->is_linked() || block->is_embedded()) {
    return {};
  }
  const std::vector<BlockId> members = members_of(document, linked);
  const Uuid hierarchy = Uuid::random();
  std::vector<BlockId> made;
  for (const BlockId id : members) {
    made.push_back(document.duplicate(id));
    document.edit(made.back(), Change::None).library_override = {
        {id}, {}, hierarchy, id == linked, is_system};
  }
  const OverrideHierarchies hierarchies(document);
  for (const BlockId id : made) {
    hierarchies.enter(document.edit(id, all_content));
  }
  bring_into_scene(document, scene, linked, made);
  return made.front();
}

std::vector<BlockId> overrides_below(const Document& document, BlockId id) {
  std::vector<BlockId> found = {id};
  const Uuid hierarchy = document.find(id)->library_override.hierarchy;
  std::unordered_set<BlockId> is_found = {id};
  for (std::size_t i = 0; hierarchy && i < found.size(); ++i) {
    for_each_reference(*document.find(found[i]), [&](BlockId target) {
      const DataBlock* used = document.find(target);
      if (used && used->is_override() && used->library_override.hierarchy == hierarchy &&
          is_found.insert(target).second) {
        found.push_back(target);
      }
    });
  }
  return found;
}

BlockId hierarchy_root(const Document& document, const DataBlock& block) {
  const LibraryOverride& own = block.library_override;
  BlockId root = block.id;
  if (own.hierarchy && !own.is_root) {
    document.for_each([&](const DataBlock& other) {
      if (other.is_override() && other.library_override.is_root &&
          other.library_override.hierarchy == own.hierarchy) {
        root = other.id;
      }
    });
  }
  return root;
}

void reset_override(Document& document, BlockId id) {
  const DataBlock& block = *document.find(id);
  const DataBlock* reference = document.find(block.library_override.reference.id);
  if (!reference || &reference->dynamic_schema() != &block.dynamic_schema()) {
    return;
  }
  LibraryOverride kept = block.library_override;
  kept.paths.clear();
  const std::vector<BlockId> own_parts = parts_of(document, id);
  const std::vector<BlockId> parts = parts_of(document, reference->id);
  const auto own_part = [&](BlockId part) {
    const auto at = std::find(parts.begin(), parts.end(), part);
    const std::size_t index = std::size_t(at - parts.begin());
    return at == parts.end() || index >= own_parts.size() ? part : own_parts[index];
  };
  const BlockId followed = reference->id;
  const auto put = [&](BlockId target, BlockId source) {
    std::shared_ptr<DataBlock> content = document.find(source)->clone();
    const DataBlock& old = *document.find(target);
    content->link = {};
    content->library_override = old.library_override;
    content->use_fake_user = old.use_fake_user;
    content->use_extra_user = old.use_extra_user;
    content->miscounted_users = 0;
    map_references(*content, [&](BlockId used) { return used == followed ? id : own_part(used); });
    document.replace(target, std::move(content));
  };
  for (std::size_t i = 0; i < std::min(parts.size(), own_parts.size()); ++i) {
    put(own_parts[i], parts[i]);
  }
  put(id, followed);
  DataBlock& edited = document.edit(id, all_content);
  edited.library_override = std::move(kept);
  OverrideHierarchies(document).enter(edited);
}

void remove_overrides(Document& document, std::span<const BlockId> ids) {
  for (const BlockId id : ids) {
    document.replace_references(id, document.find(id)->library_override.reference.id);
  }
  document.remove(ids);
}

OverrideHierarchies::OverrideHierarchies(const Document& document) {
  document.for_each([&](const DataBlock& block) {
    if (block.is_override() && block.library_override.hierarchy) {
      const LibraryOverride& o = block.library_override;
      overrides_.emplace(std::pair(o.hierarchy, o.reference.id), block.id);
    }
  });
}

void OverrideHierarchies::enter(DataBlock& block) const {
  const Uuid hierarchy = block.library_override.hierarchy;
  if (!hierarchy || overrides_.empty()) {
    return;
  }
  map_uses(block, [&](BlockId id) {
    const auto found = overrides_.find({hierarchy, id});
    return found == overrides_.end() ? id : found->second;
  });
}

void leave_override_hierarchy(const Document& document, DataBlock& block) {
  const Uuid hierarchy = block.library_override.hierarchy;
  if (!hierarchy) {
    return;
  }
  map_uses(block, [&](BlockId id) {
    const DataBlock* used = document.find(id);
    const bool is_member =
        used && used->is_override() && used->library_override.hierarchy == hierarchy;
    return is_member ? used->library_override.reference.id : id;
  });
}

}  // namespace kiln
