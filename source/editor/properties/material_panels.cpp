#include "document/node_tree.h"
#include "editor/properties/panel_parts.h"

namespace kiln::editor {

void add_material_slots(LayoutItem& root, const Document& document, const Object& object) {
  const Handle handle{object.id, {}};
  const Schema& schema = Object::schema();
  const int slots = slot_count(document, object);
  LayoutItem& box = root.panel("material.slots", "Slots");
  std::vector<ListButton> buttons{
      {"ADD", "Add a slot", "object.material_slot_add"},
      {"REMOVE", "Remove the active slot", "object.material_slot_remove"}};
  if (slots > 1) {
    buttons.push_back({"TRIA_UP",
                       "Move the active slot up",
                       "object.material_slot_move",
                       {{"direction", Value("UP")}}});
    buttons.push_back({"TRIA_DOWN",
                       "Move the active slot down",
                       "object.material_slot_move",
                       {{"direction", Value("DOWN")}}});
  }
  add_list(box, document, handle, "material_slots", "active_material_index", buttons);
  LayoutItem& choice = box.prop(handle, *schema.property("active_material"));
  choice.is_block = true;
  choice.has_no_label = true;
  if (object.mode == ObjectMode::Edit) {
    LayoutItem& faces = box.row();
    faces.button("Assign", "object.material_slot_assign");
    faces.button("Select", "object.material_slot_select");
    faces.button("Deselect", "object.material_slot_deselect");
  }
}

void add_material_panels(LayoutItem& root, const Document& document, const Material& material) {
  const Handle of{material.id, {}};
  LayoutItem& surface = root.panel("material.surface", "Surface");
  add_properties(surface, of, Material::schema(), {"use_nodes"});
  if (!material.use_nodes || !add_surface_inputs(surface, document, material.node_tree.id,
                                                 "ShaderNodeOutputMaterial", "Surface")) {
    add_properties(surface, of, Material::schema(), {"diffuse_color", "metallic", "roughness"});
  }
  const Handle cycles = handle_inside(of, Material::schema(), "cycles");
  add_properties(root.panel("material.settings", "Settings", false), of, Material::schema(),
                 {"pass_index"});
  add_properties(root.panel("material.light", "Surface Light", false), cycles,
                 CyclesMaterialSettings::schema(),
                 {"sample_as_light", "use_transparent_shadow", "displacement_method"});
  LayoutItem& display = root.panel("material.display", "Viewport Display", false);
  add_properties(display, of, Material::schema(),
                 {"diffuse_color", "metallic", "roughness", "use_backface_culling"});
}

bool add_surface_inputs(LayoutItem& layout, const Document& document, BlockId tree_id,
                        const char* output_type, const char* socket) {
  const NodeTree* tree = document.find<NodeTree>(tree_id);
  if (!tree) {
    return false;
  }
  for (std::int64_t i = 0; i < tree->nodes.size(); ++i) {
    const Node& output = tree->nodes[i];
    if (output.dynamic_schema().identifier != output_type) {
      continue;
    }
    for (std::int64_t s = 0; s < output.inputs.size(); ++s) {
      if (output.inputs[s].name != socket) {
        continue;
      }
      const NodeLink* link = tree->link_to(tree->nodes.id(i), output.inputs.id(s));
      const Node* shader = link ? tree->find_node(link->from_node) : nullptr;
      if (!shader) {
        layout.label("Nothing is linked to the surface");
        return true;
      }
      layout.label(shader->label.empty() ? shader->name : shader->label);
      for (std::int64_t k = 0; k < shader->inputs.size(); ++k) {
        const NodeSocket& input = shader->inputs[k];
        if (!input.enabled || input.hide || input.type == SocketType::Shader) {
          continue;
        }
        const NodeLink* into = tree->link_to(link->from_node, shader->inputs.id(k));
        const Property* value = input.dynamic_schema().property("default_value");
        if (into) {
          const Node* from = tree->find_node(into->from_node);
          layout.label(fmt::format("{}: from {}", input.label.empty() ? input.name : input.label,
                                   from ? from->name : "a node"));
        } else if (value && !input.hide_value) {
          layout.prop(socket_handle(*tree, link->from_node, shader->inputs.id(k)), *value,
                      input.label.empty() ? input.name : input.label);
        }
      }
      return true;
    }
  }
  return false;
}

}  // namespace kiln::editor
