#include "editor/properties/panels.h"

#include "document/camera.h"
#include "document/light.h"
#include "document/material.h"
#include "document/modifier.h"
#include "document/node_tree.h"
#include "document/resolve.h"
#include "document/scene.h"
#include "document/world.h"
#include "editor/properties/custom_properties.h"
#include "editor/properties/script_panels.h"

namespace kiln::editor {
namespace {

constexpr const char* tab_labels[] = {"Render", "Output",    "View Layer", "Scene",    "World",
                                      "Object", "Modifiers", "Data",       "Material", "Tools"};

// Adds the named properties of a struct, those that it has.
void props(LayoutItem& layout, const Handle& owner, const Schema& schema,
           std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (const Property* property = schema.property(name)) {
      layout.prop(owner, *property);
    }
  }
}

Handle inside(const Handle& owner, const Schema& schema, const char* name) {
  Handle out = owner;
  out.steps.push_back({schema.property(name)});
  return out;
}

void object_panels(LayoutItem& root, const Document& document, const Object& object) {
  const Handle handle{object.id, {}};
  const Schema& schema = Object::schema();
  LayoutItem& transform = root.panel("object.transform", "Transform");
  props(transform, handle, schema, {"location"});
  transform.separator();
  const char* rotation = object.rotation_mode == RotationMode::Quaternion  ? "rotation_quaternion"
                         : object.rotation_mode == RotationMode::AxisAngle ? "rotation_axis_angle"
                                                                           : "rotation_euler";
  props(transform, handle, schema, {rotation, "rotation_mode"});
  transform.separator();
  props(transform, handle, schema, {"scale"});
  LayoutItem& delta = transform.panel("object.delta", "Delta Transform", false);
  props(delta, handle, schema, {"delta_location", "delta_rotation_euler", "delta_scale"});
  LayoutItem& locks = transform.panel("object.locks", "Locks", false);
  props(locks, handle, schema, {"lock_location", "lock_rotation", "lock_scale"});
  LayoutItem& relations = root.panel("object.relations", "Relations", false);
  props(relations, handle, schema, {"parent", "parent_type", "pass_index"});
  LayoutItem& instancing = root.panel("object.instancing", "Instancing", false);
  props(instancing, handle, schema, {"instance_type"});
  if (object.instance_type == ObjectInstanceType::Collection) {
    props(instancing, handle, schema, {"instance_collection"});
  }
  LayoutItem& visibility = root.panel("object.visibility", "Visibility", true);
  props(visibility, handle, schema, {"hide_select", "hide_viewport", "hide_render"});
  LayoutItem& rays = visibility.panel("object.rays", "Ray Visibility", false);
  props(rays, handle, schema,
        {"visible_camera", "visible_diffuse", "visible_glossy", "visible_transmission",
         "visible_shadow", "is_shadow_catcher", "is_holdout"});
  LayoutItem& display = root.panel("object.display", "Viewport Display", false);
  props(display, handle, schema, {"display_type", "show_bounds", "color"});
  if (!document.find(object.data.id)) {
    props(display, handle, schema, {"empty_display_type", "empty_display_size"});
  }
}

void modifier_panels(LayoutItem& root, Session& session, const Object& object) {
  const Schema& schema = Object::schema();
  const Property& list = *schema.property("modifiers");
  LayoutItem& add = root.add({.kind = LayoutItem::Kind::Menu, .text = "Add Modifier"});
  for (const Schema* kind : session.project().registry.kinds_of(Modifier::schema())) {
    add.button(kind->label.empty() ? kind->identifier : kind->label, "object.modifier_add",
               {{"type", Value(kind->tag)}});
  }
  for (std::int64_t i = 0; i < object.modifiers.size(); ++i) {
    const Modifier& modifier = object.modifiers[i];
    const Handle handle{object.id, {PathStep{&list, object.modifiers.id(i), i}}};
    LayoutItem& panel =
        root.panel(fmt::format("modifier.{}", object.modifiers.id(i)), modifier.name);
    const Schema& own = modifier.dynamic_schema();
    LayoutItem& row = panel.row();
    for (const auto& [name, shown] :
         {std::pair{"show_viewport", "Viewport"}, std::pair{"show_render", "Render"}}) {
      if (const Property* property = own.property(name)) {
        row.add({.kind = LayoutItem::Kind::Property,
                 .text = shown,
                 .owner = handle,
                 .property = property,
                 .is_toggle = true});
      }
    }
    row.button("Apply", "object.modifier_apply", {{"modifier", Value(modifier.name)}});
    row.button("Remove", "object.modifier_remove", {{"modifier", Value(modifier.name)}});
    panel.separator();
    add_all_properties(panel, session.document(), handle, own, panel.identifier,
                       &Modifier::schema());
    if (const evaluation::EvaluatedObject* evaluated =
            session.evaluated() ? session.evaluated()->find(object.id) : nullptr) {
      for (const std::string& warning : evaluated->warnings) {
        if (warning.starts_with("\"" + modifier.name) || warning.starts_with(modifier.name)) {
          panel.label(warning, /*warns=*/true);
        }
      }
    }
  }
  if (object.modifiers.empty()) {
    root.label("This object has no modifiers");
  }
}

void material_panels(LayoutItem& root, Session& session, const Object& object) {
  const Document& document = session.document();
  const Handle handle{object.id, {}};
  const Schema& schema = Object::schema();
  const int slots = slot_count(document, object);
  LayoutItem& box = root.panel("material.slots", "Slots");
  LayoutItem& row = box.row();
  LayoutItem& list = row.add({.kind = LayoutItem::Kind::List, .name = "material.slots"});
  list.owner = handle;
  list.property = schema.property("active_material_index");
  list.count = std::clamp(slots, 2, 5);
  list.has_no_filter = true;
  for (int i = 0; i < slots; ++i) {
    const Material* material = document.find(slot_material(document, object, i));
    LayoutItem& entry = list.add({.kind = LayoutItem::Kind::Row, .owner = handle});
    entry.property = list.property;
    entry.item = std::to_string(i);
    entry.is_active = i == object.active_material_index;
    entry.label(material ? material->name : "empty");
  }
  LayoutItem& side = row.column();
  const auto add_side = [&](const char* icon, const char* tip, const char* command) {
    LayoutItem& button = side.button("", command);
    button.icon = icon;
    button.tip = tip;
  };
  add_side("ADD", "Add a slot", "object.material_slot_add");
  add_side("REMOVE", "Remove the active slot", "object.material_slot_remove");
  const auto add_move = [&](const char* icon, const char* tip, const char* direction) {
    LayoutItem& button =
        side.button("", "object.material_slot_move", {{"direction", Value(direction)}});
    button.icon = icon;
    button.tip = tip;
  };
  if (slots > 1) {
    add_move("TRIA_UP", "Move the active slot up", "UP");
    add_move("TRIA_DOWN", "Move the active slot down", "DOWN");
  }
  LayoutItem& choice = box.prop(handle, *schema.property("active_material"));
  choice.is_block = true;
  choice.has_no_label = true;
  if (object.mode == ObjectMode::Edit) {
    LayoutItem& faces = box.row();
    faces.button("Assign", "object.material_slot_assign");
    faces.button("Select", "object.material_slot_select");
    faces.button("Deselect", "object.material_slot_deselect");
  }
  const Material* material =
      document.find(slot_material(document, object, object.active_material_index));
  if (!material) {
    return;
  }
  const Handle of{material->id, {}};
  LayoutItem& surface = root.panel("material.surface", "Surface");
  props(surface, of, Material::schema(), {"use_nodes"});
  if (!material->use_nodes || !add_surface_inputs(surface, document, material->node_tree.id,
                                                  "ShaderNodeOutputMaterial", "Surface")) {
    props(surface, of, Material::schema(), {"diffuse_color", "metallic", "roughness"});
  }
  LayoutItem& display = root.panel("material.display", "Viewport Display", false);
  props(display, of, Material::schema(), {"diffuse_color", "metallic", "roughness", "pass_index"});
}

void scene_panels(LayoutItem& root, const Scene& scene, PropertiesTab tab) {
  const Handle handle{scene.id, {}};
  const Schema& schema = Scene::schema();
  const Handle render = inside(handle, schema, "render");
  const Schema& render_schema = kiln::RenderSettings::schema();
  const Handle cycles = inside(handle, schema, "cycles");
  const Schema& cycles_schema = CyclesRenderSettings::schema();
  if (tab == PropertiesTab::Render) {
    LayoutItem& sampling = root.panel("render.sampling", "Sampling");
    props(sampling, cycles, cycles_schema, {"samples", "seed"});
    LayoutItem& paths = root.panel("render.paths", "Light Paths", false);
    props(paths, cycles, cycles_schema,
          {"max_bounces", "diffuse_bounces", "glossy_bounces", "transmission_bounces",
           "transparent_max_bounces", "sample_clamp_direct", "sample_clamp_indirect", "blur_glossy",
           "caustics_reflective", "caustics_refractive"});
    LayoutItem& film = root.panel("render.film", "Film");
    props(film, cycles, cycles_schema, {"film_exposure"});
    props(film, render, render_schema, {"film_transparent"});
    props(film, cycles, cycles_schema, {"pixel_filter_type", "filter_width"});
    LayoutItem& motion = root.panel("render.motion", "Motion Blur", false);
    props(motion, render, render_schema, {"use_motion_blur", "motion_blur_shutter"});
    LayoutItem& color = root.panel("render.color", "Color Management");
    props(color, inside(handle, schema, "display_settings"), ColorDisplaySettings::schema(),
          {"display_device"});
    props(color, inside(handle, schema, "view_settings"), ColorViewSettings::schema(),
          {"view_transform", "look", "exposure", "gamma"});
    LayoutItem& performance = root.panel("render.performance", "Performance", false);
    props(performance, render, render_schema, {"threads_mode", "threads"});
  } else if (tab == PropertiesTab::Output) {
    LayoutItem& format = root.panel("output.format", "Format");
    props(format, render, render_schema,
          {"resolution_x", "resolution_y", "resolution_percentage", "pixel_aspect_x",
           "pixel_aspect_y", "fps", "fps_base"});
    LayoutItem& frames = root.panel("output.frames", "Frame Range");
    props(frames, handle, schema, {"frame_start", "frame_end", "frame_step"});
    LayoutItem& output = root.panel("output.output", "Output");
    props(output, render, render_schema, {"filepath", "use_file_extension"});
    Handle image = inside(render, render_schema, "image_settings");
    props(output, image, ImageFormatSettings::schema(),
          {"file_format", "color_mode", "color_depth", "compression", "quality", "exr_codec"});
  } else if (tab == PropertiesTab::ViewLayer) {
    if (scene.view_layers.empty()) {
      return;
    }
    Handle layer = handle;
    layer.steps.push_back({schema.property("view_layers"), scene.view_layers.id(0), 0});
    props(root, layer, ViewLayer::schema(), {"use", "material_override", "samples"});
    LayoutItem& passes = root.panel("layer.passes", "Passes");
    for (const Property* property : ViewLayer::schema().all_properties()) {
      if (property->identifier.starts_with("use_pass_") &&
          !property->identifier.starts_with("use_pass_cryptomatte")) {
        passes.prop(layer, *property);
      }
    }
  } else {
    LayoutItem& general = root.panel("scene.scene", "Scene");
    props(general, handle, schema, {"camera", "world"});
    LayoutItem& units = root.panel("scene.units", "Units");
    props(units, inside(handle, schema, "unit_settings"), UnitSettings::schema(),
          {"system", "system_rotation", "scale_length"});
    LayoutItem& gravity = root.panel("scene.gravity", "Gravity", false);
    props(gravity, handle, schema, {"use_gravity", "gravity"});
    LayoutItem& cursor = root.panel("scene.cursor", "3D Cursor", false);
    props(cursor, inside(handle, schema, "cursor"), Cursor3D::schema(),
          {"location", "rotation_euler"});
  }
}

void world_panels(LayoutItem& root, Session& session, const Scene& scene) {
  const Handle handle{scene.id, {}};
  LayoutItem& choice = root.prop(handle, *Scene::schema().property("world"));
  choice.is_block = true;
  choice.has_no_label = true;
  const World* world = session.document().find(scene.world);
  if (!world) {
    return;
  }
  const Handle of{world->id, {}};
  LayoutItem& surface = root.panel("world.surface", "Surface");
  props(surface, of, World::schema(), {"use_nodes"});
  if (!world->use_nodes || !add_surface_inputs(surface, session.document(), world->node_tree.id,
                                               "ShaderNodeOutputWorld", "Surface")) {
    props(surface, of, World::schema(), {"color"});
  }
  LayoutItem& mist = root.panel("world.mist", "Mist Pass", false);
  props(mist, inside(of, World::schema(), "mist_settings"), WorldMistSettings::schema(),
        {"start", "depth", "falloff"});
}

void data_panels(LayoutItem& root, Session& session, const Object& object) {
  const DataBlock* data = session.document().find(object.data.id);
  if (!data) {
    return;
  }
  const Handle of{data->id, {}};
  const Schema& schema = data->dynamic_schema();
  if (const auto* camera = session.document().find<Camera>(data->id)) {
    LayoutItem& lens = root.panel("camera.lens", "Lens");
    props(lens, of, schema, {"type"});
    props(lens, of, schema, {camera->kind == CameraType::Ortho ? "ortho_scale" : "lens"});
    props(lens, of, schema, {"shift_x", "shift_y", "clip_start", "clip_end"});
    LayoutItem& focus = root.panel("camera.focus", "Depth of Field", camera->dof.use_dof);
    props(focus, inside(of, schema, "dof"), CameraDofSettings::schema(),
          {"use_dof", "focus_object", "focus_distance", "aperture_fstop", "aperture_blades",
           "aperture_ratio"});
    LayoutItem& sensor = root.panel("camera.sensor", "Camera", false);
    props(sensor, of, schema, {"sensor_fit", "sensor_width", "sensor_height"});
    LayoutItem& display = root.panel("camera.display", "Viewport Display", false);
    props(display, of, schema, {"display_size"});
  } else if (const auto* light = session.document().find<Light>(data->id)) {
    LayoutItem& panel = root.panel("light.light", "Light");
    panel.add({.kind = LayoutItem::Kind::Property,
               .owner = of,
               .property = schema.property("type"),
               .is_expanded = true});
    props(panel, of, schema, {"color", "energy"});
    switch (light->kind) {
      case LightType::Point:
        props(panel, of, schema, {"shadow_soft_size"});
        break;
      case LightType::Sun:
        props(panel, of, schema, {"angle"});
        break;
      case LightType::Spot:
        props(panel, of, schema, {"shadow_soft_size", "spot_size", "spot_blend"});
        break;
      case LightType::Area:
        props(panel, of, schema, {"shape", "size"});
        if (light->shape == LightShape::Rectangle || light->shape == LightShape::Ellipse) {
          props(panel, of, schema, {"size_y"});
        }
        props(panel, of, schema, {"spread"});
        break;
    }
    props(panel, inside(of, schema, "cycles"), CyclesLightSettings::schema(),
          {"cast_shadow", "max_bounces", "use_multiple_importance_sampling"});
  } else if (const auto* mesh = session.document().find<Mesh>(data->id)) {
    LayoutItem& counts = root.panel("mesh.counts", "Geometry");
    counts.label(fmt::format("Vertices {}   Edges {}   Faces {}", mesh->vertex_count(),
                             mesh->edge_count(), mesh->face_count()));
    LayoutItem& normals = root.panel("mesh.normals", "Normals");
    props(normals, of, schema, {"use_auto_smooth", "auto_smooth_angle"});
    LayoutItem& groups = root.panel("mesh.groups", "Vertex Groups", false);
    for (const VertexGroup& group : mesh->vertex_groups) {
      groups.label(group.name);
    }
    LayoutItem& attributes = root.panel("mesh.texspace", "Texture Space", false);
    props(attributes, of, schema, {"use_auto_texspace", "texspace_location", "texspace_size"});
  } else {
    add_all_properties(root, session.document(), of, schema, "data", &DataBlock::schema());
  }
}

}  // namespace

