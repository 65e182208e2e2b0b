#include "operators/operator.h"

#include "document/preferences.h"

#include "operators/script_handlers.h"

namespace kiln::operators {

Context::Context(Project& of_project, Progress& with_progress)
    : project(of_project), progress(with_progress) {
  const Document& head = project.document;
  const Scene* now = active_scene(head);
  if (!now) {
    return;
  }
  scene = now->id;
  view_layer = now->view_layers.id(active_layer_index(head, *now));
  active = layer().active && head.find(layer().active) ? layer().active.id : BlockId{};
  for (const LayerObject& entry : layer_objects(head, *now, layer())) {
    if (entry.is_visible && layer().is_selected(entry.object)) {
      selected.push_back(entry.object);
    }
  }
}

void Context::notify(std::string_view event) const {
  if (auto* handlers = project.services.find<ScriptHandlers>()) {
    const Scene* now = active_scene(project.document);
    handlers->call_for_scene(event, now ? now->id : BlockId{});
  }
}

void Context::notify_file(std::string_view event, const std::string& path) const {
  if (auto* handlers = project.services.find<ScriptHandlers>()) {
    handlers->call_for_file(event, path);
  }
}

ViewLayer& Context::edit_layer(Change kinds) const {
  const std::int64_t at = layer_index();
  return project.document.edit<Scene>(scene, kinds).view_layers.edit(at);
}

BlockId Context::active_collection() const {
  const BlockId chosen = layer().active_collection.id;
  return document().find(chosen) ? chosen : get_scene().collection.id;
}

std::vector<BlockId> Context::editable() {
  std::vector<BlockId> local;
  for (const BlockId id : selected) {
    const auto* object = document().find<Object>(id);
    // What is left to the library is not for people to edit; scripts may.
    const bool is_left =
        object && is_invoked && object->is_override() && object->library_override.is_system;
    if (object && !object->is_linked() && !is_left) {
      local.push_back(id);
    }
  }
  if (local.empty() && !selected.empty()) {
    reports.emplace_back(
        "all selected objects are linked from libraries: make them local or override them first");
  }
  return local;
}

std::vector<BlockId> Context::selectable() const {
  std::vector<BlockId> objects;
  for (const LayerObject& entry : layer_objects(document(), get_scene(), layer())) {
    if (entry.is_visible && entry.is_selectable) {
      objects.push_back(entry.object);
    }
  }
  return objects;
}

void Context::select_only(const std::vector<BlockId>& objects) {
  ViewLayer& layer_now = edit_layer(Change::Selection);
  layer_now.selected = IdSet(objects);
  layer_now.active = {objects.empty() ? BlockId{} : objects.back()};
  selected = objects;
  active = layer_now.active.id;
}

Object& Context::add_object(std::string_view name, const DataBlock* data) {
  const BlockId data_id = data ? data->id : BlockId{};
  auto& object = document().add<Object>(name);
  object.data = {data_id};
  object.initialize_for(document().find(data_id));
  const BlockId id = object.id;
  document()
      .edit<Collection>(active_collection(), Change::Hierarchy | Change::Visibility)
      .objects.push_back({id});
  select_only({id});
  return document().edit<Object>(id);
}

void replace_geometry(Mesh& block, Mesh geometry) {
  block.take_geometry(std::move(geometry));
}

OperatorType& OperatorRegistry::add(OperatorType type) {
  remove(type.identifier);
  const auto& added = types_.emplace_back(std::make_unique<OperatorType>(std::move(type)));
  by_name_[added->identifier] = added.get();
  return *added;
}

void OperatorRegistry::remove(std::string_view identifier) {
  const OperatorType* type = find(identifier);
  if (!type) {
    return;
  }
  by_name_.erase(type->identifier);
  const auto owned = std::find_if(types_.begin(), types_.end(), [&](const auto& entry) { return entry.get() == type; });
  retired_.push_back(std::move(*owned));
  types_.erase(owned);
}

const OperatorType* OperatorRegistry::find(std::string_view identifier) const {
  const auto found = by_name_.find(identifier);
  return found == by_name_.end() ? nullptr : found->second;
}

const Schema& NoSettings::schema() {
  static const Schema schema = [] {
    SchemaBuilder<NoSettings> s("OperatorProperties", "");
    return s.build();
  }();
  return schema;
}

void notify_loaded(const Context& context, const std::string& path,
                   std::optional<bool> use_scripts) {
  if (auto* handlers = context.project.services.find<ScriptHandlers>()) {
    handlers->drop_temporary();
    const auto* preferences = context.project.services.find<Preferences>();
    handlers->run_texts(path,
                        use_scripts.value_or(preferences && preferences->runs_scripts_of(path)));
  }
  context.notify_file("version_update", path);
  context.notify_file("load_post", path);
}

std::optional<std::string> needs_object_mode(const Context& context) {
  const Object* object = context.active_object();
  if (object && object->mode != ObjectMode::Object) {
    return "object \"" + object->name + "\" is not in object mode";
  }
  return std::nullopt;
}

std::optional<std::string> needs_active_object(const Context& context) {
  return context.active_object() ? std::nullopt
                                 : std::optional<std::string>("there is no active object");
}

}  // namespace kiln::operators
