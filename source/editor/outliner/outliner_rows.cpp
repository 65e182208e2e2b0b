#include <algorithm>

#include "document/collection.h"
#include "document/file/override_changes.h"
#include "document/library.h"
#include "document/material.h"
#include "document/modifier.h"
#include "document/world.h"
#include "editor/outliner/outliner_model.h"

namespace kiln::editor {
namespace {

using Kind = OutlinerRow::Kind;

constexpr int deepest = 256;
// Collections with more objects take the order of names that the document keeps.
constexpr std::size_t sorted_by_comparing = 4096;

// "Meshes", as headings are called.
std::string plural(BlockType type) {
  std::string name(default_block_name(type));
  if (type == BlockType::Library) {
    return "Libraries";
  }
  if (name == "NodeTree") {
    return "Node Groups";
  }
  return name + (name.ends_with('h') ? "es" : "s");
}

// Values in lists of data, short.
std::string shown_value(const Document& document, const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value.data)) {
    return *flag ? "True" : "False";
  }
  if (const auto* whole = std::get_if<std::int64_t>(&value.data)) {
    return std::to_string(*whole);
  }
  if (const auto* number = std::get_if<double>(&value.data)) {
    return fmt::format("{:.6g}", *number);
  }
  if (const auto* text = std::get_if<std::string>(&value.data)) {
    return *text;
  }
  if (const auto* numbers = std::get_if<Value::Numbers>(&value.data)) {
    std::string all;
    for (std::size_t i = 0; i < numbers->size() && i < 16; ++i) {
      all += fmt::format("{}{:.6g}", i ? ", " : "", (*numbers)[i]);
    }
    return all;
  }
  if (const auto* handle = std::get_if<Handle>(&value.data)) {
    const DataBlock* block = document.find(handle->block);
    return block ? block->name : "None";
  }
  return {};
}

}  // namespace

void OutlinerModel::rebuild() {
  rows_.clear();
  children_.clear();
  const Document& document = session_.document();
  const Scene* scene = session_.scene();
  if (!scene) {
    return;
  }
  for (const BlockId id : document.all(BlockType::Object)) {
    const Object* object = document.find<Object>(id);
    if (object->parent) {
      children_[object->parent.id].push_back(id);
    }
  }
  note_states();
  switch (settings.display_mode) {
    case OutlinerMode::ViewLayer:
      add_scene_rows(*scene, 0);
      break;
    case OutlinerMode::Scenes:
      for (const BlockId id : document.all(BlockType::Scene)) {
        const bool is_open = open_.contains(id) || (id == scene->id && !closed_.contains(id));
        rows_.push_back({Kind::Block, id, {}, 0, true, is_open});
        if (!is_open) {
          continue;
        }
        const Scene& one = *document.find<Scene>(id);
        for (const ViewLayer& layer : one.view_layers) {
          if (!settings.use_filter_view_layers) {
            break;
          }
          rows_.push_back({Kind::Part, id, {}, 1, false, false, layer.name});
        }
        if (const World* world = document.find(one.world)) {
          rows_.push_back({Kind::Block, world->id, {}, 1, false, false});
        }
        add_scene_rows(one, 1);
      }
      break;
    case OutlinerMode::Libraries: {
      const std::string key = "file";
      // The file itself is open unless closed.
      const bool is_shown = !is_open(key);
      rows_.push_back({Kind::Group, {}, {}, 0, true, is_shown, "Current File", key});
      if (is_shown) {
        add_type_groups(1, key, {}, [](const DataBlock& block) { return !block.is_linked(); });
      }
      for (const BlockId id : document.all(BlockType::Library)) {
        const std::string library_key = fmt::format("library.{}", id.slot);
        rows_.push_back({Kind::Group,
                         id,
                         {},
                         0,
                         true,
                         is_open(library_key),
                         document.find(id)->name,
                         library_key});
        if (is_open(library_key)) {
          add_type_groups(1, library_key, id,
                          [&](const DataBlock& block) { return block.link.library == id; });
        }
      }
      break;
    }
    case OutlinerMode::DataApi:
      add_type_groups(0, "data", {}, [](const DataBlock&) { return true; });
      break;
    case OutlinerMode::OrphanData:
      // Nothing has to refer to a scene for it to be of use.
      add_type_groups(0, "orphans", {}, [&](const DataBlock& block) {
        return block.type() != BlockType::Scene && block.type() != BlockType::Library &&
               document.users(block.id) == 0;
      });
      break;
    case OutlinerMode::LibraryOverrides:
      if (settings.lib_override_view_mode == OutlinerOverrideView::Hierarchies) {
        // From those that no other override uses.
        document.for_each([&](const DataBlock& block) {
          const std::vector<BlockId> users = document.users_of(block.id);
          const bool is_used = std::any_of(users.begin(), users.end(), [&](BlockId user) {
            const DataBlock* other = document.find(user);
            return other && other->is_override();
          });
          std::vector<BlockId> above;
          if (lists_override(block) && !is_used) {
            add_override_rows(block.id, 0, above);
          }
        });
        break;
      }
      add_type_groups(0, "overrides", {},
                      [&](const DataBlock& block) { return lists_override(block); });
      break;
  }
}

