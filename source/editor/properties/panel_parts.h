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

// Panels of the tabs, one file a concept.
void add_object_panels(LayoutItem& root, const Document& document, const Object& object);
void add_modifier_panels(LayoutItem& root, Session& session, const Object& object);
/// The slots of an object.
void add_material_slots(LayoutItem& root, const Document& document, const Object& object);
void add_material_panels(LayoutItem& root, const Document& document, const Material& material);
void add_scene_panels(LayoutItem& root, const Scene& scene, PropertiesTab tab);
/// The choice of a world, where there is a scene, and its panels.
void add_world_panels(LayoutItem& root, const Document& document, const Scene* scene,
                      const World* world);
void add_data_panels(LayoutItem& root, const Document& document, const DataBlock& data);

}  // namespace kiln::editor
