#include "core/triangle_tree.h"

#include <limits>

#include <gtest/gtest.h>

namespace kiln {
namespace {

/// A pyramid over the square of side 2: base 0, sides 1 to 4.
TriangleTree pyramid(float3 offset = {}, float epsilon = 0.0f) {
  std::vector<float3> positions = {{-1, -1, 0}, {1, -1, 0}, {1, 1, 0}, {-1, 1, 0}, {0, 0, 2}};
  for (float3& p : positions) {
    p += offset;
  }
  return TriangleTree(positions, {{0, 1, 2}, {0, 2, 3}, {0, 1, 4}, {1, 2, 4}, {2, 3, 4}, {3, 0, 4}},
                      {0, 0, 1, 2, 3, 4}, epsilon);
}

/// A bumpy surface of many triangles.
TriangleTree terrain(int size) {
  std::vector<float3> positions;
  std::vector<std::array<int, 3>> triangles;
  std::vector<int> polygons;
  for (int y = 0; y <= size; ++y) {
    for (int x = 0; x <= size; ++x) {
      positions.push_back({float(x), float(y), std::sin(float(x) * 0.7f) * std::cos(float(y))});
    }
  }
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size; ++x) {
      const int a = y * (size + 1) + x, b = a + 1, c = a + size + 1, d = c + 1;
      triangles.push_back({a, b, d});
      triangles.push_back({a, d, c});
      polygons.insert(polygons.end(), 2, y * size + x);
    }
  }
  return TriangleTree(positions, triangles, polygons);
}

TEST(TriangleTree, ARayHitsTheFirstFace) {
  const auto hit = pyramid().ray_cast({0.2f, 0.1f, 5}, {0, 0, -3}, 100.0f);

  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->polygon, 2);
  EXPECT_NEAR(hit->distance, 3.4f, 1e-5f);
  EXPECT_NEAR(hit->normal.x, 0.894427f, 1e-5f);
}

TEST(TriangleTree, ARayEndsAtItsLength) {
  EXPECT_FALSE(pyramid().ray_cast({0.2f, 0.1f, 5}, {0, 0, -1}, 3.3f));
}

TEST(TriangleTree, ARayAlongAnAxisThroughAManyTimesSplitTreeHitsEveryCell) {
  const TriangleTree tree = terrain(20);

  for (int y = 0; y < 20; ++y) {
    for (int x = 0; x < 20; ++x) {
      const auto hit = tree.ray_cast({x + 0.7f, y + 0.4f, 9}, {0, 0, -1}, 100.0f);
      ASSERT_TRUE(hit);
      EXPECT_EQ(hit->polygon, y * 20 + x);
    }
  }
}

TEST(TriangleTree, OfFacesEquallyNearTheOneThatFacesThePointIsFound) {
  // The nearest point lies on the edge between the base and side 2.
  const auto hit = pyramid().find_nearest({3, 0.1f, 0.2f}, 100.0f);

  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->polygon, 2);
  EXPECT_NEAR(hit->distance, 2.0099752f, 1e-5f);
}

TEST(TriangleTree, FindsTheNearestPointOfManyTriangles) {
  const TriangleTree tree = terrain(20);

  for (int i = 0; i < 50; ++i) {
    const float3 point{0.4f * float(i), 19.0f - 0.3f * float(i), 0.1f * float(i) - 2.0f};
    const auto nearest = tree.find_nearest(point, 100.0f);
    float least = std::numeric_limits<float>::infinity();
    for (const TriangleTree::Hit& hit : tree.find_nearest_in_range(point, 100.0f)) {
      least = std::min(least, hit.distance);
    }
    ASSERT_TRUE(nearest);
    EXPECT_NEAR(nearest->distance, least, 1e-5f);
  }
}

TEST(TriangleTree, NothingIsNearerThanTheGivenDistance) {
  EXPECT_FALSE(pyramid().find_nearest({3, 0, 0}, 0.5f));
  EXPECT_FALSE(pyramid().find_nearest({3, 0, 0}, -1.0f));
}

TEST(TriangleTree, OverlapsAreTheFacesThatIntersect) {
  const auto pairs = pyramid().overlap(pyramid({0.3f, 0.2f, 0.5f}));

  const std::vector<std::pair<int, int>> expected = {{1, 0}, {1, 4}, {2, 0},
                                                     {2, 4}, {3, 0}, {3, 4}};
  EXPECT_EQ(pairs, expected);
}

TEST(TriangleTree, NeighboursInOneMeshDoNotOverlap) {
  const TriangleTree tree = pyramid();

  EXPECT_TRUE(tree.overlap(tree).empty());
}

TEST(TriangleTree, WithEpsilonNearFacesOverlap) {
  EXPECT_TRUE(pyramid().overlap(pyramid({0, 0, 2.05f})).empty());
  EXPECT_FALSE(pyramid({}, 0.05f).overlap(pyramid({0, 0, 2.05f}, 0.05f)).empty());
}

TEST(TriangleTree, UnrealCoordinatesDoNoHarm) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinity = std::numeric_limits<float>::infinity();
  const TriangleTree tree({{nan, 0, 0}, {1, infinity, 0}, {0, 1, -infinity}, {0, 0, 0}},
                          {{0, 1, 2}, {1, 2, 3}, {0, 2, 3}, {3, 3, 3}, {0, 0, 0}}, {0, 1, 2, 3, 4});

  tree.ray_cast({nan, 0, 0}, {1, 0, 0}, 1.0f);
  tree.ray_cast({0, 0, 0}, {infinity, 0, 0}, infinity);
  tree.find_nearest({0, 0, nan}, infinity);
  tree.overlap(tree);
  EXPECT_EQ(tree.triangle_count(), 5);
}

}  // namespace
}  // namespace kiln
