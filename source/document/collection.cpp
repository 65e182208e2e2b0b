#include "document/collection.h"

#include <unordered_set>

#include "core/schema/registry.h"
#include "document/collection_membership.h"
#include "document/document.h"
#include "document/object.h"

namespace kiln {
namespace {

void gather(const Document& document, BlockId id, std::vector<BlockId>& objects,
            std::unordered_set<BlockId>& seen) {
  const auto* collection = document.find<Collection>(id);
  if (!collection || !seen.insert(id).second) {
    return;
  }
  for (const BlockRef<Object> object : collection->objects) {
    if (seen.insert(object.id).second) {
      objects.push_back(object.id);
    }
  }
  for (const BlockRef<Collection> child : collection->children) {
    gather(document, child.id, objects, seen);
  }
}

template <typename T>
std::vector<BlockId> ids_of(const std::vector<BlockRef<T>>& refs) {
  std::vector<BlockId> ids;
  ids.reserve(refs.size());
  for (const BlockRef<T> ref : refs) {
    ids.push_back(ref.id);
  }
  return ids;
}

std::string quoted(const Document& document, BlockId id) {
  const DataBlock* block = document.find(id);
  return block ? "'" + block->name + "'" : "None";
}

const Schema& objects_schema() {
  static const Schema schema = [] {
    Schema s;
    s.identifier = "CollectionObjects";
    s.label = "Collection Objects";
    const auto object = parameter(PropertyType::Pointer, "object", "", [](PropertyBuilder& p) {
      p.required().never_none().target(&Object::schema);
    });
    Function link;
    link.identifier = "link";
    link.parameters = {object};
    link.call = [](const Call& call) -> Result<Value> {
      const BlockId id = call.values[0].as_block();
      if (call.target.as<Collection>().contains({id})) {
        return Error::invalid("Error: Object {} already in collection {}",
                              quoted(call.document, id),
                              quoted(call.document, call.target.block->id));
      }
      call.edit(Change::Hierarchy | Change::Visibility).as<Collection>().objects.push_back({id});
      return Value();
    };
    s.functions.push_back(std::move(link));
    Function unlink;
    unlink.identifier = "unlink";
    unlink.parameters = {object};
    unlink.call = [](const Call& call) -> Result<Value> {
      const BlockId id = call.values[0].as_block();
      if (!call.target.as<Collection>().contains({id})) {
        return Error::invalid("Error: Object {} not in collection {}", quoted(call.document, id),
                              quoted(call.document, call.target.block->id));
      }
      call.edit(Change::Hierarchy | Change::Visibility).as<Collection>().objects.erase({id});
      return Value();
    };
    s.functions.push_back(std::move(unlink));
    return s;
  }();
  return schema;
}

const Schema& children_schema() {
  static const Schema schema = [] {
    Schema s;
    s.identifier = "CollectionChildren";
    s.label = "Collection Children";
    const auto child = parameter(PropertyType::Pointer, "child", "", [](PropertyBuilder& p) {
      p.required().never_none().target(&Collection::schema);
    });
    Function link;
    link.identifier = "link";
    link.parameters = {child};
    link.call = [](const Call& call) -> Result<Value> {
      const BlockId id = call.values[0].as_block(), self = call.target.block->id;
      const auto& children = call.target.as<Collection>().children;
      if (std::find(children.begin(), children.end(), BlockRef<Collection>{id}) != children.end()) {
        return Error::invalid("Error: Collection {} already in collection {}",
                              quoted(call.document, id), quoted(call.document, self));
      }
      const auto* added = call.document.find<Collection>(id);
      if (!added || added->is_embedded()) {
        return Error::invalid("Error: Collection {} is the root of a scene and cannot be linked",
                              quoted(call.document, id));
      }
      if (is_within(call.document, self, id)) {
        return Error::invalid(
            "Error: Collection {} cannot be linked to {}: it would contain itself",
            quoted(call.document, id), quoted(call.document, self));
      }
      call.edit(Change::Hierarchy | Change::Visibility).as<Collection>().children.push_back({id});
      return Value();
    };
    s.functions.push_back(std::move(link));
    Function unlink;
    unlink.identifier = "unlink";
    unlink.parameters = {child};
    unlink.call = [](const Call& call) -> Result<Value> {
      const BlockId id = call.values[0].as_block();
      const auto& children = call.target.as<Collection>().children;
      if (std::find(children.begin(), children.end(), BlockRef<Collection>{id}) == children.end()) {
        return Error::invalid("Error: Collection {} not in collection {}",
                              quoted(call.document, id),
                              quoted(call.document, call.target.block->id));
      }
      std::erase(call.edit(Change::Hierarchy | Change::Visibility).as<Collection>().children,
                 BlockRef<Collection>{id});
      return Value();
    };
    s.functions.push_back(std::move(unlink));
    return s;
  }();
  return schema;
}

}  // namespace

bool Collection::contains(BlockRef<Object> object) const {
  return objects.contains(object);
}

void Collection::visit_references(FunctionRef<void(BlockId)> visit) const {
  for (const BlockRef<Collection> child : children) {
    visit(child.id);
  }
}

void Collection::map_references(FunctionRef<BlockId(BlockId)> visit) {
  for (BlockRef<Collection>& child : children) {
    child.id = visit(child.id);
  }
  std::erase_if(children, [](const auto& child) { return !child; });
}

std::vector<BlockId> all_objects(const Document& document, BlockId collection) {
  std::vector<BlockId> objects;
  std::unordered_set<BlockId> seen;
  gather(document, collection, objects, seen);
  return objects;
}

std::vector<BlockId> collections_of(const Document& document, BlockId object) {
  std::vector<BlockId> found;
  for (const BlockId user : document.users_of(object)) {
    const auto* collection = document.find<Collection>(user);
    // Only a custom property may refer to an object that does not lie in the collection.
    if (collection && (collection->custom.empty() || collection->contains({object}))) {
      found.push_back(user);
    }
  }
  return found;
}

std::unordered_set<BlockId> collections_below(const Document& document, BlockId root) {
  std::unordered_set<BlockId> found;
  std::vector<BlockId> open{root};
  while (!open.empty()) {
    const auto* collection = document.find<Collection>(open.back());
    open.pop_back();
    if (collection && found.insert(collection->id).second) {
      for (const BlockRef<Collection> child : collection->children) {
        open.push_back(child.id);
      }
    }
  }
  return found;
}

bool is_object_within(const Document& document, BlockId object, BlockId collection,
                      FunctionRef<bool(BlockId)> leads_up) {
  // Upward from the object: its collections are few, while there may be many objects.
  std::vector<BlockId> open, seen;
  for (const BlockId user : collections_of(document, object)) {
    if (leads_up(user)) {
      open.push_back(user);
    }
  }
  while (!open.empty()) {
    const BlockId id = open.back();
    open.pop_back();
    if (id == collection) {
      return true;
    }
    if (std::find(seen.begin(), seen.end(), id) != seen.end()) {
      continue;
    }
    seen.push_back(id);
    for (const BlockId user : document.users_of(id)) {
      if (document.find<Collection>(user)) {
        open.push_back(user);
      }
    }
  }
  return false;
}

bool is_within(const Document& document, BlockId inner, BlockId outer) {
  if (inner == outer) {
    return true;
  }
  const auto* collection = document.find<Collection>(outer);
  if (collection) {
    for (const BlockRef<Collection> child : collection->children) {
      if (is_within(document, inner, child.id)) {
        return true;
      }
    }
  }
  return false;
}

const Schema& Collection::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Collection> s("Collection", "Collection", &DataBlock::schema());
    s.add<&Collection::instance_offset>("instance_offset", "Instance Offset")
        .soft(-10000, 10000)
        .step(10, 5)
        .subtype(Subtype::Translation)
        .changes(Change::Visibility)
        .overridable();
    s.add_blocks(
         "objects", "Objects", &Object::schema,
         [](const ConstRef& r) { return r.as<Collection>().objects.ids().to_vector(); },
         [](const ConstRef& r, std::string_view name) {
           return r.document->named_among(BlockType::Object, name, [&](BlockId id) {
             return r.as<Collection>().contains({id});
           });
         })
        .collection_schema(&objects_schema)
        .not_animatable()
        .overridable();
    s.add_blocks("all_objects", "All Objects", &Object::schema,
                 [](const ConstRef& r) { return all_objects(*r.document, r.block->id); },
                 [](const ConstRef& r, std::string_view name) {
                   return r.document->named_among(BlockType::Object, name, [&](BlockId id) {
                     return is_object_within(*r.document, id, r.block->id);
                   });
                 })
        .not_animatable();
    s.add_blocks("children", "Children", &Collection::schema,
                 [](const ConstRef& r) { return ids_of(r.as<Collection>().children); })
        .collection_schema(&children_schema)
        .not_animatable()
        .overridable();
    s.add_blocks("children_recursive", "Children Recursive", &Collection::schema,
                 [](const ConstRef& r) {
                   std::vector<BlockId> found;
                   const auto walk = [&](const auto& self, BlockId id) -> void {
                     if (const auto* c = r.document->find<Collection>(id)) {
                       for (const BlockRef<Collection> child : c->children) {
                         found.push_back(child.id);
                         self(self, child.id);
                       }
                     }
                   };
                   walk(walk, r.block->id);
                   return found;
                 })
        .not_animatable();
    s.add<&Collection::hide_select>("hide_select", "Disable Selection")
        .changes(Change::Visibility)
        .not_animatable()
        .overridable();
    s.add<&Collection::hide_viewport>("hide_viewport", "Disable in Viewports")
        .changes(Change::Visibility)
        .not_animatable()
        .overridable();
    s.add<&Collection::hide_render>("hide_render", "Disable in Renders")
        .changes(Change::Visibility)
        .not_animatable()
        .overridable();
    s.add<&Collection::color_tag>("color_tag", "Collection Color")
        .items({{"NONE", "None", -1},
                {"COLOR_01", "Color 01", 0},
                {"COLOR_02", "Color 02", 1},
                {"COLOR_03", "Color 03", 2},
                {"COLOR_04", "Color 04", 3},
                {"COLOR_05", "Color 05", 4},
                {"COLOR_06", "Color 06", 5},
                {"COLOR_07", "Color 07", 6},
                {"COLOR_08", "Color 08", 7}})
        .changes(Change::Visibility)
        .overridable();
    s.add_stored_blocks<&Collection::objects>("stored_objects");
    s.add_stored_blocks<&Collection::children>("stored_children");
    return s.build();
  }();
  return schema;
}

void register_collection_types(Registry& registry) {
  registry.add(Collection::schema());
  registry.add(objects_schema());
  registry.add(children_schema());
}

}  // namespace kiln
