#include "editor/view3d/measure_overlay.h"

#include <QPainter>
#include <cmath>
#include <numbers>

#include "editor/view3d/edit_selection.h"
#include "editor/view3d/navigation.h"
#include "modeling/mesh_selection.h"

namespace kiln::editor {
namespace {

constexpr float degrees = 180.0f / std::numbers::pi_v<float>;
constexpr std::size_t most = 2000;  // texts of a kind; more cannot be read

float angle_between(float3 a, float3 b) {
  const float l = length(a) * length(b);
  return l > 0.0f ? std::acos(std::clamp(dot(a, b) / l, -1.0f, 1.0f)) : 0.0f;
}

}  // namespace

void paint_measures(QPainter& painter, const Session& session, const View3DOverlay& overlay,
                    const render::raster::ViewCamera& camera, QSize size) {
  const bool is_wanted = overlay.show_extra_edge_length || overlay.show_extra_edge_angle ||
                         overlay.show_extra_face_area || overlay.show_extra_face_angle ||
                         overlay.show_extra_indices;
  const EditedMesh edited = is_wanted ? edited_mesh(session) : EditedMesh{};
  const Scene* scene = session.scene();
  if (!edited.mesh || !scene) {
    return;
  }
  const Mesh& mesh = *edited.mesh;
  const modeling::MeshSelection selection = modeling::read_selection(mesh);
  std::vector<float3> places;
  for (const float3 p : mesh.positions()) {
    places.push_back(transform_point(edited.world, p));
  }
  const auto write = [&](float3 at, const QString& text, QColor color, int row = 0) {
    if (const auto pixel = project(camera, size.width(), size.height(), at)) {
      painter.setPen(color);
      painter.drawText(QPointF(pixel->x + 4, pixel->y + 4 + 14 * row), text);
    }
  };
  const auto number = [](float value) { return QString::number(double(value), 'g', 6); };
  const QColor of_edges(120, 210, 255), of_faces(150, 255, 150), of_corners(255, 220, 120),
      of_indices(255, 255, 255);
  const std::span<const int2> edges = mesh.edges();
  const std::span<const int> offsets = mesh.face_offsets(), vertices = mesh.corner_vertices(),
                             corner_edges = mesh.corner_edges();
  const auto place = [&](int corner) { return places[std::size_t(vertices[std::size_t(corner)])]; };
  // Normals and middles of faces in world space.
  std::vector<float3> normals(mesh.face_count()), middles(mesh.face_count());
  for (std::size_t f = 0; f < mesh.face_count(); ++f) {
    const int begin = offsets[f], end = offsets[f + 1];
    for (int c = begin; c < end; ++c) {
      normals[f] += cross(place(c), place(c + 1 < end ? c + 1 : begin)) * 0.5f;
      middles[f] += place(c) / float(std::max(1, end - begin));
    }
  }
  std::size_t written = 0;
  if (overlay.show_extra_edge_length || overlay.show_extra_edge_angle) {
    std::vector<std::array<int, 2>> faces(edges.size(), {-1, -1});
    for (std::size_t f = 0; f < mesh.face_count(); ++f) {
      for (int c = offsets[f]; c < offsets[f + 1]; ++c) {
        auto& pair = faces[std::size_t(corner_edges[std::size_t(c)])];
        (pair[0] < 0 ? pair[0] : pair[1]) = int(f);
      }
    }
    for (std::size_t e = 0; e < edges.size() && written < most; ++e) {
      if (!selection.edges[e]) {
        continue;
      }
      const float3 a = places[std::size_t(edges[e].x)], b = places[std::size_t(edges[e].y)];
      int row = 0;
      if (overlay.show_extra_edge_length) {
        write((a + b) * 0.5f, number(length(b - a)), of_edges, row++);
      }
      if (overlay.show_extra_edge_angle && faces[e][1] >= 0) {
        const float angle =
            angle_between(normals[std::size_t(faces[e][0])], normals[std::size_t(faces[e][1])]);
        write((a + b) * 0.5f, number(angle * degrees) + QStringLiteral("°"), of_edges, row);
      }
      ++written;
    }
  }
  written = 0;
  for (std::size_t f = 0; f < mesh.face_count() && written < most; ++f) {
    if (!selection.faces[f]) {
      continue;
    }
    if (overlay.show_extra_face_area) {
      write(middles[f], number(length(normals[f])), of_faces);
    }
    const int begin = offsets[f], end = offsets[f + 1];
    for (int c = begin; overlay.show_extra_face_angle && c < end; ++c) {
      const float3 at = place(c), before = place(c > begin ? c - 1 : end - 1),
                   after = place(c + 1 < end ? c + 1 : begin);
      write(at + (middles[f] - at) * 0.2f,
            number(angle_between(before - at, after - at) * degrees) + QStringLiteral("°"),
            of_corners);
    }
    ++written;
  }
  if (!overlay.show_extra_indices) {
    return;
  }
  const auto modes = scene->tool_settings.mesh_select_mode;
  for (std::size_t v = 0; modes[0] && v < places.size(); ++v) {
    if (selection.verts[v]) {
      write(places[v], QString::number(v), of_indices);
    }
  }
  for (std::size_t e = 0; modes[1] && e < edges.size(); ++e) {
    if (selection.edges[e]) {
      write((places[std::size_t(edges[e].x)] + places[std::size_t(edges[e].y)]) * 0.5f,
            QString::number(e), of_indices);
    }
  }
  for (std::size_t f = 0; modes[2] && f < mesh.face_count(); ++f) {
    if (selection.faces[f]) {
      write(middles[f], QString::number(f), of_indices);
    }
  }
}

}  // namespace kiln::editor
