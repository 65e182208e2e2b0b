#include "document/camera.h"
#include "document/light.h"
#include "document/mesh.h"
#include "editor/properties/panel_parts.h"

namespace kiln::editor {

void add_data_panels(LayoutItem& root, const Document& document, const DataBlock& data) {
  const Handle of{data.id, {}};
  const Schema& schema = data.dynamic_schema();
  if (const auto* camera = document.find<Camera>(data.id)) {
    LayoutItem& lens = root.panel("camera.lens", "Lens");
    add_properties(lens, of, schema, {"type"});
    add_properties(lens, of, schema,
                   {camera->kind == CameraType::Ortho          ? "ortho_scale"
                    : camera->lens_unit == CameraLensUnit::Fov ? "angle"
                                                               : "lens",
                    "lens_unit"});
    add_properties(lens, of, schema, {"shift_x", "shift_y", "clip_start", "clip_end"});
    LayoutItem& focus = root.panel("camera.focus", "Depth of Field", camera->dof.use_dof);
    add_properties(focus, handle_inside(of, schema, "dof"), CameraDofSettings::schema(),
                   {"use_dof", "focus_object", "focus_distance", "aperture_fstop",
                    "aperture_blades", "aperture_ratio"});
    LayoutItem& sensor = root.panel("camera.sensor", "Camera", false);
    add_properties(sensor, of, schema, {"sensor_fit", "sensor_width", "sensor_height"});
    LayoutItem& display = root.panel("camera.display", "Viewport Display", false);
    add_properties(display, of, schema, {"display_size"});
  } else if (const auto* light = document.find<Light>(data.id)) {
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
                   {"cast_shadow", "max_bounces", "use_multiple_importance_sampling"});
  } else if (const auto* mesh = document.find<Mesh>(data.id)) {
    LayoutItem& counts = root.panel("mesh.counts", "Geometry");
    counts.label(fmt::format("Vertices {}   Edges {}   Faces {}", mesh->vertex_count(),
                             mesh->edge_count(), mesh->face_count()));
    LayoutItem& normals = root.panel("mesh.normals", "Normals");
    add_properties(normals, of, schema, {"use_auto_smooth", "auto_smooth_angle"});
    LayoutItem& groups = root.panel("mesh.groups", "Vertex Groups", false);
    for (const VertexGroup& group : mesh->vertex_groups) {
      groups.label(group.name);
    }
    LayoutItem& attributes = root.panel("mesh.texspace", "Texture Space", false);
    add_properties(attributes, of, schema,
                   {"use_auto_texspace", "texspace_location", "texspace_size"});
  } else {
    add_all_properties(root, document, of, schema, "data", &DataBlock::schema());
  }
}

}  // namespace kiln::editor
