#include "document/view_layer.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "core/schema/registry.h"
#include "document/collection.h"
#include "document/document.h"
#include "document/material.h"
#include "document/object.h"
#include "document/resolve.h"
#include "document/scene.h"
#include "document/world.h"

namespace kiln {
namespace {

void set_member(IdSet& set, BlockId id, bool is_member) {
  if (is_member) {
    set.insert(id);
  } else {
    set.erase(id);
  }
}

struct Inherited {
  bool is_visible = true, is_evaluated = true, is_rendered = true, is_selectable = true,
       is_holdout = false, is_indirect_only = false;
};

class Gatherer {
public:
  Gatherer(const Document& document, const ViewLayer& layer) : document_(document), layer_(layer) {}

  void gather(BlockId id, Inherited inherited) {
    const auto* collection = document_.find<Collection>(id);
    if (!collection) {
      return;
    }
    const LayerCollectionState state = layer_.state_of(id);
    inherited.is_visible =
        inherited.is_visible && !collection->hide_viewport && !state.hide_viewport;
    inherited.is_evaluated = inherited.is_evaluated && !collection->hide_viewport;
    inherited.is_rendered = inherited.is_rendered && !collection->hide_render;
    inherited.is_selectable = inherited.is_selectable && !collection->hide_select;
    inherited.is_holdout = inherited.is_holdout || state.holdout;
    inherited.is_indirect_only = inherited.is_indirect_only || state.indirect_only;
    for (const BlockRef<Collection> child : collection->children) {
      gather(child.id, inherited);
    }
    if (state.exclude) {
      return;
    }
    for (const BlockRef<Object> ref : collection->objects) {
      const Object* object = document_.find(ref);
      if (!object) {
        continue;
      }
      const auto [found, is_new] = index_.emplace(ref.id, objects_.size());
      if (is_new) {
        objects_.push_back({ref.id});
      }
      // An object is visible where any of its collections shows it.
      LayerObject& entry = objects_[found->second];
      const bool is_shown = !object->hide_viewport && !layer_.is_hidden(ref.id);
      entry.is_visible |= inherited.is_visible && is_shown;
      entry.is_evaluated |= inherited.is_evaluated && is_shown;
      entry.is_rendered |= inherited.is_rendered && !object->hide_render;
      entry.is_selectable |= inherited.is_selectable && !object->hide_select;
      entry.is_holdout = (is_new || entry.is_holdout) && inherited.is_holdout;
      entry.is_indirect_only = (is_new || entry.is_indirect_only) && inherited.is_indirect_only;
    }
  }
  std::vector<LayerObject> take() { return std::move(objects_); }

private:
  const Document& document_;
  const ViewLayer& layer_;
  std::unordered_map<BlockId, std::size_t> index_;
  std::vector<LayerObject> objects_;
};

const Scene& scene_of(const ConstRef& r) {
  return *static_cast<const Scene*>(r.block);
}

// Layer collections mirror the collections of the scene; the element index of the view is the id of
// the collection.
std::int64_t packed(BlockId id) {
  return std::int64_t(std::uint64_t(id.serial) << 32 | id.slot);
}
BlockId collection_of(const ConstRef& r) {
  return r.index < 0 ? scene_of(r).collection.id
                     : BlockId{std::uint32_t(std::uint64_t(r.index)),
                               std::uint32_t(std::uint64_t(r.index) >> 32)};
}

class ChildLayerAccess final : public CollectionAccess {
public:
  bool is_view() const override { return true; }
  std::int64_t size(const ConstRef& owner) const override {
    const auto* collection = owner.document->find<Collection>(collection_of(owner));
    return collection ? std::int64_t(collection->children.size()) : 0;
  }
  ConstElement at(const ConstRef& owner, std::int64_t i) const override;
  MutableRef edit_at(const MutableRef& owner, std::int64_t i) const override {
    const ConstElement element = at(owner, i);
    return {element.ref.schema, owner.data,     element.ref.index,
            owner.block,        owner.document, owner.services};
  }
};

// What is left out of a view layer is left out with all that lies below; the other states are
// inherited as objects are gathered.
template <bool LayerCollectionState::*Member>
void set_state(const MutableRef& r, BlockId id, bool is_on) {
  r.as<ViewLayer>().edit_state_of(id).*Member = is_on;
  const auto* collection = r.document->find<Collection>(id);
  if (Member == &LayerCollectionState::exclude && collection) {
    for (const BlockRef<Collection> child : collection->children) {
      set_state<Member>(r, child.id, is_on);
    }
  }
}

template <bool LayerCollectionState::*Member>
void add_state(auto& s, const char* identifier, const char* label) {
  s.add_computed(
       PropertyType::Boolean, identifier, label,
       [](const ConstRef& r) {
         return Value(r.as<ViewLayer>().state_of(collection_of(r)).*Member);
       },
       [](const MutableRef& r, const Value& v) -> Result<void> {
         set_state<Member>(r, collection_of(r), v.as_bool());
         return {};
       })
      .default_value(false)
      .changes(Change::Visibility)
      .not_animatable()
      .overridable();
}

// Whether nothing above (or the collection itself) hides or excludes it.
bool is_layer_visible(const ConstRef& r) {
  const auto& layer = r.as<ViewLayer>();
  const BlockId wanted = collection_of(r);
  const auto search = [&](const auto& self, BlockId id) -> bool {
    const auto* collection = r.document->find<Collection>(id);
    const LayerCollectionState state = layer.state_of(id);
    if (!collection || collection->hide_viewport || state.hide_viewport) {
      return false;
    }
    if (id == wanted) {
      return !state.exclude;
    }
    return std::any_of(collection->children.begin(), collection->children.end(),
                       [&](BlockRef<Collection> child) { return self(self, child.id); });
  };
  return search(search, scene_of(r).collection.id);
}

const Schema& layer_collection_schema() {
  static const Schema schema = [] {
    struct Tag {};
    SchemaBuilder<Tag> s("LayerCollection", "Layer Collection");
    s.add_computed(PropertyType::Pointer, "collection", "Collection",
                   [](const ConstRef& r) { return Value(collection_of(r)); })
        .target(&Collection::schema)
        .never_none()
        .not_animatable()
        .overridable();
    s.add_computed(PropertyType::String, "name", "Name",
                   [](const ConstRef& r) {
                     const DataBlock* block = r.document->find(collection_of(r));
                     return Value(block ? block->name : "");
                   })
        .default_value("")
        .never_none()
        .not_animatable();
    s.add_collection("children", "Children", &layer_collection_schema,
                     std::make_shared<ChildLayerAccess>())
        .not_animatable()
        .overridable();
    add_state<&LayerCollectionState::exclude>(s, "exclude", "Exclude from View Layer");
    add_state<&LayerCollectionState::holdout>(s, "holdout", "Holdout");
    add_state<&LayerCollectionState::indirect_only>(s, "indirect_only", "Indirect Only");
    add_state<&LayerCollectionState::hide_viewport>(s, "hide_viewport", "Hide in Viewport");
    s.add_computed(PropertyType::Boolean, "is_visible", "Visible", [](const ConstRef& r) {
       return Value(is_layer_visible(r));
     }).default_value(false);
    const auto answer =
        parameter(PropertyType::Boolean, "result", "", [](PropertyBuilder& p) { p.output(); });
    s.add_function("visible_get", {answer}, [](const Call& call) -> Result<Value> {
      return Value(is_layer_visible(call.target));
    });
    s.add_function("has_objects", {answer}, [](const Call& call) -> Result<Value> {
      const auto* c = call.document.find<Collection>(collection_of(call.target));
      return Value(c && !c->objects.empty());
    });
    s.add_function(
        "has_selected_objects",
        {parameter(PropertyType::Pointer, "view_layer", "",
                   [](PropertyBuilder& p) { p.required().target(&ViewLayer::schema); }),
         answer},
        [](const Call& call) -> Result<Value> {
          for (const BlockId object : all_objects(call.document, collection_of(call.target))) {
            if (call.target.as<ViewLayer>().is_selected(object)) {
              return Value(true);
            }
          }
          return Value(false);
        });
    s.set_name_property("name");
    return s.build();
  }();
  return schema;
}

ConstElement ChildLayerAccess::at(const ConstRef& owner, std::int64_t i) const {
  const auto* collection = owner.document->find<Collection>(collection_of(owner));
  return {{&layer_collection_schema(), owner.data, packed(collection->children[std::size_t(i)].id),
           owner.block, owner.document, owner.services},
          0,
          {}};
}

std::vector<BlockId> object_ids(const ConstRef& r, bool only_selected) {
  std::vector<BlockId> ids;
  for (const LayerObject& entry : layer_objects(*r.document, scene_of(r), r.as<ViewLayer>())) {
    if (!only_selected || r.as<ViewLayer>().is_selected(entry.object)) {
      ids.push_back(entry.object);
    }
  }
  return ids;
}

const Schema& layer_objects_schema() {
  static const Schema schema = [] {
    struct Tag {};
    SchemaBuilder<Tag> s("LayerObjects", "Layer Objects");
    s.add_computed(
         PropertyType::Pointer, "active", "Active Object",
         [](const ConstRef& r) {
           const auto& layer = r.as<ViewLayer>();
           return Value(layer.active && r.document->find(layer.active) ? layer.active.id
                                                                       : BlockId{});
         },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           const BlockId object = v.as_block();
           if (object && !is_in_layer(*r.document, scene_of(r), r.as<ViewLayer>(), object)) {
             return Error::invalid("Error: ViewLayer '{}' does not contain object '{}'",
                                   r.as<ViewLayer>().name, r.document->find(object)->name);
           }
           r.as<ViewLayer>().active = {object};
           return {};
         })
        .target(&Object::schema)
        .changes(Change::Selection)
        .not_animatable();
    s.add_blocks("selected", "Selected Objects", &Object::schema, [](const ConstRef& r) {
       return object_ids(r, true);
     }).not_animatable();
    return s.build();
  }();
  return schema;
}

const Schema& aovs_schema() {
  static const Schema schema = [] {
    struct Tag {};
    SchemaBuilder<Tag> s("AOVs", "List of AOVs");
    s.add_function("add",
                   {parameter(PropertyType::Pointer, "aov", "",
                              [](PropertyBuilder& p) { p.output().target(&Aov::schema); })},
                   [](const Call& call) -> Result<Value> {
                     auto& layer = call.edit(Change::Settings).as<ViewLayer>();
                     auto& aovs = layer.aovs;
                     Aov aov;
                     aov.name = unique_item_name(
                         "AOV", [&](std::string_view taken) { return aovs.find(taken) >= 0; }, '_');
                     aovs.add(aov);
                     layer.active_aov = aovs.id(aovs.size() - 1);
                     Handle handle = call.self;
                     handle.steps.push_back(
                         PathStep{ViewLayer::schema().property("aovs"), aovs.id(aovs.size() - 1)});
                     return Value(handle);
                   });
    return s.build();
  }();
  return schema;
}

const Schema& lightgroups_schema() {
  static const Schema schema = [] {
    struct Tag {};
    SchemaBuilder<Tag> s("Lightgroups", "List of Lightgroups");
    s.add_function("add",
                   {parameter(PropertyType::Pointer, "lightgroup", "",
                              [](PropertyBuilder& p) { p.output().target(&Lightgroup::schema); }),
                    parameter(PropertyType::String, "name", "Name",
                              [](PropertyBuilder& p) { p.default_value(""); })},
                   [](const Call& call) -> Result<Value> {
                     auto& layer = call.edit(Change::Settings).as<ViewLayer>();
                     layer.lightgroups.add({lightgroup_name(layer, call.values[0].as_string())});
                     layer.active_lightgroup = layer.lightgroups.id(layer.lightgroups.size() - 1);
                     Handle handle = call.self;
                     handle.steps.push_back(PathStep{ViewLayer::schema().property("lightgroups"),
                                                     layer.active_lightgroup});
                     return Value(handle);
                   });
    return s.build();
  }();
  return schema;
}

Value ids_value(const IdSet& ids) {
  Value::List list;
  for (const BlockId id : ids) {
    list.emplace_back(Value(id));
  }
  return Value(std::move(list));
}

IdSet value_ids(const Value& v) {
  std::vector<BlockId> ids;
  for (const Value& id : v.as_list()) {
    if (id.as_block()) {
      ids.push_back(id.as_block());
    }
  }
  return IdSet(std::move(ids));
}

void add_stored_ids(SchemaBuilder<ViewLayer>& s, const char* identifier, IdSet ViewLayer::*member) {
  s.add_computed(
       PropertyType::Collection, identifier, "",
       [member](const ConstRef& r) { return ids_value(r.as<ViewLayer>().*member); },
       [member](const MutableRef& r, const Value& v) -> Result<void> {
         r.as<ViewLayer>().*member = value_ids(v);
         return {};
       })
      .internal()
      .stored()
      .default_value(Value::List());
}

}  // namespace

