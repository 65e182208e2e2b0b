// How the scene is rendered.
#include "editor/properties/panel_parts.h"

namespace kiln::editor {
namespace {

using Cycles = CyclesRenderSettings;

void add_sampling(LayoutItem& root, const Handle& cycles, const Cycles& now) {
  const Schema& schema = Cycles::schema();
  LayoutItem& sampling = root.panel("render.sampling", "Sampling");
  add_properties(sampling, cycles, schema, {"samples", "use_adaptive_sampling"});
  if (now.use_adaptive_sampling) {
    add_properties(sampling, cycles, schema, {"adaptive_threshold", "adaptive_min_samples"});
  }
  add_properties(sampling, cycles, schema, {"time_limit", "use_denoising"});
  if (now.use_denoising) {
    add_properties(sampling, cycles, schema, {"denoising_input_passes"});
    if (now.denoising_input_passes != CyclesDenoisingInputPasses::Rgb) {
      add_properties(sampling, cycles, schema, {"denoising_prefilter"});
    }
  }
  LayoutItem& view = sampling.panel("render.sampling.view", "Viewport", false);
  add_properties(view, cycles, schema, {"preview_samples", "use_preview_adaptive_sampling"});
  if (now.use_preview_adaptive_sampling) {
    add_properties(view, cycles, schema,
                   {"preview_adaptive_threshold", "preview_adaptive_min_samples"});
  }
  add_properties(view, cycles, schema, {"use_preview_denoising"});
  if (now.use_preview_denoising) {
    add_properties(view, cycles, schema,
                   {"preview_denoising_input_passes", "preview_denoising_prefilter",
                    "preview_denoising_start_sample"});
  }
  add_properties(view, cycles, schema, {"preview_pause"});
  LayoutItem& more = sampling.panel("render.sampling.more", "Advanced", false);
  add_properties(
      more, cycles, schema,
      {"seed", "use_animated_seed", "sample_offset", "light_sampling_threshold",
       "direct_light_sampling_type", "use_layer_samples", "sampling_pattern", "scrambling_distance",
       "auto_scrambling_distance", "preview_scrambling_distance"});
}

void add_paths(LayoutItem& root, const Handle& cycles, const Cycles& now) {
  const Schema& schema = Cycles::schema();
  LayoutItem& paths = root.panel("render.paths", "Light Paths", false);
  add_properties(paths, cycles, schema,
                 {"max_bounces", "diffuse_bounces", "glossy_bounces", "transmission_bounces",
                  "transparent_max_bounces", "min_light_bounces", "min_transparent_bounces",
                  "sample_clamp_direct", "sample_clamp_indirect", "blur_glossy",
                  "caustics_reflective", "caustics_refractive"});
  LayoutItem& fast = paths.panel("render.paths.fast", "Fast Global Illumination", false);
  add_properties(fast, cycles, schema, {"use_fast_gi"});
  if (now.use_fast_gi) {
    add_properties(fast, cycles, schema, {"fast_gi_method"});
    if (now.fast_gi_method == CyclesFastGiMethod::Replace) {
      add_properties(fast, cycles, schema, {"ao_bounces", "ao_bounces_render"});
    }
  }
}

void add_film(LayoutItem& root, const Handle& render, const Handle& cycles, const Scene& scene) {
  const Schema& schema = Cycles::schema();
  LayoutItem& film = root.panel("render.film", "Film");
  add_properties(film, cycles, schema, {"film_exposure"});
  add_properties(film, render, RenderSettings::schema(), {"film_transparent"});
  if (scene.render.film_transparent) {
    add_properties(film, cycles, schema, {"film_transparent_glass", "film_transparent_roughness"});
  }
  add_properties(film, cycles, schema, {"pixel_filter_type", "filter_width"});
  add_properties(film, render, RenderSettings::schema(), {"dither_intensity"});
}

void add_motion(LayoutItem& root, const Handle& render, const Handle& cycles, const Scene& scene) {
  LayoutItem& motion = root.panel("render.motion", "Motion Blur", false);
  add_properties(motion, render, RenderSettings::schema(), {"use_motion_blur"});
  if (!scene.render.use_motion_blur) {
    return;
  }
  add_properties(motion, render, RenderSettings::schema(), {"motion_blur_shutter"});
  add_properties(motion, cycles, Cycles::schema(),
                 {"motion_blur_position", "rolling_shutter_type", "rolling_shutter_duration"});
  add_properties(motion.panel("render.motion.shutter", "Shutter Curve", false), render,
                 RenderSettings::schema(), {"motion_blur_shutter_curve"});
}

void add_simplify(LayoutItem& root, const Handle& render, const Handle& cycles,
                  const Scene& scene) {
  LayoutItem& simplify = root.panel("render.simplify", "Simplify", false);
  add_properties(simplify, render, RenderSettings::schema(), {"use_simplify"});
  if (!scene.render.use_simplify) {
    return;
  }
  add_properties(simplify, render, RenderSettings::schema(),
                 {"simplify_subdivision", "simplify_subdivision_render"});
  add_properties(simplify, cycles, Cycles::schema(),
                 {"texture_limit", "texture_limit_render", "use_camera_cull", "camera_cull_margin",
                  "use_distance_cull", "distance_cull_margin"});
}

void add_bake(LayoutItem& root, const Handle& render, const Handle& cycles, const Scene& scene) {
  const Schema& schema = BakeSettings::schema();
  const Handle bake = handle_inside(render, RenderSettings::schema(), "bake");
  LayoutItem& panel = root.panel("render.bake", "Bake", false);
  panel.button("Bake", "object.bake").tip =
      "Bakes the selected objects into the images of the active nodes of their materials";
  add_properties(panel, cycles, Cycles::schema(), {"bake_type"});
  switch (scene.cycles.bake_type) {
    case CyclesBakeType::Normal:
      add_properties(panel, bake, schema, {"normal_space", "normal_r", "normal_g", "normal_b"});
      break;
    case CyclesBakeType::Combined:
      add_properties(panel, bake, schema,
                     {"use_pass_direct", "use_pass_indirect", "use_pass_diffuse", "use_pass_glossy",
                      "use_pass_transmission", "use_pass_emit"});
      break;
    case CyclesBakeType::Diffuse:
    case CyclesBakeType::Glossy:
    case CyclesBakeType::Transmission:
      add_properties(panel, bake, schema,
                     {"use_pass_direct", "use_pass_indirect", "use_pass_color"});
      break;
    default:
      break;
  }
  add_properties(panel, bake, schema, {"margin", "use_clear"});
}

}  // namespace

void add_render_panels(LayoutItem& root, const Scene& scene) {
  const Handle handle{scene.id, {}};
  const Schema& schema = Scene::schema();
  const Handle render = handle_inside(handle, schema, "render");
  const Handle cycles = handle_inside(handle, schema, "cycles");
  add_sampling(root, cycles, scene.cycles);
  add_paths(root, cycles, scene.cycles);
  add_film(root, render, cycles, scene);
  add_motion(root, render, cycles, scene);
  add_simplify(root, render, cycles, scene);
  LayoutItem& color = root.panel("render.color", "Color Management");
  add_properties(color, handle_inside(handle, schema, "display_settings"),
                 ColorDisplaySettings::schema(), {"display_device"});
  add_properties(color, handle_inside(handle, schema, "view_settings"), ColorViewSettings::schema(),
                 {"view_transform", "look", "exposure", "gamma"});
  add_bake(root, render, cycles, scene);
  LayoutItem& performance = root.panel("render.performance", "Performance", false);
  add_properties(performance, render, RenderSettings::schema(),
                 {"threads_mode", "threads", "use_persistent_data", "preview_pixel_size",
                  "use_lock_interface"});
  add_properties(performance, cycles, Cycles::schema(),
                 {"debug_use_spatial_splits", "debug_use_compact_bvh"});
}

}  // namespace kiln::editor
