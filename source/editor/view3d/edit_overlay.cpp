#include "editor/view3d/edit_overlay.h"

#include "modeling/mesh_selection.h"

namespace kiln::editor {

void add_edit_overlay(const Session& session, const render::raster::ViewLook& look,
                      render::raster::DrawList& list) {
  using namespace render::raster;
  const EditedMesh edited = edited_mesh(session);
  const Scene* scene = session.scene();
  if (!edited.mesh || !scene) {
    return;
  }
  for (DrawItem& item : list.items) {
    if (item.object->object->mode == ObjectMode::Edit) {
      item.is_selected = item.is_active = false;
    }
  }
  if (!look.overlay.show_overlays) {
    return;
  }
  const Mesh& mesh = *edited.mesh;
  const modeling::MeshSelection selection = modeling::read_selection(mesh);
  const std::span<const float3> positions = mesh.positions();
  std::vector<float3> places;
  places.reserve(positions.size());
  for (const float3 p : positions) {
    places.push_back(transform_point(edited.world, p));
  }
  const auto modes = scene->tool_settings.mesh_select_mode;
  // In x-ray, what lies behind surfaces is shown as well.
  const bool is_through =
      look.shading.type == ViewShadingType::Wireframe
          ? look.shading.show_xray_wireframe
          : look.shading.type == ViewShadingType::Solid && look.shading.show_xray;
  const float4 dark{0.03f, 0.03f, 0.04f, 1.0f}, bright = look.select;
  std::vector<Line>& lines = is_through ? list.front_lines : list.lines;
  const std::span<const int2> edges = mesh.edges();
  for (std::size_t e = 0; e < edges.size(); ++e) {
    lines.push_back({places[std::size_t(edges[e].x)], places[std::size_t(edges[e].y)],
                     selection.edges[e] ? bright : dark, 0});
  }
  if (modes[0]) {
    std::vector<Dot>& dots = is_through ? list.dots : list.hidden_dots;
    for (std::size_t v = 0; v < places.size(); ++v) {
      dots.push_back({places[v], selection.verts[v] ? 2.8f : 2.3f,
                      selection.verts[v] ? bright : float4{0.0f, 0.0f, 0.0f, 1.0f}});
    }
  }
  const std::span<const int> vertices = mesh.corner_vertices();
  const Triangles& triangles = mesh.triangles();
  const std::span<const int3> corners = triangles.corners;
  for (std::size_t t = 0; t < corners.size(); ++t) {
    if (selection.faces[std::size_t(triangles.faces[t])]) {
      const auto place = [&](int corner) {
        return places[std::size_t(vertices[std::size_t(corner)])];
      };
      list.fills.push_back({{place(corners[t].x), place(corners[t].y), place(corners[t].z)},
                            {bright.x, bright.y, bright.z, 0.28f}});
    }
  }
  if (modes[2]) {
    // Middles of faces, which are what boxes and circles select them by.
    const std::span<const int> offsets = mesh.face_offsets();
    std::vector<Dot>& dots = is_through ? list.dots : list.hidden_dots;
    for (std::size_t f = 0; f < mesh.face_count(); ++f) {
      float3 sum;
      for (int c = offsets[f]; c < offsets[f + 1]; ++c) {
        sum += places[std::size_t(vertices[std::size_t(c)])];
      }
      dots.push_back({sum / float(std::max(1, offsets[f + 1] - offsets[f])), 1.8f,
                      selection.faces[f] ? bright : dark});
    }
  }
}

}  // namespace kiln::editor
