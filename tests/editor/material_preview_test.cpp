#include "operators/material_preview.h"

#include "document/material.h"
#include "document/world.h"
#include "support.h"

namespace kiln::editor {
namespace {

using operators::PreviewPicture;
using operators::render_material_preview;

class MaterialPreviewTest : public SessionTest {
protected:
  MaterialPreviewTest()
      : colors_({Path(KILN_COLOR_CONFIG).parent_path().parent_path()}),
        material_(project_.document.named(BlockType::Material, "Material")) {
    auto& material = project_.document.edit<Material>(material_);
    material.use_nodes = false;
    material.diffuse_color = {0.8f, 0.02f, 0.02f, 1.0f};
  }
  Result<PreviewPicture> render(int size = 32) {
    Progress progress;
    return render_material_preview(project_.document, material_,
                                   project_.document.named(BlockType::World, "World"), size,
                                   evaluator_, &colors_, nullptr, progress);
  }
  static std::array<int, 3> pixel(const PreviewPicture& picture, int x, int y) {
    const std::size_t at = (std::size_t(y) * std::size_t(picture.width) + std::size_t(x)) * 4;
    return {picture.bytes[at], picture.bytes[at + 1], picture.bytes[at + 2]};
  }
  // How many pixels are red rather than grey.
  static int red_pixels(const PreviewPicture& picture) {
    int count = 0;
    for (int i = 0; i < picture.width * picture.height; ++i) {
      const auto [r, g, b] = pixel(picture, i % picture.width, i / picture.width);
      count += r > 2 * g && r > 2 * b ? 1 : 0;
    }
    return count;
  }

  operators::ColorService colors_;
  BlockId material_;
};

TEST_F(MaterialPreviewTest, ShowsTheColorInTheMiddleOnGrey) {
  const Result<PreviewPicture> picture = render();

  ASSERT_TRUE(picture) << picture.error().message;
  EXPECT_EQ(picture->width, 32);
  EXPECT_EQ(picture->bytes.size(), 32u * 32u * 4u);
  const auto [r, g, b] = pixel(*picture, 16, 14);
  EXPECT_GT(r, 3 * g);
  const auto [cr, cg, cb] = pixel(*picture, 1, 1);
  EXPECT_NEAR(cr, cg, 20);
}

TEST_F(MaterialPreviewTest, EveryShapeIsSeen) {
  for (const auto shape :
       {MaterialPreviewShape::Flat, MaterialPreviewShape::Sphere, MaterialPreviewShape::Cube,
        MaterialPreviewShape::Hair, MaterialPreviewShape::ShaderBall, MaterialPreviewShape::Cloth,
        MaterialPreviewShape::Fluid}) {
    project_.document.edit<Material>(material_).preview_render_type = shape;
    const Result<PreviewPicture> picture = render();
    ASSERT_TRUE(picture);
    EXPECT_GT(red_pixels(*picture), 32 * 32 / 10) << int(shape);
    EXPECT_LT(red_pixels(*picture), 32 * 32 * 9 / 10) << int(shape);
  }
}

TEST_F(MaterialPreviewTest, TheWorldOfTheSceneIsBehindWhereWanted) {
  auto& world = project_.document.edit<World>(project_.document.named(BlockType::World, "World"));
  world.use_nodes = false;
  world.color = {0.0f, 0.0f, 0.9f};
  const Result<PreviewPicture> before = render();
  project_.document.edit<Material>(material_).use_preview_world = true;
  const Result<PreviewPicture> after = render();

  ASSERT_TRUE(before && after);
  EXPECT_LT(pixel(*before, 1, 1)[2], 200);
  EXPECT_GT(pixel(*after, 1, 1)[2], 3 * pixel(*after, 1, 1)[0]);
  EXPECT_GT(pixel(*after, 1, 1)[2], 200);
}

TEST_F(MaterialPreviewTest, TheDocumentStaysAsItIs) {
  const std::size_t before = project_.document.block_count();
  ASSERT_TRUE(render());
  EXPECT_EQ(project_.document.block_count(), before);
}

TEST_F(MaterialPreviewTest, MaterialsThatAreGoneAreAnError) {
  project_.document.remove(material_);
  EXPECT_FALSE(render());
}

}  // namespace
}  // namespace kiln::editor
