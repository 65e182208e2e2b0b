#include "image/render_output.h"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "image/image_file.h"
#include "support.h"

namespace kiln::image {
namespace {

using testing::FloatNear;
using testing::Pointwise;

class RenderOutput : public FolderTest {
protected:
  RenderOutput() : colors_(*ColorManagement::load(KILN_COLOR_CONFIG)) {}

  // Saves and loads again.
  std::vector<float> saved(const ImageBuffer& light, const SaveSettings& settings,
                           const ViewSettings& view = {}) {
    const Result<ImageBuffer> picture = picture_for_file(light, settings, view, colors_);
    EXPECT_TRUE(picture) << picture.error().message;
    EXPECT_TRUE(write_image(folder_ / "a", *picture, settings));
    const Result<ImageFile> file = read_image(folder_ / "a");
    EXPECT_TRUE(file) << file.error().message;
    const ImageBuffer floats = to_floats(file->pixels);
    return {floats.floats().begin(), floats.floats().end()};
  }

  ColorManagement colors_;
};

ImageBuffer half_covered() {
  ImageBuffer light = ImageBuffer::of_floats(1, 1, 4, {0.18f, 0.09f, 0.038f, 0.75f});
  light.alpha_mode = AlphaMode::Premultiplied;
  return light;
}

// The numbers of these tests are what the reference program's files hold for the same picture.
TEST_F(RenderOutput, PngHoldsDisplayValuesWithStraightAlpha) {
  EXPECT_THAT(saved(half_covered(), {.format = FileFormat::Png, .depth = 16}),
              Pointwise(FloatNear(1e-3f), {0.5271f, 0.3811f, 0.2495f, 0.75f}));
  EXPECT_THAT(saved(half_covered(), {.format = FileFormat::Png, .depth = 8}),
              Pointwise(FloatNear(3e-3f), {0.5255f, 0.3804f, 0.2510f, 0.7490f}));
}

TEST_F(RenderOutput, LightHasTheColorSpaceOfTheSettings) {
  const ImageBuffer light = ImageBuffer::of_floats(1, 1, 4, {0.5f, 0.2f, 0.1f, 1.0f});
  SaveSettings settings{.format = FileFormat::OpenExr, .depth = 32};

  EXPECT_THAT(saved(light, settings), Pointwise(FloatNear(1e-4f), {0.5f, 0.2f, 0.1f, 1.0f}));
  settings.linear_color_space = "XYZ";
  EXPECT_THAT(saved(light, settings),
              Pointwise(FloatNear(2e-3f), {0.2958f, 0.2566f, 0.1285f, 1.0f}));
  settings.linear_color_space = "Non-Color";
  EXPECT_THAT(saved(light, settings), Pointwise(FloatNear(1e-4f), {0.5f, 0.2f, 0.1f, 1.0f}));
}

TEST_F(RenderOutput, FilmKnowsNoViews) {
  const ImageBuffer light = ImageBuffer::of_floats(1, 1, 4, {0.5f, 0.2f, 0.1f, 1.0f});

  for (const FileFormat format : {FileFormat::Dpx, FileFormat::Cineon}) {
    // A step of 10 bits of density is nearly a hundredth of the light.
    const SaveSettings settings{.format = format, .color_mode = ColorMode::RGB, .depth = 10};
    EXPECT_THAT(saved(light, settings, {.view = "Filmic"}),
                Pointwise(FloatNear(5e-3f), {0.5f, 0.2f, 0.1f, 1.0f}));
  }
}

TEST_F(RenderOutput, WithoutAlphaItLiesOnBlack) {
  EXPECT_THAT(
      saved(half_covered(), {.format = FileFormat::Png, .color_mode = ColorMode::RGB, .depth = 16}),
      Pointwise(FloatNear(1e-3f), {0.4614f, 0.3318f, 0.2151f, 1.0f}));
}

TEST_F(RenderOutput, GreyIsTheLuminanceOfDisplayValues) {
  EXPECT_THAT(
      saved(half_covered(), {.format = FileFormat::Png, .color_mode = ColorMode::BW, .depth = 16}),
      Pointwise(FloatNear(1e-3f), {0.3509f, 0.3509f, 0.3509f, 1.0f}));
}

TEST_F(RenderOutput, SixteenBitTiffHoldsPremultipliedDisplayValues) {
  EXPECT_THAT(saved(half_covered(), {.format = FileFormat::Tiff, .depth = 16}),
              Pointwise(FloatNear(1e-3f), {0.3953f, 0.2858f, 0.1871f, 0.75f}));
}

TEST_F(RenderOutput, ExrHoldsLightWhateverTheView) {
  EXPECT_THAT(saved(half_covered(), {.format = FileFormat::OpenExr, .depth = 32},
                    {.view = "Filmic", .exposure = 3.0f}),
              Pointwise(FloatNear(1e-6f), {0.18f, 0.09f, 0.038f, 0.75f}));
}

TEST_F(RenderOutput, RadianceHoldsLightWithItsSmallError) {
  EXPECT_THAT(
      saved(half_covered(), {.format = FileFormat::Hdr, .color_mode = ColorMode::RGB, .depth = 32}),
      Pointwise(FloatNear(1e-3f), {0.1802f, 0.0903f, 0.0376f, 1.0f}));
}

TEST_F(RenderOutput, DitherKeepsTheMeanAndHidesSteps) {
  ImageBuffer light = ImageBuffer::of_floats(256, 256, 4, Array<float>(256 * 256 * 4, 1.0f));
  const float grey = 100.3f / 255.0f;
  for (std::size_t i = 0; i < light.pixel_count(); ++i) {
    light.edit_floats()[4 * i] = light.edit_floats()[4 * i + 1] = light.edit_floats()[4 * i + 2] =
        grey;
  }
  const ViewSettings raw{.view = "Raw"};

  const Result<ImageBuffer> plain =
      picture_for_file(light, {.format = FileFormat::Png}, raw, colors_);
  const Result<ImageBuffer> dithered =
      picture_for_file(light, {.format = FileFormat::Png, .dither = 1.0f}, raw, colors_);

  double sum = 0.0;
  for (std::size_t i = 0; i < light.pixel_count(); ++i) {
    sum += dithered->bytes()[4 * i];
  }
  EXPECT_EQ(plain->bytes()[0], 100);
  EXPECT_NEAR(sum / double(light.pixel_count()), 100.3, 0.02);
  EXPECT_EQ(dithered->bytes()[3], 255);
}

TEST_F(RenderOutput, NotANumberBecomesBlack) {
  const ImageBuffer light = ImageBuffer::of_floats(1, 1, 4, {NAN, NAN, NAN, NAN});
  for (const char* view : {"Standard", "Filmic", "AgX", "Raw"}) {
    EXPECT_EQ(picture_for_screen(light, {.view = view}, colors_)->bytes()[3], 0) << view;
  }
}

TEST_F(RenderOutput, OnlyRenderedPicturesAreTaken) {
  EXPECT_FALSE(picture_for_screen(ImageBuffer::of_bytes(1, 1, 4), {}, colors_));
  EXPECT_FALSE(picture_for_screen(ImageBuffer(), {}, colors_));
}

}  // namespace
}  // namespace kiln::image
