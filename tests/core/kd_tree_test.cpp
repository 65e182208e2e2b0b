#include "core/kd_tree.h"

#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace kiln {
namespace {

std::vector<KdTree::Point> random_points(int count) {
  std::mt19937 engine(7);
  std::uniform_real_distribution<float> coordinate(-1.0f, 1.0f);
  std::vector<KdTree::Point> points;
  for (int i = 0; i < count; ++i) {
    points.push_back({{coordinate(engine), coordinate(engine), coordinate(engine)}, i});
  }
  return points;
}

TEST(KdTree, FindsTheNearestPointOfAll) {
  const std::vector<KdTree::Point> points = random_points(500);
  const KdTree tree(points);

  for (const KdTree::Point& query : random_points(50)) {
    const float3 position = query.position * 1.3f;
    const auto nearest = std::min_element(
        points.begin(), points.end(), [&](const KdTree::Point& a, const KdTree::Point& b) {
          return distance(a.position, position) < distance(b.position, position);
        });
    EXPECT_EQ(tree.find_nearest(position).index, nearest->index);
  }
}

TEST(KdTree, TheNearestFewAreTheNearestOfTheRange) {
  const KdTree tree(random_points(300));

  const std::vector<KdTree::Found> in_range = tree.find_in_range({0, 0, 0}, 0.8f);
  const std::vector<KdTree::Found> few = tree.find_nearest({0, 0, 0}, 10);

  ASSERT_GT(in_range.size(), 10u);
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_EQ(few[i].index, in_range[i].index);
  }
}

TEST(KdTree, ARangeIncludesItsBorder) {
  const KdTree tree({{{1, 0, 0}, 5}, {{0, 2, 0}, 6}});

  EXPECT_EQ(tree.find_in_range({0, 0, 0}, 1.0f).size(), 1u);
}

TEST(KdTree, AFilterLeavesPointsOut) {
  const KdTree tree(random_points(100));

  const KdTree::Found found = tree.find_nearest({0, 0, 0}, [](int index) { return index >= 90; });

  EXPECT_GE(found.index, 90);
}

TEST(KdTree, WithoutPointsFindsNothing) {
  const KdTree tree;

  EXPECT_EQ(tree.find_nearest({0, 0, 0}).index, -1);
  EXPECT_TRUE(tree.find_nearest({0, 0, 0}, 3).empty());
}

TEST(KdTree, PointsThatAreNoNumbersAreNeverFound) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const KdTree tree({{{nan, 0, 0}, 1}, {{5, 0, 0}, 2}});

  EXPECT_EQ(tree.find_nearest({0, 0, 0}).index, 2);
}

}  // namespace
}  // namespace kiln
