#include "editor/view3d/look_layouts.h"

#include "document/view3d_space.h"

namespace kiln::editor {
namespace {

const Property& shading(const char* name) {
  return *View3DShading::schema().property(name);
}
const Property& overlay(const char* name) {
  return *View3DOverlay::schema().property(name);
}

// What is measured of the mesh that is edited, with the settings of that measure.
void add_analysis(LayoutItem& root, const View3DOverlay& shown, const Scene* scene) {
  LayoutItem& panel = root.panel("look_analysis", "Mesh Analysis");
  panel.prop({}, overlay("show_statvis"), "Mesh Analysis");
  if (!shown.show_statvis || !scene) {
    return;
  }
  const Handle owner{scene->id,
                     {PathStep{Scene::schema().property("tool_settings")},
                      PathStep{ToolSettings::schema().property("statvis")}}};
  const auto add = [&](const char* name, const char* label = "") {
    panel.prop(owner, *MeshStatVis::schema().property(name), label);
  };
  add("type");
  switch (scene->tool_settings.statvis.type) {
    case StatVisType::Overhang:
      add("overhang_min", "Minimum");
      add("overhang_max", "Maximum");
      add("overhang_axis");
      break;
    case StatVisType::Thickness:
      add("thickness_min", "Minimum");
      add("thickness_max", "Maximum");
      add("thickness_samples");
      break;
    case StatVisType::Intersect:
      break;
    case StatVisType::Distort:
      add("distort_min", "Minimum");
      add("distort_max", "Maximum");
      break;
    case StatVisType::Sharp:
      add("sharp_min", "Minimum");
      add("sharp_max", "Maximum");
      break;
  }
}

void add_mesh_overlays(LayoutItem& root, const View3DOverlay& shown, const Scene* scene) {
  LayoutItem& mesh = root.panel("look_mesh", "Mesh Edit Mode");
  for (const char* name :
       {"show_edges", "show_faces", "show_face_center", "show_edge_seams", "show_edge_sharp",
        "show_edge_crease", "show_edge_bevel_weight", "show_face_normals", "show_vertex_normals",
        "show_split_normals", "use_normals_constant_screen_size", "normals_constant_screen_size",
        "normals_length", "vertex_opacity", "show_occlude_wire"}) {
    mesh.prop({}, overlay(name));
  }
  add_analysis(root, shown, scene);
}

}  // namespace

LayoutItem shading_layout(const View3DShading& s) {
  LayoutItem root;
  const auto expanded = [](LayoutItem& in, const char* name) {
    LayoutItem& item = in.prop({}, shading(name));
    item.is_expanded = true;
    item.text = " ";
  };
  if (s.type == ViewShadingType::Material) {
    root.prop({}, shading("use_scene_lights"), "Scene Lights");
    root.prop({}, shading("use_scene_world"), "Scene World");
    if (!s.use_scene_lights || !s.use_scene_world) {
      root.prop({}, shading("studio_light"), "World");
      root.prop({}, shading("studiolight_rotate_z"), "Rotation");
      root.prop({}, shading("use_studiolight_view_rotation"), "Fixed to Scene");
      root.prop({}, shading("studiolight_intensity"), "Strength");
    }
    if (!s.use_scene_world) {
      root.prop({}, shading("studiolight_background_alpha"));
      root.prop({}, shading("studiolight_background_blur"));
    }
    return root;
  }
  if (s.type == ViewShadingType::Rendered) {
    root.prop({}, shading("use_scene_lights_render"), "Scene Lights");
    root.prop({}, shading("use_scene_world_render"), "Scene World");
    const Schema& traced = CyclesView3DShadingSettings::schema();
    root.prop({}, *traced.property("render_pass"), "Pass");
    root.prop({}, *traced.property("show_active_pixels"), "Active Pixels");
    return root;
  }
  if (s.type == ViewShadingType::Solid) {
    LayoutItem& light = root.panel("look_light", "Lighting");
    expanded(light, "light");
    if (s.light != ViewShadingLight::Flat) {
      light.prop({}, shading("studio_light"),
                 s.light == ViewShadingLight::Matcap ? "MatCap" : "Light");
    }
    if (s.light == ViewShadingLight::Studio) {
      light.prop({}, shading("use_world_space_lighting"));
      if (s.use_world_space_lighting) {
        light.prop({}, shading("studiolight_rotate_z"), "Rotation");
      }
    }
    LayoutItem& color = root.panel("look_color", "Color");
    color.prop({}, shading("color_type"), "Surfaces");
    if (s.color_type == ViewColorType::Single) {
      color.prop({}, shading("single_color"));
    }
  } else {
    root.panel("look_wire", "Color").prop({}, shading("wireframe_color_type"), "Edges");
  }
  LayoutItem& background = root.panel("look_background", "Background");
  expanded(background, "background_type");
  if (s.background_type == ViewBackgroundType::Viewport) {
    background.prop({}, shading("background_color"), "Color");
  }
  LayoutItem& options = root.panel("look_options", "Options");
  if (s.type == ViewShadingType::Wireframe) {
    options.prop({}, shading("show_xray_wireframe"), "X-Ray");
    if (s.show_xray_wireframe) {
      options.prop({}, shading("xray_alpha_wireframe"), "Covering");
    }
    return root;
  }
  options.prop({}, shading("show_backface_culling"));
  options.prop({}, shading("show_xray"), "X-Ray");
  if (s.show_xray) {
    options.prop({}, shading("xray_alpha"), "Opacity");
  }
  options.prop({}, shading("show_shadows"));
  if (s.show_shadows) {
    options.prop({}, shading("shadow_intensity"), "Darkness");
  }
  options.prop({}, shading("show_cavity"));
  if (s.show_cavity) {
    options.prop({}, shading("cavity_type"), "Type");
    if (s.cavity_type != ViewCavityType::Screen) {
      options.prop({}, shading("cavity_ridge_factor"), "World Ridge");
      options.prop({}, shading("cavity_valley_factor"), "World Valley");
    }
    if (s.cavity_type != ViewCavityType::World) {
      options.prop({}, shading("curvature_ridge_factor"), "Screen Ridge");
      options.prop({}, shading("curvature_valley_factor"), "Screen Valley");
    }
  }
  options.prop({}, shading("show_object_outline"));
  if (s.show_object_outline) {
    options.prop({}, shading("object_outline_color"), "Color");
  }
  if (s.light == ViewShadingLight::Studio) {
    options.prop({}, shading("show_specular_highlight"));
  }
  return root;
}

LayoutItem overlay_layout(const View3DOverlay& shown, const Scene* scene, bool is_editing,
                          bool has_extras) {
  LayoutItem root;
  root.prop({}, overlay("show_overlays"));
  if (is_editing) {
    add_mesh_overlays(root, shown, scene);
  }
  LayoutItem& guides = root.panel("look_guides", "Guides");
  for (const char* name :
       {"show_floor", "show_ortho_grid", "show_axis_x", "show_axis_y", "show_axis_z", "grid_scale",
        "grid_subdivisions", "show_text", "show_stats", "show_cursor"}) {
    guides.prop({}, overlay(name));
  }
  LayoutItem& objects = root.panel("look_objects", "Objects");
  for (const char* name : {"show_extras", "show_relationship_lines", "show_outline_selected",
                           "show_object_origins", "show_object_origins_all"}) {
    objects.prop({}, overlay(name));
  }
  LayoutItem& geometry = root.panel("look_geometry", "Geometry");
  for (const char* name :
       {"show_wireframes", "wireframe_threshold", "wireframe_opacity", "backwire_opacity",
        "show_fade_inactive", "fade_inactive_alpha", "show_face_orientation"}) {
    geometry.prop({}, overlay(name));
  }
  if (!is_editing) {
    add_mesh_overlays(root, shown, scene);
  }
  LayoutItem& measures = root.panel("look_measures", "Measurement", false);
  for (const char* name : {"show_extra_edge_length", "show_extra_edge_angle",
                           "show_extra_face_area", "show_extra_face_angle"}) {
    measures.prop({}, overlay(name));
  }
  if (has_extras) {
    measures.prop({}, overlay("show_extra_indices"));
  }
  return root;
}

LayoutItem gizmo_layout() {
  LayoutItem root;
  for (const char* name :
       {"show_gizmo", "show_gizmo_navigate", "show_gizmo_tool", "show_gizmo_context",
        "show_gizmo_object_translate", "show_gizmo_object_rotate", "show_gizmo_object_scale",
        "show_gizmo_empty_image", "show_gizmo_light_size", "show_gizmo_light_look_at",
        "show_gizmo_camera_lens", "show_gizmo_camera_dof_distance"}) {
    root.prop({}, *SpaceView3D::schema().property(name));
  }
  return root;
}

}  // namespace kiln::editor
