#include "editor/view3d/navigation.h"

#include <gtest/gtest.h>

namespace kiln::editor {
namespace {

TEST(Navigation, AxisViewsLookAlongTheirAxis) {
  Navigation navigation;
  ASSERT_TRUE(navigation.view_axis("TOP"));

  const auto camera = navigation.camera(400, 400, nullptr);

  EXPECT_FALSE(camera.is_perspective);
  const auto center = project(camera, 400, 400, {0, 0, 0}),
             right = project(camera, 400, 400, {1, 0, 0}),
             up = project(camera, 400, 400, {0, 1, 0});
  EXPECT_NEAR(center->x, 200, 1e-3);
  EXPECT_GT(right->x, center->x);
  EXPECT_LT(up->y, center->y);
  EXPECT_FALSE(navigation.view_axis("SIDEWAYS"));
}

TEST(Navigation, TheFrontViewHasXToTheRightAndZUp) {
  Navigation navigation;
  navigation.view_axis("FRONT");
  const auto camera = navigation.camera(400, 400, nullptr);

  EXPECT_GT(project(camera, 400, 400, {1, 0, 0})->x, 200);
  EXPECT_LT(project(camera, 400, 400, {0, 0, 1})->y, 200);
}

TEST(Navigation, OrbitingKeepsThePivotInTheMiddle) {
  Navigation navigation;
  navigation.center_on({3, -2, 1});

  navigation.orbit(123, -45);

  const auto at = project(navigation.camera(640, 480, nullptr), 640, 480, {3, -2, 1});
  EXPECT_NEAR(at->x, 320, 1e-2);
  EXPECT_NEAR(at->y, 240, 1e-2);
}

TEST(Navigation, PanningMovesPointsWithTheMouse) {
  Navigation navigation;
  const float3 point = navigation.pivot();

  navigation.pan(50, 20, 640, 480);

  const auto at = project(navigation.camera(640, 480, nullptr), 640, 480, point);
  EXPECT_NEAR(at->x, 370, 0.1);
  EXPECT_NEAR(at->y, 260, 0.1);
}

TEST(Navigation, FramedBoxesAreInside) {
  Navigation navigation;
  navigation.frame({-5, -5, -5}, {5, 5, 5});
  const auto camera = navigation.camera(800, 600, nullptr);

  for (int i = 0; i < 8; ++i) {
    const auto at = project(camera, 800, 600,
                            {i & 1 ? 5.0f : -5.0f, i & 2 ? 5.0f : -5.0f, i & 4 ? 5.0f : -5.0f});
    ASSERT_TRUE(at);
    EXPECT_TRUE(at->x > 0 && at->x < 800 && at->y > -100 && at->y < 700);
  }
}

TEST(Navigation, RaysGoThroughTheirPixel) {
  Navigation navigation;
  const auto camera = navigation.camera(640, 480, nullptr);

  const Ray ray = ray_at(camera, 640, 480, {100, 300});
  const auto back = project(camera, 640, 480, ray.origin + ray.direction * 7.0f);

  EXPECT_NEAR(back->x, 100, 0.05);
  EXPECT_NEAR(back->y, 300, 0.05);
}

TEST(Navigation, KeysTurnByTheStepThatTheUserHasChosen) {
  Navigation navigation;
  navigation.view_axis("FRONT");
  navigation.style.key_step = 3.14159265f / 2.0f;

  navigation.orbit_step("ORBITRIGHT");

  // A quarter of a turn from the front is the view from a side: Y lies across the picture.
  const auto camera = navigation.camera(400, 400, nullptr);
  EXPECT_GT(std::abs(project(camera, 400, 400, {0, 1, 0})->x - 200), 10.0f);
  EXPECT_NEAR(project(camera, 400, 400, {0, 0, 1})->x, 200, 1e-2);
}

TEST(Navigation, AxisViewsKeepPerspectiveWhereTheUserWantsIt) {
  Navigation navigation;
  navigation.style.has_flat_axis_views = false;

  navigation.view_axis("TOP");

  EXPECT_TRUE(navigation.is_perspective());
}

TEST(Navigation, TurningAboutAnotherPointLeavesItWhereItIs) {
  Navigation navigation;
  const float3 point{2, 1, 0.5f};
  const auto before = project(navigation.camera(640, 480, nullptr), 640, 480, point);

  const float3x3 rotation = navigation.rotation();
  navigation.orbit(80, 30);
  navigation.turned_about(point, rotation);

  const auto after = project(navigation.camera(640, 480, nullptr), 640, 480, point);
  EXPECT_NEAR(after->x, before->x, 0.1);
  EXPECT_NEAR(after->y, before->y, 0.1);
}

TEST(Navigation, ZoomingTowardsAPointLeavesItWhereItIs) {
  Navigation navigation;
  const float3x3 axes = navigation.rotation();
  const float3 point = navigation.pivot() + float3{axes[0][0], axes[1][0], axes[2][0]} * 2.0f;
  const auto before = project(navigation.camera(640, 480, nullptr), 640, 480, point);

  navigation.zoom_towards(point, 0.5f);

  const auto after = project(navigation.camera(640, 480, nullptr), 640, 480, point);
  EXPECT_NEAR(after->x, before->x, 0.1);
  EXPECT_NEAR(after->y, before->y, 0.1);
}

TEST(Navigation, ATrackballTurnsAboutTheViewsOwnAxes) {
  Navigation navigation;
  navigation.style.is_trackball = true;
  navigation.view_axis("RIGHT");
  navigation.orbit_step("ORBITUP");
  const float3x3 before = navigation.rotation();

  navigation.orbit_step("ORBITLEFT");

  // The view's vertical stays, not the world's.
  const float3x3 after = navigation.rotation();
  for (int i = 0; i < 3; ++i) {
    EXPECT_NEAR(after[i][1], before[i][1], 1e-4);
  }
}

}  // namespace
}  // namespace kiln::editor
