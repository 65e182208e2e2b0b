#include "modeling/modifiers/wireframe.h"

namespace kiln::modeling {
namespace {

/// The direction from a corner into its face along the bisector of its sides, as long as its
/// distance from both sides is 1, or unit.
float3 inward(float3 before, float3 here, float3 next, float3 normal, bool is_even) {
  const float3 in = normalize(here - before), out = normalize(next - here);
  float3 up = normalize(cross(in, out));
  if (up == float3{}) {
    up = normal;
  } else if (dot(up, normal) < 0.0f) {
    up = -up;
  }
  const float3 left_in = cross(up, in), left_out = cross(up, out);
  const float3 middle = normalize(left_in + left_out);
  if (middle == float3{}) {
    return left_in;
  }
  const float cosine = dot(middle, left_out);
  return is_even && std::abs(cosine) > 1e-3f ? middle / cosine : middle;
}

}  // namespace

Mesh WireframeModifier::apply(const Mesh& mesh, ModifierContext&) const {
  const std::size_t vertex_count = mesh.vertex_count(), corner_count = mesh.corner_count();
  if (vertex_count == 0 || mesh.face_count() == 0) {
    return mesh;
  }
  const float low = -((1.0f - offset) * 0.5f) * thickness, high = low + thickness;
  const float middle = (low + high) * 0.5f, side = high - middle;

  std::vector<float> scale(vertex_count, 1.0f);
  if (vertex_group_index(mesh, vertex_group) >= 0) {
    const std::vector<float> weights = group_weights(mesh, vertex_group, invert_vertex_group);
    for (std::size_t v = 0; v < vertex_count; ++v) {
      scale[v] = thickness_vertex_group + (1.0f - thickness_vertex_group) * weights[v];
    }
  }
  if (use_relative_offset) {
    for (std::size_t v = 0; v < vertex_count; ++v) {
      float sum = 0;
      int count = 0;
      for (const int e : mesh.vertex_edges()[v]) {
        const auto [a, b] = mesh.edges()[std::size_t(e)];
        sum += distance(mesh.positions()[std::size_t(a)], mesh.positions()[std::size_t(b)]);
        ++count;
      }
      scale[v] *= count > 0 ? sum / float(count) : 1.0f;
    }
  }
  const auto is_boundary = [&](int e) { return mesh.edge_corners()[std::size_t(e)].size() == 1; };

  // Two vertices for each that has faces, one for each corner, and one for each on a boundary.
  std::vector<float3> positions;
  std::vector<int> vertex_source, lower(vertex_count, -1), outer(vertex_count, -1),
      inset(corner_count);
  if (!use_replace) {
    positions.assign(mesh.positions().begin(), mesh.positions().end());
    for (std::size_t v = 0; v < vertex_count; ++v) {
      vertex_source.push_back(int(v));
    }
  }
  const auto add_vertex = [&](float3 p, int source) {
    positions.push_back(p);
    vertex_source.push_back(source);
    return int(positions.size()) - 1;
  };
  for (std::size_t v = 0; v < vertex_count; ++v) {
    if (mesh.vertex_corners()[v].empty()) {
      continue;
    }
    const float3 p = mesh.positions()[v], n = mesh.vertex_normals()[v];
    lower[v] = add_vertex(p + n * (low * scale[v]), int(v));
    add_vertex(p + n * (high * scale[v]), int(v));
  }
  const auto corner_before = [&](std::size_t f, int c) {
    return c == mesh.face_offsets()[f] ? mesh.face_offsets()[f + 1] - 1 : c - 1;
  };
  const auto corner_after = [&](std::size_t f, int c) {
    return c + 1 == mesh.face_offsets()[f + 1] ? mesh.face_offsets()[f] : c + 1;
  };
  const auto vertex_of = [&](int c) { return mesh.corner_vertices()[std::size_t(c)]; };
  const auto place = [&](int v) { return mesh.positions()[std::size_t(v)]; };
  // The outer vertex of a boundary vertex lies opposite the face, between its two boundary edges.
  const auto outer_direction = [&](int v) {
    float3 sides[2];
    int count = 0;
    for (const int e : mesh.vertex_edges()[std::size_t(v)]) {
      if (!is_boundary(e) || count == 2) {
        continue;
      }
      const int c = mesh.edge_corners()[std::size_t(e)][0];
      const std::size_t f = std::size_t(mesh.corner_faces()[std::size_t(c)]);
      const float3 a = place(vertex_of(c)), b = place(vertex_of(corner_after(f, c)));
      sides[count++] = cross(normalize(b - a), mesh.face_normals()[f]);
    }
    if (count == 0) {
      return float3{};
    }
    const float3 middle_way = normalize(count == 2 ? sides[0] + sides[1] : sides[0]);
    const float cosine = dot(middle_way, sides[0]);
    return use_even_offset && std::abs(cosine) > 1e-3f ? middle_way / cosine : middle_way;
  };
  for (std::size_t f = 0; f < mesh.face_count(); ++f) {
    for (int c = mesh.face_offsets()[f]; c < mesh.face_offsets()[f + 1]; ++c) {
      const int v = vertex_of(c), next = vertex_of(corner_after(f, c));
      const float3 way = inward(place(vertex_of(corner_before(f, c))), place(v), place(next),
                                mesh.face_normals()[f], use_even_offset);
      const float s = scale[std::size_t(v)];
      const float3 n = mesh.vertex_normals()[std::size_t(v)];
      inset[std::size_t(c)] = add_vertex(place(v) + way * (side * s) + n * (middle * s), v);
      if (use_boundary && is_boundary(mesh.corner_edges()[std::size_t(c)])) {
        for (const int w : {v, next}) {
          if (outer[std::size_t(w)] < 0) {
            const float t = scale[std::size_t(w)];
            outer[std::size_t(w)] =
                add_vertex(place(w) + outer_direction(w) * (side * t) +
                               mesh.vertex_normals()[std::size_t(w)] * (middle * t),
                           w);
          }
        }
      }
    }
  }

  std::vector<int> offsets{0}, corner_vertices, face_source, corner_source;
  if (!use_replace) {
    offsets.assign(mesh.face_offsets().begin(), mesh.face_offsets().end());
    corner_vertices.assign(mesh.corner_vertices().begin(), mesh.corner_vertices().end());
    for (std::size_t f = 0; f < mesh.face_count(); ++f) {
      face_source.push_back(int(f));
    }
    for (std::size_t c = 0; c < corner_count; ++c) {
      corner_source.push_back(int(c));
    }
  }
  const std::size_t old_faces = face_source.size();
  const auto add_face = [&](std::size_t f, std::array<int, 4> vertices,
                            std::array<int, 4> sources) {
    corner_vertices.insert(corner_vertices.end(), vertices.begin(), vertices.end());
    corner_source.insert(corner_source.end(), sources.begin(), sources.end());
    offsets.push_back(int(corner_vertices.size()));
    face_source.push_back(int(f));
  };
  for (std::size_t f = 0; f < mesh.face_count(); ++f) {
    for (int c = mesh.face_offsets()[f]; c < mesh.face_offsets()[f + 1]; ++c) {
      const int d = corner_after(f, c), v = vertex_of(c), w = vertex_of(d);
      const int a = inset[std::size_t(c)], b = inset[std::size_t(d)];
      const int v_low = lower[std::size_t(v)], w_low = lower[std::size_t(w)];
      add_face(f, {a, b, w_low, v_low}, {c, d, d, c});
      add_face(f, {b, a, v_low + 1, w_low + 1}, {d, c, c, d});
      if (use_boundary && is_boundary(mesh.corner_edges()[std::size_t(c)])) {
        const int v_out = outer[std::size_t(v)], w_out = outer[std::size_t(w)];
        add_face(f, {w_out, v_out, v_low, w_low}, {d, c, c, d});
        add_face(f, {v_out, w_out, w_low + 1, v_low + 1}, {c, d, d, c});
      }
    }
  }

  Mesh result = mesh;
  result.attributes.gather(Domain::Point, vertex_source);
  result.attributes.gather(Domain::Face, face_source);
  result.attributes.gather(Domain::Corner, corner_source);
  result.attributes.remove(".custom_normal");
  result.weights = mesh.weights.gathered(vertex_source);
  if (use_replace) {
    result.attributes.gather(Domain::Edge, {});
  }
  result.replace_geometry(
      Array<float3>(std::move(positions)), use_replace ? Array<int2>() : mesh.edges(),
      Array<int>(std::move(offsets)), Array<int>(std::move(corner_vertices)), {});
  if (material_offset != 0) {
    const std::span<int> slots =
        result.attributes.ensure<int>("material_index", Domain::Face, result.face_count()).edit();
    const int last = std::max(int(mesh.materials.size()) - 1, 0);
    for (std::size_t f = old_faces; f < slots.size(); ++f) {
      slots[f] = int(std::clamp<std::int64_t>(std::int64_t(slots[f]) + material_offset, 0, last));
    }
  }
  if (use_crease) {
    // Edges that follow the old ones.
    const std::span<float> creases =
        result.attributes.ensure<float>(".crease_edge", Domain::Edge, result.edge_count()).edit();
    std::vector<std::uint8_t> is_main(result.vertex_count(), 0);
    for (std::size_t v = 0; v < vertex_count; ++v) {
      if (lower[v] >= 0) {
        is_main[std::size_t(lower[v])] = is_main[std::size_t(lower[v]) + 1] = 1;
      }
    }
    const float crease = std::clamp(crease_weight, 0.0f, 1.0f);
    for (std::size_t e = 0; e < creases.size(); ++e) {
      const auto [a, b] = result.edges()[e];
      if (is_main[std::size_t(a)] && is_main[std::size_t(b)]) {
        creases[e] = crease;
      }
    }
  }
  return result;
}

const Schema& WireframeModifier::schema() {
  static const Schema schema = [] {
    using M = WireframeModifier;
    SchemaBuilder<M> s("WireframeModifier", "Wireframe Modifier", &Modifier::schema());
    s.set_tag("WIREFRAME");
    add_setting<&M::thickness>(s, "thickness", "Thickness")
        .subtype(Subtype::Distance)
        .soft(0, 1)
        .step(0.01f, 4);
    add_setting<&M::thickness_vertex_group>(s, "thickness_vertex_group", "Vertex Group Factor")
        .subtype(Subtype::Factor)
        .range(0, 1)
        .step(0.1f);
    add_setting<&M::offset>(s, "offset", "Offset")
        .subtype(Subtype::Factor)
        .soft(-1, 1)
        .step(0.1f, 4);
    add_setting<&M::use_replace>(s, "use_replace", "Replace");
    add_setting<&M::use_boundary>(s, "use_boundary", "Boundary");
    add_setting<&M::use_even_offset>(s, "use_even_offset", "Offset Even");
    add_setting<&M::use_relative_offset>(s, "use_relative_offset", "Offset Relative");
    add_setting<&M::use_crease>(s, "use_crease", "Offset Relative");
    add_setting<&M::crease_weight>(s, "crease_weight", "Weight").soft(0, 1).step(0.1f, 1);
    add_setting<&M::material_offset>(s, "material_offset", "Material Offset").range(-32768, 32767);
    add_name<&M::vertex_group>(s, "vertex_group", "Vertex Group");
    add_setting<&M::invert_vertex_group>(s, "invert_vertex_group", "Invert");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
