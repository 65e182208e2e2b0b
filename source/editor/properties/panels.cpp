#include "editor/properties/panels.h"

#include "document/camera.h"
#include "document/light.h"
#include "document/material.h"
#include "document/resolve.h"
#include "document/scene.h"
#include "document/world.h"
#include "editor/properties/custom_properties.h"
#include "editor/properties/panel_parts.h"
#include "editor/properties/script_panels.h"

namespace kiln::editor {
namespace {

constexpr const char* tab_labels[] = {"Render", "Output",    "View Layer", "Scene",    "World",
                                      "Object", "Modifiers", "Data",       "Material", "Tools"};

// An object without data but for a picture.
bool is_empty(const Session& session, const PropertiesTarget& target) {
  return target.object && object_type(session.document(), *target.object) == "EMPTY";
}

// What the program itself shows in a tab.
void add_own_panels(LayoutItem& root, Session& session, const PropertiesTarget& target,
                    PropertiesTab tab) {
  const Document& document = session.document();
  const auto header = [&](const DataBlock& block) {
    root.prop({block.id, {}}, *DataBlock::schema().property("name"), "Name");
  };
  switch (tab) {
    case PropertiesTab::Object:
      header(*target.object);
      add_object_panels(root, document, *target.object);
      break;
    case PropertiesTab::Modifiers:
      add_modifier_panels(root, session, *target.object);
      break;
    case PropertiesTab::Data:
      if (is_empty(session, target)) {
        add_empty_panels(root, document, *target.object);
        break;
      }
      if (target.object) {
        LayoutItem& choice = root.prop({target.object->id, {}}, *Object::schema().property("data"));
        choice.is_block = true;
        choice.has_no_label = true;
      }
      header(*target.data);
      add_data_panels(root, document, *target.data, target.object);
      break;
    case PropertiesTab::Material:
      if (target.object) {
        add_material_slots(root, document, *target.object);
      } else {
        header(*target.material);
      }
      if (target.material) {
        add_material_panels(root, document, *target.material);
      }
      break;
    case PropertiesTab::World:
      add_world_panels(root, document, target.is_pinned ? nullptr : target.scene, target.world);
      break;
    case PropertiesTab::Tools:
      break;
    case PropertiesTab::Render:
      add_render_panels(root, *target.scene);
      break;
    case PropertiesTab::Output:
      add_output_panels(root, *target.scene);
      break;
    case PropertiesTab::ViewLayer:
      add_view_layer_panels(
          root, document, *target.scene,
          target.is_pinned || !session.layer()
              ? 0
              : std::max<std::int64_t>(0, target.scene->view_layers.find(session.layer()->name)));
      break;
    default:
      add_scene_panels(root, *target.scene);
      break;
  }
}

}  // namespace

const char* label_of(PropertiesTab tab) {
  return tab_labels[int(tab)];
}

PropertiesTarget properties_target(const Session& session, BlockId pinned) {
  const Document& document = session.document();
  PropertiesTarget target;
  target.scene = session.scene();
  target.object = session.active_object();
  if (const DataBlock* block = document.find(pinned)) {
    target = {};
    target.is_pinned = true;
    switch (block->type()) {
      case BlockType::Scene:
        target.scene = document.find<Scene>(pinned);
        break;
      case BlockType::Object:
        target.object = document.find<Object>(pinned);
        break;
      case BlockType::Material:
        target.material = document.find<Material>(pinned);
        return target;
      case BlockType::World:
        target.world = document.find<World>(pinned);
        return target;
      default:
        target.data = block;
        return target;
    }
  }
  if (target.scene) {
    target.world = document.find(target.scene->world);
  }
  if (target.object) {
    const Object& object = *target.object;
    target.data = document.find(object.data.id);
    target.material = document.find(slot_material(document, object, object.active_material_index));
  }
  return target;
}

bool has_tab(const Session& session, const PropertiesTarget& target, PropertiesTab tab) {
  const bool is_mesh =
      target.object && session.document().find<Mesh>(target.object->data.id) != nullptr;
  switch (tab) {
    case PropertiesTab::Object:
      return target.object;
    case PropertiesTab::Data:
      return target.data || is_empty(session, target);
    case PropertiesTab::Modifiers:
      return is_mesh;
    case PropertiesTab::Material:
      return is_mesh || (!target.object && target.material);
    case PropertiesTab::World:
      return target.world || (target.scene && !target.is_pinned);
    case PropertiesTab::Tools:
      return !target.is_pinned;
    default:
      return target.scene;
  }
}

const DataBlock* block_of(const PropertiesTarget& target, PropertiesTab tab) {
  switch (tab) {
    case PropertiesTab::World:
      return target.world;
    case PropertiesTab::Object:
    case PropertiesTab::Modifiers:
      return target.object;
    case PropertiesTab::Data:
      return target.data;
    case PropertiesTab::Material:
      return target.material;
    case PropertiesTab::Tools:
      return nullptr;
    default:
      return target.scene;
  }
}

LayoutItem make_panels(Session& session, const PropertiesTarget& target, PropertiesTab tab) {
  LayoutItem root;
  if (!has_tab(session, target, tab)) {
    root.label("Nothing is active");
    return root;
  }
  add_own_panels(root, session, target, tab);
  // Panels of scripts are about what is active.
  const int added = target.is_pinned ? 0 : add_script_panels(root, session, tab);
  const bool is_about_block = tab == PropertiesTab::Scene || tab == PropertiesTab::World ||
                              tab == PropertiesTab::Object || tab == PropertiesTab::Data ||
                              tab == PropertiesTab::Material;
  if (const DataBlock* block = is_about_block ? block_of(target, tab) : nullptr) {
    add_custom_properties(root, session, *block);
  }
  if (tab == PropertiesTab::Tools && added == 0) {
    root.label("Add-ons show their tools here");
  }
  return root;
}

void add_properties(LayoutItem& layout, const Handle& owner, const Schema& schema,
                    std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (const Property* property = schema.property(name)) {
      layout.prop(owner, *property);
    }
  }
}

Handle handle_inside(const Handle& owner, const Schema& schema, const char* name) {
  Handle out = owner;
  out.steps.push_back({schema.property(name)});
  return out;
}

void add_all_properties(LayoutItem& layout, const Document& document, const Handle& owner,
                        const Schema& schema, const std::string& identifier, const Schema* stop) {
  const ConstRef ref = resolve(document, owner);
  for (const Property* property : schema.all_properties()) {
    const bool is_shown = !property->is_hidden && !property->is_internal &&
                          (!property->is_read_only || is_plot(field_of(*property))) &&
                          !(stop && stop->property(property->identifier)) &&
                          property->identifier != "rna_type";
    if (!is_shown || field_of(*property) == PlacedItem::Field::None) {
      continue;
    }
    if (is_plot(field_of(*property))) {
      layout.prop(owner, *property);
      continue;
    }
    if (property->type == PropertyType::Pointer) {
      if (property->storage == Storage::Struct) {
        const ConstRef part = ref ? nested(ref, *property) : ConstRef{};
        if (part) {
          Handle handle = owner;
          handle.steps.push_back({property});
          LayoutItem& panel =
              layout.panel(identifier + "." + property->identifier, property->label, false);
          add_all_properties(panel, document, handle, *part.schema, panel.identifier);
        }
        continue;
      }
      if (property->storage != Storage::Block) {
        continue;
      }
    }
    layout.prop(owner, *property);
  }
}

}  // namespace kiln::editor