LayerCollectionState ViewLayer::state_of(BlockId collection) const {
  for (const LayerCollectionState& state : collections) {
    if (state.collection.id == collection) {
      return state;
    }
  }
  return {{collection}};
}

LayerCollectionState& ViewLayer::edit_state_of(BlockId collection) {
  std::erase_if(collections, [&](const LayerCollectionState& state) {
    return state.is_default() && state.collection.id != collection;
  });
  for (LayerCollectionState& state : collections) {
    if (state.collection.id == collection) {
      return state;
    }
  }
  collections.push_back({{collection}});
  return collections.back();
}

bool ViewLayer::is_selected(BlockId object) const {
  return selected.contains(object);
}
bool ViewLayer::is_hidden(BlockId object) const {
  return hidden.contains(object);
}
void ViewLayer::set_selected(BlockId object, bool is_member) {
  set_member(selected, object, is_member);
}
void ViewLayer::set_hidden(BlockId object, bool is_member) {
  set_member(hidden, object, is_member);
  if (is_member) {
    set_member(selected, object, false);
  }
}

std::vector<LayerObject> layer_objects(const Document& document, const Scene& scene,
                                       const ViewLayer& layer) {
  Gatherer gatherer(document, layer);
  gatherer.gather(scene.collection.id, {});
  return gatherer.take();
}

