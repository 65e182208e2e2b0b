// Giving objects data of their own.
#include "document/collection_membership.h"
#include "document/material.h"
#include "operators/object_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

enum class Which : std::uint8_t { Selected = 1, All = 2 };

struct SingleUserSettings {
  Which type = Which::Selected;
  bool object = false, obdata = false, material = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      using T = SingleUserSettings;
      SchemaBuilder<T> s("OBJECT_OT_make_single_user", "Make Single User");
      s.add<&T::type>("type", "Type")
          .items({{"SELECTED_OBJECTS", "Selected Objects", int(Which::Selected)},
                  {"ALL", "All", int(Which::All)}})
          .not_animatable();
      s.add<&T::object>("object", "Object")
          .describe("Objects that other scenes have too are copied")
          .not_animatable();
      s.add<&T::obdata>("obdata", "Object Data")
          .describe("Data that other objects show too is copied")
          .not_animatable();
      s.add<&T::material>("material", "Materials")
          .describe("Materials that others use too are copied")
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

int real_users(const Document& document, BlockId id) {
  return document.users(id) - (document.find(id)->use_fake_user ? 1 : 0);
}

// Puts copies in the place of objects that collections of other scenes have too. What they refer
// to among themselves follows.
void split_objects(Context& context, std::vector<BlockId>& objects) {
  Document& document = context.document();
  const std::unordered_set<BlockId> here =
      collections_below(document, context.get_scene().collection.id);
  std::unordered_map<BlockId, BlockId> copies;
  for (const BlockId id : objects) {
    const std::vector<BlockId> homes = collections_of(document, id);
    if (!std::all_of(homes.begin(), homes.end(),
                     [&](BlockId home) { return here.contains(home); })) {
      copies[id] = document.duplicate(id);
    }
  }
  if (copies.empty()) {
    return;
  }
  const auto to_copy = [&](BlockId id) {
    const auto found = copies.find(id);
    return found == copies.end() ? id : found->second;
  };
  for (const BlockId home : here) {
    const Collection* collection = document.find<Collection>(home);
    const bool has_some = std::any_of(copies.begin(), copies.end(), [&](const auto& entry) {
      return collection->contains({entry.first});
    });
    if (has_some) {
      map_references(document.edit(home, Change::Hierarchy | Change::Visibility), to_copy);
    }
  }
  for (const auto& [id, copy] : copies) {
    map_references(document.edit(copy, Change::Hierarchy | Change::Transform | Change::Geometry),
                   to_copy);
  }
  ViewLayer& layer = context.edit_layer(Change::Selection);
  std::vector<BlockId> selected;
  for (const BlockId id : layer.selected) {
    selected.push_back(to_copy(id));
  }
  layer.selected = IdSet(std::move(selected));
  layer.active = {to_copy(layer.active.id)};
  for (BlockId& id : objects) {
    id = to_copy(id);
  }
}

void split_data(Document& document, BlockId id) {
  const BlockId data = document.find<Object>(id)->data.id;
  if (document.find(data) && real_users(document, data) > 1) {
    const BlockId own = document.duplicate(data);
    document.edit<Object>(id, Change::Geometry | Change::Hierarchy | Change::Shading).data = {own};
  }
}

void split_materials(Document& document, BlockId id) {
  const Object& object = *document.find<Object>(id);
  for (int slot = 0; slot < slot_count(document, object); ++slot) {
    const BlockId material = slot_material(document, *document.find<Object>(id), slot).id;
    if (!document.find(material) || real_users(document, material) <= 1) {
      continue;
    }
    const auto at = std::size_t(slot);
    const bool is_of_object = at < document.find<Object>(id)->slots.size() &&
                              document.find<Object>(id)->slots[at].is_linked_to_object;
    const BlockId mesh = document.find<Object>(id)->data.id;
    if (!is_of_object && (!document.find<Mesh>(mesh) || document.find(mesh)->is_linked())) {
      continue;
    }
    const BlockId own = document.duplicate(material);
    if (is_of_object) {
      document.edit<Object>(id, Change::Shading | Change::Hierarchy).slots[at].object_material = {
          own};
    } else {
      document.edit<Mesh>(mesh, Change::Shading | Change::Hierarchy).materials[at] = {own};
    }
  }
}

Result<Outcome> make_single_user(Context& context, const SingleUserSettings& s, const Given&) {
  Document& document = context.document();
  std::vector<BlockId> objects;
  if (s.type == Which::All) {
    for (const BlockId id : all_objects(document, context.get_scene().collection.id)) {
      if (!document.find(id)->is_linked()) {
        objects.push_back(id);
      }
    }
  } else {
    objects = context.editable();
  }
  if (s.object) {
    split_objects(context, objects);
  }
  for (const BlockId id : objects) {
    if (s.obdata) {
      split_data(document, id);
    }
    if (s.material) {
      split_materials(document, id);
    }
  }
  return Outcome::Finished;
}

}  // namespace

void register_object_single_user(OperatorRegistry& registry) {
  add_operator(registry, "object.make_single_user", "Make Single User", make_single_user,
               needs_object_mode);
}

}  // namespace kiln::operators
