#include <numbers>

#include <gtest/gtest.h>

#include "modeling/bevel.h"
#include "modeling/clip.h"
#include "modeling/collapse.h"
#include "modeling/dissolve.h"
#include "modeling/modifiers/bevel.h"
#include "modeling/modifiers/build.h"
#include "modeling/modifiers/mask.h"
#include "modeling/modifiers/screw.h"
#include "modeling/modifiers/weld.h"
#include "modeling/modifiers/wireframe.h"
#include "modeling/primitives.h"
#include "support.h"

namespace kiln::modeling {
namespace {

Mesh with_group(Mesh mesh, std::span<const int> members) {
  VertexGroup group;
  group.name = "Group";
  mesh.vertex_groups.add(group);
  for (const int v : members) {
    mesh.weights.set(int(mesh.vertex_count()), v, 0, 1.0f);
  }
  return mesh;
}

TEST(MaskModifier, KeepsFacesWhoseVerticesAllStay) {
  TestContext context;
  MaskModifier mask;
  mask.vertex_group = "Group";

  const Mesh result = mask.apply(with_group(cube(2), std::array{0, 1, 2, 3}), context);

  EXPECT_EQ(result.vertex_count(), 4u);
  EXPECT_EQ(result.face_count(), 1u);
}

TEST(MaskModifier, SmoothCutsBetweenVertices) {
  TestContext context;
  MaskModifier mask;
  mask.vertex_group = "Group";
  mask.threshold = 0.25f;
  mask.use_smooth = true;

  const Mesh result = mask.apply(with_group(cube(2), std::array{0, 1, 2, 3}), context);

  // Three quarters of the box remain, with one side open.
  EXPECT_NEAR(total_area(result), 4 + 4 * 2 * 1.5, 1e-4);
  EXPECT_TRUE(is_consistent(result));
}

TEST(WeldModifier, JoinsTheSidesOfASplitCube) {
  TestContext context;
  WeldModifier weld;
  weld.merge_threshold = 0.01f;
  Mesh apart = cube(2);
  std::vector<float3> positions;
  std::vector<int> corners, offsets{0};
  for (std::size_t f = 0; f < 6; ++f) {
    for (const int v : apart.face_vertices(f)) {
      corners.push_back(int(positions.size()));
      positions.push_back(apart.positions()[std::size_t(v)] + apart.face_normals()[f] * (0.001f));
    }
    offsets.push_back(int(corners.size()));
  }
  Mesh loose;
  loose.set_positions(std::move(positions));
  loose.set_topology({}, std::move(offsets), std::move(corners));

  const Mesh result = weld.apply(loose, context);

  EXPECT_EQ(result.vertex_count(), 8u);
  EXPECT_TRUE(is_closed_and_oriented(result));
  for (const float3 p : result.positions()) {
    EXPECT_NEAR(std::abs(p.x), 1 + 0.001f / 3, 1e-6f) << "the mean of three";
  }
}

TEST(ScrewModifier, TurnsALineIntoAClosedTube) {
  TestContext context;
  ScrewModifier screw;
  Mesh line;
  line.set_positions({{1, 0, 0}, {1, 0, 2}});
  line.set_topology({{0, 1}}, {}, {});

  const Mesh result = screw.apply(line, context);

  EXPECT_EQ(result.vertex_count(), 32u);
  EXPECT_EQ(result.face_count(), 16u);
  EXPECT_NEAR(total_area(result), 2 * 16 * 2 * std::sin(std::numbers::pi / 16), 1e-4);
}

TEST(ScrewModifier, FlippedFacesLookTheOtherWay) {
  TestContext context;
  ScrewModifier screw;
  Mesh line;
  line.set_positions({{1, 0, 0}, {1, 0, 2}});
  line.set_topology({{0, 1}}, {}, {});
  const Mesh plain = screw.apply(line, context);
  screw.use_normal_flip = true;

  const Mesh flipped = screw.apply(line, context);

  EXPECT_NEAR(distance(plain.face_normals()[0], -flipped.face_normals()[0]), 0, 1e-6f);
}

TEST(WireframeModifier, MakesAClosedFrame) {
  TestContext context;
  WireframeModifier wireframe;
  wireframe.thickness = 0.2f;

  const Mesh result = wireframe.apply(cube(2), context);

  EXPECT_EQ(result.vertex_count(), 40u);
  EXPECT_EQ(result.face_count(), 48u);
  EXPECT_TRUE(is_closed_and_oriented(result));
  EXPECT_GT(signed_volume(result), 0);
}

TEST(BuildModifier, BeginsEmptyAndEndsWhole) {
  TestContext context;  // frame 1
  BuildModifier build;
  build.frame_start = 1;

  EXPECT_EQ(build.apply(cube(2), context).vertex_count(), 0u);
  build.frame_start = -200;
  EXPECT_EQ(build.apply(cube(2), context).face_count(), 6u);
}

TEST(Bevel, OfACubeIsClosedForAnyNumberOfSegments) {
  const std::vector<float> all(12, 1.0f);
  for (int segments = 1; segments <= 6; ++segments) {
    BevelSettings settings;
    settings.width = 0.3f;
    settings.segments = segments;

    const Mesh result = bevel(cube(2), all, settings);

    EXPECT_TRUE(is_consistent(result));
    EXPECT_TRUE(is_closed_and_oriented(result)) << segments;
    EXPECT_EQ(euler_characteristic(result), 2) << segments;
    EXPECT_LT(signed_volume(result), 8);
    EXPECT_GT(signed_volume(result), 6.8);
  }
}

TEST(Bevel, RoundCornersOfABoxLieOnSpheres) {
  BevelSettings settings;
  settings.width = 0.5f;
  settings.segments = 8;

  const Mesh result = bevel(cube(2), std::vector<float>(12, 1.0f), settings);

  for (const float3 p : result.positions()) {
    const float3 q{std::max(std::abs(p.x) - 0.5f, 0.0f), std::max(std::abs(p.y) - 0.5f, 0.0f),
                   std::max(std::abs(p.z) - 0.5f, 0.0f)};
    EXPECT_NEAR(length(q), 0.5f, 1e-4f);
  }
}

TEST(Bevel, OfOneEdgeCutsAWedge) {
  std::vector<float> one(12, 0.0f);
  one[0] = 1;
  BevelSettings settings;
  settings.width = 0.2f;

  const Mesh result = bevel(cube(2), one, settings);

  EXPECT_EQ(result.vertex_count(), 10u);
  EXPECT_EQ(result.face_count(), 7u);
  EXPECT_TRUE(is_closed_and_oriented(result));
  EXPECT_NEAR(signed_volume(result), 8 - 0.2 * 0.2 / 2 * 2, 1e-5);
}

TEST(Bevel, OverlapIsClamped) {
  BevelSettings settings;
  settings.width = 5;

  const Mesh result = bevel(cube(2), std::vector<float>(12, 1.0f), settings);

  for (const float3 p : result.positions()) {
    EXPECT_LE(max_component({std::abs(p.x), std::abs(p.y), std::abs(p.z)}), 1.0001f);
  }
}

TEST(Bevel, OfVerticesCutsCorners) {
  BevelSettings settings;
  settings.width = 0.5f;
  settings.affects_vertices = true;

  const Mesh result = bevel(cube(2), std::vector<float>(8, 1.0f), settings);

  EXPECT_EQ(result.face_count(), 14u);
  EXPECT_TRUE(is_closed_and_oriented(result));
  EXPECT_NEAR(signed_volume(result), 8 - 8 * 0.5 * 0.5 * 0.5 / 6, 1e-5);
}

TEST(Bevel, LeavesOpenAndBranchingEdges) {
  Mesh mesh = grid(3, 3, 2);

  const Mesh result =
      bevel(mesh, std::vector<float>(mesh.edge_count(), 1.0f), {.width = 0.1f, .segments = 3});

  EXPECT_TRUE(is_consistent(result));
  EXPECT_NEAR(total_area(result), 4, 1e-4) << "a plane stays one";
}

TEST(DissolvePlanar, LeavesOneFaceOfAPlane) {
  const Mesh result = dissolve_planar(grid(20, 20, 2), {});

  EXPECT_EQ(result.face_count(), 1u);
  EXPECT_EQ(result.vertex_count(), 4u);
  EXPECT_NEAR(total_area(result), 4, 1e-4);
}

TEST(DissolvePlanar, KeepsTheVolumeOfAShapeWithFlatSides) {
  const Mesh bevelled =
      bevel(cube(2), std::vector<float>(12, 1.0f), {.width = 0.3f, .segments = 4});

  const Mesh result = dissolve_planar(bevelled, {.angle = 0.01f});

  EXPECT_TRUE(is_consistent(result));
  EXPECT_TRUE(is_closed_and_oriented(result));
  EXPECT_NEAR(signed_volume(result), signed_volume(bevelled), 1e-4);
}

TEST(DissolvePlanar, StopsAtSeams) {
  Mesh mesh = grid(2, 1, 2);
  auto seams =
      mesh.attributes.ensure<std::uint8_t>(".seam", Domain::Edge, mesh.edge_count()).edit();
  std::fill(seams.begin(), seams.end(), 1);

  EXPECT_EQ(dissolve_planar(mesh, {.keeps_seam = true}).face_count(), 2u);
  EXPECT_EQ(dissolve_planar(mesh, {}).face_count(), 1u);
}

TEST(CollapseEdges, KeepsThePartOfTrianglesAndTheTopology) {
  const Mesh ball = ico_sphere(4, 1);

  const Mesh result = collapse_edges(ball, {.ratio = 0.25f});

  EXPECT_NEAR(double(result.face_count()), double(ball.face_count()) * 0.25, 2);
  EXPECT_TRUE(is_consistent(result));
  EXPECT_TRUE(is_closed_and_oriented(result));
  EXPECT_EQ(euler_characteristic(result), 2);
  EXPECT_NEAR(signed_volume(result), signed_volume(ball), 0.1);
}

TEST(CollapseEdges, KeepsThePlaneAndItsBorder) {
  const Mesh result = collapse_edges(grid(10, 10, 2), {.ratio = 0.1f});

  EXPECT_NEAR(total_area(result), 4, 1e-3);
  EXPECT_LT(result.face_count(), 25u);
}

}  // namespace
}  // namespace kiln::modeling