std::vector<LayerObject> background_objects(const Document& document, const Scene& scene,
                                            const ViewLayer& layer) {
  std::vector<LayerObject> result;
  std::unordered_set<BlockId> known;
  for (const Scene* behind : background_scenes(document, scene)) {
    if (known.empty()) {
      for (const LayerObject& entry : layer_objects(document, scene, layer)) {
        known.insert(entry.object);
      }
    }
    for (LayerObject entry : layer_objects(document, *behind, first_render_layer(*behind))) {
      if (known.insert(entry.object).second) {
        entry.is_selectable = false;
        result.push_back(entry);
      }
    }
  }
  return result;
}

std::string lightgroup_name(const ViewLayer& layer, std::string_view wanted,
                            const Lightgroup* self) {
  std::string name(wanted.empty() ? "Lightgroup" : wanted);
  std::replace(name.begin(), name.end(), '.', '_');
  const auto is_taken = [&](std::string_view other) {
    for (const Lightgroup& group : layer.lightgroups) {
      if (&group != self && group.name == other) {
        return true;
      }
    }
    return false;
  };
  return unique_item_name(name, is_taken, '_');
}

bool is_in_layer(const Document& document, const Scene& scene, const ViewLayer& layer,
                 BlockId object) {
  return is_object_within(document, object, scene.collection.id,
                          [&](BlockId collection) { return !layer.state_of(collection).exclude; });
}

