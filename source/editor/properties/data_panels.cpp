#include "document/camera.h"
#include "document/image.h"
#include "document/light.h"
#include "document/mesh.h"
#include "editor/properties/panel_parts.h"

namespace kiln::editor {

namespace {

// The pictures of a camera: each a panel of its own.
void add_background_panels(LayoutItem& root, const Document& document, const Camera& camera) {
  const Handle of{camera.id, {}};
  const Schema& schema = Camera::schema();
  const Schema& own = CameraBackgroundImage::schema();
  const Property& list = *schema.property("background_images");
  LayoutItem& panel =
      root.panel("camera.backgrounds", "Background Images", camera.show_background_images);
  add_properties(panel, of, schema, {"show_background_images"});
  panel.button("Add Image", "view3d.background_image_add");
  for (std::int64_t i = 0; i < camera.background_images.size(); ++i) {
    const CameraBackgroundImage& background = camera.background_images[i];
    const Handle handle{camera.id, {PathStep{&list, camera.background_images.id(i), i}}};
    const Image* image = document.find(background.image);
    LayoutItem& one =
        panel.panel(fmt::format("camera.background.{}", camera.background_images.id(i)),
                    image ? image->name : std::string("No Image"), background.show_expanded);
    add_properties(one, handle, own,
                   {"show_background_image", "image", "alpha", "display_depth", "frame_method",
                    "offset", "rotation", "scale", "use_flip_x", "use_flip_y"});
    if (image && image->source == ImageSource::Sequence) {
      add_image_user(one, handle_inside(handle, own, "image_user"));
    }
    one.button("Remove", "view3d.background_image_remove", {{"index", Value(i)}});
  }
}

void add_camera(LayoutItem& root, const Handle& of, const Camera& camera) {
  const Schema& schema = Camera::schema();
  const Handle cycles = handle_inside(of, schema, "cycles");
  LayoutItem& lens = root.panel("camera.lens", "Lens");
  add_properties(lens, of, schema, {"type"});
  if (camera.kind == CameraType::Pano) {
    const Schema& wide = CyclesCameraSettings::schema();
    add_properties(lens, cycles, wide, {"panorama_type"});
    switch (camera.cycles.panorama_type) {
      case CyclesCameraSettingsPanoramaType::FisheyeEquidistant:
        add_properties(lens, cycles, wide, {"fisheye_fov"});
        break;
      case CyclesCameraSettingsPanoramaType::FisheyeEquisolid:
        add_properties(lens, cycles, wide, {"fisheye_lens", "fisheye_fov"});
        break;
      case CyclesCameraSettingsPanoramaType::FisheyeLensPolynomial:
        add_properties(lens, cycles, wide,
                       {"fisheye_fov", "fisheye_polynomial_k0", "fisheye_polynomial_k1",
                        "fisheye_polynomial_k2", "fisheye_polynomial_k3", "fisheye_polynomial_k4"});
        break;
      case CyclesCameraSettingsPanoramaType::Equirectangular:
        add_properties(lens, cycles, wide,
                       {"latitude_min", "latitude_max", "longitude_min", "longitude_max"});
        break;
      default:
        break;
    }
  } else {
    add_properties(lens, of, schema,
                   {camera.kind == CameraType::Ortho          ? "ortho_scale"
                    : camera.lens_unit == CameraLensUnit::Fov ? "angle"
                                                              : "lens",
                    "lens_unit"});
  }
  add_properties(lens, of, schema, {"shift_x", "shift_y", "clip_start", "clip_end"});
  LayoutItem& focus = root.panel("camera.focus", "Depth of Field", camera.dof.use_dof);
  add_properties(focus, handle_inside(of, schema, "dof"), CameraDofSettings::schema(),
                 {"use_dof", "focus_object", "focus_distance", "aperture_fstop", "aperture_blades",
                  "aperture_rotation", "aperture_ratio"});
  LayoutItem& sensor = root.panel("camera.sensor", "Camera", false);
  add_properties(sensor, of, schema, {"sensor_fit", "sensor_width", "sensor_height"});
  LayoutItem& display = root.panel("camera.display", "Viewport Display", false);
  add_properties(display, of, schema,
                 {"display_size", "show_limits", "show_mist", "show_sensor", "show_name",
                  "show_passepartout", "passepartout_alpha"});
  add_properties(display.panel("camera.safe", "Safe Areas", false), of, schema,
                 {"show_safe_areas", "show_safe_center"});
  add_properties(display.panel("camera.guides", "Composition Guides", false), of, schema,
                 {"show_composition_thirds", "show_composition_center",
                  "show_composition_center_diagonal", "show_composition_golden",
                  "show_composition_golden_tria_a", "show_composition_golden_tria_b",
                  "show_composition_harmony_tri_a", "show_composition_harmony_tri_b"});
}

void add_light(LayoutItem& root, const Handle& of, const Light& now) {
  const Light* light = &now;
  const Schema& schema = light->dynamic_schema();
  LayoutItem& panel = root.panel("light.light", "Light");
  panel.add({.kind = LayoutItem::Kind::Property,
             .owner = of,
             .property = schema.property("type"),
             .is_expanded = true});
  add_properties(panel, of, schema, {"color", "energy"});
  switch (light->kind) {
    case LightType::Point:
      add_properties(panel, of, schema, {"shadow_soft_size"});
      break;
    case LightType::Sun:
      add_properties(panel, of, schema, {"angle"});
      break;
    case LightType::Spot:
      add_properties(panel, of, schema, {"shadow_soft_size", "spot_size", "spot_blend"});
      break;
    case LightType::Area:
      add_properties(panel, of, schema, {"shape", "size"});
      if (light->shape == LightShape::Rectangle || light->shape == LightShape::Ellipse) {
        add_properties(panel, of, schema, {"size_y"});
      }
      add_properties(panel, of, schema, {"spread"});
      break;
  }
  add_properties(panel, handle_inside(of, schema, "cycles"), CyclesLightSettings::schema(),
                 {"cast_shadow", "max_bounces", "use_multiple_importance_sampling", "is_portal"});
}

void add_mesh(LayoutItem& root, const Document& document, const Mesh& mesh, const Object* object) {
  const Handle of{mesh.id, {}};
  const Schema& schema = Mesh::schema();
  LayoutItem& counts = root.panel("mesh.counts", "Geometry");
  counts.label(fmt::format("Vertices {}   Edges {}   Faces {}", mesh.vertex_count(),
                           mesh.edge_count(), mesh.face_count()));
  if (object) {
    LayoutItem& groups = root.panel("mesh.groups", "Vertex Groups", !mesh.vertex_groups.empty());
    add_list(groups, document, {object->id, {}}, "vertex_groups", "active_index",
             {{"ADD", "Add a group", "object.vertex_group_add"},
              {"REMOVE", "Remove the active group", "object.vertex_group_remove"},
              {"TRIA_UP",
               "Move the active group up",
               "object.vertex_group_move",
               {{"direction", Value("UP")}}},
              {"TRIA_DOWN",
               "Move the active group down",
               "object.vertex_group_move",
               {{"direction", Value("DOWN")}}}});
    if (object->mode == ObjectMode::Edit) {
      LayoutItem& row = groups.row();
      row.button("Assign", "object.vertex_group_assign");
      row.button("Remove", "object.vertex_group_remove_from");
      row.button("Select", "object.vertex_group_select");
      row.button("Deselect", "object.vertex_group_deselect");
    }
  }
  LayoutItem& maps = root.panel("mesh.uvs", "UV Maps", false);
  add_list(maps, document, of, "uv_layers", "active_index",
           {{"ADD", "Add a UV map", "mesh.uv_texture_add"},
            {"REMOVE", "Remove the active UV map", "mesh.uv_texture_remove"}});
  LayoutItem& colors = root.panel("mesh.colors", "Color Attributes", false);
  add_list(colors, document, of, "color_attributes", "active_color_index",
           {{"ADD", "Add a color attribute", "geometry.color_attribute_add"},
            {"DUPLICATE", "Copy the active one", "geometry.color_attribute_duplicate"},
            {"REMOVE", "Remove the active one", "geometry.color_attribute_remove"}});
  LayoutItem& attributes = root.panel("mesh.attributes", "Attributes", false);
  add_list(attributes, document, of, "attributes", "active_index",
           {{"ADD", "Add an attribute", "geometry.attribute_add"},
            {"REMOVE", "Remove the active one", "geometry.attribute_remove"}});
  LayoutItem& normals = root.panel("mesh.normals", "Normals");
  add_properties(normals, of, schema, {"use_auto_smooth", "auto_smooth_angle"});
  const bool is_custom = mesh.attributes.find<float3>(".custom_normal", Domain::Corner) != nullptr;
  normals.button(is_custom ? "Clear Custom Split Normals" : "Add Custom Split Normals",
                 is_custom ? "mesh.customdata_custom_splitnormals_clear"
                           : "mesh.customdata_custom_splitnormals_add");
  LayoutItem& space = root.panel("mesh.texspace", "Texture Space", false);
  add_properties(space, of, schema, {"use_auto_texspace", "texspace_location", "texspace_size"});
  LayoutItem& symmetry = root.panel("mesh.symmetry", "Symmetry", false);
  add_properties(symmetry, of, schema, {"use_mirror_x", "use_mirror_y", "use_mirror_z"});
}

}  // namespace

void add_data_panels(LayoutItem& root, const Document& document, const DataBlock& data,
                     const Object* object) {
  const Handle of{data.id, {}};
  const Schema& schema = data.dynamic_schema();
  if (const auto* camera = document.find<Camera>(data.id)) {
    add_camera(root, of, *camera);
    add_background_panels(root, document, *camera);
  } else if (const auto* light = document.find<Light>(data.id)) {
    add_light(root, of, *light);
  } else if (const auto* mesh = document.find<Mesh>(data.id)) {
    add_mesh(root, document, *mesh, object);
  } else {
    add_all_properties(root, document, of, schema, "data", &DataBlock::schema());
  }
}

}  // namespace kiln::editor
