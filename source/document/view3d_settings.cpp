#include "document/view3d_settings.h"

#include "core/schema/builder.h"
#include "core/schema/services.h"
#include "document/data_block.h"
#include "document/preferences.h"
#include "document/space.h"

namespace kiln {
namespace {

std::vector<EnumItem> color_items() {
  return {{"MATERIAL", "Material", int(ViewColorType::Material)},
          {"SINGLE", "Single", int(ViewColorType::Single)},
          {"OBJECT", "Object", int(ViewColorType::Object)},
          {"RANDOM", "Random", int(ViewColorType::Random)},
          {"VERTEX", "Attribute", int(ViewColorType::Vertex)},
          {"TEXTURE", "Texture", int(ViewColorType::Texture)}};
}
// Edges have none of their material, attributes or textures.
std::vector<EnumItem> wire_color_items() {
  return {{"SINGLE", "Single", int(ViewColorType::Single)},
          {"OBJECT", "Object", int(ViewColorType::Object)},
          {"RANDOM", "Random", int(ViewColorType::Random)}};
}

// As in the reference, one name holds the studio, the ball or the world, whichever is in use.
std::vector<EnumItem> light_items(const ConstRef& ref) {
  const StudioLightType type =
      ref ? ref.as<View3DShading>().studio_light_type() : StudioLightType::Studio;
  const auto* preferences = ref.services ? ref.services->find<Preferences>() : nullptr;
  std::vector<EnumItem> items;
  const auto add = [&](const StudioLight& light) {
    if (light.type == type) {
      items.push_back({light.name, light.name, int(items.size())});
    }
  };
  if (preferences) {
    for (const StudioLight& light : preferences->studio_lights) {
      add(light);
    }
  } else {
    for (const StudioLight& light : built_in_studio_lights()) {
      add(light);
    }
  }
  return items;
}

std::vector<std::string> built_in_names(StudioLightType type) {
  std::vector<std::string> names;
  for (const StudioLight& light : built_in_studio_lights()) {
    if (light.type == type) {
      names.push_back(light.name);
    }
  }
  return names;
}

std::string View3DShading::*light_member(StudioLightType type) {
  return type == StudioLightType::World    ? &View3DShading::studio_world
         : type == StudioLightType::Matcap ? &View3DShading::matcap
                                           : &View3DShading::studio_light;
}

// The light that is in use, where the preferences have it.
const StudioLight* light_of(const ConstRef& ref) {
  const auto* preferences = ref.services ? ref.services->find<Preferences>() : nullptr;
  const auto& shading = ref.as<View3DShading>();
  const StudioLightType type = shading.studio_light_type();
  return preferences ? &preferences->studio_light(type, shading.*light_member(type)) : nullptr;
}
ConstRef selected_light(const ConstRef& ref) {
  return {&StudioLight::schema(), light_of(ref), -1, nullptr, nullptr, ref.services};
}
MutableRef edit_selected_light(const MutableRef& ref) {
  const StudioLight* light = light_of(ref);
  auto* preferences = ref.services ? ref.services->find<Preferences>() : nullptr;
  for (std::int64_t i = 0; preferences && i < preferences->studio_lights.size(); ++i) {
    if (&preferences->studio_lights[i] == light) {
      return {&StudioLight::schema(),
              &preferences->studio_lights.edit(i),
              -1,
              nullptr,
              nullptr,
              ref.services};
    }
  }
  return {};
}

}  // namespace

std::uint32_t object_kind_bit(std::string_view type) {
  return type == "MESH"     ? 1u
         : type == "EMPTY"  ? 2u
         : type == "CAMERA" ? 4u
         : type == "LIGHT"  ? 8u
                            : 0u;
}

std::vector<std::string> studio_light_names() {
  return built_in_names(StudioLightType::Studio);
}

std::vector<std::string> matcap_names() {
  return built_in_names(StudioLightType::Matcap);
}

StudioLightType View3DShading::studio_light_type() const {
  return type == ViewShadingType::Material || type == ViewShadingType::Rendered
             ? StudioLightType::World
         : light == ViewShadingLight::Matcap ? StudioLightType::Matcap
                                             : StudioLightType::Studio;
}

const Schema& View3DShading::schema() {
  static const Schema schema = [] {
    using T = View3DShading;
    SchemaBuilder<T> s("View3DShading", "3D View Shading Settings");
    s.add<&T::type>("type", "Viewport Shading")
        .items({{"WIREFRAME", "Wireframe", int(ViewShadingType::Wireframe)},
                {"SOLID", "Solid", int(ViewShadingType::Solid)},
                {"MATERIAL", "Material Preview", int(ViewShadingType::Material)},
                {"RENDERED", "Rendered", int(ViewShadingType::Rendered)}});
    s.add<&T::light>("light", "Lighting")
        .items({{"STUDIO", "Studio", int(ViewShadingLight::Studio)},
                {"MATCAP", "MatCap", int(ViewShadingLight::Matcap)},
                {"FLAT", "Flat", int(ViewShadingLight::Flat)}});
    s.add_computed(
         PropertyType::Enum, "studio_light", "Studiolight",
         [](const ConstRef& r) {
           const T& shading = r.as<T>();
           return Value(shading.*light_member(shading.studio_light_type()));
         },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           T& shading = r.as<T>();
           for (const EnumItem& item : light_items(r)) {
             if (item.identifier == v.as_string()) {
               shading.*light_member(shading.studio_light_type()) = item.identifier;
               return {};
             }
           }
           return Error::invalid("studio_light: enum \"{}\" not found", v.as_string());
         })
        // Without data it is the type that is asked.
        .items([](const ConstRef& r) {
          return r ? light_items(r) : std::vector<EnumItem>{{"DEFAULT", "Default", 0}};
        })
        .default_value("DEFAULT");
    s.add<&T::studio_light>("stored_studio_light", "").internal();
    s.add<&T::matcap>("stored_matcap", "").internal();
    s.add<&T::studio_world>("stored_studio_world", "").internal();
    s.add_nested("selected_studio_light", "Studio Light", &StudioLight::schema)
        .describe("The studio, the ball or the world that lights the view");
    s.add<&T::use_world_space_lighting>("use_world_space_lighting", "World Space Lighting")
        .not_animatable();
    s.add<&T::studiolight_rotate_z>("studiolight_rotate_z", "Studiolight Rotation")
        .range(-3.1415927, 3.1415927)
        .subtype(Subtype::Angle)
        .not_animatable();
    s.add<&T::studiolight_intensity>("studiolight_intensity", "Strength")
        .range(0, infinity)
        .soft(0, 2)
        .step(1)
        .subtype(Subtype::Factor)
        .not_animatable();
    s.add<&T::studiolight_background_alpha>("studiolight_background_alpha", "World Opacity")
        .describe("How clearly the world that lights the view is seen behind everything")
        .range(0, 1)
        .step(1)
        .subtype(Subtype::Factor)
        .not_animatable();
    s.add<&T::studiolight_background_blur>("studiolight_background_blur", "Blur")
        .describe("How blurred that world is seen")
        .range(0, 1)
        .step(1, 2)
        .subtype(Subtype::Factor)
        .not_animatable();
    s.add<&T::use_studiolight_view_rotation>("use_studiolight_view_rotation",
                                             "Studio Light View Rotation")
        .describe(
            "The world that lights the view stays with the scene; else it turns with the view")
        .not_animatable()
        .default_value(false);
    s.add<&T::use_scene_lights>("use_scene_lights", "Scene Lights").not_animatable();
    s.add<&T::use_scene_world>("use_scene_world", "Scene World").not_animatable();
    s.add<&T::color_type>("color_type", "Color").items(color_items()).not_animatable();
    s.add<&T::wireframe_color_type>("wireframe_color_type", "Wire Color")
        .items([](const ConstRef& r) { return r ? wire_color_items() : color_items(); })
        .default_value("MATERIAL");
    s.add<&T::single_color>("single_color", "Color").range(0, 1).subtype(Subtype::Color);
    s.add<&T::background_type>("background_type", "Background")
        .items({{"THEME", "Theme", int(ViewBackgroundType::Theme)},
                {"WORLD", "World", int(ViewBackgroundType::World)},
                {"VIEWPORT", "Viewport", int(ViewBackgroundType::Viewport)}});
    s.add<&T::background_color>("background_color", "Background Color")
        .range(0, 1)
        .subtype(Subtype::Color);
    s.add<&T::show_backface_culling>("show_backface_culling", "Backface Culling");
    s.add<&T::show_xray>("show_xray", "Show X-Ray").not_animatable();
    s.add<&T::show_xray_wireframe>("show_xray_wireframe", "Show X-Ray").not_animatable();
    s.add<&T::xray_alpha>("xray_alpha", "X-Ray Alpha")
        .range(0, 1)
        .subtype(Subtype::Factor)
        .not_animatable();
    s.add<&T::xray_alpha_wireframe>("xray_alpha_wireframe", "X-Ray Alpha")
        .describe("How much surfaces cover the edges behind them")
        .range(0, 1)
        .subtype(Subtype::Factor)
        .not_animatable()
        .default_value(0.5);
    s.add<&T::show_shadows>("show_shadows", "Shadow").not_animatable();
    s.add<&T::shadow_intensity>("shadow_intensity", "Shadow Intensity")
        .range(0, 1)
        .subtype(Subtype::Factor)
        .not_animatable();
    s.add<&T::show_cavity>("show_cavity", "Cavity").not_animatable();
    s.add<&T::cavity_type>("cavity_type", "Cavity Type")
        .items({{"WORLD", "World", int(ViewCavityType::World)},
                {"SCREEN", "Screen", int(ViewCavityType::Screen)},
                {"BOTH", "Both", int(ViewCavityType::Both)}});
    s.add<&T::curvature_ridge_factor>("curvature_ridge_factor", "Curvature Ridge")
        .range(0, 2)
        .subtype(Subtype::Factor)
        .not_animatable();
    s.add<&T::curvature_valley_factor>("curvature_valley_factor", "Curvature Valley")
        .range(0, 2)
        .subtype(Subtype::Factor)
        .not_animatable();
    s.add<&T::cavity_ridge_factor>("cavity_ridge_factor", "Cavity Ridge")
        .range(0, 250)
        .soft(0, 2.5)
        .subtype(Subtype::Factor)
        .not_animatable();
    s.add<&T::cavity_valley_factor>("cavity_valley_factor", "Cavity Valley")
        .range(0, 250)
        .soft(0, 2.5)
        .subtype(Subtype::Factor)
        .not_animatable();
    s.add<&T::show_object_outline>("show_object_outline", "Outline")
        .not_animatable()
        .default_value(false);
    s.add<&T::object_outline_color>("object_outline_color", "Outline Color")
        .range(0, 1)
        .subtype(Subtype::Color);
    s.add<&T::show_specular_highlight>("show_specular_highlight", "Specular Lighting")
        .not_animatable();
    s.add<&T::use_scene_lights_render>("use_scene_lights_render", "Scene Lights Render")
        .not_animatable();
    s.add<&T::use_scene_world_render>("use_scene_world_render", "Scene World Render")
        .not_animatable();
    s.add<&T::cycles>("cycles", "Cycles Settings").not_animatable();
    Schema built = s.build();
    for (Property& property : built.properties) {
      if (property.identifier == "selected_studio_light") {
        property.inner = &selected_light;
        property.edit_inner = &edit_selected_light;
      }
    }
    return told_to_window(std::move(built));
  }();
  return schema;
}

