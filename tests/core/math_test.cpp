#include "core/math.h"

#include <gtest/gtest.h>

namespace kiln {
namespace {

constexpr EulerOrder all_orders[] = {EulerOrder::XYZ, EulerOrder::XZY, EulerOrder::YXZ,
                                     EulerOrder::YZX, EulerOrder::ZXY, EulerOrder::ZYX};

void expect_near(const float3x3& a, const float3x3& b) {
  for (int r = 0; r < 3; ++r) {
    for (int c = 0; c < 3; ++c) {
      EXPECT_NEAR(a[r][c], b[r][c], 2e-6f);
    }
  }
}

float3x3 about(int axis, float angle) {
  float3 direction;
  direction[axis] = 1.0f;
  return quaternion_to_matrix(axis_angle_to_quaternion(direction, angle));
}

TEST(Euler, EveryOrderAppliesItsFirstAxisFirst) {
  const float3 angles{0.3f, -0.8f, 1.9f};
  const int axes[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
  for (int o = 0; o < 6; ++o) {
    const auto [i, j, k] = std::array{axes[o][0], axes[o][1], axes[o][2]};
    const float3x3 expected = about(k, angles[k]) * about(j, angles[j]) * about(i, angles[i]);
    expect_near(euler_to_matrix(angles, all_orders[o]), expected);
    expect_near(quaternion_to_matrix(euler_to_quaternion(angles, all_orders[o])), expected);
  }
}

TEST(Euler, AnglesSurviveTheMatrix) {
  const float3 angles{0.3f, -0.8f, 1.2f};
  for (const EulerOrder order : all_orders) {
    const float3 back = matrix_to_euler(euler_to_matrix(angles, order), order);
    EXPECT_NEAR(length(back - angles), 0.0f, 1e-6f);
  }
}

TEST(Matrix, InverseTimesMatrixIsIdentity) {
  const float4x4 m = compose({1, 2, 3}, euler_to_matrix({0.1f, 0.2f, 0.3f}), {2, -3, 0.5f});
  bool is_invertible = false;
  const float4x4 product = m * inverse(m, &is_invertible);
  EXPECT_TRUE(is_invertible);
  for (int r = 0; r < 4; ++r) {
    for (int c = 0; c < 4; ++c) {
      EXPECT_NEAR(product[r][c], r == c ? 1.0f : 0.0f, 1e-6f);
    }
  }
}

TEST(Matrix, ASingularMatrixSaysSo) {
  bool is_invertible = true;
  static_cast<void>(inverse(scale_matrix({1, 0, 1}), &is_invertible));
  EXPECT_FALSE(is_invertible);
}

TEST(Matrix, DecomposeAndComposeAreInverse) {
  const float4x4 m = compose({1, 2, 3}, euler_to_matrix({0.4f, -0.2f, 2.3f}), {2, 3, 0.5f});
  const Transform t = decompose(m);
  const float4x4 back = compose(t.location, quaternion_to_matrix(t.rotation), t.scale);
  for (int r = 0; r < 4; ++r) {
    for (int c = 0; c < 4; ++c) {
      EXPECT_NEAR(back[r][c], m[r][c], 2e-6f);
    }
  }
}

}  // namespace
}  // namespace kiln