// Objects in the state that is asked for, where one is.
void OutlinerModel::note_states() {
  in_state_.clear();
  const Scene* scene = session_.scene();
  const ViewLayer* layer = session_.layer();
  if (settings.filter_state == OutlinerState::Active && layer->active) {
    in_state_.insert(layer->active.id);
  } else if (settings.filter_state == OutlinerState::Selected) {
    in_state_.insert(layer->selected.begin(), layer->selected.end());
  } else if (settings.filter_state != OutlinerState::All) {
    for (const LayerObject& object : layer_objects(session_.document(), *scene, *layer)) {
      if (settings.filter_state == OutlinerState::Visible ? object.is_visible
                                                          : object.is_selectable) {
        in_state_.insert(object.object);
      }
    }
  }
}

// Whether the filters let an object through, its name apart.
bool OutlinerModel::is_listed(const Object& object) const {
  const DataBlock* data = session_.document().find(object.data.id);
  const bool is_kind = !data                               ? settings.use_filter_object_empty
                       : data->type() == BlockType::Mesh   ? settings.use_filter_object_mesh
                       : data->type() == BlockType::Light  ? settings.use_filter_object_light
                       : data->type() == BlockType::Camera ? settings.use_filter_object_camera
                                                           : settings.use_filter_object_others;
  return is_kind && (settings.filter_state == OutlinerState::All ||
                     in_state_.contains(object.id) != settings.filter_invert);
}

void OutlinerModel::add_scene_rows(const Scene& scene, int depth) {
  const Collection* root = session_.document().find(scene.collection);
  if (root) {
    rows_.push_back(
        {Kind::Scene, root->id, {}, depth, true, true, std::string("Scene Collection")});
    add_collection_rows(*root, depth + 1);
  }
}

std::vector<const Object*> OutlinerModel::ordered_objects(const Collection& collection) const {
  const Document& document = session_.document();
  std::vector<const Object*> objects;
  if (settings.use_sort_alpha && collection.objects.size() > sorted_by_comparing) {
    std::unordered_set<BlockId> here;
    for (const BlockRef<Object>& ref : collection.objects) {
      here.insert(ref.id);
    }
    for (const BlockId id : document.all(BlockType::Object)) {
      if (here.contains(id)) {
        objects.push_back(document.find<Object>(id));
      }
    }
    return objects;
  }
  for (const BlockRef<Object>& ref : collection.objects) {
    if (const Object* object = document.find(ref)) {
      objects.push_back(object);
    }
  }
  if (settings.use_sort_alpha) {
    std::stable_sort(objects.begin(), objects.end(), [](const Object* a, const Object* b) {
      return natural_less(a->name, b->name);
    });
  }
  return objects;
}