const Schema& CyclesView3DShadingSettings::schema() {
  static const Schema schema = [] {
    using T = CyclesView3DShadingSettings;
    using Pass = ViewRenderPass;
    SchemaBuilder<T> s("CyclesView3DShadingSettings", "", &property_group_schema());
    s.add<&T::render_pass>("render_pass", "Render Pass")
        .describe("What rendered shading shows")
        .items({{"COMBINED", "Combined", int(Pass::Combined)},
                {"EMISSION", "Emission", int(Pass::Emission)},
                {"BACKGROUND", "Background", int(Pass::Background)},
                {"AO", "Ambient Occlusion", int(Pass::AmbientOcclusion)},
                {"SHADOW", "Shadow", int(Pass::Shadow)},
                {"DIFFUSE_DIRECT", "Diffuse Direct", int(Pass::DiffuseDirect)},
                {"DIFFUSE_INDIRECT", "Diffuse Indirect", int(Pass::DiffuseIndirect)},
                {"DIFFUSE_COLOR", "Diffuse Color", int(Pass::DiffuseColor)},
                {"GLOSSY_DIRECT", "Glossy Direct", int(Pass::GlossyDirect)},
                {"GLOSSY_INDIRECT", "Glossy Indirect", int(Pass::GlossyIndirect)},
                {"GLOSSY_COLOR", "Glossy Color", int(Pass::GlossyColor)},
                {"TRANSMISSION_DIRECT", "Transmission Direct", int(Pass::TransmissionDirect)},
                {"TRANSMISSION_INDIRECT", "Transmission Indirect", int(Pass::TransmissionIndirect)},
                {"TRANSMISSION_COLOR", "Transmission Color", int(Pass::TransmissionColor)},
                {"POSITION", "Position", int(Pass::Position)},
                {"NORMAL", "Normal", int(Pass::Normal)},
                {"UV", "UV", int(Pass::Uv)},
                {"MIST", "Mist", int(Pass::Mist)},
                {"DENOISING_ALBEDO", "Denoising Albedo", int(Pass::DenoisingAlbedo)},
                {"DENOISING_NORMAL", "Denoising Normal", int(Pass::DenoisingNormal)},
                {"SAMPLE_COUNT", "Sample Count", int(Pass::SampleCount)}});
    s.add<&T::show_active_pixels>("show_active_pixels", "Show Active Pixels")
        .describe("Pixels that adaptive sampling still gives samples are marked");
    return told_to_window(s.build());
  }();
  return schema;
}

