// Pictures in views: of empties, and fixed to the view.
#include "document/image.h"
#include "support.h"

namespace kiln::render::raster {
namespace {

std::shared_ptr<const ViewPicture> plain(int width, int height, std::array<std::uint8_t, 4> color) {
  auto picture = std::make_shared<ViewPicture>();
  picture->width = width;
  picture->height = height;
  for (int i = 0; i < width * height; ++i) {
    picture->bytes.insert(picture->bytes.end(), color.begin(), color.end());
  }
  return picture;
}

// An empty at the origin that shows a red picture, twice as wide as high, to the front.
class Pictures : public View {
protected:
  Pictures() {
    look_.overlay.show_ortho_grid = look_.overlay.show_cursor = false;
    look_.overlay.show_object_origins = false;
    look_.has_antialiasing = false;
    const BlockId image = add_image(document_, "Picture", 8, 4, false, false, false).id;
    Object& empty = document_.add<Object>("Empty");
    empty.data = {image};
    empty.empty_display_type = ObjectEmptyDisplayType::Image;
    empty.empty_display_size = 4.0f;
    empty.rotation_euler.x = 1.5707964f;
    const BlockId id = empty.id;
    document_.edit<Collection>(document_.named(BlockType::Collection, "Collection"))
        .objects.push_back({id});
    select({});
    find_picture_ = [red = plain(8, 4, {255, 0, 0, 255})](const Document&, BlockId,
                                                          const ImageUser&) { return red; };
  }
  Object& empty() { return document_.edit<Object>(named("Empty")); }
  void hide_cube() {
    document_.edit<Object>(named("Cube"), Change::Visibility).hide_viewport = true;
  }
  bool is_red(int x, int y) {
    const auto p = pixel(draw(), x, y);
    return p[0] > 200 && p[1] < 60 && p[2] < 60;
  }
};

TEST_F(Pictures, AreAsLongAsTheEmptyAlongTheLongerSide) {
  hide_cube();

  const std::vector<std::uint8_t> pixels = draw();

  // 25 pixels a unit: 4 wide, 2 high about the middle.
  EXPECT_GT(pixel(pixels, 55, 100)[0], 200);
  EXPECT_LT(pixel(pixels, 45, 100)[0], 100);
  EXPECT_GT(pixel(pixels, 100, 122)[0], 200);
  EXPECT_LT(pixel(pixels, 100, 130)[0], 100);
}

TEST_F(Pictures, HavePixelsAsWideAndHighAsTheImageSays) {
  hide_cube();
  document_.edit<Image>(document_.named(BlockType::Image, "Picture")).display_aspect = {1, 2};

  EXPECT_TRUE(is_red(100, 145));
}

TEST_F(Pictures, BeginWhereTheOffsetSays) {
  hide_cube();
  empty().empty_image_offset = {0.0f, 0.0f};

  EXPECT_TRUE(is_red(195, 145));
  EXPECT_FALSE(is_red(95, 95));
}

TEST_F(Pictures, AreHiddenByWhatLiesInFrontOfThem) {
  empty().location.y = 5.0f;

  EXPECT_FALSE(is_red(100, 100));
  EXPECT_TRUE(is_red(140, 100));
}

TEST_F(Pictures, CanLieInFrontOfAll) {
  empty().location.y = 5.0f;
  empty().empty_image_depth = ObjectEmptyImageDepth::Front;

  EXPECT_TRUE(is_red(100, 100));
}

TEST_F(Pictures, CanLieBehindAll) {
  empty().location.y = -5.0f;
  empty().empty_image_depth = ObjectEmptyImageDepth::Back;

  EXPECT_FALSE(is_red(100, 100));
  EXPECT_TRUE(is_red(140, 100));
}

TEST_F(Pictures, BehindAllAreSeenThroughSurfacesInXRay) {
  empty().empty_image_depth = ObjectEmptyImageDepth::Back;
  look_.shading.show_xray = true;
  look_.shading.xray_alpha = 0.1f;

  const auto p = pixel(draw(), 100, 100);

  EXPECT_GT(p[0], p[1] + 60);
}

TEST_F(Pictures, AreShownInTheViewsTheyAreFor) {
  hide_cube();
  empty().show_empty_image_orthographic = false;
  EXPECT_FALSE(is_red(100, 100));

  camera_.is_perspective = true;
  camera_.projection = perspective(0.4f, 0.4f, 0.1f, 100.0f);
  EXPECT_TRUE(is_red(100, 100));
}

TEST_F(Pictures, ForViewsAlongAnAxisAreHiddenFromOthers) {
  hide_cube();
  empty().show_empty_image_only_axis_aligned = true;
  EXPECT_TRUE(is_red(100, 100));

  empty().rotation_euler.x = 1.4f;
  EXPECT_FALSE(is_red(100, 100));
}

TEST_F(Pictures, OfOneSideAreSeenFromThere) {
  hide_cube();
  empty().empty_image_side = ObjectEmptyImageSide::Front;
  EXPECT_TRUE(is_red(100, 100));

  empty().empty_image_side = ObjectEmptyImageSide::Back;
  EXPECT_FALSE(is_red(100, 100));
}

TEST_F(Pictures, AreAsOpaqueAsTheColorOfTheirObjectWhereItCounts) {
  hide_cube();
  empty().color.w = 0.25f;
  const int opaque = pixel(draw(), 100, 100)[0];

  empty().use_empty_image_alpha = true;
  const int pale = pixel(draw(), 100, 100)[0];

  EXPECT_EQ(opaque, 255);
  EXPECT_LT(pale, 160);
}

TEST_F(Pictures, AreOverlays) {
  hide_cube();
  look_.overlay.show_overlays = false;

  EXPECT_FALSE(is_red(100, 100));
}

TEST_F(Pictures, ArePicked) {
  hide_cube();
  const auto drawn = list();

  const auto hit = renderer_->pick(drawn, camera_, look_, size, size, {120, 100, 5, 5});

  ASSERT_TRUE(hit && hit->size() == 1);
  EXPECT_EQ(object_of(*drawn, (*hit)[0].number), named("Empty"));
}

TEST_F(Pictures, ThatAreNotShownAreNotPicked) {
  hide_cube();
  empty().show_empty_image_orthographic = false;

  const auto hit = renderer_->pick(list(), camera_, look_, size, size, {120, 100, 5, 5});

  ASSERT_TRUE(bool(hit));
  EXPECT_TRUE(hit->empty());
}

TEST_F(Pictures, FixedToTheViewLieBehindOrInFrontOfTheScene) {
  FixedPicture green;
  green.corners = {float2{-1, -1}, {1, -1}, {-1, 1}, {1, 1}};
  green.picture = plain(2, 2, {0, 255, 0, 255});
  look_.fixed_pictures = {green};
  empty().location.x = 100.0f;
  const std::vector<std::uint8_t> behind = draw();

  look_.fixed_pictures[0].is_front = true;
  const std::vector<std::uint8_t> front = draw();

  EXPECT_GT(pixel(behind, 5, 5)[1], 240);
  EXPECT_GT(pixel(behind, 100, 100)[0], 60);
  EXPECT_GT(pixel(front, 100, 100)[1], 240);
  EXPECT_LT(pixel(front, 100, 100)[0], 20);
}

// A frame of 400 x 300 pixels at (100, 50) of a view of 600 x 400, and a picture of 64 x 32.
struct Placed {
  CameraBackgroundImage background;
  CameraSensorFit fit = CameraSensorFit::Auto;
  float4 frame{100, 50, 400, 300};
  // Of the middle and the lower left corner, in shares of the frame from its lower left.
  std::array<float2, 4> corners() const {
    std::array<float2, 4> out = place_background(background, fit, {64, 32}, frame, 600, 400);
    for (float2& corner : out) {
      const float x = (corner.x * 0.5f + 0.5f) * 600.0f, y = (corner.y * 0.5f + 0.5f) * 400.0f;
      corner = {(x - frame.x) / frame.z, (y - (400.0f - frame.y - frame.w)) / frame.w};
    }
    return out;
  }
  float2 middle() const {
    const auto c = corners();
    return {(c[0].x + c[3].x) * 0.5f, (c[0].y + c[3].y) * 0.5f};
  }
};

TEST(CameraBackground, FillsTheFrameWhereItIsStretched) {
  const auto corners = Placed().corners();

  EXPECT_NEAR(corners[0].x, 0.0f, 1e-5f);
  EXPECT_NEAR(corners[0].y, 0.0f, 1e-5f);
  EXPECT_NEAR(corners[3].x, 1.0f, 1e-5f);
  EXPECT_NEAR(corners[3].y, 1.0f, 1e-5f);
}

TEST(CameraBackground, KeepsItsShapeWhereItFitsOrIsCropped) {
  Placed placed;
  placed.background.frame_method = CameraBackgroundImageFrameMethod::Fit;
  const auto fit = placed.corners();
  placed.background.frame_method = CameraBackgroundImageFrameMethod::Crop;
  const auto crop = placed.corners();

  EXPECT_NEAR(fit[0].x, 0.0f, 1e-5f);
  EXPECT_NEAR(fit[0].y, 1.0f / 6.0f, 1e-5f);
  EXPECT_NEAR(crop[0].x, -0.25f, 1e-5f);
  EXPECT_NEAR(crop[0].y, 0.0f, 1e-5f);
}

// As measured in the reference.
TEST(CameraBackground, MovesByFrameWidths) {
  Placed placed;
  placed.background.offset = {0.1f, 0.2f};
  placed.background.scale = 0.25f;

  EXPECT_NEAR(placed.middle().x, 0.6f, 1e-5f);
  EXPECT_NEAR(placed.middle().y, 0.6333f, 1e-3f);
}

TEST(CameraBackground, MovesLessWhereTheSensorFitsTheShorterSide) {
  Placed placed;
  placed.background.offset = {0.1f, 0.2f};
  placed.fit = CameraSensorFit::Vertical;

  EXPECT_NEAR(placed.middle().x, 0.575f, 1e-5f);
}

TEST(CameraBackground, TurnsClockwiseAboutItsMiddle) {
  Placed placed;
  placed.background.rotation = 1.5707964f;
  placed.background.scale = 0.5f;

  const auto corners = placed.corners();

  // Half of 400 wide and 300 high; its lower left corner comes to the upper left.
  EXPECT_NEAR(corners[0].x, 0.5f - 75.0f / 400.0f, 1e-4f);
  EXPECT_NEAR(corners[0].y, 0.5f + 100.0f / 300.0f, 1e-4f);
}

TEST(CameraBackground, IsMirroredInPlace) {
  Placed placed;
  placed.background.use_flip_x = true;

  const auto corners = placed.corners();

  EXPECT_NEAR(corners[0].x, 1.0f, 1e-5f);
  EXPECT_NEAR(corners[1].x, 0.0f, 1e-5f);
  EXPECT_NEAR(corners[0].y, 0.0f, 1e-5f);
}

TEST_F(View, ObjectsInTheirOwnColorLetAShareThrough) {
  look_.overlay.show_overlays = false;
  look_.shading.light = ViewShadingLight::Flat;
  look_.shading.color_type = ViewColorType::Object;
  look_.shading.show_object_outline = false;
  select({});
  Object& cube = document_.edit<Object>(named("Cube"), Change::Shading);
  cube.color = {1, 0, 0, 0.5f};
  const int opaque = pixel(draw(), 100, 100)[1];

  document_.edit<Object>(named("Cube"), Change::Shading).show_transparent = true;
  const std::vector<std::uint8_t> pixels = draw();

  EXPECT_LT(opaque, 5);
  // Half of it by each side of the cube.
  EXPECT_NEAR(pixel(pixels, 100, 100)[1], pixel(pixels, 5, 100)[1] / 4, 4);
}

TEST_F(View, WhatFadesIsMixedWithTheBackground) {
  look_.shading.light = ViewShadingLight::Flat;
  look_.shading.color_type = ViewColorType::Single;
  look_.shading.single_color = {1, 1, 1};
  look_.shading.show_object_outline = false;
  look_.overlay.show_ortho_grid = look_.overlay.show_extras = look_.overlay.show_cursor = false;
  look_.overlay.show_fade_inactive = true;
  look_.overlay.fade_inactive_alpha = 0.5f;
  select({});
  auto faded = std::make_shared<DrawList>(*list());
  faded->items[0].is_faded = true;

  ASSERT_TRUE(renderer_->draw(faded, camera_, look_, size, size, context_->framebuffer(), nullptr));
  const std::vector<std::uint8_t> pixels = context_->read_pixels();

  EXPECT_NEAR(pixel(pixels, 110, 105)[0], (255 + pixel(pixels, 5, 105)[0]) / 2, 4);
}

}  // namespace
}  // namespace kiln::render::raster
