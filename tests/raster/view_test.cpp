#include <gtest/gtest.h>

#include "document/collection.h"
#include "document/project.h"
#include "document/register.h"
#include "document/scene.h"
#include "evaluation/evaluator.h"
#include "modeling/modifiers/register.h"
#include "render/raster/offscreen.h"
#include "render/raster/view_renderer.h"

namespace kiln::render::raster {
namespace {

constexpr int size = 200;

// The start-up scene seen from (0, -10, 0) along +Y, 8 units wide.
class View : public testing::Test {
protected:
  View() {
    register_document_types(registry_);
    modeling::register_modifiers(registry_);
    document_ = make_startup_document(registry_);
    camera_.is_perspective = false;
    camera_.view = {};
    camera_.view[0] = {1, 0, 0, 0};
    camera_.view[1] = {0, 0, 1, 0};
    camera_.view[2] = {0, -1, 0, -10};
    camera_.projection = orthographic(4, 4, 0.1f, 100.0f);
  }
  void SetUp() override {
    Result<std::unique_ptr<OffscreenContext>> context = OffscreenContext::create(size, size);
    if (!context) {
      GTEST_SKIP() << context.error().message;
    }
    context_ = std::move(*context);
    store_ = std::make_shared<GpuStore>(std::make_shared<GeometryCache>());
    renderer_ = std::make_unique<ViewRenderer>(store_);
  }
  std::shared_ptr<const DrawList> list() {
    Progress progress;
    const Scene& scene = *active_scene(document_);
    auto evaluated = evaluator_.evaluate(document_, scene.id, scene.view_layers[0].name, 1.0f,
                                         evaluation::Purpose::Viewport, progress);
    return std::make_shared<const DrawList>(make_draw_list(evaluated, document_, look_));
  }
  std::vector<std::uint8_t> draw() {
    const Result<void> drawn =
        renderer_->draw(list(), camera_, look_, size, size, context_->framebuffer());
    EXPECT_TRUE(bool(drawn)) << (drawn ? "" : drawn.error().message);
    return context_->read_pixels();
  }
  static std::array<int, 3> pixel(const std::vector<std::uint8_t>& pixels, int x, int y) {
    const std::size_t at = (std::size_t(y) * size + std::size_t(x)) * 4;
    return {pixels[at], pixels[at + 1], pixels[at + 2]};
  }
  BlockId named(const char* name) const { return document_.named(BlockType::Object, name); }
  void select(std::initializer_list<const char*> names) {
    ViewLayer& layer =
        document_.edit<Scene>(active_scene(document_)->id, Change::Selection).view_layers.edit(0);
    layer.selected = {};
    for (const char* name : names) {
      layer.set_selected(named(name), true);
      layer.active = {named(name)};
    }
  }
  BlockId object_of(const DrawList& drawn, std::uint32_t number) const {
    return drawn.objects[number - 1];
  }

  Registry registry_;
  Document document_;
  evaluation::Evaluator evaluator_;
  ViewCamera camera_;
  ViewLook look_;
  std::unique_ptr<OffscreenContext> context_;
  std::shared_ptr<GpuStore> store_;
  std::unique_ptr<ViewRenderer> renderer_;
};

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
  Object& behind = document_.edit<Object>(document_.duplicate(named("Cube")));
  behind.location = {0, 5, 0};
  const BlockId behind_id = behind.id;
  document_.edit<Collection>(document_.named(BlockType::Collection, "Collection"))
      .objects.push_back({behind_id});
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
