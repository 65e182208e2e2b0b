#include "image/saved_pixels.h"

#include <gtest/gtest.h>

#include "image/generated.h"

namespace kiln::image {
namespace {

class SavedPixels : public testing::Test {
protected:
  SavedPixels() : colors_(*ColorManagement::load(KILN_COLOR_CONFIG)) {}

  static ImageBuffer bytes(const char* space = "sRGB") {
    ImageBuffer image = ImageBuffer::of_bytes(1, 1, 4, {51, 128, 230, 153});
    image.color_space = space;
    return image;
  }
  static ImageBuffer floats() {
    ImageBuffer image = ImageBuffer::of_floats(1, 1, 4, {0.2f, 0.5f, 0.9f, 0.6f});
    image.color_space = "Linear";
    image.alpha_mode = AlphaMode::Premultiplied;
    return image;
  }

  ColorManagement colors_;
};

// Numbers read off the reference program.
TEST_F(SavedPixels, BytesBecomeLightInExr) {
  const SaveSettings exr{.format = FileFormat::OpenExr, .depth = 16};

  const Result<ImageBuffer> stored = stored_pixels(bytes(), "sRGB", exr, colors_);

  ASSERT_TRUE(stored);
  EXPECT_NEAR(stored->value(0, 0, 0), 0.0331f, 1e-3f);
  EXPECT_NEAR(stored->value(0, 0, 2), 0.7915f, 1e-3f);
}

TEST_F(SavedPixels, BytesOfDataAreNotShownThroughTheView) {
  const SaveSettings png{.format = FileFormat::Png};
  const ViewSettings view{.view = "Filmic"};

  const Result<ImageBuffer> shown = shown_pixels(bytes("Non-Color"), png, view, colors_);

  ASSERT_TRUE(shown);
  EXPECT_EQ(shown->bytes(), bytes().bytes());
}

TEST_F(SavedPixels, BytesWithoutAlphaInTheFileLieOnBlack) {
  const SaveSettings jpeg{.format = FileFormat::Jpeg, .color_mode = ColorMode::RGB};

  const Result<ImageBuffer> shown = shown_pixels(bytes(), jpeg, {}, colors_);

  ASSERT_TRUE(shown);
  EXPECT_NEAR(shown->value(0, 0, 0), 0.1176f, 3e-3f);
  EXPECT_NEAR(shown->value(0, 0, 2), 0.5412f, 3e-3f);
}

TEST_F(SavedPixels, FloatsOfLightStayLightInExr) {
  const SaveSettings exr{.format = FileFormat::OpenExr, .depth = 32};

  EXPECT_EQ(stored_pixels(floats(), "Linear", exr, colors_)->floats(), floats().floats());
}

TEST_F(SavedPixels, UnknownSpacesAreRefused) {
  const SaveSettings exr{.format = FileFormat::OpenExr, .depth = 32};

  const Result<ImageBuffer> stored = stored_pixels(floats(), "no such", exr, colors_);

  EXPECT_TRUE(!stored || stored->floats() == floats().floats());
}

TEST(Generated, GridHasCrossesInTheMiddleOfSquares) {
  const ImageBuffer grid = generated(Pattern::UvGrid, 64, 64, {}, false);

  EXPECT_NEAR(grid.value(0, 0, 0), 150 / 255.0f, 1e-6f);
  EXPECT_NEAR(grid.value(32, 0, 0), 64 / 255.0f, 1e-6f);
  EXPECT_NEAR(grid.value(16, 19, 0), 229 / 255.0f, 1e-6f);
  EXPECT_NEAR(grid.value(16, 20, 0), 150 / 255.0f, 1e-6f);
}

TEST(Generated, FloatsHaveTheLightOfTheBytes) {
  const ImageBuffer blank = generated(Pattern::Blank, 1, 1, {0.1f, 0.5f, 0.9f, 0.5f}, true);

  EXPECT_NEAR(blank.value(0, 0, 0), 0.0100228f, 1e-6f);
  EXPECT_EQ(blank.value(0, 0, 3), 0.5f);
}

}  // namespace
}  // namespace kiln::image
