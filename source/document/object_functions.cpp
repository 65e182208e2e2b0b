// What objects can be asked and told about a view layer, and between spaces.
#include "document/object.h"

#include "document/collection.h"
#include "document/collection_membership.h"
#include "document/document.h"
#include "document/scene.h"

namespace kiln {
namespace {

// The layer a function works on: the one that was given, else the active one.
struct Where {
  const Scene* scene = nullptr;
  std::int64_t layer = 0;
  const ViewLayer& get() const { return scene->view_layers[layer]; }
};

Result<Where> layer_of(const Call& call, std::size_t argument) {
  Where where;
  const Handle& given = call.values[argument].as_handle();
  if (given && !given.steps.empty()) {
    where.scene = call.document.find<Scene>(given.block);
    where.layer = where.scene ? where.scene->view_layers.index_of(given.steps.back().item) : -1;
  } else {
    where.scene = active_scene(call.document);
    where.layer = where.scene ? active_layer_index(call.document, *where.scene) : -1;
  }
  if (!where.scene || where.layer < 0) {
    return Error::invalid("Error: there is no view layer");
  }
  return where;
}

Property layer_parameter() {
  return parameter(PropertyType::Pointer, "view_layer", "", [](PropertyBuilder& p) { p.target(&ViewLayer::schema); });
}
Property flag_result() {
  return parameter(PropertyType::Boolean, "result", "", [](PropertyBuilder& p) { p.output(); });
}

Result<Value> not_in_layer(const Call& call, const Where& where) {
  return Error::invalid("Error: Object '{}' can't be selected or hidden because it is not in View Layer '{}'!", call.target.block->name, where.get().name);
}

ViewLayer& edit_layer(const Call& call, const Where& where, Change kinds) {
  const std::int64_t at = where.layer;
  return call.document.edit<Scene>(where.scene->id, kinds).view_layers.edit(at);
}

Result<Value> select_set(const Call& call) {
  const Result<Where> where = layer_of(call, 1);
  if (!where) {
    return where.error();
  }
  const BlockId id = call.target.block->id;
  const bool state = call.values[0].as_bool();
  if (where->get().is_selected(id) == state && (state || is_in_layer(call.document, *where->scene, where->get(), id))) {
    return Value();
  }
  if (!is_in_layer(call.document, *where->scene, where->get(), id)) {
    return not_in_layer(call, *where);
  }
  if (!(state && where->get().is_hidden(id))) {
    edit_layer(call, *where, Change::Selection).set_selected(id, state);
  }
  return Value();
}

Result<Value> hide_set(const Call& call) {
  const Result<Where> where = layer_of(call, 1);
  if (!where) {
    return where.error();
  }
  const BlockId id = call.target.block->id;
  if (!is_in_layer(call.document, *where->scene, where->get(), id)) {
    return not_in_layer(call, *where);
  }
  edit_layer(call, *where, Change::Visibility | Change::Selection).set_hidden(id, call.values[0].as_bool());
  return Value();
}

// Whether a layer shows an object: upward from it, since a scene may have very many.
bool is_visible(const Document& document, const Scene& scene, const ViewLayer& layer, const Object& object) {
  if (object.hide_viewport || layer.is_hidden(object.id)) {
    return false;
  }
  const auto shows = [&](BlockId id) { return !document.find<Collection>(id)->hide_viewport && !layer.state_of(id).hide_viewport; };
  std::vector<BlockId> open, seen;
  for (const BlockId id : collections_of(document, object.id)) {
    if (!layer.state_of(id).exclude) {
      open.push_back(id);
    }
  }
  while (!open.empty()) {
    const BlockId id = open.back();
    open.pop_back();
    if (!shows(id) || std::find(seen.begin(), seen.end(), id) != seen.end()) {
      continue;
    }
    if (id == scene.collection.id) {
      return true;
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

Result<Value> visible_get(const Call& call) {
  const Result<Where> where = layer_of(call, 0);
  if (!where) {
    return where.error();
  }
  if (!call.document.find<Object>(call.target.block->id)) {
    return Value(false);
  }
  return Value(is_visible(call.document, *where->scene, where->get(), *call.document.find<Object>(call.target.block->id)));
}

template <bool (ViewLayer::*Test)(BlockId) const>
Result<Value> ask(const Call& call) {
  const Result<Where> where = layer_of(call, 0);
  if (!where) {
    return where.error();
  }
  return Value((where->get().*Test)(call.target.block->id));
}

}  // namespace

void add_object_functions(SchemaBuilder<Object>& s) {
  const auto state = parameter(PropertyType::Boolean, "state", "", [](PropertyBuilder& p) { p.required(); });
  s.add_function("select_get", {layer_parameter(), flag_result()}, ask<&ViewLayer::is_selected>);
  s.add_function("select_set", {state, layer_parameter()}, select_set);
  s.add_function("hide_get", {layer_parameter(), flag_result()}, ask<&ViewLayer::is_hidden>);
  s.add_function("hide_set", {state, layer_parameter()}, hide_set);
  s.add_function("visible_get", {layer_parameter(), flag_result()}, visible_get);
}

}  // namespace kiln
