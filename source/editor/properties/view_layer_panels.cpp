// What a view layer shows and which passes it writes.
#include "editor/properties/panel_parts.h"

namespace kiln::editor {
namespace {

void add_passes(LayoutItem& root, const Handle& layer) {
  const Schema& schema = ViewLayer::schema();
  LayoutItem& passes = root.panel("layer.passes", "Passes");
  LayoutItem& data = passes.panel("layer.passes.data", "Data");
  add_properties(data, layer, schema,
                 {"use_pass_combined", "use_pass_z", "use_pass_mist", "use_pass_position",
                  "use_pass_normal", "use_pass_uv", "use_pass_vector", "use_pass_object_index",
                  "use_pass_material_index", "pass_alpha_threshold"});
  const Handle cycles = handle_inside(layer, schema, "cycles");
  add_properties(data, cycles, CyclesRenderLayerSettings::schema(),
                 {"denoising_store_passes", "pass_debug_sample_count"});
  LayoutItem& light = passes.panel("layer.passes.light", "Light");
  add_properties(light, layer, schema,
                 {"use_pass_diffuse_direct", "use_pass_diffuse_indirect", "use_pass_diffuse_color",
                  "use_pass_glossy_direct", "use_pass_glossy_indirect", "use_pass_glossy_color",
                  "use_pass_transmission_direct", "use_pass_transmission_indirect",
                  "use_pass_transmission_color", "use_pass_emit", "use_pass_environment",
                  "use_pass_shadow", "use_pass_ambient_occlusion"});
  LayoutItem& mattes = passes.panel("layer.cryptomatte", "Cryptomatte", false);
  add_properties(
      mattes, layer, schema,
      {"use_pass_cryptomatte_object", "use_pass_cryptomatte_material", "use_pass_cryptomatte_asset",
       "pass_cryptomatte_depth", "use_pass_cryptomatte_accurate"});
}

void add_lightgroups(LayoutItem& root, const Document& document, const Handle& layer) {
  LayoutItem& groups = root.panel("layer.lightgroups", "Light Groups", false);
  add_list(groups, document, layer, "lightgroups", "active_lightgroup_index",
           {{"ADD", "Add a pass of some light alone", "scene.view_layer_add_lightgroup"},
            {"REMOVE", "Remove the active one", "scene.view_layer_remove_lightgroup"}});
  LayoutItem& row = groups.row();
  row.button("Add Used", "scene.view_layer_add_used_lightgroups").tip =
      "Adds the groups that objects and the world name";
  row.button("Remove Unused", "scene.view_layer_remove_unused_lightgroups").tip =
      "Removes the groups that nothing names";
}

}  // namespace

void add_view_layer_panels(LayoutItem& root, const Document& document, const Scene& scene,
                           std::int64_t at) {
  if (at < 0 || at >= scene.view_layers.size()) {
    return;
  }
  const Schema& schema = ViewLayer::schema();
  Handle layer{scene.id, {}};
  layer.steps.push_back({Scene::schema().property("view_layers"), scene.view_layers.id(at), at});
  root.prop(layer, *schema.property("name"), "Name");
  LayoutItem& row = root.row();
  row.button("Add", "scene.view_layer_add");
  row.button("Copy", "scene.view_layer_add", {{"type", Value("COPY")}});
  row.button("Remove", "scene.view_layer_remove");
  root.prop(handle_inside({scene.id, {}}, Scene::schema(), "render"),
            *RenderSettings::schema().property("use_single_layer"));
  add_properties(root.panel("layer.layer", "View Layer"), layer, schema,
                 {"use", "use_sky", "use_solid", "use_ao"});
  add_passes(root, layer);
  LayoutItem& aovs = root.panel("layer.aovs", "Shader AOVs", false);
  add_list(aovs, document, layer, "aovs", "active_aov_index",
           {{"ADD", "Add a pass that materials write", "scene.view_layer_add_aov"},
            {"REMOVE", "Remove the active one", "scene.view_layer_remove_aov"}});
  const ViewLayer& shown = scene.view_layers[at];
  if (const std::int64_t active = shown.aovs.index_of(shown.active_aov); active >= 0) {
    Handle aov = layer;
    aov.steps.push_back({schema.property("aovs"), shown.active_aov, active});
    add_properties(aovs, aov, Aov::schema(), {"type"});
  }
  add_lightgroups(root, document, layer);
  add_properties(root.panel("layer.override", "Override", false), layer, schema,
                 {"material_override", "samples"});
  add_properties(root.panel("layer.denoising", "Denoising", false),
                 handle_inside(layer, schema, "cycles"), CyclesRenderLayerSettings::schema(),
                 {"use_denoising"});
}

}  // namespace kiln::editor
