// Which collections objects lie in.
#include "document/collection_membership.h"
#include "operators/object_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

constexpr Change membership = Change::Hierarchy | Change::Visibility;

struct TargetSettings {
  int collection_index = -1;
  bool is_new = false;
  std::string new_collection_name;
};
template <const char* identifier, const char* label>
struct NamedTargetSettings : TargetSettings {
  static const Schema& schema() {
    static const Schema schema = [] {
      using T = NamedTargetSettings;
      SchemaBuilder<T> s(identifier, label);
      s.template add<&T::collection_index>("collection_index", "Collection Index")
          .describe("Position of the collection in the tree of the view layer, 0 the scene's own")
          .range(-1, infinity)
          .soft(0, infinity)
          .hidden()
          .not_animatable();
      s.template add<&T::is_new>("is_new", "New")
          .describe("Into a new collection below that one")
          .hidden()
          .not_animatable();
      s.template add<&T::new_collection_name>("new_collection_name", "Name")
          .describe("What the new collection is called")
          .max_bytes(64)
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// Collections in the order of the tree, depth first.
void list_collections(const Document& document, BlockId id, std::vector<BlockId>& out) {
  const Collection* collection = document.find<Collection>(id);
  if (!collection) {
    return;
  }
  out.push_back(id);
  for (const auto& child : collection->children) {
    list_collections(document, child.id, out);
  }
}

// The collection that the settings mean; made where they ask for a new one.
Result<BlockId> find_target(Context& context, const TargetSettings& s) {
  Document& document = context.document();
  if (s.collection_index < 0) {
    return Error::invalid("No collection selected");
  }
  std::vector<BlockId> collections;
  list_collections(document, context.get_scene().collection.id, collections);
  if (std::size_t(s.collection_index) >= collections.size()) {
    return Error::invalid("Unexpected error, collection not found");
  }
  const BlockId chosen = collections[std::size_t(s.collection_index)];
  if (!s.is_new) {
    return chosen;
  }
  const BlockId made =
      document.add<Collection>(s.new_collection_name.empty() ? "Collection" : s.new_collection_name)
          .id;
  document.edit<Collection>(chosen, membership).children.push_back({made});
  return made;
}

void put_into(Document& document, BlockId collection, const std::vector<BlockId>& objects) {
  auto& list = document.edit<Collection>(collection, membership).objects;
  for (const BlockId id : objects) {
    if (!document.find<Collection>(collection)->contains({id})) {
      list.push_back({id});
    }
  }
}

void take_out(Document& document, BlockId collection, const std::unordered_set<BlockId>& objects) {
  document.edit<Collection>(collection, membership).objects.erase_if([&](BlockRef<Object> object) {
    return objects.contains(object.id);
  });
}

// Takes objects out of all collections that `leaves` says.
void leave(Document& document, const std::vector<BlockId>& objects,
           FunctionRef<bool(BlockId)> leaves) {
  std::unordered_set<BlockId> homes;
  for (const BlockId id : objects) {
    for (const BlockId home : collections_of(document, id)) {
      if (leaves(home)) {
        homes.insert(home);
      }
    }
  }
  const std::unordered_set<BlockId> leaving(objects.begin(), objects.end());
  for (const BlockId home : homes) {
    take_out(document, home, leaving);
  }
}

Result<Outcome> move_or_link(Context& context, const TargetSettings& s, bool is_move) {
  Document& document = context.document();
  const std::vector<BlockId> objects = context.editable();
  if (objects.empty()) {
    return Error::invalid("No objects selected");
  }
  const Result<BlockId> target = find_target(context, s);
  if (!target) {
    return target.error();
  }
  const Collection& collection = *document.find<Collection>(*target);
  if (!is_move) {
    const auto known = std::find_if(objects.begin(), objects.end(),
                                    [&](BlockId id) { return collection.contains({id}); });
    if (known != objects.end() && objects.size() == 1) {
      return Error::invalid("{} already in {}", document.find<Object>(*known)->name,
                            collection.name);
    }
  }
  put_into(document, *target, objects);
  if (is_move) {
    const std::unordered_set<BlockId> here =
        collections_below(document, context.get_scene().collection.id);
    leave(document, objects, [&](BlockId home) { return home != *target && here.contains(home); });
  }
  return Outcome::Finished;
}

constexpr char move_name[] = "OBJECT_OT_move_to_collection", move_label[] = "Move to Collection";
constexpr char link_name[] = "OBJECT_OT_link_to_collection", link_label[] = "Link to Collection";
using MoveSettings = NamedTargetSettings<move_name, move_label>;
using LinkSettings = NamedTargetSettings<link_name, link_label>;

Result<Outcome> move_to_collection(Context& context, const MoveSettings& s, const Given&) {
  return move_or_link(context, s, true);
}
Result<Outcome> link_to_collection(Context& context, const LinkSettings& s, const Given&) {
  return move_or_link(context, s, false);
}

struct CreateSettings {
  std::string name = "Collection";
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<CreateSettings> s("COLLECTION_OT_create", "Create New Collection");
      s.add<&CreateSettings::name>("name", "Name").max_bytes(64).not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// A collection beside the tree, for instances; it has what is selected.
Result<Outcome> create(Context& context, const CreateSettings& s, const Given&) {
  const BlockId made = context.document().add<Collection>(s.name).id;
  put_into(context.document(), made, context.editable());
  return Outcome::Finished;
}

// A new collection for the active object alone.
Result<Outcome> add_to_new(Context& context, const NoSettings&, const Given&) {
  const BlockId made = context.document().add<Collection>("Collection").id;
  put_into(context.document(), made, {context.active});
  return Outcome::Finished;
}

Result<Outcome> remove_from_all(Context& context, const NoSettings&, const Given&) {
  leave(context.document(), context.editable(), [](BlockId) { return true; });
  return Outcome::Finished;
}

struct HideCollectionSettings {
  int collection_index = -1;
  bool extend = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      using T = HideCollectionSettings;
      SchemaBuilder<T> s("OBJECT_OT_hide_collection", "Hide Collection");
      s.add<&T::collection_index>("collection_index", "Collection Index")
          .describe("Which collection, counted level by level of the tree; 0 shows all")
          .range(-1, infinity)
          .soft(0, infinity)
          .hidden()
          .not_animatable();
      s.add<&T::extend>("extend", "Extend")
          .describe("The others stay as they are, and a collection that is shown is hidden")
          .hidden()
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// Shows one collection alone, with all below it and what it lies in; or turns one on or off.
Result<Outcome> hide_collection(Context& context, const HideCollectionSettings& s, const Given&) {
  const Document& document = context.document();
  const BlockId root = context.get_scene().collection.id;
  std::vector<BlockId> all{root}, parents{BlockId{}};
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (const auto& child : document.find<Collection>(all[i])->children) {
      all.push_back(child.id);
      parents.push_back(all[i]);
    }
  }
  if (s.collection_index < 0 || std::size_t(s.collection_index) >= all.size()) {
    return Outcome::Cancelled;
  }
  const auto index = std::size_t(s.collection_index);
  std::unordered_set<BlockId> shown = collections_below(document, all[index]);
  for (std::size_t i = index; parents[i];) {
    shown.insert(parents[i]);
    i = std::size_t(std::find(all.begin(), all.end(), parents[i]) - all.begin());
  }
  ViewLayer& layer = context.edit_layer(Change::Visibility);
  if (s.extend && index > 0 && !layer.state_of(all[index]).hide_viewport) {
    layer.edit_state_of(all[index]).hide_viewport = true;
    return Outcome::Finished;
  }
  for (std::size_t i = 1; i < all.size(); ++i) {
    const bool is_shown = index == 0 || shown.contains(all[i]);
    if (is_shown || !s.extend) {
      layer.edit_state_of(all[i]).hide_viewport = !is_shown;
    }
  }
  return Outcome::Finished;
}

}  // namespace

void register_object_collections(OperatorRegistry& registry) {
  add_operator(registry, "object.move_to_collection", "Move to Collection", move_to_collection,
               needs_object_mode);
  add_operator(registry, "object.link_to_collection", "Link to Collection", link_to_collection,
               needs_object_mode);
  add_operator(registry, "object.hide_collection", "Hide Collection", hide_collection,
               needs_object_mode);
  add_operator(registry, "object.collection_add", "Add to Collection", add_to_new,
               needs_active_object);
  add_operator(registry, "collection.create", "Create New Collection", create, needs_object_mode);
  add_operator(registry, "collection.objects_remove_all", "Remove from All Collections",
               remove_from_all, needs_object_mode);
}

}  // namespace kiln::operators
