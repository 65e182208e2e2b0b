#include "render/raster/geometry.h"

#include <algorithm>
#include <cmath>

#include "render/raster/surface_color.h"

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

// Three corners a triangle, by slot; `parts` gets the runs of the slots.
std::vector<int> corners_by_slot(const Mesh& mesh, std::vector<DrawGeometry::Part>& parts) {
  const Triangles& triangles = mesh.triangles();
  const std::span<const int3> corners = triangles.corners;
  const auto slot_of = [&](std::size_t t) {
    return std::size_t(std::clamp(mesh.material_index(std::size_t(triangles.faces[t])), 0, 32767));
  };
  std::vector<std::uint32_t> counts;
  for (std::size_t t = 0; t < corners.size(); ++t) {
    const std::size_t slot = slot_of(t);
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
      parts.push_back({int(slot), total * 3, counts[slot] * 3});
    }
    total += counts[slot];
  }
  std::vector<int> ordered(corners.size() * 3);
  for (std::size_t t = 0; t < corners.size(); ++t) {
    const std::size_t at = std::size_t(next[slot_of(t)]++) * 3;
    for (int i = 0; i < 3; ++i) {
      ordered[at + std::size_t(i)] = corners[t][i];
    }
  }
  return ordered;
}

// The active color attribute at corners, display-referred; empty where there is none.
std::vector<std::uint32_t> painted_colors(const Mesh& mesh, std::span<const int> corners) {
  const Attribute* attribute = mesh.attributes.find(mesh.active_color);
  if (!attribute || (attribute->domain != Domain::Point && attribute->domain != Domain::Corner)) {
    return {};
  }
  const std::span<const int> corner_vertices = mesh.corner_vertices();
  std::vector<std::uint32_t> out;
  const auto gather = [&](const auto& values, auto&& pack) {
    out.reserve(corners.size());
    for (const int corner : corners) {
      out.push_back(pack(values[std::size_t(
          attribute->domain == Domain::Corner ? corner : corner_vertices[std::size_t(corner)])]));
    }
  };
  if (const auto* bytes = attribute->as<ByteColor>()) {
    gather(*bytes, [](ByteColor c) {
      return std::uint32_t(c.r) | std::uint32_t(c.g) << 8 | std::uint32_t(c.b) << 16 | 0xff000000u;
    });
  } else if (const auto* floats = attribute->as<FloatColor>()) {
    gather(*floats, [](const FloatColor& c) {
      const float3 shown = to_display({c.r, c.g, c.b});
      return pack_color({shown.x, shown.y, shown.z, 1.0f});
    });
  }
  return out;
}

}  // namespace

PaintedGeometry make_painted_geometry(const Mesh& mesh) {
  PaintedGeometry out;
  std::vector<DrawGeometry::Part> parts;
  const std::vector<int> corners = corners_by_slot(mesh, parts);
  const std::span<const float3> positions = mesh.positions();
  const std::span<const int> corner_vertices = mesh.corner_vertices();
  out.positions.reserve(corners.size());
  for (const int corner : corners) {
    out.positions.push_back(positions[std::size_t(corner_vertices[std::size_t(corner)])]);
  }
  if (shading_of(mesh) != Shading::Flat) {
    const Array<float3> normals = mesh.corner_normals();
    out.normals.reserve(corners.size());
    for (const int corner : corners) {
      out.normals.push_back(pack_normal(normals[std::size_t(corner)]));
    }
  }
  out.colors = painted_colors(mesh, corners);
  const Attribute* map = mesh.uv_map(mesh.active_uv);
  if (const Array<float2>* uvs = map ? map->as<float2>() : nullptr) {
    out.uvs.reserve(corners.size());
    for (const int corner : corners) {
      out.uvs.push_back((*uvs)[std::size_t(corner)]);
    }
  }
  return out;
}

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

  const std::vector<int> corners = corners_by_slot(mesh, out.parts);
  out.triangles.resize(corners.size());
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const int corner = corners[i];
    out.triangles[i] = std::uint32_t(by_corner ? corner : corner_vertices[std::size_t(corner)]);
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

SharpEdges make_sharp_edges(const Mesh& mesh) {
  // The cosine at every edge between two faces; all others are borders.
  const std::size_t count = mesh.edge_count();
  std::vector<std::array<int, 2>> faces_of(count, {-1, -1});
  std::vector<std::uint8_t> is_border(count, 1);
  const std::span<const int> offsets = mesh.face_offsets(), corner_edges = mesh.corner_edges();
  for (std::size_t f = 0; f < mesh.face_count(); ++f) {
    for (int c = offsets[f]; c < offsets[f + 1]; ++c) {
      const auto e = std::size_t(corner_edges[std::size_t(c)]);
      std::array<int, 2>& faces = faces_of[e];
      is_border[e] = !(faces[0] >= 0 && faces[1] < 0);
      (faces[0] < 0 ? faces[0] : faces[1]) = int(f);
    }
  }
  const Array<float3>& normals = mesh.face_normals();
  const auto sharpness = [&](std::size_t e) {
    if (is_border[e]) {
      return 255;
    }
    const float cosine =
        dot(normals[std::size_t(faces_of[e][0])], normals[std::size_t(faces_of[e][1])]);
    constexpr float right_angle = 1.5707964f;
    return int(std::clamp(std::acos(std::clamp(cosine, -1.0f, 1.0f)) / right_angle * 255.0f + 0.5f,
                          0.0f, 255.0f));
  };
  // Sorted by counting.
  SharpEdges out;
  std::vector<std::uint8_t> of_edge(count);
  std::array<std::uint32_t, 256> sizes{};
  for (std::size_t e = 0; e < count; ++e) {
    of_edge[e] = std::uint8_t(sharpness(e));
    ++sizes[of_edge[e]];
  }
  std::array<std::uint32_t, 256> next{};
  std::uint32_t total = 0;
  for (std::size_t s = 256; s-- > 0;) {
    next[s] = total;
    total += sizes[s];
    out.counts[s] = total;
  }
  const std::vector<std::uint32_t> edges = make_draw_geometry(mesh).edges;
  out.edges.resize(edges.size());
  for (std::size_t e = 0; e < count; ++e) {
    const std::size_t at = next[of_edge[e]]++;
    out.edges[2 * at] = edges[2 * e];
    out.edges[2 * at + 1] = edges[2 * e + 1];
  }
  return out;
}

std::uint32_t SharpEdges::count_for(float threshold) const {
  const int least = std::clamp(int(std::ceil((1.0f - threshold) * 255.0f)), 0, 255);
  return counts[std::size_t(least)];
}

}  // namespace kiln::render::raster
