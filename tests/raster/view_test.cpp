#include "support.h"

namespace kiln::render::raster {
namespace {

TEST_F(View, ShowsACubeInTheMiddleAndTheBackgroundInTheCorner) {
  look_.overlay.show_overlays = false;

  const std::vector<std::uint8_t> pixels = draw();

  const auto cube = pixel(pixels, size / 2, size / 2), corner = pixel(pixels, 2, 2);
  EXPECT_GT(cube[0], corner[0] + 40);
  EXPECT_NEAR(corner[0], int(look_.background_bottom.x * 255.0f), 2);
}

TEST_F(View, OutlinesTheActiveObjectInItsColor) {
  look_.overlay.show_ortho_grid = look_.overlay.show_extras = look_.overlay.show_cursor = false;
  select({"Cube"});

  const std::vector<std::uint8_t> pixels = draw();

  // The cube ends at x = 1: one eighth of the width right of the middle.
  int best = 255 * 3;
  for (int x = 120; x < 132; ++x) {
    const auto p = pixel(pixels, x, size / 2);
    best = std::min(best, std::abs(p[0] - int(look_.active.x * 255)) +
                              std::abs(p[1] - int(look_.active.y * 255)) +
                              std::abs(p[2] - int(look_.active.z * 255)));
  }
  EXPECT_LT(best, 30);
}

TEST_F(View, EqualGeometryIsUploadedOnceAndKeptWhenAnObjectMoves) {
  draw();
  const std::size_t before = store_->upload_count();
  document_.edit<Object>(named("Cube"), Change::Transform).location.x = 2.0f;

  const std::vector<std::uint8_t> pixels = draw();

  EXPECT_EQ(store_->upload_count(), before);
  EXPECT_LT(pixel(pixels, size / 2 - 10, size / 2 + 20)[0], 90);
}

TEST_F(View, PickFindsWhatIsUnderThePointAndWhatLiesBehindIt) {
  const BlockId behind_id = add_cube({0, 5, 0});
  const auto drawn = list();

  const auto first =
      renderer_->pick(drawn, camera_, look_, size, size, {size / 2 - 3, size / 2 - 3, 7, 7});
  ASSERT_TRUE(bool(first));
  ASSERT_EQ(first->size(), 1u);
  const auto second = renderer_->pick(drawn, camera_, look_, size, size,
                                      {size / 2 - 3, size / 2 - 3, 7, 7}, {(*first)[0].number});

  EXPECT_EQ(object_of(*drawn, (*first)[0].number), named("Cube"));
  ASSERT_TRUE(bool(second));
  ASSERT_EQ(second->size(), 1u);
  EXPECT_EQ(object_of(*drawn, (*second)[0].number), behind_id);
}

TEST_F(View, PickAllFindsObjectsInARectangleAlsoHiddenOnes) {
  document_.edit<Object>(named("Light"), Change::Transform).location = {0, 5, 0};
  const auto drawn = list();

  const auto inside = renderer_->pick_all(drawn, camera_, look_, size, size, {60, 60, 80, 80});
  const auto outside = renderer_->pick_all(drawn, camera_, look_, size, size, {0, 0, 20, 20});

  ASSERT_TRUE(inside && outside);
  EXPECT_EQ(inside->size(), 2u);
  EXPECT_TRUE(outside->empty());
}

TEST_F(View, WireframeShowsEdgesOnly) {
  look_.overlay.show_overlays = false;
  look_.shading.type = ViewShadingType::Wireframe;
  look_.has_antialiasing = false;
  select({});

  const std::vector<std::uint8_t> pixels = draw();

  const auto middle = pixel(pixels, size / 2, size / 2), edge = pixel(pixels, 125, size / 2);
  EXPECT_NEAR(middle[0], int((look_.background_bottom.x + look_.background_top.x) * 127.5f), 3);
  EXPECT_TRUE(edge[0] < 40 || pixel(pixels, 124, size / 2)[0] < 40);
}

TEST_F(View, WhatLooksLikeTheBackgroundHidesWhatIsBehind) {
  look_.overlay.show_ortho_grid = look_.overlay.show_extras = look_.overlay.show_cursor = false;
  look_.overlay.show_object_origins = false;
  look_.has_antialiasing = false;
  select({});
  const BlockId behind = add_cube({1.5f, 4, 0});
  auto marked = std::make_shared<DrawList>(*list());
  for (DrawItem& item : marked->items) {
    item.is_background = item.object->id == named("Cube");
  }
  // One line in front of the cube, one behind it.
  const float4 red{1, 0, 0, 1};
  marked->lines = {{{-0.5f, -2, 0.5f}, {0.5f, -2, 0.5f}, red, 0},
                   {{-0.5f, 2, -0.5f}, {0.5f, 2, -0.5f}, red, 0}};

  ASSERT_TRUE(
      renderer_->draw(marked, camera_, look_, size, size, context_->framebuffer(), nullptr));
  const std::vector<std::uint8_t> pixels = context_->read_pixels();
  const auto picked =
      renderer_->pick(marked, camera_, look_, size, size, {size / 2 - 3, size / 2 - 3, 7, 7});

  const auto background = pixel(pixels, 5, 100);
  for (const auto& [x, y] : {std::pair{100, 100}, {112, 95}, {100, 88}}) {
    EXPECT_EQ(pixel(pixels, x, y)[0], pixel(pixels, 5, y)[0]) << x << " " << y;
  }
  // The other cube, where it stands out, and the line in front.
  EXPECT_GT(pixel(pixels, 145, 100)[0], background[0] + 20);
  EXPECT_GT(std::max(pixel(pixels, 100, 112)[0], pixel(pixels, 100, 113)[0]), 200);
  ASSERT_TRUE(bool(picked));
  ASSERT_FALSE(picked->empty());
  EXPECT_EQ(object_of(*marked, (*picked)[0].number), named("Cube"));
  EXPECT_NE(behind, named("Cube"));
}

TEST_F(View, FillsBlendTheColorsOfTheirCorners) {
  look_.overlay.show_ortho_grid = look_.overlay.show_extras = look_.overlay.show_cursor = false;
  look_.has_antialiasing = false;
  select({});
  auto filled = std::make_shared<DrawList>(*list());
  filled->fills = {{{float3{-3, -2, -3}, float3{3, -2, -3}, float3{-3, -2, 3}},
                    {},
                    true,
                    {float4{1, 0, 0, 1}, float4{0, 0, 1, 1}, float4{1, 0, 0, 1}}}};

  ASSERT_TRUE(
      renderer_->draw(filled, camera_, look_, size, size, context_->framebuffer(), nullptr));
  const std::vector<std::uint8_t> pixels = context_->read_pixels();

  const auto left = pixel(pixels, 30, 30), right = pixel(pixels, 160, 30);
  EXPECT_GT(left[0], 220);
  EXPECT_GT(right[2], 200);
  EXPECT_LT(right[0], 60);
}

TEST(DrawGeometry, SharesVerticesOfFlatAndSmoothMeshes) {
  Registry registry;
  register_document_types(registry);
  modeling::register_modifiers(registry);
  const Document document = make_startup_document(registry);
  Mesh mesh = *document.find<Mesh>(document.all(BlockType::Mesh)[0]);

  const DrawGeometry flat = make_draw_geometry(mesh);
  mesh.attributes.set(".smooth", Domain::Face, Array<std::uint8_t>(6, std::uint8_t(1)));
  const DrawGeometry smooth = make_draw_geometry(mesh);

  EXPECT_TRUE(flat.is_flat);
  EXPECT_EQ(flat.positions.size(), 8u);
  EXPECT_EQ(flat.triangles.size(), 36u);
  EXPECT_EQ(flat.edges.size(), 24u);
  EXPECT_FALSE(smooth.is_flat);
  EXPECT_EQ(smooth.normals.size(), 8u);
}

}  // namespace
}  // namespace kiln::render::raster
