#include "core/tasks.h"
#include "document/mesh.h"
#include "document/mesh_derived.h"
#include "document/mesh_tangents.h"

namespace kiln {
namespace {

/// Newell's method: exact for planar polygons, a least-squares plane for others. Its length is
/// twice the area. Sutherland, Sproull, Schumacker, "A Characterization of Ten Hidden-Surface
/// Algorithms", 1974.
float3 area_vector(const float3* positions, std::span<const int> face) {
  if (face.size() == 3) {
    const float3 a = positions[face[0]];
    return cross(positions[face[1]] - a, positions[face[2]] - a);
  }
  if (face.size() == 4) {
    return cross(positions[face[2]] - positions[face[0]], positions[face[3]] - positions[face[1]]);
  }
  float3 sum;
  for (std::size_t i = 0; i < face.size(); ++i) {
    const float3 a = positions[face[i]], b = positions[face[i + 1 == face.size() ? 0 : i + 1]];
    sum += float3{(a.y - b.y) * (a.z + b.z), (a.z - b.z) * (a.x + b.x), (a.x - b.x) * (a.y + b.y)};
  }
  return sum;
}

/// The unit normal; zero for faces without area.
float3 normal_of(const float3* positions, std::span<const int> face) {
  return normalize(area_vector(positions, face));
}

/// Arc cosine with an error below 2e-7, in a third of the library's time: it is needed at every
/// corner. Abramowitz and Stegun, "Handbook of Mathematical Functions", 4.4.46.
float arc_cosine(float x) {
  const float a = std::min(std::abs(x), 1.0f);
  float sum = -0.0012624911f;
  for (const float c : {0.0066700901f, -0.0170881256f, 0.0308918810f, -0.0501743046f, 0.0889789874f,
                        -0.2145988016f, 1.5707963050f}) {
    sum = sum * a + c;
  }
  const float angle = std::sqrt(1.0f - a) * sum;
  return x < 0.0f ? 3.14159265f - angle : angle;
}

float angle_between(float3 a, float3 b) {
  return arc_cosine(dot(a, b));
}

/// Inner angle of a face at one of its corners.
float corner_angle(const float3* positions, std::span<const int> face, std::size_t i) {
  const float3 p = positions[face[i]];
  const float3 to_previous = normalize(positions[face[i == 0 ? face.size() - 1 : i - 1]] - p);
  const float3 to_next = normalize(positions[face[i + 1 == face.size() ? 0 : i + 1]] - p);
  return angle_between(to_previous, to_next);
}

}  // namespace

const Array<float3>& Mesh::face_normals() const {
  return derived_->face_normals.get([&] {
    Array<float3> result(face_count());
    const std::span<float3> normals = result.edit();
    parallel_for(normals.size(), 1 << 13, [&](std::size_t begin, std::size_t end) {
      for (std::size_t f = begin; f < end; ++f) {
        normals[f] = normal_of(positions_.data(), face_vertices(f));
      }
    });
    return result;
  });
}

const Array<float3>& Mesh::vertex_normals() const {
  return derived_->vertex_normals.get([&] {
    Array<float3> result(vertex_count());
    const std::span<float3> normals = result.edit();
    const float3* of_faces = face_normals().data();
    const int* faces = corner_faces().data();
    const Adjacency& corners = vertex_corners();
    parallel_for(normals.size(), 1 << 13, [&](std::size_t begin, std::size_t end) {
      for (std::size_t v = begin; v < end; ++v) {
        float3 sum;
        for (const int c : corners[v]) {
          const std::size_t f = std::size_t(faces[c]);
          sum += of_faces[f] * corner_angle(positions_.data(), face_vertices(f),
                                            std::size_t(c - face_offsets_.data()[f]));
        }
        const float size = length(sum);
        normals[v] = size > 1e-35f ? sum * (1.0f / size) : normalize(positions_.data()[v]);
      }
    });
    return result;
  });
}

float3 Mesh::face_normal(std::size_t face) const {
  return normal_of(positions_.data(), face_vertices(face));
}

float Mesh::face_area(std::size_t face) const {
  const std::span<const int> vertices = face_vertices(face);
  return 0.5f * length(area_vector(positions_.data(), vertices));
}

float3 Mesh::face_center(std::size_t face) const {
  const std::span<const int> vertices = face_vertices(face);
  float3 sum;
  for (const int v : vertices) {
    sum += positions_.data()[v];
  }
  return vertices.empty() ? sum : sum * (1.0f / float(vertices.size()));
}

namespace {

/// Edges across which normals are interpolated: two smooth faces of opposite winding, not marked
/// sharp, at an angle within the limit.
std::vector<std::uint8_t> smooth_edges(const Mesh& mesh) {
  const Array<std::uint8_t>* is_sharp = mesh.attributes.find<std::uint8_t>(".sharp", Domain::Edge);
  const Array<std::uint8_t>* is_smooth =
      mesh.attributes.find<std::uint8_t>(".smooth", Domain::Face);
  std::vector<std::uint8_t> result(mesh.edge_count(), 0);
  if (!is_smooth) {
    return result;
  }
  const Adjacency& edge_corners = mesh.edge_corners();
  const Array<int>& corner_faces = mesh.corner_faces();
  const Array<float3>& normals = mesh.face_normals();
  const float limit = std::cos(mesh.auto_smooth_angle);
  const bool has_limit = mesh.auto_smooth_angle < 3.1415925f;
  parallel_for(result.size(), 1 << 14, [&](std::size_t begin, std::size_t end) {
    for (std::size_t e = begin; e < end; ++e) {
      const std::span<const int> corners = edge_corners[e];
      if (corners.size() != 2 || (is_sharp && is_sharp->data()[e])) {
        continue;
      }
      const int f = corner_faces.data()[corners[0]], g = corner_faces.data()[corners[1]];
      result[e] =
          f != g && is_smooth->data()[f] && is_smooth->data()[g] &&
          mesh.corner_vertices().data()[corners[0]] != mesh.corner_vertices().data()[corners[1]] &&
          (!has_limit || dot(normals.data()[f], normals.data()[g]) >= limit);
    }
  });
  return result;
}

}  // namespace

Array<float3> Mesh::corner_normals() const {
  Array<float3> result(corner_count());
  const std::span<float3> normals = result.edit();
  const Array<float3>& of_faces = face_normals();
  const Array<int>& faces = corner_faces();
  if (!use_auto_smooth) {
    const Array<std::uint8_t>* is_smooth = attributes.find<std::uint8_t>(".smooth", Domain::Face);
    const float3* of_vertices = is_smooth ? vertex_normals().data() : nullptr;
    parallel_for(normals.size(), 1 << 15, [&](std::size_t begin, std::size_t end) {
      for (std::size_t c = begin; c < end; ++c) {
        const int f = faces.data()[c];
        normals[c] = is_smooth && is_smooth->data()[f] ? of_vertices[corner_vertices_.data()[c]]
                                                       : of_faces.data()[f];
      }
    });
    return result;
  }

  const std::vector<std::uint8_t> is_smooth_edge = smooth_edges(*this);
  const Adjacency& at_vertex = vertex_corners();
  const Adjacency& at_edge = edge_corners();
  const Array<float3>* custom_normals = attributes.find<float3>(".custom_normal", Domain::Corner);
  const auto previous = [&](int c) {
    const std::size_t f = std::size_t(faces.data()[c]);
    return c == face_offsets_.data()[f] ? face_offsets_.data()[f + 1] - 1 : c - 1;
  };
  const auto next = [&](int c) {
    const std::size_t f = std::size_t(faces.data()[c]);
    return c + 1 == face_offsets_.data()[f + 1] ? face_offsets_.data()[f] : c + 1;
  };
  const auto other = [&](int edge, int c) {
    const std::span<const int> two = at_edge[std::size_t(edge)];
    return two[0] == c ? two[1] : two[0];
  };
  parallel_for(vertex_count(), 1 << 12, [&](std::size_t begin, std::size_t end) {
    std::vector<int> fan;
    for (std::size_t v = begin; v < end; ++v) {
      for (const int start : at_vertex[v]) {
        if (normals[std::size_t(start)] != float3{}) {
          continue;
        }
        // Walk around the vertex over smooth edges: one way, and the other unless the fan closed.
        fan.assign(1, start);
        bool is_closed = false;
        for (int c = start;;) {
          const int e = corner_edges_.data()[c];
          if (!is_smooth_edge[std::size_t(e)]) {
            break;
          }
          c = next(other(e, c));
          if (c == start || fan.size() > at_vertex[v].size()) {
            is_closed = true;
            break;
          }
          fan.push_back(c);
        }
        for (int c = start; !is_closed;) {
          const int p = previous(c);
          const int e = corner_edges_.data()[p];
          if (!is_smooth_edge[std::size_t(e)]) {
            break;
          }
          c = other(e, p);
          if (c == start || fan.size() > at_vertex[v].size()) {
            break;
          }
          fan.push_back(c);
        }
        float3 sum, custom_sum;
        for (const int c : fan) {
          const std::size_t f = std::size_t(faces.data()[c]);
          const float angle = corner_angle(positions_.data(), face_vertices(f),
                                           std::size_t(c - face_offsets_.data()[f]));
          sum += of_faces.data()[f] * angle;
          if (custom_normals) {
            custom_sum += custom_normals->data()[c];
          }
        }
        float3 normal = normalize(custom_sum != float3{} ? custom_sum : sum);
        if (normal == float3{}) {
          normal = of_faces.data()[faces.data()[start]];
        }
        for (const int c : fan) {
          normals[std::size_t(c)] = normal;
        }
      }
    }
  });
  return result;
}

void Mesh::set_custom_normals(Array<float3> normals) {
  const std::span<float3> values = normals.edit();
  for (float3& n : values) {
    n = normalize(n);
  }
  // Smooth edges that would blend two different normals become sharp.
  const std::vector<std::uint8_t> is_smooth_edge = smooth_edges(*this);
  std::vector<std::size_t> sharp;
  for (std::size_t e = 0; e < edge_count(); ++e) {
    if (!is_smooth_edge[e]) {
      continue;
    }
    // Opposite winding: the begin of one corner is the end of the other.
    const std::span<const int> corners = edge_corners()[e];
    for (int k = 0; k < 2; ++k) {
      const int begin = corners[std::size_t(k)], other = corners[std::size_t(1 - k)];
      const std::size_t f = std::size_t(corner_faces()[std::size_t(other)]);
      const int end = other + 1 == face_offsets_[f + 1] ? face_offsets_[f] : other + 1;
      const float3 a = values[std::size_t(begin)], b = values[std::size_t(end)];
      if (a != float3{} && b != float3{} && dot(a, b) < 0.9999f) {
        sharp.push_back(e);
      }
    }
  }
  if (!sharp.empty()) {
    const std::span<std::uint8_t> flags =
        attributes.ensure<std::uint8_t>(".sharp", Domain::Edge, edge_count()).edit();
    for (const std::size_t e : sharp) {
      flags[e] = 1;
    }
  }
  attributes.set(".custom_normal", Domain::Corner, std::move(normals));
}

const Array<float3>* Mesh::shown_corner_normals() const {
  return shown_->corner_normals.has_value()
             ? &shown_->corner_normals.get([] { return Array<float3>(); })
             : nullptr;
}

void Mesh::show_corner_normals() const {
  shown_->corner_normals.get([&] { return corner_normals(); });
}

const Array<float4>* Mesh::shown_corner_tangents() const {
  return shown_->corner_tangents.has_value()
             ? &shown_->corner_tangents.get([] { return Array<float4>(); })
             : nullptr;
}

bool Mesh::show_corner_tangents(std::string_view uv_map_name) const {
  const Attribute* map = uv_map(uv_map_name);
  if (!map || (!uv_map_name.empty() && map->name != uv_map_name)) {
    return false;
  }
  show_corner_normals();
  shown_->corner_tangents.get(
      [&] { return corner_tangents(*this, *map->as<float2>(), *shown_corner_normals()); });
  return true;
}

}  // namespace kiln
