#include "editor/view3d/edit_overlay.h"

#include <algorithm>

#include "core/hash.h"
#include "modeling/mesh_selection.h"

namespace kiln::editor {
namespace {

// What marks of edges look like: a seam before a sharp edge, before a crease, before a bevel
// weight.
class EdgeColors {
public:
  EdgeColors(const Mesh& mesh, const View3DOverlay& overlay)
      : seams_(overlay.show_edge_seams ? mesh.attributes.find<std::uint8_t>(".seam", Domain::Edge)
                                       : nullptr),
        sharp_(overlay.show_edge_sharp ? mesh.attributes.find<std::uint8_t>(".sharp", Domain::Edge)
                                       : nullptr),
        creases_(overlay.show_edge_crease
                     ? mesh.attributes.find<float>(".crease_edge", Domain::Edge)
                     : nullptr),
        bevels_(overlay.show_edge_bevel_weight
                    ? mesh.attributes.find<float>(".bevel_edge", Domain::Edge)
                    : nullptr) {}
  float4 of(std::size_t edge, float4 plain) const {
    if (seams_ && (*seams_)[edge] != 0) {
      return {0.85f, 0.13f, 0.10f, 1.0f};
    }
    if (sharp_ && (*sharp_)[edge] != 0) {
      return {0.10f, 0.75f, 0.85f, 1.0f};
    }
    if (creases_ && (*creases_)[edge] > 0.0f) {
      return mix(plain, {0.70f, 0.15f, 0.65f, 1.0f}, (*creases_)[edge]);
    }
    if (bevels_ && (*bevels_)[edge] > 0.0f) {
      return mix(plain, {0.10f, 0.55f, 0.75f, 1.0f}, (*bevels_)[edge]);
    }
    return plain;
  }

private:
  static float4 mix(float4 a, float4 b, float t) {
    const float s = std::clamp(t, 0.2f, 1.0f);
    return {a.x + (b.x - a.x) * s, a.y + (b.y - a.y) * s, a.z + (b.z - a.z) * s, 1.0f};
  }
  const Array<std::uint8_t>* seams_;
  const Array<std::uint8_t>* sharp_;
  const Array<float>* creases_;
  const Array<float>* bevels_;
};

void add_normals(const Mesh& mesh, const float4x4& world, const View3DOverlay& overlay,
                 std::vector<render::raster::Line>& lines) {
  const float3x3 turn = transpose(inverse(upper3x3(world)));
  const auto add = [&](float3 place, float3 normal, float4 color) {
    const float3 from = transform_point(world, place);
    lines.push_back(
        {from, from + normalize(turn * normal) * overlay.normals_length, color, 0,
         overlay.use_normals_constant_screen_size ? overlay.normals_constant_screen_size : 0.0f});
  };
  const std::span<const float3> positions = mesh.positions();
  const std::span<const int> vertices = mesh.corner_vertices(), offsets = mesh.face_offsets();
  if (overlay.show_face_normals) {
    const Array<float3>& normals = mesh.face_normals();
    for (std::size_t f = 0; f < mesh.face_count(); ++f) {
      float3 sum;
      for (int c = offsets[f]; c < offsets[f + 1]; ++c) {
        sum += positions[std::size_t(vertices[std::size_t(c)])];
      }
      add(sum / float(std::max(1, offsets[f + 1] - offsets[f])), normals[f],
          {0.13f, 0.87f, 0.87f, 1.0f});
    }
  }
  if (overlay.show_vertex_normals) {
    const Array<float3>& normals = mesh.vertex_normals();
    for (std::size_t v = 0; v < positions.size(); ++v) {
      add(positions[v], normals[v], {0.14f, 0.38f, 0.87f, 1.0f});
    }
  }
  if (overlay.show_split_normals) {
    const Array<float3> normals = mesh.corner_normals();
    for (std::size_t c = 0; c < vertices.size() && c < normals.size(); ++c) {
      add(positions[std::size_t(vertices[c])], normals[c], {0.87f, 0.14f, 0.87f, 1.0f});
    }
  }
}

using Flags = const Array<std::uint8_t>*;

bool is_on(Flags flags, std::size_t i) {
  return flags && i < flags->size() && (*flags)[i];
}

// Draws an object in edit mode without the faces that are hidden there.
void leave_hidden_faces(render::raster::DrawItem& item, render::raster::DrawList& list) {
  const evaluation::EvaluatedObject& from = *item.object;
  const Flags hidden =
      from.mesh ? from.mesh->attributes.find<std::uint8_t>(".hide_poly", Domain::Face) : nullptr;
  if (!hidden || std::find(hidden->begin(), hidden->end(), 1) == hidden->end()) {
    return;
  }
  std::vector<std::uint8_t> kept, none_of_the_edges(from.mesh->edge_count());
  for (const std::uint8_t flag : *hidden) {
    kept.push_back(!flag);
  }
  for (std::size_t f = 0; f < kept.size(); ++f) {
    for (int c = from.mesh->face_offsets()[f]; kept[f] && c < from.mesh->face_offsets()[f + 1];
         ++c) {
      none_of_the_edges[std::size_t(from.mesh->corner_edges()[std::size_t(c)])] = 1;
    }
  }
  auto mesh = std::make_shared<Mesh>(*from.mesh);
  mesh->keep_only({}, none_of_the_edges, kept);
  auto copy = std::make_shared<evaluation::EvaluatedObject>(from);
  copy->mesh = std::move(mesh);
  Hasher hasher;
  hasher.add(from.geometry.low);
  hasher.add(from.geometry.high);
  hasher.add_bytes(hidden->data(), hidden->size());
  copy->geometry = hasher.finish();
  item.object = copy.get();
  list.replaced.push_back(std::move(copy));
}

}  // namespace

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
      item.is_background = look.overlay.show_overlays && look.overlay.show_occlude_wire;
      leave_hidden_faces(item, list);
    } else {
      item.is_faded = look.overlay.show_fade_inactive;
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
  const bool is_through = look.shading.type == ViewShadingType::Wireframe
                              ? look.shading.show_xray_wireframe
                              : look.shading.type == ViewShadingType::Solid &&
                                    look.shading.show_xray && !look.overlay.show_occlude_wire;
  const float4 dark{0.03f, 0.03f, 0.04f, 1.0f}, bright = look.select;
  const Flags hidden_verts = mesh.attributes.find<std::uint8_t>(".hide_vert", Domain::Point),
              hidden_edges = mesh.attributes.find<std::uint8_t>(".hide_edge", Domain::Edge),
              hidden_faces = mesh.attributes.find<std::uint8_t>(".hide_poly", Domain::Face);
  const std::vector<SelectedElement>& history = mesh.select_history;
  const auto is_active = [&](Domain domain, std::size_t i) {
    return !history.empty() && history.back() == SelectedElement{domain, int(i)};
  };
  // Marks of edges show as long as these are not selected.
  const EdgeColors marks(mesh, look.overlay);
  const auto edge_color = [&](std::size_t e) {
    return is_active(Domain::Edge, e)                      ? float4{1.0f, 1.0f, 1.0f, 1.0f}
           : selection.edges[e] && look.overlay.show_edges ? bright
                                                           : marks.of(e, dark);
  };
  std::vector<Line>& lines = is_through ? list.through_lines : list.lines;
  const std::span<const int2> edges = mesh.edges();
  for (std::size_t e = 0; e < edges.size(); ++e) {
    if (!is_on(hidden_edges, e)) {
      lines.push_back(
          {places[std::size_t(edges[e].x)], places[std::size_t(edges[e].y)], edge_color(e), 0});
    }
  }
  add_normals(mesh, edited.world, look.overlay, lines);
  if (modes[0]) {
    std::vector<Dot>& dots = is_through ? list.dots : list.hidden_dots;
    for (std::size_t v = 0; v < places.size(); ++v) {
      if (is_on(hidden_verts, v)) {
        continue;
      }
      float4 color = is_active(Domain::Point, v) && selection.verts[v]
                         ? float4{1.0f, 1.0f, 1.0f, 1.0f}
                     : selection.verts[v] ? bright
                                          : float4{0.0f, 0.0f, 0.0f, 1.0f};
      color.w = look.overlay.vertex_opacity;
      dots.push_back({places[v], selection.verts[v] ? 2.8f : 2.3f, color});
    }
  }
  const std::span<const int> vertices = mesh.corner_vertices();
  const Triangles& triangles = mesh.triangles();
  const std::span<const int3> corners = triangles.corners;
  for (std::size_t t = 0; t < corners.size(); ++t) {
    if (look.overlay.show_faces && selection.faces[std::size_t(triangles.faces[t])]) {
      const auto place = [&](int corner) {
        return places[std::size_t(vertices[std::size_t(corner)])];
      };
      list.fills.push_back({{place(corners[t].x), place(corners[t].y), place(corners[t].z)},
                            {bright.x, bright.y, bright.z, 0.28f}});
    }
  }
  if (modes[2] && look.overlay.show_face_center) {
    // Middles of faces, which are what boxes and circles select them by.
    const std::span<const int> offsets = mesh.face_offsets();
    std::vector<Dot>& dots = is_through ? list.dots : list.hidden_dots;
    for (std::size_t f = 0; f < mesh.face_count(); ++f) {
      if (is_on(hidden_faces, f)) {
        continue;
      }
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
