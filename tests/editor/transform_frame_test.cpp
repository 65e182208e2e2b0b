#include "editor/view3d/transform_frame.h"

#include "editor/view3d/snap_commands.h"
#include "editor/view3d/transform_tool.h"
#include "support.h"

namespace kiln::editor {
namespace {

render::raster::ViewCamera top_view() {
  render::raster::ViewCamera camera;
  camera.is_perspective = false;
  camera.projection = render::raster::orthographic(5, 5, -100, 100);
  return camera;
}

class TransformFrameTest : public SessionTest {
protected:
  // Two cubes, at the origin and at (4, 0, 0), both selected, the second one active.
  void SetUp() override {
    session_->run("object.select_all", {{"action", Value("DESELECT")}});
    session_->run("mesh.primitive_cube_add", {{"location", Value(Value::Numbers{4, 0, 0})}});
    other_ = session_->active_object()->id;
    session_->edit("Select", [&](Document& document) -> Result<void> {
      ViewLayer& layer =
          document.edit<Scene>(session_->scene()->id, Change::Selection).view_layers.edit(0);
      layer.set_selected(object("Cube"), true);
      return {};
    });
  }
  void set_tools(const std::function<void(Scene&)>& change) {
    session_->edit("Tools", [&](Document& document) -> Result<void> {
      change(document.edit<Scene>(session_->scene()->id, Change::Selection));
      return {};
    });
  }
  TransformFrame frame() {
    return transform_frame(*session_, *make_transform_target(*session_), {});
  }
  const Object& other() const { return *session_->document().find<Object>(other_); }
  BlockId other_;
};

TEST_F(TransformFrameTest, PivotsAreWhereTheToolSettingsSay) {
  EXPECT_EQ(frame().center.pivot, (float3{2, 0, 0}));

  set_tools([](Scene& s) {
    s.tool_settings.transform_pivot_point = TransformPivot::ActiveElement;
    s.cursor.location = {0, 7, 0};
  });
  EXPECT_EQ(frame().center.pivot, (float3{4, 0, 0}));

  set_tools([](Scene& s) { s.tool_settings.transform_pivot_point = TransformPivot::Cursor; });
  EXPECT_EQ(frame().center.pivot, (float3{0, 7, 0}));
}

TEST_F(TransformFrameTest, IndividualOriginsTurnEveryObjectWhereItIs) {
  set_tools(
      [](Scene& s) { s.tool_settings.transform_pivot_point = TransformPivot::IndividualOrigins; });
  TransformTool tool(*session_, TransformMode::Rotate, top_view(), 1000, 1000, {600, 500});
  tool.key({"Z"}, "z");
  tool.key({"NINE"}, "9");
  tool.key({"ZERO"}, "0");
  tool.confirm();

  EXPECT_EQ(other().location, (float3{4, 0, 0}));
  EXPECT_NEAR(other().rotation_euler.z, 1.5707964f, 1e-5f);
}

TEST_F(TransformFrameTest, OnlyLocationsLeavesTheObjectsAsTheyAre) {
  set_tools([](Scene& s) { s.tool_settings.use_transform_pivot_point_align = true; });
  TransformTool tool(*session_, TransformMode::Scale, top_view(), 1000, 1000, {600, 500});
  tool.key({"TWO"}, "2");
  tool.confirm();

  EXPECT_EQ(other().scale, (float3{1, 1, 1}));
  EXPECT_NEAR(other().location.x, 6.0f, 1e-5f);
}

TEST_F(TransformFrameTest, AxesFollowTheOrientation) {
  session_->edit("Turn", [&](Document& document) -> Result<void> {
    document.edit<Object>(other_, Change::Transform).rotation_euler = {0, 0, 1.5707964f};
    return {};
  });
  set_tools([](Scene& s) { s.orientation_slots[0].type = TransformOrientation::Local; });
  TransformTool tool(*session_, TransformMode::Move, top_view(), 1000, 1000, {600, 500});
  tool.key({"X"}, "x");
  tool.key({"THREE"}, "3");
  tool.confirm();

  // Its X points along the world's Y.
  EXPECT_NEAR(other().location.y, 3.0f, 1e-5f);
  EXPECT_NEAR(get("Cube").location.y, 3.0f, 1e-5f);
}

TEST_F(TransformFrameTest, MovingMayHaveAnOrientationOfItsOwn) {
  set_tools([](Scene& s) {
    float3x3 turned;
    turned[0] = {0, -1, 0};
    turned[1] = {1, 0, 0};
    s.custom_orientations.add(CustomOrientation{"Mine", turned});
    s.orientation_slots[1] = {TransformOrientation::Custom, true, 0};
  });
  TransformTool tool(*session_, TransformMode::Move, top_view(), 1000, 1000, {600, 500});
  tool.key({"X"}, "x");
  tool.key({"THREE"}, "3");

  EXPECT_NEAR(get("Cube").location.y, 3.0f, 1e-5f);
  EXPECT_NE(tool.status().find("along Mine X"), std::string::npos) << tool.status();
  // Scaling has that of all.
  tool.key({"S"}, "s");
  EXPECT_NEAR(tool.axes()[0][0], 1.0f, 1e-6f);
}

TEST_F(TransformFrameTest, GimbalAxesAreThoseTheAnglesTurnAbout) {
  session_->edit("Turn", [&](Document& document) -> Result<void> {
    document.edit<Object>(other_, Change::Transform).rotation_euler = {0.7f, 0, 1.5707964f};
    return {};
  });

  const float3x3 axes = orientation_axes(*session_, TransformOrientation::Gimbal, {});

  // Z is turned by nothing, X by the turn about Z.
  EXPECT_NEAR(axes[2][2], 1.0f, 1e-5f);
  EXPECT_NEAR(axes[1][0], 1.0f, 1e-5f);
}

TEST_F(TransformFrameTest, MovedThingsSnapToVertices) {
  pump();
  session_->run("object.select_all", {{"action", Value("DESELECT")}});
  session_->edit("Select", [&](Document& document) -> Result<void> {
    ViewLayer& layer =
        document.edit<Scene>(session_->scene()->id, Change::Selection).view_layers.edit(0);
    layer.set_selected(object("Cube"), true);
    layer.active = {object("Cube")};
    return {};
  });
  set_tools([](Scene& s) {
    s.tool_settings.use_snap = true;
    s.tool_settings.snap_elements = SnapElements::Vertex;
  });
  TransformTool tool(*session_, TransformMode::Move, top_view(), 1000, 1000, {500, 500});

  // The other cube's upper left corner is at (3, 1): pixel (800, 400).
  tool.mouse_moved({804, 397}, false, false);

  EXPECT_NEAR(get("Cube").location.x, 3.0f, 1e-4f);
  EXPECT_NEAR(get("Cube").location.y, 1.0f, 1e-4f);
  ASSERT_TRUE(tool.snapped_to());
  EXPECT_EQ(tool.snapped_to()->element, SnapElements::Vertex);

  // The control key turns it off.
  tool.mouse_moved({804, 397}, true, false);
  EXPECT_NEAR(get("Cube").location.x, 3.04f, 1e-3f);
}

TEST_F(TransformFrameTest, TheSnapMenuMovesTheCursorAndTheSelection) {
  ASSERT_TRUE(run_snap_command(*session_, "view3d.snap_cursor_to_selected", false));
  EXPECT_EQ(session_->scene()->cursor.location, (float3{2, 0, 0}));

  ASSERT_TRUE(run_snap_command(*session_, "view3d.snap_cursor_to_active", false));
  ASSERT_TRUE(run_snap_command(*session_, "view3d.snap_selected_to_cursor", false));
  EXPECT_EQ(get("Cube").location, (float3{4, 0, 0}));

  ASSERT_TRUE(run_snap_command(*session_, "view3d.snap_cursor_to_center", false));
  ASSERT_TRUE(run_snap_command(*session_, "view3d.snap_selected_to_cursor", true));
  EXPECT_EQ(get("Cube").location, (float3{0, 0, 0}));
  EXPECT_FALSE(run_snap_command(*session_, "view3d.snap_everything", false));
}

}  // namespace
}  // namespace kiln::editor
