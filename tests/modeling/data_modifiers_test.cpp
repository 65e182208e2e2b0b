#include <gtest/gtest.h>

#include "modeling/modifiers/data_transfer.h"
#include "modeling/modifiers/normal_edit.h"
#include "modeling/modifiers/uv_project.h"
#include "modeling/modifiers/uv_warp.h"
#include "modeling/modifiers/vertex_weight_edit.h"
#include "modeling/modifiers/vertex_weight_mix.h"
#include "modeling/modifiers/vertex_weight_proximity.h"
#include "modeling/primitives.h"
#include "modeling/surface_map.h"
#include "modeling/triangle_tree.h"
#include "support.h"

namespace kiln::modeling {
namespace {

Mesh weighted_grid() {
  Mesh mesh = grid(2, 2, 2);
  for (const char* name : {"A", "B"}) {
    VertexGroup group;
    group.name = name;
    mesh.vertex_groups.add(group);
  }
  for (int v = 0; v < 9; ++v) {
    mesh.weights.set(9, v, 0, float(v) / 8);
  }
  mesh.weights.set(9, 4, 1, 0.25f);
  return mesh;
}

TEST(TriangleTree, FindsTheNearestPointOfTrianglesEdgesAndPoints) {
  const std::vector<float3> points{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {5, 5, 5}};
  const TriangleTree tree(points, {{0, 1, 2}, {3, 3, 3}});

  EXPECT_NEAR(distance(tree.nearest({0.2f, 0.2f, 3}).position, {0.2f, 0.2f, 0}), 0, 1e-6f);
  EXPECT_EQ(tree.nearest({4, 5, 5}).triangle, 1);
  EXPECT_FALSE(tree.nearest({0, 0, 3}, 2.0f));
}

TEST(TriangleTree, AgreesWithLookingAtEveryTriangle) {
  const Mesh mesh = monkey(2);
  const std::vector<int3> triangles(mesh.triangle_vertices().begin(),
                                    mesh.triangle_vertices().end());
  const TriangleTree tree(mesh.positions(), triangles);
  for (int i = 0; i < 200; ++i) {
    const float3 p{std::sin(float(i)) * 2, std::cos(float(i) * 1.7f) * 2,
                   std::sin(float(i) * 2.3f)};
    float best = 1e9f;
    for (const int3 t : triangles) {
      const float3 a = mesh.positions()[std::size_t(t.x)], b = mesh.positions()[std::size_t(t.y)],
                   c = mesh.positions()[std::size_t(t.z)];
      const float3 w = nearest_on_triangle(p, a, b, c);
      best = std::min(best, distance(p, a * w.x + b * w.y + c * w.z));
    }
    EXPECT_NEAR(tree.nearest(p).distance, best, 1e-5f);
  }
}

TEST(TriangleTree, RaysHitTheFirstSurfaceAndNothingBehindTheLimit) {
  const Mesh mesh = cube(2);
  const TriangleTree tree(mesh.positions(),
                          {mesh.triangle_vertices().begin(), mesh.triangle_vertices().end()});

  EXPECT_NEAR(tree.cast({0.1f, 0.2f, 5}, {0, 0, -1}).distance, 4, 1e-5f);
  EXPECT_FALSE(tree.cast({0.1f, 0.2f, 5}, {0, 0, -1}, 3.9f));
  EXPECT_FALSE(tree.cast({0.1f, 0.2f, 5}, {0, 0, 1}));
}

TEST(MeanValueWeights, ReproduceThePoint) {
  const std::vector<float3> polygon{{0, 0, 0}, {2, 0, 0}, {3, 1, 0}, {2, 2, 0}, {0, 2, 0}};
  for (const float3 p : {float3{1, 1, 0}, float3{0.3f, 1.5f, 0}, float3{1, 0, 0}, polygon[2]}) {
    const std::vector<float> w = mean_value_weights(polygon, p);
    float3 sum;
    for (std::size_t i = 0; i < 5; ++i) {
      sum += polygon[i] * w[i];
    }
    EXPECT_NEAR(distance(sum, p), 0, 1e-4f);
  }
}

TEST(VertexWeightEditModifier, SharpSquares) {
  TestContext context;
  VertexWeightEditModifier edit;
  edit.vertex_group = "A";
  edit.falloff_type = WeightFalloff::Sharp;

  const Mesh result = edit.apply(weighted_grid(), context);

  EXPECT_NEAR(*result.weights.find(4, 0), 0.25f, 1e-6f);
  EXPECT_NEAR(*result.weights.find(4, 1), 0.25f, 1e-6f) << "other groups stay";
}

TEST(VertexWeightEditModifier, LightMembersLeave) {
  TestContext context;
  VertexWeightEditModifier edit;
  edit.vertex_group = "A";
  edit.use_remove = true;
  edit.remove_threshold = 0.3f;

  const Mesh result = edit.apply(weighted_grid(), context);

  EXPECT_FALSE(result.weights.find(1, 0));
  EXPECT_TRUE(result.weights.find(3, 0));
}

TEST(VertexWeightMixModifier, AddsInTheSharedPart) {
  TestContext context;
  VertexWeightMixModifier mix;
  mix.vertex_group_a = "A";
  mix.vertex_group_b = "B";
  mix.mix_mode = VertexWeightMixModifier::MixMode::Add;

  const Mesh result = mix.apply(weighted_grid(), context);

  EXPECT_NEAR(*result.weights.find(4, 0), 0.75f, 1e-6f);
  EXPECT_NEAR(*result.weights.find(5, 0), 0.625f, 1e-6f);
}

TEST(VertexWeightProximityModifier, MeasuresTheDistanceFromFaces) {
  TestContext context;
  VertexWeightProximityModifier near;
  near.vertex_group = "A";
  near.target = context.add(translation_matrix({0, 0, 2}), std::make_shared<Mesh>(cube(2)));
  near.proximity_mode = VertexWeightProximityModifier::ProximityMode::Geometry;
  near.proximity_geometry = VertexWeightProximityModifier::ProximityGeometry::Face;
  near.max_dist = 2;

  const Mesh result = near.apply(weighted_grid(), context);

  EXPECT_NEAR(*result.weights.find(4, 0), 0.5f, 1e-6f);
}

TEST(UVWarpModifier, TurnsAboutTheCenter) {
  TestContext context;
  UVWarpModifier warp;
  warp.rotation = 3.14159265f;
  Mesh mesh = plane(2);
  const Array<float2> before = *mesh.uv_map()->as<float2>();

  const Array<float2> after = *warp.apply(mesh, context).uv_map()->as<float2>();

  for (std::size_t c = 0; c < 4; ++c) {
    EXPECT_NEAR(after[c].x, 1 - before[c].x, 1e-5f);
    EXPECT_NEAR(after[c].y, 1 - before[c].y, 1e-5f);
  }
}

TEST(UVProjectModifier, ProjectsStraightDownFromAnEmpty) {
  TestContext context;
  UVProjectModifier project;
  project.projectors.edit(0).object = context.add(translation_matrix({0, 0, 3}));
  Mesh mesh = plane(2);

  const Array<float2> uvs = *project.apply(mesh, context).uv_map()->as<float2>();

  for (std::size_t c = 0; c < 4; ++c) {
    const float3 p = mesh.positions()[std::size_t(mesh.corner_vertices()[c])];
    EXPECT_NEAR(uvs[c].x, 0.5f + 0.5f * p.x, 1e-6f);
    EXPECT_NEAR(uvs[c].y, 0.5f + 0.5f * p.y, 1e-6f);
  }
}

TEST(NormalEditModifier, RadialNormalsPointAwayFromTheTarget) {
  TestContext context;
  NormalEditModifier edit;
  edit.target = context.add(float4x4());
  Mesh mesh = cube(2);
  mesh.use_auto_smooth = true;

  const Mesh result = edit.apply(mesh, context);

  const Array<float3> normals = result.corner_normals();
  for (std::size_t c = 0; c < normals.size(); ++c) {
    const float3 p = mesh.positions()[std::size_t(result.corner_vertices()[c])];
    EXPECT_NEAR(distance(normals[c], normalize(p)), 0, 1e-4f);
  }
}

TEST(DataTransferModifier, TakesWeightsFromTheNearestVertex) {
  TestContext context;
  DataTransferModifier transfer;
  transfer.object = context.add(float4x4(), std::make_shared<Mesh>(weighted_grid()));
  transfer.use_vert_data = true;
  transfer.data_types_verts = DataTransferModifier::DataTypesVerts::VgroupWeights;
  Mesh mesh = grid(2, 2, 2);
  VertexGroup group;
  group.name = "A";
  mesh.vertex_groups.add(group);

  const Mesh result = transfer.apply(mesh, context);

  EXPECT_NEAR(*result.weights.find(7, 0), 7.0f / 8, 1e-6f);
}

TEST(DataTransferModifier, TakesSeamsFromNearbyEdges) {
  TestContext context;
  Mesh source = cube(2);
  source.attributes.ensure<std::uint8_t>(".seam", Domain::Edge, 12).edit()[3] = 1;
  DataTransferModifier transfer;
  transfer.object = context.add(float4x4(), std::make_shared<Mesh>(source));
  transfer.use_edge_data = true;
  transfer.data_types_edges = DataTransferModifier::DataTypesEdges::Seam;

  const Mesh result = transfer.apply(cube(1.5f), context);

  const auto* seams = result.attributes.find<std::uint8_t>(".seam", Domain::Edge);
  ASSERT_TRUE(seams);
  EXPECT_EQ(std::count(seams->begin(), seams->end(), 1), 1);
  EXPECT_EQ((*seams)[3], 1);
}

}  // namespace
}  // namespace kiln::modeling
