#include "modeling/modifiers/screw.h"

#include <numbers>

#include "modeling/merge.h"

namespace kiln::modeling {
namespace {

/// Angle, lift and number of rings of the whole turn.
struct Turn {
  float3 axis, center;
  float angle = 0, lift = 0;
  int rings = 0;
  bool is_closed = false;  ///< the last ring joins the first

  float4x4 matrix(int ring) const {
    const float t = float(ring) / float(is_closed ? rings : rings - 1);
    const float3x3 turn = quaternion_to_matrix(axis_angle_to_quaternion(axis, angle * t));
    return to_float4x4(turn, center - turn * center + axis * (lift * t));
  }
};

/// An edge of the profile in the direction in which its strip of faces runs.
struct ProfileEdge {
  int2 ends;
  int corner = -1;  ///< of the profile's face that it lies in; -1: of none
};

std::vector<ProfileEdge> profile_edges(const Mesh& mesh) {
  std::vector<ProfileEdge> result(mesh.edge_count());
  for (std::size_t e = 0; e < result.size(); ++e) {
    result[e].ends = mesh.edges()[e];
    const std::span<const int> corners = mesh.edge_corners()[e];
    if (!corners.empty()) {
      result[e].corner = corners.back();
      if (mesh.corner_vertices()[std::size_t(corners.back())] != result[e].ends.x) {
        std::swap(result[e].ends.x, result[e].ends.y);
      }
    }
  }
  return result;
}

/// Lets neighbouring edges run the same way, so that the faces of a chain agree; the direction is
/// that which makes most normals point away from the axis.
void orient_chains(const Mesh& mesh, const Turn& turn, std::vector<ProfileEdge>& edges) {
  std::vector<std::uint8_t> is_done(edges.size(), 0);
  for (std::size_t start = 0; start < edges.size(); ++start) {
    if (is_done[start]) {
      continue;
    }
    std::vector<std::size_t> chain{start};
    is_done[start] = 1;
    for (std::size_t i = 0; i < chain.size(); ++i) {
      const int2 ends = edges[chain[i]].ends;
      for (const int v : {ends.x, ends.y}) {
        for (const int other : mesh.vertex_edges()[std::size_t(v)]) {
          if (is_done[std::size_t(other)]) {
            continue;
          }
          is_done[std::size_t(other)] = 1;
          int2& o = edges[std::size_t(other)].ends;
          if ((v == ends.y) != (o.x == v)) {
            std::swap(o.x, o.y);
          }
          chain.push_back(std::size_t(other));
        }
      }
    }
    double outward = 0;
    for (const std::size_t e : chain) {
      const float3 a = mesh.positions()[std::size_t(edges[e].ends.x)] - turn.center;
      const float3 b = mesh.positions()[std::size_t(edges[e].ends.y)] - turn.center;
      const float3 middle = (a + b) * 0.5f;
      const float3 away = middle - turn.axis * dot(turn.axis, middle);
      outward += dot(cross(b - a, cross(turn.axis, away)), away);
    }
    if (outward < 0) {
      for (const std::size_t e : chain) {
        std::swap(edges[e].ends.x, edges[e].ends.y);
      }
    }
  }
}

/// The faces are drawn out of `uv`: a unit square per strip and step, or stretched over the whole.
void set_uvs(Mesh& mesh, const Mesh& profile, const std::vector<ProfileEdge>& edges,
             const Turn& turn, int strips, bool stretch_u, bool stretch_v) {
  if (!profile.uv_map()) {
    return;
  }
  float low = std::numeric_limits<float>::max(), high = -low;
  for (const float3 p : profile.positions()) {
    low = std::min(low, dot(turn.axis, p));
    high = std::max(high, dot(turn.axis, p));
  }
  std::vector<std::string> maps;
  for (const Attribute& a : mesh.attributes.items()) {
    if (a.is_uv_map) {
      maps.push_back(a.name);
    }
  }
  Array<float2> values(mesh.corner_count());
  const std::span<float2> uvs = values.edit();
  const std::size_t per_edge = std::size_t(strips);
  for (std::size_t e = 0; e < edges.size(); ++e) {
    const float v0 = dot(turn.axis, profile.positions()[std::size_t(edges[e].ends.x)]);
    const float v1 = dot(turn.axis, profile.positions()[std::size_t(edges[e].ends.y)]);
    const float height = std::max(high - low, 1e-9f);
    for (std::size_t s = 0; s < per_edge; ++s) {
      const float u0 = stretch_u ? float(s) / float(strips) : 0.0f;
      const float u1 = stretch_u ? float(s + 1) / float(strips) : 1.0f;
      const float a = stretch_v ? (v0 - low) / height : 0.0f;
      const float b = stretch_v ? (v1 - low) / height : 1.0f;
      const std::size_t c = 4 * (e * per_edge + s);
      uvs[c] = {u0, a};
      uvs[c + 1] = {u0, b};
      uvs[c + 2] = {u1, b};
      uvs[c + 3] = {u1, a};
    }
  }
  for (const std::string& map : maps) {
    mesh.attributes.ensure<float2>(map, Domain::Corner, values.size()) = values;
  }
}

}  // namespace

Mesh ScrewModifier::apply(const Mesh& mesh, ModifierContext& context) const {
  if (mesh.vertex_count() == 0) {
    return mesh;
  }
  Turn turn;
  turn.axis[int(axis)] = 1.0f;
  turn.angle = angle;
  turn.lift = screw_offset;
  if (object) {
    const float4x4 to_own = inverse(context.world_matrix()) * context.world_matrix(object);
    turn.center = translation(to_own);
    turn.axis = normalize(kiln::axis(to_own, int(axis)));
    if (use_object_screw_offset) {
      turn.lift = dot(turn.axis, turn.center);
    }
  }
  const int turn_steps = std::max(context.is_render() ? render_steps : steps, 1);
  const int turns = std::max(iterations, 1);
  turn.angle *= float(turns);
  turn.is_closed = std::abs(turn.lift) <= 1.2e-5f && turn_steps >= 3 &&
                   std::abs(std::abs(turn.angle) - 2 * std::numbers::pi_v<float>) <= 1.2e-5f;
  turn.lift *= float(turns);
  const double steps_made = std::min(double(turn_steps) * double(turns), 1e6);
  turn.rings = int(steps_made) + (turn.is_closed ? 0 : 1);
  const std::size_t vertex_count = mesh.vertex_count(), edge_count = mesh.edge_count();
  const std::size_t rings = std::size_t(turn.rings);
  const std::size_t strips = turn.is_closed ? rings : rings - 1;
  if (double(rings) * double(vertex_count + 4 * edge_count) > double(max_element_count)) {
    context.warn("the result would have too many elements");
    return mesh;
  }

  std::vector<ProfileEdge> profile = profile_edges(mesh);
  if (use_normal_calculate) {
    orient_chains(mesh, turn, profile);
  }

  if (use_normal_flip) {
    for (ProfileEdge& e : profile) {
      std::swap(e.ends.x, e.ends.y);
    }
  }

  // Rings of vertices.
  Array<float3> positions(rings * vertex_count);
  std::vector<int> vertex_source(positions.size());
  const std::span<float3> points = positions.edit();
  for (std::size_t r = 0; r < rings; ++r) {
    const float4x4 m = turn.matrix(int(r));
    for (std::size_t v = 0; v < vertex_count; ++v) {
      points[r * vertex_count + v] =
          r == 0 ? mesh.positions()[v] : transform_point(m, mesh.positions()[v]);
      vertex_source[r * vertex_count + v] = int(v);
    }
  }
  // Edges: the profile, then the steps of its vertices, then the profile again on further rings.
  std::vector<int2> edges;
  std::vector<int> edge_source;
  for (std::size_t e = 0; e < edge_count; ++e) {
    edges.push_back(profile[e].ends);
    edge_source.push_back(int(e));
  }
  for (std::size_t r = 0; r < strips; ++r) {
    for (std::size_t v = 0; v < vertex_count; ++v) {
      edges.push_back({int((r + 1) % rings * vertex_count + v), int(r * vertex_count + v)});
      edge_source.push_back(-1);
    }
  }
  const auto ring_edge = [&](std::size_t e, std::size_t r) {
    return int(r == 0 ? e : edge_count + strips * vertex_count + e * (rings - 1) + r - 1);
  };
  const auto step_edge = [&](int v, std::size_t r) {
    return int(edge_count + r * vertex_count + std::size_t(v));
  };
  Array<int> offsets(edge_count == 0 ? 0 : edge_count * strips + 1);
  std::vector<int> corner_vertices, corner_edges, face_source, corner_source;
  for (std::size_t e = 0; e < edge_count; ++e) {
    const auto [a, b] = profile[e].ends;
    for (std::size_t r = 1; r < rings; ++r) {
      edges.push_back({int(r * vertex_count) + a, int(r * vertex_count) + b});
      edge_source.push_back(int(e));
    }
    const int corner = profile[e].corner;
    for (std::size_t r = 0; r < strips; ++r) {
      const std::size_t next = (r + 1) % rings;
      const int here = int(r * vertex_count), there = int(next * vertex_count);
      const int vertices[] = {here + a, here + b, there + b, there + a};
      const int sides[] = {ring_edge(e, r), step_edge(b, r), ring_edge(e, next), step_edge(a, r)};
      for (int k = 0; k < 4; ++k) {
        corner_vertices.push_back(vertices[k]);
        corner_edges.push_back(sides[k]);
        corner_source.push_back(corner);
      }
      face_source.push_back(corner < 0 ? -1 : mesh.corner_faces()[std::size_t(corner)]);
    }
  }
  const std::span<int> face_offsets = offsets.edit();
  for (std::size_t f = 0; f < face_offsets.size(); ++f) {
    face_offsets[f] = int(4 * f);
  }

  Mesh result = mesh;
  result.attributes.gather(Domain::Point, vertex_source);
  result.attributes.gather(Domain::Edge, edge_source);
  result.attributes.gather(Domain::Face, face_source);
  result.attributes.gather(Domain::Corner, corner_source);
  result.attributes.remove(".custom_normal");
  result.weights = mesh.weights.gathered(vertex_source);
  const std::size_t face_count = face_source.size();
  result.replace_geometry(std::move(positions), Array<int2>(std::move(edges)), std::move(offsets),
                          Array<int>(std::move(corner_vertices)),
                          Array<int>(std::move(corner_edges)));
  // Faces are as smooth as those that they come from.
  const std::span<std::uint8_t> is_smooth =
      result.attributes.ensure<std::uint8_t>(".smooth", Domain::Face, face_count).edit();
  for (std::size_t f = 0; f < face_count; ++f) {
    if (face_source[f] < 0) {
      is_smooth[f] = use_smooth_shade;
    }
  }
  if (use_stretch_u || use_stretch_v) {
    set_uvs(result, mesh, profile, turn, int(strips), use_stretch_u, use_stretch_v);
  }

  if (use_merge_vertices && turn.lift == 0.0f) {
    // What lies on the axis stays in one place.
    std::vector<int> targets(result.vertex_count(), -1);
    const std::span<float3> moved = result.edit_positions();
    bool is_any = false;
    for (std::size_t v = 0; v < vertex_count; ++v) {
      const float3 d = mesh.positions()[v] - turn.center;
      if (length(d - turn.axis * dot(d, turn.axis)) <= merge_threshold) {
        moved[v] = turn.center + turn.axis * dot(d, turn.axis);
        for (std::size_t r = 1; r < rings; ++r) {
          targets[r * vertex_count + v] = int(v);
        }
        is_any = true;
      }
    }
    if (is_any) {
      return merge_vertices(result, targets);
    }
  }
  return result;
}

const Schema& ScrewModifier::schema() {
  static const Schema schema = [] {
    using M = ScrewModifier;
    SchemaBuilder<M> s("ScrewModifier", "Screw Modifier", &Modifier::schema());
    s.set_tag("SCREW");
    add_target<&M::object>(s, "object", "Object");
    add_setting<&M::steps>(s, "steps", "Steps")
        .subtype(Subtype::Unsigned)
        .range(1, 10000)
        .soft(1, 512);
    add_setting<&M::render_steps>(s, "render_steps", "Render Steps")
        .subtype(Subtype::Unsigned)
        .range(1, 10000)
        .soft(1, 512);
    add_setting<&M::iterations>(s, "iterations", "Iterations")
        .subtype(Subtype::Unsigned)
        .range(1, 10000)
        .soft(1, 100);
    add_setting<&M::axis>(s, "axis", "Axis").items({{"X", "X", 0}, {"Y", "Y", 1}, {"Z", "Z", 2}});
    add_setting<&M::angle>(s, "angle", "Angle").subtype(Subtype::Angle).step(10, -1);
    add_setting<&M::screw_offset>(s, "screw_offset", "Screw")
        .subtype(Subtype::Distance)
        .soft(-10000, 10000);
    add_setting<&M::merge_threshold>(s, "merge_threshold", "Merge Distance")
        .subtype(Subtype::Distance)
        .range(0, infinity)
        .soft(0, 1)
        .step(1, 4);
    add_setting<&M::use_normal_flip>(s, "use_normal_flip", "Flip");
    add_setting<&M::use_normal_calculate>(s, "use_normal_calculate", "Calculate Order");
    add_setting<&M::use_object_screw_offset>(s, "use_object_screw_offset", "Object Screw");
    add_setting<&M::use_merge_vertices>(s, "use_merge_vertices", "Merge Vertices");
    add_setting<&M::use_smooth_shade>(s, "use_smooth_shade", "Smooth Shading");
    add_setting<&M::use_stretch_u>(s, "use_stretch_u", "Stretch U");
    add_setting<&M::use_stretch_v>(s, "use_stretch_v", "Stretch V");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