void OutlinerModel::add_collection_rows(const Collection& collection, int depth) {
  if (depth > 64) {
    return;
  }
  const Document& document = session_.document();
  for (const BlockRef<Collection>& ref : collection.children) {
    const Collection* child = document.find(ref);
    if (!child) {
      continue;
    }
    const bool is_open = !closed_.contains(child->id) || is_filtering();
    if (settings.use_filter_collection) {
      rows_.push_back({Kind::Collection, child->id, collection.id, depth,
                       !child->children.empty() || !child->objects.empty(), is_open});
    }
    if (is_open || !settings.use_filter_collection) {
      add_collection_rows(*child, depth + settings.use_filter_collection);
    }
  }
  if (!settings.use_filter_object) {
    return;
  }
  // Children are shown below their parents where both are in the collection and the parent is
  // listed.
  const bool has_tree = settings.use_filter_children && !is_filtering();
  std::unordered_set<BlockId> here;
  const std::vector<const Object*> objects = ordered_objects(collection);
  if (has_tree && !children_.empty()) {
    for (const Object* object : objects) {
      if (is_listed(*object)) {
        here.insert(object->id);
      }
    }
  }
  for (const Object* object : objects) {
    if (is_listed(*object) && !here.contains(object->parent.id)) {
      add_object_rows(*object, collection.id, depth);
    }
  }
}

void OutlinerModel::add_object_rows(const Object& object, BlockId collection, int depth) {
  const Document& document = session_.document();
  if (is_filtering()) {
    if (matches(object.name)) {
      rows_.push_back({Kind::Object, object.id, collection, depth, false, false});
    }
    return;
  }
  const auto children = settings.use_filter_children ? children_.find(object.id) : children_.end();
  const DataBlock* data =
      settings.use_filter_object_content ? document.find(object.data.id) : nullptr;
  const bool has_parts = settings.use_filter_object_content && !object.modifiers.empty();
  const bool has_children = children != children_.end() || data || has_parts;
  const bool is_open = open_.contains(object.id);
  rows_.push_back({Kind::Object, object.id, collection, depth, has_children, is_open});
  if (!is_open || depth > deepest) {
    return;
  }
  if (data) {
    add_content_rows(object, *data, depth + 1);
  }
  if (has_parts) {
    const std::string key = fmt::format("modifiers.{}.{}", object.id.slot, object.id.serial);
    rows_.push_back({Kind::Group, {}, {}, depth + 1, true, this->is_open(key), "Modifiers", key});
    if (this->is_open(key)) {
      for (const Modifier& modifier : object.modifiers) {
        rows_.push_back({Kind::Part, object.id, {}, depth + 2, false, false, modifier.name});
      }
    }
  }
  if (children == children_.end()) {
    return;
  }
  std::vector<const Object*> ordered;
  for (const BlockId id : children->second) {
    const Object* child = document.find<Object>(id);
    if (child && is_listed(*child)) {
      ordered.push_back(child);
    }
  }
  for (const Object* child : ordered) {
    add_object_rows(*child, collection, depth + 1);
  }
}

// What an object shows, with its materials.
void OutlinerModel::add_content_rows(const Object& object, const DataBlock& data, int depth) {
  const Document& document = session_.document();
  const int slots = slot_count(document, object);
  const bool is_open = open_.contains(data.id) && slots > 0;
  rows_.push_back({Kind::Data, data.id, {}, depth, slots > 0, is_open});
  for (int i = 0; is_open && i < slots; ++i) {
    if (const Material* material = document.find(slot_material(document, object, i))) {
      rows_.push_back({Kind::Block, material->id, {}, depth + 1, false, false});
    }
  }
}

