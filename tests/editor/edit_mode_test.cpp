#include "editor/view3d/edit_overlay.h"
#include "editor/view3d/edit_selection.h"
#include "editor/view3d/mesh_analysis.h"
#include "editor/view3d/transform_tool.h"
#include "modeling/edit_sessions.h"
#include "support.h"

namespace kiln::editor {
namespace {

// From above, 10 units wide on 1000 pixels: the cube covers (400, 400) to (600, 600).
render::raster::ViewCamera top_view() {
  render::raster::ViewCamera camera;
  camera.is_perspective = false;
  camera.projection = render::raster::orthographic(5, 5, -100, 100);
  return camera;
}

class EditModeTest : public SessionTest {
protected:
  EditModeTest() { services_.set<modeling::EditSessions>(&sessions_); }
  void SetUp() override {
    ASSERT_TRUE(session_->run("object.mode_set", {{"mode", Value("EDIT")}}));
    ASSERT_TRUE(session_->run("mesh.select_all", {{"action", Value("DESELECT")}}));
  }
  const Mesh& mesh() const { return *edited_mesh(*session_).mesh; }
  EditPicker picker() const {
    return EditPicker(edited_mesh(*session_), top_view(), 1000, 1000, {});
  }
  int selected(Domain domain) const {
    const auto* values = selection_of(mesh(), domain);
    return values ? int(std::count(values->begin(), values->end(), 1)) : 0;
  }
  modeling::EditSessions sessions_;
};

TEST_F(EditModeTest, ClicksFindVerticesEdgesAndFacesByTheSelectMode) {
  const auto vertex = picker().nearest({404, 397}, {true, false, false});
  const auto edge = picker().nearest({500, 404}, {false, true, false});
  const auto face = picker().nearest({480, 520}, {false, false, true});

  ASSERT_TRUE(vertex && edge && face);
  EXPECT_EQ(vertex->domain, Domain::Point);
  const float3 at = mesh().positions()[vertex->index];
  EXPECT_EQ((float2{at.x, at.y}), (float2{-1, 1}));
  EXPECT_EQ(edge->domain, Domain::Edge);
  EXPECT_EQ(face->domain, Domain::Face);
  EXPECT_NEAR(mesh().face_normals()[face->index].z, 1.0f, 1e-5f);
  EXPECT_FALSE(picker().nearest({100, 100}, {true, true, true}));
}

TEST_F(EditModeTest, VerticesSelectWhatTheySurround) {
  // All that lies to the right: four vertices, their edges and one face.
  select_elements(*session_, Domain::Point,
                  picker().inside(Domain::Point, [](float2 p) { return p.x > 500; }),
                  SelectMode::Set, "Box Select");

  EXPECT_EQ(selected(Domain::Point), 4);
  EXPECT_EQ(selected(Domain::Edge), 4);
  EXPECT_EQ(selected(Domain::Face), 1);
  EXPECT_EQ(undo_labels().back(), "Box Select");
}

TEST_F(EditModeTest, FacesAreColoredByWhatIsMeasured) {
  MeshAnalysis analysis;
  View3DOverlay overlay;
  render::raster::DrawList off, on, hidden, outside;

  analysis.add_fills(*session_, overlay, off);
  overlay.show_statvis = true;
  analysis.add_fills(*session_, overlay, on);
  overlay.show_overlays = false;
  analysis.add_fills(*session_, overlay, hidden);
  ASSERT_TRUE(session_->run("object.mode_set", {{"mode", Value("OBJECT")}}));
  overlay.show_overlays = true;
  analysis.add_fills(*session_, overlay, outside);

  // The two triangles of the bottom, in red.
  EXPECT_TRUE(off.fills.empty() && hidden.fills.empty() && outside.fills.empty());
  ASSERT_EQ(on.fills.size(), 2u);
  EXPECT_FLOAT_EQ(on.fills[0].corners[0].z, -1.0f);
  EXPECT_GT(on.fills[0].corner_colors[0].x, 0.8f);
  EXPECT_LT(on.fills[0].corner_colors[0].z, 0.2f);
}

TEST_F(EditModeTest, ColorsFollowTheShapeThePlaceAndTheSettings) {
  MeshAnalysis analysis;
  View3DOverlay overlay;
  overlay.show_statvis = true;
  const auto lowest = [&] {
    render::raster::DrawList list;
    analysis.add_fills(*session_, overlay, list);
    return list.fills.empty() ? 100.0f : list.fills[0].corners[0].z;
  };
  const Handle statvis{session_->scene()->id,
                       {PathStep{Scene::schema().property("tool_settings")},
                        PathStep{ToolSettings::schema().property("statvis")}}};
  EXPECT_FLOAT_EQ(lowest(), -1.0f);

  ASSERT_TRUE(
      session_->set(statvis, *MeshStatVis::schema().property("overhang_axis"), Value("POS_Z")));
  EXPECT_FLOAT_EQ(lowest(), 1.0f);
  ASSERT_TRUE(session_->set({edited_mesh(*session_).object->id, {}},
                            *Object::schema().property("rotation_euler"),
                            Value(Value::Numbers{3.1415927, 0, 0})));
  EXPECT_NEAR(lowest(), 1.0f, 1e-5f);
  ASSERT_TRUE(session_->edit("Lift", [&](Document& document) -> Result<void> {
    for (float3& p : document.edit<Mesh>(mesh().id, Change::Geometry).edit_positions()) {
      p.z -= 1.0f;
    }
    return {};
  }));
  EXPECT_NEAR(lowest(), 2.0f, 1e-5f);
}

TEST_F(EditModeTest, WhatIsHiddenIsNotSelected) {
  // A surface at the height of the cube's top hides all below.
  const EditPicker seen(edited_mesh(*session_), top_view(), 1000, 1000,
                        [](float2) { return 0.5f - 1.0f / 200.0f; });

  EXPECT_EQ(seen.inside(Domain::Point, [](float2) { return true; }).size(), 4u);
}

TEST_F(EditModeTest, SelectedVerticesAreMovedAsOneStep) {
  select_elements(*session_, Domain::Point,
                  picker().inside(Domain::Point, [](float2 p) { return p.x > 500; }),
                  SelectMode::Set, "Box Select");
  const Array<float3> before = mesh().positions();
  TransformTool tool(*session_, TransformMode::Move, top_view(), 1000, 1000, {600, 500});

  tool.mouse_moved({700, 500}, false, false);
  tool.confirm();

  for (std::size_t v = 0; v < before.size(); ++v) {
    EXPECT_NEAR(mesh().positions()[v].x, before[v].x > 0 ? 2.0f : -1.0f, 1e-5f);
  }
  EXPECT_EQ(undo_labels().back(), "Move");
  session_->undo();
  EXPECT_EQ(mesh().positions()[4], before[4]);
}

TEST_F(EditModeTest, ModesChangeWhatIsSelected) {
  select_elements(*session_, Domain::Point, {0, 1}, SelectMode::Set, "Select");

  ASSERT_TRUE(session_->run("mesh.select_mode", {{"type", Value("FACE")}}));

  EXPECT_EQ(selected(Domain::Point), 0);
  EXPECT_TRUE(session_->scene()->tool_settings.mesh_select_mode[2]);
}

TEST_F(EditModeTest, FacesAreExtrudedAndDeleted) {
  ASSERT_TRUE(session_->run("mesh.select_mode", {{"type", Value("FACE")}}));
  const auto top = picker().nearest({500, 500}, {false, false, true});
  select_elements(*session_, Domain::Face, {top->index}, SelectMode::Set, "Select");

  ASSERT_TRUE(session_->run("mesh.extrude_region"));

  EXPECT_EQ(mesh().vertex_count(), 12u);
  EXPECT_EQ(mesh().face_count(), 10u);
  EXPECT_EQ(selected(Domain::Face), 1);
  TransformTool tool(*session_, TransformMode::Move, top_view(), 1000, 1000, {500, 500});
  tool.keep_to_normal();
  tool.key({"TWO"}, "2");
  tool.confirm();
  float3 low, high;
  ASSERT_TRUE(mesh().bounds(&low, &high));
  EXPECT_NEAR(high.z, 3.0f, 1e-5f);

  ASSERT_TRUE(session_->run("mesh.delete", {{"type", Value("FACE")}}));
  EXPECT_EQ(mesh().face_count(), 9u);
}

TEST_F(EditModeTest, TheOverlayShowsElementsAndTakesTheOutline) {
  pump();
  select_elements(*session_, Domain::Point, {0, 1, 2, 3}, SelectMode::Set, "Select");
  render::raster::ViewLook look;
  auto list = render::raster::make_draw_list(session_->evaluated(), session_->document(), look);
  const std::size_t lines = list.lines.size();

  add_edit_overlay(*session_, look, list);

  EXPECT_EQ(list.lines.size(), lines + 12);
  EXPECT_EQ(list.hidden_dots.size(), 8u);
  EXPECT_EQ(list.fills.size(), 2u);
  EXPECT_FALSE(list.items[0].is_selected);
}

TEST_F(EditModeTest, OutsideOfEditModeTheOperatorsSayWhy) {
  ASSERT_TRUE(session_->run("object.mode_set", {{"mode", Value("OBJECT")}}));

  EXPECT_FALSE(session_->run("mesh.delete"));
  EXPECT_TRUE(session_->why_not(*operators_.find("mesh.extrude_region")));
}

}  // namespace
}  // namespace kiln::editor
