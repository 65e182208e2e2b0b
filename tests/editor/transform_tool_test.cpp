#include "editor/view3d/transform_tool.h"

#include "document/mesh.h"
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

// The same along Y: up on the screen is up in the world.
render::raster::ViewCamera front_view() {
  render::raster::ViewCamera camera = top_view();
  camera.view = float4x4();
  camera.view[1] = {0, 0, 1, 0};
  camera.view[2] = {0, -1, 0, 0};
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

// A square of 4 units at z = 1 around (3, 0), and another at z = -2; the cube is selected.
class SurfaceSnapTest : public TransformToolTest {
protected:
  SurfaceSnapTest() {
    add_plane(1.0);
    add_plane(-2.0);
    choose([](ToolSettings& tools) {
      tools.use_snap = true;
      tools.snap_elements = SnapElements::FaceNearest;
    });
    pump();
  }
  void add_plane(double z) {
    EXPECT_TRUE(
        session_->run("mesh.primitive_plane_add",
                      {{"size", Value(4.0)}, {"location", Value(Value::Numbers{3.0, 0.0, z})}}));
  }
  template <typename Set>
  void choose(Set&& set) {
    session_->edit("Choose", [&](Document& document) -> Result<void> {
      Scene& scene = document.edit<Scene>(session_->scene()->id, Change::Selection);
      ViewLayer& layer = scene.view_layers.edit(0);
      layer.selected = IdSet(std::vector<BlockId>{object("Cube")});
      layer.active = {object("Cube")};
      set(scene.tool_settings);
      return {};
    });
  }
};

TEST_F(SurfaceSnapTest, ThingsGoToTheNearestSurface) {
  TransformTool tool = start(TransformMode::Move);

  tool.mouse_moved({900, 500}, false, false);
  EXPECT_NEAR(length(get("Cube").location - float3{3, 0, 1}), 0.0f, 1e-3f);

  // Beside it to its rim.
  tool.mouse_moved({650, 500}, false, false);
  EXPECT_NEAR(length(get("Cube").location - float3{1, 0, 1}), 0.0f, 1e-3f);
}

TEST_F(SurfaceSnapTest, StepsKeepThingsOnTheSurfaceWhereTheyStarted) {
  session_->edit("Lower", [&](Document& document) -> Result<void> {
    document.edit<Object>(object("Cube"), Change::Transform).location = {3, 0, -1.9f};
    return {};
  });
  const auto far_up = [&](int steps) {
    choose([&](ToolSettings& tools) { tools.snap_face_nearest_steps = steps; });
    TransformTool up(*session_, TransformMode::Move, front_view(), 1000, 1000, {500, 500});
    up.mouse_moved({500, 250}, false, false);
    const float z = get("Cube").location.z;
    up.cancel();
    return z;
  };

  EXPECT_NEAR(far_up(1), 1.0f, 1e-3f);
  EXPECT_NEAR(far_up(10), -2.0f, 1e-3f);
}

TEST_F(SurfaceSnapTest, TheSameTargetIsThatOfTheStart) {
  session_->edit("Lower", [&](Document& document) -> Result<void> {
    document.edit<Object>(object("Cube"), Change::Transform).location = {3, 0, -1.9f};
    return {};
  });
  choose([](ToolSettings& tools) { tools.use_snap_to_same_target = true; });
  TransformTool tool(*session_, TransformMode::Move, front_view(), 1000, 1000, {500, 500});

  tool.mouse_moved({500, 250}, false, false);

  EXPECT_NEAR(get("Cube").location.z, -2.0f, 1e-3f);
}

TEST_F(SurfaceSnapTest, EveryVertexIsProjectedByItself) {
  choose([](ToolSettings& tools) {
    tools.snap_elements = SnapElements::Face;
    tools.use_snap_project = true;
  });
  session_->run("object.mode_set", {{"mode", Value("EDIT")}});
  session_->run("mesh.select_all", {{"action", Value("SELECT")}});
  pump();
  TransformTool tool = start(TransformMode::Move);

  tool.mouse_moved({900, 500}, false, false);

  // Seen from above all of the cube lies on the upper square.
  const auto* mesh = session_->document().find<Mesh>(get("Cube").data.id);
  for (const float3 p : mesh->positions()) {
    EXPECT_NEAR(p.z, 1.0f, 1e-3f);
    EXPECT_NEAR(std::abs(p.x - 3.0f), 1.0f, 1e-3f);
  }
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