namespace {

// What named a group goes on naming it.
void rename_lightgroup(Document& document, const Scene& scene, const std::string& old_name,
                       const std::string& name) {
  if (old_name.empty() || old_name == name) {
    return;
  }
  if (const World* world = document.find(scene.world); world && world->lightgroup == old_name) {
    document.edit<World>(scene.world.id, Change::Shading).lightgroup = name;
  }
  for (const BlockId id : all_objects(document, scene.collection.id)) {
    if (document.find<Object>(id)->lightgroup == old_name) {
      document.edit<Object>(id, Change::Shading).lightgroup = name;
    }
  }
}

Result<void> set_lightgroup_name(const MutableRef& r, const Value& v) {
  auto& group = r.as<Lightgroup>();
  const auto& scene = static_cast<const Scene&>(*r.block);
  const std::string old_name = group.name;
  group.name = v.as_string();
  for (const ViewLayer& layer : scene.view_layers) {
    for (const Lightgroup& other : layer.lightgroups) {
      if (&other == &group) {
        group.name = lightgroup_name(layer, v.as_string(), &group);
      }
    }
  }
  if (r.document) {
    rename_lightgroup(*r.document, scene, old_name, group.name);
  }
  return {};
}

}  // namespace

const Schema& Lightgroup::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Lightgroup> s("Lightgroup", "Light Group");
    s.add<&Lightgroup::name>("name", "Name")
        .max_bytes(64)
        .not_animatable()
        .never_none()
        .set(set_lightgroup_name);
    s.set_name_property("name");
    return s.build();
  }();
  return schema;
}

