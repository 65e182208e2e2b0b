#include "document/world.h"
#include "editor/properties/panel_parts.h"

namespace kiln::editor {

void add_scene_panels(LayoutItem& root, const Scene& scene, PropertiesTab tab) {
  const Handle handle{scene.id, {}};
  const Schema& schema = Scene::schema();
  const Handle render = handle_inside(handle, schema, "render");
  const Schema& render_schema = kiln::RenderSettings::schema();
  const Handle cycles = handle_inside(handle, schema, "cycles");
  const Schema& cycles_schema = CyclesRenderSettings::schema();
  if (tab == PropertiesTab::Render) {
    LayoutItem& sampling = root.panel("render.sampling", "Sampling");
    add_properties(sampling, cycles, cycles_schema, {"samples", "seed"});
    LayoutItem& paths = root.panel("render.paths", "Light Paths", false);
    add_properties(paths, cycles, cycles_schema,
                   {"max_bounces", "diffuse_bounces", "glossy_bounces", "transmission_bounces",
                    "transparent_max_bounces", "sample_clamp_direct", "sample_clamp_indirect",
                    "blur_glossy", "caustics_reflective", "caustics_refractive"});
    LayoutItem& film = root.panel("render.film", "Film");
    add_properties(film, cycles, cycles_schema, {"film_exposure"});
    add_properties(film, render, render_schema, {"film_transparent"});
    add_properties(film, cycles, cycles_schema, {"pixel_filter_type", "filter_width"});
    LayoutItem& motion = root.panel("render.motion", "Motion Blur", false);
    add_properties(motion, render, render_schema, {"use_motion_blur", "motion_blur_shutter"});
    LayoutItem& color = root.panel("render.color", "Color Management");
    add_properties(color, handle_inside(handle, schema, "display_settings"),
                   ColorDisplaySettings::schema(), {"display_device"});
    add_properties(color, handle_inside(handle, schema, "view_settings"),
                   ColorViewSettings::schema(), {"view_transform", "look", "exposure", "gamma"});
    LayoutItem& performance = root.panel("render.performance", "Performance", false);
    add_properties(performance, render, render_schema, {"threads_mode", "threads"});
  } else if (tab == PropertiesTab::Output) {
    LayoutItem& format = root.panel("output.format", "Format");
    add_properties(format, render, render_schema,
                   {"resolution_x", "resolution_y", "resolution_percentage", "pixel_aspect_x",
                    "pixel_aspect_y", "fps", "fps_base"});
    LayoutItem& frames = root.panel("output.frames", "Frame Range");
    add_properties(frames, handle, schema, {"frame_start", "frame_end", "frame_step"});
    LayoutItem& output = root.panel("output.output", "Output");
    add_properties(output, render, render_schema, {"filepath", "use_file_extension"});
    Handle image = handle_inside(render, render_schema, "image_settings");
    add_properties(
        output, image, ImageFormatSettings::schema(),
        {"file_format", "color_mode", "color_depth", "compression", "quality", "exr_codec"});
  } else if (tab == PropertiesTab::ViewLayer) {
    if (scene.view_layers.empty()) {
      return;
    }
    Handle layer = handle;
    layer.steps.push_back({schema.property("view_layers"), scene.view_layers.id(0), 0});
    add_properties(root, layer, ViewLayer::schema(), {"use", "material_override", "samples"});
    LayoutItem& passes = root.panel("layer.passes", "Passes");
    for (const Property* property : ViewLayer::schema().all_properties()) {
      if (property->identifier.starts_with("use_pass_") &&
          !property->identifier.starts_with("use_pass_cryptomatte")) {
        passes.prop(layer, *property);
      }
    }
    add_properties(
        root.panel("layer.cryptomatte", "Cryptomatte"), layer, ViewLayer::schema(),
        {"use_pass_cryptomatte_object", "use_pass_cryptomatte_material",
         "use_pass_cryptomatte_asset", "pass_cryptomatte_depth", "use_pass_cryptomatte_accurate"});
  } else {
    LayoutItem& general = root.panel("scene.scene", "Scene");
    add_properties(general, handle, schema, {"camera", "world"});
    LayoutItem& units = root.panel("scene.units", "Units");
    add_properties(units, handle_inside(handle, schema, "unit_settings"), UnitSettings::schema(),
                   {"system", "system_rotation", "scale_length"});
    LayoutItem& gravity = root.panel("scene.gravity", "Gravity", false);
    add_properties(gravity, handle, schema, {"use_gravity", "gravity"});
    LayoutItem& cursor = root.panel("scene.cursor", "3D Cursor", false);
    add_properties(cursor, handle_inside(handle, schema, "cursor"), Cursor3D::schema(),
                   {"location", "rotation_euler"});
  }
}

void add_world_panels(LayoutItem& root, const Document& document, const Scene* scene,
                      const World* world) {
  if (scene) {
    LayoutItem& choice = root.prop({scene->id, {}}, *Scene::schema().property("world"));
    choice.is_block = true;
    choice.has_no_label = true;
  }
  if (!world) {
    return;
  }
  const Handle of{world->id, {}};
  LayoutItem& surface = root.panel("world.surface", "Surface");
  add_properties(surface, of, World::schema(), {"use_nodes"});
  if (!world->use_nodes || !add_surface_inputs(surface, document, world->node_tree.id,
                                               "ShaderNodeOutputWorld", "Surface")) {
    add_properties(surface, of, World::schema(), {"color"});
  }
  LayoutItem& mist = root.panel("world.mist", "Mist Pass", false);
  add_properties(mist, handle_inside(of, World::schema(), "mist_settings"),
                 WorldMistSettings::schema(), {"start", "depth", "falloff"});
  add_properties(root.panel("world.occlusion", "Ambient Occlusion", false),
                 handle_inside(of, World::schema(), "light_settings"), WorldLighting::schema(),
                 {"distance"});
}

}  // namespace kiln::editor
