// What the menu and keys of a collection do: each is one undo step on the active collection.
#include <algorithm>

#include "document/collection.h"
#include "document/collection_membership.h"
#include "editor/outliner/outliner_model.h"

namespace kiln::editor {
namespace {

constexpr Change membership = Change::Hierarchy | Change::Visibility;

ViewLayer& edit_layer(Document& document, const Scene& scene, Change kinds) {
  return document.edit<Scene>(scene.id, kinds)
      .view_layers.edit(active_layer_index(document, scene));
}

}  // namespace

const Collection* OutlinerModel::active_collection() const {
  const ViewLayer* layer = session_.layer();
  return layer ? session_.document().find<Collection>(layer->active_collection.id) : nullptr;
}

bool OutlinerModel::delete_collection(bool with_content) {
  const Scene* scene = session_.scene();
  const Collection* collection = active_collection();
  if (!scene || !collection) {
    session_.report(InfoLine::Kind::Warning, "the collection of the scene itself stays");
    return false;
  }
  const BlockId id = collection->id;
  return session_.edit(with_content ? "Delete Hierarchy" : "Delete Collection",
                       [&](Document& document) -> Result<void> {
                         if (with_content) {
                           // Objects that lie elsewhere too stay there.
                           const std::unordered_set<BlockId> below =
                               collections_below(document, id);
                           std::vector<BlockId> doomed(below.begin(), below.end());
                           for (const BlockId object : all_objects(document, id)) {
                             const std::vector<BlockId> homes = collections_of(document, object);
                             if (std::all_of(homes.begin(), homes.end(),
                                             [&](BlockId home) { return below.contains(home); })) {
                               doomed.push_back(object);
                             }
                           }
                           document.remove(doomed);
                         } else {
                           // What it has goes to the collections it lies in.
                           const std::vector<BlockRef<Collection>> children =
                               document.find<Collection>(id)->children;
                           const auto objects = document.find<Collection>(id)->objects;
                           for (const BlockId user : document.users_of(id)) {
                             if (!document.find<Collection>(user)) {
                               continue;
                             }
                             auto& parent = document.edit<Collection>(user, membership);
                             for (const auto& child : children) {
                               if (std::find(parent.children.begin(), parent.children.end(),
                                             child) == parent.children.end()) {
                                 parent.children.push_back(child);
                               }
                             }
                             for (const BlockRef<Object> object : objects) {
                               if (!parent.contains(object)) {
                                 parent.objects.push_back(object);
                               }
                             }
                           }
                           document.remove({id});
                         }
                         edit_layer(document, *scene, Change::Selection).active_collection = {};
                         return {};
                       });
}

bool OutlinerModel::set_objects_selected(bool is_selected) {
  const Scene* scene = session_.scene();
  const Collection* collection = active_collection();
  if (!scene) {
    return false;
  }
  const std::vector<BlockId> objects =
      all_objects(session_.document(), collection ? collection->id : scene->collection.id);
  return session_.edit(
      is_selected ? "Select Objects" : "Deselect Objects", [&](Document& document) -> Result<void> {
        ViewLayer& layer = edit_layer(document, *scene, Change::Selection);
        const std::unordered_set<BlockId> changed(objects.begin(), objects.end());
        std::vector<BlockId> selected;
        for (const LayerObject& entry : layer_objects(document, *scene, layer)) {
          const bool is_changed =
              changed.contains(entry.object) && entry.is_visible && entry.is_selectable;
          if (is_changed ? is_selected : layer.is_selected(entry.object)) {
            selected.push_back(entry.object);
          }
        }
        layer.selected = IdSet(std::move(selected));
        return {};
      });
}

bool OutlinerModel::set_excluded(bool is_excluded) {
  const Scene* scene = session_.scene();
  const Collection* collection = active_collection();
  if (!scene || !collection) {
    return false;
  }
  return session_.edit(
      is_excluded ? "Disable from View Layer" : "Enable in View Layer",
      [&](Document& document) -> Result<void> {
        edit_layer(document, *scene, Change::Visibility).edit_state_of(collection->id).exclude =
            is_excluded;
        return {};
      });
}

bool OutlinerModel::instance_collection() {
  const Scene* scene = session_.scene();
  const Collection* collection = active_collection();
  if (!scene || !collection) {
    return false;
  }
  const BlockId id = collection->id;
  return session_.edit("Instance Collection", [&](Document& document) -> Result<void> {
    auto& object = document.add<Object>(document.find<Collection>(id)->name);
    object.initialize_for(nullptr);
    object.instance_type = ObjectInstanceType::Collection;
    object.instance_collection = {id};
    object.location = scene->cursor.location;
    const BlockId made = object.id;
    // Beside the collection, since inside it would be an instance of itself.
    document.edit<Collection>(scene->collection.id, membership).objects.push_back({made});
    ViewLayer& layer = edit_layer(document, *scene, Change::Selection);
    layer.selected = IdSet(std::vector<BlockId>{made});
    layer.active = {made};
    return {};
  });
}

bool OutlinerModel::set_color_tag(CollectionColorTag tag) {
  const Collection* collection = active_collection();
  if (!collection) {
    return false;
  }
  const BlockId id = collection->id;
  return session_.edit("Set Color Tag", [&](Document& document) -> Result<void> {
    document.edit<Collection>(id, Change::Name).color_tag = tag;
    return {};
  });
}

}  // namespace kiln::editor
