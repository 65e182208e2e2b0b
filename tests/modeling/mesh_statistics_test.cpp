#include "modeling/mesh_statistics.h"

#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include <gtest/gtest.h>

#include "modeling/join.h"
#include "modeling/primitives.h"

namespace kiln::modeling {
namespace {

constexpr float pi = std::numbers::pi_v<float>;

// The face of a cube that looks along a direction.
std::size_t face_towards(const Mesh& mesh, float3 direction) {
  std::size_t best = 0;
  for (std::size_t f = 1; f < mesh.face_count(); ++f) {
    if (dot(mesh.face_normal(f), direction) > dot(mesh.face_normal(best), direction)) {
      best = f;
    }
  }
  return best;
}

// A square whose last corner is lifted, so that it is folded along its diagonal.
Mesh folded_square(float height) {
  Mesh mesh = plane(2);
  mesh.edit_positions()[3].z = height;
  return mesh;
}

TEST(MeshStatistics, OnlyTheBottomOfACubeOverhangs) {
  const Mesh mesh = cube(2);

  const MeshMeasure measure = measure_mesh(mesh, {}, {});

  ASSERT_EQ(measure.domain, Domain::Face);
  ASSERT_EQ(measure.values.size(), 6u);
  const std::size_t bottom = face_towards(mesh, {0, 0, -1});
  for (std::size_t f = 0; f < 6; ++f) {
    EXPECT_FLOAT_EQ(measure.values[f], f == bottom ? 1.0f : -1.0f);
  }
}

TEST(MeshStatistics, OverhangsAreMeasuredInTheWorld) {
  const Mesh mesh = cube(2);
  const float4x4 tilted = to_float4x4(euler_to_matrix({pi / 8.0f, 0, 0}));

  const MeshMeasure measure = measure_mesh(mesh, tilted, {});

  // Half of the range of 45 degrees.
  EXPECT_NEAR(measure.values[face_towards(mesh, {0, 0, -1})], 0.5f, 1e-5f);
}

TEST(MeshStatistics, MirroredObjectsStillLookOutwards) {
  const Mesh mesh = cube(2);
  const MeshStatVis sharp{.type = StatVisType::Sharp, .sharp_min = 0.0f, .sharp_max = pi};

  const MeshMeasure overhang = measure_mesh(mesh, scale_matrix({1, 1, -1}), {});
  const MeshMeasure edges = measure_mesh(mesh, scale_matrix({-1, 1, 1}), sharp);

  // What was above is below now.
  EXPECT_FLOAT_EQ(overhang.values[face_towards(mesh, {0, 0, 1})], 1.0f);
  EXPECT_NEAR(edges.values[0], 0.5f, 1e-6f);
}

TEST(MeshStatistics, ThicknessIsTheWayToTheOtherSide) {
  const Mesh mesh = cube(2);
  const float4x4 flat = scale_matrix({1, 1, 0.02f});  // 4 cm thick

  for (const int samples : {1, 5, 32}) {
    const MeshMeasure measure =
        measure_mesh(mesh, flat, {.type = StatVisType::Thickness, .thickness_samples = samples});

    EXPECT_NEAR(measure.values[face_towards(mesh, {0, 0, 1})], 0.6f, 1e-4f);
    EXPECT_NEAR(measure.values[face_towards(mesh, {0, 0, -1})], 0.6f, 1e-4f);
    EXPECT_FLOAT_EQ(measure.values[face_towards(mesh, {1, 0, 0})], -1.0f);
  }
}

TEST(MeshStatistics, FacesThatCrossAreFound) {
  const Mesh pair = cube(2);
  Mesh other = cube(2);
  other.transform(translation_matrix({1.5f, 0.3f, 0.2f}));
  const Mesh far_away = [] {
    Mesh mesh = cube(2);
    mesh.transform(translation_matrix({10, 0, 0}));
    return mesh;
  }();
  const std::size_t left = face_towards(pair, {-1, 0, 0}), right = face_towards(pair, {1, 0, 0});
  const Mesh all = join(std::array<const Mesh*, 3>{&pair, &other, &far_away});

  const MeshMeasure measure = measure_mesh(all, {}, {.type = StatVisType::Intersect});

  ASSERT_EQ(measure.values.size(), 18u);
  EXPECT_FLOAT_EQ(measure.values[right], 1.0f);
  EXPECT_FLOAT_EQ(measure.values[left], -1.0f);
  for (std::size_t f = 12; f < 18; ++f) {
    EXPECT_FLOAT_EQ(measure.values[f], -1.0f);
  }
}

TEST(MeshStatistics, FlatFacesAreNotDistortedAndFoldedOnesAre) {
  const MeshStatVis settings{.type = StatVisType::Distort, .distort_min = 0.05f, .distort_max = pi};

  const float flat = measure_mesh(plane(2), {}, settings).values[0],
              folded = measure_mesh(folded_square(0.5f), {}, settings).values[0],
              more = measure_mesh(folded_square(1.5f), {}, settings).values[0],
              triangles = measure_mesh(ico_sphere(1, 1), {}, settings).values[0];

  EXPECT_FLOAT_EQ(flat, -1.0f);
  EXPECT_GT(folded, 0.0f);
  EXPECT_GT(more, folded);
  EXPECT_FLOAT_EQ(triangles, -1.0f);
}

TEST(MeshStatistics, DistortionIsAboutTheAngleOfTheFold) {
  // Lifted by h at one corner of a square with sides of 2: its halves meet at the diagonal at
  // an angle of atan(h / sqrt(2)).
  const float height = 0.2f, fold = std::atan(height / std::sqrt(2.0f));

  const float share =
      measure_mesh(folded_square(height), {},
                   {.type = StatVisType::Distort, .distort_min = 0.0f, .distort_max = pi})
          .values[0];

  EXPECT_NEAR(share * pi, fold, 0.05f * fold);
}

TEST(MeshStatistics, FlatFacesWithCornersThatBendInwardsAreFlat) {
  Mesh arrow = plane(2);
  arrow.edit_positions()[3] = {-0.8f, -0.8f, 0.0f};

  const float share =
      measure_mesh(arrow, {}, {.type = StatVisType::Distort, .distort_min = 0.01f}).values[0];

  EXPECT_FLOAT_EQ(share, -1.0f);
}

TEST(MeshStatistics, EdgesThatTurnOutwardsAreSharpAndInwardsNot) {
  const MeshStatVis settings{.type = StatVisType::Sharp, .sharp_min = 0.0f, .sharp_max = pi};
  Mesh inverted = cube(2);
  inverted.flip_faces();

  const MeshMeasure outwards = measure_mesh(cube(2), {}, settings),
                    inwards = measure_mesh(inverted, {}, settings),
                    open = measure_mesh(plane(2), {}, settings);

  ASSERT_EQ(outwards.domain, Domain::Point);
  EXPECT_NEAR(outwards.values[0], 0.5f, 1e-6f);
  EXPECT_FLOAT_EQ(inwards.values[0], -1.0f);
  EXPECT_FLOAT_EQ(open.values[0], -1.0f);
}

TEST(MeshStatistics, WhatIsNoNumberHasNoValue) {
  Mesh mesh = cube(2);
  mesh.edit_positions()[0].x = std::numeric_limits<float>::quiet_NaN();
  const float4x4 flat = scale_matrix({1, 1, 0});

  for (int type = 0; type < 5; ++type) {
    for (const float4x4& world : {float4x4(), flat}) {
      const MeshMeasure measure =
          measure_mesh(mesh, world, {.type = StatVisType(type), .thickness_samples = 3});
      for (const float value : measure.values) {
        EXPECT_TRUE(value == -1.0f || (value >= 0.0f && value <= 1.0f)) << type;
      }
    }
  }
  EXPECT_TRUE(measure_mesh(Mesh(), {}, {}).values.empty());
}

TEST(MeshStatistics, ColorsGoFromBlueOverGreenToRed) {
  const float3 low = measure_color(0), middle = measure_color(0.5f), high = measure_color(1);

  EXPECT_TRUE(low.z > low.x && low.z > low.y);
  EXPECT_TRUE(middle.y > middle.x && middle.y > middle.z);
  EXPECT_TRUE(high.x > high.y && high.x > high.z);
}

}  // namespace
}  // namespace kiln::modeling