const char* label_of(PropertiesTab tab) {
  return tab_labels[int(tab)];
}

bool has_tab(const Session& session, PropertiesTab tab) {
  const Object* object = session.active_object();
  const Document& document = session.document();
  switch (tab) {
    case PropertiesTab::Object:
      return object;
    case PropertiesTab::Data:
      return object && document.find(object->data.id);
    case PropertiesTab::Modifiers:
    case PropertiesTab::Material:
      return object && document.find<Mesh>(object->data.id);
    default:
      return session.scene();
  }
}

void add_all_properties(LayoutItem& layout, const Document& document, const Handle& owner,
                        const Schema& schema, const std::string& identifier, const Schema* stop) {
  const ConstRef ref = resolve(document, owner);
  for (const Property* property : schema.all_properties()) {
    const bool is_shown =
        !property->is_hidden && !property->is_internal && !property->is_read_only &&
        !(stop && stop->property(property->identifier)) && property->identifier != "rna_type";
    if (!is_shown || field_of(*property) == PlacedItem::Field::None) {
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

namespace {

// What the program itself shows in a tab.
LayoutItem make_own_panels(Session& session, PropertiesTab tab) {
  LayoutItem root;
  const Scene* scene = session.scene();
  const Object* object = session.active_object();
  if (!has_tab(session, tab)) {
    root.label("Nothing is active");
    return root;
  }
  const auto header = [&](const DataBlock& block) {
    root.prop({block.id, {}}, *DataBlock::schema().property("name"), "Name");
  };
  switch (tab) {
    case PropertiesTab::Object:
      header(*object);
      object_panels(root, session.document(), *object);
      break;
    case PropertiesTab::Modifiers:
      modifier_panels(root, session, *object);
      break;
    case PropertiesTab::Data: {
      LayoutItem& choice = root.prop({object->id, {}}, *Object::schema().property("data"));
      choice.is_block = true;
      choice.has_no_label = true;
      header(*session.document().find(object->data.id));
    }
      data_panels(root, session, *object);
      break;
    case PropertiesTab::Material:
      material_panels(root, session, *object);
      break;
    case PropertiesTab::World:
      world_panels(root, session, *scene);
      break;
    case PropertiesTab::Tools:
      break;
    default:
      scene_panels(root, *scene, tab);
      break;
  }
  return root;
}

// The data-block a tab is about; null where several tabs are about it or nothing is.
const DataBlock* block_of(const Session& session, PropertiesTab tab) {
  const Object* object = session.active_object();
  const Document& document = session.document();
  switch (tab) {
    case PropertiesTab::Scene:
      return session.scene();
    case PropertiesTab::World:
      return session.scene() ? document.find(session.scene()->world) : nullptr;
    case PropertiesTab::Object:
      return object;
    case PropertiesTab::Data:
      return object ? document.find(object->data.id) : nullptr;
    case PropertiesTab::Material:
      return object ? document.find(slot_material(document, *object, object->active_material_index))
                    : nullptr;
    default:
      return nullptr;
  }
}

}  // namespace

LayoutItem make_panels(Session& session, PropertiesTab tab) {
  LayoutItem root = make_own_panels(session, tab);
  const int added = add_script_panels(root, session, tab);
  if (const DataBlock* block = block_of(session, tab)) {
    add_custom_properties(root, session, *block);
  }
  if (tab == PropertiesTab::Tools && added == 0) {
    root.label("Add-ons show their tools here");
  }
  return root;
}

}  // namespace kiln::editor
