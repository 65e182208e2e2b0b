#include "core/polygon.h"

#include <numeric>

#include <gtest/gtest.h>

namespace kiln {
namespace {

TEST(Polygon, NormalOfAConcavePolygonPointsTheWayItTurns) {
  const std::vector<float3> ring = {{0, 0, 0}, {2, 0, 0}, {2, 2, 0}, {1, 0.5f, 0}, {0, 2, 0}};

  EXPECT_EQ(polygon_normal(ring), (float3{0, 0, 1}));
}

TEST(Polygon, NormalOfAPolygonWithoutAreaIsZero) {
  EXPECT_EQ(polygon_normal(std::vector<float3>{{1, 1, 1}, {2, 2, 2}, {3, 3, 3}}), float3{});
  EXPECT_EQ(polygon_normal({}), float3{});
}

TEST(Polygon, HullStartsAtTheLowestPoint) {
  const std::vector<float2> points = {{0, 0}, {2, 0}, {1, 0.5f}, {2, 2}, {0, 2}, {1, 1}};

  EXPECT_EQ(convex_hull(points), (std::vector<int>{0, 1, 3, 4}));
}

TEST(Polygon, HullOfALineIsItsEnds) {
  EXPECT_EQ(convex_hull(std::vector<float2>{{5, 0}, {0, 0}, {2, 0}, {3, 0}}),
            (std::vector<int>{1, 0}));
}

TEST(Polygon, BestFitOfATurnedRectangleIsItsTurn) {
  const std::vector<float2> points = {{0, 0}, {1, 1}, {2, 2.2f}, {3, 3}};

  EXPECT_NEAR(best_fit_angle(points), 0.7853982f, 1e-6f);
}

TEST(Polygon, MeanValueWeightsReproduceThePoint) {
  const std::vector<float3> ring = {{0, 0, 0}, {2, 0, 0}, {3, 1, 0}, {2, 2, 0}, {0, 2, 0}};
  const float3 point{1.2f, 0.7f, 0};

  const std::vector<float> weights = mean_value_weights(ring, point);

  float3 sum;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    sum += ring[i] * weights[i];
  }
  EXPECT_NEAR(distance(sum, point), 0, 1e-5f);
  EXPECT_NEAR(std::accumulate(weights.begin(), weights.end(), 0.0f), 1.0f, 1e-5f);
}

TEST(Polygon, MeanValueWeightsAtACornerAndOnAnEdge) {
  const std::vector<float3> square = {{0, 0, 0}, {2, 0, 0}, {2, 2, 0}, {0, 2, 0}};

  EXPECT_EQ(mean_value_weights(square, {2, 0, 0}), (std::vector<float>{0, 1, 0, 0}));
  EXPECT_EQ(mean_value_weights(square, {0.5f, 0, 0}), (std::vector<float>{0.75f, 0.25f, 0, 0}));
}

TEST(Polygon, PackedBoxesDoNotOverlap) {
  std::vector<PackedBox> boxes;
  for (int i = 0; i < 40; ++i) {
    boxes.push_back({{}, {1.0f + float(i * 7 % 5), 1.0f + float(i * 3 % 4)}});
  }

  const float2 size = pack_boxes(boxes);

  double area = 0.0;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const PackedBox& a = boxes[i];
    area += a.size.x * a.size.y;
    EXPECT_LE(a.position.x + a.size.x, size.x);
    EXPECT_LE(a.position.y + a.size.y, size.y);
    for (std::size_t j = 0; j < i; ++j) {
      const PackedBox& b = boxes[j];
      const bool is_apart = a.position.x + a.size.x <= b.position.x + 1e-4f ||
                            b.position.x + b.size.x <= a.position.x + 1e-4f ||
                            a.position.y + a.size.y <= b.position.y + 1e-4f ||
                            b.position.y + b.size.y <= a.position.y + 1e-4f;
      EXPECT_TRUE(is_apart);
    }
  }
  EXPECT_LT(size.x * size.y, 1.5 * area);
}

}  // namespace
}  // namespace kiln
