#include "image/buffer.h"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "image/scale.h"
#include "support.h"

namespace kiln::image {
namespace {

using testing::ElementsAre;
using testing::FloatNear;
using testing::Pointwise;

TEST(ImageBuffer, RoundsAndClampsToBytes) {
  const ImageBuffer image = ImageBuffer::of_floats(5, 1, 1, {-1.0f, 0.5f, 2.0f, 0.3f, NAN});

  EXPECT_THAT(to_bytes(image).bytes().span(), ElementsAre(0, 128, 255, 77, 0));
}

TEST(ImageBuffer, ABytePictureSurvivesFloats) {
  const ImageBuffer image = test_picture(13, 7, 4, false);

  EXPECT_EQ(to_bytes(to_floats(image)), image);
}

TEST(ImageBuffer, SharesPixelsWhereNothingChanges) {
  const ImageBuffer image = test_picture(13, 7, 4, true);

  EXPECT_TRUE(to_floats(image).floats().shares_storage_with(image.floats()));
  EXPECT_TRUE(with_channels(image, 4).floats().shares_storage_with(image.floats()));
  EXPECT_TRUE(straight(image).floats().shares_storage_with(image.floats()));
}

TEST(ImageBuffer, GreyIsRepeatedAndOpaque) {
  const ImageBuffer image = ImageBuffer::of_bytes(1, 1, 1, {7});

  EXPECT_THAT(with_channels(image, 4).bytes().span(), ElementsAre(7, 7, 7, 255));
}

TEST(ImageBuffer, ColorBecomesGreyByItsWeights) {
  const ImageBuffer image = ImageBuffer::of_floats(1, 1, 4, {1.0f, 0.5f, 0.0f, 0.3f});

  EXPECT_NEAR(with_channels(image, 1).floats()[0], 0.2126f + 0.3576f, 1e-6f);
}

TEST(ImageBuffer, PremultipliesAndBack) {
  const ImageBuffer image =
      ImageBuffer::of_floats(2, 1, 4, {0.4f, 0.2f, 1.0f, 0.5f, 0.3f, 0.3f, 0.3f, 0.0f});

  const ImageBuffer scaled = premultiplied(image);

  EXPECT_EQ(scaled.alpha_mode, AlphaMode::Premultiplied);
  EXPECT_THAT(scaled.floats().span(),
              Pointwise(FloatNear(1e-6f), {0.2f, 0.1f, 0.5f, 0.5f, 0.0f, 0.0f, 0.0f, 0.0f}));
  EXPECT_NEAR(straight(scaled).floats()[0], 0.4f, 1e-6f);
}

TEST(Scaled, ShrinkingTakesTheMeanUnderABox) {
  const ImageBuffer image = ImageBuffer::of_floats(4, 1, 1, {0.0f, 1.0f, 2.0f, 4.0f});

  EXPECT_THAT(scaled(image, 2, 1).floats().span(), Pointwise(FloatNear(0.02f), {0.5f, 3.0f}));
}

TEST(Scaled, GrowingInterpolatesBetweenTheFirstAndTheLast) {
  const ImageBuffer image = ImageBuffer::of_floats(1, 2, 1, {0.0f, 3.0f});

  EXPECT_THAT(scaled(image, 1, 4).floats().span(),
              Pointwise(FloatNear(0.005f), {0.0f, 1.0f, 2.0f, 3.0f}));
}

TEST(Scaled, KeepsAFlatPictureFlat) {
  for (const bool is_float : {true, false}) {
    ImageBuffer image =
        is_float ? ImageBuffer::of_floats(37, 23, 4, Array<float>(37 * 23 * 4, 0.75f))
                 : ImageBuffer::of_bytes(37, 23, 4, Array<std::uint8_t>(37 * 23 * 4, 191));
    const float before = image.value(0, 0, 0);
    for (const auto& [width, height] : {std::pair{5, 3}, {100, 90}, {1, 1}, {36, 24}}) {
      const ImageBuffer result = scaled(image, width, height);
      ASSERT_EQ(result.width(), width);
      for (int x = 0; x < width; ++x) {
        EXPECT_NEAR(result.value(x, height - 1, 2), before, 1e-5f);
      }
    }
  }
}

}  // namespace
}  // namespace kiln::image