const Schema& CyclesRenderLayerSettings::schema() {
  static const Schema schema = [] {
    using T = CyclesRenderLayerSettings;
    SchemaBuilder<T> s("CyclesRenderLayerSettings", "", &property_group_schema());
    s.add<&T::pass_debug_sample_count>("pass_debug_sample_count", "Debug Sample Count")
        .describe("A pass tells how many samples pixels got, as a share of the most they may get");
    s.add<&T::use_denoising>("use_denoising", "Use Denoising")
        .describe("The layer is rid of noise where the scene says so");
    s.add<&T::denoising_store_passes>("denoising_store_passes", "Store Denoising Passes")
        .describe("What the denoiser looks at, and the picture before, are passes, too");
    return s.build();
  }();
  return schema;
}

const Schema& Aov::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Aov> s("AOV", "Shader AOV");
    s.add<&Aov::name>("name", "Name").max_bytes(64).not_animatable().never_none();
    s.add<&Aov::kind>("type", "Type")
        .items({{"COLOR", "Color", 1}, {"VALUE", "Value", 0}})
        .not_animatable();
    // Two of one name cannot both be written. Scripts that copy AOVs set it to what it is.
    const auto is_valid = [](const ConstRef& r) {
      int count = 0;
      const auto& aov = r.as<Aov>();
      for (const ViewLayer& layer : static_cast<const Scene&>(*r.block).view_layers) {
        int same = 0;
        bool is_here = false;
        for (const Aov& other : layer.aovs) {
          same += other.name == aov.name;
          is_here = is_here || &other == &aov;
        }
        count += is_here ? same : 0;
      }
      return Value(count == 1);
    };
    s.add_computed(PropertyType::Boolean, "is_valid", "Valid", is_valid,
                   [is_valid](const MutableRef& r, const Value& value) -> Result<void> {
                     if (is_valid(r).as_bool() == value.as_bool()) {
                       return {};
                     }
                     return Error::invalid("An AOV is valid while no other has its name");
                   })
        .default_value(false)
        .not_animatable();
    s.set_name_property("name");
    return s.build();
  }();
  return schema;
}

