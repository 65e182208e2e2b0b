#include <gtest/gtest.h>

#include "editor/view3d/navigation_gizmo.h"
#include "editor/view3d/toolbar.h"
#include "editor/view3d/transform_gizmo.h"
#include "support.h"

namespace kiln::editor {
namespace {

// A view along -Z, 10 units wide on 1000 pixels: a pixel is a hundredth of a unit.
render::raster::ViewCamera top_view() {
  render::raster::ViewCamera camera;
  camera.is_perspective = false;
  camera.projection = render::raster::orthographic(5, 5, -100, 100);
  return camera;
}

QPointF named(const std::vector<std::pair<std::string, QRect>>& places, const std::string& name) {
  for (const auto& [key, rect] : places) {
    if (key == name) {
      return QRectF(rect).center();
    }
  }
  ADD_FAILURE() << "there is no " << name;
  return {};
}

bool has(const std::vector<std::pair<std::string, QRect>>& places, const std::string& name) {
  return std::any_of(places.begin(), places.end(), [&](const auto& p) { return p.first == name; });
}

TEST(NavigationGizmo, BallsAskForTheirView) {
  Navigation navigation;
  const NavigationGizmo gizmo(navigation.camera(800, 600, nullptr).view, 800, 600);

  const auto hit = gizmo.hit(named(gizmo.named_places(), "gizmo:Z"));

  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->part, NavigationGizmo::Part::Axis);
  EXPECT_STREQ(NavigationGizmo::view_name(hit->axis), "TOP");
}

TEST(NavigationGizmo, TheDiskTurnsAndItsButtonsAreFound) {
  Navigation navigation;
  const NavigationGizmo gizmo(navigation.camera(800, 600, nullptr).view, 800, 600);
  const auto places = gizmo.named_places();

  EXPECT_EQ(gizmo.hit(named(places, "gizmo:turn"))->part, NavigationGizmo::Part::Turn);
  EXPECT_EQ(gizmo.hit(named(places, "gizmo:camera"))->part, NavigationGizmo::Part::Camera);
  EXPECT_FALSE(gizmo.hit({100, 300}));
}

TEST(NavigationGizmo, SmallViewsHaveNone) {
  Navigation navigation;
  const NavigationGizmo gizmo(navigation.camera(150, 100, nullptr).view, 150, 100);

  EXPECT_TRUE(gizmo.named_places().empty());
  EXPECT_FALSE(gizmo.hit({96, 54}));
}

TEST(TransformGizmo, AxesAndPlanesAreHandlesAndTheLineOfSightIsNone) {
  const TransformGizmo gizmo({}, {.moves = true}, top_view(), 1000, 1000);
  const auto places = gizmo.named_places();

  EXPECT_EQ(gizmo.hit(named(places, "handle:move X")),
            (TransformGizmo::Handle{TransformMode::Move, 1}));
  EXPECT_EQ(gizmo.hit(named(places, "handle:move XY")),
            (TransformGizmo::Handle{TransformMode::Move, 3}));
  EXPECT_EQ(gizmo.hit({500, 500}), (TransformGizmo::Handle{TransformMode::Move, 0}));
  EXPECT_FALSE(has(places, "handle:move Z"));
  EXPECT_FALSE(gizmo.hit({800, 800}));
}

TEST(TransformGizmo, RingsTurnAboutTheirAxis) {
  const TransformGizmo gizmo({}, {.rotates = true}, top_view(), 1000, 1000);

  // The ring about Z is a circle of 88 pixels.
  const auto hit = gizmo.hit({500 + 88 * 0.7071, 500 - 88 * 0.7071});

  ASSERT_TRUE(hit);
  EXPECT_EQ(*hit, (TransformGizmo::Handle{TransformMode::Rotate, 4}));
}

TEST(Toolbar, ToolsHaveTheNamesOfTheReference) {
  const Toolbar toolbar;

  EXPECT_EQ(Toolbar::named("builtin.scale"), ViewTool::Scale);
  EXPECT_EQ(toolbar.hit(named(toolbar.named_places(), "tool:Rotate")), ViewTool::Rotate);
  EXPECT_FALSE(Toolbar::named("builtin.nothing"));
}

}  // namespace
}  // namespace kiln::editor
