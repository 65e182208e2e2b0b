#include "editor/view3d/transform_tool.h"

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

class TransformToolTest : public SessionTest {
protected:
  TransformTool start(TransformMode mode, float2 mouse = {600, 500}) {
    return TransformTool(*session_, mode, top_view(), 1000, 1000, mouse);
  }
  static void type(TransformTool& tool, const std::string& text) {
    for (const char c : text) {
      const std::string name =
          c >= 'a' && c <= 'z' ? std::string(1, char(c - 'a' + 'A')) : std::string("ONE");
      tool.key({name}, std::string(1, c));
    }
  }
};

TEST_F(TransformToolTest, TheObjectFollowsTheMouse) {
  TransformTool tool = start(TransformMode::Move);

  tool.mouse_moved({700, 450}, false, false);

  EXPECT_NEAR(get("Cube").location.x, 1.0f, 1e-4f);
  EXPECT_NEAR(get("Cube").location.y, 0.5f, 1e-4f);
  EXPECT_EQ(undo_labels().size(), 1u);
}

TEST_F(TransformToolTest, AnAxisKeyKeepsToTheAxisAndControlToWholeSteps) {
  TransformTool tool = start(TransformMode::Move);
  tool.key({"Y"}, "y");

  tool.mouse_moved({700, 370}, true, false);

  EXPECT_NEAR(get("Cube").location.x, 0.0f, 1e-4f);
  EXPECT_NEAR(get("Cube").location.y, 1.0f, 1e-4f);
}

TEST_F(TransformToolTest, TypedNumbersWithUnitsAreExact) {
  TransformTool tool = start(TransformMode::Move);
  tool.key({"Z"}, "z");

  type(tool, "25cm");
  tool.confirm();

  EXPECT_NEAR(get("Cube").location.z, 0.25f, 1e-6f);
  EXPECT_EQ(undo_labels(), (std::vector<std::string>{"Original", "Move"}));
  EXPECT_TRUE(session_->last_operation());
}

TEST_F(TransformToolTest, WhatLandsOnASurfaceTurnsAlongItsNormal) {
  ASSERT_TRUE(session_->run("mesh.primitive_plane_add",
                            {{"size", Value(4.0)},
                             {"location", Value(Value::Numbers{3.0, 0.0, 0.0})},
                             {"rotation", Value(Value::Numbers{0.0, 0.5, 0.0})}}));
  session_->edit("Choose", [&](Document& document) -> Result<void> {
    Scene& scene = document.edit<Scene>(session_->scene()->id, Change::Selection);
    ViewLayer& layer = scene.view_layers.edit(0);
    layer.set_selected(object("Plane"), false);
    layer.set_selected(object("Cube"), true);
    layer.active = {object("Cube")};
    scene.tool_settings.use_snap = true;
    scene.tool_settings.snap_elements = SnapElements::Face;
    scene.tool_settings.snap_target = SnapTarget::Center;
    scene.tool_settings.use_snap_align_rotation = true;
    return {};
  });
  pump();
  TransformTool tool = start(TransformMode::Move);

  tool.mouse_moved({800, 500}, false, false);

  EXPECT_NEAR(get("Cube").location.x, 3.0f, 1e-3f);
  EXPECT_NEAR(get("Cube").rotation_euler.y, 0.5f, 1e-3f);
  // Beside the surface it is as it was.
  tool.mouse_moved({300, 100}, false, false);
  EXPECT_NEAR(get("Cube").rotation_euler.y, 0.0f, 1e-5f);
}

TEST_F(TransformToolTest, NumbersMayBeExpressions) {
  TransformTool tool = start(TransformMode::Move);
  tool.key({"X"}, "x");

  for (const char* typed : {"=", "8", "/", "2", "-", "1"}) {
    tool.key({"ONE"}, typed);
  }

  EXPECT_NEAR(get("Cube").location.x, 3.0f, 1e-5f);
}

TEST_F(TransformToolTest, CancelLeavesNoTrace) {
  TransformTool tool = start(TransformMode::Scale);
  tool.mouse_moved({900, 500}, false, false);
  EXPECT_NEAR(get("Cube").scale.x, 4.0f, 1e-4f);

  tool.cancel();

  EXPECT_EQ(get("Cube").scale, (float3{1, 1, 1}));
  EXPECT_EQ(undo_labels().size(), 1u);
}

TEST_F(TransformToolTest, RotationAboutAnAxisCanBeRepeated) {
  TransformTool tool = start(TransformMode::Rotate);
  tool.key({"Z"}, "z");
  type(tool, "90");
  tool.confirm();
  EXPECT_NEAR(get("Cube").rotation_euler.z, 1.5707964f, 1e-5f);

  ASSERT_TRUE(session_->repeat_last({{"value", Value(0.5)},
                                     {"orient_axis", Value("Z")},
                                     {"constraint_axis", Value(Value::Numbers{0, 0, 1})}}));

  EXPECT_NEAR(get("Cube").rotation_euler.z, 0.5f, 1e-5f);
}

TEST_F(TransformToolTest, NothingSelectedIsNothingToDo) {
  session_->run("object.select_all", {{"action", Value("DESELECT")}});

  EXPECT_FALSE(start(TransformMode::Move).is_active());
}

TEST_F(TransformToolTest, ChildrenOfMovedObjectsAreCarriedOnce) {
  session_->edit("Parent", [&](Document& document) -> Result<void> {
    document.edit<Object>(object("Light")).parent = {object("Cube")};
    return {};
  });
  session_->run("object.select_all", {{"action", Value("SELECT")}});
  const float3 before = get("Light").location;
  TransformTool tool = start(TransformMode::Move);

  tool.mouse_moved({700, 500}, false, false);

  EXPECT_EQ(get("Light").location, before);
  EXPECT_NEAR(get("Cube").location.x, 1.0f, 1e-4f);
}

}  // namespace
}  // namespace kiln::editor