const Schema& View3DOverlay::schema() {
  static const Schema schema = [] {
    using T = View3DOverlay;
    SchemaBuilder<T> s("View3DOverlay", "3D View Overlay Settings");
    s.add<&T::show_overlays>("show_overlays", "Show Overlays").default_value(false);
    s.add<&T::show_ortho_grid>("show_ortho_grid", "Display Grid");
    s.add<&T::show_floor>("show_floor", "Display Grid Floor");
    s.add<&T::show_axis_x>("show_axis_x", "Display X Axis");
    s.add<&T::show_axis_y>("show_axis_y", "Display Y Axis");
    s.add<&T::show_axis_z>("show_axis_z", "Display Z Axis");
    s.add<&T::grid_scale>("grid_scale", "Grid Scale")
        .range(0, infinity)
        .soft(0.001, 1000)
        .step(0.1);
    s.add<&T::grid_subdivisions>("grid_subdivisions", "Grid Subdivisions").range(1, 1024);
    s.add_computed(PropertyType::Float, "grid_scale_unit", "Grid Scale Unit",
                   [](const ConstRef& r) { return Value(r.as<T>().grid_scale); })
        .soft(-10000, 10000)
        .default_value(0.0);
    s.add<&T::show_text>("show_text", "Show Text").default_value(false);
    s.add<&T::show_cursor>("show_cursor", "Show 3D Cursor").default_value(false);
    s.add<&T::show_outline_selected>("show_outline_selected", "Outline Selected");
    s.add<&T::show_object_origins>("show_object_origins", "Object Origins").default_value(false);
    s.add<&T::show_object_origins_all>("show_object_origins_all", "All Object Origins");
    s.add<&T::show_relationship_lines>("show_relationship_lines", "Relationship Lines")
        .default_value(false);
    s.add<&T::show_extras>("show_extras", "Extras").default_value(false);
    s.add<&T::show_wireframes>("show_wireframes", "Wireframe").not_animatable();
    s.add<&T::wireframe_opacity>("wireframe_opacity", "Wireframe Opacity")
        .range(0, 1)
        .subtype(Subtype::Factor)
        .not_animatable();
    s.add<&T::wireframe_threshold>("wireframe_threshold", "Wireframe Threshold")
        .describe("How far faces have to turn at an edge for it to be shown; 1 shows all edges")
        .range(0, 1)
        .subtype(Subtype::Factor)
        .not_animatable();
    s.add<&T::backwire_opacity>("backwire_opacity", "Backwire Opacity")
        .describe("How clearly edges are seen that lie behind see-through surfaces")
        .range(0, 1)
        .subtype(Subtype::Factor)
        .default_value(0.0);
    s.add<&T::show_fade_inactive>("show_fade_inactive", "Fade Inactive Objects")
        .describe("Objects that are not edited fade into the background while others are")
        .not_animatable();
    s.add<&T::fade_inactive_alpha>("fade_inactive_alpha", "Opacity")
        .describe("How much of the background lies over objects that fade")
        .range(0, 1)
        .subtype(Subtype::Factor)
        .not_animatable();
    s.add<&T::vertex_opacity>("vertex_opacity", "Vertex Opacity")
        .describe("Of the vertices of a mesh that is edited")
        .range(0, 1)
        .subtype(Subtype::Factor)
        .not_animatable();
    s.add<&T::show_face_orientation>("show_face_orientation", "Face Orientation").not_animatable();
    s.add<&T::show_occlude_wire>("show_occlude_wire", "Hidden Wire")
        .describe(
            "Faces of the mesh that is edited look like the background, and hide what is behind");
    s.add<&T::show_edges>("show_edges", "Display Edges");
    s.add<&T::show_faces>("show_faces", "Display Faces");
    s.add<&T::show_face_center>("show_face_center", "Display Face Center").default_value(false);
    s.add<&T::show_edge_seams>("show_edge_seams", "Display Seams");
    s.add<&T::show_edge_sharp>("show_edge_sharp", "Display Sharp");
    s.add<&T::show_edge_crease>("show_edge_crease", "Display Creases");
    s.add<&T::show_edge_bevel_weight>("show_edge_bevel_weight", "Display Bevel Weights");
    s.add<&T::show_face_normals>("show_face_normals", "Display Normals");
    s.add<&T::show_vertex_normals>("show_vertex_normals", "Display Vertex Normals");
    s.add<&T::show_split_normals>("show_split_normals", "Display Split Normals");
    s.add<&T::normals_length>("normals_length", "Normal Size")
        .range(1e-05, 100000)
        .soft(0.01, 2)
        .step(1, 2)
        .subtype(Subtype::Factor);
    s.add<&T::use_normals_constant_screen_size>("use_normals_constant_screen_size",
                                                "Constant Screen Size Normals")
        .describe("Normals are as long on the screen however near they are");
    s.add<&T::normals_constant_screen_size>("normals_constant_screen_size", "Normal Screen Size")
        .describe("How long normals are drawn that have one size on the screen")
        .range(0, 100000)
        .soft(1, 100)
        .step(50, 0)
        .subtype(Subtype::Pixel);
    s.add<&T::show_extra_edge_length>("show_extra_edge_length", "Edge Length");
    s.add<&T::show_extra_edge_angle>("show_extra_edge_angle", "Edge Angle");
    s.add<&T::show_extra_face_angle>("show_extra_face_angle", "Face Angles");
    s.add<&T::show_extra_face_area>("show_extra_face_area", "Face Area");
    s.add<&T::show_extra_indices>("show_extra_indices", "Indices");
    s.add<&T::show_statvis>("show_statvis", "Stat Vis")
        .describe("Faces of the mesh that is edited have colors by what is measured of them");
    s.add<&T::show_stats>("show_stats", "Show Statistics");
    s.set_nested_in("SpaceView3D");
    return told_to_window(s.build());
  }();
  return schema;
}

}  // namespace kiln