namespace {

// The steps from a layer collection to the one that shows `wanted`; false where it is not below.
bool steps_to(const ConstRef& at, BlockId wanted, std::vector<PathStep>& steps) {
  if (collection_of(at) == wanted) {
    return true;
  }
  const Property& children = *layer_collection_schema().property("children");
  for (std::int64_t i = 0; i < children.collection->size(at); ++i) {
    const ConstElement child = children.collection->at(at, i);
    steps.push_back({&children, child.item, i});
    if (steps_to(child.ref, wanted, steps)) {
      return true;
    }
    steps.pop_back();
  }
  return false;
}

// The root where the active collection is gone or excluded from the scene.
Value active_layer_collection(const ConstRef& r) {
  if (!r.block || !r.document) {
    return {};
  }
  const auto& scene = static_cast<const Scene&>(*r.block);
  const auto& layer = r.as<ViewLayer>();
  std::vector<PathStep> steps;
  for (std::int64_t i = 0; i < scene.view_layers.size(); ++i) {
    if (&scene.view_layers[i] == &layer) {
      steps.push_back({Scene::schema().property("view_layers"), scene.view_layers.id(i), i});
    }
  }
  const Property* root = ViewLayer::schema().property("layer_collection");
  steps.push_back({root});
  if (layer.active_collection.id) {
    std::vector<PathStep> below = steps;
    if (steps_to(step_into(r, PathStep{root}), layer.active_collection.id, below)) {
      return Value(Handle{scene.id, std::move(below)});
    }
  }
  return Value(Handle{scene.id, std::move(steps)});
}

Result<void> set_active_layer_collection(const MutableRef& r, const Value& v) {
  const ConstRef chosen = r.document ? resolve(*r.document, v.as_handle()) : ConstRef{};
  if (!chosen || chosen.schema != &layer_collection_schema() || chosen.block != r.block) {
    return Error::invalid("active_layer_collection: this is no layer collection of the scene");
  }
  r.as<ViewLayer>().active_collection = {collection_of(chosen)};
  return {};
}

}  // namespace

