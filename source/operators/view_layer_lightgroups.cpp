// Light groups of view layers: passes of the light of some lights alone.
#include <set>

#include "document/world.h"
#include "operators/object_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

struct AddSettings {
  std::string name;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<AddSettings> s("SCENE_OT_view_layer_add_lightgroup", "Add Lightgroup");
      s.add<&AddSettings::name>("name", "Name").max_bytes(64).never_none().not_animatable();
      return s.build();
    }();
    return schema;
  }
};

void add_group(ViewLayer& layer, const std::string& name) {
  layer.lightgroups.add({lightgroup_name(layer, name)});
  layer.active_lightgroup = layer.lightgroups.id(layer.lightgroups.size() - 1);
}

// The groups that something of the scene is in, by name.
std::set<std::string> used_groups(const Context& context) {
  const Document& document = context.document();
  std::set<std::string> names;
  if (const World* world = document.find(context.get_scene().world)) {
    names.insert(world->lightgroup);
  }
  for (const LayerObject& entry : layer_objects(document, context.get_scene(), context.layer())) {
    names.insert(document.find<Object>(entry.object)->lightgroup);
  }
  names.erase("");
  return names;
}

Result<Outcome> add(Context& context, const AddSettings& settings, const Given&) {
  add_group(context.edit_layer(Change::Settings), settings.name);
  return Outcome::Finished;
}

Result<Outcome> remove(Context& context, const NoSettings&, const Given&) {
  const std::int64_t at = context.layer().lightgroups.index_of(context.layer().active_lightgroup);
  if (at < 0) {
    return Outcome::Finished;
  }
  ViewLayer& layer = context.edit_layer(Change::Settings);
  layer.lightgroups.remove(at);
  const std::int64_t next = std::min(at, layer.lightgroups.size() - 1);
  layer.active_lightgroup = next < 0 ? ItemId{} : layer.lightgroups.id(next);
  return Outcome::Finished;
}

Result<Outcome> add_used(Context& context, const NoSettings&, const Given&) {
  const std::set<std::string> used = used_groups(context);
  ViewLayer& layer = context.edit_layer(Change::Settings);
  for (const std::string& name : used) {
    if (layer.lightgroups.find(name) < 0) {
      add_group(layer, name);
    }
  }
  return Outcome::Finished;
}

Result<Outcome> remove_unused(Context& context, const NoSettings&, const Given&) {
  const std::set<std::string> used = used_groups(context);
  ViewLayer& layer = context.edit_layer(Change::Settings);
  for (std::int64_t i = layer.lightgroups.size() - 1; i >= 0; --i) {
    if (!used.contains(layer.lightgroups[i].name)) {
      layer.lightgroups.remove(i);
    }
  }
  if (layer.lightgroups.index_of(layer.active_lightgroup) < 0) {
    const std::int64_t last = layer.lightgroups.size() - 1;
    layer.active_lightgroup = last < 0 ? ItemId{} : layer.lightgroups.id(last);
  }
  return Outcome::Finished;
}

}  // namespace

void register_view_layer_lightgroups(OperatorRegistry& registry) {
  const auto add_internal = [&](const char* identifier, const char* label,
                                Result<Outcome> (*run)(Context&, const NoSettings&, const Given&)) {
    add_operator(registry, identifier, label, run).options = {"REGISTER", "UNDO", "INTERNAL"};
  };
  add_operator(registry, "scene.view_layer_add_lightgroup", "Add Lightgroup", add).options = {
      "REGISTER", "UNDO", "INTERNAL"};
  add_internal("scene.view_layer_remove_lightgroup", "Remove Lightgroup", remove);
  add_internal("scene.view_layer_add_used_lightgroups", "Add Used Lightgroups", add_used);
  add_internal("scene.view_layer_remove_unused_lightgroups", "Remove Unused Lightgroups",
               remove_unused);
}

}  // namespace kiln::operators
