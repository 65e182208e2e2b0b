// Overriding linked objects and collections, and giving overrides up.
#include "document/collection_membership.h"
#include "document/override_hierarchy.h"
#include "operators/object_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

constexpr Change membership = Change::Hierarchy | Change::Visibility;

bool is_linked(const Document& document, BlockId id) {
  const DataBlock* block = document.find(id);
  return block && block->is_linked();
}

// The outermost linked collection around an object or collection; itself where there is none.
BlockId outermost_linked(const Document& document, BlockId id) {
  const auto around = [&](BlockId inner) -> BlockId {
    for (const BlockId collection : document.all(BlockType::Collection)) {
      const auto& outer = *document.find<Collection>(collection);
      const bool holds =
          outer.contains({inner}) || std::any_of(outer.children.begin(), outer.children.end(),
                                                 [&](const auto& c) { return c.id == inner; });
      if (outer.is_linked() && !outer.is_embedded() && holds) {
        return collection;
      }
    }
    return {};
  };
  std::unordered_set<BlockId> seen = {id};
  for (BlockId next = around(id); next && seen.insert(next).second; next = around(next)) {
    id = next;
  }
  return id;
}

// Puts the override where local collections have the linked block.
void take_place(Document& document, BlockId linked, BlockId made, BlockId scene_collection) {
  const bool is_collection = document.find(linked)->type() == BlockType::Collection;
  std::vector<BlockId> places;  // those of scenes too
  document.for_each([&](const DataBlock& block) {
    if (block.type() == BlockType::Collection && !block.is_linked() && !block.is_override()) {
      places.push_back(block.id);
    }
  });
  for (const BlockId id : places) {
    const auto& place = *document.find<Collection>(id);
    if (!is_collection) {
      if (place.contains({linked})) {
        document.edit<Collection>(id, membership).objects.erase({linked});
      }
      continue;
    }
    const auto has = [&](BlockId child) {
      return std::any_of(place.children.begin(), place.children.end(),
                         [&](const auto& c) { return c.id == child; });
    };
    if (!has(linked)) {
      continue;
    }
    const bool has_made = has(made);
    auto& children = document.edit<Collection>(id, membership).children;
    std::erase_if(children, [&](const auto& c) { return c.id == linked; });
    if (!has_made) {
      children.push_back({made});
      std::erase_if(document.edit<Collection>(scene_collection, membership).children,
                    [&](const auto& c) { return c.id == made; });
    }
  }
}

// The overrides take the place of the empty that showed the collection. It stays as their parent
// where it moves them.
void replace_instance(Document& document, BlockId empty, BlockId collection) {
  const auto& instance = *document.find<Object>(empty);
  if (!instance.parent && instance.local_matrix() == float4x4{}) {
    document.remove(empty);
    return;
  }
  document.edit<Object>(empty, Change::Hierarchy).instance_type = ObjectInstanceType::None;
  document.edit<Object>(empty, Change::Hierarchy).instance_collection = {};
  for (const BlockId inner : collections_below(document, collection)) {
    const IdList objects = document.find<Collection>(inner)->objects.ids();
    for (const BlockId id : objects) {
      const auto* object = document.find<Object>(id);
      if (object && object->is_override() && !object->parent) {
        document.edit<Object>(id, Change::Hierarchy | Change::Transform).parent = {empty};
      }
    }
  }
}

// Those of a hierarchy, the one that follows `last` (if there is one) at the end.
std::vector<BlockId> objects_of(const Document& document, BlockId hierarchy_root, BlockId last) {
  std::vector<BlockId> objects;
  for (const BlockId id : overrides_below(document, hierarchy_root)) {
    if (document.find(id)->type() == BlockType::Object) {
      objects.push_back(id);
    }
  }
  std::stable_partition(objects.begin(), objects.end(), [&](BlockId id) {
    return document.find(id)->library_override.reference.id != last;
  });
  return objects;
}

std::optional<std::string> needs_linked(const Context& context) {
  const Object* active = context.active_object();
  if (!active ||
      !(active->is_linked() || is_linked(context.document(), active->instance_collection.id))) {
    return "the active object should be linked, or show a linked collection";
  }
  return needs_object_mode(context);
}

Result<Outcome> make_override(Context& context, const NoSettings&, const Given&) {
  Document& document = context.document();
  const Object& active = *context.active_object();
  const BlockId shown = active.is_linked() ? BlockId{} : active.instance_collection.id;
  const BlockId linked = shown ? shown : outermost_linked(document, active.id);
  const BlockId empty = shown ? active.id : BlockId{};
  const BlockId former = active.id;
  const BlockId made =
      create_override_hierarchy(document, linked, context.scene, /*is_system=*/false);
  if (empty) {
    replace_instance(document, empty, made);
  } else {
    take_place(document, linked, made, context.get_scene().collection.id);
  }
  context.select_only(objects_of(document, made, former));
  return Outcome::Finished;
}

std::vector<BlockId> selected_overrides(Context& context) {
  std::vector<BlockId> found;
  for (const BlockId id : context.selected) {
    if (context.document().find(id)->is_override()) {
      found.push_back(id);
    }
  }
  if (found.empty()) {
    context.reports.push_back(
        {"None of the selected objects is an override", Report::Severity::Warning});
  }
  return found;
}

Result<Outcome> reset_selected(Context& context, const NoSettings&, const Given&) {
  const std::vector<BlockId> overrides = selected_overrides(context);
  for (const BlockId id : overrides) {
    reset_override(context.document(), id);
  }
  return overrides.empty() ? Outcome::Cancelled : Outcome::Finished;
}

// One that others of its hierarchy may need stays, as the library has it.
void clear_override(Document& document, BlockId id) {
  const LibraryOverride& own = document.find(id)->library_override;
  if (!own.hierarchy) {
    remove_overrides(document, std::span(&id, 1));
    return;
  }
  reset_override(document, id);
  document.edit(id, Change::None).library_override.is_system = true;
}

Result<Outcome> clear_selected(Context& context, const NoSettings&, const Given&) {
  const std::vector<BlockId> overrides = selected_overrides(context);
  for (const BlockId id : overrides) {
    clear_override(context.document(), id);
  }
  return overrides.empty() ? Outcome::Cancelled : Outcome::Finished;
}

}  // namespace

void register_overrides(OperatorRegistry& registry) {
  add_operator(registry, "object.make_override_library", "Make Library Override", make_override,
               needs_linked)
      .description =
      "Makes what is linked a part of this file that can be changed, and still follows its library";
  add_operator(registry, "object.reset_override_library", "Reset Library Override", reset_selected,
               needs_object_mode)
      .description = "Takes all changes of the selected overrides back to what the library has";
  add_operator(registry, "object.clear_override_library", "Clear Library Override", clear_selected,
               needs_object_mode)
      .description =
      "Puts the linked objects in the place of the selected overrides; those that belong to a "
      "hierarchy become as the library has them, and cannot be edited";
}

}  // namespace kiln::operators