// Blocks under a heading a type.
void OutlinerModel::add_type_groups(int depth, const std::string& key, BlockId,
                                    FunctionRef<bool(const DataBlock&)> is_wanted) {
  const Document& document = session_.document();
  for (int i = 0; i < block_type_count; ++i) {
    const auto type = BlockType(i);
    if (settings.use_filter_id_type && type != settings.filter_id_type) {
      continue;
    }
    std::vector<const DataBlock*> blocks;
    for (const BlockId id : document.all(type)) {
      const DataBlock* block = document.find(id);
      if (matches(block->name) && is_wanted(*block)) {
        blocks.push_back(block);
      }
    }
    if (blocks.empty()) {
      continue;
    }
    const std::string group = fmt::format("{}.{}", key, i);
    const bool is_group_open = is_open(group) || is_filtering();
    rows_.push_back({Kind::Group, {}, {}, depth, true, is_group_open, plural(type), group});
    for (std::size_t b = 0; is_group_open && b < blocks.size(); ++b) {
      const DataBlock& block = *blocks[b];
      const bool is_override = settings.display_mode == OutlinerMode::LibraryOverrides;
      const bool has_parts = settings.display_mode == OutlinerMode::DataApi ||
                             (is_override && !changes_of(block).empty());
      const bool is_block_open = has_parts && open_.contains(block.id);
      rows_.push_back({Kind::Block, block.id, {}, depth + 1, has_parts, is_block_open});
      if (is_block_open && is_override) {
        for (const std::string& path : changes_of(block)) {
          rows_.push_back({Kind::Value, block.id, {}, depth + 2, false, false, path});
        }
      } else if (is_block_open) {
        add_value_rows(reference_to(block, &document, &session_.services()), block.id, depth + 2,
                       fmt::format("{}.{}", group, block.id.slot));
      }
    }
  }
}

bool OutlinerModel::lists_override(const DataBlock& block) const {
  return block.is_override() &&
         (!block.library_override.is_system || settings.use_filter_lib_override_system);
}

const std::vector<std::string>& OutlinerModel::changes_of(const DataBlock& block) {
  const DataBlock* reference = session_.document().find(block.library_override.reference.id);
  const std::uint64_t stamp =
      std::max(block.version(Change::All), reference ? reference->version(Change::All) : 0);
  auto& [known, paths] = override_changes_[block.id];
  if (known != stamp || stamp == 0) {
    known = stamp;
    paths = override_changes(session_.document(), block);
  }
  return paths;
}

void OutlinerModel::add_override_rows(BlockId id, int depth, std::vector<BlockId>& above) {
  const Document& document = session_.document();
  const DataBlock& block = *document.find(id);
  std::vector<BlockId> used;
  for_each_reference(block, [&](BlockId target) {
    const DataBlock* other = document.find(target);
    if (other && other->is_override() && target != id &&
        std::find(above.begin(), above.end(), target) == above.end() &&
        std::find(used.begin(), used.end(), target) == used.end()) {
      used.push_back(target);
    }
  });
  const bool is_here_open = open_.contains(id) || is_filtering();
  if (matches(block.name) || !used.empty()) {
    rows_.push_back({Kind::Block, id, {}, depth, !used.empty(), is_here_open});
  }
  above.push_back(id);
  for (std::size_t i = 0; is_here_open && i < used.size(); ++i) {
    add_override_rows(used[i], depth + 1, above);
  }
  above.pop_back();
}

void OutlinerModel::add_value_rows(const ConstRef& owner, BlockId block, int depth,
                                   const std::string& key) {
  if (depth > 16) {
    return;
  }
  for (const Property* property : owner.schema->all_properties()) {
    if (property->is_internal || property->is_hidden || property->identifier == "rna_type") {
      continue;
    }
    const std::string own_key = key + "." + property->identifier;
    if (property->type == PropertyType::Collection) {
      const std::int64_t size = property->collection ? property->collection->size(owner) : 0;
      rows_.push_back({Kind::Value,
                       block,
                       {},
                       depth,
                       false,
                       false,
                       fmt::format("{}: {} items", property->identifier, size)});
    } else if (property->type == PropertyType::Pointer && property->storage == Storage::Struct) {
      const ConstRef part = nested(owner, *property);
      rows_.push_back({Kind::Value,
                       block,
                       {},
                       depth,
                       bool(part),
                       part && is_open(own_key),
                       property->identifier,
                       own_key});
      if (part && is_open(own_key)) {
        add_value_rows(part, block, depth + 1, own_key);
      }
    } else {
      rows_.push_back({Kind::Value,
                       block,
                       {},
                       depth,
                       false,
                       false,
                       fmt::format("{}: {}", property->identifier,
                                   shown_value(session_.document(), read(owner, *property)))});
    }
  }
}

}  // namespace kiln::editor
