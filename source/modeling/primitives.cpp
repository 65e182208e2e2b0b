#include "modeling/primitives.h"

#include <numbers>

#include "core/tasks.h"
#include "modeling/mesh_builder.h"
#include "modeling/monkey_data.h"

namespace kiln::modeling {
namespace {

std::string_view uv_name(bool has_uvs) {
  return has_uvs ? "UVMap" : "";
}

/// Point i of `count` on a circle that starts at +Y and goes clockwise.
float2 on_circle(int i, int count, float radius) {
  const double angle = 2.0 * std::numbers::pi * i / count;
  return {float(std::sin(angle) * radius), float(std::cos(angle) * radius)};
}

/// Where ends of cones lie in the UV map: side by side in its lower half, or one that fills the
/// map.
struct CapCircle {
  float2 center;
  float radius;
  float2 at(int i, int count) const { return center + on_circle(i, count, radius); }
};
constexpr CapCircle top_cap{{0.25f, 0.25f}, 0.24f}, bottom_cap{{0.75f, 0.25f}, 0.24f},
    whole_map{{0.5f, 0.5f}, 0.5f};

/// One end of a cone: its outline (or the tip, where all are the same vertex) and its centre.
struct End {
  std::vector<int> ring;
  int center = -1;
};

}  // namespace

Mesh grid(int x_subdivisions, int y_subdivisions, float size, bool has_uvs) {
  const std::size_t columns = std::size_t(std::max(x_subdivisions, 1)),
                    rows = std::size_t(std::max(y_subdivisions, 1));
  const std::size_t faces = columns * rows;
  Mesh mesh;
  Array<float3> positions((columns + 1) * (rows + 1));
  const std::span<float3> p = positions.edit();
  for (std::size_t y = 0, v = 0; y <= rows; ++y) {
    for (std::size_t x = 0; x <= columns; ++x, ++v) {
      p[v] = {(float(x) / float(columns) - 0.5f) * size, (float(y) / float(rows) - 0.5f) * size,
              0.0f};
    }
  }
  mesh.set_positions(std::move(positions));

  Array<int> offsets(faces + 1), corners(4 * faces);
  Array<float2> uvs(4 * faces);
  const std::span<int> o = offsets.edit(), c = corners.edit();
  const std::span<float2> uv = uvs.edit();
  for (std::size_t y = 0, f = 0; y < rows; ++y) {
    for (std::size_t x = 0; x < columns; ++x, ++f) {
      const int v = int(y * (columns + 1) + x), above = v + int(columns) + 1;
      const float left = float(x) / float(columns), right = float(x + 1) / float(columns);
      const float low = float(y) / float(rows), high = float(y + 1) / float(rows);
      o[f + 1] = int(4 * (f + 1));
      std::copy_n(std::array{v, v + 1, above + 1, above}.begin(), 4,
                  c.begin() + std::ptrdiff_t(4 * f));
      std::copy_n(
          std::array{float2{left, low}, float2{right, low}, float2{right, high}, float2{left, high}}
              .begin(),
          4, uv.begin() + std::ptrdiff_t(4 * f));
    }
  }
  mesh.set_topology({}, std::move(offsets), std::move(corners));
  if (has_uvs) {
    mesh.add_uv_map("UVMap", std::move(uvs));
  }
  return mesh;
}

Mesh plane(float size, bool has_uvs) {
  return grid(1, 1, size, has_uvs);
}

Mesh cube(float size, bool has_uvs) {
  MeshBuilder b;
  const float h = 0.5f * size;
  for (int i = 0; i < 8; ++i) {
    b.add_vertex({i & 4 ? h : -h, i & 2 ? h : -h, i & 1 ? h : -h});
  }
  // The net of the cube: a strip of four faces, from left to right bottom, and the two others on
  // its sides.
  constexpr int faces[6][4] = {{0, 1, 3, 2}, {2, 3, 7, 6}, {6, 7, 5, 4},
                               {4, 5, 1, 0}, {2, 6, 4, 0}, {7, 3, 1, 5}};
  for (int f = 0; f < 6; ++f) {
    const float low = 0.25f * float(f), high = low + 0.25f;
    const std::array<float2, 4> strip{float2{0.375f, low}, float2{0.625f, low},
                                      float2{0.625f, high}, float2{0.375f, high}};
    const float side = f == 4 ? 0.125f : 0.625f;
    const std::array<float2, 4> beside{float2{side, 0.5f}, float2{side + 0.25f, 0.5f},
                                       float2{side + 0.25f, 0.75f}, float2{side, 0.75f}};
    b.add_face(faces[f], f < 4 ? strip : beside);
  }
  return std::move(b).build(uv_name(has_uvs));
}

Mesh circle(int vertices, float radius, CapFill fill, bool has_uvs) {
  const int n = std::max(vertices, 3);
  MeshBuilder b;
  const int first = fill == CapFill::TriangleFan ? b.add_vertex({}) + 1 : 0;
  std::vector<int> ring;
  std::vector<float2> uvs;
  for (int i = 0; i < n; ++i) {
    const float2 p = on_circle(-i, n, radius);
    ring.push_back(b.add_vertex({p.x, p.y, 0.0f}));
    uvs.push_back(whole_map.at(-i, n));
  }
  for (int i = 0; i < n; ++i) {
    const int next = (i + 1) % n;
    if (fill == CapFill::TriangleFan) {
      b.add_face({0, first + i, first + next},
                 {whole_map.center, uvs[std::size_t(i)], uvs[std::size_t(next)]});
    } else if (fill == CapFill::Nothing) {
      b.edges.push_back({next, i});
    }
  }
  if (fill == CapFill::Ngon) {
    b.add_face(ring, uvs);
  }
  return std::move(b).build(uv_name(has_uvs));
}

Mesh uv_sphere(int segments, int rings, float radius, bool has_uvs) {
  const int n = std::max(segments, 3), bands = std::max(rings, 2);
  MeshBuilder b;
  for (int s = 0; s < n; ++s) {
    for (int r = 1; r < bands; ++r) {
      const double polar = std::numbers::pi * r / bands;
      const float2 p = on_circle(s, n, float(std::sin(polar)) * radius);
      b.add_vertex({p.x, p.y, float(std::cos(polar)) * radius});
    }
  }
  const int top = b.add_vertex({0, 0, radius}), bottom = b.add_vertex({0, 0, -radius});
  const int start = 3 * n / 4;  // U of the first meridian, in segments; it falls from there
  for (int s = 0; s < n; ++s) {
    const int here = s * (bands - 1), there = (s + 1) % n * (bands - 1);
    const int step = (start - s + n) % n;
    const float right = float(step == 0 ? n : step) / float(n), left = right - 1.0f / float(n);
    const float middle = 0.5f * (left + right);
    const auto v = [&](int r) { return 1.0f - float(r) / float(bands); };
    b.add_face({here, top, there}, {{right, v(1)}, {middle, 1.0f}, {left, v(1)}});
    for (int r = 1; r < bands - 1; ++r) {
      b.add_face({here + r, here + r - 1, there + r - 1, there + r},
                 {{right, v(r + 1)}, {right, v(r)}, {left, v(r)}, {left, v(r + 1)}});
    }
    b.add_face({bottom, here + bands - 2, there + bands - 2},
               {{middle, 0.0f}, {right, v(bands - 1)}, {left, v(bands - 1)}});
  }
  return std::move(b).build(uv_name(has_uvs));
}

Mesh ico_sphere(int subdivisions, float radius, bool has_uvs) {
  // Five triangles around each tip and ten between; the net is eleven half triangles wide.
  constexpr int faces[20][3] = {{0, 1, 2},   {1, 0, 5},  {0, 2, 3},  {0, 3, 4},  {0, 4, 5},
                                {1, 5, 10},  {2, 1, 6},  {3, 2, 7},  {4, 3, 8},  {5, 4, 9},
                                {1, 10, 6},  {2, 6, 7},  {3, 7, 8},  {4, 8, 9},  {5, 9, 10},
                                {6, 10, 11}, {7, 6, 11}, {8, 7, 11}, {9, 8, 11}, {10, 9, 11}};
  constexpr int uvs[20][3][2] = {
      {{2, 0}, {3, 1}, {1, 1}},  {{3, 1}, {4, 0}, {5, 1}},   {{10, 0}, {11, 1}, {9, 1}},
      {{8, 0}, {9, 1}, {7, 1}},  {{6, 0}, {7, 1}, {5, 1}},   {{3, 1}, {5, 1}, {4, 2}},
      {{1, 1}, {3, 1}, {2, 2}},  {{9, 1}, {11, 1}, {10, 2}}, {{7, 1}, {9, 1}, {8, 2}},
      {{5, 1}, {7, 1}, {6, 2}},  {{3, 1}, {4, 2}, {2, 2}},   {{1, 1}, {2, 2}, {0, 2}},
      {{9, 1}, {10, 2}, {8, 2}}, {{7, 1}, {8, 2}, {6, 2}},   {{5, 1}, {6, 2}, {4, 2}},
      {{2, 2}, {4, 2}, {3, 3}},  {{0, 2}, {2, 2}, {1, 3}},   {{8, 2}, {10, 2}, {9, 3}},
      {{6, 2}, {8, 2}, {7, 3}},  {{4, 2}, {6, 2}, {5, 3}}};
  constexpr float u_step = 1.0f / 11.0f,
                  v_step = 0.157461f;  // the height of an equilateral triangle of side 2/11

  struct Triangle {
    std::array<int, 3> vertices;
    std::array<float2, 3> uvs;
  };
  // Two rings of five, turned against each other; in the rounding that scripts and files compare
  // with.
  constexpr float far_x = 0.894425f, side_x = 0.276385f, side_y = 0.85064f, back_x = 0.7236f,
                  back_y = 0.52572f;
  constexpr float z = 0.447215f;
  std::vector<float3> positions{{0, 0, -1},           {back_x, -back_y, -z}, {-side_x, -side_y, -z},
                                {-far_x, 0, -z},      {-side_x, side_y, -z}, {back_x, back_y, -z},
                                {side_x, -side_y, z}, {-back_x, -back_y, z}, {-back_x, back_y, z},
                                {side_x, side_y, z},  {far_x, 0, z},         {0, 0, 1}};
  std::vector<Triangle> triangles;
  for (int f = 0; f < 20; ++f) {
    Triangle t;
    for (std::size_t k = 0; k < 3; ++k) {
      t.vertices[k] = faces[f][k];
      t.uvs[k] = {float(uvs[f][k][0]) * u_step, float(uvs[f][k][1]) * v_step};
    }
    triangles.push_back(t);
  }

  // Flat triangles are split; only at the end their vertices move out to the sphere.
  for (int level = 1; level < std::min(subdivisions, 10); ++level) {
    std::vector<Triangle> finer;
    finer.reserve(4 * triangles.size());
    // The triangles are listed such that each edge is met twice; its middle is remembered by its
    // vertices.
    std::unordered_map<std::uint64_t, int> middles;
    middles.reserve(triangles.size() * 2);
    const auto middle_of = [&](int a, int b) {
      const auto [low, high] = std::minmax(a, b);
      const auto [found, is_new] = middles.try_emplace(
          std::uint64_t(low) << 32 | std::uint32_t(high), int(positions.size()));
      if (is_new) {
        positions.push_back((positions[std::size_t(a)] + positions[std::size_t(b)]) * 0.5f);
      }
      return found->second;
    };
    for (const Triangle& t : triangles) {
      std::array<int, 3> m;
      std::array<float2, 3> u;
      for (std::size_t k = 0; k < 3; ++k) {
        m[k] = middle_of(t.vertices[k], t.vertices[(k + 1) % 3]);
        u[k] = (t.uvs[k] + t.uvs[(k + 1) % 3]) * 0.5f;
      }
      for (std::size_t k = 0; k < 3; ++k) {
        const std::size_t before = (k + 2) % 3;
        finer.push_back({{t.vertices[k], m[k], m[before]}, {t.uvs[k], u[k], u[before]}});
      }
      finer.push_back({m, u});
    }
    triangles = std::move(finer);
  }

  MeshBuilder b;
  b.positions = std::move(positions);
  for (float3& p : b.positions) {
    p = (subdivisions > 1 ? normalize(p) : p) * radius;
  }
  for (const Triangle& t : triangles) {
    b.add_face(t.vertices, t.uvs);
  }
  return std::move(b).build(uv_name(has_uvs));
}

Mesh cone(int vertices, float radius1, float radius2, float depth, CapFill fill, bool has_uvs) {
  const int n = std::max(vertices, 3);
  const bool has_ring[2] = {radius1 > 0.0f, radius2 > 0.0f};
  const float radii[2] = {radius1, radius2};
  const float heights[2] = {-0.5f * depth, 0.5f * depth};
  MeshBuilder b;
  End ends[2];
  // Centres of fans and tips first, then the rings, alternating; a tip at the top comes last.
  if (fill == CapFill::TriangleFan || !has_ring[0]) {
    ends[0].center = b.add_vertex({0, 0, heights[0]});
  }
  if ((fill == CapFill::TriangleFan && has_ring[1]) || (!has_ring[0] && !has_ring[1])) {
    ends[1].center = b.add_vertex({0, 0, heights[1]});
  }
  if (!has_ring[0] && !has_ring[1]) {
    b.edges.push_back({1, 0});
    return std::move(b).build(uv_name(has_uvs));
  }
  for (int i = 0; i < n; ++i) {
    for (int k = 0; k < 2; ++k) {
      if (has_ring[k]) {
        const float2 p = on_circle(i, n, radii[k]);
        ends[k].ring.push_back(b.add_vertex({p.x, p.y, heights[k]}));
      }
    }
  }
  if (!has_ring[1]) {
    ends[1].center = b.add_vertex({0, 0, heights[1]});
  }

  const bool is_capped = fill != CapFill::Nothing;
  const CapCircle bottom = is_capped ? bottom_cap : whole_map,
                  top = is_capped ? top_cap : whole_map;
  const auto add_caps = [&](bool is_top) {
    const End& end = ends[is_top];
    std::vector<int> ring = end.ring;
    std::vector<float2> uvs;
    for (int i = 0; i < n; ++i) {
      uvs.push_back((is_top ? top : bottom).at(i, n));
    }
    if (is_top) {
      // Seen from above the ring is clockwise: turned around, beginning with its second vertex.
      std::reverse(ring.begin(), ring.end());
      std::rotate(ring.begin(), ring.end() - 2, ring.end());
      std::reverse(uvs.begin(), uvs.end());
      std::rotate(uvs.begin(), uvs.end() - 2, uvs.end());
    }
    b.add_face(ring, uvs);
  };
  for (int i = 0; i < n; ++i) {
    const int next = (i + 1) % n;
    const std::size_t here = std::size_t(i), there = std::size_t(next);
    if (fill == CapFill::TriangleFan) {
      if (has_ring[0]) {
        b.add_face({ends[0].center, ends[0].ring[here], ends[0].ring[there]},
                   {bottom.center, bottom.at(i, n), bottom.at(next, n)});
      }
      if (has_ring[1]) {
        b.add_face({ends[1].center, ends[1].ring[there], ends[1].ring[here]},
                   {top.center, top.at(next, n), top.at(i, n)});
      }
    }
    // Caps of one face come before the last two sides (the top, or the only one) and at the end.
    if (fill == CapFill::Ngon && i == n - 2) {
      add_caps(/*is_top=*/has_ring[1]);
    }
    if (has_ring[0] && has_ring[1]) {
      const float right = 1.0f - float(i) / float(n), left = 1.0f - float(i + 1) / float(n);
      const float low = is_capped ? 0.5f : 0.0f;
      b.add_face({ends[0].ring[here], ends[1].ring[here], ends[1].ring[there], ends[0].ring[there]},
                 {{right, low}, {right, 1.0f}, {left, 1.0f}, {left, low}});
    } else if (has_ring[0]) {
      b.add_face({ends[0].ring[here], ends[1].center, ends[0].ring[there]},
                 {top.at(i, n), top.center, top.at(next, n)});
    } else {
      b.add_face({ends[0].center, ends[1].ring[here], ends[1].ring[there]},
                 {bottom.center, bottom.at(i, n), bottom.at(next, n)});
    }
  }
  if (fill == CapFill::Ngon && has_ring[0] && has_ring[1]) {
    add_caps(/*is_top=*/false);
  }
  return std::move(b).build(uv_name(has_uvs));
}

Mesh cylinder(int vertices, float radius, float depth, CapFill fill, bool has_uvs) {
  return cone(vertices, radius, radius, depth, fill, has_uvs);
}

Mesh torus(int major_segments, int minor_segments, float major_radius, float minor_radius,
           bool has_uvs) {
  const int major = std::max(major_segments, 3), minor = std::max(minor_segments, 3);
  MeshBuilder b;
  for (int i = 0; i < major; ++i) {
    const double turn = 2.0 * std::numbers::pi * i / major;
    for (int j = 0; j < minor; ++j) {
      const double angle = 2.0 * std::numbers::pi * j / minor;
      const double r = major_radius + std::cos(angle) * minor_radius;
      b.add_vertex({float(r * std::cos(turn)), float(r * std::sin(turn)),
                    float(std::sin(angle) * minor_radius)});
    }
  }
  for (int i = 0; i < major; ++i) {
    for (int j = 0; j < minor; ++j) {
      const int here = i * minor, there = (i + 1) % major * minor, next = (j + 1) % minor;
      const float left = float((i + (major + 1) / 2) % major) / float(major),
                  right = left + 1.0f / float(major);
      const float low = float((j + (minor + 1) / 2) % minor) / float(minor),
                  high = low + 1.0f / float(minor);
      b.add_face({here + j, there + j, there + next, here + next},
                 {{left, low}, {right, low}, {right, high}, {left, high}});
    }
  }
  return std::move(b).build(uv_name(has_uvs));
}

Mesh monkey(float size, bool has_uvs) {
  MeshBuilder b;
  const float scale = 0.5f * size / 128.0f;
  for (int v = 0; v < monkey_vertex_count; ++v) {
    b.add_vertex(float3{float(monkey_positions[3 * v]), float(monkey_positions[3 * v + 1]),
                        float(monkey_positions[3 * v + 2])} *
                 scale);
  }
  const std::int16_t* next_triangle = monkey_triangles;
  for (int f = 0, c = 0; f < monkey_face_count; ++f) {
    const bool is_triangle = next_triangle != std::end(monkey_triangles) && *next_triangle == f;
    next_triangle += is_triangle;
    for (const int end = c + (is_triangle ? 3 : 4); c < end; ++c) {
      const std::int32_t* uv = monkey_uvs + 2 * monkey_corner_uvs[c];
      b.corner_vertices.push_back(monkey_corners[c]);
      b.uvs.push_back({float(uv[0]) * 1e-6f, float(uv[1]) * 1e-6f});
    }
    b.face_offsets.push_back(c);
  }
  return std::move(b).build(uv_name(has_uvs));
}

void select_all(Mesh& mesh, bool is_selected) {
  for (const auto& [name, domain] :
       {std::pair(".select_vert", Domain::Point), std::pair(".select_edge", Domain::Edge),
        std::pair(".select_poly", Domain::Face)}) {
    mesh.attributes.set(name, domain,
                        Array<std::uint8_t>(mesh.domain_size(domain), std::uint8_t(is_selected)));
  }
}

}  // namespace kiln::modeling
