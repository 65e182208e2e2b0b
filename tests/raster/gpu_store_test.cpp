// What stays on the graphics card, and for how long.
#include <GL/glew.h>

#include "support.h"

namespace kiln::render::raster {
namespace {

using Clock = std::chrono::steady_clock;

class Store : public View {
protected:
  static std::shared_ptr<const ViewPicture> grey(int width, int height, std::uint8_t value) {
    auto picture = std::make_shared<ViewPicture>();
    picture->width = width;
    picture->height = height;
    picture->bytes.assign(std::size_t(width) * std::size_t(height) * 4, value);
    return picture;
  }
  static int width_of(std::uint32_t texture) {
    GLint width = 0;
    glBindTexture(GL_TEXTURE_2D, texture);
    glGetTexLevelParameteriv(GL_TEXTURE_2D, 0, GL_TEXTURE_WIDTH, &width);
    return width;
  }
};

TEST_F(Store, MeshesGoWhenTheyWereNotDrawnForLong) {
  GpuRules rules;
  rules.mesh_time_out = 120;
  rules.mesh_interval = 60;
  store_->set_rules(rules);
  draw();
  ASSERT_EQ(store_->mesh_count(), 1u);

  store_->trim(Clock::now() + std::chrono::seconds(100));
  EXPECT_EQ(store_->mesh_count(), 1u);
  // Looked at a moment ago: not yet again.
  store_->trim(Clock::now() + std::chrono::seconds(130));
  EXPECT_EQ(store_->mesh_count(), 1u);
  store_->trim(Clock::now() + std::chrono::seconds(200));
  EXPECT_EQ(store_->mesh_count(), 0u);

  // They come back when they are drawn again.
  const std::size_t uploads = store_->upload_count();
  const auto pixels = draw();
  EXPECT_EQ(store_->upload_count(), uploads + 1);
  EXPECT_EQ(store_->mesh_count(), 1u);
}

TEST_F(Store, WithoutATimeOutMeshesStay) {
  draw();
  store_->trim(Clock::now() + std::chrono::hours(10));
  EXPECT_EQ(store_->mesh_count(), 1u);
}

TEST_F(Store, PicturesGoWhenTheyWereNotDrawnForLong) {
  GpuRules rules;
  rules.picture_time_out = 10;
  rules.picture_interval = 1;
  store_->set_rules(rules);
  const auto picture = grey(4, 4, 90);
  store_->picture(picture);
  store_->trim(Clock::now() + std::chrono::seconds(5));
  EXPECT_EQ(store_->picture_count(), 1u);
  store_->trim(Clock::now() + std::chrono::seconds(20));
  EXPECT_EQ(store_->picture_count(), 0u);
}

TEST_F(Store, LargePicturesAreHalvedUntilTheyAreWithinTheLimit) {
  const auto picture = grey(300, 40, 90);
  EXPECT_EQ(width_of(store_->picture(picture)), 300);
  GpuRules rules;
  rules.picture_limit = 128;
  store_->set_rules(rules);
  EXPECT_EQ(width_of(store_->picture(picture)), 75);
  rules.picture_limit = 512;
  store_->set_rules(rules);
  EXPECT_EQ(width_of(store_->picture(picture)), 300);
}

TEST_F(Store, PicturesThatCoverLittleAreLeftOutWhereWanted) {
  FixedPicture fixed;
  fixed.picture = grey(4, 4, 60);  // of alpha 60 / 255, white over it
  fixed.corners = {float2{-1, -1}, float2{1, -1}, float2{-1, 1}, float2{1, 1}};
  fixed.is_front = true;
  look_.fixed_pictures = {fixed};
  const auto with = pixel(draw(), 5, 5);
  GpuRules rules;
  rules.clip_alpha = 0.5f;
  store_->set_rules(rules);
  const auto without = pixel(draw(), 5, 5);
  look_.fixed_pictures.clear();

  EXPECT_NE(with, without);
  EXPECT_EQ(without, pixel(draw(), 5, 5));
}

}  // namespace
}  // namespace kiln::render::raster
