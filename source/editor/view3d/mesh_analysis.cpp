#include "editor/view3d/mesh_analysis.h"

#include <tuple>

namespace kiln::editor {
namespace {

constexpr float opacity = 0.8f;  // the light on the faces is still seen

auto members(const MeshStatVis& s) {
  return std::tie(s.type, s.overhang_min, s.overhang_max, s.overhang_axis, s.thickness_min,
                  s.thickness_max, s.thickness_samples, s.distort_min, s.distort_max, s.sharp_min,
                  s.sharp_max);
}

// What has no value is not colored: the color fades towards it.
float4 color_of(float value) {
  const float3 color = modeling::measure_color(value);
  return {color.x, color.y, color.z, value < 0.0f ? 0.0f : opacity};
}

}  // namespace

void MeshAnalysis::add_fills(const Session& session, const View3DOverlay& overlay,
                             render::raster::DrawList& list) {
  const EditedMesh edited = edited_mesh(session);
  const Scene* scene = session.scene();
  if (!edited.mesh || !scene || !overlay.show_overlays || !overlay.show_statvis) {
    mesh_ = {};
    measure_ = {};
    return;
  }
  const Mesh& mesh = *edited.mesh;
  const MeshStatVis& settings = scene->tool_settings.statvis;
  const std::uint64_t version = mesh.version(Change::Geometry);
  if (mesh_ != mesh.id || version_ != version || !(world_ == edited.world) ||
      members(settings_) != members(settings)) {
    measure_ = modeling::measure_mesh(mesh, edited.world, settings);
    mesh_ = mesh.id;
    version_ = version;
    world_ = edited.world;
    settings_ = settings;
  }
  const auto* hidden = mesh.attributes.find<std::uint8_t>(".hide_poly", Domain::Face);
  const std::span<const int3> triangles = mesh.triangle_vertices();
  const std::span<const int> face_of = mesh.triangles().faces;
  const std::span<const float3> positions = mesh.positions();
  const std::vector<float>& values = measure_.values;
  for (std::size_t t = 0; t < triangles.size(); ++t) {
    const std::size_t face = std::size_t(face_of[t]);
    if (hidden && (*hidden)[face]) {
      continue;
    }
    render::raster::Fill fill;
    bool has_value = false;
    for (int i = 0; i < 3; ++i) {
      const std::size_t vertex = std::size_t(triangles[t][i]);
      const std::size_t at = measure_.domain == Domain::Point ? vertex : face;
      const float value = at < values.size() ? values[at] : -1.0f;
      has_value = has_value || value >= 0.0f;
      fill.corners[std::size_t(i)] = transform_point(edited.world, positions[vertex]);
      fill.corner_colors[std::size_t(i)] = color_of(value);
    }
    if (has_value) {
      fill.has_corner_colors = true;
      list.fills.push_back(fill);
    }
  }
}

}  // namespace kiln::editor
