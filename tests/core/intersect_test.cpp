#include "core/intersect.h"

#include <gtest/gtest.h>

namespace kiln {
namespace {

TEST(Intersect, TheClosestPointOfATriangleMayBeACornerAnEdgeOrInside) {
  const float3 a{0, 0, 0}, b{1, 0, 0}, c{0, 1, 0};

  EXPECT_EQ(closest_point_on_triangle({-1, -1, 3}, a, b, c), a);
  EXPECT_EQ(closest_point_on_triangle({0.5f, -1, 3}, a, b, c), (float3{0.5f, 0, 0}));
  EXPECT_NEAR(distance(closest_point_on_triangle({0.25f, 0.25f, 3}, a, b, c), {0.25f, 0.25f, 0}), 0,
              1e-6f);
  EXPECT_EQ(closest_point_on_triangle({3, 3, 3}, a, a, a), a);
}

TEST(Intersect, PointInTriangleTellsTheTurningDirection) {
  EXPECT_EQ(point_in_triangle({0.2f, 0.2f}, {0, 0}, {1, 0}, {0, 1}), 1);
  EXPECT_EQ(point_in_triangle({0.2f, 0.2f}, {0, 0}, {0, 1}, {1, 0}), -1);
  EXPECT_EQ(point_in_triangle({2, 0.2f}, {0, 0}, {1, 0}, {0, 1}), 0);
}

TEST(Intersect, RayHitsTriangleUnlessItIsParallel) {
  const float3 a{0, 0, 0}, b{1, 0, 0}, c{0, 1, 0};

  EXPECT_NEAR(*ray_triangle({0.2f, 0.2f, 3}, {0, 0, -1}, a, b, c, true), 3.0f, 1e-6f);
  EXPECT_FALSE(ray_triangle({2, 0.2f, 3}, {0, 0, -1}, a, b, c, true));
  EXPECT_NEAR(*ray_triangle({2, 0.2f, 3}, {0, 0, -1}, a, b, c, false), 3.0f, 1e-6f);
  EXPECT_FALSE(ray_triangle({2, 0.2f, 3}, {1, 0, 0}, a, b, c, false));
}

TEST(Intersect, SegmentsInLineShareOnePointOrAreNotCrossing) {
  EXPECT_EQ(*segment_segment({0, 0}, {1, 0}, {1, 0}, {2, 0}), (float2{1, 0}));
  EXPECT_FALSE(segment_segment({0, 0}, {2, 0}, {1, 0}, {3, 0}));
  EXPECT_FALSE(segment_segment({0, 0}, {1, 0}, {2, 0}, {3, 0}));
  EXPECT_EQ(*segment_segment({0, 0}, {1, 0}, {0.5f, 0}, {0.5f, 0}), (float2{0.5f, 0}));
}

TEST(Intersect, LinesAreNearestAtTheCommonPerpendicular) {
  const auto points = line_line({0, 0, 0}, {1, 0, 0}, {0, 1, 1}, {0, 2, 1});

  ASSERT_TRUE(points);
  EXPECT_EQ(points->first, (float3{0, 0, 0}));
  EXPECT_EQ(points->second, (float3{0, 0, 1}));
  EXPECT_FALSE(line_line({0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {5, 1, 0}));
}

TEST(Intersect, TwoPlanesMeetInALine) {
  const auto line = plane_plane({0, 0, 1}, {0, 0, 2}, {1, 0, 0}, {1, 1, 0});

  ASSERT_TRUE(line);
  EXPECT_NEAR(distance(line->first, {0.5f, 0.5f, 1}), 0, 1e-6f);
  EXPECT_NEAR(line->second.x, -0.70710678f, 1e-6f);
  EXPECT_FALSE(plane_plane({0, 0, 0}, {0, 0, 1}, {0, 0, 5}, {0, 0, -3}));
}

TEST(Intersect, ALineEntersAndLeavesASphere) {
  const auto factors = line_sphere({-3, 0, 0}, {3, 0, 0}, {0, 0, 0}, 1.5f);

  ASSERT_TRUE(factors);
  EXPECT_NEAR(factors->first, 0.25, 1e-9);
  EXPECT_NEAR(factors->second, 0.75, 1e-9);
  EXPECT_FALSE(line_sphere({-3, 2, 0}, {3, 2, 0}, {0, 0, 0}, 1.5f));
}

TEST(Intersect, CirclesMeetToTheRightFirst) {
  const auto points = circle_circle({0, 0}, 1, {1, 0}, 1);

  ASSERT_TRUE(points);
  EXPECT_LT(points->first.y, 0.0f);
  EXPECT_NEAR(points->second.y, std::sqrt(0.75f), 1e-6f);
  EXPECT_FALSE(circle_circle({0, 0}, 1, {5, 0}, 1));
  EXPECT_FALSE(circle_circle({0, 0}, 5, {1, 0}, 1));
}

TEST(Intersect, TrianglesInSpaceIntersectOrNot) {
  const std::array<float3, 3> flat = {float3{0, 0, 0}, float3{4, 0, 0}, float3{0, 4, 0}};

  EXPECT_TRUE(triangles_intersect(flat, {float3{1, 1, -1}, float3{1, 1, 1}, float3{2, 1, 1}}));
  EXPECT_FALSE(triangles_intersect(flat, {float3{1, 1, 0.1f}, float3{1, 1, 1}, float3{2, 1, 1}}));
  EXPECT_FALSE(triangles_intersect(flat, {float3{9, 9, -1}, float3{9, 9, 1}, float3{10, 9, 1}}));
  EXPECT_TRUE(triangles_intersect(flat, {float3{1, 1, 0}, float3{9, 9, 0}, float3{9, 1, 0}}));
  EXPECT_FALSE(triangles_intersect(flat, {float3{5, 5, 0}, float3{9, 9, 0}, float3{9, 5, 0}}));
}

TEST(Intersect, TheDistanceOfTrianglesIsThatOfTheirNearestPoints) {
  const std::array<float3, 3> flat = {float3{0, 0, 0}, float3{4, 0, 0}, float3{0, 4, 0}};

  EXPECT_NEAR(distance_between_triangles(flat, {float3{1, 1, 2}, float3{2, 1, 3}, float3{1, 2, 3}}),
              2, 1e-6);
  EXPECT_NEAR(
      distance_between_triangles(flat, {float3{7, 0, 0}, float3{9, 1, 0}, float3{9, -1, 0}}), 3,
      1e-6);
}

TEST(Intersect, ATransformedTriangleTakesItsPointsAlong) {
  const std::array<float3, 3> from = {float3{0, 0, 0}, float3{1, 0, 0}, float3{0, 1, 0}};
  const std::array<float3, 3> to = {float3{5, 0, 0}, float3{7, 0, 0}, float3{5, 2, 0}};

  EXPECT_NEAR(distance(barycentric_transform({0.5f, 0.25f, 0.5f}, from, to), {6, 0.5f, 1.0f}), 0,
              1e-5f);
}

}  // namespace
}  // namespace kiln
