#include "document/document.h"
#include "document/node_tree.h"
#include "document/object.h"
#include "document/scene.h"

namespace kiln {
namespace {

// Walks the stored properties of a struct and hands every block reference to `visit`, together with
// where it is.
void walk_bag(const PropertyBag& bag, FunctionRef<void(BlockId)> visit) {
  for (const auto& [name, value] : bag.items()) {
    if (const BlockId* id = std::get_if<BlockId>(&value.data)) {
      if (*id) {
        visit(*id);
      }
    } else if (const PropertyBag* group = std::get_if<PropertyBag>(&value.data)) {
      walk_bag(*group, visit);
    } else if (const auto* groups = std::get_if<CustomValue::Groups>(&value.data)) {
      for (const PropertyBag& item : *groups) {
        walk_bag(item, visit);
      }
    }
  }
}

bool has_references(const PropertyBag& bag) {
  bool found = false;
  walk_bag(bag, [&](BlockId) { found = true; });
  return found;
}

void map_bag(PropertyBag& bag, FunctionRef<BlockId(BlockId)> visit) {
  if (!has_references(bag)) {
    return;
  }
  for (const std::string& name : [&] {
         std::vector<std::string> names;
         for (const auto& item : bag.items()) {
           names.push_back(item.first);
         }
         return names;
       }()) {
    CustomValue* value = bag.edit(name);
    if (BlockId* id = std::get_if<BlockId>(&value->data)) {
      if (*id) {
        *id = visit(*id);
      }
    } else if (PropertyBag* group = std::get_if<PropertyBag>(&value->data)) {
      map_bag(*group, visit);
    } else if (auto* groups = std::get_if<CustomValue::Groups>(&value->data)) {
      for (PropertyBag& item : *groups) {
        map_bag(item, visit);
      }
    }
  }
}

// Objects and scenes are used by what holds them; nodes use those they show.
bool is_counted(const Property& property, const Schema& owner) {
  const Schema* target = property.target_schema();
  return (target != &Object::schema() && target != &Scene::schema()) ||
         owner.is_a(Node::schema()) || owner.is_a(NodeSocket::schema());
}

void walk(const ConstRef& ref, FunctionRef<void(BlockId, bool)> visit) {
  for (const Schema* s = ref.schema; s; s = s->base) {
    for (const Property& p : s->properties) {
      if (p.storage == Storage::Block && p.address) {
        if (const auto* id = static_cast<const BlockId*>(p.address(ref.data, ref.index));
            id && *id) {
          visit(*id, is_counted(p, *s));
        }
      } else if (p.storage == Storage::Struct) {
        if (const ConstRef inner = nested(ref, p)) {
          walk(inner, visit);
        }
      } else if (p.collection && p.collection->is_stored_list()) {
        const std::int64_t count = p.collection->size(ref);
        for (std::int64_t i = 0; i < count; ++i) {
          walk(p.collection->at(ref, i).ref, visit);
        }
      }
    }
  }
  if (const auto bag = ref.schema->find_bag()) {
    walk_bag(*bag(const_cast<void*>(ref.data)), [&](BlockId id) { visit(id, true); });
  }
}

void map(const MutableRef& ref, FunctionRef<BlockId(BlockId)> visit) {
  for (const Schema* s = ref.schema; s; s = s->base) {
    for (const Property& p : s->properties) {
      if (p.storage == Storage::Block && p.edit_address) {
        if (auto* id = static_cast<BlockId*>(p.edit_address(ref.data, ref.index)); id && *id) {
          *id = visit(*id);
        }
      } else if (p.storage == Storage::Struct) {
        if (const MutableRef inner = nested(ref, p)) {
          map(inner, visit);
        }
      } else if (p.collection && p.collection->is_stored_list()) {
        const std::int64_t count = p.collection->size(ref);
        for (std::int64_t i = 0; i < count; ++i) {
          map(p.collection->edit_at(ref, i), visit);
        }
      }
    }
  }
  if (const auto bag = ref.schema->find_bag()) {
    map_bag(*bag(ref.data), visit);
  }
}

}  // namespace

void for_each_reference(const DataBlock& block, FunctionRef<void(BlockId)> visit) {
  if (const IdList* list = block.long_list()) {
    for (const BlockId id : *list) {
      visit(id);
    }
  }
  for_each_single_reference(block, visit);
}

void for_each_single_reference(const DataBlock& block, FunctionRef<void(BlockId)> visit) {
  for_each_single_use(block, [&](BlockId id, bool) { visit(id); });
}

void for_each_single_use(const DataBlock& block, FunctionRef<void(BlockId, bool)> visit) {
  block.visit_references([&](BlockId id) { visit(id, true); });
  if (block.is_override()) {
    visit(block.library_override.reference.id, true);
  }
  walk(reference_to(block), visit);
}

void map_references(DataBlock& block, FunctionRef<BlockId(BlockId)> visit) {
  if (IdList* list = block.edit_long_list()) {
    list->map(visit);
  }
  map_single_references(block, visit);
}

void map_single_references(DataBlock& block, FunctionRef<BlockId(BlockId)> visit) {
  block.map_references(visit);
  if (block.is_override()) {
    block.library_override.reference.id = visit(block.library_override.reference.id);
  }
  map({&block.dynamic_schema(), &block, -1, &block}, visit);
}

}  // namespace kiln
