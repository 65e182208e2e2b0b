#include "editor/view3d/data_drag.h"

#include "document/camera.h"
#include "document/light.h"
#include "evaluation/evaluator.h"
#include "support.h"

namespace kiln::editor {
namespace {

// From above, 10 units wide on 1000 pixels: a pixel is a hundredth of a unit.
render::raster::ViewCamera top_view() {
  render::raster::ViewCamera camera;
  camera.is_perspective = false;
  camera.projection = render::raster::orthographic(5, 5, -100, 100);
  return camera;
}

const DataGizmos::Kinds all_kinds{true, true, true, true, true};

class DataDragTest : public SessionTest {
protected:
  // The object lies at the origin and looks along +Y: its X axis points to the right.
  Object& lay_down(const char* name) {
    Object& edited = project_.document.edit<Object>(object(name));
    edited.location = {};
    edited.rotation_mode = RotationMode::Xyz;
    edited.set_local_matrix(to_float4x4(euler_to_matrix({1.5707964f, 0, 0})));
    return edited;
  }
  Light& light() { return project_.document.edit<Light>(get("Light").data.id); }
  Camera& camera() { return project_.document.edit<Camera>(get("Camera").data.id); }
  DataGizmos gizmos(const char* name, DataGizmos::Kinds kinds = all_kinds) const {
    const Object& shown = get(name);
    return DataGizmos(project_.document, *session_->scene(), shown,
                      evaluation::Evaluator::world_matrix(project_.document, shown), nullptr, kinds,
                      top_view(), 1000, 1000);
  }
  static std::optional<float2> named(const DataGizmos& of, const std::string& name) {
    for (const auto& [key, rect] : of.named_places()) {
      if (key == name) {
        return float2{float(rect.x()) + 2.0f, float(rect.y()) + 2.0f};
      }
    }
    return std::nullopt;
  }
  DataDrag drag(const char* name, DataHandle handle, float2 from,
                const std::array<float3, 4>* picture = nullptr) {
    return DataDrag(*session_, get(name), picture, handle, top_view(), 1000, 1000, from);
  }
};

TEST_F(DataDragTest, TheConeOfASpotFollowsTheMouse) {
  lay_down("Light");
  light().kind = LightType::Spot;
  light().spot_size = 2.0f * std::atan(0.5f);  // 1 unit wide at the end, 2 units away
  const std::optional<float2> at = named(gizmos("Light"), "data:spot 0");
  ASSERT_TRUE(at);
  EXPECT_NEAR(at->x, 600, 3);
  EXPECT_NEAR(at->y, 300, 3);
  const auto hit = gizmos("Light").hit({at->x, at->y});
  ASSERT_TRUE(hit);
  EXPECT_EQ(*hit, (DataHandle{DataPart::SpotSize, 0}));
  const std::size_t steps = undo_labels().size();

  DataDrag tool = drag("Light", *hit, {600, 300});
  tool.mouse_moved({650, 300}, false, std::nullopt);
  tool.mouse_moved({700, 300}, false, std::nullopt);
  tool.confirm();

  EXPECT_NEAR(light().spot_size, 2.0f * std::atan(1.0f), 1e-3f);
  EXPECT_EQ(undo_labels().size(), steps + 1);
  EXPECT_EQ(undo_labels().back(), "Spot Size");
}

TEST_F(DataDragTest, CancellingChangesNothing) {
  lay_down("Light");
  light().kind = LightType::Spot;
  const float before = light().spot_size;
  const std::size_t steps = undo_labels().size();

  DataDrag tool = drag("Light", {DataPart::SpotSize, 0}, {580, 300});
  tool.mouse_moved({900, 300}, false, std::nullopt);
  EXPECT_GT(light().spot_size, before);
  tool.cancel();

  EXPECT_FLOAT_EQ(light().spot_size, before);
  EXPECT_EQ(undo_labels().size(), steps);
}

TEST_F(DataDragTest, SidesOfAreaLightsAreTheirSizes) {
  Object& object = lay_down("Light");
  object.set_local_matrix({});
  light().kind = LightType::Area;
  light().shape = LightShape::Rectangle;
  light().size = 2.0f;
  light().size_y = 1.0f;
  const DataGizmos shown = gizmos("Light");
  EXPECT_NEAR(named(shown, "data:width 0")->x, 600, 3);
  EXPECT_NEAR(named(shown, "data:height 1")->y, 450, 3);

  DataDrag wider = drag("Light", {DataPart::AreaWidth, 2}, {400, 500});
  wider.mouse_moved({350, 500}, false, std::nullopt);
  wider.confirm();
  DataDrag higher = drag("Light", {DataPart::AreaHeight, 1}, {500, 450});
  higher.mouse_moved({500, 440}, /*is_precise=*/true, std::nullopt);
  higher.confirm();

  EXPECT_NEAR(light().size, 3.0f, 1e-4f);
  EXPECT_NEAR(light().size_y, 1.02f, 1e-4f);
}

TEST_F(DataDragTest, LightsTurnToWhatIsUnderTheMouse) {
  lay_down("Light");
  project_.document.edit<Object>(object("Light")).location = {1, 0, 0};
  light().kind = LightType::Sun;

  DataDrag tool = drag("Light", {DataPart::LookAt, 0}, {600, 300});
  tool.mouse_moved({100, 100}, false, float3{1, 0, -5});
  tool.confirm();

  const float4x4 world = evaluation::Evaluator::world_matrix(project_.document, get("Light"));
  const float3 back = axis(world, 2);
  EXPECT_NEAR(back.z, 1.0f, 1e-5f);
  EXPECT_EQ(get("Light").location, (float3{1, 0, 0}));
  EXPECT_EQ(get("Light").scale, (float3{1, 1, 1}));
  EXPECT_EQ(undo_labels().back(), "Aim Light");
}

TEST_F(DataDragTest, WithoutASurfaceLightsTurnToThePlaceUnderTheMouse) {
  lay_down("Light");
  light().kind = LightType::Spot;

  DataDrag tool = drag("Light", {DataPart::LookAt, 0}, {500, 300});
  tool.mouse_moved({800, 500}, false, std::nullopt);
  tool.confirm();

  const float4x4 world = evaluation::Evaluator::world_matrix(project_.document, get("Light"));
  EXPECT_NEAR(axis(world, 2).x, -1.0f, 1e-4f);
}

TEST_F(DataDragTest, TheFrameOfACameraIsItsLens) {
  lay_down("Camera");
  camera().lens = 50.0f;
  camera().sensor_width = 36.0f;
  camera().display_size = 2.0f;  // 2 units wide, 2.78 units away
  const std::optional<float2> at = named(gizmos("Camera"), "data:lens 0");
  ASSERT_TRUE(at);
  EXPECT_NEAR(at->x, 600, 3);

  DataDrag tool = drag("Camera", {DataPart::Lens, 0}, {600, 222.2f});
  tool.mouse_moved({700, 222.2f}, false, std::nullopt);
  tool.confirm();

  EXPECT_NEAR(camera().lens, 25.0f, 0.1f);
  EXPECT_EQ(undo_labels().back(), "Focal Length");
}

TEST_F(DataDragTest, CamerasWithoutPerspectiveGetASize) {
  lay_down("Camera");
  camera().kind = CameraType::Ortho;
  camera().ortho_scale = 4.0f;
  EXPECT_TRUE(named(gizmos("Camera"), "data:scale 0"));
  EXPECT_FALSE(named(gizmos("Camera"), "data:lens 0"));

  DataDrag tool = drag("Camera", {DataPart::OrthoScale, 0}, {700, 400});
  tool.mouse_moved({600, 400}, false, std::nullopt);
  tool.confirm();

  EXPECT_NEAR(camera().ortho_scale, 2.0f, 1e-3f);
}

TEST_F(DataDragTest, TheFocusIsMovedAlongTheView) {
  lay_down("Camera");
  EXPECT_FALSE(named(gizmos("Camera"), "data:focus 0"));
  camera().dof.use_dof = true;
  camera().dof.focus_distance = 3.0f;
  EXPECT_NEAR(named(gizmos("Camera"), "data:focus 0")->y, 200, 3);

  DataDrag tool = drag("Camera", {DataPart::FocusDistance, 0}, {500, 200});
  tool.mouse_moved({560, 100}, false, std::nullopt);
  tool.confirm();

  EXPECT_NEAR(camera().dof.focus_distance, 4.0f, 1e-3f);
  camera().dof.focus_object = {object("Cube")};
  EXPECT_FALSE(named(gizmos("Camera"), "data:focus 0"));
}

TEST_F(DataDragTest, PicturesOfEmptiesAreMovedAndScaled) {
  // Any object will do: its picture lies from (-1, -0.5) to (1, 0.5).
  Object& empty = project_.document.edit<Object>(object("Cube"));
  empty.empty_display_size = 2.0f;
  empty.empty_image_offset = {-0.5f, -0.5f};
  const std::array<float3, 4> corners{float3{-1, -0.5f, 0}, float3{1, -0.5f, 0},
                                      float3{-1, 0.5f, 0}, float3{1, 0.5f, 0}};

  DataDrag moving = drag("Cube", {DataPart::PictureOffset, 0}, {500, 500}, &corners);
  moving.mouse_moved({600, 450}, false, std::nullopt);
  EXPECT_NEAR(get("Cube").empty_image_offset.x, 0.0f, 1e-4f);
  EXPECT_NEAR(get("Cube").empty_image_offset.y, 0.0f, 1e-4f);
  moving.cancel();
  // The upper right corner to twice as far from the lower left one.
  DataDrag scaling = drag("Cube", {DataPart::PictureSize, 3}, {600, 450}, &corners);
  scaling.mouse_moved({800, 350}, false, std::nullopt);
  scaling.confirm();

  EXPECT_NEAR(get("Cube").empty_display_size, 4.0f, 1e-3f);
  EXPECT_NEAR(get("Cube").empty_image_offset.x, -0.25f, 1e-4f);
  EXPECT_NEAR(get("Cube").empty_image_offset.y, -0.25f, 1e-4f);
  EXPECT_EQ(undo_labels().back(), "Scale Image");
}

TEST_F(DataDragTest, EveryKindCanBeLeftOut) {
  light().kind = LightType::Spot;
  camera().dof.use_dof = true;

  EXPECT_TRUE(gizmos("Light", {}).empty());
  EXPECT_TRUE(gizmos("Camera", {}).empty());
  EXPECT_FALSE(named(gizmos("Light", {.light_size = true}), "data:aim 0"));
  EXPECT_FALSE(named(gizmos("Light", {.light_look_at = true}), "data:spot 0"));
  EXPECT_TRUE(gizmos("Cube").empty());
}

}  // namespace
}  // namespace kiln::editor
