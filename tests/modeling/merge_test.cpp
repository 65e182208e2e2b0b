#include "modeling/merge.h"

#include <gtest/gtest.h>

#include "modeling/bisect.h"
#include "modeling/join.h"
#include "modeling/primitives.h"
#include "modeling/side_names.h"
#include "support.h"

namespace kiln::modeling {
namespace {

TEST(Merge, CollapsesEdgesAndFacesAndKeepsTheRest) {
  const Mesh mesh = grid(2, 1, 2);
  std::vector<int> targets(mesh.vertex_count(), -1);
  targets[1] = 0;  // the lower left quad becomes a triangle

  const Mesh result = merge_vertices(mesh, targets);

  EXPECT_EQ(result.vertex_count(), 5u);
  ASSERT_EQ(result.face_count(), 2u);
  EXPECT_EQ(result.face_size(0), 3);
  EXPECT_EQ(result.face_size(1), 4);
  EXPECT_EQ(result.edge_count(), 6u);
  EXPECT_TRUE(is_consistent(result));
  EXPECT_EQ(result.uv_map()->as<float2>()->size(), result.corner_count());
}

TEST(Merge, CutsFacesThatTouchThemselves) {
  Mesh mesh = circle(6, 1, CapFill::Ngon);
  std::vector<int> targets(6, -1);
  targets[3] = 0;

  const Mesh result = merge_vertices(mesh, targets);

  EXPECT_EQ(result.face_count(), 2u);
  EXPECT_EQ(result.corner_count(), 6u);
  EXPECT_TRUE(is_consistent(result));
}

TEST(Merge, OfTwoEqualFacesTheFirstStays) {
  const Mesh one = cube(2);
  Mesh other = cube(2);
  other.transform(translation_matrix({2, 0, 0}));
  const Mesh* parts[] = {&one, &other};
  const Mesh both = join(parts);

  const Mesh result = merge_vertices(both, near_targets(both.positions(), 0.01f));

  EXPECT_EQ(result.vertex_count(), 12u);
  EXPECT_EQ(result.edge_count(), 20u);
  EXPECT_EQ(result.face_count(), 11u);
}

TEST(Merge, FollowsChainsAndSurvivesCycles) {
  const Mesh mesh = grid(3, 1, 2);
  const std::vector<int> targets{1, 2, 3, 0, -1, -1, -1, -1};

  const Mesh result = merge_vertices(mesh, targets);

  EXPECT_TRUE(is_consistent(result));
  EXPECT_LT(result.vertex_count(), 8u);
}

TEST(Merge, NearTargetsDoNotFormChains) {
  const float3 points[] = {{0, 0, 0}, {0.9f, 0, 0}, {1.8f, 0, 0}, {5, 0, 0}};

  const std::vector<int> targets = near_targets(points, 1.0f);

  EXPECT_EQ(targets, (std::vector<int>{-1, 0, -1, -1}));
}

TEST(Bisect, KeepsHalfTheVolumeOfWhatItCuts) {
  const Mesh mesh = uv_sphere(16, 8, 1);

  const Mesh half = bisect(mesh, {{1, 0, 0}, 0.25f}, 1e-4f);

  EXPECT_TRUE(is_consistent(half));
  for (const float3 p : half.positions()) {
    EXPECT_GE(p.x, 0.25f - 1e-5f);
  }
  const Mesh other = bisect(mesh, {{-1, 0, 0}, -0.25f}, 1e-4f);
  EXPECT_NEAR(total_area(half) + total_area(other), total_area(mesh), 1e-4);
}

TEST(Bisect, CutsConcaveFacesIntoSeveral) {
  // A comb with two teeth.
  Mesh mesh;
  mesh.set_positions(
      {{0, 0, 0}, {3, 0, 0}, {3, 2, 0}, {2, 2, 0}, {2, 1, 0}, {1, 1, 0}, {1, 2, 0}, {0, 2, 0}});
  mesh.set_topology({}, {0, 8}, {0, 1, 2, 3, 4, 5, 6, 7});

  const Mesh teeth = bisect(mesh, {{0, 1, 0}, 1.5f}, 1e-5f);
  const Mesh back = bisect(mesh, {{0, -1, 0}, -1.5f}, 1e-5f);

  EXPECT_EQ(teeth.face_count(), 2u);
  EXPECT_NEAR(total_area(teeth), 1.0, 1e-6);
  EXPECT_EQ(back.face_count(), 1u);
  EXPECT_NEAR(total_area(back), 4.0, 1e-6);
}

TEST(Join, PutsAttributesGroupsAndMaterialsTogether) {
  Mesh one = plane(2), other = plane(2);
  one.vertex_groups.add(VertexGroup{"A"});
  one.weights.set(4, 0, 0, 0.5f);
  other.vertex_groups.add(VertexGroup{"B"});
  other.vertex_groups.add(VertexGroup{"A"});
  other.weights.set(4, 3, 1, 0.25f);
  other.attributes.ensure<float>("height", Domain::Point, 4).edit()[1] = 7;
  one.materials = {{BlockId{1, 1}}};
  other.materials = {{BlockId{2, 2}}, {BlockId{1, 1}}};
  other.attributes.ensure<int>("material_index", Domain::Face, 1).edit()[0] = 1;
  const Mesh* parts[] = {&one, &other};

  const Mesh result = join(parts);

  EXPECT_TRUE(is_consistent(result));
  EXPECT_EQ(result.weights.find(0, 0), 0.5f);
  EXPECT_EQ(result.weights.find(7, 0), 0.25f) << "group A of the second part";
  EXPECT_EQ((*result.attributes.find<float>("height", Domain::Point))[5], 7);
  EXPECT_EQ(result.materials.size(), 2u);
  EXPECT_EQ(result.material_index(1), 0) << "the slot of the first part with the same material";
}

TEST(SideNames, FlipLettersAndWordsInEveryPlace) {
  EXPECT_EQ(flip_side("Arm.L"), "Arm.R");
  EXPECT_EQ(flip_side("r_hand"), "l_hand");
  EXPECT_EQ(flip_side("Arm.L.001"), "Arm.R.001");
  EXPECT_EQ(flip_side("LeftFoot"), "RightFoot");
  EXPECT_EQ(flip_side("foot RIGHT"), "foot LEFT");
  EXPECT_EQ(flip_side("Spine"), "Spine");
}

}  // namespace
}  // namespace kiln::modeling
