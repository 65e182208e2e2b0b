#pragma once

#include <initializer_list>

#include "document/material.h"
#include "document/scene.h"
#include "editor/properties/panels.h"

namespace kiln::editor {

/// Adds the named properties of a struct, those that it has.
void add_properties(LayoutItem& layout, const Handle& owner, const Schema& schema,
                    std::initializer_list<const char*> names);
/// The handle of a struct inside another one.
Handle handle_inside(const Handle& owner, const Schema& schema, const char* name);

/// What stands beside a list.
struct ListButton {
  const char* icon;
  const char* tip;
  const char* command;
  OperatorSettings settings = {};
};
/// The items of a collection by their names, of which one is active, with buttons beside them;
/// below is the name of the active one, where it can be changed. `index`: the property that tells
/// which one is active, of the collection or of its owner.
LayoutItem& add_list(LayoutItem& root, const Document& document, const Handle& owner,
                     const char* collection, const char* index,
                     const std::vector<ListButton>& buttons);

// Panels of the tabs, one file a concept.
void add_object_panels(LayoutItem& root, const Document& document, const Object& object);
/// How an empty is drawn, and the picture it may show.
void add_empty_panels(LayoutItem& root, const Document& document, const Object& object);
/// Which pictures of a sequence are shown when.
void add_image_user(LayoutItem& layout, const Handle& user);
void add_modifier_panels(LayoutItem& root, Session& session, const Object& object);
/// The slots of an object.
void add_material_slots(LayoutItem& root, const Document& document, const Object& object);
void add_material_panels(LayoutItem& root, const Document& document, const Material& material);
void add_render_panels(LayoutItem& root, const Scene& scene);
void add_output_panels(LayoutItem& root, const Scene& scene);
void add_view_layer_panels(LayoutItem& root, const Document& document, const Scene& scene,
                           std::int64_t layer);
void add_scene_panels(LayoutItem& root, const Scene& scene);
/// The choice of a world, where there is a scene, and its panels.
void add_world_panels(LayoutItem& root, const Document& document, const Scene* scene,
                      const World* world);
/// `object`: the one that shows the data; null where it is pinned.
void add_data_panels(LayoutItem& root, const Document& document, const DataBlock& data,
                     const Object* object);

}  // namespace kiln::editor
