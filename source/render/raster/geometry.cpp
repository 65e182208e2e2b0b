#include "render/raster/geometry.h"

#include <algorithm>

namespace kiln::render::raster {
namespace {

std::uint32_t pack_normal(float3 n) {
  const auto part = [](float v) {
    return std::uint32_t(std::int32_t(std::lround(std::clamp(v, -1.0f, 1.0f) * 511.0f))) & 0x3ffu;
  };
  return part(n.x) | part(n.y) << 10 | part(n.z) << 20;
}

enum class Shading { Flat, Smooth, Mixed };

Shading shading_of(const Mesh& mesh) {
  bool has_flat = false, has_smooth = false;
  const std::size_t faces = mesh.face_count();
  for (std::size_t f = 0; f < faces && !(has_flat && has_smooth); ++f) {
    (mesh.is_face_smooth(f) ? has_smooth : has_flat) = true;
  }
  if (!has_smooth) {
    return Shading::Flat;
  }
  return has_flat || mesh.use_auto_smooth ? Shading::Mixed : Shading::Smooth;
}

}  // namespace

DrawGeometry make_draw_geometry(const Mesh& mesh) {
  DrawGeometry out;
  static_cast<void>(mesh.bounds(&out.low, &out.high));
  const Shading shading = shading_of(mesh);
  out.is_flat = shading == Shading::Flat;
  const bool by_corner = shading == Shading::Mixed;
  const std::span<const float3> positions = mesh.positions();
  const std::span<const int> corner_vertices = mesh.corner_vertices();
  if (by_corner) {
    const Array<float3> normals = mesh.corner_normals();
    out.positions.resize(corner_vertices.size());
    out.normals.resize(corner_vertices.size());
    for (std::size_t c = 0; c < corner_vertices.size(); ++c) {
      out.positions[c] = positions[std::size_t(corner_vertices[c])];
      out.normals[c] = pack_normal(normals[c]);
    }
  } else {
    out.positions.assign(positions.begin(), positions.end());
    if (!out.is_flat) {
      const std::span<const float3> normals = mesh.vertex_normals();
      out.normals.resize(normals.size());
      for (std::size_t v = 0; v < normals.size(); ++v) {
        out.normals[v] = pack_normal(normals[v]);
      }
    }
  }

  // Triangles, by slot.
  const Triangles& triangles = mesh.triangles();
  const std::span<const int3> corners = triangles.corners;
  std::vector<std::uint32_t> counts;
  for (std::size_t t = 0; t < corners.size(); ++t) {
    const auto slot =
        std::size_t(std::clamp(mesh.material_index(std::size_t(triangles.faces[t])), 0, 32767));
    if (slot >= counts.size()) {
      counts.resize(slot + 1);
    }
    ++counts[slot];
  }
  std::vector<std::uint32_t> next(counts.size());
  std::uint32_t total = 0;
  for (std::size_t slot = 0; slot < counts.size(); ++slot) {
    next[slot] = total;
    if (counts[slot] > 0) {
      out.parts.push_back({int(slot), total * 3, counts[slot] * 3});
    }
    total += counts[slot];
  }
  out.triangles.resize(corners.size() * 3);
  for (std::size_t t = 0; t < corners.size(); ++t) {
    const auto slot =
        std::size_t(std::clamp(mesh.material_index(std::size_t(triangles.faces[t])), 0, 32767));
    const std::size_t at = std::size_t(next[slot]++) * 3;
    for (int i = 0; i < 3; ++i) {
      const int corner = corners[t][i];
      out.triangles[at + std::size_t(i)] =
          std::uint32_t(by_corner ? corner : corner_vertices[std::size_t(corner)]);
    }
  }

  // Edges; where corners are vertices, any corner of a vertex stands for it, and loose vertices are
  // added.
  const std::span<const int2> edges = mesh.edges();
  out.edges.resize(edges.size() * 2);
  if (by_corner) {
    std::vector<std::uint32_t> of_vertex(positions.size(), ~0u);
    for (std::size_t c = 0; c < corner_vertices.size(); ++c) {
      of_vertex[std::size_t(corner_vertices[c])] = std::uint32_t(c);
    }
    for (std::size_t e = 0; e < edges.size(); ++e) {
      for (int i = 0; i < 2; ++i) {
        std::uint32_t& vertex = of_vertex[std::size_t(edges[e][i])];
        if (vertex == ~0u) {
          vertex = std::uint32_t(out.positions.size());
          out.positions.push_back(positions[std::size_t(edges[e][i])]);
          out.normals.push_back(0);
        }
        out.edges[2 * e + std::size_t(i)] = vertex;
      }
    }
  } else {
    for (std::size_t e = 0; e < edges.size(); ++e) {
      out.edges[2 * e] = std::uint32_t(edges[e].x);
      out.edges[2 * e + 1] = std::uint32_t(edges[e].y);
    }
  }
  return out;
}

}  // namespace kiln::render::raster