const Schema& ViewLayer::schema() {
  static const Schema schema = [] {
    SchemaBuilder<ViewLayer> s("ViewLayer", "View Layer");
    s.add<&ViewLayer::name>("name", "Name")
        .max_bytes(64)
        .never_none()
        .not_animatable()
        .changes(Change::Name);
    s.add<&ViewLayer::material_override>("material_override", "Material Override")
        .not_animatable()
        .overridable();
    s.add<&ViewLayer::samples>("samples", "Samples")
        .range(0, infinity)
        .soft(0, 10000)
        .subtype(Subtype::Unsigned);
    s.add<&ViewLayer::pass_alpha_threshold>("pass_alpha_threshold", "Alpha Threshold")
        .range(0, 1)
        .subtype(Subtype::Factor)
        .default_value(0.0);
    s.add<&ViewLayer::use_pass_combined>("use_pass_combined", "Combined").default_value(false);
    s.add<&ViewLayer::use_pass_z>("use_pass_z", "Z");
    s.add<&ViewLayer::use_pass_position>("use_pass_position", "Position");
    s.add<&ViewLayer::use_pass_normal>("use_pass_normal", "Normal");
    s.add<&ViewLayer::use_pass_uv>("use_pass_uv", "UV");
    s.add<&ViewLayer::use_pass_vector>("use_pass_vector", "Vector");
    s.add<&ViewLayer::use_pass_mist>("use_pass_mist", "Mist");
    s.add<&ViewLayer::use_pass_object_index>("use_pass_object_index", "Object Index");
    s.add<&ViewLayer::use_pass_material_index>("use_pass_material_index", "Material Index");
    s.add<&ViewLayer::use_pass_shadow>("use_pass_shadow", "Shadow");
    s.add<&ViewLayer::use_pass_ambient_occlusion>("use_pass_ambient_occlusion",
                                                  "Ambient Occlusion");
    s.add<&ViewLayer::use_pass_emit>("use_pass_emit", "Emit");
    s.add<&ViewLayer::use_pass_environment>("use_pass_environment", "Environment");
    s.add<&ViewLayer::use_pass_diffuse_direct>("use_pass_diffuse_direct", "Diffuse Direct");
    s.add<&ViewLayer::use_pass_diffuse_indirect>("use_pass_diffuse_indirect", "Diffuse Indirect");
    s.add<&ViewLayer::use_pass_diffuse_color>("use_pass_diffuse_color", "Diffuse Color");
    s.add<&ViewLayer::use_pass_glossy_direct>("use_pass_glossy_direct", "Glossy Direct");
    s.add<&ViewLayer::use_pass_glossy_indirect>("use_pass_glossy_indirect", "Glossy Indirect");
    s.add<&ViewLayer::use_pass_glossy_color>("use_pass_glossy_color", "Glossy Color");
    s.add<&ViewLayer::use_pass_transmission_direct>("use_pass_transmission_direct",
                                                    "Transmission Direct");
    s.add<&ViewLayer::use_pass_transmission_indirect>("use_pass_transmission_indirect",
                                                      "Transmission Indirect");
    s.add<&ViewLayer::use_pass_transmission_color>("use_pass_transmission_color",
                                                   "Transmission Color");
    s.add<&ViewLayer::use_pass_cryptomatte_object>("use_pass_cryptomatte_object",
                                                   "Cryptomatte Object");
    s.add<&ViewLayer::use_pass_cryptomatte_material>("use_pass_cryptomatte_material",
                                                     "Cryptomatte Material");
    s.add<&ViewLayer::use_pass_cryptomatte_asset>("use_pass_cryptomatte_asset",
                                                  "Cryptomatte Asset");
    s.add<&ViewLayer::pass_cryptomatte_depth>("pass_cryptomatte_depth", "Cryptomatte Levels")
        .range(2, 16)
        .step(2);
    s.add<&ViewLayer::use_pass_cryptomatte_accurate>("use_pass_cryptomatte_accurate",
                                                     "Cryptomatte Accurate");
    s.add<&ViewLayer::use>("use", "Enabled").default_value(false);
    s.add<&ViewLayer::use_sky>("use_sky", "Sky").default_value(false);
    s.add<&ViewLayer::use_ao>("use_ao", "Ambient Occlusion").default_value(false);
    s.add<&ViewLayer::use_solid>("use_solid", "Solid").default_value(false);
    s.add<&ViewLayer::use_motion_blur>("use_motion_blur", "Motion Blur").default_value(false);
    s.add<&ViewLayer::aovs>("aovs", "Shader AOVs")
        .not_animatable()
        .overridable()
        .collection_schema(&aovs_schema);
    s.add_item_id<&ViewLayer::active_aov>("stored_active_aov");
    s.add_computed(
         PropertyType::Int, "active_aov_index", "Active AOV Index",
         [](const ConstRef& r) {
           const auto& layer = r.as<ViewLayer>();
           return Value(std::max<std::int64_t>(0, layer.aovs.index_of(layer.active_aov)));
         },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           auto& layer = r.as<ViewLayer>();
           if (v.as_int() >= 0 && v.as_int() < layer.aovs.size()) {
             layer.active_aov = layer.aovs.id(v.as_int());
           }
           return {};
         })
        .non_negative()
        .default_value(0);
    s.add_link("active_aov", "Shader AOV", &Aov::schema, [](const ConstRef& r) -> PathStep {
       const auto& layer = r.as<ViewLayer>();
       if (layer.aovs.index_of(layer.active_aov) < 0) {
         return {};
       }
       return {ViewLayer::schema().property("aovs"), layer.active_aov};
     }).not_animatable();
    s.add<&ViewLayer::lightgroups>("lightgroups", "Light Groups")
        .not_animatable()
        .overridable()
        .collection_schema(&lightgroups_schema);
    s.add_item_id<&ViewLayer::active_lightgroup>("stored_active_lightgroup");
    s.add_computed(
         PropertyType::Int, "active_lightgroup_index", "Active Lightgroup Index",
         [](const ConstRef& r) {
           const auto& layer = r.as<ViewLayer>();
           return Value(layer.lightgroups.index_of(layer.active_lightgroup));
         },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           auto& layer = r.as<ViewLayer>();
           if (v.as_int() >= 0 && v.as_int() < layer.lightgroups.size()) {
             layer.active_lightgroup = layer.lightgroups.id(v.as_int());
           }
           return {};
         })
        .non_negative()
        .default_value(0);
    s.add_link("active_lightgroup", "Light Groups", &Lightgroup::schema,
               [](const ConstRef& r) -> PathStep {
                 const auto& layer = r.as<ViewLayer>();
                 if (layer.lightgroups.index_of(layer.active_lightgroup) < 0) {
                   return {};
                 }
                 return {ViewLayer::schema().property("lightgroups"), layer.active_lightgroup};
               })
        .not_animatable();
    s.add<&ViewLayer::cycles>("cycles", "Cycles ViewLayer Settings").not_animatable();
    s.add_nested("layer_collection", "Layer Collection", &layer_collection_schema)
        .never_none()
        .not_animatable();
    s.add_blocks(
         "objects", "Objects", &Object::schema,
         [](const ConstRef& r) { return object_ids(r, false); },
         [](const ConstRef& r, std::string_view name) {
           return r.document->named_among(BlockType::Object, name, [&](BlockId id) {
             return is_in_layer(*r.document, scene_of(r), r.as<ViewLayer>(), id);
           });
         })
        .collection_schema(&layer_objects_schema)
        .not_animatable()
        .overridable();
    s.add<&ViewLayer::active>("stored_active", "").internal();
    s.add_computed(PropertyType::Pointer, "active_layer_collection", "Active Layer Collection",
                   active_layer_collection, set_active_layer_collection)
        .target(&layer_collection_schema)
        .never_none()
        .changes(Change::Selection)
        .not_animatable();
    s.add<&ViewLayer::active_collection>("stored_active_collection", "").internal();
    add_stored_ids(s, "stored_selected", &ViewLayer::selected);
    add_stored_ids(s, "stored_hidden", &ViewLayer::hidden);
    s.add_computed(
         PropertyType::Collection, "stored_collections", "",
         [](const ConstRef& r) {
           Value::List list;
           for (const LayerCollectionState& state : r.as<ViewLayer>().collections) {
             if (!state.is_default()) {
               list.emplace_back(Value(state.collection.id));
               list.emplace_back(state.exclude + 2 * state.holdout + 4 * state.indirect_only +
                                 8 * state.hide_viewport);
             }
           }
           return Value(std::move(list));
         },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           auto& states = r.as<ViewLayer>().collections;
           states.clear();
           for (std::size_t i = 0; i + 1 < v.as_list().size(); i += 2) {
             const int flags = int(v.as_list()[i + 1].as_int());
             states.push_back({{v.as_list()[i].as_block()},
                               bool(flags & 1),
                               bool(flags & 2),
                               bool(flags & 4),
                               bool(flags & 8)});
           }
           return {};
         })
        .internal()
        .stored()
        .default_value(Value::List());
    s.set_name_property("name");
    return s.build();
  }();
  return schema;
}

void register_view_layer_types(Registry& registry) {
  for (const Schema* schema : {&ViewLayer::schema(), &Aov::schema(), &layer_collection_schema(),
                               &layer_objects_schema(), &aovs_schema(), &Lightgroup::schema(),
                               &lightgroups_schema(), &CyclesRenderLayerSettings::schema()}) {
    registry.add(*schema);
  }
}

}  // namespace kiln
