#include "modeling/primitives.h"

#include <numbers>

#include <gtest/gtest.h>

#include "support.h"

namespace kiln::modeling {
namespace {

TEST(Primitives, CubeHasTheVertexAndFaceOrderScriptsExpect) {
  const Mesh mesh = cube(2);

  EXPECT_EQ(mesh.positions()[1], (float3{-1, -1, 1}));
  EXPECT_EQ(mesh.positions()[4], (float3{1, -1, -1}));
  EXPECT_EQ(std::vector<int>(mesh.face_vertices(0).begin(), mesh.face_vertices(0).end()),
            (std::vector<int>{0, 1, 3, 2}));
  EXPECT_EQ((*mesh.uv_map()->as<float2>())[0], (float2{0.375f, 0.0f}));
  EXPECT_EQ((*mesh.uv_map()->as<float2>())[23], (float2{0.625f, 0.75f}));
}

TEST(Primitives, SolidsAreClosedAndFaceOutward) {
  const std::pair<const char*, Mesh> solids[] = {
      {"cube", cube(2)},
      {"uv sphere", uv_sphere(12, 7, 2)},
      {"small uv sphere", uv_sphere(3, 2, 1)},
      {"ico sphere", ico_sphere(3, 1)},
      {"cylinder", cylinder(9, 1, 3, CapFill::Ngon)},
      {"fan cylinder", cylinder(9, 1, 3, CapFill::TriangleFan)},
      {"cone", cone(5, 1, 0, 2, CapFill::Ngon)},
      {"inverted cone", cone(5, 0, 1, 2, CapFill::TriangleFan)},
      {"truncated cone", cone(5, 1, 0.5f, 2, CapFill::Ngon)},
  };
  for (const auto& [name, mesh] : solids) {
    EXPECT_TRUE(is_closed_and_oriented(mesh)) << name;
    EXPECT_TRUE(is_consistent(mesh)) << name;
    EXPECT_EQ(euler_characteristic(mesh), 2) << name;
    EXPECT_GT(signed_volume(mesh), 0.5) << name;
  }
  const Mesh ring = torus(16, 8, 1, 0.25f);
  EXPECT_TRUE(is_closed_and_oriented(ring));
  EXPECT_EQ(euler_characteristic(ring), 0);
  EXPECT_GT(signed_volume(ring), 0.5);
}

TEST(Primitives, SphereVerticesLieOnTheSphere) {
  for (const Mesh& mesh : {uv_sphere(16, 8, 2.5f), ico_sphere(4, 2.5f)}) {
    for (const float3 p : mesh.positions()) {
      EXPECT_NEAR(length(p), 2.5f, 1e-6f);
    }
  }
}

TEST(Primitives, IcoSphereFacesQuadrupleWithEverySubdivision) {
  EXPECT_EQ(ico_sphere(1, 1).face_count(), 20u);
  EXPECT_EQ(ico_sphere(4, 1).face_count(), 1280u);
  EXPECT_EQ(ico_sphere(4, 1).vertex_count(), 642u);
}

TEST(Primitives, OpenShapesHaveTheirBorders) {
  EXPECT_EQ(circle(7, 1, CapFill::Nothing).edge_count(), 7u);
  EXPECT_EQ(circle(7, 1, CapFill::Nothing).face_count(), 0u);
  EXPECT_NEAR(total_area(circle(500, 2, CapFill::Ngon)), 4 * std::numbers::pi, 1e-3);
  EXPECT_NEAR(total_area(circle(500, 2, CapFill::TriangleFan)), 4 * std::numbers::pi, 1e-3);
  EXPECT_EQ(cylinder(6, 1, 1, CapFill::Nothing).face_count(), 6u);
  EXPECT_EQ(cone(6, 0, 0, 1, CapFill::Ngon).edge_count(), 1u);
  EXPECT_NEAR(total_area(grid(5, 3, 2)), 4, 1e-6);
}

TEST(Primitives, UvMapsStayInTheUnitSquareAndCoverArea) {
  const Mesh meshes[] = {plane(2),
                         cube(2),
                         uv_sphere(32, 16, 1),
                         ico_sphere(2, 1),
                         torus(48, 12, 1, 0.25f),
                         cylinder(32, 1, 2, CapFill::Ngon),
                         cone(32, 1, 0, 2, CapFill::Ngon),
                         grid(10, 10, 2),
                         monkey(2)};
  for (const Mesh& mesh : meshes) {
    ASSERT_TRUE(mesh.uv_map());
    const Array<float2>& uvs = *mesh.uv_map()->as<float2>();
    double area = 0;
    for (std::size_t f = 0; f < mesh.face_count(); ++f) {
      double face_area = 0;
      for (int i = 0, n = mesh.face_size(f), first = mesh.face_offsets()[f]; i < n; ++i) {
        const float2 a = uvs[std::size_t(first + i)], b = uvs[std::size_t(first + (i + 1) % n)];
        EXPECT_TRUE(a.x >= -1e-6f && a.x <= 1.000001f && a.y >= -1e-6f && a.y <= 1.000001f);
        face_area += 0.5 * cross(a, b);
      }
      area += std::abs(face_area);
    }
    EXPECT_GT(area, 0.2);
    EXPECT_LT(area, 1.01);
  }
  EXPECT_FALSE(cube(2, /*has_uvs=*/false).uv_map());
}

TEST(Primitives, MonkeyIsSymmetric) {
  const Mesh mesh = monkey(2);

  ASSERT_EQ(mesh.vertex_count(), 507u);
  ASSERT_EQ(mesh.face_count(), 500u);
  EXPECT_EQ(mesh.edge_count(), 1005u);
  std::map<std::tuple<float, float, float>, int> points;
  for (const float3 p : mesh.positions()) {
    ++points[{p.x, p.y, p.z}];
  }
  for (const float3 p : mesh.positions()) {
    EXPECT_TRUE(points.contains({p.x == 0.0f ? 0.0f : -p.x, p.y, p.z}));
  }
}

}  // namespace
}  // namespace kiln::modeling
